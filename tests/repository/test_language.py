"""Sentences of ours begin with their subject, and say "is not a" instead of "is no"."""

from __future__ import annotations

import ast
import inspect
import io
import re
import subprocess
import tokenize
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

#: A noun clause or a negation in place of a subject. Questions may begin so.
OPENING = re.compile(
    r"(?:What|Whether|Who|Whoever|Whose|How|Where|Which|Not|Nobody|Of|So)\b(?!.*\?\s*$)"
)
NEGATION = re.compile(r"\b(?:is|are|was|were) no\b")

#: Sentences that are still to be rewritten, by folder. A number may only go down.
ALLOWED: dict[str, int] = {}

#: Programs whose texts people see.
SHIPPED = ("codegen/", "examples/", "runtime/")

#: Programs, documents, templates and settings that people write.
SUFFIXES = {".cfg", ".jinja", ".md", ".py", ".toml", ".yml"}


def list_docstrings(source: str) -> Iterator[tuple[int, str]]:
    """List the docstrings of a module, with the lines on which they begin."""
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, holders) and (text := ast.get_docstring(node)):
            yield node.body[0].lineno, text


def list_comments(source: str) -> Iterator[tuple[int, str]]:
    """List the comments of a module; those of neighbouring lines are one."""
    block: list[tuple[int, str]] = []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            text = token.string.lstrip("#: ")
            if block and block[-1][0] != token.start[0] - 1:
                yield block[0][0], " ".join(part for _, part in block)
                block = []
            block.append((token.start[0], text))
    if block:
        yield block[0][0], " ".join(part for _, part in block)


def list_texts(source: str) -> Iterator[tuple[int, str]]:
    """List the texts of a program, such as messages of errors."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def list_paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """List the headings and paragraphs of a document, without code and tables."""
    is_code, start, lines = False, 0, list[str]()
    for number, line in enumerate([*text.splitlines(), ""], 1):
        prose = line.strip().lstrip("#>*- ")
        is_fence = line.lstrip().startswith("```")
        if is_code or is_fence or not prose or line.lstrip().startswith(("|", "#")):
            if lines:
                yield start, " ".join(lines)
            lines = []
        is_code ^= is_fence
        if not is_code and line.startswith("#"):
            yield number, prose
        elif not (is_code or is_fence or line.lstrip().startswith("|")) and prose:
            start, lines = (start if lines else number), [*lines, prose]


def find_faults(name: str, text: str) -> Iterator[str]:
    """Find the sentences of a file that have another form."""
    if name.endswith(".py"):
        sentences = [*list_docstrings(text), *list_comments(text)]
    elif name.endswith(".md"):
        sentences = [*list_paragraphs(text)]
    else:
        lines = enumerate(text.splitlines(), 1)
        sentences = [
            (number, line.lstrip("# ")) for number, line in lines if "#" in line
        ]
    for number, sentence in sentences:
        # A text in quotes or back quotes is somebody else's.
        own = re.sub(r"\"[^\"]*\"|`[^`]*`", "", sentence)
        if OPENING.match(sentence) or NEGATION.search(own):
            yield f"{name}:{number}: {sentence.splitlines()[0][:90]}"
    if name.startswith(SHIPPED) and name.endswith(".py"):
        docstrings = {text for _, text in list_docstrings(text)}
        for number, shown in list_texts(text):
            is_docstring = inspect.cleandoc(shown) in docstrings
            if NEGATION.search(shown) and not is_docstring:
                yield f"{name}:{number}: {shown[:90]}"


@pytest.mark.parametrize(
    "sentence",
    [
        '"""What a caller gets."""',
        'def f():\n    """Whether it is there."""',
        "# Not of this one.\nx = 1",
        "x = 1  # the value is no number",
        "#: Who asks gets it.\nx = 1",
    ],
)
def test_a_fault_is_found(sentence: str) -> None:
    """A docstring or comment of the refused forms is found."""
    assert len([*find_faults("a.py", sentence)]) == 1


def test_a_message_is_found() -> None:
    """Messages of shipped programs are looked at, those of tests are data."""
    source = "raise ValueError(f'{1} is no number')"

    assert [*find_faults("runtime/a.py", source)] == [
        "runtime/a.py:1:  is no number",
    ]
    assert not [*find_faults("tests/a.py", source)]


@pytest.mark.parametrize(
    "sentence",
    [
        '"""Return what a caller gets."""',
        "# How long is a piece of string?\nx = 1",
        "# The value\n# is not a number.\nx = 1",
        "x = 'Who is no one'",
    ],
)
def test_a_plain_sentence_passes(sentence: str) -> None:
    """Questions, later clauses and texts of programs are left alone."""
    assert not [*find_faults("a.py", sentence)]


def test_sentences_begin_with_their_subject(root: Path) -> None:
    """No file that people write has a sentence of the refused forms."""
    listed = subprocess.run(
        ["git", "ls-files"],  # noqa: S607 - the one that the user has
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    )
    names = [
        name
        for name in listed.stdout.splitlines()
        if Path(name).suffix in SUFFIXES
        and not name.startswith(("generated/", "models/"))
        and (root / name).exists()
    ]
    assert names
    faults = [
        fault
        for name in names
        for fault in find_faults(name, (root / name).read_text("utf-8"))
    ]
    found = Counter(fault.partition("/")[0] for fault in faults)

    assert found == ALLOWED, "\n".join(faults)
