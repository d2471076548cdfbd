"""CBOR (RFC 8949), as far as Smithy's RPC v2 protocol has it.

The same bytes as botocore's `CBORSerializer` writes, and the same values as its
`BaseCBORParser` reads, from plain Python values: botocore goes by shapes instead.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from math import isfinite, isnan
from typing import Any

from botosmith.runtime.serde.depth import TooDeep, go_deeper
from botosmith.runtime.serde.writers import Single, timestamp

_UNSIGNED, _NEGATIVE, _BYTES, _TEXT, _ARRAY, _MAP, _TAG, _OTHER = (
    major << 5 for major in range(8)
)
_FALSE, _TRUE, _NULL, _UNDEFINED, _HALF, _FLOAT, _DOUBLE = (
    _OTHER | info for info in (20, 21, 22, 23, 25, 26, 27)
)
_INDEFINITE = 31
_BREAK = 0xFF

#: The tag of seconds since the epoch.
_EPOCH_SECONDS = 1


#: A number below this stands in the first byte; from there on that says how many
#: bytes hold it.
_IN_NEXT_1 = 24
_IN_NEXT_8 = 27


def encode(value: Any) -> bytes:
    """The bytes of a value.

    Args:
        value: None, a boolean, a number, text, bytes, a datetime, or a list or
            dictionary of such.

    Raises:
        TypeError: It is something else.
    """
    out = bytearray()
    _encode(out, value)
    return bytes(out)


def _encode(out: bytearray, value: Any) -> None:
    kind: Any = value.__class__
    writer = _WRITERS.get(kind)
    if writer is None:
        # Members of enums are text, too.
        kinds = (known for known in _WRITERS if isinstance(value, known))
        writer = _WRITERS.get(next(kinds, object))
        if writer is None:
            msg = f"CBOR has no {kind.__name__}"
            raise TypeError(msg)
    writer(out, value)


def _head(out: bytearray, major: int, number: int) -> None:
    if number < _IN_NEXT_1:
        out.append(major | number)
    elif number < 1 << 8:
        out += bytes((major | _IN_NEXT_1, number))
    elif number < 1 << 16:
        out += struct.pack(">BH", major | 25, number)
    elif number < 1 << 32:
        out += struct.pack(">BI", major | 26, number)
    else:
        out += struct.pack(">BQ", major | _IN_NEXT_8, number)


def _encode_integer(out: bytearray, value: int) -> None:
    if value >= 0:
        _head(out, _UNSIGNED, value)
    else:
        _head(out, _NEGATIVE, -1 - value)


def _encode_double(out: bytearray, value: float) -> None:
    if isfinite(value):
        out += struct.pack(">Bd", _DOUBLE, value)
    else:
        _encode_non_finite(out, value)


def _encode_single(out: bytearray, value: float) -> None:
    if isfinite(value):
        out += struct.pack(">Bf", _FLOAT, value)
    else:
        _encode_non_finite(out, value)


def _encode_non_finite(out: bytearray, value: float) -> None:
    bits = 0x7E00 if isnan(value) else 0x7C00 if value > 0 else 0xFC00
    out += struct.pack(">BH", _HALF, bits)


def _encode_text(out: bytearray, value: str) -> None:
    content = value.encode()
    _head(out, _TEXT, len(content))
    out += content


def _encode_bytes(out: bytearray, value: bytes | bytearray) -> None:
    _head(out, _BYTES, len(value))
    out += value


def _encode_array(out: bytearray, value: list[Any]) -> None:
    _head(out, _ARRAY, len(value))
    size = len(out)
    try:
        for item in value:
            _encode(out, item)
    except TooDeep:
        raise
    except RecursionError:
        del out[size:]
        for item in value:
            go_deeper(_encode, out, item)


def _encode_map(out: bytearray, value: dict[Any, Any]) -> None:
    _head(out, _MAP, len(value))
    size = len(out)
    try:
        for key, item in value.items():
            _encode(out, key)
            _encode(out, item)
    except TooDeep:
        raise
    except RecursionError:
        del out[size:]
        for key, item in value.items():
            _encode(out, key)
            go_deeper(_encode, out, item)


def _encode_moment(out: bytearray, value: datetime) -> None:
    out.append(_TAG | _EPOCH_SECONDS)
    seconds: float = timestamp(value)
    _encode(out, seconds)  # whole ones are integers


# A boolean is an integer, and a single a float: the narrower come first.
_WRITERS: Mapping[type, Callable[[bytearray, Any], None]] = {
    type(None): lambda out, _: out.append(_NULL),
    bool: lambda out, value: out.append(_TRUE if value else _FALSE),
    str: _encode_text,
    int: _encode_integer,
    Single: _encode_single,
    float: _encode_double,
    dict: _encode_map,
    list: _encode_array,
    bytes: _encode_bytes,
    bytearray: _encode_bytes,
    datetime: _encode_moment,
}


def decode(body: bytes) -> Any:
    """Return the value that bytes begin with.

    Raises:
        ValueError: They are not CBOR, or use what the protocol has no use for.
        RecursionError: They are nested too deeply.
    """
    return _Reader(body).value()


def decode_first_level(body: bytes) -> dict[Any, Any]:
    """Return the entries of a map whose values are neither maps, lists nor tagged.

    Raises:
        ValueError: It is not a map, or the bytes are not CBOR.
    """
    return _Reader(body).first_level()


class _Reader:
    """Goes through bytes once."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._at = 0

    def value(self) -> Any:  # noqa: PLR0911 - one for each major type
        """Read one value, with all that it holds."""
        initial = self._byte()
        major, info = initial & 0xE0, initial & 0x1F
        if major == _TEXT:
            return self._content(info).decode()
        if major == _MAP:
            return self._map(info)
        if major == _ARRAY:
            return self._array(info)
        if major == _UNSIGNED:
            return self._number(info)
        if major == _NEGATIVE:
            return -1 - self._number(info)
        if major == _BYTES:
            return self._content(info)
        if major == _TAG:
            return self._tagged(info)
        return self._other(initial)

    def first_level(self) -> dict[Any, Any]:
        """Read a map, and pass over what its values hold."""
        initial = self._byte()
        major, info = initial & 0xE0, initial & 0x1F
        if major != _MAP:
            msg = "it is not a map"
            raise ValueError(msg)
        left = -1 if info == _INDEFINITE else self._number(info)
        entries: dict[Any, Any] = {}
        while left > 0 or (left < 0 and not self._ends()):
            left -= left > 0
            key, value = self._shallow(), self._shallow()
            if isinstance(key, str) and value is not None:
                entries[key] = value
        return entries

    def _shallow(self) -> Any:
        """Read one value; pass over one that holds others, for which None stands."""
        begin = self._at
        major = self._byte() & 0xE0
        self._at = begin
        if major not in {_ARRAY, _MAP, _TAG}:
            return self.value()
        self._skip()
        return None

    def _skip(self) -> None:
        """Pass over one value with all that it holds, however deep that is."""
        # The number of values left at each level; -1 where a mark tells the end.
        left = [1]
        while left:
            if left[-1] == 0 or (left[-1] < 0 and self._ends()):
                left.pop()
                continue
            left[-1] -= left[-1] > 0
            initial = self._byte()
            major, info = initial & 0xE0, initial & 0x1F
            if major in {_ARRAY, _MAP}:
                is_open = info == _INDEFINITE
                count = -1 if is_open else self._number(info) << (major == _MAP)
                left.append(count)
            elif major == _TAG:
                self._number(info)
                left.append(1)
            elif major == _OTHER:
                self._other(initial)
            elif major in {_BYTES, _TEXT}:
                self._content(info)
            else:
                self._number(info)

    def _take(self, count: int) -> bytes:
        end = self._at + count
        taken = self._body[self._at : end]
        if len(taken) != count:
            missing = count - len(taken)
            msg = f"it ends {missing} bytes too early"
            raise ValueError(msg)
        self._at = end
        return taken

    def _byte(self) -> int:
        return self._take(1)[0]

    def _number(self, info: int) -> int:
        if info < _IN_NEXT_1:
            return info
        if info > _IN_NEXT_8:
            msg = f"unknown length {info} at byte {self._at - 1}"
            raise ValueError(msg)
        return int.from_bytes(self._take(1 << (info - _IN_NEXT_1)), "big")

    def _ends(self) -> bool:
        """Return whether an item without a length ends here; if so, pass the mark."""
        if self._body[self._at : self._at + 1] == b"\xff":
            self._at += 1
            return True
        return False

    def _content(self, info: int) -> bytes:
        if info != _INDEFINITE:
            return self._take(self._number(info))
        chunks: list[bytes] = []
        while not self._ends():
            chunks.append(self._take(self._number(self._byte() & 0x1F)))
        return b"".join(chunks)

    def _array(self, info: int) -> list[Any]:
        begin = self._at
        try:
            if info != _INDEFINITE:
                return [self.value() for _ in range(self._number(info))]
            items: list[Any] = []
            while not self._ends():
                items.append(self.value())
        except TooDeep:
            raise
        except RecursionError:
            self._at = begin
            return go_deeper(self._array, info)
        return items

    def _map(self, info: int) -> dict[Any, Any]:
        entries: dict[Any, Any] = {}
        begin = self._at
        try:
            if info != _INDEFINITE:
                for _ in range(self._number(info)):
                    self._entry(entries)
                return entries
            while not self._ends():
                self._entry(entries)
        except TooDeep:
            raise
        except RecursionError:
            self._at = begin
            return go_deeper(self._map, info)
        return entries

    def _entry(self, entries: dict[Any, Any]) -> None:
        key, value = self.value(), self.value()
        if not isinstance(key, (str, int, bytes)):
            msg = f"a key is of type {type(key).__name__}"
            raise ValueError(msg)  # noqa: TRY004 - it is the bytes that are wrong
        # As in botocore: null stands for what is not there.
        if value is not None:
            entries[key] = value

    def _tagged(self, info: int) -> Any:
        tag, value = self._number(info), self.value()
        if tag != _EPOCH_SECONDS or not isinstance(value, (int, float)):
            msg = f"a {type(value).__name__} is tagged {tag}"
            raise ValueError(msg)
        try:
            return datetime.fromtimestamp(value, UTC)
        except (OverflowError, OSError, ValueError):
            # Left to the reader of the member, which names it and keeps the rest.
            return value

    def _other(self, initial: int) -> Any:
        if initial in _SIMPLE:
            return _SIMPLE[initial]
        if initial not in _FLOATS:
            msg = f"unknown simple value {initial & 0x1F} at byte {self._at - 1}"
            raise ValueError(msg)
        layout, size = _FLOATS[initial]
        return struct.unpack(layout, self._take(size))[0]


_SIMPLE = {_FALSE: False, _TRUE: True, _NULL: None, _UNDEFINED: None}
_FLOATS = {_HALF: (">e", 2), _FLOAT: (">f", 4), _DOUBLE: (">d", 8)}
