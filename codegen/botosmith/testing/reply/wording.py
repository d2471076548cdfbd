"""The liberties that a service takes in how it writes a reply."""

from __future__ import annotations

from typing import Any

from attrs import frozen

#: A member that no model knows, and its value.
FUTURE_NAME = "MemberFromTheFuture"
FUTURE_VALUE: dict[str, Any] = {"Deep": ["1"]}


@frozen
class Style:
    """The choices of a reply's writer, where the protocol leaves some.

    Attributes:
        newer: Whether structures have a member that the model does not know.
        nulls: Whether members that are absent are there, with null for a value.
        loose: Whether what has several ways of being written takes the less usual:
            numbers and booleans as text (REST JSON), lengths left open (CBOR), an empty
            body for an empty document (JSON).
    """

    newer: bool = False
    nulls: bool = False
    loose: bool = False
