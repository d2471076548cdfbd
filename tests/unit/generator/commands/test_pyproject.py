"""`[tool.botosmith]`: what a project says once need not be said on command lines."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from botocore.loaders import Loader
from tests.unit.generator.conftest import Run, make_model, read_results

from botosmith.generator.update import release
from botosmith.generator.update.release import Release

FILE = Path("pyproject.toml")
PACKAGE = Path("src/myapp/aws/parcels")
SETTINGS = """
[project]
name = "myapp"

[tool.botosmith]
package = "myapp.aws"
out = "src"
models = "aws-models"
services = ["parcels"]
"""
KEPT = """
[tool.botosmith.operations]
parcels = ["OpenLocker"]
"""

#: Settings that are replaced for nearly every test.
REAL = Loader.BUILTIN_DATA_PATH


def make_service(name: str, *operations: str) -> dict[str, Any]:
    """A model in which each operation has a request and an enum of its own."""
    shapes: dict[str, Any] = {}
    for operation in operations:
        members = {"Size": {"shape": f"{operation}Size"}}
        shapes |= {
            f"{operation}Request": {"type": "structure", "members": members},
            f"{operation}Size": {"type": "string", "enum": ["S", "L"]},
        }
    model = make_model(
        shapes,
        {
            operation: {
                "input": {"shape": f"{operation}Request"},
                "documentation": f"<p>The words of {operation}.</p>",
            }
            for operation in operations
        },
    )
    prefix = name.lower()
    about = {"serviceId": name, "endpointPrefix": prefix, "targetPrefix": name}
    return {**model, "metadata": {**model["metadata"], **about}}


def save(folder: Path, model: Any, kind: str = "service-2") -> None:
    """Put a model, or what goes with it, into a folder in botocore's layout."""
    name = "parcels" if kind != "service-2" else model["metadata"]["endpointPrefix"]
    file = folder / name / "2024-03-01" / f"{kind}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(model))


@pytest.fixture(autouse=True)
def botocore(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data of the installed botocore, which has two services."""
    data = tmp_path / "data"
    save(data, make_service("Parcels", "OpenLocker", "ShutLocker"))
    save(data, make_service("Letters", "SendLetter", "ReadLetter"))
    partition = {
        "partition": "aws",
        "defaults": {"hostname": "{service}.{region}.{dnsSuffix}"},
        "dnsSuffix": "amazonaws.com",
        "regionRegex": "^eu-",
        "regions": {"eu-1": {}},
        "services": {},
    }
    for name, content in (
        ("endpoints", {"version": 3, "partitions": [partition]}),
        ("partitions", {"partitions": []}),
    ):
        (data / f"{name}.json").write_text(json.dumps(content))
    monkeypatch.setattr(Loader, "BUILTIN_DATA_PATH", str(data))
    found = Release("1.99.0", data, "A notice\n")
    monkeypatch.setattr(release, "find_installed", lambda: found)
    return data


@pytest.fixture
def real(botocore: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The data of the installed botocore is what it is."""
    assert botocore.exists()
    monkeypatch.setattr(Loader, "BUILTIN_DATA_PATH", REAL)


@pytest.fixture(autouse=True)
def place(tmp_path: Path, botocore: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in the current folder, with one model, that says where all is."""
    folder = tmp_path / "place"
    folder.mkdir()
    monkeypatch.chdir(folder)
    FILE.write_text(SETTINGS)
    save(Path("aws-models"), make_service("Parcels", "OpenLocker", "ShutLocker"))
    assert botocore.exists()
    return folder


def read_all(folder: Path = Path()) -> dict[str, tuple[bytes, int]]:
    """Every file below a folder, with the time it was last written."""
    return {
        path.as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def list_operations(package: Path = PACKAGE) -> set[str]:
    """The modules of a package's operations."""
    return {path.stem for path in package.glob("operations/*.py")} - {"__init__"}


def list_packages() -> set[str]:
    """The packages that are there, by their folders."""
    return {path.parent.as_posix() for path in Path().rglob("client.py")}


# The services that are generated, and their places


def test_generate_alone_repeats_it(run: Run) -> None:
    """The services, the place and the package come from the file, and so does check."""
    save(Path("aws-models"), make_service("Letters", "SendLetter"))

    code, out, _ = run("generate")

    assert code == 0
    assert re.fullmatch(rf"{PACKAGE}: \d+ created\n", read_results(out))
    assert list_packages() == {PACKAGE.as_posix()}
    assert "myapp.aws.parcels" in (PACKAGE / "client.py").read_text()
    assert run("check")[:2] == (0, f"{PACKAGE} is up to date\n")


def test_second_run_writes_nothing(run: Run) -> None:
    """Neither from the same folder nor from another, with a cache or without."""
    FILE.write_text(SETTINGS + KEPT)
    run("generate")
    before = read_all()

    for arguments in (
        ["generate"],
        ["generate", "parcels"],
        ["generate", "--no-cache"],
    ):
        code, out, _ = run(*arguments)
        assert code == 0
        assert re.fullmatch(rf"{PACKAGE}: \d+ unchanged\n", read_results(out))

    assert read_all() == before


def test_services_come_from_botocore_where_none_is_pinned(run: Run) -> None:
    """A service that the folder of models has not, and a project without a folder."""
    FILE.write_text(SETTINGS.replace('["parcels"]', '["letters", "parcels"]'))
    code, out, _ = run("generate")
    assert code == 0
    results = read_results(out)
    assert [line.partition(": ")[0] for line in results.splitlines()] == [
        "src/myapp/aws/letters",
        "src/myapp/aws/parcels",
    ]

    FILE.write_text('[tool.botosmith]\nservices = ["letters"]\n')
    assert run("generate")[0] == 0
    assert Path("generated/botosmith/letters/client.py").exists()


@pytest.mark.usefixtures("real")
def test_service_of_the_real_botocore(run: Run) -> None:
    """Most projects begin with that."""
    FILE.write_text(
        '[tool.botosmith]\npackage = "myapp.aws"\nout = "src"\nservices = ["sqs"]\n'
        '[tool.botosmith.operations]\nsqs = ["SendMessage", "receive-message"]\n'
    )

    assert run("generate")[0] == 0
    sqs = Path("src/myapp/aws/sqs")
    assert list_operations(sqs) == {"send_message", "receive_message"}
    assert run("check")[0] == 0


def test_names_are_spelt_as_on_the_command_line(run: Run) -> None:
    """Case, hyphens and underscores make no difference; twice is once."""
    FILE.write_text(
        SETTINGS.replace('["parcels"]', '["Parcels", "parcels"]')
        + '[tool.botosmith.operations]\nPARCELS = ["open-locker", "OpenLocker"]'
    )

    code, out, _ = run("generate")

    assert code == 0
    assert read_results(out).count("\n") == 1
    assert list_operations() == {"open_locker"}


# The command line beats the file, and the file what is usual


@pytest.mark.parametrize(
    ("arguments", "package"),
    [
        ([], "src/myapp/aws/parcels"),
        (["--out", "lib"], "lib/myapp/aws/parcels"),
        (["--package", "mine"], "src/mine/parcels"),
        (
            ["--out", "generated", "--package", "botosmith"],
            "generated/botosmith/parcels",
        ),
        (["letters"], "src/myapp/aws/letters"),
    ],
)
def test_command_line_goes_first(run: Run, arguments: list[str], package: str) -> None:
    """Each value by itself, also where it is what is usual; check looks there too."""
    code, out, _ = run("generate", *arguments)

    assert code == 0
    assert read_results(out).startswith(f"{package}: ")
    assert list_packages() == {package}
    assert run("check", *arguments)[:2] == (0, f"{package} is up to date\n")


def test_models_of_the_command_line(run: Run) -> None:
    """They are read in place of the project's, which need not be there then."""
    save(Path("other"), make_service("Parcels", "FindLocker"))
    Path("aws-models").rename("gone")

    assert run("generate", "--models", "other")[0] == 0
    assert list_operations() == {"find_locker"}


def test_models_of_the_command_line_make_no_name_wrong(run: Run) -> None:
    """A service of the project's own is not a mistake for lacking in other folders."""
    save(Path("aws-models"), make_service("Packets", "OpenPacket"))
    FILE.write_text(
        SETTINGS.replace('["parcels"]', '["packets"]')
        + '[tool.botosmith.operations]\npackets = ["OpenPacket"]\n'
    )
    Path("other").mkdir()

    assert run("generate", "parcels", "--models", "other")[0] == 0
    code, _, err = run("generate", "--models", "other")
    assert code == 2
    assert err.startswith("botosmith: no service is named 'packets'")


def test_file_need_not_say_everything(run: Run) -> None:
    """Settings that it leaves out are as they were without a table."""
    FILE.write_text('[tool.botosmith]\nout = "src"\n')
    Path("aws-models").rename("models")

    code, out, _ = run("generate")

    assert code == 0
    assert read_results(out).startswith("src/botosmith/parcels: ")


@pytest.mark.parametrize(
    "text",
    ["", '[project]\nname = "myapp"\n', "[tool.black]\n", "tool = 3\n", None],
)
def test_without_a_table_all_is_as_ever(run: Run, text: str | None) -> None:
    """A pyproject.toml of others says nothing, whatever is in it."""
    FILE.unlink() if text is None else FILE.write_text(text)

    code, _, err = run("generate")
    assert code == 2
    assert err == (
        "botosmith: no service is named, and models holds no models to take them from\n"
    )
    Path("aws-models").rename("models")
    assert read_results(run("generate")[1]).startswith("generated/botosmith/parcels: ")


# From which folder


@pytest.fixture
def below(place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder is two below that of the project."""
    folder = place / "docs" / "api"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


def test_paths_begin_at_the_file(run: Run, place: Path, below: Path) -> None:
    """Every command finds models and packages from a folder below."""
    code, out, _ = run("generate")
    assert code == 0
    assert read_results(out).startswith(f"../../{PACKAGE}: ")
    assert not list(below.iterdir())
    assert (place / PACKAGE / "client.py").exists()

    assert run("check")[:2] == (0, f"../../{PACKAGE} is up to date\n")
    assert run("show", "parcels", "OpenLocker")[1].startswith("The words of OpenLocker")
    assert "parcels" in run("list")[1]
    assert run("list")[1].count("pinned") == 1


def test_what_is_usual_begins_there_too(run: Run, place: Path, below: Path) -> None:
    """A file that leaves folders out still means the same ones from everywhere."""
    (place / FILE).write_text('[tool.botosmith]\nservices = ["parcels"]\n')

    assert run("update")[0] == 0

    assert not list(below.iterdir())
    assert (place / "models/SOURCE").exists()
    assert (place / "changelog.d/+botocore-1.99.0.change.md").exists()
    assert (place / "generated/botosmith/parcels/client.py").exists()


def test_paths_of_the_command_line_begin_here(run: Run, below: Path) -> None:
    """As whoever types them expects."""
    assert run("generate", "--out", "lib")[0] == 0
    assert (below / "lib/myapp/aws/parcels/client.py").exists()


def test_absolute_paths_are_taken(run: Run, tmp_path: Path) -> None:
    """A folder may be outside of the project."""
    FILE.write_text(SETTINGS.replace('"src"', f'"{tmp_path.as_posix()}/out"'))

    assert run("generate")[0] == 0
    assert (tmp_path / "out/myapp/aws/parcels/client.py").exists()


def test_nearest_table_counts(run: Run, below: Path) -> None:
    """A file without a table is passed by, one with a table hides those above."""
    (below.parent / FILE).write_text("[tool.ruff]\n")
    assert read_results(run("generate")[1]).startswith(f"../../{PACKAGE}: ")

    (below.parent / FILE).write_text('[tool.botosmith]\nservices = ["parcels"]\n')
    assert read_results(run("generate")[1]).startswith(
        "../generated/botosmith/parcels: "
    )


@pytest.mark.parametrize("root", [".git", ".hg"])
def test_search_ends_with_the_repository(run: Run, below: Path, root: str) -> None:
    """A table above it belongs to something else."""
    (below.parent / root).touch()

    code, _, err = run("generate")

    assert (code, err.count("no service is named, and models holds")) == (2, 1)


def test_models_may_be_where_the_file_is(
    run: Run, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`.` is a folder like any other, for an update as well."""
    FILE.write_text(
        "[tool.botosmith]\nmodels = '.'\nout = '../lib'\nservices = ['letters']\n"
    )
    Path("aws-models").rename("../elsewhere")

    assert run("update", "--changelog", "../news")[0] == 0
    # The folder that this was run in has been replaced.
    monkeypatch.chdir(place)
    assert Path("SOURCE").exists()
    assert FILE.exists()
    assert run("check", "--latest")[0] == 0


@pytest.mark.parametrize("command", ["generate", "update"])
def test_current_folder_may_be_replaced(
    run: Run, place: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """Run in a package's own folder, a command does all that it does elsewhere."""
    FILE.write_text(SETTINGS.replace('["parcels"]', '["letters", "parcels"]'))
    next(Path("aws-models").rglob("service-2.json")).unlink()
    run("generate")
    modules = [
        package / "client.py" for package in (PACKAGE, PACKAGE.parent / "letters")
    ]
    for module in modules:
        module.unlink()
    monkeypatch.chdir(modules[1].parent)

    code, _, _ = run(command)

    monkeypatch.chdir(place)
    assert code == 0
    assert all(module.exists() for module in modules)
    assert run("check")[0] == 0


# Files that make no sense


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"[tool.botosmith\n", "is not TOML: Expected ']' at the end of a table"),
        (b"[tool.botosmith\n", "(at line 1, column 16)"),
        (
            b"a = 1\nb = [1,\n\n",
            "is not TOML: Invalid value (at end of document, line 3)",
        ),
        (b"a = 1\nb = '\xff'\n", "is not UTF-8 (at line 2)"),
        (b"a = " + b"[" * 9999, "is nested too deeply"),
    ],
)
@pytest.mark.parametrize("command", ["generate", "list"])
def test_file_that_is_not_toml(run: Run, command: str, text: bytes, told: str) -> None:
    """The file, the reason and the line; nothing is written."""
    FILE.write_bytes(text)

    code, out, err = run(command)

    assert (code, out) == (2, "")
    assert err.startswith("botosmith: pyproject.toml: is ")
    assert told in err
    assert err.count("\n") == 1
    assert not list_packages()


def test_file_that_need_not_be_read(run: Run, place: Path, below: Path) -> None:
    """One above the table's, and any for a command without settings."""
    (place / FILE).write_text("[")
    assert run("generate")[2].startswith("botosmith: ../../pyproject.toml: is not TOML")
    old, new = str(place / "aws-models"), str(place / "aws-models")
    assert run("diff", old, new)[0] == 0

    (below / FILE).write_text('[tool.botosmith]\nservices = ["letters"]\n')
    assert run("generate")[0] == 0


WRONG = [
    ("out = 3", "out: is an integer, not a string"),
    ("out = true", "out: is a boolean, not a string"),
    ("out = 1.5", "out: is a float, not a string"),
    ("out = 2024-03-01", "out: is a date or time, not a string"),
    ("out = ''", "out: is '', which cannot be the name of a folder"),
    (r'out = "a\u0000b"', r"out: is 'a\x00b', which cannot be the name of a folder"),
    ("models = []", "models: is an array, not a string"),
    ("models = 'pyproject.toml'", "models: pyproject.toml is not a folder of models"),
    ("package = {}", "package: is a table, not a string"),
    ("package = 'a.class'", "package: 'a.class' is not a package's name: 'class' is"),
    ("package = 'a..b'", "package: 'a..b' is not a package's name: '' is not an"),
    ("package = '../up'", "package: '../up' is not a package's name"),
    ("services = 'sqs'", "services: is a string, not an array of strings"),
    ("services = []", "services: is empty; leave it out for all that are pinned"),
    ("services = ['parcels', 3]", "services[1]: is an integer, not a string"),
    (
        "services = ['letters', 'parcel']",
        "services[1]: no service is named 'parcel'; the nearest: parcels",
    ),
    ("services = ['']", "services[0]: no service is named ''"),
    ("sevices = ['parcels']", "sevices: no setting is named 'sevices'; the nearest: s"),
    ("Out = 'src'", "Out: no setting is named 'Out'; the nearest: out"),
    ('"a b" = 1', "\"a b\": no setting is named 'a b'"),
    ("operations = ['OpenLocker']", "operations: is an array, not a table"),
    ("operations.parcels = 3", "operations.parcels: is an integer, not an array of"),
    ("operations.parcels = [3]", "operations.parcels[0]: is an integer, not a string"),
    ("operations.parcels = []", "operations.parcels: is empty; leave it out for all"),
    (
        "operations.parcels = ['OpenLocker', 'ShutLoker']",
        "operations.parcels[1]: no operation of parcels is named 'ShutLoker'; the ne",
    ),
    (
        "operations.parcel = ['OpenLocker']",
        "operations.parcel: no service is named 'parcel'; the nearest: parcels",
    ),
    (
        "operations.letters = ['OpenLocker']",
        "operations.letters[0]: no operation of letters is named 'OpenLocker'",
    ),
    (
        "operations.parcels = ['OpenLocker']\noperations.PARCELS = ['ShutLocker']",
        "operations.PARCELS: is parcels, which has its operations above",
    ),
]


@pytest.mark.parametrize(("text", "told"), WRONG)
@pytest.mark.parametrize(
    "arguments",
    [
        ["generate"],
        ["generate", "letters"],
        ["check"],
        ["show", "letters", "SendLetter"],
    ],
    ids=["generate", "named", "check", "show"],
)
def test_file_with_a_mistake(
    run: Run, text: str, told: str, arguments: list[str]
) -> None:
    """One line with the file and the place, exit 2; nothing is written."""
    FILE.write_text(f"[tool.botosmith]\n{text}\n")
    before = read_all()

    code, out, err = run(*arguments)

    assert (code, out) == (2, "")
    assert err.startswith(f"botosmith: pyproject.toml: tool.botosmith.{told}")
    assert err.count("\n") == 1
    assert read_all() == before


@pytest.mark.parametrize(
    ("text", "told"), [one for one in WRONG if "not a folder" not in one[1]]
)
def test_update_refuses_the_same(run: Run, text: str, told: str) -> None:
    """An update looks names up in the models to come."""
    FILE.write_text(f"[tool.botosmith]\n{text}\n")
    before = read_all()

    code, out, err = run("update")

    assert (code, out) == (2, "")
    assert f"botosmith: pyproject.toml: tool.botosmith.{told}" in err
    assert read_all() == before


def test_table_that_is_none(run: Run) -> None:
    """The name is ours, whatever somebody gives it to."""
    FILE.write_text("[tool]\nbotosmith = 'yes'\n")

    assert run("generate")[2] == (
        "botosmith: pyproject.toml: tool.botosmith: is a string, not a table\n"
    )


@pytest.mark.usefixtures("below")
@pytest.mark.parametrize("command", ["generate", "check", "update"])
def test_mistakes_are_told_together(run: Run, place: Path, command: str) -> None:
    """All that is wrong with the file, types and names, as it is called from here."""
    (place / FILE).write_text(
        "[tool.botosmith]\n"
        "out = 3\n"
        "packge = 'mine'\n"
        "services = [1, 'leters']\n"
        "[tool.botosmith.operations]\n"
        "parcels = ['OpenLoker']\n"
        "packets = ['OpenPacket']\n"
    )
    before = read_all(place)

    code, _, err = run(command)

    assert code == 2
    told = [line for line in err.splitlines() if line.startswith("botosmith: ")]
    lead = "botosmith: ../../pyproject.toml: tool.botosmith."
    assert [line.removeprefix(lead).partition(":")[0] for line in told] == [
        "out",
        "packge",
        "services[0]",
        "services[1]",
        "operations.parcels[0]",
        "operations.packets",
    ]
    assert read_all(place) == before


def test_list_is_there_to_find_a_name(run: Run) -> None:
    """It refuses a folder that is not a string, but not an unknown name."""
    FILE.write_text("[tool.botosmith]\nservices = ['leters']\n")
    code, out, _ = run("list")
    results = read_results(out)
    assert (code, [line.split()[0] for line in results.splitlines()]) == (
        0,
        ["letters", "parcels"],
    )

    FILE.write_text(f"[tool.botosmith]\nservices = 3\nmodels = '{FILE}'\n")
    code, out, err = run("list")
    assert (code, out) == (2, "")
    assert err.count("botosmith: pyproject.toml: ") == 2


# Some operations of a service


@pytest.fixture
def restricted(run: Run) -> Run:
    """Runs a command line where the project keeps one of two operations."""
    FILE.write_text(SETTINGS + KEPT)
    return run


@pytest.mark.parametrize("arguments", [[], ["parcels"]], ids=["all", "named"])
def test_generate_keeps_the_operations(restricted: Run, arguments: list[str]) -> None:
    """A named service and an unnamed one give the same; check wants the same."""
    assert restricted("generate", *arguments)[0] == 0
    assert list_operations() == {"open_locker"}
    assert "ShutLocker" not in (PACKAGE / "__init__.py").read_text()
    assert restricted("check", *arguments)[0] == 0


def test_operations_of_the_command_line_go_first(restricted: Run) -> None:
    """They replace those of the file, for the one service that there is."""
    wanted = ["--operations", "ShutLocker"]

    assert restricted("generate", *wanted)[0] == 0
    assert list_operations() == {"shut_locker"}
    assert restricted("check", "parcels", *wanted)[0] == 0
    code, out, _ = restricted("check")
    assert code == 1
    assert "open_locker.py" in out


def test_operations_of_the_command_line_are_of_one_service(restricted: Run) -> None:
    """The services of the file are counted like those that are named."""
    text = FILE.read_text().replace('["parcels"]', '["letters", "parcels"]')
    FILE.write_text(text)

    code, _, err = restricted("generate", "--operations", "ShutLocker")

    assert code == 2
    assert "--operations goes with one service, not with 2" in err


def test_other_services_are_whole(restricted: Run) -> None:
    """The table says nothing of a service that is not in it."""
    assert restricted("generate", "letters")[0] == 0
    package = PACKAGE.with_name("letters")
    assert list_operations(package) == {"send_letter", "read_letter"}


def test_table_may_tell_of_services_that_are_named_only(run: Run) -> None:
    """A service need not be among those of every day to have its operations."""
    FILE.write_text(SETTINGS + '[tool.botosmith.operations]\nletters = ["ReadLetter"]')

    assert run("generate", "letters")[0] == 0
    assert list_operations(PACKAGE.with_name("letters")) == {"read_letter"}


def test_check_sees_that_the_table_changed(restricted: Run) -> None:
    """Code of an operation that is not kept any more is stale: generate removes it."""
    FILE.write_text(SETTINGS)
    restricted("generate")
    FILE.write_text(SETTINGS + KEPT)

    code, out, _ = restricted("check")
    assert code == 1
    assert "+++ /dev/null" in out
    assert restricted("generate")[0] == 0
    assert list_operations() == {"open_locker"}


def test_show_shows_what_is_generated(run: Run) -> None:
    """Names are those of what is kept; any other operation is shown as if it were."""
    model = make_service("Parcels", "OpenLocker", "ShutLocker")
    # Two shapes that come to one class; the second gives way where both are kept.
    for operation, shape in (("OpenLocker", "Locker"), ("ShutLocker", "locker")):
        model["shapes"][shape] = {"type": "structure", "members": {}}
        request = model["shapes"][f"{operation}Request"]
        request["members"]["Size"] = {"shape": shape}
    save(Path("aws-models"), model)
    whole = run("show", "parcels", "ShutLocker")[1]
    FILE.write_text(SETTINGS + KEPT.replace("OpenLocker", "ShutLocker"))

    kept = run("show", "parcels", "ShutLocker")[1]

    assert "size=parcels.Locker_2()" in whole
    assert "size=parcels.Locker()" in kept
    code, out, _ = run("show", "parcels", "OpenLocker")
    assert (code, out.splitlines()[0]) == (0, "The words of OpenLocker.")
    run("generate")
    module = (PACKAGE / "operations" / "shut_locker.py").read_text()
    assert "size=parcels.Locker()" in module


def test_model_that_cannot_be_read_is_told_as_ever(restricted: Run) -> None:
    """A project is not wrong for a model that is."""
    (file,) = Path("aws-models").rglob("service-2.json")
    file.write_text("{")

    code, _, err = restricted("generate")

    assert code == 1
    assert "botosmith: parcels/2024-03-01/service-2.json: is not JSON" in err


# Updates


@pytest.fixture
def pinned(run: Run) -> Run:
    """Runs a command line where the project's service was pinned and generated."""
    (file,) = Path("aws-models").rglob("service-2.json")
    file.unlink()
    FILE.write_text(SETTINGS + KEPT)
    assert run("update")[0] == 0
    return run


def test_folder_of_models_need_not_be_there_yet(run: Run) -> None:
    """Until `update` makes it, the models are the installed botocore's."""
    FILE.write_text(SETTINGS.replace("aws-models", "to-come") + KEPT)

    assert run("generate")[0] == 0
    assert list_operations() == {"open_locker"}
    assert run("check")[0] == 0
    assert "parcels" in run("list")[1]
    assert "open_locker" in run("show", "parcels", "OpenLocker")[1]
    code, _, err = run("check", "--latest")
    assert code == 2
    assert err.endswith("botosmith: to-come holds no models that were pinned\n")
    assert not Path("to-come").exists()


def test_first_update_needs_no_arguments(run: Run) -> None:
    """It makes the folder of models, and pins and generates what the file names."""
    (file,) = Path("aws-models").rglob("service-2.json")
    file.unlink()
    for folder in (file.parent, file.parent.parent, Path("aws-models")):
        folder.rmdir()
    FILE.write_text(SETTINGS + KEPT)

    code, out, _ = run("update")

    assert code == 0
    assert "- **parcels**: new, with 1 operation.\n" in out
    assert out.endswith("suggested version: minor\n")
    assert {path.name for path in Path("aws-models").iterdir()} == {
        *("NOTICE", "SOURCE", "endpoints.json", "partitions.json", "parcels"),
    }
    assert list_operations() == {"open_locker"}
    assert run("check", "--latest")[0] == 0
    before = read_all()
    assert run("update")[1].startswith("nothing to do")
    assert run("generate")[0] == 0
    assert read_all() == before


def test_update_tells_of_what_is_kept(pinned: Run, botocore: Path) -> None:
    """Code keeps to the table, and callers are told what concerns them alone."""
    model = make_service("Parcels", "OpenLocker", "ShutLocker", "MoveLocker")
    model["shapes"]["ShutLockerSize"]["enum"] = ["S"]
    model["shapes"]["OpenLockerSize"]["enum"].append("XL")
    both = {}
    for name in ("OpenLocker", "ShutLocker"):
        members = {"Size": {"shape": f"{name}Size"}}
        model["shapes"][f"{name}Reply"] = {"type": "structure", "members": members}
        model["operations"][name]["output"] = {"shape": f"{name}Reply"}
        both[name] = dict.fromkeys(
            ("input_token", "output_token", "result_key"), "Size"
        )
    save(botocore, model)
    save(botocore, {"pagination": both}, "paginators-1")
    waiters = {
        name: {"operation": operation, "delay": 1, "maxAttempts": 1, "acceptors": []}
        for name, operation in (("Opened", "OpenLocker"), ("Shut", "ShutLocker"))
    }
    save(botocore, {"version": 2, "waiters": waiters}, "waiters-2")

    code, out, _ = pinned("update")

    assert code == 0
    assert "1 enum value added" in out
    assert out.endswith("suggested version: minor\n")
    told = Path("changelog.d/+botocore-1.99.0.change.md").read_text()
    assert "reaking" not in told
    assert "ove_locker" not in told
    assert "hut" not in told
    assert list_operations() == {"open_locker"}
    assert "XL" in (PACKAGE / "operations" / "open_locker.py").read_text()
    assert pinned("check", "--latest")[0] == 0


def test_update_without_change_of_what_is_kept(pinned: Run, botocore: Path) -> None:
    """The models are newer, and nobody has to be told."""
    Path("changelog.d/+botocore-1.99.0.change.md").unlink()
    save(botocore, make_service("Parcels", "OpenLocker", "MoveLocker"))
    before = read_all(PACKAGE)

    code, out, _ = pinned("update")

    assert code == 0
    assert re.search(r"^aws-models: 2 updated", out, re.MULTILINE)
    assert "suggested" not in out
    assert not list(Path("changelog.d").iterdir())
    assert read_all(PACKAGE) == before


def test_update_to_models_without_an_operation(pinned: Run, botocore: Path) -> None:
    """A kept operation that has gone is told, and nothing is done."""
    save(botocore, make_service("Parcels", "ShutLocker"))
    before = read_all()

    code, _, err = pinned("update")

    assert code == 2
    assert (
        "botosmith: pyproject.toml: tool.botosmith.operations.parcels[0]: "
        "no operation of parcels is named 'OpenLocker'; the nearest: ShutLocker\n"
    ) in err
    assert read_all() == before


def test_update_takes_an_operation_of_newer_models(pinned: Run, botocore: Path) -> None:
    """The names of the file are those of the models to come."""
    save(botocore, make_service("Parcels", "OpenLocker", "MoveLocker"))
    FILE.write_text(SETTINGS + KEPT.replace('["O', '["MoveLocker", "O'))
    assert pinned("generate")[0] == 2

    assert pinned("update")[0] == 0
    assert list_operations() == {"open_locker", "move_locker"}


def test_update_of_a_named_service(pinned: Run) -> None:
    """It joins those that are pinned, which stay as the file wants them."""
    code, out, _ = pinned("update", "letters")

    assert code == 0
    assert "- **letters**: new, with 2 operations.\n" in out
    assert list_operations() == {"open_locker"}
    assert list_operations(PACKAGE.with_name("letters")) == {
        "send_letter",
        "read_letter",
    }


def test_update_generates_what_generate_would(pinned: Run, botocore: Path) -> None:
    """A pinned service that the file does not name is pinned anew, and that is all."""
    FILE.write_text(SETTINGS.replace('["parcels"]', '["letters"]') + KEPT)
    save(botocore, make_service("Parcels", "OpenLocker"))
    before = read_all(PACKAGE)

    code, out, _ = pinned("update")

    assert code == 0
    assert "**parcels**" not in out
    assert "- **letters**: new, with 2 operations.\n" in out
    assert read_all(PACKAGE) == before
    assert PACKAGE.with_name("letters").exists()
    assert pinned("check", "--latest")[0] == 0


def test_update_leaves_own_models_alone(pinned: Run) -> None:
    """A service of the project that no botocore has is generated, and never pinned."""
    save(Path("aws-models"), make_service("Packets", "OpenPacket", "ShutPacket"))
    FILE.write_text(
        SETTINGS.replace('["parcels"]', '["packets", "parcels"]')
        + KEPT
        + 'packets = ["OpenPacket"]\n'
    )
    assert pinned("generate")[0] == 0
    assert list_operations(PACKAGE.with_name("packets")) == {"open_packet"}
    before = read_all()

    code, out, _ = pinned("update")

    assert (code, out) == (0, "nothing to do: botocore 1.99.0 has nothing new\n")
    assert read_all() == before


def test_update_of_another_place(pinned: Run, botocore: Path) -> None:
    """The command line says where, and the file which operations."""
    options = ["--models", "pins", "--out", "lib", "--package", "mine"]
    assert botocore.exists()

    assert (
        pinned("update", "letters", "parcels", *options, "--changelog", "news")[0] == 0
    )

    assert list_operations(Path("lib/mine/parcels")) == {"open_locker"}
    assert Path("pins/SOURCE").exists()
    assert Path("news/+botocore-1.99.0.change.md").exists()


def test_update_in_full_where_the_file_says_nothing(run: Run) -> None:
    """As ever: every operation of every service that is pinned."""
    FILE.write_text('[tool.botosmith]\nout = "src"\n')

    assert run("update", "parcels", "letters")[0] == 0
    assert list_operations(Path("src/botosmith/parcels")) == {
        "open_locker",
        "shut_locker",
    }
    assert run("update")[1].startswith("nothing to do")


# Documentation


@pytest.mark.usefixtures("real")
def test_readme_shows_a_table_that_works(run: Run, root: Path) -> None:
    """Every name in it is one of botocore's, and every key one of ours."""
    readme = (root / "README.md").read_text()
    (text,) = re.findall(r"^```toml\n(.*?)^```$", readme, re.DOTALL | re.MULTILINE)
    FILE.write_text(text)

    code, _, err = run("show", "sqs", "SendMessage")

    assert (code, err) == (0, "")


@pytest.mark.parametrize("command", ["generate", "check", "update", "list", "show"])
def test_help_names_the_file(
    command: str, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """A reader of the defaults learns where to say otherwise."""
    with pytest.raises(SystemExit):
        run(command, "--help")

    assert "[tool.botosmith]" in capsys.readouterr().out
