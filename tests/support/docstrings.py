"""Rules that the docstrings of every generated package keep, read from its sources.

Each rule yields what breaks it, as a place and the words there.
"""

from __future__ import annotations

import ast
import builtins
import inspect
import re
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import botosmith.runtime

#: The places between paragraphs, items and entries, at which no code span goes on.
BREAK = re.compile(r"\n(?=\n| *(?:- |\d+\. |[a-z_]\w*: ))")

CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
URL = re.compile(r"<(?:https?|mailto):[^<>]*>")

#: A line without a place to break it, which may be an item's first one.
ONE_WORD = re.compile(r" *(?:- |\d+\. )?(?:`[^`]*`|[^ `])+")

#: A sentence about numbers: those of bounds begin a line, or a waiter's pace.
COUNTS = re.compile(
    r"^ *(?:At (?:least|most)|From [\d.]+ to|Exactly|Calls every [\d.]+ \w+, at most)"
    r" [\d.]+ (?:character|byte|item|entr|time)\w*\b.*",
    re.MULTILINE,
)
COUNT = re.compile(r"(\d[\d.]*) (characters?|bytes?|items?|entry|entries|times?)\b")


class Docstring(NamedTuple):
    """A docstring of a package.

    Attributes:
        place: The module, and the line there.
        package: The package's name.
        text: The docstring without the indent of its source.
        lines: The lines of the source, with quotes and indent.
        value: The docstring with the indent of its source.
    """

    place: str
    package: str
    text: str
    lines: Sequence[str] = ()
    value: str = ""


def read_docstrings(folder: Path, package: str) -> list[Docstring]:
    """Read the docstrings of a package's modules."""
    return [
        docstring
        for file in sorted(folder.rglob("*.py"))
        for docstring in _read_module(file, package)
    ]


def _read_module(file: Path, package: str) -> Iterator[Docstring]:
    source = file.read_text("utf-8")
    lines = source.split("\n")
    for node in ast.walk(ast.parse(source)):
        match node:
            case (
                ast.Module(body=[ast.Expr(ast.Constant(str()) as found), *_])
                | ast.ClassDef(body=[ast.Expr(ast.Constant(str()) as found), *_])
                | ast.FunctionDef(body=[ast.Expr(ast.Constant(str()) as found), *_])
            ):
                yield Docstring(
                    f"{file}:{found.lineno}",
                    package,
                    inspect.cleandoc(str(found.value)),
                    lines[found.lineno - 1 : found.end_lineno],
                    str(found.value),
                )
            case _:
                pass


def find_wide_lines(docstring: Docstring) -> Iterator[str]:
    """Find lines of more than 88 columns that have a place to break them."""
    for line in docstring.lines:
        if len(line) > 88 and not ONE_WORD.fullmatch(line):
            yield line


def find_broken_spans(docstring: Docstring) -> Iterator[str]:
    """Find URLs and code, such as patterns, that go on in the next line."""
    for paragraph in BREAK.split(docstring.text):
        for expression in (URL, CODE_SPAN):
            for span in expression.finditer(paragraph):
                if "\n" in span[0]:
                    yield span[0]


def find_wrong_counts(docstring: Docstring) -> Iterator[str]:
    """Find `1 items` and its like, and ranges of one number."""
    for sentence in COUNTS.finditer(docstring.text):
        for number, noun in COUNT.findall(sentence[0].partition("Pattern:")[0]):
            if (float(number) == 1) == noun.endswith("s"):
                yield sentence[0]
        if re.match(r" *From ([\d.]+) to \1 ", sentence[0]):
            yield sentence[0]
    yield from re.findall(
        r"Calls every (?:1 seconds|(?!1 )\S+ second,).*", docstring.text
    )


def find_wrong_raises(docstring: Docstring) -> Iterator[str]:
    """Find entries of `Raises` that do not begin with an exception that exists."""
    match = re.search(r"^Raises:\n((?: .*\n|\n)*)", f"{docstring.text}\n", re.MULTILINE)
    if match is None:
        return
    entries = re.findall(r"^ {4}(\S.*)", match[1], re.MULTILINE)
    if not entries:
        yield "Raises: is empty"
    for entry in entries:
        if not _is_exception(entry.partition(":")[0], docstring.package):
            yield entry


def _is_exception(name: str, package: str) -> bool:
    """Tell whether a package, the runtime or Python has an exception of a name."""
    *modules, last = name.split(".")
    places: list[Any] = [import_module(package), botosmith.runtime, builtins]
    if modules:
        places = [import_module(".".join(modules))]
    found = next((getattr(one, last) for one in places if hasattr(one, last)), None)
    return isinstance(found, type) and issubclass(found, Exception)


def find_unmarked_code(docstring: Docstring) -> Iterator[str]:
    """Find pages whose code does not stand below two colons and an empty line."""
    if "\n\nRequest syntax:" in docstring.text:
        for heading in ("Usage", "Value", "Request syntax"):
            if f"\n{heading}::\n\n    " not in docstring.text:
                yield heading


Rule = Callable[[Docstring], Iterator[str]]

RULES: Sequence[Rule] = (
    find_wide_lines,
    find_broken_spans,
    find_wrong_counts,
    find_wrong_raises,
    find_unmarked_code,
)


def find_problems(docstrings: Sequence[Docstring], rule: Rule) -> list[str]:
    """Find all that breaks a rule."""
    return [f"{one.place}: {what}" for one in docstrings for what in rule(one)]


def find_split_literals(folder: Path) -> list[str]:
    """Find texts, such as patterns, that are several literals in a package's code."""
    problems: list[str] = []
    for file in sorted(folder.rglob("*.py")):
        source = file.read_text("utf-8")
        lines = source.splitlines()
        problems += (
            f"{file}:{node.lineno}"
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.Constant)
            if isinstance(node.value, str)
            if node.lineno != node.end_lineno and '"""' not in lines[node.lineno - 1]
        )
    return problems
