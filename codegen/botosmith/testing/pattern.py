"""Reads the patterns of models, to make strings that match them.

Hypothesis' own `from_regex` does the same one character at a time: 1 to 40 ms for an
ARN where a tree of repeated characters, drawn as whole strings, takes 0.1 ms, and
there are 482 patterns in SageMaker's model alone.

Look-arounds, anchors and references have no part in the tree, so that a string made
from it must still be checked with `matches`: the check of `validate(..., strict=True)`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib import import_module
from itertools import groupby
from typing import Any

from attrs import frozen

from botosmith.runtime.serde.pattern import translate

#: The characters to take: ASCII that prints, white space, and others of one, two,
#: three and four bytes in UTF-8.
ALPHABET = "".join(map(chr, range(32, 127))) + "\t\n\r\u00a0éßЖ日😀"

# The public name of this module, sre_parse, warns since Python 3.11.
_parse: Callable[[str, int], Any] = import_module("re._parser").parse


@frozen
class Chars:
    """One of some characters; or, where there is but one choice, always that text."""

    choices: tuple[str, ...]


@frozen
class Repeat:
    """A part `least` to `most` times; without a bound, `most` is None."""

    part: Node
    least: int
    most: int | None


@frozen
class Choice:
    """One of some parts."""

    parts: tuple[Node, ...]


@frozen
class Chain:
    """Some parts, one after the other."""

    parts: tuple[Node, ...]


Node = Chars | Repeat | Choice | Chain


class _UnreadableError(Exception):
    """A construct that the tree has no node for."""


@cache
def read_pattern(pattern: str) -> Node | None:
    """Return the tree of a pattern; None if it cannot be checked."""
    try:
        translated = translate(pattern)
        return None if translated is None else _read_chain(_parse(translated, re.ASCII))
    except _UnreadableError:
        return None


def _read_chain(items: Any) -> Node:
    nodes = [_read(str(name), value) for name, value in items]
    parts: list[Node] = []
    for fixed, run in groupby(nodes, _is_fixed):
        if fixed:
            parts.append(Chars(("".join(_text(node) for node in run),)))
        else:
            parts += run
    return Chain(tuple(parts))


def _is_fixed(node: Node) -> bool:
    return isinstance(node, Chars) and len(node.choices) == 1


def _text(node: Node) -> str:
    return node.choices[0] if isinstance(node, Chars) else ""


def _read(name: str, value: Any) -> Node:  # noqa: PLR0911 - a case for each construct
    match name:
        case "LITERAL":
            return Chars((chr(value),))
        case "ANY" | "NOT_LITERAL" | "IN":
            return _read_set(name, value)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            least, most, part = value
            # An unbounded repeat has a constant in this place that is not a plain int.
            bound = most if type(most) is int else None
            return Repeat(_read_chain(part), least, bound)
        case "SUBPATTERN":
            return _read_chain(value[-1])
        case "BRANCH":
            return Choice(tuple(_read_chain(part) for part in value[1]))
        case "ATOMIC_GROUP":
            return _read_chain(value)
        case "AT" | "ASSERT" | "ASSERT_NOT" | "GROUPREF":
            return Chain(())
        case _:
            raise _UnreadableError(name)


def _read_set(name: str, value: Any) -> Chars:
    choices = tuple(char for char in ALPHABET if _accepts(name, value, char))
    if not choices:
        raise _UnreadableError(name)
    return Chars(choices)


def _accepts(name: str, value: Any, char: str) -> bool:
    match name:
        case "ANY":
            return char not in "\n\r"
        case "NOT_LITERAL" | "LITERAL":
            return (char == chr(value)) == (name == "LITERAL")
        case "RANGE":
            return bool(value[0] <= ord(char) <= value[1])
        case "CATEGORY":
            return _is_of(str(value), char)
        case _:
            return _is_in(value, char)


def _is_in(items: Any, char: str) -> bool:
    if str(items[0][0]) == "NEGATE":
        return not _is_in(items[1:], char)
    return any(_accepts(str(name), value, char) for name, value in items)


def _is_of(category: str, char: str) -> bool:
    _, _, kind = category.rpartition("_")
    letter = {"DIGIT": r"\d", "SPACE": r"\s", "WORD": r"\w"}[kind]
    found = re.match(letter, char, re.ASCII) is not None
    return found != ("_NOT_" in category)
