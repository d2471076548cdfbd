"""docs/ARCHITECTURE.md says what the sources do: layout, steps of a call, tables."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from tests.repository.test_layers import is_within, name_module
from tests.support.documents import list_codes, list_folders, read_rows, read_section

from botosmith import sagemaker
from botosmith.runtime.schema import types
from botosmith.testing import StandIn, load_service

#: Those that `schema.types` defines, by their names.
TYPES = frozenset(
    name
    for name, value in vars(types).items()
    if isinstance(value, type) and value.__module__ == types.__name__
)
#: The types of a model that modules of the generator tell apart.
SHAPES = frozenset(
    {
        *("blob", "boolean", "double", "float", "integer", "list"),
        *("long", "map", "string", "structure", "timestamp"),
    }
)
#: A module that names so many of them tells shapes apart; fewer are a special case.
TELLING = 3


@pytest.fixture(scope="module")
def architecture(root: Path) -> str:
    """The document."""
    return (root / "docs" / "ARCHITECTURE.md").read_text("utf-8")


def test_layout_is_the_layout(architecture: str, root: Path) -> None:
    """Every folder of the layout is there."""
    layout = read_section(architecture, "Layout").partition("```text\n")[2]
    folders = [line.split()[0] for line in layout.partition("```")[0].splitlines()]

    assert len(folders) == 14
    assert [folder for folder in folders if not (root / folder).is_dir()] == []


def test_distributions_have_a_row(architecture: str, root: Path) -> None:
    """Each import root has a row with the name of its project."""
    rows = read_rows(read_section(architecture, "Layers"))
    pairs = (list_codes(" ".join(row)) for row in rows if len(row) == 2)
    told = dict(pair for pair in pairs if len(pair) == 2)

    names: dict[str, str] = {}
    for folder in ("runtime/", "codegen/", "generated/"):
        file = root / folder / "pyproject.toml"
        place = file if file.exists() else root / "pyproject.toml"
        names[folder] = tomllib.loads(place.read_text("utf-8"))["project"]["name"]
    assert told == names


def test_folders_of_the_runtime_have_a_row(architecture: str, root: Path) -> None:
    """Each folder of the run time has a row that says what it is for."""
    rows = read_rows(read_section(architecture, "The folders of the run time"))
    runtime = root / "runtime" / "botosmith" / "runtime"

    told = {Path(path).name for path, _ in rows for path in list_codes(path)}
    assert told == list_folders(runtime)


def test_stages_have_a_row(architecture: str, root: Path) -> None:
    """The text on the generator names each of its packages."""
    section = read_section(architecture, "The generator")
    generator = root / "codegen" / "botosmith" / "generator"

    named = {name.rpartition(".")[2] for name in list_codes(section)}
    assert list_folders(generator) - {"progress"} <= named


def read_steps(architecture: str, heading: str) -> list[str]:
    """Return the modules of a section's numbered steps."""
    section = read_section(architecture, heading)
    steps = re.findall(r"^(\d+)\. `([\w.]+)`: ", section, re.MULTILINE)
    assert [int(number) for number, _ in steps] == list(range(1, len(steps) + 1))
    return [module for _, module in steps]


def trace(client: sagemaker.Client) -> list[str]:
    """Return the modules that a call enters, in order, each as often as it comes."""
    entered: list[str] = []

    def note(frame: FrameType, event: str, _: Any) -> None:
        module = frame.f_globals.get("__name__", "")
        if event == "call" and (not entered or entered[-1] != module):
            entered.append(module)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        client.describe_endpoint(endpoint_name="demo")
    finally:
        sys.setprofile(before)
    return entered


def find_missing_step(steps: list[str], entered: list[str]) -> str | None:
    """Return the first step that does not come after those before it."""
    rest = iter(entered)
    return next((step for step in steps if step not in rest), None)


@pytest.mark.parametrize(
    ("serializer", "heading"),
    [
        ("generated", "A call with the generated serializer"),
        ("botocore", "A call with botocore's serializer"),
    ],
)
def test_steps_are_those_of_a_call(
    architecture: str, models: Path, serializer: Any, heading: str
) -> None:
    """A call enters the modules of the steps, in their order."""
    steps = read_steps(architecture, heading)
    with StandIn(load_service("sagemaker", models)) as standin:
        client = sagemaker.Client(**standin.arguments, serializer=serializer)
        # Objects that are made once are made now.
        client.describe_endpoint(endpoint_name="demo")
        entered = trace(client)

    assert find_missing_step(steps, entered) is None
    assert find_missing_step([*steps, steps[0]], entered) == steps[0]


class TypeNames(ast.NodeVisitor):
    """The types of `schema.types` that a module's code names, annotations left out."""

    def __init__(self) -> None:
        """Begin with none."""
        self.known: set[str] = set()
        self.named: set[str] = set()

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        """Note the types that are imported by their own names."""
        if is_within(node.module or "", "botosmith.runtime.schema"):
            self.known |= TYPES & {alias.name for alias in node.names}

    def visit_arg(self, node: ast.arg) -> None:
        """Pass over the annotation of a parameter."""

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """Pass over the annotation of a variable."""
        if node.value is not None:
            self.visit(node.value)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Pass over the annotation of what a function returns."""
        for child in [*node.decorator_list, node.args, *node.body]:
            self.visit(child)

    def visit_Name(self, node: ast.Name) -> None:
        """Note a type that was imported by its name."""
        self.named |= {node.id} & self.known

    def visit_Attribute(self, node: ast.Attribute) -> None:
        """Note `schema.Blob`."""
        if isinstance(node.value, ast.Name) and node.value.id == "schema":
            self.named |= {node.attr} & TYPES
        self.generic_visit(node)


def find_types(folder: Path) -> dict[str, set[str]]:
    """Return the types that each module below an import root names."""
    found: dict[str, set[str]] = {}
    for file in folder.rglob("*.py"):
        visitor = TypeNames()
        visitor.visit(ast.parse(file.read_text("utf-8")))
        if visitor.named and file != Path(types.__file__):
            found[name_module(folder, file)] = visitor.named
    return found


def read_types(cell: str) -> set[str]:
    """Return the types that a row's last cell says that its module names."""
    listed = set(list_codes(cell))
    assert listed <= TYPES, cell
    if cell.startswith("only "):
        return listed
    assert cell == "all" or cell.startswith("all but "), cell
    return set(TYPES - listed)


def test_places_that_name_types_have_a_row(architecture: str, root: Path) -> None:
    """Each module that tells types apart has a row, which says which of them."""
    rows = read_rows(read_section(architecture, "To add a type"))
    told = {row[0].strip("`"): read_types(row[2]) for row in rows if len(row) == 3}

    found = find_types(root / "runtime")
    assert told.keys() == found.keys()
    wrong = {place: told[place] ^ named for place, named in found.items()}
    assert {place: named for place, named in wrong.items() if named} == {}
    assert sum(named == TYPES for named in told.values()) == 3


def list_compared(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the expressions with which a piece of code tells values apart."""
    match node:
        case ast.Compare():
            yield from ast.walk(node)
        case ast.MatchValue():
            yield node.value
        case ast.Dict():
            yield from (key for key in node.keys if key is not None)
        case ast.Set() | ast.Tuple():
            yield from node.elts
        case _:
            pass


def find_shapes(folder: Path) -> set[str]:
    """Return the modules below an import root that tell types of shapes apart."""
    found: set[str] = set()
    for file in folder.rglob("*.py"):
        tree = ast.parse(file.read_text("utf-8"))
        named = {
            one.value
            for node in ast.walk(tree)
            for one in list_compared(node)
            if isinstance(one, ast.Constant) and isinstance(one.value, str)
        }
        if len(named & SHAPES) >= TELLING:
            found.add(name_module(folder, file))
    return found


def test_places_that_name_shapes_have_a_row(architecture: str, root: Path) -> None:
    """Each module of the generator that tells shapes apart has a row."""
    rows = read_rows(read_section(architecture, "To add a type"))

    told = {row[0].strip("`") for row in rows if len(row) == 2}
    assert told == find_shapes(root / "codegen")


def test_words_of_the_glossary_are_explained_once(architecture: str) -> None:
    """The glossary is in order, and has each word once."""
    words = [word for word, _ in read_rows(read_section(architecture, "Glossary"))]

    assert words == sorted(set(words))
