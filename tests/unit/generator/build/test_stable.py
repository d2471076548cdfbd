"""A change of a model changes the output where it belongs, and no name anywhere."""

from __future__ import annotations

import ast
import json
import shutil
from collections.abc import Callable, Iterator
from copy import deepcopy
from difflib import SequenceMatcher
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from attrs import frozen

from botosmith.generator.build.formatting import format_module
from botosmith.generator.build.pipeline import build_service, open_models
from botosmith.generator.output.existing_package import read_previous

Edit = Callable[[dict[str, Any]], None]

#: Enums of SageMaker that an update may well touch.
ENUMS = ["ProductionVariantInstanceType", "EndpointStatus", "AppType", "Framework"]

#: Structures, and for each a new member and the existing shape that it is to have.
MEMBERS = [
    # a request, its own structure
    ("CreateModelInput", "AaaFirst", "VpcConfig"),
    # a structure that several operations send and read
    ("VpcConfig", "AaaFirst", "Long"),
    # one of a module with many classes, and a class further down in it
    ("AutoMLProblemTypeConfig", "AaaFirst", "TimeSeriesConfig"),
    # a reply
    ("DescribeEndpointOutput", "Zzz", "Timestamp"),
    # members of this name hide what the module imports
    ("AutoMLCandidate", "Field", "String"),
]


@frozen
class Change:
    """The effect of an edit on a file.

    Attributes:
        before: Its text.
        after: Its text afterwards.
    """

    before: str
    after: str

    @property
    def went(self) -> list[int]:
        """The numbers of the lines of code that went."""
        return _leave_out_prose(self.before, [block[1:3] for block in self._blocks])

    @property
    def came(self) -> list[int]:
        """The numbers of the lines of code that came."""
        return _leave_out_prose(self.after, [block[3:5] for block in self._blocks])

    @property
    def _blocks(self) -> list[tuple[str, int, int, int, int]]:
        before, after = self.before.splitlines(), self.after.splitlines()
        matcher = SequenceMatcher(None, before, after, autojunk=False)
        return [block for block in matcher.get_opcodes() if block[0] != "equal"]

    def owners(self) -> set[str]:
        """The classes and functions that the changed lines of code are in."""
        return {
            *name_owners(self.before, self.went),
            *name_owners(self.after, self.came),
        }


def _leave_out_prose(text: str, blocks: list[tuple[int, int]]) -> list[int]:
    prose = set(list_prose(text))
    numbers = (number + 1 for start, end in blocks for number in range(start, end))
    return [number for number in numbers if number not in prose]


def list_prose(text: str) -> Iterator[int]:
    """The lines of a module that are documentation."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield from range(node.lineno, (node.end_lineno or node.lineno) + 1)


def name_owners(text: str, numbers: list[int]) -> Iterator[str]:
    """The surroundings of lines: a class, a function, or the imports."""
    nodes = ast.parse(text).body
    for number in numbers:
        around = [
            node.name if isinstance(node, ast.ClassDef | ast.FunctionDef) else "import"
            for node in nodes
            if min([node.lineno, *decorators(node)])
            <= number
            <= (node.end_lineno or node.lineno)
        ]
        yield from around or ["blank"]


def decorators(node: ast.stmt) -> list[int]:
    """The lines of what stands above a class."""
    found: list[ast.expr] = getattr(node, "decorator_list", [])
    return [one.lineno for one in found]


@pytest.fixture(scope="module")
def source(models: Path) -> dict[str, Any]:
    """SageMaker's model, to be copied and edited."""
    return dict(open_models(models).load_service_model("sagemaker", "service-2"))


@pytest.fixture(scope="module")
def rendered(models: Path) -> dict[PurePosixPath, str]:
    """SageMaker's package, not formatted."""
    return build_service(open_models(models), "sagemaker", package="botosmith")


@pytest.fixture
def edit(
    source: dict[str, Any],
    rendered: dict[PurePosixPath, str],
    root: Path,
    models: Path,
    tmp_path: Path,
) -> Callable[[Edit], dict[str, Change]]:
    """Generates SageMaker with an edit, over what is committed: what files change."""
    committed = root / "generated" / "botosmith" / "sagemaker"

    def run(change: Edit) -> dict[str, Change]:
        edited = deepcopy(source)
        change(edited)
        shutil.copytree(models, tmp_path, dirs_exist_ok=True)
        home = tmp_path / "sagemaker" / "2017-07-24"
        (home / "service-2.json").write_text(json.dumps(edited))
        made = build_service(
            open_models(tmp_path),
            "sagemaker",
            package="botosmith",
            previous=read_previous(committed, "sagemaker"),
        )
        assert made.keys() == rendered.keys()
        return {
            str(path): Change(
                (committed / path).read_text("utf-8"), format_module(path, text)
            )
            for path, text in made.items()
            if text != rendered[path] and path.suffix in {".py", ".pyi"}
        }

    return run


@pytest.mark.parametrize("name", ENUMS)
def test_new_value_is_one_line_of_code(
    edit: Callable[[Edit], dict[str, Change]], name: str
) -> None:
    """In the module of its enum; elsewhere only documentation tells it."""

    def add_value(model: dict[str, Any]) -> None:
        model["shapes"][name]["enum"].insert(1, "ml.new-1.huge")

    changes = edit(add_value)

    assert [len(change.went) for change in changes.values() if change.went] == []
    code = {path: change for path, change in changes.items() if change.came}
    (change,) = code.values()
    assert [
        change.after.splitlines()[number - 1].strip() for number in change.came
    ] == ['ML_NEW_1_HUGE = "ml.new-1.huge"']
    assert change.owners() == {name}


@pytest.mark.parametrize(("name", "member", "shape"), MEMBERS)
def test_new_member_stays_in_its_structure(
    edit: Callable[[Edit], dict[str, Change]], name: str, member: str, shape: str
) -> None:
    """Only its class changes, and the function where it is a request's."""

    def add_member(model: dict[str, Any]) -> None:
        members = model["shapes"][name]["members"]
        model["shapes"][name]["members"] = {member: {"shape": shape}, **members}

    changes = edit(add_member)

    owners = {path: change.owners() for path, change in changes.items()}
    touched = {owner for found in owners.values() for owner in found}
    function = {"create_model"} if name == "CreateModelInput" else set()
    assert touched - {"import", "blank"} <= {name, *function}
    assert name in touched
    # The others import what they have always imported.
    assert len([path for path, found in owners.items() if found]) == 1
