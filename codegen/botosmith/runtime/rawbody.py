"""Requests and replies whose body is no document: bytes or events as they come."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any, TypeVar

import attrs

from botosmith.runtime.errors import ServiceError, UnsupportedError, ValidationError
from botosmith.runtime.stream import EventStream, is_body
from botosmith.runtime.structure import Request, Response
from botosmith.runtime.violation import Violation

R = TypeVar("R", bound=Response)


def refuse_events(request: Request[Any]) -> None:
    """See to it that a request sends no events.

    Raises:
        UnsupportedError: It does.
    """
    if request._events:
        # botocore takes these operations out of its clients for the same reason.
        msg = f"{request._operation} sends events, which botocore has no way to do"
        raise UnsupportedError(msg)


def mark_events(
    response: Response, operation: str, find_error: Callable[[str], type[ServiceError]]
) -> None:
    """Tell a reply's events which call they come from, for the errors among them."""
    for attribute in response._events:
        from botosmith.runtime.eventsource import Source

        stream: EventStream[Any] | None = getattr(response, attribute)
        if stream is None:
            continue
        metadata = response.response_metadata
        stream.come_from(Source(operation, metadata, find_error))
        reader: Any = getattr(stream.raw, "reader", None)
        if isinstance(reader, Source):
            # Only now it is known how often the request was sent.
            reader.response_metadata = metadata


@contextmanager
def collect_body(
    request: Request[R], as_body: Callable[[Any], Any]
) -> Generator[Request[R]]:
    """A request whose body can be read more than once; what that takes ends with it."""
    made: dict[str, Any] = {}
    for attribute in request._bodies:
        value = getattr(request, attribute)
        if not is_body(value):
            continue
        try:
            body = as_body(value)
        except TypeError as error:  # of something else than bytes
            violation = Violation(attribute, value, f"cannot be sent: {error}")
            raise ValidationError(type(request).__name__, (violation,)) from None
        if body is not value:
            made[attribute] = body
    try:
        yield attrs.evolve(request, **made) if made else request  # type: ignore[misc]
    finally:
        for body in made.values():
            if hasattr(body, "close"):
                body.close()
