"""Expressions of examples, and their layout: on one line where they fit.

The layout is black's, but for choices, of which a line takes as many as it can: an enum
may have hundreds of values.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import TextWrapper
from typing import TypeAlias

from attrs import evolve, frozen

#: Two columns, since requests and replies nest deeply.
INDENT = "  "


@frozen
class Word:
    """Text that stands on one line, however long."""

    text: str


@frozen
class Choice:
    """One of several literals, `"a" | "b"`."""

    values: tuple[str, ...]


@frozen
class Group:
    """Expressions within brackets.

    Attributes:
        opening: The text before them, the bracket included.
        items: The expressions.
        closing: The other bracket.
    """

    opening: str
    items: tuple[Expression, ...]
    closing: str


@frozen
class Pair:
    """An argument of a call, or an entry of a dictionary.

    Attributes:
        key: The expression before the sign.
        sign: `=`, or `: ` with its space.
        value: The expression behind it.
    """

    key: Expression
    sign: str
    value: Expression


Expression: TypeAlias = Word | Choice | Group | Pair


def lay_out(expression: Expression, width: int) -> list[str]:
    """Return the lines of an expression, at most `width` columns wide if possible."""
    return list(_Layout(width).lines(expression, "", "", ""))


@frozen
class _Layout:
    """Lays out expressions in a width.

    Attributes:
        width: The columns that a line may take.
        is_sparing: True to save a level where lines would be too long otherwise.
    """

    width: int
    is_sparing: bool = True

    def lines(
        self, expression: Expression, indent: str, lead: str, end: str
    ) -> Iterator[str]:
        """Yield lines: the first begins with `lead`, the last ends with `end`."""
        room = self.width - len(indent) - len(lead) - len(end)
        flat = _flatten(expression, room)
        if flat is not None:
            yield f"{indent}{lead}{flat}{end}"
            return
        match expression:
            case Group(opening, (), closing):
                yield f"{indent}{lead}{opening}{closing}{end}"
            case Group(opening, items, closing):
                yield f"{indent}{lead}{opening}"
                yield from self._within(items, f"{indent}{INDENT}")
                yield f"{indent}{closing}{end}"
            case Pair(key, sign, value):
                *before, last = self.lines(key, indent, lead, sign)
                yield from before
                yield from self._pair(value, indent, last.removeprefix(indent), end)
            case Choice():
                yield from self._choice(expression, indent, lead, end)
            case Word(text):
                yield f"{indent}{lead}{text}{end}"

    def _pair(
        self, value: Expression, indent: str, lead: str, end: str
    ) -> Iterator[str]:
        """Yield lines with a value beside its key, or below it if that is too long."""
        beside = self.lines(value, indent, lead, end)
        first = next(beside)
        if len(first) <= self.width:
            yield first
            yield from beside
            return
        yield f"{indent}{lead.rstrip()}"
        # Once for the whole value, as nested values would double the work each time.
        whole = evolve(self, is_sparing=False)
        below = list(whole.lines(value, f"{indent}{INDENT}", "", end))
        if self.is_sparing and not self._fits(below):
            spared = list(self.lines(value, indent, INDENT, end))
            below = spared if self._fits(spared) else below
        yield from below

    def _fits(self, lines: Sequence[str]) -> bool:
        return all(len(line) <= self.width for line in lines)

    def _within(self, items: Sequence[Expression], indent: str) -> Iterator[str]:
        """Yield the lines within brackets: one, or at least one for each item."""
        flat = _flatten_all(items, self.width - len(indent))
        if flat is not None:
            yield f"{indent}{flat}"
            return
        for item in items:
            yield from self.lines(item, indent, "", ",")

    def _choice(
        self, choice: Choice, indent: str, lead: str, end: str
    ) -> Iterator[str]:
        # A value is one unit: no line is broken at its own spaces.
        *values, last = [value.replace(" ", _HELD) for value in choice.values]
        last += end.replace(" ", _HELD)
        units = [*(f"{value}{_HELD}|" for value in values), last]
        lines = TextWrapper(
            width=self.width,
            initial_indent=f"{indent}{lead}",
            subsequent_indent=f"{indent}{INDENT}",
            break_long_words=False,
            break_on_hyphens=False,
        ).wrap(" ".join(units))
        yield from (line.replace(_HELD, " ") for line in lines)


#: Stands for a space that must stay within its line.
_HELD = "\N{NO-BREAK SPACE}"


def _flatten(expression: Expression, room: int) -> str | None:
    """Return an expression on one line, None if there is not enough room."""
    match expression:
        case Word(text):
            flat = text
        case Choice(values):
            flat = " | ".join(values)
        case Group(opening, items, closing):
            within = _flatten_all(items, room - len(opening) - len(closing))
            if within is None:
                return None
            flat = f"{opening}{within}{closing}"
        case Pair(key, sign, value):
            before = _flatten(key, room)
            behind = _flatten(value, room)
            if before is None or behind is None:
                return None
            flat = f"{before}{sign}{behind}"
    return flat if len(flat) <= room else None


def _flatten_all(items: Sequence[Expression], room: int) -> str | None:
    parts: list[str] = []
    for item in items:
        room -= len(_BETWEEN) if parts else 0
        part = _flatten(item, room)
        if part is None:
            return None
        parts.append(part)
        room -= len(part)
    return _BETWEEN.join(parts)


_BETWEEN = ", "
