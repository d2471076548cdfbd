"""From the plain values of boto3 or of the wire to objects, telling all that is wrong.

Wire code reads replies faster and stops at the first value that it cannot take. This
walk, by the descriptions in the fields' metadata, reads such a reply again: it converts
whatever can be converted without loss, gives None for a value that cannot, and says
where each of those is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from functools import partial
from typing import Any, TypeGuard, TypeVar

import attrs

from botosmith.runtime import schema
from botosmith.runtime.advice.suggestion import suggest
from botosmith.runtime.objects.metadata import METADATA_KEY
from botosmith.runtime.objects.structure import (
    Response,
    Structure,
    Union,
    UnknownMember,
)
from botosmith.runtime.serde import readers
from botosmith.runtime.serde.depth import TOO_DEEP, TooDeep, go_deeper
from botosmith.runtime.serde.literal_text import Literal, Unread, without_literals
from botosmith.runtime.serde.readers import SDK_UNKNOWN_MEMBER, Mismatch
from botosmith.runtime.serde.writers import is_list, is_map
from botosmith.runtime.violation import MASK, Violation, hide, join_key, join_path

S = TypeVar("S", bound=Structure)

_EXPECTED: Mapping[type[schema.Type], str] = {
    schema.String: "text",
    schema.Integer: "a whole number",
    schema.Float: "a number",
    schema.Boolean: "true or false",
    schema.Timestamp: "a timestamp",
    schema.Blob: "base64",
    schema.Document: "a document",
    schema.Octets: "bytes or text",
    schema.Body: "bytes, a file or iterable",
    schema.Stream: "bytes or a stream",
}

READERS: Mapping[type[schema.Type], Callable[[Any], Any]] = {
    schema.String: readers.string,
    schema.Integer: readers.integer,
    schema.Float: readers.number,
    schema.Boolean: readers.boolean,
    schema.Timestamp: readers.timestamp,
    schema.Blob: readers.blob,
    schema.Document: readers.document,
    schema.Octets: readers.octets,
    schema.Body: readers.body,
    schema.Stream: readers.stream,
}

#: The same where every number becomes a float, as botocore has it in rest-json.
READERS_FROM_TEXT: Mapping[type[schema.Type], Callable[[Any], Any]] = {
    **READERS,
    schema.Float: readers.number_or_text,
}


def _without_text(reader: Callable[[Any], Any], *texts: str) -> Callable[[Any], Any]:
    """A reader that takes no text but these."""

    def strict(value: Any) -> Any:
        if isinstance(value, str) and value not in texts:
            raise Mismatch
        return reader(value)

    return strict


#: For what a user gives: text that spells a number is a mistake there.
_STRICT_READERS: Mapping[type[schema.Type], Callable[[Any], Any]] = {
    **READERS,
    schema.Integer: _without_text(readers.integer),
    schema.Float: _without_text(readers.number, *readers.NON_FINITE),
    schema.Boolean: _without_text(readers.boolean),
}


@attrs.frozen(eq=False)
class Representation:
    """A form of plain values.

    Attributes:
        readers: The reader of each type.
        is_wire: Whether it is what a body carries: blobs are base64, and a union's
            member that the model does not know has its own name.
        by_name: Whether members go by their names in the model, not on the wire.
        is_lenient: Whether a number or boolean is taken for the text that spells it.
    """

    readers: Mapping[type[schema.Type], Callable[[Any], Any]]
    is_wire: bool = False
    by_name: bool = True
    is_lenient: bool = True


#: boto3's parameters.
PARAMETERS = Representation(_STRICT_READERS, is_lenient=False)

#: The dictionary that botocore's parser makes of a reply.
PARSED = Representation(READERS)


def find_representation(*, from_text: bool, by_name: bool) -> Representation:
    """The form of the documents of a protocol, by what its codec says of them."""
    readers = READERS_FROM_TEXT if from_text else READERS
    return Representation(readers, is_wire=True, by_name=by_name)


class Decoder:
    """One walk through plain values, by the description of a generated class.

    Attributes:
        violations: What was wrong with the values so far.

    Args:
        form: Which form of plain values it is.
        closed: Whether a name that is not a member's is a violation.
        remedy: What to tell the caller to do about names that are not a member's.
    """

    def __init__(
        self, form: Representation, *, closed: bool = False, remedy: str | None = None
    ) -> None:
        self.form = form
        self.closed = closed
        self.remedy = remedy
        self.violations: list[Violation] = []

    def _report(
        self, value: Any, path: str, expected: str, *, secret: bool = False
    ) -> None:
        shown, rule = _describe(value, expected)
        if secret:
            shown = MASK
        self.violations.append(Violation(path or "(the whole)", shown, rule))

    def structure(self, structure: type[S], data: Any, path: str) -> S:
        """Make an object, with None for members whose values do not fit."""
        made = structure.__new__(structure)
        for field in schema.fields(structure):
            setattr(made, field.attribute, None)
        if isinstance(made, Union):
            made.sdk_unknown_member = None
        if _is_object(data):
            self._descend(made, data, path)
        else:
            secret = schema.has_secrets(structure)
            self._report(data, path, "an object", secret=secret)
        return made

    def _descend(self, made: Structure, data: Mapping[Any, Any], path: str) -> None:
        before = len(self.violations)
        try:
            self._members(made, data, path)
        except TooDeep:
            if path:
                raise
            # This is all that is said of the whole.
            self.violations[:] = [Violation("(the whole)", None, TOO_DEEP, absent=True)]
        except RecursionError:
            del self.violations[before:]
            go_deeper(self._members, made, data, path)

    def _members(self, made: Structure, data: Mapping[Any, Any], path: str) -> None:
        structure = type(made)
        if isinstance(made, Union):
            made.sdk_unknown_member = self._unknown_member(made, data, path)
        for field in schema.fields(structure):
            value = data.get(self._name(field.member))
            if value is not None:
                setattr(made, field.attribute, self._member(field, value, path))
        if self.closed:
            self._unknown_names(structure, data, path)

    def _name(self, member: schema.Member) -> str:
        return member.name if self.form.by_name else member.wire_name

    def _member(self, field: schema.Field, value: Any, path: str) -> Any:
        before = len(self.violations)
        place, member = join_path(path, field.attribute), field.member
        decoded = self.value(member.type, value, place)
        if member.sensitive:
            self.violations[before:] = [
                hide(found, place) for found in self.violations[before:]
            ]
        return decoded

    def _unknown_names(
        self, structure: type[Structure], data: Mapping[str, Any], path: str
    ) -> None:
        known = {
            self._name(field.member): field.attribute
            for field in schema.fields(structure)
        }
        for name in data:
            if name in known or self._is_reserved(structure, name, path):
                continue
            rule = f"is not a member of {structure.__name__}{suggest(name, known)}"
            place = join_path(path, str(name))
            self.violations.append(
                Violation(place, None, rule, absent=True, remedy=self.remedy)
            )

    def _is_reserved(self, structure: type[Structure], name: Any, path: str) -> bool:
        """Return whether a name beside the members' has a meaning of its own."""
        if self.form.is_wire:
            # A newer member of a union is kept, not lost; botocore's parser passes
            # over `__type` too.
            return name == "__type" or issubclass(structure, Union)
        if issubclass(structure, Response) and not path:
            return bool(name == METADATA_KEY)
        return issubclass(structure, Union) and bool(name == SDK_UNKNOWN_MEMBER)

    def _unknown_member(
        self, union: Union, data: Mapping[str, Any], path: str
    ) -> UnknownMember | None:
        if not self.form.is_wire:
            unknown = data.get(SDK_UNKNOWN_MEMBER)
            name = unknown.get("name") if is_map(unknown) else None
            return UnknownMember(name) if isinstance(name, str) else None
        try:
            return readers.unknown_member(union, without_literals(dict(data)))
        except Mismatch:
            expected = "an object with exactly one member"
            self._report(data, path, expected, secret=schema.has_secrets(type(union)))
            return None

    def value(  # noqa: PLR0911 - one for each kind of type
        self, type_: schema.Type, value: Any, path: str
    ) -> Any:
        """Make a member's value, or None where it does not fit."""
        if value is None:
            return None
        match type_:
            case schema.Events():
                return self._events(type_, value, path)
            case schema.Structure():
                return self._inner(type_.structure, value, path)
            case schema.List():
                return self._list(type_, value, path)
            case schema.Map():
                return self._map(type_, value, path)
            case schema.String() | schema.Enum():
                return self._text(type_, value, path)
            case schema.Document() if not isinstance(value, Unread):
                whole = _find_text(value) if is_list(value) else value
                return without_literals(whole)
            case _:
                return self._leaf(type_, value, path)

    def _inner(self, structure: type[S], value: Any, path: str) -> S | None:
        """Make an object within another; None for what is not one."""
        before = len(self.violations)
        made = self.structure(structure, value, path)
        is_wrong = any(found.path == path for found in self.violations[before:])
        return None if is_wrong else made

    def _events(self, type_: schema.Events, value: Any, path: str) -> Any:
        reader = partial(readers.events, type_.structure)
        secret = schema.may_hold_secrets(type_)
        return self._read(value, path, "a stream of events", reader, secret=secret)

    def _text(self, type_: schema.String | schema.Enum, value: Any, path: str) -> Any:
        if is_list(value):
            value = _find_text(value)
        text = _spell(value) if self.form.is_lenient else None
        reader = type_.enum._read if isinstance(type_, schema.Enum) else readers.string
        return self._read(value if text is None else text, path, "text", reader)

    def _leaf(self, type_: schema.Type, value: Any, path: str) -> Any:
        kind = type(type_)
        reader = self.form.readers[kind]
        if is_list(value):
            value = _find_text(value)
        if isinstance(value, Literal):
            # Its text has the digits of a whole number that a float may have lost.
            whole = isinstance(type_, schema.Integer)
            return self._number(value, path, _EXPECTED[kind], reader, whole=whole)
        if isinstance(type_, schema.Integer) and type(value) is float:
            # A float without its text is what it is, however large.
            value = int(value) if value.is_integer() else value
        match type_:
            case schema.Blob() if isinstance(value, (bytes, bytearray)):
                return bytes(value)
            case schema.Blob() if self._is_text_for_bytes(value):
                return value.encode()  # as botocore has it
            case schema.Float() if isinstance(value, Decimal) and not self.form.is_wire:
                return value  # as constructors have it, and botocore
            case schema.Document() if isinstance(value, Unread):
                self._report(value, path, "JSON")
                return None
            case _:
                return self._read(value, path, _EXPECTED[kind], reader)

    def _is_text_for_bytes(self, value: Any) -> bool:
        is_sent = self.form.is_wire or isinstance(value, Unread)
        return isinstance(value, str) and not is_sent

    def _number(
        self, literal: Literal, path: str, expected: str, reader: Any, *, whole: bool
    ) -> Any:
        value = literal.text if whole else literal.number
        with suppress(TypeError):
            if value is not None:
                return reader(value)
        self._report(literal, path, expected)
        return None

    def _read(
        self,
        value: Any,
        path: str,
        expected: str,
        reader: Any,
        *,
        secret: bool = False,
    ) -> Any:
        try:
            return reader(_as_plain(value))
        except TypeError:
            self._report(value, path, expected, secret=secret)
            return None

    def _list(self, type_: schema.List, value: Any, path: str) -> list[Any] | None:
        if is_list(value):
            return [
                self.value(type_.member, item, f"{path}[{index}]")
                for index, item in enumerate(value)
            ]
        secret = schema.may_hold_secrets(type_)
        self._report(value, path, "a list", secret=secret)
        return None

    def _map(self, type_: schema.Map, value: Any, path: str) -> dict[Any, Any] | None:
        if is_map(value):
            entries = {
                self.value(type_.key, key, f"{path} (key {key!r})"): self.value(
                    type_.value, item, join_key(path, key)
                )
                for key, item in value.items()
            }
            # An entry whose key cannot be read has no place in a map.
            entries.pop(None, None)
            return entries
        secret = schema.may_hold_secrets(type_)
        self._report(value, path, "an object", secret=secret)
        return None


def _as_plain(value: Any) -> Any:
    """Return a value of an exact type, which readers look at, as JSON gives them.

    Parameters may be members of enums, numpy's numbers, or other subclasses.
    """
    match value:
        case str():
            return str.__str__(value)
        case bool():
            return value
        case int():
            return int(value)
        case float():
            return float(value)
        case _:
            return value


def describe_type(type_: schema.Type) -> str:
    """Say what a value of a type is, such as "a whole number"."""
    match type_:
        case schema.List():
            return f"a list, each item {describe_type(type_.member)}"
        case schema.Map():
            return "an object"
        case _:
            return _EXPECTED.get(type(type_), "text")


def _describe(value: Any, expected: str) -> tuple[Any, str]:
    """Return what is shown of a value that is of another type, and what is wrong."""
    if isinstance(value, Unread):
        place = f"in the header {value.header} " if value.header else ""
        return str.__str__(value), f"{place}is not {expected}"
    shown = without_literals(value)
    # Only a whole number can be too long to become one in Python.
    is_number = isinstance(value, Literal) and isinstance(shown, str)
    kind = "int" if is_number else type(shown).__name__
    return shown, f"is of type {kind}, not {expected}"


def _spell(value: Any) -> str | None:
    """Return the text that JSON has for a number or boolean; None for other values."""
    if isinstance(value, Literal):
        return value.text
    if type(value) in {bool, int, float}:
        with suppress(ValueError):  # Python limits the digits of an int
            return json.dumps(value)
    return None


def _find_text(value: Sequence[Any]) -> Any:
    """The text of the last element, where a value is nothing but elements of XML.

    Such a list is what botocore's parser gives for a text that comes several times, as
    it does where a list beside it has the same element (S3's `GetBucketNotification`).
    Whoever reads element by element, as other SDKs do, is left with the last.
    """
    from xml.etree.ElementTree import Element

    if value and all(isinstance(item, Element) for item in value):
        return value[-1].text or ""
    return value


def _is_object(data: Any) -> TypeGuard[Mapping[Any, Any]]:
    return isinstance(data, Mapping)
