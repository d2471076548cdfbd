"""Messages that travel over HTTP."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen


@frozen
class Reply:
    """An HTTP reply to send.

    Attributes:
        status: The HTTP status.
        headers: The headers beside those that every reply has.
        body: The bytes of the body.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
