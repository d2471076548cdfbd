"""The command `botosmith`: its files, output and answers for any input."""

from __future__ import annotations

import errno
import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import count
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from botocore.loaders import Loader
from tests.unit.generator.conftest import Run, read_results

from botosmith.generator import command
from botosmith.generator.build import package_builder
from botosmith.generator.cli import main
from botosmith.generator.errors import Problem, UnknownName
from botosmith.generator.output.atomic_write import write_trees
from botosmith.generator.suggest import find_name
from botosmith.generator.update.pin import pin_tree
from botosmith.generator.update.release import find_installed

HERE = "generated/botosmith"

Model = dict[str, Any]


def make_model(name: str = "Parcels", *, operations: int = 2) -> Model:
    """A service with two operations, or more."""
    names = ["OpenLocker", "DescribeLocker"]
    names += [f"OpenLocker{number}" for number in range(2, operations)]
    made = {
        operation: {
            "name": operation,
            "http": {"method": "POST", "requestUri": "/"},
            "input": {"shape": "LockerRequest"},
            "documentation": f"<p>The words of {operation}.</p>",
        }
        for operation in names
    }
    return {
        "version": "2.0",
        "metadata": {
            "apiVersion": "2024-03-01",
            "endpointPrefix": name.lower(),
            "jsonVersion": "1.1",
            "protocol": "json",
            "serviceId": name,
            "signatureVersion": "v4",
            "targetPrefix": name,
        },
        "operations": made,
        "shapes": {
            "LockerRequest": {
                "type": "structure",
                "members": {"LockerId": {"shape": "LockerId"}},
            },
            "LockerId": {"type": "string"},
        },
    }


def save(model: Model | str, service: str = "parcels") -> Path:
    """Pin a model, or a text that should be one, below the current folder."""
    file = Path("models", service, "2024-03-01", "service-2.json")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(model if isinstance(model, str) else json.dumps(model))
    return file


def render(patch: pytest.MonkeyPatch, files: dict[PurePosixPath, str]) -> None:
    """Render these files, whatever the model."""

    def build(*_: object, **__: object) -> dict[PurePosixPath, str]:
        return files

    patch.setattr(package_builder, "build_service", build)


def read(folder: str = ".") -> dict[str, bytes]:
    """Every file below a folder."""
    files = (path for path in Path(folder).rglob("*") if path.is_file())
    return {path.as_posix(): path.read_bytes() for path in files}


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder with one pinned model."""
    monkeypatch.chdir(tmp_path)
    save(make_model())
    return tmp_path


def start(*arguments: str, before: str = "", **options: Any) -> subprocess.Popen[str]:
    """Start a command line in a process group of its own.

    Args:
        arguments: The command line.
        before: What the process does first.
        options: Passed to Popen.
    """
    # As at a terminal, also where the tests themselves run in the background.
    code = (
        "import signal, sys\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
    )
    code += f"{before}\nfrom botosmith.generator.cli import main\n"
    code += "if __name__ == '__main__': sys.exit(main())"
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
    line = [sys.executable, "-c", code, *arguments]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen(
        line, text=True, env=environment, start_new_session=True, **options
    )


def test_generate_writes_what_is_pinned(run: Run) -> None:
    """Without a name, every pinned service gets its package below generated/."""
    save(make_model("Letters"), "letters")

    code, out, err = run("generate")

    assert code == 0
    files = {name: len(read(f"{HERE}/{name}")) for name in ("letters", "parcels")}
    assert read_results(out).splitlines() == [
        f"{HERE}/{name}: {count} created" for name, count in files.items()
    ]
    assert err.splitlines() == [
        "letters: rendering",
        "parcels: rendering",
        f"letters: formatting {files['letters']} files",
        f"parcels: formatting {files['parcels']} files",
        "letters: writing",
        "parcels: writing",
    ]
    assert f"{HERE}/parcels/operations/open_locker.py" in read(HERE)


def test_generate_again_changes_nothing(run: Run) -> None:
    """A second run finds every file as it should be."""
    run("generate")
    before = {path: path.stat().st_mtime_ns for path in Path(HERE).rglob("*")}

    code, out, _ = run("generate")

    count = len(read(HERE))
    assert (code, read_results(out)) == (0, f"{HERE}/parcels: {count} unchanged\n")
    assert {path: path.stat().st_mtime_ns for path in Path(HERE).rglob("*")} == before


def test_generate_tells_what_changed(run: Run) -> None:
    """Created, updated, removed and unchanged files are counted."""
    run("generate")
    model = make_model()
    model["operations"]["ShutLocker"] = model["operations"].pop("OpenLocker")
    model["operations"]["ShutLocker"]["name"] = "ShutLocker"
    save(model)

    code, out, _ = run("generate", "parcels")

    assert code == 0
    counts = read_results(out).removeprefix(f"{HERE}/parcels: ").strip().split(", ")
    assert [text.split()[1] for text in counts] == [
        "created",
        "updated",
        "removed",
        "unchanged",
    ]


def test_long_step_tells_how_far_it_is(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A long step has a line for each quarter where there is not a terminal."""
    files = {PurePosixPath(f"data/{n}.json"): "{}" for n in range(60)}
    files |= {PurePosixPath(f"m{n}.py"): "x = 1\n" for n in range(40)}
    render(monkeypatch, files)

    _, _, err = run("generate")

    assert err.splitlines()[1:-1] == [
        "parcels: formatting 100 files",
        "parcels: formatting 50%",
        "parcels: formatting 75%",
        "parcels: formatting 100%",
    ]


def test_out_and_package_place_the_output(run: Run) -> None:
    """The package goes below the import root that is named, and is named so itself."""
    code, out, _ = run("generate", "--out", "src/lib", "--package", "mine.aws")

    assert code == 0
    assert read_results(out).startswith("src/lib/mine/aws/parcels: ")
    client = read("src")["src/lib/mine/aws/parcels/client.py"].decode()
    assert "mine.aws.parcels" in client
    assert not Path("generated").exists()


@pytest.mark.parametrize(
    ("service", "folder"),
    [("lambda", "lambda_"), ("sagemaker-runtime", "sagemaker_runtime")],
)
def test_package_folder_is_an_identifier(
    run: Run, monkeypatch: pytest.MonkeyPatch, service: str, folder: str
) -> None:
    """Hyphens become underscores, and a keyword gets one."""
    files = {PurePosixPath("py.typed"): ""}
    render(monkeypatch, files)

    assert run("generate", service)[0] == 0
    assert Path(HERE, folder, "py.typed").exists()


def test_models_may_be_elsewhere(run: Run) -> None:
    """--models names the folder; services that it has not come from botocore."""
    Path("models").rename("elsewhere")

    code, out, _ = run("show", "parcels", "open-locker", "--models", "elsewhere")
    assert (code, out.splitlines()[0]) == (0, "The words of OpenLocker.")
    code, out, _ = run("show", "sagemaker", "CreateModel", "--models", "elsewhere")
    assert (code, out.splitlines()[0]) == (0, "Creates a model in SageMaker.")


def test_users_own_models_play_no_part(run: Run, place: Path) -> None:
    """A model in ~/.aws is not picked up, which another machine would not have."""
    Loader.CUSTOMER_DATA_PATH = str(place / "models")
    Path("models").rename("elsewhere")
    try:
        code, _, err = run("show", "parcels", "OpenLocker")
    finally:
        Loader.CUSTOMER_DATA_PATH = str(Path.home() / ".aws" / "models")

    assert code == 2
    assert "no service is named 'parcels'" in err


def test_check_is_content_with_fresh_output(run: Run) -> None:
    """The files that generate has written are those that check expects."""
    run("generate")

    code, out, _ = run("check")

    assert (code, out) == (0, f"{HERE}/parcels is up to date\n")


def test_check_shows_what_is_stale(run: Run) -> None:
    """A changed model is a diff of its pages and exit 1; nothing is written."""
    run("generate")
    model = make_model()
    model["operations"]["OpenLocker"]["documentation"] = "<p>Something else.</p>"
    save(model)
    before = read()

    code, out, err = run("check")

    assert code == 1
    name = f"{HERE}/parcels/operations/open_locker.py"
    assert out.startswith(f"--- a/{name}\n+++ b/{name}\n@@ ")
    assert '\n-    """The words of OpenLocker.\n' in out
    assert '\n+    """Something else.\n' in out
    stale = f"botosmith: {HERE}/parcels is stale: run botosmith generate"
    assert err.splitlines()[-1] == stale
    assert read() == before


def test_check_tells_what_is_missing(run: Run) -> None:
    """A package that was never generated is told in a line, not as a diff."""
    code, out, err = run("check")

    assert (code, out) == (1, "")
    assert f"{HERE}/parcels is missing" in err
    assert not Path("generated").exists()


def test_check_verifies_pinned_models(run: Run) -> None:
    """A pinned model that was edited by hand is told, whatever is generated."""
    shutil.rmtree("models")
    write_trees([pin_tree(["sagemaker-edge"], Path("models"), find_installed())])
    (file,) = Path("models/sagemaker-edge").rglob("service-2.json")
    file.write_text(file.read_text("utf-8") + "\n", "utf-8")

    code, _, err = run("check")

    assert code == 1
    assert err.startswith(f"botosmith: {file}: has the SHA-256 ")


def test_list_shows_every_service(
    run: Run, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pinned services and botocore's own, with version and number of operations."""
    data = place / "data"
    data.mkdir()
    for service in ("sagemaker-runtime", "sts"):
        (data / service).symlink_to(Path(Loader.BUILTIN_DATA_PATH, service))
    monkeypatch.setattr(Loader, "BUILTIN_DATA_PATH", str(data))

    code, out, _ = run("list")

    assert code == 0
    runtime, sts = (
        str(len(Loader().load_data(f"{name}/service-2")["operations"]))
        for name in ("sagemaker-runtime/2017-05-13", "sts/2011-06-15")
    )
    assert [line.split() for line in read_results(out).splitlines()] == [
        ["parcels", "2024-03-01", "2", "operations", "pinned"],
        ["sagemaker-runtime", "2017-05-13", runtime, "operations"],
        ["sts", "2011-06-15", sts, "operations"],
    ]


@pytest.mark.parametrize(
    "name", ["DescribeLocker", "describe_locker", "describe-locker", "describelocker"]
)
def test_show_takes_any_spelling(run: Run, name: str) -> None:
    """The model's name, the function's and the command line's are all understood."""
    code, out, _ = run("show", "parcels", name)

    assert code == 0
    assert out.startswith("The words of DescribeLocker.\n")
    assert "Request syntax:" in out


def test_no_two_services_are_spelt_alike() -> None:
    """Every service of botocore is found by its own name, however it is spelt."""
    folder = Loader.BUILTIN_DATA_PATH
    loader = Loader(extra_search_paths=[folder], include_default_search_paths=False)
    services = loader.list_available_services("service-2")

    for service in services:
        assert find_name("service", service, services) == service
        spelt = service.replace("-", "_").upper()
        assert find_name("service", spelt, services) == service


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["generate", "parcel"], "no service is named 'parcel'; the nearest: parcels"),
        (["check", "sagemakr"], "no service is named 'sagemakr'; the nearest: sagem"),
        (["show", "parcls", "OpenLocker"], "the nearest: parcels"),
        (
            ["show", "parcels", "open-loker"],
            "no operation of parcels is named 'open-loker'; the nearest: OpenLocker",
        ),
        (["generate", "qqqqqqqqqq"], "no service is named 'qqqqqqqqqq'\n"),
        (["generate", "a\x1b[2Jb\n"], r"no service is named 'a\x1b[2Jb\n'"),
        (["generate", "--models", "nowhere"], "nowhere is not a folder of models"),
        (["list", "--models", "file"], "file is not a folder of models"),
        (["generate", "--models", "empty"], "empty holds no models"),
    ],
)
def test_asking_for_what_there_is_not(
    run: Run, arguments: list[str], message: str
) -> None:
    """One line says what is not there, with the nearest names; the code is 2."""
    Path("file").touch()
    Path("empty").mkdir()

    code, out, err = run(*arguments)

    assert (code, out) == (2, "")
    assert message in err
    assert err.startswith("botosmith: ")
    assert err.count("\n") == 1
    assert not Path("generated").exists()


def test_no_models_and_no_service(run: Run) -> None:
    """The command says so if there is neither models/ nor a named service."""
    shutil.rmtree("models")

    code, _, err = run("generate")

    assert code == 2
    assert err == (
        "botosmith: no service is named, and models holds no models to take them from\n"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["make"],
        ["generate", "--nonsense"],
        ["show", "parcels"],
        ["generate", "--package", "a.class"],
        ["generate", "--package", "a..b"],
        ["generate", "--package", "../up"],
    ],
)
def test_command_line_without_sense(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The usage is shown, and the code is 2."""
    with pytest.raises(SystemExit) as caught:
        main(arguments)

    assert caught.value.code == 2
    assert "usage: botosmith" in capsys.readouterr().err


@pytest.mark.parametrize("name", [[], ["generate"], ["check"], ["list"], ["show"]])
def test_help_describes_each_command(
    name: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """--help explains every command and ends well."""
    with pytest.raises(SystemExit) as caught:
        main([*name, "--help"])

    assert caught.value.code == 0
    assert "usage: botosmith" in capsys.readouterr().out


def test_problems_are_told_together(run: Run) -> None:
    """Every problem of every service has its line, and no service is written."""
    faulty = make_model("Letters")
    faulty["shapes"]["LockerId"] = {"type": "strange"}
    faulty["shapes"]["LockerRequest"]["members"]["Size"] = {"shape": "Nowhere"}
    save(faulty, "letters")
    save("{", "packets")

    code, out, err = run("generate")

    assert (code, out) == (1, "")
    told = [line for line in err.splitlines() if line.startswith("botosmith: ")]
    places = [line.split(": ")[1:3] for line in told]
    letters = "letters/2024-03-01/service-2.json"
    assert [letters, "shapes.LockerId.type"] in places
    assert [letters, "shapes.LockerRequest.members.Size"] in [
        [file, path.removesuffix(".shape")] for file, path in places
    ]
    assert any("packets/2024-03-01/service-2.json" in line for line in told)
    assert not Path("generated").exists()


@pytest.mark.parametrize(
    "text",
    ["", "{", "null", "[]", "3", "{}", '{"operations": 3}', "[" * 10_000, "\xff"],
    ids=["empty", "cut", "null", "list", "number", "object", "odd", "deep", "latin"],
)
@pytest.mark.parametrize(
    "arguments", [["generate"], ["check"], ["list"], ["show", "parcels", "OpenLocker"]]
)
def test_model_that_is_none(
    run: Run, monkeypatch: pytest.MonkeyPatch, arguments: list[str], text: str
) -> None:
    """A file that is not JSON, or not a model, is a named problem for any command."""
    save("").write_text(text, "latin-1")
    Path("data").mkdir()
    monkeypatch.setattr(Loader, "BUILTIN_DATA_PATH", "data")

    code, _, err = run(*arguments)

    assert code == 1
    line = err.splitlines()[-1]
    assert line.startswith("botosmith: parcels/2024-03-01/service-2.json: ")
    assert not Path("generated").exists()


def test_module_that_black_refuses(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The module is named with black's words, and nothing is written."""
    files = {PurePosixPath("operations/send.py"): "def f(:\n"}
    render(monkeypatch, files)

    code, _, err = run("generate")

    assert code == 1
    assert "botosmith: parcels/operations/send.py: InvalidInput: cannot parse" in err
    assert not Path("generated").exists()


def test_foreign_file_in_the_way(run: Run) -> None:
    """A file of someone else is named from here, and stays."""
    mine = Path(HERE, "parcels", "client.py")
    mine.parent.mkdir(parents=True)
    mine.write_text("mine = 1\n")

    code, _, err = run("generate")

    assert code == 1
    assert err.splitlines()[-1] == (
        f"botosmith: {mine}: was not generated, so it is not replaced"
    )
    assert read(HERE) == {str(mine): b"mine = 1\n"}


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOSPC, errno.EROFS])
def test_system_error_names_its_file(
    run: Run, monkeypatch: pytest.MonkeyPatch, place: Path, number: int
) -> None:
    """A refusal of the system is one line with the file, from here."""

    def refuse(*_: object, **__: object) -> None:
        name = place / HERE / "parcels" / "client.py"
        raise OSError(number, os.strerror(number), str(name))

    monkeypatch.setattr(command, "write_trees", refuse)

    code, _, err = run("generate")

    assert code == 1
    assert err.splitlines()[-1] == (
        f"botosmith: {HERE}/parcels/client.py: {os.strerror(number)}"
    )


def fill_disk(patch: pytest.MonkeyPatch, room: int) -> list[Path]:
    """Have the disk take so many files more; gives those that it refused.

    The system does not name the file when it writes what Python held back.
    """
    write_bytes, refused = Path.write_bytes, list[Path]()
    taken = iter(range(room))

    def write_some(path: Path, content: bytes) -> int:
        if next(taken, None) is not None:
            return write_bytes(path, content)
        refused.append(path)
        write_bytes(path, content[: len(content) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    patch.setattr(Path, "write_bytes", write_some)
    return refused


@pytest.mark.parametrize("is_first", [True, False])
def test_full_disk_leaves_all_packages_as_they_were(
    run: Run,
    is_first: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """A full disk leaves all folders or none, and the file is named."""
    save(make_model("Letters"), "letters")
    if not is_first:
        run("generate")
        for name in ("letters", "parcels"):
            save(make_model(name.title(), operations=3), name)
    run("check")  # fills the cache
    before = read()
    room, code = 0, 0
    for room in count(0):
        with pytest.MonkeyPatch.context() as patch:
            refused = fill_disk(patch, room)
            code, out, err = run("generate")
        if not refused:
            break
        place = refused[0].relative_to(Path.cwd()).as_posix()
        named = place.replace("/.", "/").replace(".new/", "/")
        assert (code, out) == (1, "")
        told = f"botosmith: {named}: {os.strerror(errno.ENOSPC)}"
        assert err.splitlines()[-1] == told
        assert read() == before

    assert code == 0
    assert room > (20 if is_first else 10)
    assert run("check")[0] == 0
    assert list(Path(HERE).glob(".*")) == []


@pytest.mark.parametrize("step", range(1, 5))
def test_renames_of_several_packages_are_undone(
    run: Run, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """A rename that fails leaves no package new beside one that is old."""
    save(make_model("Letters"), "letters")
    run("generate")
    for name in ("letters", "parcels"):
        save(make_model(name.title(), operations=3), name)
    before = read(HERE)
    rename, renamed = Path.rename, count(1)

    def fail_once(path: Path, target: Path) -> Path:
        if next(renamed) == step:
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fail_once)

    code, _, err = run("generate")

    assert code == 1
    assert HERE in err.splitlines()[-1]
    assert read(HERE) == before
    assert list(Path(HERE).glob(".*")) == []


#: Is killed when the second package is put in its place.
KILLED = """
import os, signal
from pathlib import Path
rename, renamed = Path.rename, []
def rename_some(self, target):
    if self.name.endswith(".new"):
        renamed.append(self)
        if len(renamed) == 2:
            os.kill(os.getpid(), signal.SIGKILL)
    return rename(self, target)
Path.rename = rename_some
"""


@pytest.mark.parametrize("next_command", ["check", "generate"])
def test_packages_are_put_back_after_a_crash(run: Run, next_command: str) -> None:
    """The next command finds all packages old, as if nothing had been written."""
    save(make_model("Letters"), "letters")
    run("generate")
    before = read(HERE)
    for name in ("letters", "parcels"):
        save(make_model(name.title(), operations=3), name)

    with start("generate", before=KILLED) as process:
        process.communicate(timeout=60)

    assert process.returncode == -signal.SIGKILL
    for name in ("letters", "parcels"):
        save(make_model(name.title()), name)
    assert run(next_command)[0] == 0
    assert read(HERE) == before


@pytest.mark.parametrize(
    "text", ["[]", "3", '{"a": 3}', '{"a\\u0000": true}', "[" * 9999]
)
def test_journal_that_is_not_one(run: Run, text: str) -> None:
    """It was cut short, or is somebody else's: nothing is put back."""
    run("generate")
    Path(HERE, ".generate.json").write_text(text)

    assert run("generate")[0] == 0
    assert not Path(HERE, ".generate.json").exists()


def test_interrupt_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C is a line and the code that shells know."""

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(package_builder, "build_service", interrupt)

    code, _, err = run("generate")

    assert code == 130
    assert err.splitlines()[-1] == ("botosmith: interrupted: nothing was changed")


@pytest.mark.parametrize("moment", ["parcels: formatting", "25%"])
def test_interrupt_while_formatting(run: Run, moment: str) -> None:
    """Ctrl-C from a terminal reaches every process: one line, and all is as before."""
    run("generate")
    before = read(HERE)
    save(make_model(operations=120))
    process = start("generate")
    assert process.stderr is not None
    with process:
        for line in process.stderr:
            if moment in line:
                break
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=60)

    assert process.returncode == 130
    assert err.splitlines()[-1].startswith("botosmith: interrupted")
    assert "Traceback" not in err
    assert read(HERE) == before
    wait_for_end_of_group(process.pid)


def test_killed_command_leaves_no_process(run: Run) -> None:
    """Killed without a warning, the command's processes end too; all is as before."""
    run("generate")
    before = read(HERE)
    save(make_model(operations=120))
    process = start("generate")
    assert process.stderr is not None
    with process:
        for line in process.stderr:
            if "25%" in line:
                break
        process.kill()

    wait_for_end_of_group(process.pid)
    assert read(HERE) == before


def wait_for_end_of_group(group: int) -> None:
    """Wait until no process of a group is left; fail when one stays."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("a process was left behind")


def test_full_disk_leaves_old_output(run: Run) -> None:
    """When the system takes no more bytes, the old package still stands whole."""
    run("generate")
    before = read(HERE)
    model = make_model()
    model["operations"]["OpenLocker"]["documentation"] = "<p>word </p>" * 2000
    save(model)
    limit = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (9999, 9999))"

    with start("generate", before=limit) as process:
        _, err = process.communicate(timeout=60)

    assert process.returncode == 1
    assert err.splitlines()[-1].startswith("botosmith: ")
    assert err.splitlines()[-1].endswith(os.strerror(errno.EFBIG))
    assert "Traceback" not in err
    assert read(HERE) == before


def test_missing_extra_is_told() -> None:
    """Installed without what generating needs, the command says what to install."""
    with start("generate", before="sys.modules['jinja2'] = None") as process:
        _, err = process.communicate(timeout=60)

    assert process.returncode == 1
    assert err == "botosmith: jinja2 is missing: pip install 'botosmith[generate]'\n"


def test_reader_that_leaves_is_no_error() -> None:
    """A closed pipe, as `| head` makes it, does not print a traceback."""
    reader, writer = os.pipe()
    os.close(reader)
    arguments = ["show", "parcels", "OpenLocker"]
    with start(*arguments, stdout=writer) as process:
        os.close(writer)
        _, err = process.communicate(timeout=60)

    assert (process.returncode, err) == (1, "")


def test_output_that_cannot_be_written_is_an_error() -> None:
    """A full disk behind stdout is one line, and not another at the end."""
    with (
        Path("/dev/full").open("w") as full,
        start("show", "parcels", "OpenLocker", stdout=full) as process,
    ):
        _, err = process.communicate(timeout=60)

    assert process.returncode == 1
    assert err == f"botosmith: stdout: {os.strerror(errno.ENOSPC)}\n"


def watch(terminal: int) -> str:
    """Whatever is printed on a terminal until nobody has it open any more."""
    shown = b""
    # Linux tells the end by an error.
    with suppress(OSError):
        while part := os.read(terminal, 4096):
            shown += part
    return shown.decode()


def test_terminal_gets_a_bar() -> None:
    """On a terminal, each step has a bar that fills up; stdout has the results."""
    terminal, end = pty.openpty()
    # A terminal holds but a few thousand bytes, so that somebody has to look on.
    with ThreadPoolExecutor(1) as pool:
        watching = pool.submit(watch, terminal)
        with start("generate", stderr=end) as process:
            os.close(end)
            out, _ = process.communicate(timeout=60)
        shown = watching.result(timeout=60)
    os.close(terminal)

    count = len(read(HERE))
    assert process.returncode == 0
    assert read_results(out) == f"{HERE}/parcels: {count} created\n"
    assert "parcels: formatting" in shown
    assert f"{count}/{count}" in shown
    assert "━" in shown


def test_problem_stays_on_its_line() -> None:
    """Whatever a model holds, a problem is one line that no terminal obeys."""
    problem = Problem("a.json", "shapes.\n\x1b[2J\u2028", "is 'é', not\ra string")

    assert str(problem) == r"a.json: shapes.\n\x1b[2J\u2028: is 'é', not\ra string"
    assert str(Problem("a.json", "", "is missing")) == "a.json: is missing"


def test_nearest_names_come_first() -> None:
    """The names most alike are offered first, and at most three."""
    known = ["CreateModel", "CreateModelCard", "CreateModule", "DeleteModel", "Search"]

    with pytest.raises(UnknownName) as caught:
        find_name("operation", "create-modl", known)

    assert caught.value.nearest[0] == "CreateModel"
    assert len(caught.value.nearest) == 3
    assert "Search" not in caught.value.nearest
