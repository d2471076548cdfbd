"""The table of botocore's private names is complete, and its tests exist."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import botocore
import pytest
from tests.support.repository import ROOT

from botosmith.runtime.transport import patches

RUNTIME = ROOT / "runtime" / "botosmith" / "runtime"


def read_table() -> dict[str, str]:
    """Return the tests of the names in the table."""
    rows = re.findall(
        r"^\| `(\w+)` \| .+ \| (\S+) \|$", patches.__doc__ or "", re.MULTILINE
    )
    return dict(rows)


def list_attributes(tree: ast.AST) -> Iterator[str]:
    """List the private attributes that code names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and re.match("_[^_]", node.attr):
            yield node.attr


def list_own(tree: ast.AST) -> Iterator[str]:
    """List the names that code defines, in modules, classes and objects."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.name
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if isinstance(target, ast.Name):
                    yield target.id
                elif ast.unparse(target).startswith("self."):
                    yield ast.unparse(target).removeprefix("self.")


def find_used() -> set[str]:
    """Find the private names of botocore that the runtime uses, and has not itself."""
    folder = Path(botocore.__file__).parent
    sources = [*folder.glob("*.py"), *(folder / "retries").glob("*.py")]
    theirs = {
        name
        for path in sources
        for name in re.findall(
            r"(?:def |self\.|cls\.|^    )(_[a-zA-Z]\w+)\b",
            path.read_text("utf-8"),
            re.MULTILINE,
        )
    }
    trees = [ast.parse(path.read_text("utf-8")) for path in RUNTIME.rglob("*.py")]
    own = {name for tree in trees for name in list_own(tree)}
    used = {name for tree in trees for name in list_attributes(tree)}
    return used & theirs - own


def test_each_private_name_is_in_the_table() -> None:
    """A private name that the runtime begins to use needs a row, and no row is old."""
    assert {"_make_api_call", "_request_signer"} <= find_used()
    assert sorted(read_table()) == sorted(find_used())


@pytest.mark.parametrize("name", read_table())
def test_the_test_of_a_row_exists(name: str) -> None:
    """A row names a file of tests."""
    assert (ROOT / "tests" / read_table()[name]).is_file()
