"""Instants that are written as text, where botocore would read or write them wrongly.

botocore leaves texts to dateutil, which takes an unknown time zone for UTC, one that is
named like the machine's own for that, and fills what a date lacks with today's. It
writes years with `strftime`, which leaves out leading zeros on Linux.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import Any

#: The hours that the names of time zones in RFC 822 (5.1) stand for. Its single letters
#: but Z are left out: RFC 1123 (5.2.14) says that they mean nothing.
_HOURS = {
    "UT": 0,
    "UTC": 0,
    "GMT": 0,
    "Z": 0,
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
}

_MONTHS = {
    name: number
    for number, name in enumerate(
        (
            *("jan", "feb", "mar", "apr", "may", "jun"),
            *("jul", "aug", "sep", "oct", "nov", "dec"),
        ),
        start=1,
    )
}

# A time may be followed by nothing, a name or an offset, and a comment.
_ZONE = r"\s*(?P<zone>[A-Za-z]+|[+-]\d{2}:?\d{2}|[+-]\d{2})?\s*(\([^()]*\))?"
_FRACTION = r"([.,](?P<fraction>\d+))?"

_SECONDS = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?").fullmatch
_ISO_8601 = re.compile(
    r"(?P<year>\d{4})(?P<dash>-?)(?P<month>\d{2})(?P=dash)(?P<day>\d{2})"
    r"((?:[Tt]|\s+)(?P<hour>\d{2}):?(?P<minute>\d{2})"
    rf"(:?(?P<second>\d{{2}}){_FRACTION})?{_ZONE})?"
).fullmatch
_RFC_822 = re.compile(
    r"([A-Za-z]+,?\s+)?(?P<day>\d{1,2})\s+(?P<month>[A-Za-z]{3})\s+"
    r"(?P<year>\d{4})\s+(?P<hour>\d{1,2}):(?P<minute>\d{2})"
    rf"(:(?P<second>\d{{2}}){_FRACTION})?{_ZONE}"
).fullmatch

# `GMT+3` is three hours ahead of UTC to some, and behind it by POSIX.
_AMBIGUOUS = re.compile(r"(?P<word>[A-Za-z]+)[+-]\d").finditer

# Dates that have nothing in common, to find out what a text itself says.
_DEFAULTS = datetime(2001, 1, 2), datetime(2004, 2, 3)  # noqa: DTZ001 - as dateutil's


def parse_instant(text: str) -> datetime:
    """Return the instant that a text says, in UTC; one without a time zone is in UTC.

    Args:
        text: Seconds since the epoch, ISO 8601, RFC 822 or another form of a whole date
            that dateutil knows.

    Raises:
        ValueError: It is not an instant, lacks a part of the date, lies outside of the
            years 1 to 9999, or its time zone is not one that RFC 822 names.
    """
    text = text.strip()
    try:
        if _SECONDS(text):
            return datetime.fromtimestamp(float(text), UTC)
        found = _ISO_8601(text) or _RFC_822(text)
        moment = _parse_other(text) if found is None else _make_moment(found)
        if moment.tzinfo is None:
            return moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC)
    except (OverflowError, OSError) as error:
        msg = f"{text[:40]!r} is not an instant: {error}"
        raise ValueError(msg) from None


def _make_moment(found: re.Match[str]) -> datetime:
    """Return the moment that the groups of a match say."""
    month = found["month"]
    hour, minute, second = (
        int(found[name] or 0) for name in ("hour", "minute", "second")
    )
    return datetime(
        int(found["year"]),
        int(month) if month.isdecimal() else _MONTHS.get(month.lower(), 0),
        int(found["day"]),
        hour,
        minute,
        second,
        int((found["fraction"] or "").ljust(6, "0")[:6]),
        _find_zone(found["zone"] or "Z"),
    )


def _find_zone(zone: str) -> tzinfo:
    """Return the time zone that a name or an offset stands for.

    Raises:
        ValueError: It is not known, or is a day off or more.
    """
    if zone[0] not in "+-":
        hours = _HOURS.get(zone.upper())
        if hours is None:
            msg = f"time zone {zone!r}: expected one of RFC 822"
            raise ValueError(msg)
        return timezone(timedelta(hours=hours)) if hours else UTC
    digits = zone[1:].replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > 23 or minutes > 59:  # noqa: PLR2004 - of a day and of an hour
        msg = f"offset {zone!r}: expected at most 23 hours and 59 minutes"
        raise ValueError(msg)
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if zone[0] == "-" else offset)


def _parse_other(text: str) -> datetime:
    """Return the moment that dateutil finds, if it does not have to guess.

    Raises:
        ValueError: It finds none, or has to guess a time zone or a part of the date.
    """
    parser = _make_parser()
    months = parser.info.month
    if any(months(found["word"]) is None for found in _AMBIGUOUS(text)):
        msg = f"the time zone of {text[:40]!r} has two meanings"
        raise ValueError(msg)
    try:
        first, second = (
            parser.parse(text, default=default, tzinfos=_check_zone)
            for default in _DEFAULTS
        )
    except ValueError:
        raise
    except Exception as error:  # noqa: BLE001 - dateutil trips in many ways
        msg = f"{text[:40]!r} is not an instant: {error}"
        raise ValueError(msg) from None
    if first != second:
        msg = f"{text[:40]!r} lacks a part of the date"
        raise ValueError(msg)
    moment: datetime = first
    return moment


def _check_zone(name: str | None, offset: int | None) -> tzinfo | None:
    """Answer dateutil, which asks what a time zone is; None where there is none."""
    if name is not None:
        return _find_zone(name)
    return None if offset is None else timezone(timedelta(seconds=offset))


@cache
def _make_parser() -> Any:
    """Make dateutil's parser, without words that may as well be a time zone."""
    from botocore import utils

    dateutil: Any = vars(utils)["dateutil"]  # botocore's dependency, and not ours
    usual: Any = dateutil.parser.parserinfo

    class Info(usual):  # type: ignore[misc] # it has no types
        AMPM = (("am",), ("pm",))
        JUMP = tuple(word for word in usual.JUMP if word not in {"m", "t"})

    made = dateutil.parser.parser(Info())
    made.info = Info()
    return made


def keep_odd_expires(
    response_dict: dict[str, Any], customized_response_dict: dict[str, Any], **_: Any
) -> None:
    """Leave an `Expires` header that cannot be read to S3's `ExpiresString` alone.

    So does botocore's own handler of the event `before-parse`, by dateutil's means.
    """
    headers = response_dict["headers"]
    text = headers.get("Expires")
    if text is None:
        return
    try:
        parse_instant(text)
    except ValueError:
        customized_response_dict["ExpiresString"] = text
        del headers["Expires"]


def write_years_in_full(serializer: Any) -> None:
    """Have a serializer of botocore's write the years before 1000 with four digits.

    So does ISO 8601, and botocore where `strftime` does not depend on the system.

    Args:
        serializer: The serializer of one client.
    """
    write: Callable[[datetime], str] = serializer._timestamp_iso8601

    def write_in_full(moment: datetime) -> str:
        text = write(moment)
        if moment.year > 999:  # noqa: PLR2004 - the last that may lack a digit
            return text
        year, dash, rest = text.partition("-")
        return f"{year.zfill(4)}{dash}{rest}"

    serializer._timestamp_iso8601 = write_in_full
