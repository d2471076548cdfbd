"""Requests to a stand-in, and its replies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen


class Refusal(Exception):  # noqa: N818 - what a service says, not a fault of ours
    """A request that gets an error reply.

    Attributes:
        status: The HTTP status.
        code: The error's name, such as `ValidationException`.
        message: What is wrong, for the reader of the reply.
    """

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.status = status
        self.code = code
        self.message = message


@frozen
class Request:
    """An HTTP request as received.

    Attributes:
        method: `POST` and its like.
        path: The path with the query string, undecoded.
        headers: The headers by their names in lower case; a repeated one is joined by
            commas, which is also how a signature reads it.
        body: The bytes of the body.
    """

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@frozen
class Call:
    """One request that a stand-in saw.

    Attributes:
        operation: The operation's name; None where the request named none it knows.
        parameters: The parameters as botocore knows them; None in a request that was
            refused.
        headers: The headers by their names in lower case.
        body: The bytes of the body.
        path: The path with the query string.
        status: The status of the reply; None where the connection was cut instead.
    """

    operation: str | None
    parameters: Mapping[str, Any] | None
    headers: Mapping[str, str] = field(repr=False)
    body: bytes
    path: str
    status: int | None
