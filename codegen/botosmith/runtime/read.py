"""Readers of reply values: what a generated `_from_wire` calls for each member.

Replies are read leniently in what they hold (an absent member is None, an unknown one
is passed over, as in botocore) and strictly in their types: a value of another type
than the model's raises `Mismatch`, which the caller turns into an error that names
the place. Every reader hands None through, since services send null for absent.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from botosmith.runtime.stream import EventStream, StreamingBody

if TYPE_CHECKING:
    from botosmith.runtime.structure import Union, UnknownMember

# How JSON carries the numbers that it has no literal for (Smithy's JSON protocols).
NON_FINITE = {"NaN": float("nan"), "Infinity": float("inf"), "-Infinity": -float("inf")}


# The form in which services send nearly all instants that are text. Python reads it in
# a fortieth of the time that dateutil takes, to the same microsecond.
_ISO_8601 = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?Z"
).fullmatch

_from_seconds = datetime.fromtimestamp

# botocore's name for a union's member that the model does not know.
SDK_UNKNOWN_MEMBER = "SDK_UNKNOWN_MEMBER"


class Mismatch(TypeError):  # noqa: N818 - a signal to the caller, never shown
    """A value is not of the type that the model gives it.

    Whoever reads catches `TypeError`: that is what an enum, which looks its values up
    in a dictionary, raises itself for a list or an object.
    """


#: What a member is until a reply's headers have been read, where its body cannot say.
ELSEWHERE: Any = None


def string(value: Any) -> Any:
    """Read text."""
    if type(value) is str or value is None:
        return value
    if isinstance(value, str):  # a member of an enum
        return str.__str__(value)
    raise Mismatch


def integer(value: Any) -> Any:
    """Read a whole number; 3.0 counts as one, since JSON has only one number type."""
    if type(value) is int or value is None:
        return value
    if type(value) is float and value.is_integer():
        return int(value)
    raise Mismatch


def integer_or_text(value: Any) -> Any:
    """Read a whole number that may be written as text."""
    if type(value) is str:
        try:
            return int(value)
        except ValueError:
            raise Mismatch from None
    return integer(value)


def number(value: Any) -> Any:
    """Read a number, non-finite ones included."""
    if value is None or type(value) is float or type(value) is int:
        return value
    if type(value) is str and value in NON_FINITE:
        return NON_FINITE[value]
    raise Mismatch


def number_or_text(value: Any) -> Any:
    """Read a number that may be written as text."""
    if value is None:
        return None
    if type(value) is float or type(value) is int or type(value) is str:
        try:
            return float(value)
        except (ValueError, OverflowError):
            pass
    raise Mismatch


def boolean(value: Any) -> Any:
    """Read True or False."""
    if value is None or value is True or value is False:
        return value
    raise Mismatch


def boolean_or_text(value: Any) -> Any:
    """Read True or False, which may be written as text."""
    if type(value) is str and value.lower() in {"true", "false"}:
        return value.lower() == "true"
    return boolean(value)


def timestamp(value: Any) -> Any:
    """Read an instant as an aware UTC datetime, from epoch seconds or text.

    What a protocol or botocore has made a datetime already is taken as one.
    """
    try:
        if type(value) is float or type(value) is int:  # nearly all of them
            return _from_seconds(value, UTC)
        if value is None:
            return None
        if isinstance(value, datetime):
            return as_utc(value)
        if type(value) is str:
            return _timestamp_from_text(value)
    except (ValueError, OverflowError, OSError, RuntimeError):
        pass
    raise Mismatch


def _timestamp_from_text(value: str) -> datetime:
    if _ISO_8601(value):
        return datetime.fromisoformat(value)
    # Like botocore, take any date that dateutil can read, in every protocol.
    from botosmith.runtime.instant import parse_instant

    return parse_instant(value)


def as_utc(value: datetime) -> datetime:
    """Return the same instant in UTC; a naive datetime counts as UTC, as in botocore.

    Raises:
        Mismatch: It lies outside of the years 1 to 9999 in UTC.
    """
    if value.tzinfo is None:
        return value.replace(tzinfo=UTC)
    try:
        return value.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Mismatch from None


def blob(value: Any) -> Any:
    """Read bytes from base64, or as they are where the protocol has them so."""
    if value is None or type(value) is bytes:
        return value
    if type(value) is str:
        try:
            return base64.b64decode(value)
        except (binascii.Error, ValueError):
            pass
    raise Mismatch


def document(value: Any) -> Any:
    """Read any JSON value as it is."""
    return value


def octets(value: Any) -> Any:
    """Read bytes or text as they are."""
    if value is None or isinstance(value, (bytes, bytearray, str)):
        return value
    raise Mismatch


def body(value: Any) -> Any:
    """Read what is to be sent as a body."""
    from botosmith.runtime.requestbody import is_body  # few requests have one

    if value is None or is_body(value):
        return value
    raise Mismatch


def stream(value: Any) -> Any:
    """Read a body that comes as a stream."""
    if value is None or isinstance(value, StreamingBody):
        return value
    if isinstance(value, (bytes, bytearray)) or hasattr(value, "read"):
        return StreamingBody(value)
    raise Mismatch


def events(event: type[Any], value: Any) -> Any:
    """Read a stream of events of a class."""
    if value is None or isinstance(value, EventStream):
        return value  # pyright: ignore[reportUnknownVariableType]
    if hasattr(value, "__iter__") and not isinstance(value, (str, bytes, dict)):
        return EventStream(event, value)
    raise Mismatch


def list_of(reader: Callable[[Any], Any], value: Any) -> Any:
    """Read a list, each item with `reader`."""
    if value is None:
        return None
    if type(value) is list:
        items: list[Any] = value  # pyright: ignore[reportUnknownVariableType]
        return [reader(item) for item in items]
    raise Mismatch


def map_of(
    reader: Callable[[Any], Any], value: Any, key: Callable[[Any], Any] = string
) -> Any:
    """Read a dictionary, each key with `key` and each value with `reader`."""
    if value is None:
        return None
    if type(value) is dict:
        entries: dict[Any, Any] = value  # pyright: ignore[reportUnknownVariableType]
        return {key(name): reader(item) for name, item in entries.items()}
    raise Mismatch


def unknown_member(union: Union, data: dict[str, Any]) -> UnknownMember | None:
    """Check that a union has exactly one member, and keep one that is new.

    The rule, with its exceptions for null and `__type`, is botocore's
    (`ResponseParser._has_unknown_tagged_union_member`).

    Args:
        union: The union, whose other members have been read.
        data: What they have been read from.
    """
    chosen = [
        name for name, value in data.items() if value is not None and name != "__type"
    ]
    if len(chosen) != 1:
        raise Mismatch
    # Newer members are rare, so that names are looked at when nothing else can tell.
    if union._has_choice() and "__type" not in data:
        return None
    return union._unknown(chosen[0], data[chosen[0]])


def unknown_parameter(union: Union, data: dict[str, Any]) -> UnknownMember | None:
    """Read what botocore says of a union's member that is new to the model."""
    unknown: Any = data.get(SDK_UNKNOWN_MEMBER)
    name: Any = unknown.get("name") if hasattr(unknown, "get") else None
    return union._unknown(name, None) if isinstance(name, str) else None
