r"""The sets of characters that `\p{...}` names, and others with a letter of their own.

Categories come from Python's `unicodedata`, so that they are those of its version of
Unicode. Scripts and blocks (`\p{IsLatin}`, `\p{InGreek}`) are not in there.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from functools import cache
from itertools import groupby
from unicodedata import category

from botosmith.runtime.serde.pattern.alphabetic import list_other_alphabetic
from botosmith.runtime.serde.pattern.charset import (
    EVERYTHING,
    Ranges,
    characters,
    intersect,
    invert,
    unite,
)
from botosmith.runtime.serde.pattern.error import UnsupportedError

#: The escapes that name a set, by their lower-case letter. `\h` and `\v` are Java's.
ESCAPES: dict[str, Ranges] = {
    "d": ((0x30, 0x39),),
    "w": ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)),
    "s": ((0x09, 0x0D), (0x20, 0x20)),
    "h": unite(
        characters("\t \xa0\u1680\u180e\u202f\u205f\u3000"), ((0x2000, 0x200A),)
    ),
    "v": unite(characters("\x85\u2028\u2029"), ((0x0A, 0x0D),)),
}

_ASCII: Ranges = ((0, 0x7F),)
_VISIBLE: Ranges = ((0x21, 0x7E),)
_LETTERS: Ranges = ((0x41, 0x5A), (0x61, 0x7A))
_WHITE_SPACE = unite(
    ESCAPES["s"],
    characters("\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"),
    ((0x2000, 0x200A),),
)

#: POSIX's classes, which Java limits to ASCII, by Java's names.
_POSIX: dict[str, Ranges] = {
    "ASCII": _ASCII,
    "Alnum": unite(_LETTERS, ESCAPES["d"]),
    "Alpha": _LETTERS,
    "Blank": characters("\t "),
    "Cntrl": ((0, 0x1F), (0x7F, 0x7F)),
    "Digit": ESCAPES["d"],
    "Graph": _VISIBLE,
    "Lower": ((0x61, 0x7A),),
    "Print": ((0x20, 0x7E),),
    "Punct": intersect(_VISIBLE, invert(unite(_LETTERS, ESCAPES["d"]))),
    "Space": ESCAPES["s"],
    "Upper": ((0x41, 0x5A),),
    "XDigit": ((0x30, 0x39), (0x41, 0x46), (0x61, 0x66)),
}

#: The categories that a name stands for, each by its first letter or by both.
_CATEGORIES = {
    "LC": "Lu Ll Lt",
    "LD": "L Nd",
    "Letter": "L",
    "Mark": "M",
    "Number": "N",
    "Punctuation": "P",
    "Separator": "Z",
    "Symbol": "S",
    "Other": "C",
    "Control": "Cc",
    "Titlecase": "Lt",
    "Titlecase_Letter": "Lt",
    "Uppercase_Letter": "Lu",
    "Lowercase_Letter": "Ll",
    "Decimal_Number": "Nd",
    "Space_Separator": "Zs",
}

_CATEGORY = re.compile("[LMNPSZC][a-z]?")


#: The sets that Java replaces by all three if case is ignored.
_CASED = frozenset({"Lu", "Ll", "Lt", "lowercase", "uppercase"})


@cache
def find_property(name: str, *, ignore_case: bool) -> Ranges:
    r"""Return the characters of `\p{name}`; in all cases if case is ignored.

    Raises:
        UnsupportedError: Python has no data for it, or the property does not exist.
    """
    _, separator, value = name.rpartition("=")
    name = value if separator else name
    if name in _POSIX:
        return _POSIX[name]
    for short in (name, name.removeprefix("Is")):
        categories = _CATEGORIES.get(short, short)
        key = short.replace("_", "").lower()
        if ignore_case and not _CASED.isdisjoint((categories, key)):
            return find_category(_CATEGORIES["LC"])
        if all(map(_CATEGORY.fullmatch, categories.split())):
            found = find_category(categories)
            if found:
                return found
        make = _PROPERTIES.get(key)
        if make is not None:
            return make()
    raise UnsupportedError


@cache
def find_category(names: str) -> Ranges:
    """Return the characters of some of Unicode's general categories."""
    wanted = tuple(names.split())
    ranges = _list_categories()
    return unite(*(ranges[name] for name in ranges if name.startswith(wanted)))


@cache
def _list_categories() -> dict[str, Ranges]:
    """Return the characters of every category; takes 0.1 s, so once for all."""
    found: dict[str, list[tuple[int, int]]] = {}
    first = 0
    for name, run in groupby(map(category, map(chr, range(sys.maxunicode + 1)))):
        after = first + sum(1 for _ in run)
        found.setdefault(name, []).append((first, after - 1))
        first = after
    return {name: tuple(ranges) for name, ranges in found.items()}


def _find(is_in: Callable[[str], bool]) -> Ranges:
    codes = range(sys.maxunicode + 1)
    return unite(tuple((code, code) for code in codes if is_in(chr(code))))


#: Properties of Unicode, by their names without case and underscores.
_PROPERTIES: dict[str, Callable[[], Ranges]] = {
    "all": lambda: EVERYTHING,
    "any": lambda: EVERYTHING,
    "l1": lambda: ((0, 0xFF),),
    "ascii": lambda: _ASCII,
    "alnum": lambda: unite(_PROPERTIES["alphabetic"](), find_category("Nd")),
    "alphabetic": lambda: unite(find_category("L Nl"), list_other_alphabetic()),
    "digit": lambda: find_category("Nd"),
    "assigned": lambda: invert(find_category("Cn")),
    "lowercase": lambda: _find(str.islower),
    "uppercase": lambda: _find(str.isupper),
    "whitespace": lambda: _WHITE_SPACE,
}
