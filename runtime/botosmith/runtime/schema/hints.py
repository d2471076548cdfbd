"""The type of a member by its annotation, which says it to type checkers as well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import NoneType, UnionType
from typing import Any, get_args, get_origin

from botosmith.runtime.objects.open_enum import OpenEnum
from botosmith.runtime.schema.types import (
    Blob,
    Boolean,
    Enum,
    Float,
    Integer,
    List,
    Map,
    String,
    Structure,
    Timestamp,
    Type,
)

#: True is an integer, too, so bool goes first.
_SCALARS: Mapping[type, type[Type]] = {
    bool: Boolean,
    bytes: Blob,
    datetime: Timestamp,
    float: Float,
    int: Integer,
    str: String,
}


def type_of(hint: Any, rules: Mapping[str, Any]) -> Type:
    """The type that an annotation says.

    Args:
        hint: The annotation as an object, such as `Sequence[Tag] | None`.
        rules: The bounds and the pattern of its values.
    """
    # Text is an alternative where enums are meant, which stand before it.
    hint, *_ = [one for one in _alternatives(hint) if one is not NoneType]
    origin, parts = get_origin(hint), get_args(hint)
    if origin in {list, Sequence}:
        [item] = parts
        return List(type_of(item, {}), **rules)
    if origin in {dict, Mapping}:
        key, value = parts
        return Map(type_of(key, {}), type_of(value, {}), **rules)
    if issubclass(hint, OpenEnum):
        return Enum(hint, **rules)
    for scalar, type_ in _SCALARS.items():
        # Compared by name: freezegun and the like put classes in the place of datetime.
        if issubclass(hint, scalar):
            return type_(**rules)
    return Structure(hint)


def _alternatives(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if isinstance(hint, UnionType) else (hint,)
