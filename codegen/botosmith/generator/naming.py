"""Python identifiers from the names of a model, and the resolution of clashes.

Every identifier that reaches a template is one of the `str` subclasses here: their
constructors clean names up, so a template never gets a raw name. Attributes and
functions follow botocore's `xform_name`, the names that boto3 users know.
"""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Callable, Hashable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Self, TypeVar

from botocore import xform_name

#: A file's name has 255 bytes at most, including suffixes of compilers and editors.
_LONGEST_MODULE = 150

_NO_IDENTIFIER = re.compile(r"[^0-9A-Za-z_]+")


# Many structures have members of the same names, and each name is used several times.
@lru_cache(maxsize=16_384)
def _snake(raw: str, *, otherwise: str) -> str:
    """Return lower-case words joined by single underscores, or `otherwise` for none."""
    parts = [part for part in _NO_IDENTIFIER.sub("_", raw).split("_") if part]
    if not parts:
        return otherwise
    # xform_name does not change a name that has an underscore already.
    is_plain = raw.isascii() and raw.isalnum()
    name = xform_name(raw) if is_plain else "_".join(map(xform_name, parts))
    return f"{otherwise}_{name.lower()}" if name[0].isdigit() else name.lower()


def _without_keyword(name: str) -> str:
    return f"{name}_" if keyword.iskeyword(name) else name


class FieldName(str):
    """An attribute, and the parameter of the same name."""

    __slots__ = ()

    def __new__(cls, raw: str) -> Self:
        """Clean up a raw name."""
        return super().__new__(cls, _without_keyword(_snake(raw, otherwise="member")))


class FunctionName(str):
    """An operation's function and method."""

    __slots__ = ()

    def __new__(cls, raw: str) -> Self:
        """Clean up a raw name."""
        name = _without_keyword(_snake(raw, otherwise="operation"))
        return super().__new__(cls, name)


class ModuleName(str):
    """A module of the generated package."""

    __slots__ = ()

    def __new__(cls, raw: str) -> Self:
        """Clean up a raw name, and cut it to the length of a file's name."""
        name = _without_keyword(_snake(raw, otherwise="shape"))
        return super().__new__(cls, name[:_LONGEST_MODULE])


class ClassName(str):
    """A structure's, enum's or error's class: the shape's own name."""

    __slots__ = ()

    def __new__(cls, raw: str) -> Self:
        """Clean up a raw name."""
        parts = [part for part in _NO_IDENTIFIER.sub("_", raw).split("_") if part]
        name = "".join(part[0].upper() + part[1:] for part in parts) or "Shape"
        if name[0].isdigit():
            name = f"Shape{name}"
        return super().__new__(cls, _without_keyword(name))


class EnumMemberName(str):
    """A value of an enum, in upper case."""

    __slots__ = ()

    def __new__(cls, raw: str) -> Self:
        """Clean up a raw name."""
        return super().__new__(cls, _snake(raw, otherwise="value").upper())


Key = TypeVar("Key", bound=Hashable)
Name = TypeVar("Name", FieldName, FunctionName, ModuleName, ClassName, EnumMemberName)


def assign(
    kind: type[Name],
    *tiers: Mapping[Key, str],
    reserved: frozenset[str] = frozenset(),
    kept: Mapping[Key, str] = MappingProxyType({}),
) -> dict[Key, Name]:
    """Return an identifier of its own for each raw name, independent of their order.

    A reserved name takes a trailing underscore. If several raw names give the same
    identifier, the first in rank has it and the others are numbered from 2. Earlier
    tiers rank first; within a tier, raw names that are identifiers already, then the
    alphabet. `kept` prevents that a new name changes the identifier of an older one.

    Args:
        kind: The class of the identifiers.
        tiers: The model's names, by the thing that they name.
        reserved: Identifiers that mean something else in the same place.
        kept: Identifiers of an earlier version, which are kept.
    """
    raws = {key: raw for tier in tiers for key, raw in tier.items()}
    assigned: dict[Key, Name] = {
        key: _as_it_is(kind, kept[key])
        for key in raws
        if key in kept and kept[key] not in reserved
    }
    taken: set[str] = {*reserved, *assigned.values()}
    for tier in tiers:
        for key in sorted(tier.keys() - assigned.keys(), key=_rank(kind, tier)):
            assigned[key] = _find_free(kind, tier[key], reserved, taken)
            taken.add(assigned[key])
    return {key: assigned[key] for key in raws}


def _rank(
    kind: type[Name], tier: Mapping[Key, str]
) -> Callable[[Key], tuple[bool, str, str]]:
    return lambda key: (tier[key] != kind(tier[key]), tier[key], repr(key))


def _find_free(
    kind: type[Name], raw: str, reserved: frozenset[str], taken: set[str]
) -> Name:
    first = kind(raw)
    name = f"{first}_" if first in reserved else str(first)
    number = 1
    while name in taken:
        number += 1
        name = f"{first}_{number}"
    return _as_it_is(kind, name)


def _as_it_is(kind: type[Name], name: str) -> Name:
    # The name is clean; the constructor would drop a trailing underscore.
    return str.__new__(kind, name)


def is_identifier(name: str) -> bool:
    """Return whether a name is an identifier that Python reads as it is written."""
    is_plain = unicodedata.is_normalized("NFKC", name) and name.isidentifier()
    return is_plain and not keyword.iskeyword(name)


def package_name(service_name: str) -> str:
    """Return the package of a service: its botocore name with underscores."""
    return _without_keyword(re.sub(r"[^0-9a-z]+", "_", service_name.lower()))
