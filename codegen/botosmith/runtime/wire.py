"""What the model says of a member, beside its type in the annotation (PEP 593).

A generated class carries straight-line wire code for the hot path; whatever walks
objects by their definition instead (validation, repr, `to_boto3`, `from_boto3`)
reads these descriptions. Until something does, they are but text: no import runs them,
and mypy passes them over. The type names are botocore's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from inspect import get_annotations
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from botosmith.runtime.openenum import OpenEnum
    from botosmith.runtime.structure import Structure as StructureClass


@attrs.define(eq=False)
class Boolean:
    """True or False."""


@attrs.define(eq=False)
class Timestamp:
    """An instant; a naive datetime counts as UTC, as in botocore."""

    format: str = "unixtimestamp"


@attrs.define(eq=False)
class Document:
    """Any JSON value (Smithy's document type)."""


@attrs.define(eq=False)
class Body:
    """A request's body: bytes, or what they can be read from."""


@attrs.define(eq=False)
class Octets:
    """Bytes, or text; one of botocore's handlers encodes them."""


@attrs.define(eq=False)
class Stream:
    """A reply's body, read as it comes."""


@attrs.define(eq=False)
class Integer:
    """A whole number between inclusive bounds."""

    min: int | None = None
    max: int | None = None


@attrs.define(eq=False)
class Float:
    """A number between inclusive bounds."""

    min: float | None = None
    max: float | None = None


@attrs.define(eq=False)
class String:
    """Text; the bounds count its characters."""

    min: int | None = None
    max: int | None = None
    pattern: str | None = None


@attrs.define(eq=False)
class Enum:
    """One of the values of an open enum, or a newer one; the bounds are as of text."""

    enum: type[OpenEnum]
    min: int | None = None
    max: int | None = None


@attrs.define(eq=False)
class Blob:
    """Bytes; the bounds count them."""

    min: int | None = None
    max: int | None = None


@attrs.define(eq=False)
class List:
    """A list; the bounds count its items, and a sparse one may hold None."""

    member: Type
    min: int | None = None
    max: int | None = None
    sparse: bool = False


@attrs.define(eq=False)
class Map:
    """A dictionary; the bounds count its keys, and a sparse one may hold None."""

    key: Type
    value: Type
    min: int | None = None
    max: int | None = None
    sparse: bool = False


@attrs.define(eq=False)
class Structure:
    """A generated class, or a function that returns it where it is defined later."""

    target: type[StructureClass] | Callable[[], type[StructureClass]]

    @property
    def structure(self) -> type[StructureClass]:
        """The generated class itself."""
        return self.target if isinstance(self.target, type) else self.target()


@attrs.define(eq=False)
class Events(Structure):
    """A stream of events, each an object of the generated class."""


Type = (
    Boolean
    | Timestamp
    | Document
    | Body
    | Octets
    | Stream
    | Integer
    | Float
    | String
    | Enum
    | Blob
    | List
    | Map
    | Structure
    | Events
)


@attrs.define(eq=False)
class Member:
    """A member's name and type, and the traits that matter at run time.

    Attributes:
        name: The member's name in the model, which is its name in botocore.
        type: Its type, with its constraints.
        wire_name: Its name on the wire, where the model gives another one.
        sensitive: Whether its value is masked wherever an object is printed.
        deprecated: What to do instead, when the model calls the member deprecated.
        token: Whether it is an idempotency token, filled in when left out.
        location: Where a request or reply has it outside the body.
    """

    name: str
    type: Type
    wire_name: str
    sensitive: bool = False
    deprecated: str | None = None
    token: bool = False
    location: str | None = None


def member(  # noqa: PLR0913 - a trait each, in the model's order
    name: str,
    type: Type,  # noqa: A002 - the word that the model uses
    *,
    wire_name: str | None = None,
    sensitive: bool = False,
    deprecated: str | None = None,
    token: bool = False,
    location: str | None = None,
) -> Member:
    """Describe a member, in the annotation of its attribute.

    Args:
        name: The member's name in the model.
        type: Its type.
        wire_name: Its name on the wire when that is not `name`.
        sensitive: Whether its value is masked wherever an object is printed.
        deprecated: What to do instead, for a deprecated member.
        token: Whether it is an idempotency token.
        location: Where it is outside the body: `uri`, `querystring`, `header`,
            `headers` or `statusCode`.
    """
    if wire_name is None:
        wire_name = name
    return Member(name, type, wire_name, sensitive, deprecated, token, location)


@attrs.define(eq=False)
class Field:
    """A member together with the attribute that holds it."""

    attribute: str
    member: Member
    required: bool = False


@cache
def fields(structure: Any) -> tuple[Field, ...]:
    """The members of a generated class in the model's order.

    Raises:
        TypeError: It is no generated class.
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
    # Wire code marks what was generated. What a user's own subclass adds is no member,
    # and may be of types that are there for type checkers alone.
    generated = [cls for cls in structure.__mro__ if "_from_wire" in vars(cls)]
    return {
        attribute: part
        for cls in generated
        # Without regard to what the attributes of the class itself hide.
        for attribute, annotation in get_annotations(
            cls, locals={}, eval_str=True
        ).items()
        for part in getattr(annotation, "__metadata__", ())
        if isinstance(part, Member)
    }


def members(structure: Any) -> Mapping[str, Field]:
    """The members of a generated class by their names in the model; none of others."""
    return _members(structure)


@cache
def _members(structure: Any) -> Mapping[str, Field]:
    if not attrs.has(structure):
        return {}
    return {field.member.name: field for field in fields(structure)}


def may_hold_secrets(type_: Type) -> bool:
    """Whether values of a type may have sensitive members somewhere below them."""
    return any(has_secrets(structure) for structure in _structures(type_))


@cache
def has_secrets(structure: type[StructureClass]) -> bool:
    """Whether a generated class has sensitive members, of its own or below."""
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
