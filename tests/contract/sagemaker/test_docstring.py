"""Docstrings say all that the model's documentation says, as plain text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from bs4 import BeautifulSoup
from bs4.element import NavigableString
from tests.support.docstrings import Docstring, read_docstrings

from botosmith import sagemaker

from .page import docstring, split, split_members, squeeze
from .pinned import Pinned, snake

FOLDER = Path(sagemaker.__file__).parent
TAG = re.compile(r"</?(?:a|b|code|d[dltt]|i|important|li|note|[ou]l|p)\b[^>\n]*>")

#: Characters between the texts of HTML's elements that are not part of any.
DECORATION = re.compile(r"(?:-|\d+\.|Note:|Important:)*")


class Block(NamedTuple):
    """A part of a docstring, and the HTML that it was made of.

    `place` tells where it is, `facts` what it adds to the documentation.
    """

    place: str
    html: str
    text: str
    facts: str = ""


def documented(pinned: Pinned, member: Any) -> str:
    """Return a member's text: its own documentation, else its shape's."""
    shape = pinned.shapes[member["shape"]]
    told = str(member.get("documentation") or shape.get("documentation", ""))
    for label, part in (("Items", "member"), ("Keys", "key"), ("Values", "value")):
        if "documentation" in shape.get(part, {}):
            told += f"<p>{label}:</p>{shape[part]['documentation']}"
    return told


def facts(pinned: Pinned, member: Any) -> str:
    """Return what the model says of a member beside its documentation."""
    shape = pinned.shapes[member["shape"]]
    told: list[str] = []
    if "deprecated" in member:
        told.append(f"Deprecated: {member['deprecatedMessage']}")
    if "idempotencyToken" in member:
        told.append("Filled in with a random UUID when left out.")
    if "enum" not in shape:
        told.append(bounds(shape))
    if "pattern" in shape:
        told.append(f"Pattern: {shape['pattern']}")
    return " ".join(told)


NOUNS = {
    "string": ("character", "characters"),
    "list": ("item", "items"),
    "map": ("entry", "entries"),
}


def bounds(shape: Any) -> str:
    """The bounds of a shape in words: one character, two characters."""
    noun = NOUNS.get(shape["type"], ("", ""))

    def amount(number: float) -> str:
        return f"{number} {noun[number != 1]}".rstrip()

    match shape.get("min"), shape.get("max"):
        case (None, None):
            return ""
        case (0, None) if noun[0]:
            return ""
        case ((None | 0), high) if high is not None and (noun[0] or "min" not in shape):
            return f"At most {amount(high)}."
        case (low, None):
            return f"At least {amount(low)}."
        case (low, high) if low == high:
            return f"Exactly {amount(high)}."
        case (low, high):
            return f"From {low} to {amount(high)}."


def member_blocks(pinned: Pinned, name: str, text: str) -> Iterator[Block]:
    """The blocks of a section that describes the members of a structure."""
    members = pinned.shapes[name]["members"].values()
    for member, (attribute, told) in zip(members, split_members(text), strict=True):
        yield Block(
            f"{name}.{attribute}",
            documented(pinned, member),
            told.removeprefix(" [required]"),
            facts(pinned, member),
        )


def class_blocks(pinned: Pinned, name: str, lead: str) -> Iterator[Block]:
    """The blocks of a class: the shape itself, and its members."""
    shape = pinned.shapes[name]
    sections = split(docstring(getattr(sagemaker, name)))
    assert list(sections) == ["", "Attributes"][: 1 + bool(shape.get("members"))], name
    yield Block(name, lead, sections[""])
    if shape.get("members"):
        yield from member_blocks(pinned, name, sections["Attributes"])


def operation_blocks(pinned: Pinned, name: str) -> Iterator[Block]:
    """The blocks of an operation's function."""
    operation = pinned.operations[name]
    sections = split(docstring(getattr(sagemaker, pinned.function(name))))
    yield Block(name, operation["documentation"], sections["Description"])
    arguments = sections["Arguments"].split("\n", 1)[1]
    yield from member_blocks(pinned, pinned.request(name), arguments)
    errors = pinned.error_names(name)
    raised = split_members(sections["Raises"])
    assert [error for error, _ in raised[:-2]] == errors
    for error, (_, told) in zip(errors, raised, strict=False):
        yield Block(f"{name}.{error}", pinned.shapes[error]["documentation"], told)


def all_blocks(pinned: Pinned) -> Iterator[Block]:
    """Everything in the package's docstrings that comes from documentation."""
    yield Block("package", pinned.source["documentation"], docstring(sagemaker))
    for operation in pinned.operations:
        yield from operation_blocks(pinned, operation)
    inputs = set(map(pinned.request, pinned.operations))
    replies = {pinned.response(name): name for name in pinned.operations}
    for name, shape in (pinned.structures | pinned.errors).items():
        own = shape.get("documentation", "") or first_use(pinned, name)
        if name in replies:
            call = pinned.function(replies[name])
            own = f"<p>The reply of {call}.</p>{shape.get('documentation', '')}"
        elif not own:
            continue
        if name not in inputs:
            yield from class_blocks(pinned, name, own)
    for name in pinned.enums:
        own = pinned.shapes[name].get("documentation", "") or first_use(pinned, name)
        if own:
            yield from class_blocks(pinned, name, own)


def first_use(pinned: Pinned, name: str) -> str:
    """Return what the first documented member of a shape says of it."""
    return next(
        (
            member["documentation"]
            for shape in pinned.shapes.values()
            for member in shape.get("members", {}).values()
            if member["shape"] == name and member.get("documentation")
        ),
        "",
    )


@cache
def parse(html: str) -> BeautifulSoup:
    """The tree of a documentation string."""
    return BeautifulSoup(html, "html.parser")


def texts(html: str) -> Iterator[str]:
    """Return the texts of the elements in order, without the addresses of links."""
    for node in parse(html).descendants:
        if type(node) is NavigableString and (text := squeeze(node)):
            link = node.find_parent("a")
            if link is None or squeeze(str(link.get("href"))) != text:
                yield text


def lost(block: Block) -> str | None:
    """Return the parts of the HTML that a block lacks, or has too much of."""
    rest = squeeze(re.sub(r"\(?<(?:https?|mailto):[^<>]*>\)?", "", block.text))
    for text in texts(block.html):
        before, found, after = rest.partition(text)
        if not found or not DECORATION.fullmatch(before):
            return f"{block.place}: {text!r} where there is {rest[:60]!r}"
        rest = after
    expected = squeeze(block.facts)
    return None if rest == expected else f"{block.place}: {rest!r}, not {expected!r}"


@pytest.fixture(scope="module")
def blocks(pinned: Pinned) -> list[Block]:
    """Everything in the package's docstrings that comes from documentation."""
    return list(all_blocks(pinned))


def test_no_word_is_lost(blocks: list[Block], pinned: Pinned) -> None:
    """The text content of each documentation string stands in its docstring.

    Nothing else does, but for bounds and patterns, which are told exactly.
    """
    parts = [
        pinned.source,
        *pinned.operations.values(),
        *pinned.errors.values(),
        *(pinned.shapes[name] for name in pinned.enums),
        *(
            member
            for shape in pinned.shapes.values()
            for member in shape.get("members", {}).values()
        ),
        *(
            shape[part]
            for shape in pinned.shapes.values()
            for part in ("member", "key", "value")
            if part in shape
        ),
    ]
    compared = {
        html
        for block in blocks
        for html in re.split("<p>(?:Items|Keys|Values):</p>", block.html)
    }
    assert {part.get("documentation", "") for part in parts} - {""} <= compared
    assert [problem for problem in map(lost, blocks) if problem] == []


def test_every_link_is_kept(blocks: list[Block]) -> None:
    """Each address that the documentation links to can be read whole."""
    problems: list[str] = []
    count = 0
    for block in blocks:
        hrefs = [str(a["href"]) for a in parse(block.html).find_all("a", href=True)]
        found = re.findall(r"<((?:https?|mailto):[^<>]*)>", block.text)
        kept = [url.strip() for url in found]
        expected = [re.sub(r"\s", "", url) for url in hrefs if url]
        count += len(kept)
        if Counter(kept) != Counter(expected):
            problems.append(f"{block.place}: {kept} instead of {expected}")
    assert problems == []
    assert count >= 750  # as often as there is an <a> in the JSON


def test_members_of_classes_are_required_too(pinned: Pinned) -> None:
    """The classes of structures and replies have it, too."""
    inputs = set(map(pinned.request, pinned.operations))
    for name, shape in pinned.structures.items():
        text = split(docstring(getattr(sagemaker, name))).get("Attributes", "")
        found = [
            (attribute, told.startswith(" [required]"))
            for attribute, told in split_members(text)
        ]
        required = shape.get("required", [])
        expected = [(snake(one), one in required) for one in shape["members"]]
        assert found == ([] if name in inputs else expected), name


def test_requests_name_their_function(pinned: Pinned) -> None:
    """A request's class refers to the function, which describes the arguments."""
    for name in pinned.operations:
        request = getattr(sagemaker, pinned.request(name))
        call = pinned.function(name)
        words = docstring(request).split()
        assert words == f"The arguments of `{call}` as an object.".split()


@pytest.fixture(scope="module")
def docstrings() -> list[Docstring]:
    """Every docstring in the package's source."""
    return read_docstrings(FOLDER, sagemaker.__name__)


def test_every_class_and_function_has_one(
    docstrings: list[Docstring], pinned: Pinned
) -> None:
    """Modules have docstrings, too."""
    parts = len(pinned.operations) + len(pinned.structures) + len(pinned.enums)
    assert len(docstrings) > parts + 1000


def test_docstrings_hold_no_html(
    blocks: list[Block], docstrings: list[Docstring]
) -> None:
    """No tag is left but those that the documentation itself escapes to show them."""
    shown = [tag for block in blocks for tag in TAG.findall(parse(block.html).text)]
    left = [tag for one in docstrings for tag in TAG.findall(one.value)]
    assert Counter(left) == Counter(shown)
    assert len(left) < 10


def test_docstrings_hold_no_stray_characters(docstrings: list[Docstring]) -> None:
    """Neither entities are left, nor tabs, nor spaces at the ends of lines."""
    stray = re.compile(r"&\w+;|&#|\t| \n|[^\S\n ]")
    left = [one.place for one in docstrings if stray.search(one.value)]
    assert left == []


def test_indents_are_consistent(docstrings: list[Docstring]) -> None:
    """A line stands as deep as one above it, or deeper by what leads to it.

    That is 4 columns below a heading, an entry or a defined term, the width of an
    item's marker below the item, and 2 (in Usage 4) below what opens in code.
    """
    wrong = [
        f"{one.place}: {line}"
        for one in docstrings
        for line in misplaced(one.text.splitlines())
    ]
    assert wrong == []


def misplaced(lines: list[str]) -> Iterator[str]:
    """The lines whose indent nothing above explains."""
    depths = [0]
    above = ""
    for line in filter(None, lines):
        depth = len(line) - len(line.lstrip())
        if depth > depths[-1]:
            if depth not in steps(above, depths[-1]):
                yield line
            depths.append(depth)
        while depth < depths[-1]:
            depths.pop()
        if depth != depths[-1]:
            yield line
        above = line


#: The end of a line of code that goes on in the next.
OPENING = ("[", "{", "|", "=", "(...):")


def steps(above: str, depth: int) -> set[int]:
    """The indents that a line may have which is deeper than the one above."""
    if marker := re.match(r" *(- |\d+\. )", above):
        return {marker.end()}
    if above.endswith("("):
        return {depth + 2, depth + 4}
    return {depth + (2 if above.endswith(OPENING) else 4)}
