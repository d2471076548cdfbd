"""Bytes of event streams."""

from __future__ import annotations

import json
from typing import Any

from botosmith.testing.reply.frame import write_message


def event(kind: str, payload: Any = None) -> bytes:
    """Return an event; a payload that is not bytes becomes JSON."""
    headers = {":message-type": "event", ":event-type": kind}
    is_bytes = isinstance(payload, bytes)
    return write_message(headers, payload if is_bytes else json.dumps(payload).encode())


def failure(kind: str, message: str) -> bytes:
    """An error in place of an event."""
    headers = {":message-type": "exception", ":exception-type": kind}
    return write_message(headers, json.dumps({"message": message}).encode())
