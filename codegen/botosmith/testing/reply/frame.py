"""Streams of events: messages of headers and a payload, in vnd.amazon.eventstream.

botocore reads them (`botocore.eventstream`) and has no way to write them.
"""

from __future__ import annotations

import struct
from binascii import crc32
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from botocore.model import Shape, StructureShape

from botosmith.testing.wire import EPOCH

#: A writer of payloads that are neither bytes nor text.
WritePayload = Callable[[Any, Shape], bytes]

#: The start of a text header; lengths of names and values take 1 and 2 bytes.
_TEXT = 7

_MILLISECONDS = 1000


def write_message(headers: Mapping[str, Any], payload: bytes) -> bytes:
    """One message, with its lengths and checksums."""
    head = b"".join(_write_header(name, value) for name, value in headers.items())
    total = 16 + len(head) + len(payload)
    prelude = struct.pack("!II", total, len(head))
    prelude += struct.pack("!I", crc32(prelude))
    message = prelude + head + payload
    return message + struct.pack("!I", crc32(message))


def _write_header(name: str, value: Any) -> bytes:
    key = name.encode()
    return struct.pack("!B", len(key)) + key + _write_value(value)


def _write_value(value: Any) -> bytes:
    match value:
        case bool():
            return struct.pack("!B", not value)
        case int():
            return struct.pack("!Bq", 5, value)
        case bytes():
            return struct.pack("!BH", 6, len(value)) + value
        case datetime():
            elapsed = (value - EPOCH).total_seconds() * _MILLISECONDS
            return struct.pack("!Bq", 8, round(elapsed))
        case _:
            content = str(value).encode()
            return struct.pack("!BH", _TEXT, len(content)) + content


def write_initial(payload: bytes) -> bytes:
    """Return the first message of a protocol that has no other place for it."""
    headers = {":message-type": "event", ":event-type": "initial-response"}
    return write_message(headers, payload)


def write_events(
    events: Sequence[Mapping[str, Any]], stream: StructureShape, write: WritePayload
) -> bytes:
    """Events as botocore's parser gives them, one after the other.

    Args:
        events: Each holds one member of the stream's shape.
        stream: The shape.
        write: Writes a payload.
    """
    return b"".join(
        _write_event(name, value, stream.members[name], write)
        for event in events
        for name, value in event.items()
    )


def _write_event(
    name: str, value: Mapping[str, Any], shape: Any, write: WritePayload
) -> bytes:
    headers: dict[str, Any] = {":message-type": "event", ":event-type": name}
    rest: dict[str, Any] = {}
    payload = b""
    has_payload = False
    for key, item in value.items():
        member = shape.members[key]
        if member.serialization.get("eventheader"):
            headers[key] = item
        elif member.serialization.get("eventpayload"):
            payload, has_payload = _write_payload(item, member, write), True
        else:
            rest[key] = item
    return write_message(headers, payload if has_payload else write(rest, shape))


def _write_payload(value: Any, shape: Shape, write: WritePayload) -> bytes:
    if isinstance(value, bytes):
        return value
    return value.encode() if isinstance(value, str) else write(value, shape)


def write_exception(name: str, payload: bytes) -> bytes:
    """An error that ends a stream, by the member that the model has for it."""
    headers = {":message-type": "exception", ":exception-type": name}
    return write_message(headers, payload)


def write_error(code: str, message: str) -> bytes:
    """An error that ends a stream and that the model does not know."""
    return write_message(
        {":message-type": "error", ":error-code": code, ":error-message": message}, b""
    )
