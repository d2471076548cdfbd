"""Sets of characters, as sorted and disjoint ranges of code points, both inclusive."""

from __future__ import annotations

import sys
from bisect import bisect_right

Ranges = tuple[tuple[int, int], ...]

EVERYTHING: Ranges = ((0, sys.maxunicode),)

#: Between upper and lower case in ASCII.
_CASE = ord("a") - ord("A")


def unite(*sets: Ranges) -> Ranges:
    """Return the characters that are in any of some sets."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(pair for ranges in sets for pair in ranges):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return tuple(joined)


def invert(ranges: Ranges) -> Ranges:
    """Return the characters that are not in a set."""
    gaps: list[tuple[int, int]] = []
    after = 0
    for first, last in ranges:
        if first > after:
            gaps.append((after, first - 1))
        after = last + 1
    if after <= sys.maxunicode:
        gaps.append((after, sys.maxunicode))
    return tuple(gaps)


def intersect(left: Ranges, right: Ranges) -> Ranges:
    """Return the characters that are in both of two sets."""
    return invert(unite(invert(left), invert(right)))


def overlap(left: Ranges, right: Ranges) -> bool:
    """Return whether two sets have a character in common."""
    few, many = sorted((left, right), key=len)
    for first, last in few:
        index = bisect_right(many, (last, sys.maxunicode))
        if index > 0 and many[index - 1][1] >= first:
            return True
    return False


def contains(ranges: Ranges, code: int) -> bool:
    """Return whether a character is in a set."""
    index = bisect_right(ranges, (code, sys.maxunicode))
    return index > 0 and code <= ranges[index - 1][1]


def ignore_case(ranges: Ranges) -> Ranges:
    """Return a set with the other case of its ASCII letters."""
    upper = intersect(ranges, ((ord("A"), ord("Z")),))
    lower = intersect(ranges, ((ord("a"), ord("z")),))
    return unite(
        ranges,
        tuple((first + _CASE, last + _CASE) for first, last in upper),
        tuple((first - _CASE, last - _CASE) for first, last in lower),
    )


def characters(text: str) -> Ranges:
    """Return the set of the characters of a text."""
    return unite(tuple((ord(char), ord(char)) for char in text))


def write_class(ranges: Ranges, *, negated: bool = False) -> str:
    """Return the class in brackets by which Python knows a set, or its complement."""
    if not ranges:
        # Python has no empty class.
        return write_class(EVERYTHING, negated=not negated)
    parts = [
        (
            write_character(first)
            if first == last
            else f"{write_character(first)}-{write_character(last)}"
        )
        for first, last in ranges
    ]
    return f"[{'^' if negated else ''}{''.join(parts)}]"


def write_character(code: int) -> str:
    """Return a character as Python reads it inside and outside of classes."""
    char = chr(code)
    if char.isascii() and char.isalnum():
        return char
    if code <= 0xFF:  # noqa: PLR2004 - the most that \x can say
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004
