"""Position automata of expressions, with a state for each character (Glushkov 1961).

A part that an automaton cannot express, such as a look-ahead, is passed over: the
automaton then takes every text that the expression takes, and others.
"""

from __future__ import annotations

import re
from collections import Counter
from importlib import import_module
from itertools import pairwise
from typing import Any

from attrs import field, frozen

from botosmith.runtime.serde.pattern.charset import (
    Ranges,
    ignore_case,
    invert,
    unite,
)
from botosmith.runtime.serde.pattern.error import UnsupportedError
from botosmith.runtime.serde.pattern.property import ESCAPES

#: A part that is repeated at most so often is not a loop.
_FEW = 2

#: The greatest number of states: `{1,5000}` has one for each repeat.
_MOST_STATES = 6000

_SIGNS = {"DIGIT": "d", "SPACE": "s", "WORD": "w"}

_parse: Any = import_module("re._parser").parse


@frozen
class Part:
    """A part of an expression in its automaton.

    Attributes:
        first: The states in which it may begin.
        last: Those in which it may end.
        empty: In how many ways it takes an empty text: 0, 1, or 2 for more.
    """

    first: list[int] = field(factory=list[int])
    last: list[int] = field(factory=list[int])
    empty: int = 1


@frozen
class Automaton:
    """The automaton of an expression.

    Attributes:
        sets: The characters of each state.
        follow: The states that come after each; twice if there are two ways to one.
        whole: The whole expression.
        exact: Whether the expression takes no less than the automaton.
    """

    sets: list[Ranges]
    follow: list[list[int]]
    whole: Part
    exact: bool


class _Builder:
    """Builds an automaton from the tree of Python's parser."""

    def __init__(self, *, counted: bool) -> None:
        self.counted = counted
        self.sets: list[Ranges] = []
        self.follow: list[list[int]] = []
        self.exact = True
        self.no_case = False

    def chain(self, items: Any) -> Part:
        """Build some parts, one after the other."""
        whole = Part()
        for name, value in items:
            whole = self.join(whole, self.part(str(name), value))
        return whole

    def join(self, left: Part, right: Part) -> Part:
        """Return two parts as one."""
        self.link(left.last, right.first)
        return Part(
            self.limit(left.first + right.first * left.empty),
            self.limit(right.last + left.last * right.empty),
            self.count(left.empty * right.empty),
        )

    def count(self, ways: int) -> int:
        """Return a number of ways: two are as good as more, one if each is counted."""
        return min(ways, 1 if self.counted else 2)

    def limit(self, states: list[int]) -> list[int]:
        """Return states, with each as often as there are ways to it."""
        found = Counter(states)
        return [state for state, ways in found.items() for _ in range(self.count(ways))]

    def link(self, before: list[int], after: list[int]) -> None:
        """Let some states follow others."""
        for state in before:
            self.follow[state] += after

    def part(  # noqa: PLR0911 - a case for each construct
        self, name: str, value: Any
    ) -> Part:
        """Build a part of any kind, by its name in Python's parser."""
        match name:
            case "LITERAL" | "NOT_LITERAL" | "IN" | "ANY":
                return self.state(name, value)
            case "MAX_REPEAT" | "MIN_REPEAT":
                return self.repeat(*value)
            case "POSSESSIVE_REPEAT":
                self.exact = False
                return self.repeat(*value)
            case "ATOMIC_GROUP":
                self.exact = False
                return self.chain(value)
            case "SUBPATTERN":
                return self.group(value)
            case "BRANCH":
                parts = [self.chain(branch) for branch in value[1]]
                return Part(
                    [state for part in parts for state in part.first],
                    [state for part in parts for state in part.last],
                    self.count(sum(part.empty for part in parts)),
                )
            case "AT" | "ASSERT" | "ASSERT_NOT":
                self.exact = False
                return Part()
            case _:
                raise UnsupportedError

    def state(self, name: str, value: Any) -> Part:
        """Build a part that takes one character."""
        if len(self.sets) >= _MOST_STATES:
            raise UnsupportedError
        self.sets.append(_read_set(name, value, no_case=self.no_case))
        self.follow.append([])
        only = [len(self.sets) - 1]
        return Part(only, only, empty=0)

    def group(self, value: Any) -> Part:
        """Build a group, which may have a flag of its own."""
        _, on, off, items = value
        before = self.no_case
        self.no_case = bool((before or on & re.IGNORECASE) and not off & re.IGNORECASE)
        part = self.chain(items)
        self.no_case = before
        return part

    def repeat(self, least: int, most: Any, items: Any) -> Part:
        """Build a part that is repeated."""
        # An endless repeat has a constant in this place that is not a plain int.
        most = int(most) if type(most) is int else None
        if not self.counted:
            part = self.chain(items)
            if most is None or most > _FEW:
                self.link(part.last, part.first)
            return Part(part.first, part.last, self.count(part.empty + (least == 0)))
        copies = [self.chain(items)]
        # A part that may be empty need not come at all.
        least = 0 if copies[0].empty else least
        copies += [
            self.chain(items) for _ in range(1, max(least if most is None else most, 1))
        ]
        for before, after in pairwise(copies):
            self.link(before.last, after.first)
        if most is None:
            self.link(copies[-1].last, copies[-1].first)
        ends = copies[max(least, 1) - 1 :]
        if most == 0:
            return Part()
        return Part(
            copies[0].first,
            [state for copy in ends for state in copy.last],
            empty=int(least == 0),
        )


def _read_set(name: str, value: Any, *, no_case: bool) -> Ranges:
    match name:
        case "ANY":
            return invert(((10, 10),))
        case "LITERAL":
            found: Ranges = ((value, value),)
        case "RANGE":
            found = (tuple(value),)
        case "CATEGORY":
            kind = str(value).rpartition("_")[2]
            named = ESCAPES[_SIGNS[kind]]
            return invert(named) if "_NOT_" in str(value) else named
        case "NOT_LITERAL":
            return invert(_read_set("LITERAL", value, no_case=no_case))
        case _:
            negated = str(value[0][0]) == "NEGATE"
            items = value[1:] if negated else value
            parts = [
                _read_set(str(name), item, no_case=no_case) for name, item in items
            ]
            return invert(unite(*parts)) if negated else unite(*parts)
    return ignore_case(found) if no_case else found


def build(expression: re.Pattern[str], *, counted: bool) -> Automaton:
    """Return the automaton of an expression.

    Args:
        expression: An expression that was compiled with `re.ASCII`.
        counted: Whether a part has states of its own for each repeat; else a repeat
            with many is an endless one.

    Raises:
        UnsupportedError: There is a reference to a group, or too many states.
    """
    builder = _Builder(counted=counted)
    builder.no_case = bool(expression.flags & re.IGNORECASE)
    tree = _parse(expression.pattern, re.ASCII)
    whole = builder.chain(tree)
    return Automaton(builder.sets, builder.follow, whole, builder.exact)
