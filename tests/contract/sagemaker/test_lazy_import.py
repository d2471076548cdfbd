"""An import costs what it uses: no operation before one is asked for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from .pinned import PACKAGE, Pinned

#: Prints the modules that some code loads, in a new process.
TELL = """
import sys
before = set(sys.modules)
{}
print(*(set(sys.modules) - before))
"""


def run(root: Path, cache: Path, *arguments: str) -> str:
    """Run Python in the repository; compiled modules go to a folder of the tests."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(cache)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=root,
        env=environment,
        capture_output=True,
        check=True,
        text=True,
    )
    assert not done.stderr
    return done.stdout


def load(root: Path, cache: Path, code: str) -> set[str]:
    """The modules that some code loads in a new process."""
    return set(run(root, cache, "-c", TELL.format(code)).split())


def generated(modules: set[str]) -> set[str]:
    """Those of the generated package."""
    return {name for name in modules if name.startswith(PACKAGE)}


def foreign(modules: set[str]) -> set[str]:
    """The distributions that modules belong to, but Python's own and ours."""
    tops = {name.partition(".")[0] for name in modules}
    return tops - sys.stdlib_module_names - {"botosmith"}


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for compiled modules."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def measured(root: Path, models: Path, cache: Path) -> Any:
    """Return what each operation loads, as `probe` tells."""
    return json.loads(
        run(root, cache, "-m", "tests.contract.sagemaker.probe", str(models))
    )


def test_the_package_alone_loads_no_part_of_it(root: Path, cache: Path) -> None:
    """`from botosmith import sagemaker` loads attrs, and nothing that it might use."""
    modules = load(root, cache, "from botosmith import sagemaker")
    assert generated(modules) == {PACKAGE}
    assert foreign(modules) == {"attr", "attrs"}


def test_names_alone_load_no_part(root: Path, cache: Path) -> None:
    """Completion and the table of operations tell names without importing any."""
    code = "from botosmith import sagemaker as s; dir(s); list(s.OPERATIONS); repr(s)"
    assert generated(load(root, cache, code)) == {PACKAGE}


def test_data_needs_no_botocore(root: Path, cache: Path, pinned: Pinned) -> None:
    """Classes of a request can be used without loading botocore."""
    code = (
        "from botosmith import sagemaker as s\n"
        "from botosmith.runtime import to_wire\n"
        "to_wire(s.AddTagsInput(resource_arn='a', tags=[s.Tag(key='k', value='v')]))"
    )
    modules = load(root, cache, code)
    assert generated(modules) == {PACKAGE, *pinned.loaded_by("AddTags")}
    assert foreign(modules) == {"attr", "attrs"}


def test_a_client_alone_loads_no_operation(root: Path, cache: Path) -> None:
    """Making a client costs no operation, and neither boto3 nor the generator."""
    code = "from botosmith import sagemaker as s; s.Client('us-east-1')"
    modules = load(root, cache, code)
    assert generated(modules) == {PACKAGE, f"{PACKAGE}.client"}
    assert not {"boto3", "jinja2", "black", "bs4", "hypothesis"} & modules
    assert not {name for name in modules if name.startswith("botosmith.generator")}


def test_every_operation_was_measured(measured: Any, pinned: Pinned) -> None:
    """The other tests speak of all operations, each measured from nothing."""
    assert list(measured) == list(pinned.operations)
    assert [name for name, found in measured.items() if found["nothing"]] == []


@pytest.mark.parametrize("use", ["function", "request", "call"])
def test_operations_load_their_own_shapes(
    use: str, measured: Any, pinned: Pinned
) -> None:
    """An operation's module and those of the shapes that it reaches, no more or less.

    A shape that only one operation reaches has no module of its own to load.
    """
    wrong = {
        operation: pinned.loaded_by(operation) ^ set(found[use])
        for operation, found in measured.items()
        if pinned.loaded_by(operation) != set(found[use])
    }
    assert wrong == {}


def test_errors_are_loaded_when_one_is_raised(measured: Any, pinned: Pinned) -> None:
    """The first refusal loads the errors' module, and no refusal loads anything else.

    A client remembers the classes: what follows is measured without that module.
    """
    errors = {f"{PACKAGE}.errors"}
    for operation, found in measured.items():
        expected = pinned.loaded_by(operation) | errors
        assert set(found["refusal"]) == expected, operation
        assert found["error"] == "ResourceNotFound", operation
        errors = set()


def test_calls_look_at_no_description(measured: Any, pinned: Pinned) -> None:
    """A call that goes well does not evaluate what the model says of members.

    Unless a reply has a member `Error`: botocore looks for one in a dictionary.
    """
    replies = {name: pinned.response(name) for name in pinned.operations}
    assert [name for name, found in measured.items() if found["described"]] == [
        name
        for name, reply in replies.items()
        if reply in pinned.shapes and "Error" in pinned.shapes[reply]["members"]
    ]


def test_calls_send_and_read_every_member(measured: Any) -> None:
    """The measured calls are real: with all members, there and back."""
    assert [name for name, found in measured.items() if not found["is sent"]] == []
    assert [name for name, found in measured.items() if not found["is read"]] == []
