"""Wire code for the direction in which a class has none, by its members' descriptions.

A request is written and a reply is read, for which there is straight-line code. Whoever
reads a request or writes a reply waits a little longer, and gets the same: the values,
`Refused` and `Mismatch`, and warnings of what is deprecated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any, TypeVar

import attrs

from botosmith.runtime import read, wire, write
from botosmith.runtime.decoder import READERS, READERS_FROM_TEXT
from botosmith.runtime.deprecation import warn_deprecated
from botosmith.runtime.structure import Structure, Union

S = TypeVar("S", bound=Structure)

Reader = Callable[[Any], Any]
Writer = Callable[[Any], Any]


def to_wire(value: Structure) -> dict[str, Any]:
    """The document of an object.

    Raises:
        Refused: A value may not be sent.
    """
    structure = _generated(type(value))
    data: dict[str, Any] = {}
    for written in _list_written(structure):
        item = getattr(value, written.attribute)
        if item is None and not written.required:
            continue
        if written.advice is not None:
            subject = f"{structure.__name__}.{written.attribute}"
            warn_deprecated(subject, written.advice)
        data[written.key] = written.write(item)
    if isinstance(value, Union):
        return find_form(structure).write_union(data, value.sdk_unknown_member)
    return data


def from_wire(structure: type[S], data: dict[str, Any]) -> S:
    """The object of a document.

    Raises:
        Mismatch: A value is not of its member's type.
    """
    generated = _generated(structure)
    made = structure.__new__(structure)
    for attribute, key, reader in _list_read(generated):
        setattr(made, attribute, reader(data.get(key)))
    if isinstance(made, Union):
        made.sdk_unknown_member = find_form(generated).read_union(made, data)
    return made


def _generated(structure: type[Structure]) -> type[Structure]:
    """The generated class itself, of which a user's own subclass changes nothing."""
    return next(filter(wire.is_generated, structure.__mro__), structure)


@attrs.frozen(eq=False)
class _Written:
    """A member as it is written."""

    attribute: str
    key: str
    required: bool
    advice: str | None
    write: Writer


@cache
def _list_written(structure: Any) -> tuple[_Written, ...]:
    form = find_form(structure)
    return tuple(
        _Written(
            field.attribute,
            form.key(field.member),
            field.required,
            field.member.deprecated,
            form.writer(field.member.type),
        )
        for field in wire.fields(structure)
    )


@cache
def _list_read(structure: Any) -> tuple[tuple[str, str, Reader], ...]:
    form = find_form(structure)
    return tuple(
        (field.attribute, form.key(field.member), form.reader(field.member.type))
        for field in wire.fields(structure)
    )


_JSON_WRITERS: Mapping[type[wire.Type], Callable[..., Any]] = {
    wire.String: write.string,
    wire.Enum: write.string,
    wire.Integer: write.integer,
    wire.Float: write.number,
    wire.Boolean: write.boolean,
    wire.Timestamp: write.timestamp,
    wire.Blob: write.blob,
    wire.Document: write.document,
    wire.Octets: write.octets,
    wire.Body: write.body,
    wire.Stream: write.stream,
}


@attrs.frozen(eq=False)
class _Form:
    """The form of a protocol's documents; `generator.plan.form` has the same for code.

    Attributes:
        writers: What writes each type, given the bounds that it has.
        timestamp_writers: The same for the formats that the model may ask for.
        readers: What reads each type.
        by_name: Whether members go by their names in the model, not on the wire.
        write_union: Sees to the choice of a union that is written.
        read_union: Sees to that of one that is read.
    """

    writers: Mapping[type[wire.Type], Callable[..., Any]]
    timestamp_writers: Mapping[str, Writer]
    readers: Mapping[type[wire.Type], Reader]
    by_name: bool
    write_union: Callable[..., dict[str, Any]]
    read_union: Callable[..., Any]

    def key(self, member: wire.Member) -> str:
        """What a document calls a member."""
        return member.name if self.by_name else member.wire_name

    def writer(  # noqa: PLR0911 - one for each kind of type
        self, type_: wire.Type
    ) -> Writer:
        """What writes a value of a type."""
        match type_:
            case wire.Events():
                return write.events
            case wire.Structure():
                return partial(write.structure, expected=type_.structure)
            case wire.List():
                return self._list_writer(type_)
            case wire.Map():
                return self._map_writer(type_)
            case wire.Timestamp():
                plain = self.writers[wire.Timestamp]
                return self.timestamp_writers.get(type_.format.lower(), plain)
            case (
                wire.String()
                | wire.Enum()
                | wire.Integer()
                | wire.Float()
                | wire.Blob()
            ):
                return partial(self.writers[type(type_)], **_bounds(type_))
            case _:
                return self.writers[type(type_)]

    def _list_writer(self, type_: wire.List) -> Writer:
        bounds = _bounds(type_)
        item = self._part_writer(type_.member, sparse=type_.sparse)
        return lambda value: [item(one) for one in write.array(value, **bounds)]

    def _map_writer(self, type_: wire.Map) -> Writer:
        bounds = _bounds(type_)
        key = self.writer(type_.key)
        item = self._part_writer(type_.value, sparse=type_.sparse)
        return lambda value: {
            key(name): item(one) for name, one in write.mapping(value, **bounds)
        }

    def _part_writer(self, type_: wire.Type, *, sparse: bool) -> Writer:
        writer = self.writer(type_)
        return (lambda one: None if one is None else writer(one)) if sparse else writer

    def reader(self, type_: wire.Type) -> Reader:
        """What reads a value of a type."""
        match type_:
            case wire.Events():
                return partial(read.events, type_.structure)
            case wire.Structure():
                return type_.structure._read
            case wire.Enum():
                return type_.enum._read
            case wire.List():
                return partial(read.list_of, self.reader(type_.member))
            case wire.Map():
                # A key is text, whichever type it has.
                is_enum = isinstance(type_.key, wire.Enum)
                key = self.reader(type_.key) if is_enum else read.string
                return partial(read.map_of, self.reader(type_.value), key=key)
            case _:
                return self.readers[type(type_)]


def _bounds(
    type_: (
        wire.String
        | wire.Enum
        | wire.Integer
        | wire.Float
        | wire.Blob
        | wire.List
        | wire.Map
    ),
) -> dict[str, Any]:
    bounds = {"minimum": type_.min, "maximum": type_.max}
    return {name: bound for name, bound in bounds.items() if bound is not None}


_JSON = _Form(
    writers=_JSON_WRITERS,
    timestamp_writers={
        "iso8601": write.timestamp_iso8601,
        "rfc822": write.timestamp_rfc822,
    },
    readers=READERS,
    by_name=False,
    write_union=write.union,
    read_union=read.unknown_member,
)

_REST_JSON = attrs.evolve(_JSON, readers=READERS_FROM_TEXT)

_PLAIN = _Form(
    writers={
        **_JSON_WRITERS,
        wire.Float: write.real,
        wire.Timestamp: write.instant,
        wire.Blob: write.binary,
    },
    timestamp_writers={},
    readers=READERS,
    by_name=True,
    write_union=write.parameter_union,
    read_union=read.unknown_parameter,
)

_FORMS = {"json": _JSON, "rest-json": _REST_JSON}


def find_form(structure: type[Structure], *, by_name: bool = False) -> _Form:
    """Find the form of a class's documents, or by the names of the model."""
    return _PLAIN if by_name else _FORMS.get(structure._protocol, _PLAIN)
