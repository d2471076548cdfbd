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

from botosmith.runtime import schema
from botosmith.runtime.objects.deprecation import warn_deprecated
from botosmith.runtime.objects.structure import Structure, Union
from botosmith.runtime.serde import readers, writers
from botosmith.runtime.serde.diagnosis import READERS, READERS_FROM_TEXT

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
    return next(filter(schema.is_generated, structure.__mro__), structure)


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
        for field in schema.fields(structure)
    )


@cache
def _list_read(structure: Any) -> tuple[tuple[str, str, Reader], ...]:
    form = find_form(structure)
    return tuple(
        (field.attribute, form.key(field.member), form.reader(field.member.type))
        for field in schema.fields(structure)
    )


_JSON_WRITERS: Mapping[type[schema.Type], Callable[..., Any]] = {
    schema.String: writers.string,
    schema.Enum: writers.string,
    schema.Integer: writers.integer,
    schema.Float: writers.number,
    schema.Boolean: writers.boolean,
    schema.Timestamp: writers.timestamp,
    schema.Blob: writers.blob,
    schema.Document: writers.document,
    schema.Octets: writers.octets,
    schema.Body: writers.body,
    schema.Stream: writers.stream,
}


@attrs.frozen(eq=False)
class _WireFormat:
    """The form of a protocol's documents; `generator.plan.form` has the same for code.

    Attributes:
        writers: What writes each type, given the bounds that it has.
        timestamp_writers: The same for the formats that the model may ask for.
        readers: What reads each type.
        by_name: Whether members go by their names in the model, not on the wire.
        write_union: Sees to the choice of a union that is written.
        read_union: Sees to that of one that is read.
    """

    writers: Mapping[type[schema.Type], Callable[..., Any]]
    timestamp_writers: Mapping[str, Writer]
    readers: Mapping[type[schema.Type], Reader]
    by_name: bool
    write_union: Callable[..., dict[str, Any]]
    read_union: Callable[..., Any]

    def key(self, member: schema.Member) -> str:
        """Return a document's key for a member."""
        return member.name if self.by_name else member.wire_name

    def writer(  # noqa: PLR0911 - one for each kind of type
        self, type_: schema.Type
    ) -> Writer:
        """Return the writer of a type's values."""
        match type_:
            case schema.Events():
                return writers.events
            case schema.Structure():
                return partial(writers.structure, expected=type_.structure)
            case schema.List():
                return self._list_writer(type_)
            case schema.Map():
                return self._map_writer(type_)
            case schema.Timestamp():
                plain = self.writers[schema.Timestamp]
                return self.timestamp_writers.get(type_.format.lower(), plain)
            case (
                schema.String()
                | schema.Enum()
                | schema.Integer()
                | schema.Float()
                | schema.Blob()
            ):
                return partial(self.writers[type(type_)], **_bounds(type_))
            case _:
                return self.writers[type(type_)]

    def _list_writer(self, type_: schema.List) -> Writer:
        bounds = _bounds(type_)
        item = self._part_writer(type_.member, sparse=type_.sparse)
        return lambda value: [item(one) for one in writers.array(value, **bounds)]

    def _map_writer(self, type_: schema.Map) -> Writer:
        bounds = _bounds(type_)
        key = self.writer(type_.key)
        item = self._part_writer(type_.value, sparse=type_.sparse)
        return lambda value: {
            key(name): item(one) for name, one in writers.mapping(value, **bounds)
        }

    def _part_writer(self, type_: schema.Type, *, sparse: bool) -> Writer:
        writer = self.writer(type_)
        return (lambda one: None if one is None else writer(one)) if sparse else writer

    def reader(self, type_: schema.Type) -> Reader:
        """Return the reader of a type's values."""
        match type_:
            case schema.Events():
                return partial(readers.events, type_.structure)
            case schema.Structure():
                return type_.structure._read
            case schema.Enum():
                return type_.enum._read
            case schema.List():
                return partial(readers.list_of, self.reader(type_.member))
            case schema.Map():
                # A key is text, whichever type it has.
                is_enum = isinstance(type_.key, schema.Enum)
                key = self.reader(type_.key) if is_enum else readers.string
                return partial(readers.map_of, self.reader(type_.value), key=key)
            case _:
                return self.readers[type(type_)]


def _bounds(
    type_: (
        schema.String
        | schema.Enum
        | schema.Integer
        | schema.Float
        | schema.Blob
        | schema.List
        | schema.Map
    ),
) -> dict[str, Any]:
    bounds = {"minimum": type_.min, "maximum": type_.max}
    return {name: bound for name, bound in bounds.items() if bound is not None}


_JSON = _WireFormat(
    writers=_JSON_WRITERS,
    timestamp_writers={
        "iso8601": writers.timestamp_iso8601,
        "rfc822": writers.timestamp_rfc822,
    },
    readers=READERS,
    by_name=False,
    write_union=writers.union,
    read_union=readers.unknown_member,
)

_REST_JSON = attrs.evolve(_JSON, readers=READERS_FROM_TEXT)

_PLAIN = _WireFormat(
    writers={
        **_JSON_WRITERS,
        schema.Float: writers.real,
        schema.Timestamp: writers.instant,
        schema.Blob: writers.binary,
    },
    timestamp_writers={},
    readers=READERS,
    by_name=True,
    write_union=writers.parameter_union,
    read_union=readers.unknown_parameter,
)

_FORMS = {"json": _JSON, "rest-json": _REST_JSON}


def find_form(structure: type[Structure], *, by_name: bool = False) -> _WireFormat:
    """Find the form of a class's documents, or by the names of the model."""
    return _PLAIN if by_name else _FORMS.get(structure._protocol, _PLAIN)
