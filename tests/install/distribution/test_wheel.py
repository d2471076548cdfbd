"""The three wheels: their files, and programs where nothing else is installed."""

from __future__ import annotations

import email
import email.message
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

import pytest
from hatchling.metadata.core import ProjectMetadata
from hatchling.plugin.manager import PluginManager
from tests.support.figures import BOTOCORE

from botosmith.generator.naming import package_name
from botosmith.testing import Fault, StandIn, load_service

PROGRAM = Path(__file__).with_name("program.py")
PROJECTS = ["runtime", "codegen", "."]
VERSIONS = ["3.11", "3.12", "3.13"]

#: The newest botocore that aiobotocore admits, and the one whose models are pinned.
BOTOCORES = ["1.43.117", BOTOCORE]

#: The requirements of attrs and botocore themselves.
NEEDED = {"attrs", "botocore", "jmespath", "python-dateutil", "six", "urllib3"}


#: The program prints what `pip list` does; the environments lack pip.
LIST = """
from importlib.metadata import distributions
for one in distributions():
    print(one.name, one.version)
"""


class Python(NamedTuple):
    """A Python of this machine."""

    version: str
    executable: str


def find_pythons() -> Iterator[Python]:
    """The supported Pythons that are here and run, the one of the tests first."""
    own = "{}.{}".format(*sys.version_info[:2])
    yield Python(own, sys.executable)
    for version in VERSIONS:
        found = [one for one in candidates(version) if runs(one, version)]
        if found and version != own:
            yield Python(version, found[0])


def candidates(version: str) -> Iterator[str]:
    """List the places of a version: on the path, or among pyenv's."""
    if on_path := shutil.which(f"python{version}"):
        yield on_path
    root = os.environ.get("PYENV_ROOT")
    if root is None and (pyenv := shutil.which("pyenv")):
        root = run(pyenv, "root").stdout.strip()
    if root:
        yield from map(str, Path(root).glob(f"versions/{version}.*/bin/python"))


def runs(executable: str, version: str) -> bool:
    """Return whether it is that version, and not a launcher of a missing one."""
    code = "import sys, venv; print('{}.{}'.format(*sys.version_info))"
    return run(executable, "-c", code).stdout.strip() == version


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(command, capture_output=True, check=False, text=True)


def run_well(*command: str | Path) -> str:
    """Run a command that ends well, and give what it prints."""
    done = run(*command)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


PYTHONS = list(find_pythons())


def install(folder: Path, *what: str, python: Python = PYTHONS[0]) -> Path:
    """Make an environment that holds some requirements; gives its programs."""
    run_well(python.executable, "-m", "venv", "--without-pip", folder)
    pip = [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python")]
    run_well(*pip, "install", "--quiet", "--no-compile", *what)
    return folder / "bin"


class Wheels(NamedTuple):
    """The wheels that the repository builds, in the order of their file names."""

    botosmith: Path
    runtime: Path
    tools: Path


@pytest.fixture(scope="module")
def built(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the source distributions, and of the wheels built from them."""
    folder = tmp_path_factory.mktemp("dist")
    build = sys.executable, "-m", "build", "--no-isolation", "--outdir", folder
    for project in PROJECTS:
        run_well(*build, root / project)
    return folder


@pytest.fixture(scope="module")
def wheels(built: Path) -> Wheels:
    """The wheels."""
    return Wheels(*sorted(built.glob("*.whl")))


@pytest.fixture(scope="module")
def wheel(wheels: Wheels) -> Path:
    """The wheel that holds the bindings."""
    return wheels.botosmith


class Environment(NamedTuple):
    """A virtual environment that holds the wheel and what it needs."""

    python: Python
    botocore: str
    bin: Path


@pytest.fixture(
    scope="module",
    params=[(python, botocore) for python in PYTHONS for botocore in BOTOCORES],
    ids=lambda param: f"python{param[0].version}-botocore{param[1]}",
)
def environment(
    request: pytest.FixtureRequest,
    wheels: Wheels,
    tmp_path_factory: pytest.TempPathFactory,
) -> Environment:
    """An empty environment with the bindings and their run time, without extras."""
    python, botocore = request.param
    folder = tmp_path_factory.mktemp("environment")
    what = str(wheels.botosmith), str(wheels.runtime), f"botocore=={botocore}"
    return Environment(python, botocore, install(folder, *what, python=python))


@pytest.fixture(scope="module")
def standin(models: Path) -> Iterator[StandIn]:
    """SageMaker, as far as the program can tell."""
    with StandIn(load_service("sagemaker", models)) as running:
        yield running


def test_pythons_are_found() -> None:
    """The Python of these tests is one of those that the wheel is tried with."""
    assert PYTHONS[0].version in VERSIONS
    assert len({python.version for python in PYTHONS}) == len(PYTHONS)


def test_the_wheels_hold_the_roots_whole(wheels: Wheels, root: Path) -> None:
    """Every file of the import roots is in one of the three, once."""
    expected = [
        re.sub(
            r"/service-2\.json$",
            r"\g<0>.gz",
            file.relative_to(root / import_root).as_posix(),
        )
        for import_root in ("codegen", "generated", "runtime")
        for file in (root / import_root / "botosmith").rglob("*")
        if file.is_file() and file.suffix != ".pyc"
    ]
    held = [
        name
        for one in wheels
        for name in ZipFile(one).namelist()
        if ".dist-info/" not in name
    ]
    assert sorted(held) == sorted(expected)
    assert not [name for name in held if "test_" in name or "conftest" in name]


def test_the_wheels_tell_about_themselves(wheels: Wheels) -> None:
    """With their licences; the models' own goes where the models are."""
    told = {"METADATA", "RECORD", "WHEEL", "licenses/LICENSE"}
    assert list_about(wheels.botosmith) == {*told, "licenses/models/NOTICE"}
    assert list_about(wheels.runtime) == told
    assert list_about(wheels.tools) == {*told, "entry_points.txt"}


@pytest.mark.parametrize(
    "copy", ["codegen/LICENSE", "codegen/hatch_siblings.py", "runtime/LICENSE"]
)
def test_copies_are_copies(copy: str, root: Path) -> None:
    """Each source distribution has the file, so each project has a copy."""
    original = root / Path(copy).name
    assert (root / copy).read_bytes() == original.read_bytes()


def list_about(wheel: Path) -> set[str]:
    """The files of a wheel that are about it."""
    names = ZipFile(wheel).namelist()
    return {name.partition("/")[2] for name in names if ".dist-info/" in name}


def list_packages(wheel: Path) -> set[str]:
    """The packages of `botosmith` that a wheel holds, each marked as typed."""
    names = set(ZipFile(wheel).namelist())
    packages = {name.split("/")[1] for name in names if name.startswith("botosmith/")}
    assert {f"botosmith/{package}/py.typed" for package in packages} <= names
    # A namespace package has no module of its own (PEP 420).
    assert "botosmith/__init__.py" not in names
    return packages


def test_who_calls_services_gets_no_generator(wheels: Wheels, root: Path) -> None:
    """It is a distribution of its own, with what is there for tests."""
    services = [one.name for one in (root / "models").iterdir() if one.is_dir()]
    generated = map(package_name, services)
    assert list_packages(wheels.botosmith) == set(generated)
    assert list_packages(wheels.runtime) == {"runtime"}
    assert list_packages(wheels.tools) == {"generator", "testing"}


def test_the_wheels_hold_what_is_no_python(wheels: Wheels, root: Path) -> None:
    """Stubs, templates and data files came along."""
    codegen = root / "codegen"
    templates = {
        file.relative_to(codegen).as_posix()
        for file in codegen.rglob("templates/*")
        if file.is_file()
    }
    assert {Path(name).suffix for name in templates} == {".css", ".jinja", ".js"}
    tools = ZipFile(wheels.tools).namelist()
    assert {name for name in tools if "/templates/" in name} == templates
    names = set(ZipFile(wheels.botosmith).namelist())
    data = "botosmith/sagemaker/data"
    assert {name for name in names if name.startswith(data)} == {
        f"{data}/endpoints.json",
        f"{data}/partitions.json",
        f"{data}/sagemaker/2017-07-24/endpoint-rule-set-1.json",
        f"{data}/sagemaker/2017-07-24/operations.json",
        f"{data}/sagemaker/2017-07-24/service-2.json.gz",
        f"{data}/sagemaker/2017-07-24/waiters-2.json",
    }
    assert "botosmith/sagemaker/__init__.pyi" in names


def test_the_models_are_those_of_the_repository(wheel: Path, root: Path) -> None:
    """Compressed, and the same whenever the wheel is built."""
    with ZipFile(wheel) as archive:
        packed = {
            name.removesuffix(".gz"): archive.read(name)
            for name in archive.namelist()
            if name.endswith(".gz")
        }
    generated = root / "generated"
    models = {
        file.relative_to(generated).as_posix(): file.read_bytes()
        for file in generated.rglob("service-2.json")
    }
    assert {name: gzip.decompress(data) for name, data in packed.items()} == models
    # The bytes of the date, which is none (RFC 1952).
    assert {data[4:8] for data in packed.values()} == {bytes(4)}


def read_metadata(wheel: Path) -> email.message.Message:
    """Return what a wheel says of itself."""
    with ZipFile(wheel) as archive:
        (name,) = (one for one in archive.namelist() if one.endswith("/METADATA"))
        return email.message_from_bytes(archive.read(name))


def list_required(metadata: email.message.Message) -> tuple[list[str], list[str]]:
    """Return what is always required, and what only extras require."""
    requirements = metadata.get_all("Requires-Dist", [])
    always = [one for one in requirements if "extra ==" not in one]
    return always, [one for one in requirements if one not in always]


def test_the_run_time_requires_attrs_and_botocore(wheels: Wheels) -> None:
    """Everything else comes with extras only."""
    metadata = read_metadata(wheels.runtime)
    always, _ = list_required(metadata)
    assert [re.split(r"[^\w-]", one)[0] for one in always] == ["attrs", "botocore"]
    assert set(metadata.get_all("Provides-Extra", [])) == {"async", "speed"}
    assert metadata["Requires-Python"] == ">=3.11"


def test_the_wheels_go_together(wheels: Wheels) -> None:
    """Each asks for the others of its own version: code goes with its generator."""
    ours, runtime, tools = map(read_metadata, wheels)
    assert ours["Version"] == runtime["Version"] == tools["Version"]
    assert ours["Requires-Python"] == runtime["Requires-Python"]
    assert tools["Requires-Python"] == runtime["Requires-Python"]
    pinned = f"botosmith-runtime=={ours['Version']}"
    assert list_required(tools)[0] == [pinned]
    always, by_extras = list_required(ours)
    assert always == [pinned]
    assert sorted(by_extras) == [
        f"botosmith-{part}[{extra}]=={ours['Version']}; extra == '{extra}'"
        for part, extra in (
            *(("runtime", "async"), ("runtime", "speed")),
            *(("tools", "generate"), ("tools", "testing")),
        )
    ]


def read_all_metadata(built: Path) -> Iterator[tuple[str, email.message.Message]]:
    """Yield the metadata of each file that was built, with the file's name."""
    for wheel in built.glob("*.whl"):
        yield wheel.name, read_metadata(wheel)
    for source in built.glob("*.tar.gz"):
        with tarfile.open(source) as archive:
            name = source.name.removesuffix(".tar.gz") + "/PKG-INFO"
            held = archive.extractfile(name)
            assert held is not None
            yield source.name, email.message_from_bytes(held.read())


def test_built_files_name_no_folder(built: Path, root: Path) -> None:
    """`python -m build` makes files to publish: they name siblings by version."""
    found = dict(read_all_metadata(built))
    assert len(found) == 2 * len(PROJECTS)
    for name, metadata in found.items():
        assert root.as_uri() not in metadata.as_string(), name
        fields = [str(value) for _, value in metadata.items()]
        assert not [field for field in fields if "file:" in field], name
        always, _ = list_required(metadata)
        named = [one for one in always if one.startswith("botosmith-runtime==")]
        assert len(named) == (not name.startswith("botosmith_runtime-"))


def read_requirements(project: Path) -> list[str]:
    """Return what hatchling writes into a project's metadata."""
    core = ProjectMetadata(str(project), PluginManager()).core
    extras = core.optional_dependencies.values()
    return [*core.dependencies, *(one for extra in extras for one in extra)]


@pytest.mark.parametrize(
    ("variables", "is_reference"),
    [
        ([], False),
        (["PIP_BUILD_TRACKER"], True),
        (["BOTOSMITH_RELEASE"], False),
        (["PIP_BUILD_TRACKER", "BOTOSMITH_RELEASE"], False),
    ],
)
def test_pip_alone_gets_references(
    variables: list[str],
    is_reference: bool,  # noqa: FBT001 - what the case is about
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """pip gets the folders of siblings, unless a release is asked for."""
    for name in ("PIP_BUILD_TRACKER", "BOTOSMITH_RELEASE"):
        monkeypatch.delenv(name, raising=False)
    for name in variables:
        monkeypatch.setenv(name, "1")
    runtime, tools = (root / part for part in ("runtime", "codegen"))
    for project in (root, tools):
        found = [one for one in read_requirements(project) if "botosmith" in one]
        assert found
        for requirement in found:
            folder = tools if "tools" in requirement else runtime
            end = f" @ {folder.as_uri()}" if is_reference else "==0.1.0"
            assert requirement.endswith(end)


def test_without_siblings_there_is_no_reference(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A source distribution that is unpacked elsewhere asks for versions."""
    monkeypatch.setenv("PIP_BUILD_TRACKER", "1")
    monkeypatch.delenv("BOTOSMITH_RELEASE", raising=False)
    for name in ("LICENSE", "README.md", "hatch_siblings.py", "pyproject.toml"):
        shutil.copy(root / "codegen" / name, tmp_path)
    assert read_requirements(tmp_path)[0] == "botosmith-runtime==0.1.0"


def test_git_is_enough(root: Path, tmp_path: Path) -> None:
    """An install from a repository finds the siblings in it, and on no index."""
    what = f"botosmith[generate,testing] @ git+{root.as_uri()}"
    folder = install(tmp_path, what)
    program = "import botosmith.sagemaker, botosmith.testing.strategies"
    run_well(folder / "python", "-I", "-c", program)
    assert "botosmith 0.1.0" in run_well(folder / "botosmith", "--version")


def test_nothing_else_is_installed(environment: Environment) -> None:
    """attrs and botocore come along, with what they need."""
    listed = run_well(environment.bin / "python", "-I", "-c", LIST)
    found = dict(line.split() for line in listed.splitlines())
    assert found.keys() == {"botosmith", "botosmith-runtime", *NEEDED}
    assert found["botocore"] == environment.botocore


def test_a_program_works(environment: Environment, standin: StandIn) -> None:
    """An import, a call and errors work there, with both serializers."""
    python = environment.bin / "python"
    before = len(standin.calls)
    standin.queue(*2 * [Fault(), Fault.error("ResourceNotFound", "Nobody is here.")])
    arguments = json.dumps(standin.arguments)
    found: Any = json.loads(run_well(python, "-I", "-W", "error", PROGRAM, arguments))

    assert "{}.{}".format(*found["python"]) == environment.python.version
    assert found["version"] == environment.botocore
    assert found["loaded"] == ["attr", "attrs"]
    used = {"attr", "attrs", "botocore", "dateutil", "jmespath", "six", "urllib3"}
    assert set(found["loaded in the end"]) == used
    assert found["generated"] == found["botocore"]
    assert found["generated"] == {
        "arn": found["generated"]["arn"],
        "error": ["botosmith.sagemaker.errors", "ResourceNotFound", "Nobody is here."],
        "violations": [
            "CreateModelInput: 2 violations",
            "  containers[0].image: 1 is of type int, not str",
            "  tags[0].key: '' has 0 characters, fewer than the minimum 1",
        ],
    }
    calls = standin.calls[before:]
    assert [(call.operation, call.status) for call in calls] == 2 * [
        ("CreateModel", 200),
        ("DescribeModel", 400),
    ]


def test_the_command_says_what_it_needs(wheels: Wheels, tmp_path: Path) -> None:
    """Without the extra, it tells how to get it; its help needs nothing."""
    folder = install(tmp_path, *map(str, wheels))
    command = folder / "python", "-I", folder / "botosmith"
    assert "COMMAND" in run_well(*command, "--help")
    for arguments in (["list"], ["show", "sagemaker", "CreateModel"], ["generate"]):
        done = run(*command, *arguments)
        assert done.returncode == 1
        assert not done.stdout
        assert re.fullmatch(
            r"botosmith: \w+ is missing: pip install 'botosmith\[generate\]'\n",
            done.stderr,
        )


def test_the_extras_bring_what_they_are_for(wheels: Wheels, tmp_path: Path) -> None:
    """The generator, which generates, and the stand-in with its strategies."""
    ours, *others = map(str, wheels)
    what = f"{ours}[generate,testing]", *others
    folder = install(tmp_path / "environment", *what)
    out = tmp_path / "generated"
    made = ("generate", "sagemaker-edge", "--package", "lab", "--out", out)
    command = folder / "python", "-I", folder / "botosmith"
    assert "created" in run_well(*command, *made, "--no-cache")
    program = f"import sys; sys.path.append({str(out)!r}); import lab.sagemaker_edge"
    strategies = "import botosmith.testing.strategies"
    run_well(folder / "python", "-I", "-c", f"{program}; {strategies}")
