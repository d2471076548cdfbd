"""Requests and replies whose body is bytes or events instead of a document."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any, TypeVar

import attrs
from botocore.exceptions import HTTPClientError

from botosmith.runtime.bodies.stream import EventStream
from botosmith.runtime.errors import UnsupportedError, ValidationError
from botosmith.runtime.objects.structure import Request, Response
from botosmith.runtime.transport.service import Service
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


def mark_events(response: Response, operation: str, service: Service) -> None:
    """Tell a reply's events which call they come from, for the errors among them."""
    for attribute in response._events:
        from botosmith.runtime.bodies.event_errors import Source

        stream: EventStream[Any] | None = getattr(response, attribute)
        if stream is None:
            continue
        metadata = response.response_metadata
        find_error, on_mismatch = service.errors.from_code, service.on_mismatch
        stream.come_from(Source(operation, metadata, find_error, on_mismatch))
        reader: Any = getattr(stream.raw, "reader", None)
        if isinstance(reader, Source):
            # Only now it is known how often the request was sent.
            reader.response_metadata = metadata


@contextmanager
def collect_body(
    request: Request[R], as_body: Callable[[Any], Any]
) -> Generator[Request[R]]:
    """Give a request whose body can be sent again, and close what that takes.

    Raises:
        ValidationError: A file or an iterable gives something that cannot be sent.
    """
    if not request._bodies:
        yield request
        return
    made: dict[str, Any] = {}
    try:
        for attribute in request._bodies:
            value = getattr(request, attribute)
            body = _take_body(request, attribute, value, as_body)
            if body is not value:
                made[attribute] = body
        with _told(request):
            yield attrs.evolve(request, **made) if made else request  # type: ignore[misc]
    finally:
        for body in made.values():
            if hasattr(body, "close"):
                body.close()


def _take_body(
    request: Request[Any], attribute: str, value: Any, as_body: Callable[[Any], Any]
) -> Any:
    from botosmith.runtime.bodies.request_body import Unsendable, is_body

    if not is_body(value):
        return value  # reported with all else that is wrong with the request
    try:
        return as_body(value)
    except Unsendable as unsendable:
        raise _refuse(request, attribute, unsendable) from None


@contextmanager
def _told(request: Request[Any]) -> Generator[None]:
    """Tell what is wrong with a body when that is found while it is sent."""
    from botosmith.runtime.bodies.request_body import Unsendable

    try:
        yield
    except (Unsendable, HTTPClientError) as error:
        # botocore wraps what comes out of a body that it sends.
        cause: Any = error
        while isinstance(cause, HTTPClientError):
            cause = cause.kwargs.get("error")
        if not isinstance(cause, Unsendable):
            raise
        raise _refuse(request, request._bodies[0], cause) from None


def _refuse(request: Request[Any], attribute: str, error: Any) -> ValidationError:
    violation = Violation(attribute, None, error.rule, absent=True)
    return ValidationError(type(request).__name__, (violation,))
