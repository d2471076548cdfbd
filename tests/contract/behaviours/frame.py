"""Events as they travel: the frames of `application/vnd.amazon.eventstream`.

A frame is its length, the length of its headers, a checksum of both, the headers, the
payload, and a checksum of it all; each header is a name, a type and a value.
"""

from __future__ import annotations

import json
import struct
from binascii import crc32
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

CONTENT_TYPE = {"Content-Type": "application/vnd.amazon.eventstream"}

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def encode_frame(headers: dict[str, Any], payload: bytes) -> bytes:
    """A frame."""
    encoded = b"".join(
        bytes([len(name)]) + name.encode() + encode_value(value)
        for name, value in headers.items()
    )
    total = 16 + len(encoded) + len(payload)
    prelude = struct.pack(">II", total, len(encoded))
    content = prelude + struct.pack(">I", crc32(prelude)) + encoded + payload
    return content + struct.pack(">I", crc32(content))


def encode_value(value: Any) -> bytes:
    """A header's value, with the number of its type before it."""
    match value:
        case bool():
            return bytes([0 if value else 1])
        case int():
            return struct.pack(">Bq", 5, value)
        case bytes():
            return struct.pack(">BH", 6, len(value)) + value
        case str():
            text = value.encode()
            return struct.pack(">BH", 7, len(text)) + text
        case datetime():
            return struct.pack(">Bq", 8, (value - _EPOCH) // timedelta(milliseconds=1))
        case UUID():
            return bytes([9]) + value.bytes
        case _:
            raise TypeError(value)


def event(kind: str, payload: Any = b"", **headers: Any) -> bytes:
    """An event of a kind; its payload is JSON, or bytes as they are."""
    described = {
        ":message-type": "event",
        ":event-type": kind,
        ":content-type": "application/json",
    }
    return encode_frame(described | headers, _encode(payload))


def exception(kind: str, payload: Any = b"") -> bytes:
    """An error that the model describes."""
    described = {":message-type": "exception", ":exception-type": kind}
    return encode_frame(described, _encode(payload))


def failure(code: str, message: str) -> bytes:
    """An error that it does not."""
    described = {
        ":message-type": "error",
        ":error-code": code,
        ":error-message": message,
    }
    return encode_frame(described, b"")


def _encode(payload: Any) -> bytes:
    return payload if isinstance(payload, bytes) else json.dumps(payload).encode()
