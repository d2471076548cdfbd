"""JSON: the bytes that botocore writes, and the same values by every decoder."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum, IntEnum, StrEnum
from typing import Any, Self

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from botosmith.runtime import OpenEnum, UnknownMember, protocol
from botosmith.runtime.protocol import codec
from botosmith.runtime.protocol.codec import JsonCodec, Unreadable
from botosmith.runtime.serde import writers

TEXT = st.text(st.characters(codec=None))
VALUE: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=8,
)


class Weekday(OpenEnum):
    """An enum as they are generated."""

    MONDAY = "Mon"


class Level(StrEnum):
    """An enum of a user's, whose values are not its text."""

    LOW = "low"

    def __new__(cls, text: str) -> Self:
        """Make a member with another value."""
        member = str.__new__(cls, text)
        member._value_ = text.upper()
        return member


class Half(IntEnum):
    """The same with numbers."""

    ODD = 3

    def __new__(cls, number: int) -> Self:
        """Make a member with another value."""
        member = int.__new__(cls, number)
        member._value_ = 2 * number
        return member


class Share(float, Enum):
    """The same with fractions."""

    HALF = 0.5

    def __new__(cls, number: float) -> Self:
        """Make a member with another value."""
        member = float.__new__(cls, number)
        member._value_ = 2 * number
        return member


#: Pieces of JSON, and of text that is nearly JSON.
PIECES: tuple[bytes, ...] = (
    *(b"0", b"1", b"-", b".", b"e", b"E", b"+", b"9" * 20, b"18446744073709551616"),
    *(b'"', b"\\", b"\\u", b"d83d", b"\\ude00", b"\\n", b"\n", b"\t", b" ", b"\x00"),
    *(b"{", b"}", b"[", b"]", b":", b",", b'"a":', b"{}", b"[1]", b"null", b"true"),
    *(
        b"NaN",
        b"Infinity",
        b"a",
        b"\xc3\xa9",
        b"\xff",
        b"\xed\xa0\x80",
        b"\xef\xbb\xbf",
    ),
)


def read(body: bytes) -> tuple[str, Any]:
    """Return the value of a body, or what is wrong with it, by the decoder in force."""
    try:
        # Compared as text, which tells 1 from 1.0 and True, and NaN equals NaN.
        return "read", repr(JsonCodec().decode(body))
    except Unreadable as unreadable:
        return "unreadable", unreadable.how


@pytest.fixture
def both(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], tuple[Any, Any]]:
    """Reads a body with msgspec, and without."""
    speed = codec._find_speed()
    assert speed is not None

    def read_twice(body: bytes) -> tuple[Any, Any]:
        monkeypatch.setattr(codec, "_find_speed", lambda: speed)
        with_it = read(body)
        monkeypatch.setattr(codec, "_find_speed", lambda: None)
        return with_it, read(body)

    return read_twice


#: Values that only documents of a user can hold, beside JSON's own.
ODD: Any = st.recursive(
    VALUE
    | st.sampled_from([Weekday.MONDAY, Level.LOW, Half.ODD, Share.HALF])
    | st.sampled_from([(1, "2"), 1e-5, 1e16]),
    lambda inner: st.dictionaries(
        TEXT | st.integers() | st.floats(allow_nan=False) | st.booleans() | st.none(),
        inner,
        max_size=4,
    ),
    max_leaves=8,
)


@pytest.mark.parametrize("with_msgspec", [True, False])
def test_documents_are_written_as_botocore_writes_them(
    monkeypatch: pytest.MonkeyPatch,
    with_msgspec: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """botocore calls `json.dumps` (`botocore.serialize.JSONSerializer`)."""
    if not with_msgspec:
        monkeypatch.setattr(codec, "_find_speed", lambda: None)

    @given(value=ODD)
    @example("\x7f")
    @example("\ud800")
    @example(2**64)
    @example(float("nan"))
    @example(-0.0)
    @example({1e16: 1})
    def check(value: Any) -> None:
        written = JsonCodec().encode(writers.document(value))
        assert written == json.dumps(value).encode()

    check()


@given(value=st.floats())
@example(1e16)
@example(9.999e-5)
@example(5e-324)
def test_numbers_are_written_as_botocore_writes_them(value: float) -> None:
    """Those without JSON travel as text."""
    written = JsonCodec().encode([writers.number(value)])
    assert written == JsonCodec().encode([writers.number(Decimal(value))])
    if math.isfinite(value):
        assert written == json.dumps([value]).encode()


@given(value=st.datetimes(timezones=st.just(UTC)))
@example(datetime(1970, 1, 1, 0, 0, 0, 99, tzinfo=UTC))
@example(datetime(1970, 1, 1, 0, 0, 0, 1, tzinfo=UTC))
def test_instants_are_written_as_botocore_writes_them(value: datetime) -> None:
    """As numbers (`botocore.serialize.Serializer._timestamp_unixtimestamp`)."""
    written = JsonCodec().encode([writers.timestamp(value)])
    exact = value.timestamp() if value.microsecond else int(value.timestamp())
    assert written == json.dumps([exact]).encode()


@pytest.mark.parametrize(
    ("writer", "value"),
    [
        (writers.string, Weekday.MONDAY),
        (writers.string, Level.LOW),
        (writers.integer, Half.ODD),
        (writers.number, Half.ODD),
        (writers.number, Share.HALF),
    ],
)
def test_enums_are_written_as_what_they_are(
    writer: Callable[[Any], Any], value: Any
) -> None:
    """The text or number, whatever the member's value."""
    assert JsonCodec().encode([writer(value)]) == json.dumps([value]).encode()


def test_newer_members_are_written_as_botocore_writes_them() -> None:
    """Those of unions, which a reply has brought: JSON, or nothing."""
    for value in (1e-5, [1e22], {"a": float("nan")}):
        written = writers.union({}, UnknownMember("New", value))
        assert JsonCodec().encode(written) == json.dumps({"New": value}).encode()
    for odd in (b"a", {1}, datetime(2020, 1, 1, tzinfo=UTC)):
        with pytest.raises(writers.Refused):
            writers.union({}, UnknownMember("New", odd))


def test_marks_do_not_leave_the_runtime() -> None:
    """Documents that users get hold plain floats."""
    marked = writers.document({"a": [1e-5, {1e22: 0.5}], "b": "x"})
    plain = writers.unmark(marked)
    assert type(marked["a"][0]) is writers.Scientific
    assert plain == marked
    assert type(plain["a"][0]) is type(next(iter(plain["a"][1]))) is float


def test_ordinary_requests_are_written_by_msgspec() -> None:
    """Text of ASCII, whole numbers, fractions, enums and what holds them."""
    speed = codec._find_speed()
    assert speed is not None
    ordinary = [1, 'a"\n', 0.5, True, None, Weekday.MONDAY, {"b": [], "c": {}}]
    assert speed.encode(writers.document(ordinary)) == json.dumps(ordinary).encode()


def test_values_are_the_same_with_msgspec(both: Callable[[bytes], Any]) -> None:
    """Any document, escaped or not."""

    @given(value=VALUE, escaped=st.booleans())
    def check(value: Any, *, escaped: bool) -> None:
        text = json.dumps(value, ensure_ascii=escaped)
        with_it, without = both(text.encode("utf-8", "surrogatepass"))
        assert with_it == without

    check()


def test_nearly_json_is_the_same_with_msgspec(both: Callable[[bytes], Any]) -> None:
    """Wrong values have the same words, and odd ones the same value."""

    @given(pieces=st.lists(st.sampled_from(PIECES), max_size=7))
    @example([b'{"a":', b"1", b",", b'"a":', b"9" * 20, b"}"])
    @example([b'"', b"\\u", b"d83d", b'"'])
    @example([b"1", b"e", b"9" * 20])
    @example([b"9" * 20, b".", b"9" * 20])
    @example([b"-", b"0"])
    @example([b"NaN"])
    @example([b"[" * 100_000])
    @example([])
    def check(pieces: list[bytes]) -> None:
        with_it, without = both(b"".join(pieces))
        assert with_it == without

    check()


def test_no_msgspec_is_needed(
    monkeypatch: pytest.MonkeyPatch, both: Callable[[bytes], Any]
) -> None:
    """Without it, the standard library reads and writes."""
    del both
    codec._find_speed.cache_clear()
    modules: dict[str, Any] = __import__("sys").modules
    for name in [*modules]:
        if name.startswith("botosmith.runtime.protocol.msgspec_codec"):
            monkeypatch.delitem(modules, name)
    monkeypatch.delattr(protocol, "msgspec_codec")
    monkeypatch.setitem(modules, "msgspec", None)
    monkeypatch.setitem(modules, "msgspec.json", None)
    try:
        assert codec._find_speed() is None
        assert JsonCodec().decode(b'{"a": [1.0]}') == {"a": [1.0]}
        assert JsonCodec().encode({"a": [1.0]}) == b'{"a": [1.0]}'
    finally:
        codec._find_speed.cache_clear()
