"""What a reply of a REST service has outside its body: headers, and the status."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from botosmith.runtime import read, wire
from botosmith.runtime.read import Mismatch
from botosmith.runtime.structure import Structure
from botosmith.runtime.violation import Violation, hide

_LOCATIONS = frozenset({"header", "headers", "statusCode"})


def select_located(fields: tuple[wire.Field, ...]) -> tuple[wire.Field, ...]:
    """Those of some members that are outside a reply's body."""
    return tuple(field for field in fields if field.member.location in _LOCATIONS)


def read_located(member: wire.Member, headers: Mapping[str, str], status: int) -> Any:
    """Read a member from outside the body; None where the reply does not have it.

    Args:
        member: The member.
        headers: The reply's headers, their names in any case.
        status: Its HTTP status code.

    Raises:
        Mismatch: The value is not of the member's type.
    """
    match member.location:
        case "statusCode":
            return status
        case "headers":
            if not isinstance(member.type, wire.Map):
                raise Mismatch
            return _starting_with(member.wire_name.lower(), headers)
        case _:
            text = headers.get(member.wire_name)
            return None if text is None else _from_header(member.type, text)


def find_mismatch(
    structure: type[Structure], name: str, headers: Mapping[str, str]
) -> Violation:
    """Say what is wrong with a header that cannot be read.

    Args:
        structure: The generated class of the reply.
        name: The name in the model of the member that the header is for.
        headers: The reply's headers, their names in any case.
    """
    from botosmith.runtime.decoder import describe_type

    # The fields for wire code do not say which members are sensitive.
    field = wire.members(structure)[name]
    member, place = field.member, field.attribute
    rule = f"in the header {member.wire_name} is not {describe_type(member.type)}"
    found = Violation(place, headers.get(member.wire_name), rule)
    return hide(found, place) if member.sensitive else found


def _starting_with(prefix: str, headers: Mapping[str, str]) -> dict[str, str]:
    return {
        name[len(prefix) :]: value
        for name, value in headers.items()
        if name.lower().startswith(prefix)
    }


def _from_header(type_: wire.Type, text: str) -> Any:
    match type_:
        case wire.List():
            # As botocore does it: without regard to quotes.
            return [
                _from_header(type_.member, part.strip()) for part in text.split(",")
            ]
        case wire.Enum():
            return type_.enum._read(text)
        case wire.Document():
            try:
                return json.loads(base64.b64decode(text))
            except ValueError:
                raise Mismatch from None
        case _:
            return _readers().get(type(type_), read.string)(text)


@cache
def _readers() -> Mapping[type[wire.Type], Callable[[Any], Any]]:
    # Replies with headers for members need them, and types that others need not import.
    return {
        wire.Blob: read.blob,
        wire.Boolean: read.boolean,
        wire.Float: read.number_or_text,
        wire.Integer: read.integer,
        wire.Timestamp: read.timestamp,
    }
