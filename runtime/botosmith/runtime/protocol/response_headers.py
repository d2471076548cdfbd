"""The parts of a REST service's reply outside its body: headers, and the status."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from botosmith.runtime import schema
from botosmith.runtime.objects.structure import Structure
from botosmith.runtime.serde import readers
from botosmith.runtime.serde.readers import Mismatch
from botosmith.runtime.violation import Violation, hide

_LOCATIONS = frozenset({"header", "headers", "statusCode"})


def select_located(fields: tuple[schema.Field, ...]) -> tuple[schema.Field, ...]:
    """Those of some members that are outside a reply's body."""
    return tuple(field for field in fields if field.member.location in _LOCATIONS)


def read_located(member: schema.Member, headers: Mapping[str, str], status: int) -> Any:
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
            if not isinstance(member.type, schema.Map):
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
    from botosmith.runtime.serde.diagnosis import describe_type

    # The fields for wire code do not say which members are sensitive.
    field = schema.members(structure)[name]
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


def _from_header(type_: schema.Type, text: str) -> Any:
    match type_:
        case schema.List():
            # As botocore does it: without regard to quotes.
            return [
                _from_header(type_.member, part.strip()) for part in text.split(",")
            ]
        case schema.Enum():
            return type_.enum._read(text)
        case schema.Document():
            try:
                return json.loads(base64.b64decode(text))
            except ValueError:
                raise Mismatch from None
        case _:
            return _readers().get(type(type_), readers.string)(text)


@cache
def _readers() -> Mapping[type[schema.Type], Callable[[Any], Any]]:
    # Replies with headers for members need them, and types that others need not import.
    return {
        schema.Blob: readers.blob,
        schema.Boolean: readers.boolean,
        schema.Float: readers.number_or_text,
        schema.Integer: readers.integer,
        schema.Timestamp: readers.timestamp,
    }
