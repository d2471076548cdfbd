"""Faults that a stand-in plays on request."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Self

from attrs import Factory, frozen


@frozen
class Fault:
    """An event that befalls one call instead of, or before, its proper reply.

    Attributes:
        status: The status of the raw reply; None for the proper reply after `delay`.
        headers: Headers of the raw reply. A Content-Length that does not fit the body
            is sent as it is, and the connection closed.
        body: The bytes of the raw reply.
        delay: Seconds to wait before anything is sent.
        cut: Whether the connection is closed without a reply.
    """

    status: int | None = None
    headers: Mapping[str, str] = Factory(dict[str, str])
    body: bytes = b""
    delay: float = 0
    cut: bool = False

    @classmethod
    def error(
        cls, code: str, message: str = "", *, status: int = 400, **members: Any
    ) -> Self:
        """An error reply of the JSON protocols.

        Args:
            code: The error's name.
            message: Its message.
            status: Its HTTP status.
            members: Further members of the error, by their wire names.
        """
        document = {"__type": code, "message": message, **members}
        return cls(status, body=json.dumps(document).encode())

    @classmethod
    def server_error(cls) -> Self:
        """A 500 that botocore retries."""
        return cls.error("InternalFailure", "Try again", status=500)

    @classmethod
    def throttling(cls) -> Self:
        """The error of a caller that calls too often; botocore retries it."""
        return cls.error("ThrottlingException", "Rate exceeded")

    @classmethod
    def html(cls, status: int = 503) -> Self:
        """The page of a proxy in between."""
        page = b"<html><body><h1>Service Unavailable</h1></body></html>"
        return cls(status, {"Content-Type": "text/html"}, page)

    @classmethod
    def raw(cls, body: bytes, status: int = 200) -> Self:
        """Any bytes, as in `Fault.raw(b'null')` or a JSON text cut in the middle."""
        return cls(status, body=body)

    @classmethod
    def nested(cls, depth: int) -> Self:
        """A JSON array in an array and so forth; 2 bytes for each level."""
        return cls.raw(b"[" * depth + b"]" * depth)
