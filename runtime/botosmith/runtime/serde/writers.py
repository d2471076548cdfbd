"""Writers of request values: what a generated `_to_wire` calls for each member.

Each checks its value and gives what goes on the wire. One that fails raises `Refused`
and no more: the caller then validates the whole object, which names every violation
with its path (`botosmith.runtime.serde.validation`). The checks are a superset of those
of botocore (`botocore.validate`): types, lengths and ranges with both bounds.
"""

from __future__ import annotations

import base64
import math
import struct
from collections.abc import Callable, Generator, ItemsView, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from decimal import Decimal
from math import inf
from sys import float_info, maxsize
from typing import TYPE_CHECKING, Any, TypeGuard

from botosmith.runtime.bodies.stream import StreamingBody
from botosmith.runtime.serde.depth import TooDeep, go_deeper
from botosmith.runtime.serde.readers import SDK_UNKNOWN_MEMBER

if TYPE_CHECKING:
    from botosmith.runtime.objects.structure import Structure, UnknownMember

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


#: Python writes no whole number of more digits (`sys.set_int_max_str_digits`).
LONGEST = 10**4300 - 1


class Refused(Exception):  # noqa: N818 - a signal to the caller, never shown
    """A value may not be sent."""


#: True while rules that botocore does not check are left to the service.
_is_lenient: ContextVar[bool] = ContextVar("_is_lenient", default=False)


@contextmanager
def as_botocore_checks() -> Generator[None]:
    """Within, refuse only what botocore refuses.

    botocore checks no maximum, and a minimum only of numbers, text and lists
    (`botocore.validate`). The wire code is the same, so the bytes are, too.
    """
    token = _is_lenient.set(True)
    try:
        yield
    finally:
        _is_lenient.reset(token)


def _refuse_unless(is_sent_by_botocore: bool) -> None:  # noqa: FBT001 - private
    """Refuse a value that breaks a rule of ours, if that is to be checked."""
    if not (is_sent_by_botocore and _is_lenient.get()):
        raise Refused


def string(value: Any, minimum: int = 0, maximum: int = maxsize) -> str:
    """Text of `minimum` to `maximum` characters."""
    if not (isinstance(value, str) and minimum <= len(value) <= maximum):
        _refuse_unless(isinstance(value, str) and len(value) >= minimum)
    return value  # type: ignore[no-any-return]


def integer(value: Any, minimum: float = -LONGEST, maximum: float = LONGEST) -> int:
    """A whole number of `minimum` to `maximum`; True and False are none."""
    if not (
        isinstance(value, int)
        and minimum <= value <= maximum
        and not isinstance(value, bool)
    ):
        _refuse_unless(isinstance(value, int) and value >= minimum)
    return value  # type: ignore[no-any-return]


class Scientific(float):
    """A float that only Python itself is to write, for others spell it differently.

    It has an exponent, or is not finite: msgspec has `0.00001` where Python has
    `1e-05`, and it refuses what is not exactly a float.
    """

    __slots__ = ()


def _mark(value: float) -> float:
    # These are the bounds of `float.__repr__`.
    is_plain = 1e-4 <= abs(value) < 1e16 or value == 0  # noqa: PLR2004
    return value if is_plain and type(value) is float else Scientific(value)


def unmark(value: Any) -> Any:
    """A document with plain floats alone."""
    return _each_float(
        lambda one: float(one) if isinstance(one, Scientific) else one, value
    )


def _each_float(change: Callable[[float], float], value: Any) -> Any:
    """A document with other floats, those that are keys included."""
    try:
        if is_list(value):
            return [_each_float(change, item) for item in value]
        if is_map(value):
            return {
                _each_float(change, key): _each_float(change, item)
                for key, item in value.items()
            }
    except TooDeep:
        raise
    except RecursionError:
        return go_deeper(_each_float, change, value)
    return change(value) if isinstance(value, float) else value


def number(value: Any, minimum: float = -inf, maximum: float = inf) -> float | str:
    """A number of `minimum` to `maximum`; the non-finite ones travel as text."""
    if not isinstance(value, (float, int, Decimal)):
        raise Refused
    if isinstance(value, bool):
        _refuse_unless(value >= minimum)
        return value
    if isinstance(value, Decimal) and value.is_snan():
        raise Refused
    result = float(value) if isinstance(value, Decimal) else value
    if isinstance(result, float) and math.isnan(result):
        return "NaN"
    if not minimum <= result <= maximum:
        _refuse_unless(result >= minimum)
    if isinstance(result, float):
        if math.isinf(result):
            return "Infinity" if result > 0 else "-Infinity"
        return _mark(result)
    # A whole number is sent as it is, if there is a float of its size.
    if not -float_info.max <= result <= float_info.max:
        raise Refused
    return result


def real(value: Any, minimum: float = -inf, maximum: float = inf) -> float | Decimal:
    """A number of `minimum` to `maximum` as it is; a NaN is neither below nor above."""
    number(value, minimum, maximum)
    kept: float | Decimal = value
    return kept


class Single(float):
    """A number that travels in 32 bits."""

    __slots__ = ()


def double(value: Any, minimum: float = -inf, maximum: float = inf) -> float:
    """A number of `minimum` to `maximum` that travels in 64 bits."""
    try:
        return float(real(value, minimum, maximum))
    except OverflowError:  # of a whole number
        raise Refused from None


def single(value: Any, minimum: float = -inf, maximum: float = inf) -> Single:
    """A number of `minimum` to `maximum` that travels in 32 bits."""
    result = Single(double(value, minimum, maximum))
    try:
        struct.pack(">f", result)
    except OverflowError:
        raise Refused from None
    return result


def long(value: Any, minimum: float = -inf, maximum: float = inf) -> int:
    """A whole number of `minimum` to `maximum` that travels in 64 bits and a sign."""
    if -(1 << 64) <= integer(value, minimum, maximum) < 1 << 64:
        return int(value)
    raise Refused


def boolean(value: Any) -> bool:
    """True or False."""
    if value is True or value is False:
        return value
    raise Refused


def timestamp(value: Any) -> float:
    """Seconds since the epoch, with a fraction only where there is one."""
    if (
        type(value) is datetime and value.tzinfo is UTC
    ):  # the same, and nearly always so
        exact = value.timestamp()
        return _mark(exact) if value.microsecond else int(exact)
    elapsed = _aware(value) - EPOCH
    seconds = elapsed.days * 86_400 + elapsed.seconds
    if elapsed.microseconds:
        # Divided once, as in botocore: adding a fraction would round twice.
        return _mark((seconds * 10**6 + elapsed.microseconds) / 10**6)
    return seconds


def timestamp_iso8601(value: Any) -> str:
    """ISO 8601 in UTC, with microseconds only where there are some."""
    moment = _aware(value).astimezone(UTC)
    # `strftime` would leave out leading zeros of the year.
    return f"{moment.replace(tzinfo=None).isoformat()}Z"


def timestamp_rfc822(value: Any) -> str:
    """RFC 822 in GMT, whole seconds."""
    from email.utils import formatdate  # a tenth of what importing all of us costs

    elapsed = _aware(value) - EPOCH
    return formatdate(elapsed.days * 86_400 + elapsed.seconds, usegmt=True)


def instant(value: Any) -> datetime:
    """An instant as an aware datetime."""
    return _aware(value)


def _aware(value: Any) -> datetime:
    moment = value if isinstance(value, datetime) else _parse_instant(value)
    if not is_instant(moment):
        raise Refused
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def _parse_instant(value: Any) -> datetime:
    """Read what botocore takes for an instant: text, and seconds since the epoch."""
    moment = parse_instant(value) if _is_lenient.get() else None
    if moment is None:
        raise Refused
    return moment


def parse_instant(value: Any) -> datetime | None:
    """Return the instant that botocore makes of a parameter, if it makes one."""
    from botocore.utils import parse_to_aware_datetime

    try:
        return parse_to_aware_datetime(value)
    except (TypeError, ValueError, AttributeError, OverflowError, RuntimeError):
        return None  # the last is botocore's for years that no datetime has


def is_instant(value: datetime) -> bool:
    """Return whether a datetime lies in the years 1 to 9999 in UTC."""
    if value.tzinfo is None:
        return True
    try:
        # Python takes one without an offset for the machine's own time.
        has_offset = value.utcoffset() is not None
        value.astimezone(UTC)
    except Exception:  # noqa: BLE001 - a time zone may be anybody's code
        return False
    return has_offset


def blob(value: Any, minimum: int = 0, maximum: int = maxsize) -> str:
    """Bytes as base64; text counts as its UTF-8, as in botocore."""
    sent = content(value)
    if sent is None:
        raise Refused
    if not minimum <= len(sent) <= maximum:
        _refuse_unless(True)  # noqa: FBT003 - whatever the length
    return base64.b64encode(sent).decode()


def binary(value: Any, minimum: int = 0, maximum: int = maxsize) -> bytes | bytearray:
    """Bytes as they are; text counts as its UTF-8, as in botocore."""
    sent = content(value)
    if sent is None:
        raise Refused
    if not minimum <= len(sent) <= maximum:
        _refuse_unless(True)  # noqa: FBT003 - whatever the length
    return sent


def octets(value: Any) -> bytes | bytearray | str:
    """Bytes or text as they are."""
    if isinstance(value, (bytes, bytearray, str)):
        return value
    raise Refused


def body(value: Any) -> Any:
    """A request's body: bytes, text, a file, or an iterable of bytes."""
    from botosmith.runtime.bodies.request_body import Unsendable, as_body

    try:
        return as_body(value)
    except Unsendable:
        raise Refused from None


def stream(value: Any) -> Any:
    """A reply's body, as botocore has it."""
    return value.raw if isinstance(value, StreamingBody) else value


def events(value: Any) -> Any:
    """Events, which are sent as they come."""
    return value


def content(value: Any) -> bytes | bytearray | None:
    """The bytes of a blob; None where a value has none."""
    try:
        sent = value.encode() if isinstance(value, str) else value
    except UnicodeEncodeError:  # half a surrogate pair
        return None
    return sent if isinstance(sent, (bytes, bytearray)) else None


def document(value: Any) -> Any:
    """Any JSON value, to be written as Python writes it."""
    if is_document(value):
        return _each_float(_mark, value)
    raise Refused


def is_key(value: Any) -> bool:
    """Return whether JSON can have a value for a name; it makes text of numbers."""
    return value is None or isinstance(value, (str, int, float))


def is_document(value: Any) -> bool:
    """Return whether JSON can hold a value, with all that is in it."""
    if value is None or isinstance(value, (str, float)):
        return True
    if isinstance(value, int):
        return -LONGEST <= value <= LONGEST
    try:
        if is_list(value):
            return all(map(is_document, value))
        return is_map(value) and all(
            is_key(key) and is_document(item) for key, item in value.items()
        )
    except TooDeep:
        raise
    except RecursionError:
        return go_deeper(is_document, value)


def array(value: Any, minimum: int = 0, maximum: int = maxsize) -> Sequence[Any]:
    """The items of a list or tuple that holds `minimum` to `maximum` of them."""
    if not is_list(value):
        raise Refused
    if not minimum <= len(value) <= maximum:
        _refuse_unless(len(value) >= minimum)
    return value


def mapping(
    value: Any, minimum: int = 0, maximum: int = maxsize
) -> ItemsView[Any, Any]:
    """The entries of a dictionary that holds `minimum` to `maximum` of them."""
    if not is_map(value):
        raise Refused
    if not minimum <= len(value) <= maximum:
        _refuse_unless(True)  # noqa: FBT003 - whatever the number
    return value.items()


def is_list(value: Any) -> TypeGuard[Sequence[Any]]:
    """Return whether a value counts as a list."""
    return isinstance(value, (list, tuple))


def is_map(value: Any) -> TypeGuard[dict[Any, Any]]:
    """Return whether a value counts as a map."""
    return isinstance(value, dict)


def structure(value: Any, expected: type[Structure]) -> dict[str, Any]:
    """An object of a generated class."""
    if isinstance(value, expected):
        try:
            return value._to_wire()
        except TooDeep:
            raise
        except RecursionError:
            return go_deeper(value._to_wire)
    raise Refused


def parameter_union(
    data: dict[str, Any], unknown: UnknownMember | None
) -> dict[str, Any]:
    """The same as botocore's parameter, which has a name for a newer member."""
    if unknown is not None:
        data[SDK_UNKNOWN_MEMBER] = {"name": unknown.name}
    return _only(data)


def union(data: dict[str, Any], unknown: UnknownMember | None) -> dict[str, Any]:
    """The one member of a union that is set; of a newer one, what JSON can hold."""
    if unknown is not None:
        data[unknown.name] = document(unknown.value)
    return _only(data)


def binary_union(data: dict[str, Any], unknown: UnknownMember | None) -> dict[str, Any]:
    """The same where a newer member may hold bytes and instants, as in CBOR."""
    if unknown is not None:
        data[unknown.name] = unknown.value
    return _only(data)


def _only(data: dict[str, Any]) -> dict[str, Any]:
    if len(data) == 1:
        return data
    raise Refused
