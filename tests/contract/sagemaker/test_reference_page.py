"""The page of each operation: its sections, and examples that are Python."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.support.figures import FIGURES

from botosmith import sagemaker
from botosmith.generator import model as stage
from botosmith.generator.build import pipeline
from botosmith.generator.model import load_model
from botosmith.generator.plan import service

from .page import docstring, split, split_members, squeeze
from .pinned import Pinned, snake

HEADINGS = [
    "Description",
    "Usage",
    "Arguments",
    "Value",
    "Raises",
    "Request syntax",
]


@pytest.fixture(scope="module")
def pages(pinned: Pinned) -> dict[str, dict[str, str]]:
    """The sections of each operation's function."""
    return {
        name: split(docstring(getattr(sagemaker, pinned.function(name))))
        for name in pinned.operations
    }


def test_the_page_has_its_sections(pages: Any) -> None:
    """Each of the functions has every heading, in the order of the seed's page."""
    found = {tuple(sections) for sections in pages.values()}
    assert found == {("", *HEADINGS)}
    assert len(pages) == FIGURES.operations


def test_the_title_is_how_the_description_begins(pages: Any) -> None:
    """The first lines are the first sentence, without the links in it."""
    for name, sections in pages.items():
        title = sections[""]
        description = re.sub(r"\(<[^<>]*>\)", "", sections["Description"])
        assert squeeze(description).startswith(squeeze(title)), name
        assert squeeze(title), name
        assert "\n\n" not in title.strip(), name


def test_arguments_stand_in_order_with_required(pages: Any, pinned: Pinned) -> None:
    """[required] stands exactly where the model says so; the client comes first."""
    for name, sections in pages.items():
        shape = pinned.shapes[pinned.request(name)]
        required = shape.get("required", [])
        expected = [(snake(member), member in required) for member in shape["members"]]
        found = [
            (argument, told.startswith(" [required]"))
            for argument, told in split_members(sections["Arguments"])
        ]
        assert found == [("client", True), *expected], name
        assert sections["Arguments"].count("[required]") == 1 + len(required), name


def test_usage_is_a_call_with_every_argument(pages: Any, pinned: Pinned) -> None:
    """Usage parses as Python: what is required has `...`, anything else its default."""
    for name, sections in pages.items():
        call = parse_call(sections["Usage"])
        parameters = list(
            inspect.signature(
                getattr(sagemaker, pinned.function(name))
            ).parameters.values()
        )[1:]
        assert ast.unparse(call.func) == f"client.{pinned.function(name)}"
        assert [(word.arg, ast.literal_eval(word.value)) for word in call.keywords] == [
            (one.name, ... if one.default is one.empty else None) for one in parameters
        ], name


def parse_call(section: str) -> ast.Call:
    """The one call that a section holds."""
    node = ast.parse(inspect.cleandoc(section), mode="eval").body
    assert isinstance(node, ast.Call)
    assert not node.args
    return node


class Syntax:
    """Compares an example with the shapes that it is of."""

    def __init__(self, pinned: Pinned, *, is_reply: bool) -> None:
        """Take the model, and whether enums are shown by their classes alone."""
        self.pinned = pinned
        self.is_reply = is_reply
        self.shown: set[str] = set()
        self.values: set[str] = set()
        self.levels: set[int] = set()
        self.named: set[int] = set()
        self._level = 0

    def members(self, call: ast.Call, name: str) -> None:
        """Compare the arguments of a call with the members of a structure."""
        self.shown.add(name)
        self._level += 1
        self.levels.add(self._level)
        members = self.pinned.shapes[name]["members"]
        assert [word.arg for word in call.keywords] == list(map(snake, members))
        for word, member in zip(call.keywords, members.values(), strict=True):
            self.value(word.value, member["shape"])
        self._level -= 1

    def value(self, node: ast.expr, name: str) -> None:
        """Compare a value with its shape."""
        shape = self.pinned.shapes[name]
        match node:
            case _ if name in self.pinned.enums:
                self.enum(node, name)
            case ast.Call() if shape["type"] == "structure":
                self.structure(node, name)
            case ast.List(elts=[item]) if shape["type"] == "list":
                self.value(item, shape["member"]["shape"])
            case ast.Dict(keys=[ast.expr() as key], values=[item]):
                self.value(key, shape["key"]["shape"])
                self.value(item, shape["value"]["shape"])
            case _:
                assert ast.unparse(node) == EXAMPLES[shape["type"]]

    def enum(self, node: ast.expr, name: str) -> None:
        """Compare a choice with the values of an enum."""
        if self.is_reply or name in self.shown:
            assert ast.unparse(node) == f"sagemaker.{name}(...)"
            return
        self.shown.add(name)
        values = list(choices(node))
        assert values == self.pinned.enums[name]
        self.values.update(values)

    def structure(self, call: ast.Call, name: str) -> None:
        """Compare a call with a structure."""
        assert ast.unparse(call.func) == f"sagemaker.{name}"
        if name in self.shown and self.pinned.shapes[name]["members"]:
            assert [ast.unparse(one) for one in call.args] == ["..."]
            return
        if self.is_reply and [ast.unparse(one) for one in call.args] == ["..."]:
            self.named.add(self._level + 1)
            return
        assert not call.args
        self.members(call, name)


#: The values that the syntax shows for each plain type.
EXAMPLES = {
    "string": "'string'",
    "integer": "123",
    "long": "123",
    "float": "123.0",
    "double": "123.0",
    "boolean": "True | False",
    "timestamp": "datetime(2015, 1, 1)",
}


def choices(node: ast.expr) -> Iterator[str]:
    """The texts of `"a" | "b" | ...` in order."""
    while isinstance(node, ast.BinOp):
        assert isinstance(node.op, ast.BitOr)
        # Operators group to the left: the last choice stands outermost.
        yield from choices(node.left)
        node = node.right
    assert isinstance(node, ast.Constant)
    assert isinstance(node.value, str)
    yield node.value


def test_request_syntax_shows_every_enum_value(pages: Any, pinned: Pinned) -> None:
    """It parses as Python, and writes every member and enum value below it out once."""
    for name, sections in pages.items():
        call = parse_call(sections["Request syntax"])
        assert ast.unparse(call.func) == f"client.{pinned.function(name)}"
        syntax = Syntax(pinned, is_reply=False)
        request = pinned.request(name)
        syntax.members(call, request)
        below = pinned.reach([request])
        reached = below & pinned.enums.keys()
        structures = below & pinned.structures.keys()
        assert syntax.shown == reached | structures, name
        assert syntax.values == {
            value for enum in reached for value in pinned.enums[enum]
        }, name


def test_value_shows_every_member_of_the_reply(pages: Any, pinned: Pinned) -> None:
    """It parses as Python, and writes every structure below the reply out once.

    A reply that takes more than 100 lines is cut below one level: there it only names
    the classes, and a comment says where their members are found.
    """
    cut: list[str] = []
    for name, sections in pages.items():
        call = parse_call(sections["Value"])
        reply = pinned.response(name)
        assert ast.unparse(call.func) == f"sagemaker.{reply}"
        if reply not in pinned.shapes:
            assert not call.keywords, name
            continue
        syntax = Syntax(pinned, is_reply=True)
        syntax.members(call, reply)
        reached = pinned.reach([reply]) & pinned.structures.keys()
        comment = re.match(r" +# For the members behind", sections["Value"])
        if comment is None:
            assert syntax.shown == reached, name
            continue
        cut.append(name)
        assert syntax.shown < reached, name
        assert syntax.named == {max(syntax.levels) + 1}, name
        assert len(sections["Value"].splitlines()) < 105, name
    assert "Search" in cut
    assert len(cut) < len(pages) / 20


def test_show_prints_the_docstring(
    models: Path, pinned: Pinned, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`botosmith show` gives what `help` gives, for all operations."""
    loader = pipeline.open_models(models)
    model = load_model(loader, "sagemaker")
    decided = service._decide(model, "botosmith.sagemaker")
    # Each page would read the model and plan the service anew.
    monkeypatch.setattr(stage, "load_model", lambda *_: model)
    monkeypatch.setattr(service, "_decide", lambda *_: decided)
    for name in pinned.operations:
        page = pipeline.reference_page(loader, "sagemaker", name, package="botosmith")
        assert page == docstring(getattr(sagemaker, pinned.function(name))), name


@pytest.mark.parametrize("name", ["create-endpoint", "DescribeTrainingJob"])
def test_the_command_shows_the_docstring(name: str, root: Path) -> None:
    """The command prints it, by either form of the name."""
    command = [sys.executable, "-m", "botosmith.generator.cli", "show", "sagemaker"]
    shown = subprocess.run([*command, name], cwd=root, capture_output=True, check=True)
    function = {
        "create-endpoint": sagemaker.create_endpoint,
        "DescribeTrainingJob": sagemaker.describe_training_job,
    }[name]
    assert shown.stdout.decode() == f"{docstring(function)}\n"
