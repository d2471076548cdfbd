"""Between generated objects and the plain values of boto3 and of the wire.

`to_boto3` and `from_boto3` speak botocore's parameters and parsed replies: member
names of the model, datetimes, bytes. `to_wire` and `from_wire` speak the JSON that is
sent: they run the generated wire code, and when that refuses a value, say why.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from botosmith.runtime import read, wire
from botosmith.runtime.metadata import ResponseMetadata
from botosmith.runtime.read import Mismatch
from botosmith.runtime.structure import (
    Request,
    Response,
    Structure,
    Union,
    UnknownMember,
)
from botosmith.runtime.validation import find_violations
from botosmith.runtime.violation import MASK, Violation, join_path
from botosmith.runtime.write import Refused, is_list, is_map

S = TypeVar("S", bound=Structure)

# botocore's name for a union's member that the model does not know.
SDK_UNKNOWN_MEMBER = "SDK_UNKNOWN_MEMBER"


def to_boto3(value: Structure) -> dict[str, Any]:
    """Turn an object into the dictionary that boto3 takes or gives.

    Members that are None are left out; enum members become plain text.
    """
    data = {
        field.member.name: to_plain(item)
        for field in wire.fields(type(value))
        if (item := getattr(value, field.attribute)) is not None
    }
    if isinstance(value, Union) and value.sdk_unknown_member is not None:
        data[SDK_UNKNOWN_MEMBER] = {"name": value.sdk_unknown_member.name}
    return data


def to_plain(value: Any) -> Any:
    """Turn a member's value into what boto3 takes or gives for it."""
    if isinstance(value, Structure):
        return to_boto3(value)
    if isinstance(value, str):
        return str.__str__(value)
    if is_list(value):
        return [to_plain(item) for item in value]
    if is_map(value):
        return {to_plain(key): to_plain(item) for key, item in value.items()}
    return value


def from_boto3(structure: type[S], data: Mapping[str, Any]) -> S:
    """Make an object from the dictionary that boto3 takes or gives.

    Args:
        structure: The generated class.
        data: botocore's parameters or parsed reply. For a request (and all below it)
            a key that is no member is an error, as in botocore; elsewhere it is
            passed over, as replies may be newer than the model.

    Raises:
        ValidationError: A value is not of the member's type; lists every such value.
    """
    decoder = _Decoder(from_wire=False, closed=issubclass(structure, Request))
    made = decoder.structure(structure, data, "")
    _raise_for(structure, decoder.violations)
    if isinstance(made, Response) and "ResponseMetadata" in data:
        made.response_metadata = ResponseMetadata.from_boto3(data["ResponseMetadata"])
    return made


def to_wire(value: Structure) -> dict[str, Any]:
    """Validate an object and give the JSON document that is sent for it.

    Raises:
        ValidationError: Lists every violation with its path, value and rule.
    """
    try:
        return value._to_wire()
    except Warning:  # about a deprecated member, where warnings are errors
        raise
    except Exception as error:
        # Wire code stops at the first refusal; the walk finds all of them.
        _raise_for(type(value), find_violations(value) or _unexplained(value, error))
        raise


def _unexplained(value: Structure, error: Exception) -> tuple[Violation, ...]:
    if not isinstance(error, Refused):
        return ()
    rule = "holds a value that has no place on the wire"
    return (Violation(type(value).__name__, None, rule, absent=True),)


def from_wire(structure: type[S], data: Any) -> S:
    """Make an object from a JSON document.

    Raises:
        ValidationError: A value is not of the member's type; lists every such value.
    """
    made: S | None
    try:
        made = structure._read(data)
    except Mismatch:
        made = None
    if made is None:
        _raise_for(structure, explain(structure, data))
        raise Mismatch
    return made


def explain(structure: type[Structure], data: Any) -> tuple[Violation, ...]:
    """Say which values of a JSON document are not what the model describes."""
    decoder = _Decoder(from_wire=True, closed=False)
    decoder.structure(structure, data, "")
    return tuple(decoder.violations)


def decode(type_: wire.Type, value: Any, *, from_wire: bool) -> Any:
    """Make one member's value, or None where it is not of the member's type."""
    decoder = _Decoder(from_wire=from_wire, closed=False)
    decoded = decoder.value(type_, value, "")
    return None if decoder.violations else decoded


def _raise_for(
    structure: type[Structure], violations: list[Violation] | tuple[Violation, ...]
) -> None:
    if violations:
        from botosmith.runtime.errors import ValidationError

        raise ValidationError(structure.__name__, tuple(violations))


_EXPECTED: Mapping[type[wire.Type], tuple[str, Callable[[Any], Any]]] = {
    wire.String: ("text", read.string),
    wire.Integer: ("a whole number", read.integer),
    wire.Float: ("a number", read.number),
    wire.Boolean: ("true or false", read.boolean),
    wire.Timestamp: ("a timestamp", read.timestamp),
    wire.Blob: ("base64", read.blob),
    wire.Document: ("a document", read.document),
}


class _Decoder:
    """One walk through plain values, by the description of a generated class."""

    def __init__(self, *, from_wire: bool, closed: bool) -> None:
        self.from_wire = from_wire
        self.closed = closed
        self.violations: list[Violation] = []

    def report(
        self, value: Any, path: str, expected: str, *, secret: bool = False
    ) -> None:
        rule = f"is of type {type(value).__name__}, not {expected}"
        shown = MASK if secret else value
        self.violations.append(Violation(path or "(the whole)", shown, rule))

    def structure(self, structure: type[S], data: Any, path: str) -> S:
        made = structure.__new__(structure)
        for attribute in structure._attribute_names():
            setattr(made, attribute, None)
        if isinstance(data, Mapping):
            # What it holds is for the members' readers to find out.
            self.members(made, data, path)  # pyright: ignore[reportUnknownArgumentType]
        else:
            secret = wire.has_secrets(structure)
            self.report(data, path, "an object", secret=secret)
        return made

    def members(self, made: Structure, data: Mapping[Any, Any], path: str) -> None:
        structure = type(made)
        if isinstance(made, Union):
            made.sdk_unknown_member = self.unknown_member(type(made), data, path)
        for field in wire.fields(structure):
            value = data.get(self.name(field.member))
            if value is not None:
                setattr(made, field.attribute, self.member(field, value, path))
        if self.closed:
            self.unknown_names(structure, data, path)

    def name(self, member: wire.Member) -> str:
        return member.wire_name if self.from_wire else member.name

    def member(self, field: wire.Field, value: Any, path: str) -> Any:
        before = len(self.violations)
        decoded = self.value(field.member.type, value, join_path(path, field.attribute))
        if field.member.sensitive:
            self.violations[before:] = [
                Violation(found.path, MASK, found.rule)
                for found in self.violations[before:]
            ]
        return decoded

    def unknown_names(
        self, structure: type[Structure], data: Mapping[str, Any], path: str
    ) -> None:
        known = [self.name(field.member) for field in wire.fields(structure)]
        for name in data:
            if name not in known and name != SDK_UNKNOWN_MEMBER:
                rule = f"is no member of {structure.__name__}: {', '.join(known)}"
                self.violations.append(
                    Violation(join_path(path, str(name)), None, rule, absent=True)
                )

    def unknown_member(
        self, union: type[Union], data: Mapping[str, Any], path: str
    ) -> UnknownMember | None:
        if not self.from_wire:
            unknown = data.get(SDK_UNKNOWN_MEMBER)
            name = unknown.get("name") if is_map(unknown) else None
            return UnknownMember(name) if isinstance(name, str) else None
        try:
            return read.unknown_member(union, dict(data))
        except Mismatch:
            expected = "an object with exactly one member"
            self.report(data, path, expected, secret=wire.has_secrets(union))
            return None

    def value(self, type_: wire.Type, value: Any, path: str) -> Any:
        if value is None:
            return None
        match type_:
            case wire.Structure():
                return self.structure(type_.structure, value, path)
            case wire.List():
                return self.list(type_, value, path)
            case wire.Map():
                return self.map(type_, value, path)
            case _:
                return self.leaf(type_, value, path)

    def leaf(self, type_: wire.Type, value: Any, path: str) -> Any:
        match type_:
            case wire.Enum():
                return self.read(value, path, "text", type_.enum._read)
            case wire.Timestamp() if isinstance(value, datetime):
                return read.as_utc(value)
            case wire.Blob() if isinstance(value, (bytes, bytearray)):
                return bytes(value)
            case _:
                return self.read(value, path, *_EXPECTED[type(type_)])

    def read(self, value: Any, path: str, expected: str, reader: Any) -> Any:
        # Readers look at exact types, as JSON gives them; parameters may be enum
        # members or other subclasses of str.
        plain = str.__str__(value) if isinstance(value, str) else value
        try:
            return reader(plain)
        except Mismatch:
            self.report(value, path, expected)
            return None

    def list(self, type_: wire.List, value: Any, path: str) -> list[Any] | None:
        if is_list(value):
            return [
                self.value(type_.member, item, f"{path}[{index}]")
                for index, item in enumerate(value)
            ]
        secret = wire.may_hold_secrets(type_)
        self.report(value, path, "a list", secret=secret)
        return None

    def map(self, type_: wire.Map, value: Any, path: str) -> dict[Any, Any] | None:
        if is_map(value):
            return {
                self.value(type_.key, key, f"{path} (key {key!r})"): self.value(
                    type_.value, item, f"{path}[{key!r}]"
                )
                for key, item in value.items()
            }
        secret = wire.may_hold_secrets(type_)
        self.report(value, path, "an object", secret=secret)
        return None
