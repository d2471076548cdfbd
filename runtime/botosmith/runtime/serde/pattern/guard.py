"""Matches expressions by their automata, where Python's `re` may take very long.

All ways through an expression are followed at once, so that the time grows with the
length of the text, times the states that it leads to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from botosmith.runtime.serde.pattern.ambiguity import is_slow
from botosmith.runtime.serde.pattern.automaton import Automaton, build
from botosmith.runtime.serde.pattern.charset import contains
from botosmith.runtime.serde.pattern.error import UnsupportedError

#: An expression without any of these is fast: a repeated group, or three repeats.
_SUSPICIOUS = re.compile(r"\)[*+{]|(?:[*+}].*){3}", re.DOTALL)

#: The number of steps that are remembered.
_MOST_STEPS = 4096


class Guard:
    """Refuses texts that an expression does not take.

    Attributes:
        exact: Whether the expression takes all others.
    """

    def __init__(self, automaton: Automaton) -> None:
        """Turn sets of states into integers, with a bit for each state."""
        self.exact = automaton.exact
        self._empty = automaton.whole.empty
        self._sets = automaton.sets
        self._first = _as_bits(automaton.whole.first)
        self._last = _as_bits(automaton.whole.last)
        self._follow = [_as_bits(after) for after in automaton.follow]
        self._takers: dict[str, int] = {}
        self._steps: dict[tuple[int, str], int] = {}

    def accepts(self, text: str) -> bool:
        """Return whether the automaton takes a whole text."""
        if not text:
            return self._empty > 0
        states = self._first & self._find_takers(text[0])
        for char in text[1:]:
            states = self._step(states, char)
        return states & self._last != 0

    def _step(self, states: int, char: str) -> int:
        found = self._steps.get((states, char))
        if found is None:
            if len(self._steps) >= _MOST_STEPS:
                self._steps.clear()
            found = self._follow_all(states) & self._find_takers(char)
            self._steps[states, char] = found
        return found

    def _follow_all(self, states: int) -> int:
        after = 0
        while states:
            lowest = states & -states
            after |= self._follow[lowest.bit_length() - 1]
            states ^= lowest
        return after

    def _find_takers(self, char: str) -> int:
        found = self._takers.get(char)
        if found is None:
            if len(self._takers) >= _MOST_STEPS:
                self._takers.clear()
            code = ord(char)
            found = _as_bits(
                state
                for state, ranges in enumerate(self._sets)
                if contains(ranges, code)
            )
            self._takers[char] = found
        return found


def find_guard(expression: re.Pattern[str]) -> Guard | None:
    """Return the guard of an expression that `re` may take very long for."""
    if not _SUSPICIOUS.search(expression.pattern):
        return None
    try:
        if not is_slow(build(expression, counted=False)):
            return None
        return Guard(build(expression, counted=True))
    except (UnsupportedError, RecursionError):
        return None


def _as_bits(states: Iterable[int]) -> int:
    bits = 0
    for state in states:
        bits |= 1 << state
    return bits
