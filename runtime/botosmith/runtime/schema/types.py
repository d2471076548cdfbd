"""The types of members, by botocore's names, with their constraints."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from botosmith.runtime.objects.open_enum import OpenEnum
    from botosmith.runtime.objects.structure import Structure as StructureClass


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
