"""The type of a member by its annotation, which says it to type checkers as well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import NoneType, UnionType
from typing import Any, get_args, get_origin

from botosmith.runtime.openenum import OpenEnum
from botosmith.runtime.wire.type import (
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

_SCALARS: Mapping[type, type[Type]] = {
    bool: Boolean,
    bytes: Blob,
    datetime: Timestamp,
    float: Float,
    int: Integer,
    str: String,
}


def type_of(hint: Any, bounds: Mapping[str, Any]) -> Type:
    """The type that an annotation says.

    Args:
        hint: The annotation as an object, such as `Sequence[Tag] | None`.
        bounds: The bounds that a value of it has.
    """
    # Text is an alternative where enums are meant, which stand before it.
    hint, *_ = [one for one in _alternatives(hint) if one is not NoneType]
    origin, parts = get_origin(hint), get_args(hint)
    if origin in {list, Sequence}:
        [item] = parts
        return List(type_of(item, {}), **bounds)
    if origin in {dict, Mapping}:
        key, value = parts
        return Map(type_of(key, {}), type_of(value, {}), **bounds)
    if hint in _SCALARS:
        return _SCALARS[hint](**bounds)
    return Enum(hint, **bounds) if issubclass(hint, OpenEnum) else Structure(hint)


def _alternatives(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if isinstance(hint, UnionType) else (hint,)
