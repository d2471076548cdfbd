"""Readers of reply values: what a generated `_from_wire` calls for each member.

Replies are read leniently: an absent member is None, an unknown one is passed over, as
in botocore, and a value of another type than the model's is converted where that loses
nothing (`"12"` is 12, `"true"` is True, 3.0 is 3). Any other value raises `Mismatch`.
The caller then reads the reply again with `botosmith.runtime.serde.diagnosis`, which
converts more (a number to the text that was written for it) and names each place that
remains.
Every reader hands None through, since services send null for absent.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from datetime import UTC, datetime
from math import isinf
from sys import float_info
from typing import TYPE_CHECKING, Any

from botosmith.runtime.bodies.stream import EventStream, StreamingBody

if TYPE_CHECKING:
    from botosmith.runtime.objects.structure import Union, UnknownMember

# Texts of the numbers that JSON has no literal for (Smithy's JSON protocols).
NON_FINITE = {"NaN": float("nan"), "Infinity": float("inf"), "-Infinity": -float("inf")}

#: Below it, a float has every whole number; another may have been rounded.
EXACT = 2**53

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


#: A member outside the body has this value until the headers have been read.
ELSEWHERE: Any = None


def string(value: Any) -> Any:
    """Read text."""
    if type(value) is str or value is None:
        return value
    if isinstance(value, str):  # a member of an enum
        return str.__str__(value)
    raise Mismatch


def integer(value: Any) -> Any:
    """Read a whole number; 3.0 and "3" count as 3."""
    if type(value) is int or value is None:
        return value
    if type(value) is float and value.is_integer() and abs(value) < EXACT:
        return int(value)
    if type(value) is str:
        return _whole_from_text(value)
    raise Mismatch


def _whole_from_text(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        pass
    # Exactly, which a float is not: "12345678901234567890.0" has no float.
    from decimal import Decimal, DecimalException

    try:
        written = Decimal(text)
        is_whole = written.is_finite() and written == written.to_integral_value()
    except (DecimalException, ValueError):
        raise Mismatch from None
    # A float ends at 1e308; "1e999999999" would fill the memory as an int.
    if is_whole and written.adjusted() <= float_info.max_10_exp:
        return int(written)
    raise Mismatch


def number(value: Any) -> Any:
    """Read a number, non-finite ones included; text counts as what it spells."""
    if value is None or type(value) is float or type(value) is int:
        return value
    if type(value) is str:
        return number_or_text(value)
    raise Mismatch


def number_or_text(value: Any) -> Any:
    """Read a number as a float, as botocore does in the protocol rest-json."""
    if value is None:
        return None
    if type(value) is float or type(value) is int or type(value) is str:
        try:
            result = float(value)
        except (ValueError, OverflowError):
            raise Mismatch from None
        # The text of a number that no float holds is not infinite.
        if not isinf(result) or type(value) is float or "n" in str(value).lower():
            return result
    raise Mismatch


def boolean(value: Any) -> Any:
    """Read True or False; the text "true" or "false" counts, in any case."""
    if value is None or value is True or value is False:
        return value
    if type(value) is str and value.lower() in {"true", "false"}:
        return value.lower() == "true"
    raise Mismatch


# The names that code of earlier generators has for them.
integer_or_text = integer
boolean_or_text = boolean


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
    from botosmith.runtime.serde.timestamps import parse_instant

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
    """Read any JSON value as it is.

    A list of elements of XML is not one: botocore's parser gives it for a text that
    comes several times.
    """
    read: Any = value
    if type(value) is list and read and hasattr(read[0], "itertext"):
        raise Mismatch
    return read


def octets(value: Any) -> Any:
    """Read bytes or text as they are."""
    if value is None or isinstance(value, (bytes, bytearray, str)):
        return value
    raise Mismatch


def body(value: Any) -> Any:
    """Read what is to be sent as a body."""
    from botosmith.runtime.bodies.request_body import is_body  # few requests have one

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
