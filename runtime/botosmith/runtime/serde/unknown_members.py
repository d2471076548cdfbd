"""Return whether a document holds names that no member has.

Readers pass over such names, as they must for a service that is newer than the model.
This walk looks at names alone, so that it takes a part of the time of reading.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from botosmith.runtime import schema
from botosmith.runtime.objects.structure import Structure, Union
from botosmith.runtime.serde.depth import TooDeep, go_deeper

_Look = Callable[[Any], bool]


def has_unknown_names(structure: type[Structure], data: Any) -> bool:
    """Return whether a key of a document, at any level, is not a member's wire name.

    Args:
        structure: The generated class that has read the document.
        data: The document.
    """
    return _find_look(structure)(data)


@cache
def _find_look(structure: Any) -> _Look:
    """Return the look at a document of one class."""
    fields = schema.fields(structure)
    # `__type` is the protocol's own, which botocore's parser passes over too.
    known = frozenset({field.member.wire_name for field in fields}) | {"__type"}
    # A union keeps the member that is new to the model.
    is_open = issubclass(structure, Union)
    below = [
        (field.member.wire_name, look)
        for field in fields
        if (look := _make_look(field.member.type)) is not None
    ]

    def look_at(data: dict[str, Any]) -> bool:
        if not (is_open or known.issuperset(data)):
            return True
        for name, look in below:
            value = data.get(name)
            if value is not None and look(value):
                return True
        return False

    return look_at


def _look_later(structure: type[Structure]) -> _Look:
    def look_at(data: Any) -> bool:
        look = _find_look(structure)  # not before, as a class may hold itself
        try:
            return look(data)
        except TooDeep:
            raise
        except RecursionError:
            return go_deeper(look, data)

    return look_at


def _make_look(type_: schema.Type) -> _Look | None:
    match type_:
        case schema.Events():
            return None
        case schema.Structure():
            return _look_later(type_.structure)
        case schema.List():
            return _each(type_.member, lambda items: items)
        case schema.Map():
            return _each(type_.value, lambda entries: entries.values())
        case _:
            return None


def _each(type_: schema.Type, items_of: Callable[[Any], Any]) -> _Look | None:
    look = _make_look(type_)
    if look is None:
        return None

    def look_at(value: Any) -> bool:
        for one in items_of(value):  # noqa: SIM110 - in two thirds of any()'s time
            if one is not None and look(one):
                return True
        return False

    return look_at
