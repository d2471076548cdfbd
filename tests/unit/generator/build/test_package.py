"""Packages of many services: the same bytes however many processes make them."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from botocore.loaders import Loader
from tests.unit.generator.commands.test_cli import start, wait_for_end_of_group
from tests.unit.generator.conftest import METADATA, Run, make_model, read_results

from botosmith.generator import cache, prose
from botosmith.generator.build import (
    formatting,
    package_builder,
    scheduler,
    worker_pool,
)
from botosmith.generator.build.compressed import PackedFiles
from botosmith.generator.build.package_builder import Job, build_packages
from botosmith.generator.build.pipeline import open_models
from botosmith.generator.build.scheduler import Assembly, Order
from botosmith.generator.cache import Store, entry, remember_prose
from botosmith.generator.errors import GeneratorError, StyleError
from botosmith.generator.prose import markdown
from botosmith.generator.prose.memory import MEMORY

Files = dict[PurePosixPath, str]

#: More than are made without starting processes.
SERVICES = [f"parcels-{letter}" for letter in "abcdefg"]

HERE = Path("generated/botosmith")


class Watcher:
    """Remembers what it is told of services, and may interrupt."""

    def __init__(self, work: Callable[[], None] = lambda: None) -> None:
        """Do some work when a service is done."""
        self.told: list[tuple[str, ...]] = []
        self._work = work

    def start(self, service: str, step: str, total: int | None = None) -> None:
        """Remember the step."""
        self.told.append((service, step, *([str(total)] if total else [])))

    def advance(self, service: str, count: int) -> None:
        """Remember the count."""
        self.told.append((service, f"+{count}"))

    def finish(self, service: str, result: str) -> None:
        """Remember the result."""
        self.told.append((service, "done", result))
        self._work()


class Show:
    """The progress of a command that has to do with services only."""

    def __init__(self, watcher: Watcher | None = None) -> None:
        """Have this one told."""
        self.total = 0
        self._watcher = watcher or Watcher()

    def start(self, step: str, total: int | None = None) -> None:
        """There is not such a step."""
        raise AssertionError(step, total)

    def advance(self, count: int) -> None:
        """There is not such a step."""
        raise AssertionError(count)

    def follow(self, total: int) -> Watcher:
        """Remember the number."""
        self.total = total
        return self._watcher

    def tell(self, line: str) -> None:
        """Fail: there is nothing to say."""
        raise AssertionError(line)


def make_service(name: str, operations: int = 2) -> Any:
    """A model with a few operations, whose documentation is the service's own."""
    shapes = {
        "OpenRequest": {"type": "structure", "members": {"Id": {"shape": "Id"}}},
        "Id": {"type": "string", "documentation": f"<p>An id of {name}.</p>"},
    }
    made = {
        f"Open{number}": {
            "input": {"shape": "OpenRequest"},
            "documentation": f"<p>The words of <b>{name}</b> {number}.</p>",
        }
        for number in range(operations)
    }
    model = make_model(shapes, made)
    service_id = name.title().replace("-", " ")
    return {**model, "metadata": {**METADATA, "serviceId": service_id}}


def save(name: str, model: Any) -> None:
    """Pin a model below the current folder."""
    folder = Path("models", name, "2024-03-01")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "service-2.json").write_text(json.dumps(model))


def read(folder: Path = HERE) -> dict[str, bytes]:
    """Every file below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def make_jobs(loader: Loader | None = None) -> list[Job]:
    """A job for each service, into the current folder."""
    loader = loader or open_models(Path("models"))
    return [
        Job(name, loader, HERE / name.replace("-", "_"), "botosmith")
        for name in SERVICES
    ]


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder with pinned models."""
    monkeypatch.chdir(tmp_path)
    for name in SERVICES:
        save(name, make_service(name))
    return tmp_path


@pytest.fixture(autouse=True)
def children() -> Iterator[None]:
    """Whatever a test does, no process is left."""
    yield
    assert multiprocessing.active_children() == []


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The processes that were started."""
    pids: list[int] = []
    start_one = worker_pool._start

    def count() -> Any:
        worker = start_one()
        pids.append(worker.process.pid or 0)
        return worker

    monkeypatch.setattr(worker_pool, "_start", count)
    return pids


def test_same_bytes_for_any_number_of_processes(
    run: Run, monkeypatch: pytest.MonkeyPatch, started: list[int]
) -> None:
    """Made here, by one process or by three: the same files, told in the same order."""
    results: list[Any] = []
    for processors in (0, 1, 3):
        started.clear()
        with monkeypatch.context() as patch:
            patch.setattr(worker_pool, "count_processors", partial(int, processors))
            code, out, _ = run("generate", "--no-cache", "--out", f"o{processors}")
        assert code == 0
        assert len(started) == processors
        found = read_results(out).replace(f"o{processors}/", "")
        results.append((found, read(Path(f"o{processors}"))))

    assert results[0] == results[1] == results[2]
    assert len(results[0][1]) > 10 * len(SERVICES)
    lines = results[0][0].splitlines()
    assert [line.partition(":")[0] for line in lines] == [
        f"botosmith/{name.replace('-', '_')}" for name in SERVICES
    ]


def test_few_small_services_start_no_process(run: Run, started: list[int]) -> None:
    """Work that is quick in one process does not wait for others."""
    assert run("generate", *SERVICES[:2])[0] == 0
    assert started == []
    assert run("generate", *SERVICES[:2])[0] == 0
    assert started == []


def test_nothing_changed_starts_no_process(run: Run, started: list[int]) -> None:
    """All from the cache, also where processes filled it."""
    run("generate")
    assert started
    started.clear()

    _, out, err = run("generate")

    assert started == []
    results = read_results(out)
    assert results.count("unchanged") == results.count("\n") == len(SERVICES)
    assert err.count(": from the cache (") == len(SERVICES)


def test_processes_leave_what_they_converted(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The documentation that processes converted is in the cache for the next run."""
    run("generate")
    for name in SERVICES:
        model = make_service(name)
        model["operations"]["Open0"]["documentation"] = "<p>Other words.</p>"
        save(name, model)
    converted: set[str] = set()
    convert = markdown._convert

    def count(html: str, links: bool) -> str:  # noqa: FBT001
        converted.add(html)
        return convert(html, links)

    monkeypatch.setattr(markdown, "_convert", count)
    monkeypatch.setattr(scheduler, "FEW", 10**9)
    prose.forget()

    assert run("generate")[0] == 0
    assert {html.removeprefix("<p>")[:12] for html in converted} == {"Other words."}


def test_text_of_several_services_is_kept_for_each(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Texts that a process converted for one service serve the next one, too."""
    monkeypatch.setattr(scheduler, "FEW", 10**9)
    for name in SERVICES:
        model = make_service(name)
        model["shapes"]["Id"]["documentation"] = "<p>An id of <i>all</i>.</p>"
        save(name, model)
    run("generate")

    kept = Store(Path(os.environ[cache.DIRECTORY], cache.FILE))
    for name in SERVICES:
        with remember_prose(kept, name):
            assert "1<p>An id of <i>all</i>.</p>" in MEMORY._known


def test_commands_at_once_share_the_cache(run: Run, empty_cache: Path) -> None:
    """Processes of several commands read and write one cache, and nothing is wrong."""
    run("generate", "--no-cache", "--out", "expected")

    commands = [start("generate", "--out", f"out{number}") for number in range(2)]

    for number, command in enumerate(commands):
        _, err = command.communicate(timeout=300)
        assert command.returncode == 0, err
        assert read(Path(f"out{number}")) == read(Path("expected"))
    with closing(sqlite3.connect(empty_cache / cache.FILE)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_problems_of_all_services_in_their_order(run: Run) -> None:
    """Every problem of every service is told, in the services' order; none is made."""
    for name in SERVICES[1::2]:
        model = make_service(name)
        model["shapes"]["Id"]["type"] = "strange"
        model["shapes"]["OpenRequest"]["members"]["X"] = {"shape": f"No{name[-1]}"}
        save(name, model)

    code, out, err = run("generate")

    assert (code, out) == (1, "")
    told = [line for line in err.splitlines() if line.startswith("botosmith: ")]
    files = [line.split(": ")[1] for line in told]
    assert list(dict.fromkeys(files)) == [
        f"{name}/2024-03-01/service-2.json" for name in SERVICES[1::2]
    ]
    assert len(set(told)) == len(told) >= 2 * len(SERVICES[1::2])
    assert files == sorted(files)
    assert not Path("generated").exists()


@pytest.fixture
def formatted(monkeypatch: pytest.MonkeyPatch) -> list[PurePosixPath]:
    """The modules that were formatted in this process, where all is done."""
    monkeypatch.setattr(scheduler, "FEW", 10**9)
    paths: list[PurePosixPath] = []
    format_module = formatting.format_module

    def count(path: PurePosixPath, source: str) -> str:
        paths.append(path)
        return format_module(path, source)

    monkeypatch.setattr(formatting, "format_module", count)
    return paths


def test_nothing_is_formatted_after_a_problem(
    formatted: list[PurePosixPath], run: Run
) -> None:
    """When a model cannot be used, only the other models' problems are looked for."""
    for name in SERVICES[1:4:2]:
        save(name, {**make_service(name), "shapes": []})

    code, _, err = run("generate")

    assert (code, formatted) == (1, [])
    told = [line.split(": ")[0] for line in err.splitlines()]
    assert told.count("botosmith") == 2
    done = [line for line in err.splitlines() if line.endswith(" of 7)")]
    assert done == [
        f"{name}: {'cannot' if name in SERVICES[1:4:2] else 'could'} be used"
        f" ({number} of 7)"
        for number, name in enumerate(SERVICES[1:], 1)
    ]


class Deadly(Loader):
    """Reads models, but not in a process that is to be killed."""

    #: The fate of a process that reads this service's model.
    victim = "parcels-c"
    fate: Callable[[], None] = staticmethod(lambda: None)

    def load_service_model(self, service_name: str, *rest: Any, **more: Any) -> Any:
        """Read it, unless it is the victim."""
        assert multiprocessing.parent_process(), "it is not for the tests to die"
        if service_name == self.victim:
            self.meet_fate()
        return super().load_service_model(service_name, *rest, **more)

    def meet_fate(self) -> None:
        """Be killed, as by a system that is short of memory."""
        os.kill(os.getpid(), signal.SIGKILL)


class Exhausting(Deadly):
    """Takes more memory than there is."""

    def meet_fate(self) -> None:
        """As Python tells it."""
        raise MemoryError


class Sleepy(Deadly):
    """Takes longer than anybody waits, for all services but the first."""

    def load_service_model(self, service_name: str, *rest: Any, **more: Any) -> Any:
        """Sleep."""
        if service_name != SERVICES[0]:
            time.sleep(600)
        return Loader.load_service_model(self, service_name, *rest, **more)


def open_with(kind: type[Loader]) -> Loader:
    """A loader of a kind over the pinned models."""
    return kind(
        extra_search_paths=[str(Path("models").resolve())],
        include_default_search_paths=False,
    )


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        (Deadly, "parcels-c: the process that worked on it was killed by SIGKILL"),
        (Exhausting, "parcels-c: there is too little memory"),
    ],
)
@pytest.mark.parametrize("processors", [1, 3])
def test_killed_process_names_its_service(
    monkeypatch: pytest.MonkeyPatch, kind: type[Loader], message: str, processors: int
) -> None:
    """A process that the system ends is one error of ours, and nobody waits for it."""
    monkeypatch.setattr(worker_pool, "count_processors", lambda: processors)

    with pytest.raises(GeneratorError) as caught:
        build_packages(make_jobs(open_with(kind)), Show(), cache=False)

    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def give_back(files: Files) -> Files:
    """Render these files."""
    return files


def assemble(*packages: Files, store: Store | None = None) -> dict[int, Files]:
    """Have packages made of these sources, for services a, b, ..."""
    made: dict[int, Files] = {}
    orders = [
        Order(chr(ord("a") + number), partial(give_back, files))
        for number, files in enumerate(packages)
    ]
    Assembly(store, Watcher(), made.__setitem__).make(orders)
    return made


def many(count: int) -> Files:
    """Return a number of modules, and a file that is not one."""
    sources = {PurePosixPath(f"m{n}.py"): f"x = {{'a':{n}}}\n" for n in range(count)}
    return {**sources, PurePosixPath("data/x.json"): "{ }"}


class Killer(str):
    """A source that ends the process that receives it."""

    __slots__ = ()

    def __reduce__(self) -> Any:
        """Be made by leaving."""
        return os._exit, (9,)


def test_modules_of_one_service_are_formatted_by_all(started: list[int]) -> None:
    """A big service is rendered here, and formatted by as many as there are."""
    (files,) = assemble(many(200)).values()

    assert files == formatting.format_modules(many(200))
    assert list(files) == list(many(200))
    assert len(started) == worker_pool.count_processors()


def test_process_that_dies_formatting_names_its_service() -> None:
    """A process may die at any module."""
    sources = {**many(200), PurePosixPath("k.py"): Killer("x = 1\n")}

    with pytest.raises(GeneratorError, match=r"^a: .* ended with code 9$"):
        assemble(sources)


def test_first_fault_is_told_with_its_service(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first faulty module is named, even if another process finds one sooner."""
    monkeypatch.setattr(worker_pool, "count_processors", lambda: 2)
    slow, quick = "x = {'a':[1,  2]}\n" * 4000 + "1 +\n", "1 +\n"
    faulty = {PurePosixPath("k.py"): slow, PurePosixPath("l.py"): quick}

    with pytest.raises(StyleError) as caught:
        assemble({**many(100), **faulty})

    assert caught.value.module == PurePosixPath("a/k.py")
    assert caught.value.reason.startswith("InvalidInput: cannot parse")


def test_nothing_is_begun_after_a_fault(formatted: list[PurePosixPath]) -> None:
    """A faulty module ends the work."""
    faulty = {PurePosixPath("k.py"): "1 +\n" + " " * formatting.LONG}

    with pytest.raises(StyleError, match=r"k\.py"):
        assemble({**many(20), **faulty}, many(20))

    assert formatted == [PurePosixPath("k.py")]


def test_fault_leaves_what_was_done_before(tmp_path: Path) -> None:
    """Modules that were formatted before a fault need not be formatted again."""
    store = Store(tmp_path / "c")
    with pytest.raises(StyleError):
        assemble({**many(100), PurePosixPath("k.py"): "+"}, store=store)

    assert formatting.Draft(many(100), store).done > 50


def test_interruption_ends_processes_at_once() -> None:
    """The command does not wait for services in progress when Ctrl-C comes."""

    def interrupt() -> None:
        raise KeyboardInterrupt

    begin = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        build_packages(
            make_jobs(open_with(Sleepy)), Show(Watcher(interrupt)), cache=False
        )

    assert time.monotonic() - begin < 120


def interrupt_group(process: subprocess.Popen[str]) -> None:
    """Ctrl-C at a terminal, which reaches every process of a command."""
    os.killpg(process.pid, signal.SIGINT)


@pytest.mark.parametrize("moment", ["(1 of 7)", "(4 of 7)"])
@pytest.mark.parametrize("end", [interrupt_group, subprocess.Popen.kill])
def test_end_in_the_middle_leaves_nothing(
    run: Run, moment: str, end: Callable[[subprocess.Popen[str]], None]
) -> None:
    """Ctrl-C, or a kill without warning: all is as before, and no process is left."""
    run("generate", SERVICES[0])
    for name in SERVICES:
        save(name, make_service(name, operations=9))
    before = read(Path())
    process = start("generate")
    assert process.stderr is not None
    with process:
        for line in process.stderr:
            if moment in line:
                break
        end(process)
        _, err = process.communicate(timeout=60)

    wait_for_end_of_group(process.pid)
    assert "Traceback" not in err
    if end is interrupt_group:
        assert process.returncode == 130
        last = "botosmith: interrupted: nothing was changed"
        assert err.splitlines()[-1] == last
    assert read(Path()) == before
    assert run("generate", SERVICES[0])[0] == 0


def test_progress_is_told_of_every_service() -> None:
    """Each service is rendered, formatted and done, and its files add up."""
    watcher = Watcher()
    show = Show(watcher)

    packages = build_packages(make_jobs(), show, cache=False)

    assert show.total == len(SERVICES)
    for name, files in zip(SERVICES, packages.values(), strict=True):
        first, second, *counts, last = [it[1:] for it in watcher.told if it[0] == name]
        assert first == ("rendering",)
        assert second == ("formatting", str(len(files)))
        assert sum(int(count) for (count,) in counts) == len(files)
        assert last == ("done", f"{len(files)} files")


def test_cached_services_count_as_done() -> None:
    """Packages in the cache are done at once; the others follow."""
    build_packages(make_jobs(), Show(), cache=True)
    save(SERVICES[2], make_service(SERVICES[2], operations=1))
    watcher = Watcher()

    build_packages(make_jobs(), Show(watcher), cache=True)

    done = [told for told in watcher.told if told[1] == "done"]
    assert done[:-1] == [
        (name, "done", "from the cache") for name in SERVICES if name != SERVICES[2]
    ]
    assert done[-1][0] == SERVICES[2]


def test_packed_files_are_the_same() -> None:
    """Packed, the files and their order are the same, whatever text they hold."""
    files = {
        PurePosixPath("b/é.py"): "x = 'é\u2028'\r\n" * 500,
        PurePosixPath("a.json"): "",
        PurePosixPath("c.py"): "\ud800",
    }

    packed = PackedFiles(files)

    assert dict(packed) == files
    assert list(packed.items()) == list(files.items())
    assert len(packed) == len(files)
    assert PurePosixPath("d.py") not in packed


def test_finished_packages_are_held_packed(run: Run) -> None:
    """Finished packages are not held as text while the others are made."""
    packages = build_packages(make_jobs(), Show(), cache=True)
    again = build_packages(make_jobs(), Show(), cache=True)

    for files in (*packages.values(), *again.values()):
        assert isinstance(files, PackedFiles)
    assert run("generate")[0] == 0
    for target, files in packages.items():
        expected = {str(path): text.encode() for path, text in files.items()}
        assert read(target) == expected


def test_cache_does_without_a_key_of_the_generator(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is kept or found if the generator's own modules cannot be read."""

    def refuse() -> bytes:
        raise PermissionError

    for module in (package_builder, entry):
        monkeypatch.setattr(module, "code_key", refuse)

    for _ in range(2):
        code, _, err = run("generate", *SERVICES[:2])
        assert code == 0
        assert "parcels-a: rendering" in err


def test_generator_that_changes_meanwhile_is_not_taken_for_another(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A package is kept only for the generator that surely made it."""
    with monkeypatch.context() as patch:
        patch.setattr(entry, "code_key", lambda: b"another")
        run("generate", *SERVICES[:2])

    assert "parcels-a: rendering" in run("generate", *SERVICES[:2])[2]
    assert "parcels-a: from the cache" in run("generate", *SERVICES[:2])[2]
