"""Smithy's RPC v2, whose documents are CBOR (RFC 8949)."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeGuard

from attrs import frozen
from botocore.model import OperationModel, ServiceModel

from botosmith.testing.message import Reply
from botosmith.testing.reply.document import BinaryWriter
from botosmith.testing.reply.fault import Fault
from botosmith.testing.reply.frame import write_events, write_initial
from botosmith.testing.reply.json import (
    REQUEST_ID,
    query_header,
    write_error_document,
)
from botosmith.testing.reply.wording import Style
from botosmith.testing.service import find_stream
from botosmith.testing.wire import format_moment

_HEADERS = {
    "x-amzn-RequestId": REQUEST_ID,
    "smithy-protocol": "rpc-v2-cbor",
    "Content-Type": "application/cbor",
}

_LIST, _MAP = 4, 5
_BREAK = b"\xff"

#: Below this a number stands in the first byte; from it on that says how long it is.
_LEAST_INFO = 24
_LIMITS = ((1 << 8, 24, "!B"), (1 << 16, 25, "!H"), (1 << 32, 26, "!I"))


def write_success(
    operation: OperationModel, output: Mapping[str, Any], style: Style
) -> Reply:
    """A reply that carries an output, with its events behind it."""
    shape = operation.output_shape
    writer = BinaryWriter(style)
    encoder = Encoder(style.loose)
    if shape is None:
        return Reply(200, _HEADERS, b"")
    name = find_stream(shape)
    if name is not None:
        others = [member for member in shape.members if member != name]
        initial = encoder.encode(writer.members(output, shape, others))
        stream: Any = shape.members[name]
        body = write_initial(initial) + write_events(
            output[name],
            stream,
            lambda value, part: encoder.encode(writer.write(value, part)),
        )
        return Reply(200, _HEADERS, body)
    return Reply(200, _HEADERS, encoder.encode(writer.write(output, shape)))


def list_error_forms(service: ServiceModel) -> tuple[str, ...]:
    """The ways in which an error says its code."""
    more = ("query",) if service.is_query_compatible else ()
    return ("plain", "namespaced", *more)


def write_error(service: ServiceModel, fault: Fault, form: str, style: Style) -> Reply:
    """An error whose body says which it is."""
    del service
    document = write_error_document(fault, form, BinaryWriter(style))
    headers = {**_HEADERS, **query_header(fault, form)}
    return Reply(fault.status, headers, Encoder(style.loose).encode(document))


@frozen
class Encoder:
    """Writes values of JSON, bytes and datetimes.

    Attributes:
        indefinite: Whether lists and maps do not say how long they are.
    """

    indefinite: bool = False

    def encode(self, value: Any) -> bytes:
        """The bytes of a value."""
        if _is_map(value):
            parts = [part for entry in value.items() for part in entry]
            return self._container(_MAP, parts)
        if _is_list(value):
            return self._container(_LIST, value)
        if isinstance(value, datetime):
            return b"\xc1" + self.encode(format_moment(value, "unixtimestamp"))
        return _encode_scalar(value)

    def _container(self, major: int, parts: list[Any]) -> bytes:
        content = b"".join(map(self.encode, parts))
        if self.indefinite:
            return bytes([major << 5 | 31]) + content + _BREAK
        return _head(major, len(parts) // (2 if major == _MAP else 1)) + content


def _is_map(value: Any) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)


def _is_list(value: Any) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


def _encode_scalar(value: Any) -> bytes:
    match value:
        case None:
            return b"\xf6"
        case bool():
            return b"\xf5" if value else b"\xf4"
        case int():
            return _encode_integer(value)
        case float():
            return struct.pack("!Bd", 0xFB, value)
        case bytes():
            return _head(2, len(value)) + value
        case _:
            text = str(value).encode()
            return _head(3, len(text)) + text


def _encode_integer(value: int) -> bytes:
    sign, number = (0, value) if value >= 0 else (1, -1 - value)
    if number < 1 << 64:
        return _head(sign, number)
    # A bignum (RFC 8949, 3.4.3), for numbers that no argument can hold.
    content = number.to_bytes((number.bit_length() + 7) // 8)
    return bytes([0xC2 + sign]) + _encode_scalar(content)


def _head(major: int, number: int) -> bytes:
    if number < _LEAST_INFO:
        return bytes([major << 5 | number])
    for limit, info, layout in _LIMITS:
        if number < limit:
            return bytes([major << 5 | info]) + struct.pack(layout, number)
    return bytes([major << 5 | 27]) + struct.pack("!Q", number)
