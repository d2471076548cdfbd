"""From the plain values of boto3 or of the wire to objects, telling all that is wrong.

Wire code reads replies faster and stops at the first mismatch; this walk, by the
descriptions in the fields' metadata, goes on and says where each one is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, TypeGuard, TypeVar

from botosmith.runtime import read, wire
from botosmith.runtime.metadata import METADATA_KEY
from botosmith.runtime.read import SDK_UNKNOWN_MEMBER, Mismatch
from botosmith.runtime.structure import Response, Structure, Union, UnknownMember
from botosmith.runtime.suggestion import suggest
from botosmith.runtime.violation import MASK, Violation, hide, join_key, join_path
from botosmith.runtime.write import is_list, is_map

S = TypeVar("S", bound=Structure)

_EXPECTED: Mapping[type[wire.Type], str] = {
    wire.String: "text",
    wire.Integer: "a whole number",
    wire.Float: "a number",
    wire.Boolean: "true or false",
    wire.Timestamp: "a timestamp",
    wire.Blob: "base64",
    wire.Document: "a document",
    wire.Octets: "bytes or text",
    wire.Body: "bytes, a file or iterable",
    wire.Stream: "bytes or a stream",
}

READERS: Mapping[type[wire.Type], Callable[[Any], Any]] = {
    wire.String: read.string,
    wire.Integer: read.integer,
    wire.Float: read.number,
    wire.Boolean: read.boolean,
    wire.Timestamp: read.timestamp,
    wire.Blob: read.blob,
    wire.Document: read.document,
    wire.Octets: read.octets,
    wire.Body: read.body,
    wire.Stream: read.stream,
}

#: The same where text is taken for the numbers and booleans that it spells.
READERS_FROM_TEXT: Mapping[type[wire.Type], Callable[[Any], Any]] = {
    **READERS,
    wire.Integer: read.integer_or_text,
    wire.Float: read.number_or_text,
    wire.Boolean: read.boolean_or_text,
}


class Decoder:
    """One walk through plain values, by the description of a generated class.

    Attributes:
        violations: What was wrong with the values so far.

    Args:
        from_wire: Whether members go by their names on the wire, not in the model.
        closed: Whether a name that is no member's is a violation.
        from_text: Whether numbers and booleans may be written as text.
        remedy: What to tell the caller to do about names that are no member's.
    """

    def __init__(
        self,
        *,
        from_wire: bool,
        closed: bool,
        from_text: bool = False,
        remedy: str | None = None,
    ) -> None:
        self.from_wire = from_wire
        self.closed = closed
        self.remedy = remedy
        self.readers = READERS_FROM_TEXT if from_text else READERS
        self.violations: list[Violation] = []

    def _report(
        self, value: Any, path: str, expected: str, *, secret: bool = False
    ) -> None:
        rule = f"is of type {type(value).__name__}, not {expected}"
        shown = MASK if secret else value
        self.violations.append(Violation(path or "(the whole)", shown, rule))

    def structure(self, structure: type[S], data: Any, path: str) -> S:
        """Make an object, with None for members whose values do not fit."""
        made = structure.__new__(structure)
        for field in wire.fields(structure):
            setattr(made, field.attribute, None)
        if isinstance(made, Union):
            made.sdk_unknown_member = None
        if _is_object(data):
            self._members(made, data, path)
        else:
            secret = wire.has_secrets(structure)
            self._report(data, path, "an object", secret=secret)
        return made

    def _members(self, made: Structure, data: Mapping[Any, Any], path: str) -> None:
        structure = type(made)
        if isinstance(made, Union):
            made.sdk_unknown_member = self._unknown_member(made, data, path)
        for field in wire.fields(structure):
            value = data.get(self._name(field.member))
            if value is not None:
                setattr(made, field.attribute, self._member(field, value, path))
        if self.closed:
            self._unknown_names(structure, data, path)

    def _name(self, member: wire.Member) -> str:
        return member.wire_name if self.from_wire else member.name

    def _member(self, field: wire.Field, value: Any, path: str) -> Any:
        before = len(self.violations)
        decoded = self.value(field.member.type, value, join_path(path, field.attribute))
        if field.member.sensitive:
            place = join_path(path, field.attribute)
            self.violations[before:] = [
                hide(found, place) for found in self.violations[before:]
            ]
        return decoded

    def _unknown_names(
        self, structure: type[Structure], data: Mapping[str, Any], path: str
    ) -> None:
        known = {
            self._name(field.member): field.attribute
            for field in wire.fields(structure)
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
        """Whether a name beside the members' has a meaning of its own."""
        if self.from_wire:
            # A newer member of a union is kept, not lost; botocore's parser passes
            # over `__type` too.
            return name == "__type" or issubclass(structure, Union)
        if issubclass(structure, Response) and not path:
            return bool(name == METADATA_KEY)
        return issubclass(structure, Union) and bool(name == SDK_UNKNOWN_MEMBER)

    def _unknown_member(
        self, union: Union, data: Mapping[str, Any], path: str
    ) -> UnknownMember | None:
        if not self.from_wire:
            unknown = data.get(SDK_UNKNOWN_MEMBER)
            name = unknown.get("name") if is_map(unknown) else None
            return UnknownMember(name) if isinstance(name, str) else None
        try:
            return read.unknown_member(union, dict(data))
        except Mismatch:
            expected = "an object with exactly one member"
            self._report(data, path, expected, secret=wire.has_secrets(type(union)))
            return None

    def value(self, type_: wire.Type, value: Any, path: str) -> Any:
        """Make a member's value, or None where it does not fit."""
        if value is None:
            return None
        match type_:
            case wire.Events():
                return self._events(type_, value, path)
            case wire.Structure():
                return self.structure(type_.structure, value, path)
            case wire.List():
                return self._list(type_, value, path)
            case wire.Map():
                return self._map(type_, value, path)
            case _:
                return self._leaf(type_, value, path)

    def _events(self, type_: wire.Events, value: Any, path: str) -> Any:
        reader = partial(read.events, type_.structure)
        secret = wire.may_hold_secrets(type_)
        return self._read(value, path, "a stream of events", reader, secret=secret)

    def _leaf(self, type_: wire.Type, value: Any, path: str) -> Any:
        if isinstance(type_, (wire.Enum, wire.String)) and is_list(value):
            value = _find_text(value)
        match type_:
            case wire.Enum():
                return self._read(value, path, "text", type_.enum._read)
            case wire.Blob() if isinstance(value, (bytes, bytearray)):
                return bytes(value)
            case wire.Blob() if isinstance(value, str) and not self.from_wire:
                return value.encode()  # as botocore has it
            case wire.Float() if isinstance(value, Decimal) and not self.from_wire:
                return value  # as constructors have it, and botocore
            case _:
                kind = type(type_)
                return self._read(value, path, _EXPECTED[kind], self.readers[kind])

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

    def _list(self, type_: wire.List, value: Any, path: str) -> list[Any] | None:
        if is_list(value):
            return [
                self.value(type_.member, item, f"{path}[{index}]")
                for index, item in enumerate(value)
            ]
        secret = wire.may_hold_secrets(type_)
        self._report(value, path, "a list", secret=secret)
        return None

    def _map(self, type_: wire.Map, value: Any, path: str) -> dict[Any, Any] | None:
        if is_map(value):
            return {
                self.value(type_.key, key, f"{path} (key {key!r})"): self.value(
                    type_.value, item, join_key(path, key)
                )
                for key, item in value.items()
            }
        secret = wire.may_hold_secrets(type_)
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
