"""A look at the form of values, without the rules that validation knows."""

from __future__ import annotations

from typing import Any

from botosmith.runtime.schema.types import (
    Body,
    Document,
    Events,
    List,
    Map,
    Octets,
    Stream,
    Structure,
    Type,
)

_ANYTHING = (Body, Document, Events, Octets, Stream)


def has_form(type_: Type, value: Any) -> bool:
    """Return whether a value has objects, lists and maps where its type has them.

    In another place, such as a dictionary where a generated class is meant, a value may
    hold what sensitive members should hold.
    """
    from botosmith.runtime.objects.structure import Structure as StructureClass
    from botosmith.runtime.serde.writers import is_list, is_map

    match type_:
        case Structure() if not isinstance(type_, Events):
            return value is None or isinstance(value, StructureClass)
        case List():
            return is_list(value) and all(
                has_form(type_.member, item) for item in value
            )
        case Map():
            return is_map(value) and all(
                has_form(type_.value, item) for item in value.values()
            )
        case _:
            is_open = isinstance(type_, _ANYTHING)
            return is_open or not isinstance(
                value, (list, tuple, dict, set, frozenset, StructureClass)
            )
