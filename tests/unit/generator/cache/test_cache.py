"""The cache changes how long a command takes, and not a byte of what it writes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any

import black
import pytest
from botocore.loaders import Loader
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.generator.conftest import Run, make_model, read_results, write_model

from botosmith.generator import cache, prose
from botosmith.generator.build import formatting, package_builder
from botosmith.generator.build.formatting import format_modules
from botosmith.generator.build.pipeline import build_service, open_models
from botosmith.generator.cache import (
    Store,
    database,
    entry,
    folder,
    key,
    open_store,
    store,
)
from botosmith.generator.errors import StyleError
from botosmith.generator.prose import markdown

HERE = Path("generated/botosmith/parcels")

#: One operation with one member.
SHAPES: dict[str, Any] = {
    "OpenRequest": {"type": "structure", "members": {"Id": {"shape": "Id"}}},
    "Id": {"type": "string"},
}
OPERATIONS: dict[str, Any] = {
    name: {"input": {"shape": "OpenRequest"}} for name in ("OpenLocker", "ShutLocker")
}


def save(**changes: Any) -> None:
    """Pin the model, with members of it changed."""
    write_model(Path("models"), {**make_model(SHAPES, OPERATIONS), **changes})


def save_another_member() -> None:
    """Pin the model with one more member."""
    request = SHAPES["OpenRequest"]
    members = {"Id": {"shape": "Id"}, "Why": {"shape": "Id"}}
    save(shapes={**SHAPES, "OpenRequest": {**request, "members": members}})


def read(folder: Path = HERE) -> dict[str, bytes]:
    """Every file below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder with one pinned model."""
    monkeypatch.chdir(tmp_path)
    save()
    return tmp_path


@pytest.fixture
def file(empty_cache: Path) -> Path:
    """The file of the cache, which is not there yet."""
    return empty_cache / cache.FILE


@pytest.fixture
def formatted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sources that black was given."""
    given: list[str] = []
    format_str = black.format_str

    def count(source: str, *, mode: black.Mode) -> str:
        given.append(source)
        return format_str(source, mode=mode)

    monkeypatch.setattr(black, "format_str", count)
    return given


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The services that were planned and rendered."""
    names: list[str] = []

    def count(loader: Loader, service: str, **options: Any) -> Any:
        names.append(service)
        return build_service(loader, service, **options)

    monkeypatch.setattr(package_builder, "build_service", count)
    return names


def test_nothing_changed_takes_nothing(
    run: Run, formatted: list[str], planned: list[str]
) -> None:
    """The second run neither plans nor formats, says so, and finds the same bytes."""
    assert "parcels: rendering" in run("generate")[2]
    before = read()
    formatted.clear()
    planned.clear()

    code, out, err = run("generate")

    assert (code, formatted, planned) == (0, [], [])
    assert read_results(out) == f"{HERE}: {len(before)} unchanged\n"
    assert err.splitlines() == ["parcels: from the cache", "parcels: writing"]
    assert read() == before


def test_check_uses_what_generate_left(run: Run, formatted: list[str]) -> None:
    """`check` after `generate` is quick too, and sees what was edited by hand."""
    run("generate")
    formatted.clear()
    assert run("check")[:2] == (0, f"{HERE} is up to date\n")
    with (HERE / "client.py").open("a") as client:
        client.write("x = 1\n")

    code, out, _ = run("check")

    assert (code, formatted) == (1, [])
    assert "\n-x = 1\n" in out


def test_lost_output_comes_back(run: Run, formatted: list[str]) -> None:
    """A folder that was removed is written from the cache, with the same bytes."""
    run("generate")
    before = read()
    shutil.rmtree("generated")
    formatted.clear()

    run("generate")

    assert (read(), formatted) == (before, [])


def test_one_member_is_one_module(run: Run, formatted: list[str]) -> None:
    """A changed member has the modules formatted that tell of it, and no others."""
    run("generate")
    before = read()
    formatted.clear()
    save_another_member()

    run("generate")

    changed = {name for name, text in read().items() if before.get(name) != text}
    modules = {name for name in changed if not name.startswith("data/")}
    assert 0 < len(modules) < len(before) / 2
    assert len(formatted) == len(modules)


def test_same_bytes_with_and_without(run: Run) -> None:
    """The output does not depend on what the cache held before."""
    run("generate", "--no-cache")
    plain = read()
    save_another_member()
    run("generate", "--no-cache", "--out", "other")
    changed = read(Path("other/botosmith/parcels"))
    for _ in range(2):
        save()
        run("generate")
        assert read() == plain
        save_another_member()
        run("generate")
        assert read() == changed


@pytest.mark.parametrize("name", ["generate", "check"])
def test_no_cache_is_none(
    run: Run, file: Path, formatted: list[str], name: str
) -> None:
    """--no-cache neither reads the cache nor writes it."""
    run("generate", "--no-cache")
    assert not file.parent.exists()
    run("generate")
    before = file.read_bytes()
    formatted.clear()

    code, _, err = run(name, "--no-cache")

    assert code == 0
    assert len(formatted) > 1
    assert "parcels: rendering" in err
    assert file.read_bytes() == before


def test_documentation_is_converted_once(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the changed documentation of a changed model is converted."""
    operations = {
        name: {**operation, "documentation": f"<p>Words of {name}.</p>"}
        for name, operation in make_model(SHAPES, OPERATIONS)["operations"].items()
    }
    save(operations=operations)
    prose._read_lines.cache_clear()
    run("generate")
    converted: list[str] = []
    convert = markdown._convert

    def count(html: str, links: bool) -> str:  # noqa: FBT001
        converted.append(html)
        return convert(html, links)

    monkeypatch.setattr(markdown, "_convert", count)
    prose._read_lines.cache_clear()
    operations["OpenLocker"]["documentation"] = "<p>Other words.</p>"
    save(operations=operations)

    run("generate")

    assert {html.removeprefix("<p>")[:12] for html in converted} == {"Other words."}
    before = read()
    run("generate", "--no-cache")
    assert read() == before


def test_same_text_elsewhere_is_known(formatted: list[str], tmp_path: Path) -> None:
    """A module's path plays no part; whether it is a stub does."""
    values = Store(tmp_path / "c")
    text = "def f():\n  ...\n"
    (first,) = format_modules({PurePosixPath("a.py"): text}, store=values).values()
    (second,) = format_modules({PurePosixPath("b/c.py"): text}, store=values).values()
    (stub,) = format_modules({PurePosixPath("a.pyi"): text}, store=values).values()

    assert first == second
    assert stub == "def f(): ...\n"
    assert len(formatted) == 2


def test_progress_counts_what_is_known(tmp_path: Path) -> None:
    """Files from the cache are done at once; the numbers add up to all files."""
    values = Store(tmp_path / "c")
    files = {PurePosixPath(f"m{number}.py"): f"x = {number}\n" for number in range(9)}
    format_modules(dict(list(files.items())[:5]), store=values)
    done: list[int] = []

    format_modules(files, progress=done.append, store=values)

    assert done[0] == 5
    assert sum(done) == len(files)


def test_fault_is_not_kept(tmp_path: Path, formatted: list[str]) -> None:
    """The first faulty module is told each time; those before it are kept."""
    values = Store(tmp_path / "c")
    files = {PurePosixPath(f"m{number}.py"): f"x = {number}\n" for number in range(9)}
    files |= {PurePosixPath(f"{name}.py"): "1 +\n" for name in ("first", "second")}

    # Nothing of a chunk with a fault is kept.
    for count in (10, 10 - 2 * formatting.CHUNK):
        formatted.clear()
        with pytest.raises(StyleError) as caught:
            format_modules(files, store=values)
        assert caught.value.module == PurePosixPath("first.py")
        assert len(formatted) == count


def test_text_that_is_no_utf_8_is_refused_as_ever(tmp_path: Path) -> None:
    """Code that black refuses has a key all the same, and its module is at fault."""
    with pytest.raises(StyleError, match="surrogates"):
        format_modules(
            {PurePosixPath("m.py"): "x = '\ud800'\n"}, store=Store(tmp_path / "c")
        )


def damage_value(file: Path) -> None:
    """Change a byte of every value, as a bad disk might."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(
            "UPDATE entries SET value = CAST(x'00' || substr(value, 2) AS BLOB)"
        )


def damage_types(file: Path) -> None:
    """Put values of other types in every place."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(
            "UPDATE entries SET value = 3, checksum = 'x', size = 'y', used = NULL"
        )


def swap_values(file: Path) -> None:
    """Give every key the value of one, with its checksum."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(
            "UPDATE entries SET (value, checksum) ="
            " (SELECT value, checksum FROM entries ORDER BY size LIMIT 1)"
        )


def drop_table(file: Path) -> None:
    """Leave a database that has the version and no table."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("DROP TABLE entries")


def change_version(file: Path) -> None:
    """Make it the database of a later botosmith."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(f"PRAGMA user_version = {database.SCHEMA + 1}")


def cut_file(file: Path) -> None:
    """Lose the second half."""
    os.truncate(file, file.stat().st_size // 2)


def overwrite_middle(file: Path) -> None:
    """Put rubbish into the file, behind its header."""
    content = bytearray(file.read_bytes())
    content[100:-100] = b"\xa5" * (len(content) - 200)
    file.write_bytes(content)


def write_rubbish(file: Path) -> None:
    """Leave a file that is not a database."""
    file.write_bytes(b"rubbish " * 1000)


def write_journal(file: Path) -> None:
    """Leave a journal that belongs to no transaction."""
    Path(f"{file}-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" * 999)
    write_rubbish(file)


DAMAGES = [
    damage_value,
    damage_types,
    swap_values,
    drop_table,
    change_version,
    cut_file,
    overwrite_middle,
    write_rubbish,
    write_journal,
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_mended(
    run: Run, file: Path, formatted: list[str], damage: Callable[[Path], None]
) -> None:
    """After any damage the output is right, and the next run is a quick one again."""
    run("generate")
    before = read()
    damage(file)
    shutil.rmtree("generated")

    code, _, err = run("generate")

    assert code == 0
    assert read() == before
    assert "Traceback" not in err
    formatted.clear()
    assert "parcels: from the cache" in run("generate")[2]
    assert formatted == []


@pytest.mark.parametrize("at", range(0, 100, 4))
def test_damaged_header_is_survived(run: Run, file: Path, at: int) -> None:
    """Whatever a word of the file's header says, the output is right."""
    run("generate")
    before = read()
    content = bytearray(file.read_bytes())
    content[at : at + 4] = b"\xff\xff\xff\xff"
    file.write_bytes(content)
    shutil.rmtree("generated")

    assert run("generate")[0] == 0

    assert read() == before


def put_folder(file: Path) -> None:
    """A folder in the place of the file."""
    file.mkdir(parents=True)


def put_file(file: Path) -> None:
    """A file in the place of the folder."""
    file.parent.write_text("mine")


def put_link(file: Path) -> None:
    """A link that leads nowhere."""
    file.parent.symlink_to("nowhere/at/all")


@pytest.mark.parametrize("obstacle", [put_folder, put_file, put_link])
def test_place_that_cannot_be_used(
    run: Run, file: Path, obstacle: Callable[[Path], None]
) -> None:
    """A file in the way of the cache stays, and the command does without."""
    obstacle(file)

    for _ in range(2):
        code, _, err = run("generate")
        assert code == 0
        assert "parcels: rendering" in err

    assert read()
    assert not file.is_file()


@pytest.mark.parametrize(
    "code",
    [
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
    ],
)
def test_system_that_refuses(
    run: Run, monkeypatch: pytest.MonkeyPatch, file: Path, code: int
) -> None:
    """A read-only folder or a full disk costs the cache, and keeps what it held."""
    run("generate")
    kept = file.read_bytes()
    attempts: list[int] = []

    def refuse(*_: object, **__: object) -> None:
        attempts.append(code)
        error = sqlite3.OperationalError("no")
        error.sqlite_errorcode = code
        raise error

    save_another_member()
    with monkeypatch.context() as patch:
        patch.setattr(database, "_open_and_work", refuse)
        assert run("generate")[0] == 0

    assert len(attempts) == 1
    assert file.read_bytes() == kept


def test_store_that_can_only_be_read(tmp_path: Path) -> None:
    """Entries can still be read where nothing can be written."""
    file = tmp_path / "c" / "file"
    Store(file).write({b"k": b"value"})
    # Root may write anywhere, but not to a database that says it is newer.
    content = bytearray(file.read_bytes())
    content[18] = 3  # the format that is needed for writing
    file.write_bytes(content)
    values = Store(file)

    assert values.read([b"k"]) == {b"k": b"value"}
    values.write({b"l": b"other"})
    assert Store(file).read([b"k", b"l"]) == {b"k": b"value"}
    assert not values.usable


def test_lock_is_not_waited_for(
    run: Run, monkeypatch: pytest.MonkeyPatch, file: Path
) -> None:
    """A process that holds the cache for ever delays the command once, and shortly."""
    monkeypatch.setattr(database, "PATIENCE", 0.2)
    run("generate")
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        start = time.monotonic()
        values = open_store()
        assert values is not None
        for _ in range(20):
            assert values.read([b"k"]) == {}
            values.write({b"k": b"value"})
        waited = time.monotonic() - start
        assert run("generate")[0] == 0

    assert waited < 1
    assert "from the cache" in run("generate")[2]


def test_user_without_a_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder called ~ is not made where the home is unknown."""
    monkeypatch.delenv(cache.DIRECTORY)
    monkeypatch.setattr(folder, "user_cache_dir", lambda *_, **__: "~/.cache/botosmith")

    assert open_store() is None


def test_folder_is_the_one_that_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The variable names the folder, whatever the system's is."""
    monkeypatch.setenv(cache.DIRECTORY, str(tmp_path))

    assert cache.find_folder() == tmp_path


def test_users_directory_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the variable, or with an empty one, the cache is where users keep it."""
    monkeypatch.setenv(cache.DIRECTORY, "")
    monkeypatch.setattr(folder, "user_cache_dir", lambda *_, **__: "/home/me/.cache/x")

    values = open_store()

    assert values is not None
    assert values.file == Path("/home/me/.cache/x", cache.FILE)


def start(*arguments: str) -> subprocess.Popen[str]:
    """Start a command line in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "botosmith.generator.cli", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_many_at_once(run: Run, file: Path) -> None:
    """Processes that begin with the same empty cache all write the same bytes."""
    run("generate", "--no-cache")
    expected = read()

    processes = [start("generate", "--out", f"out{number}") for number in range(4)]

    for number, process in enumerate(processes):
        _, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        assert read(Path(f"out{number}/botosmith/parcels")) == expected
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert "from the cache" in run("generate")[2]


def test_many_at_once_over_a_damaged_file(run: Run, file: Path) -> None:
    """Processes that throw a file away at the same time still write the same bytes."""
    run("generate")
    expected = read()
    write_rubbish(file)

    processes = [start("generate", "--out", f"out{number}") for number in range(4)]

    for number, process in enumerate(processes):
        _, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        assert read(Path(f"out{number}/botosmith/parcels")) == expected
    run("generate")
    assert "from the cache" in run("generate")[2]


HAMMER = """
import sys
from pathlib import Path
from botosmith.generator.cache import Store
number = int(sys.argv[2])
for turn in range(40):
    store = Store(Path(sys.argv[1]))
    keys = [bytes([n]) for n in range(100)]
    assert all(value == key * 999 for key, value in store.read(keys).items())
    store.write({key: key * 999 for key in keys[number * 20 : number * 20 + 40]})
"""


def test_store_of_many_processes(tmp_path: Path) -> None:
    """Several processes that read and write the same keys see whole values only."""
    file = tmp_path / "c" / "file"
    processes = [
        subprocess.Popen([sys.executable, "-c", HAMMER, str(file), str(number)])
        for number in range(4)
    ]

    assert [process.wait(timeout=120) for process in processes] == [0] * 4
    keys = [bytes([number]) for number in range(100)]
    assert Store(file).read(keys) == {key: key * 999 for key in keys}


def test_interrupted_run_leaves_a_usable_cache(
    run: Run, monkeypatch: pytest.MonkeyPatch, formatted: list[str]
) -> None:
    """Modules that were formatted before Ctrl-C need not be formatted again."""
    run("generate", "--no-cache")
    whole = len(formatted)
    formatted.clear()
    format_module = formatting.format_module

    def interrupt(path: PurePosixPath, source: str) -> str:
        if len(formatted) == formatting.CHUNK:
            raise KeyboardInterrupt
        return format_module(path, source)

    with monkeypatch.context() as patch:
        patch.setattr(formatting, "format_module", interrupt)
        assert run("generate")[0] == 130
    formatted.clear()

    assert run("generate")[0] == 0

    assert len(formatted) == whole - formatting.CHUNK


def test_killed_while_writing(tmp_path: Path) -> None:
    """A process that is killed in the middle of a write leaves what was there."""
    file = tmp_path / "c" / "file"
    Store(file).write({b"k": b"value"})
    code = """
import sys
from pathlib import Path
from botosmith.generator.cache import Store
n = 0
print(flush=True)
while True:
    n += 1
    Store(Path(sys.argv[1])).write({n.to_bytes(8, "big") + bytes([m]): bytes(99_999)
                                    for m in range(100)})
"""
    for delay in (0.0, 0.05, 0.1):
        command_line = [sys.executable, "-c", code, str(file)]
        with subprocess.Popen(command_line, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(delay)
            process.send_signal(signal.SIGKILL)
        assert Store(file).read([b"k"]) == {b"k": b"value"}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, as the store sees it; in days."""
    days = [20_000.0]
    monkeypatch.setattr(time, "time", lambda: days[0] * store.DAY)
    return days


def test_unused_entries_are_dropped(tmp_path: Path, clock: list[float]) -> None:
    """Entries unused for thirty days go at the next write; the rest stays."""
    values = Store(tmp_path / "c")
    values.write({b"old": b"1", b"used": b"2"})
    clock[0] += 20
    values.read([b"used"])
    clock[0] += 20

    values.write({b"new": b"3"})

    assert values.read([b"old", b"used", b"new"]) == {b"used": b"2", b"new": b"3"}


def test_least_recently_used_go_first(
    tmp_path: Path, clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Above the limit, entries are dropped down to three quarters of it."""
    values = Store(tmp_path / "c")
    texts = {bytes([number]): os.urandom(1000) for number in range(9)}
    monkeypatch.setattr(store, "MOST_BYTES", 8100)
    for name, text in list(texts.items())[:8]:
        values.write({name: text})
        clock[0] += 2
    values.read([b"\0"])

    values.write({b"\x08": texts[b"\x08"]})

    kept = {bytes([number]) for number in (0, 4, 5, 6, 7, 8)}
    assert values.read(texts) == {name: texts[name] for name in kept}


def test_reading_does_not_write(tmp_path: Path) -> None:
    """A run that finds everything leaves the file as it is, for a day."""
    file = tmp_path / "c"
    Store(file).write({b"k": b"value"})
    before = file.read_bytes()

    Store(file).read([b"k", b"other"])

    assert file.read_bytes() == before


def make_key(models: Path = Path("models"), **options: Any) -> bytes:
    """The key of the package, with what an option says changed."""
    service = options.pop("service", "parcels")
    options = {"package": "botosmith", **options}
    inputs = cache.package_key(open_models(models), service, **options)
    return cache.make_key(cache.code_key(), inputs)


def test_key_is_the_same_for_the_same(tmp_path: Path) -> None:
    """A folder's place and its files' times make no difference."""
    first = make_key()
    shutil.copytree("models", tmp_path / "elsewhere")

    assert make_key() == first
    assert make_key(tmp_path / "elsewhere") == first


@pytest.mark.parametrize(
    "options",
    [
        {"package": "mine"},
        {"service": "letters"},
        {"operations": ("OpenLocker",)},
        {"operations": ("OpenLocker", "ShutLocker")},
        {"operations": ("OpenLockerShutLocker",)},
        {"extra": b"names"},
    ],
    ids=str,
)
def test_key_depends_on_what_is_asked(options: dict[str, Any]) -> None:
    """The service, the package, the operations and what the caller adds all count."""
    shutil.copytree("models/parcels", "models/letters")
    keys = {make_key(), make_key(**options), make_key(operations=("ShutLocker",))}

    assert len(keys) == 3


@pytest.mark.parametrize(
    "name",
    [
        "parcels/2024-03-01/service-2.json",
        "parcels/2024-03-01/service-2.json.gz",
        "parcels/2024-03-01/service-2.sdk-extras.json",
        "parcels/2024-03-01/endpoint-rule-set-1.json",
        "parcels/2025-01-01/service-2.json",
        "endpoints.json",
        "endpoints.json.gz",
        "partitions.json",
    ],
)
def test_key_depends_on_each_file(name: str) -> None:
    """Any file that botocore's loader may read counts, there or not, by its bytes."""
    file = Path("models", name)
    keys = [make_key()]
    file.parent.mkdir(exist_ok=True)
    file.write_text("{}")
    keys.append(make_key())
    file.write_text("{ }")
    keys.append(make_key())

    assert len(set(keys)) == 3


def test_key_depends_on_botocores_own_data(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shared data that the models lack is botocore's, or in the user's ~/.aws."""
    keys = [make_key()]
    for variable in ("BUILTIN_DATA_PATH", "CUSTOMER_DATA_PATH"):
        folder = place / variable
        folder.mkdir()
        (folder / "endpoints.json").write_text("{}")
        monkeypatch.setattr(Loader, variable, str(folder))
        keys.append(make_key())

    assert len(set(keys)) == 3


@pytest.mark.parametrize("name", key.DECISIVE)
def test_key_depends_on_each_version(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Another release of what decides the output is another key."""
    first = make_key()
    monkeypatch.setattr(key, "version", lambda it: "9" if it == name else version(it))

    assert make_key() != first


def test_keys_depend_on_the_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another Python, which may read HTML or compile otherwise, is another key."""
    modules = {PurePosixPath("m.py"): "x = 1\n"}
    first = make_key(), formatting._make_keys(modules)
    monkeypatch.setattr(sys, "version", f"{sys.version} again")

    second = make_key(), formatting._make_keys(modules)

    assert first[0] != second[0]
    assert first[1] != second[1]


@pytest.mark.parametrize(
    "name", ["cli.py", "plan/names.py", "render/templates/header.jinja", "new.py"]
)
def test_key_depends_on_the_generators_code(
    place: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A change of any module or template of the generator is another key."""
    code = place / "code"
    shutil.copytree(key.CODE, code, ignore=shutil.ignore_patterns("__pycache__"))
    first = make_key()
    monkeypatch.setattr(key, "CODE", code)
    assert make_key() == first

    with (code / name).open("a") as file:
        file.write("\n")

    assert make_key() != first


def test_module_key_depends_on_black(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another black is asked anew."""
    modules = {PurePosixPath("m.py"): "x = 1\n"}
    first = formatting._make_keys(modules)
    monkeypatch.setattr(formatting, "version", lambda _: "99")

    assert formatting._make_keys(modules) != first


def test_key_depends_on_the_package_that_is_there(run: Run, planned: list[str]) -> None:
    """Names are kept, so a package is found only where the same one was before."""
    run("generate")
    run("generate")
    assert planned == ["parcels"]
    (data,) = HERE.glob("data/parcels/*/service-2.json")
    kept = data.read_text()

    data.write_text(f"{kept}\n")
    run("generate")

    assert planned == ["parcels"] * 2
    assert data.read_text() == kept


def test_digest_of_a_folder_is_that_of_its_contents(tmp_path: Path) -> None:
    """Contents to be written have the digest that the written folder has."""
    contents = {"a/b.json": "{}", "a-b.json": "é", "a.json": ""}
    for name, text in contents.items():
        (tmp_path / "d" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "d" / name).write_text(text, "utf-8")

    assert key.digest_folder(tmp_path / "d") == key.digest_contents(contents)
    assert key.digest_folder(tmp_path / "nowhere") == key.digest_contents({})


def test_model_that_changes_meanwhile_is_not_kept(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A package is kept only for the inputs that it was surely made from."""

    def change_first(*arguments: Any, **options: Any) -> Any:
        save_another_member()
        return build_service(*arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(package_builder, "build_service", change_first)
        run("generate")
    save()

    run("generate")
    found = read()
    run("generate", "--no-cache")

    assert read() == found


def test_input_that_cannot_be_read_has_no_entry(tmp_path: Path) -> None:
    """A key that cannot be made finds, keeps and raises nothing."""

    def fail(_: bytes) -> bytes:
        raise PermissionError

    place = entry.PackageEntry(Store(tmp_path / "c"), fail, tmp_path)

    place.write({PurePosixPath("m.py"): "x = 1\n"})
    assert place.read() is None
    assert not (tmp_path / "c").exists()


def test_entry_keeps_order_and_any_text(tmp_path: Path) -> None:
    """Files come back as they were, in their order."""
    texts = {"b/é.py": "x = 'é'\r\n", "__init__.py": "", "a.json": ""}
    files = {PurePosixPath(path): text for path, text in texts.items()}
    place = entry.PackageEntry(Store(tmp_path / "c"), lambda _: b"key", tmp_path)

    place.write(files)

    found = place.read()
    assert found is not None
    assert list(found.items()) == list(files.items())


def test_quick_run_imports_little(run: Run) -> None:
    """With everything in the cache, none of the slow modules is imported."""
    run("generate")
    slow = ["black", "bs4", "jinja2", "markdownify", "multiprocessing"]
    code = (
        "import sys; from botosmith.generator.cli import main; main(['generate']);"
        f"print(json.dumps([name for name in {slow} if name in sys.modules]))"
    )

    done = subprocess.run(
        [sys.executable, "-c", f"import json; {code}"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert "parcels: from the cache" in done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == []


KEYS = st.binary(min_size=1, max_size=2)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.dictionaries(KEYS, st.binary(max_size=50))),
        st.tuples(st.just("read"), st.sets(KEYS, max_size=5)),
        st.tuples(st.just("reopen"), st.none()),
        st.tuples(st.just("damage"), st.none()),
    ),
    max_size=12,
)


@given(steps=STEPS)
def test_store_is_like_a_dictionary(
    steps: list[tuple[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever is written is read again, until the file is damaged."""
    file = tmp_path_factory.mktemp("store") / "file"
    values, model = Store(file), dict[bytes, bytes]()
    for step, argument in steps:
        if step == "write":
            values.write(argument)
            model |= argument
        elif step == "read":
            expected = {name: model[name] for name in argument if name in model}
            assert values.read(argument) == expected
        elif step == "reopen":
            values = Store(file)
        else:
            file.write_bytes(b"rubbish")
            model.clear()
    assert values.read(model) == model
