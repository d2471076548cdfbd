"""botocore's parameters on the wire of the JSON protocols.

The rules are those of `botocore.serialize.JSONSerializer`, written anew: what tests
the use of botocore must not lean on the part that it tests.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any

from botocore.model import Shape

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

#: The format of timestamps where the model says nothing else.
DEFAULT_FORMAT = "unixTimestamp"


def wire_name(name: str, member: Shape) -> str:
    """The key of a member in a JSON object."""
    return str(member.serialization.get("name", name))


def timestamp_format(shape: Shape) -> str:
    """Return the format of a shape's timestamps, such as `iso8601`."""
    return str(shape.serialization.get("timestampFormat", DEFAULT_FORMAT)).lower()


def write_scalar(value: Any, shape: Shape) -> Any:
    """A parameter that holds no others, as JSON has it."""
    match value:
        case datetime():
            return write_timestamp(value, shape)
        case bytes():
            return base64.b64encode(value).decode()
        case float() if math.isnan(value):
            return "NaN"
        case float() if math.isinf(value):
            return "Infinity" if value > 0 else "-Infinity"
        case _:
            return value


def write_timestamp(moment: datetime, shape: Shape) -> int | float | str:
    """An aware datetime in the format of its shape."""
    return format_moment(moment, timestamp_format(shape))


def format_moment(moment: datetime, form: str) -> int | float | str:
    """An aware datetime in a format, by botocore's name of it."""
    return _WRITERS[form.lower()](moment.astimezone(UTC))


def read_timestamp(value: Any, shape: Shape) -> datetime:
    """Return the moment of a wire value, in UTC.

    Raises:
        ValueError: The value is not a timestamp in the format of its shape.
    """
    try:
        return _READERS[timestamp_format(shape)](value).astimezone(UTC)
    except (TypeError, OverflowError) as error:
        raise ValueError(str(error)) from error


def read_blob(value: Any) -> bytes:
    """The bytes of a wire value.

    Raises:
        ValueError: The value is not base64.
    """
    if not isinstance(value, str):
        message = "is not a string of base64"
        raise ValueError(message)  # noqa: TRY004 - one error for all that is not base64
    return base64.b64decode(value, validate=True)


def _write_epoch(moment: datetime) -> int | float:
    elapsed = moment - EPOCH
    seconds = elapsed // timedelta(seconds=1)
    if not elapsed.microseconds:
        return seconds
    # Divided once, as in botocore: adding a fraction would round twice.
    return (seconds * 10**6 + elapsed.microseconds) / 10**6


def _read_epoch(value: Any) -> datetime:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        message = "is not a number of seconds"
        raise TypeError(message)
    return EPOCH + timedelta(seconds=value)


def _write_iso8601(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat() + "Z"


def _write_rfc822(moment: datetime) -> str:
    return format_datetime(moment, usegmt=True)


_WRITERS: dict[str, Callable[[datetime], int | float | str]] = {
    "unixtimestamp": _write_epoch,
    "iso8601": _write_iso8601,
    "rfc822": _write_rfc822,
}

_READERS: dict[str, Callable[[Any], datetime]] = {
    "unixtimestamp": _read_epoch,
    "iso8601": datetime.fromisoformat,
    "rfc822": parsedate_to_datetime,
}
