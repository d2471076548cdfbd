"""The members of a generated class."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from inspect import get_annotations
from typing import TYPE_CHECKING, Any

import attrs

from botosmith.runtime.schema.hints import type_of
from botosmith.runtime.schema.traits import Description, Field, Member
from botosmith.runtime.schema.types import List, Map, Structure, Type

if TYPE_CHECKING:
    from botosmith.runtime.objects.structure import Structure as StructureClass

_BASES = "botosmith.runtime.objects.structure"


@cache
def fields(structure: Any) -> tuple[Field, ...]:
    """Return the members of a generated class in the model's order.

    Raises:
        TypeError: It is not a generated class.
    """
    if not isinstance(structure, type) or not attrs.has(structure):
        msg = f"expected an object of a generated class, not one of {structure!r}"
        raise TypeError(msg)
    described = _read_annotations(structure)
    return tuple(
        Field(
            attribute.name,
            described[attribute.name],
            attribute.default is attrs.NOTHING,
        )
        for attribute in attrs.fields(structure)
        if attribute.name in described
    )


def _read_annotations(structure: type) -> Mapping[str, Member]:
    """The members that annotations describe, by their attributes."""
    # Attributes of a user's own subclass are not members, and their types may exist
    # for type checkers alone.
    return {
        attribute: _read_annotation(annotation, part)
        for cls in filter(is_generated, structure.__mro__)
        # Without regard to what the attributes of the class itself hide.
        for attribute, annotation in get_annotations(
            cls, locals={}, eval_str=True
        ).items()
        for part in getattr(annotation, "__metadata__", ())
        if isinstance(part, Member | Description)
    }


def _read_annotation(annotation: Any, part: Member | Description) -> Member:
    if isinstance(part, Member):
        return part
    return part.make(type_of(annotation.__origin__, part.rules))


def is_generated(cls: type) -> bool:
    """Return whether a class is right below a base, as users' subclasses are not."""
    parents = {base.__module__ for base in cls.__bases__}
    return _BASES in parents and cls.__module__ != _BASES


def members(structure: Any) -> Mapping[str, Field]:
    """The members of a generated class by their names in the model; none of others."""
    return _members(structure)


@cache
def _members(structure: Any) -> Mapping[str, Field]:
    if not attrs.has(structure):
        return {}
    return {field.member.name: field for field in fields(structure)}


def may_hold_secrets(type_: Type) -> bool:
    """Return whether values of a type may have sensitive members below them."""
    return any(has_secrets(structure) for structure in _structures(type_))


@cache
def has_secrets(structure: type[StructureClass]) -> bool:
    """Return whether a generated class has sensitive members, of its own or below."""
    seen, left = {structure}, [structure]
    while left:
        for field in fields(left.pop()):
            if field.member.sensitive:
                return True
            new = _structures(field.member.type) - seen
            seen |= new
            left.extend(new)
    return False


def _structures(type_: Type) -> set[type[StructureClass]]:
    match type_:
        case Structure():
            return {type_.structure}
        case List():
            return _structures(type_.member)
        case Map():
            return _structures(type_.key) | _structures(type_.value)
        case _:
            return set()
