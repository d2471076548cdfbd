"""Strings of a length, of a pattern, of an enum."""

from __future__ import annotations

import math
from functools import cache

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from botosmith.runtime.serde.pattern import compile_pattern, matches
from botosmith.testing.pattern import read_pattern
from botosmith.testing.strategies.match import letters, matching

#: The length of a string beyond its minimum, edge values aside.
_SPARE = 12

#: Up to this length, a string of the maximum is among the edge values.
_LONGEST = 256

_LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"

#: A pattern that takes these takes everything, but perhaps the ends of lines.
_PROBE = "aZ0 é日😀\"'\\{}%/:-_.,;#\x00\x7f" * 3
_PROBES = (_PROBE, "a" * len(_PROBE))


@cache
def strings(
    minimum: int, maximum: int | None, pattern: str | None
) -> SearchStrategy[str]:
    """Strings of a length, and of a pattern where Python can read it."""
    limit = math.inf if maximum is None else maximum
    if pattern is None:
        return _plain(minimum, limit, st.characters(codec="utf-8"))
    if _is_free(pattern, minimum, limit):
        alphabet = st.characters(codec="utf-8", exclude_characters=_LINE_ENDS)
        drawn = _plain(minimum, limit, alphabet)
        return drawn.filter(lambda text: matches(pattern, text))
    tree = read_pattern(pattern)
    if tree is not None:
        return matching(pattern, tree, minimum, limit)
    return letters(minimum, limit)


@cache
def enum_values(
    values: tuple[str, ...], minimum: int, maximum: int | None
) -> SearchStrategy[str]:
    """Values of an enum, and a third of the time one from the future."""
    known = st.sampled_from(values)
    first = values[0]
    longest = math.inf if maximum is None else maximum
    future = [
        value
        for value in (f"{first}.v2", first.swapcase(), "FutureValue", "日本", "", " ")
        if value not in values and minimum <= len(value) <= longest
    ]
    return st.one_of(known, known, st.sampled_from(future)) if future else known


def _plain(
    minimum: int, limit: float, alphabet: SearchStrategy[str]
) -> SearchStrategy[str]:
    longest = int(min(limit, minimum + _SPARE))
    drawn = st.text(alphabet, min_size=minimum, max_size=longest)
    lengths = _edge_lengths(minimum, limit)
    edges = [char * length for length in lengths for char in ("a", "é", "😀")]
    return st.one_of(drawn, drawn, st.sampled_from(edges))


def _edge_lengths(minimum: int, limit: float) -> list[int]:
    return sorted({minimum, int(min(limit, max(minimum, _LONGEST)))})


def _is_free(pattern: str, minimum: int, limit: float) -> bool:
    """Return whether a pattern leaves a text's characters and length open."""
    if compile_pattern(pattern) is None:
        return False
    edges = ["a" * length for length in _edge_lengths(minimum, limit)]
    return all(matches(pattern, text) for text in [*_PROBES, *edges])
