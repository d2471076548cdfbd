"""CBOR: the bytes that botocore writes, and the values that it reads."""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.model import ShapeResolver
from botocore.parsers import ResponseParserError, RpcV2CBORParser
from botocore.serialize import RpcV2CBORSerializer
from hypothesis import given
from hypothesis import strategies as st

from botosmith.runtime.protocol import cbor
from botosmith.runtime.protocol.codec import CborCodec, Unreadable
from botosmith.runtime.serde.writers import EPOCH, Refused, Single, double, long, single

#: A structure with a member of each type that CBOR writes in its own way.
MODEL: Any = {
    "All": {
        "type": "structure",
        "members": {
            name: {"shape": name}
            for name in (
                *("Blob", "Boolean", "Double", "Float", "List", "Long", "Map"),
                *("String", "Timestamp", "All"),
            )
        },
    },
    "Blob": {"type": "blob"},
    "Boolean": {"type": "boolean"},
    "Double": {"type": "double"},
    "Float": {"type": "float"},
    "List": {"type": "list", "member": {"shape": "Long"}},
    "Long": {"type": "long"},
    "Map": {
        "type": "map",
        "key": {"shape": "String"},
        "value": {"shape": "String"},
    },
    "String": {"type": "string"},
    "Timestamp": {"type": "timestamp"},
}
SHAPES = ShapeResolver(MODEL)

NUMBERS = st.integers(-(2**64), 2**64 - 1)
SINGLES = st.floats(width=32)
MOMENTS = st.datetimes(timezones=st.just(UTC))
LEAVES = {
    "Blob": st.binary(max_size=300),
    "Boolean": st.booleans(),
    "Double": st.floats(),
    "Float": SINGLES,
    "List": st.lists(NUMBERS, max_size=30),
    "Long": NUMBERS,
    "Map": st.dictionaries(st.text(), st.text(), max_size=30),
    "String": st.text(max_size=300),
    "Timestamp": MOMENTS,
}
VALUES = st.recursive(
    st.fixed_dictionaries({}, optional=LEAVES),
    lambda inner: st.fixed_dictionaries({"All": inner}, optional=LEAVES),
    max_leaves=5,
)


def to_document(value: dict[str, Any]) -> dict[str, Any]:
    """Return what wire code makes of a structure: single numbers are marked."""
    kinds: dict[str, Any] = {"Float": Single, "All": to_document}
    return {name: kinds.get(name, same)(item) for name, item in value.items()}


def same(value: Any) -> Any:
    """The value itself."""
    return value


@given(VALUES)
def test_the_same_bytes(value: dict[str, Any]) -> None:
    """Whatever there is, and however deep."""
    theirs = bytearray()
    RpcV2CBORSerializer()._serialize_data_item(  # type: ignore[attr-defined]
        theirs, value, SHAPES.get_shape_by_name("All")
    )

    assert cbor.encode(to_document(value)) == bytes(theirs)


ITEMS = st.recursive(
    st.none()
    | st.booleans()
    | NUMBERS
    | st.floats(allow_nan=False)
    | st.text()
    | st.binary()
    | MOMENTS,
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def without_nulls(value: Any) -> Any:
    """The value as it is read: entries that are null are not there."""
    if isinstance(value, dict):
        kept = {key: item for key, item in value.items() if item is not None}
        return {key: without_nulls(item) for key, item in kept.items()}
    return [without_nulls(item) for item in value] if isinstance(value, list) else value


@given(ITEMS)
def test_there_and_back(value: Any) -> None:
    """To the microsecond, as far as 64 bits hold one."""
    read = cbor.decode(cbor.encode(value))

    if isinstance(value, datetime):
        assert abs(read - value) < timedelta(milliseconds=1)
    elif not contains_moment(value):
        assert read == without_nulls(value)


def contains_moment(value: Any) -> bool:
    """Return whether there is an instant somewhere."""
    if isinstance(value, dict):
        return any(map(contains_moment, value.values()))
    if isinstance(value, list):
        return any(map(contains_moment, value))
    return isinstance(value, datetime)


def read_reference(body: bytes) -> Any:
    """Return what botocore reads."""
    parser: Any = RpcV2CBORParser()
    return parser.parse_data_item(parser.get_peekable_stream_from_bytes(body))


#: The errors of botocore's parser for bytes that are not CBOR.
FAILURES = (
    ResponseParserError,
    ValueError,
    OverflowError,
    TypeError,
    RecursionError,
    MemoryError,
)


@given(st.binary(max_size=40) | ITEMS.map(cbor.encode))
def test_the_same_values(body: bytes) -> None:
    """Both readers make the same value of any bytes, or both refuse them."""
    try:
        theirs = read_reference(body)
    except FAILURES:
        if body:
            with pytest.raises(Unreadable):
                CborCodec().decode(body)
        return
    try:
        ours = CborCodec().decode(body)
    except Unreadable as unreadable:
        # Keys that are not text, which no service sends.
        if "a key is of type" not in unreadable.how:
            raise
        return
    assert repr(normal(ours)) == repr(normal(theirs))


def normal(value: Any) -> Any:
    """A value in which instants are told by their distance from the epoch."""
    if isinstance(value, datetime):
        return value - EPOCH
    if isinstance(value, dict):
        return {key: normal(item) for key, item in value.items()}
    return [normal(item) for item in value] if isinstance(value, list) else value


INDEFINITE = [
    (b"\x5f\x41a\x42bc\xff", b"abc"),
    (b"\x7f\x61a\x62bc\xff", "abc"),
    (b"\x9f\x01\x02\xff", [1, 2]),
    (b"\xbf\x61a\x01\xff", {"a": 1}),
    (b"\xbf\x61a\xf6\x61b\xf7\xff", {}),
    (b"\xc1\xfb\x3f\xf8\x00\x00\x00\x00\x00\x00", EPOCH + timedelta(seconds=1.5)),
    (b"\xf9\x3c\x00", 1.0),
]


@pytest.mark.parametrize(("body", "value"), INDEFINITE)
def test_what_we_do_not_write_is_read(body: bytes, value: Any) -> None:
    """Lengths that come last, null in a map, and short numbers."""
    assert cbor.decode(body) == value == read_reference(body)


BROKEN = [
    (b"\xa1", "it ends 1 bytes too early"),
    (b"\x62a", "it ends 1 bytes too early"),
    (b"\x1c", "unknown length 28 at byte 0"),
    (b"\xf8\x20", "unknown simple value 24 at byte 0"),
    (b"\xc2\x41a", "a bytes is tagged 2"),
    (b"\xa1\x80\x01", "a key is of type list"),
    (b"\x61\xff", "is not CBOR: a text is not UTF-8: invalid start byte"),
    (b"\x81" * 100_000, "is nested too deeply"),
]


@pytest.mark.parametrize(("body", "told"), BROKEN)
def test_what_is_no_cbor_is_told(body: bytes, told: str) -> None:
    """With the place, where there is one."""
    with pytest.raises(Unreadable) as caught:
        CborCodec().decode(body)

    assert told in caught.value.how


def test_numbers_that_have_no_place() -> None:
    """They are refused before anything is sent."""
    assert long(2**64 - 1) == 2**64 - 1
    assert double(3) == 3.0
    assert struct.unpack(">f", struct.pack(">f", single(0.5))) == (0.5,)
    for write, value in ((long, 2**64), (single, 1e300), (double, 10**400)):
        with pytest.raises(Refused):
            write(value)


def test_what_cbor_does_not_have() -> None:
    """No wire code makes such a document."""
    with pytest.raises(TypeError, match="CBOR has no set"):
        cbor.encode({"a": {1}})
