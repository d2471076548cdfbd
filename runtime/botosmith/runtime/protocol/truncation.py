"""Replies that were cut before their document began, and how they are sent for again.

botocore takes the end of a connection for the end of a reply's headers, so that a reply
that was cut there has neither headers nor a body: an empty one. A `CutReplyError` is
botocore's `ConnectionClosedError` too, and its retry handlers treat it as such.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import attrs

from botosmith.runtime import schema
from botosmith.runtime.errors import CutReplyError
from botosmith.runtime.objects.metadata import ResponseMetadata
from botosmith.runtime.objects.structure import Response

#: The version that urllib3 gives a reply of HTTP/1.1.
_HTTP_1_1 = 11

NO_BODY = "the reply has no body, where the model requires one"
NO_HEADERS = "the reply is cut short within its headers"


@cache
def requires_document(reply: type[Response]) -> bool:
    """Return whether a reply has members in its body that the model requires.

    `{}` is such a document, as a service may leave out what its model requires; an
    empty body is not. A body of bytes, text or events is not a document.
    """
    # Most replies without a body require nothing, which takes no descriptions to know.
    if all(field.default is not attrs.NOTHING for field in attrs.fields(reply)):
        return False
    streams = {*reply._bodies, *reply._events}
    return any(
        field.required
        and field.member.location is None
        and field.attribute not in streams
        for field in schema.fields(reply)
    )


def is_cut_in_headers(http_response: Any, operation_model: Any) -> bool:
    """Return whether a reply to an operation ends where its headers should go on.

    A reply of HTTP/1.1 has a length, or chunks, or says that the connection closes
    behind it (RFC 9112, 9.3). One that has none of these, and no byte of a body either,
    was cut. A reply of an event handler has no version, and is taken as it is.

    Args:
        http_response: botocore's `AWSResponse`.
        operation_model: botocore's model of the operation.
    """
    if _is_framed(http_response, operation_model):
        return False
    if operation_model.has_streaming_output or operation_model.has_event_stream_output:
        return _ends_at_once(http_response.raw)
    return not http_response.content


def _is_framed(http_response: Any, operation_model: Any) -> bool:
    """Return whether a reply says how it ends, or does not have to."""
    headers = http_response.headers
    return (
        headers.get("content-length", "").isdecimal()  # nearly always
        or getattr(http_response.raw, "version", None) != _HTTP_1_1
        or "chunked" in headers.get("transfer-encoding", "").lower()
        or "close" in headers.get("connection", "").lower()
        # These have no body, and need no length (RFC 9110, 15.3.5 and 15.4.5).
        or http_response.status_code in {204, 304}
        or operation_model.http.get("method") == "HEAD"
    )


def _ends_at_once(raw: Any) -> bool:
    """Return whether nothing of a stream comes, without taking anything from it."""
    source = getattr(raw, "_original_response", None)
    return source is not None and (source.fp is None or not source.peek(1))


def refuse_cut_headers(
    result: tuple[Any, Exception | None], operation_model: Any
) -> tuple[Any, Exception | None]:
    """Turn the result of an attempt into an error where its headers were cut.

    Args:
        result: An HTTP response with what was parsed of it, and the error if there is
            one instead, as `Endpoint._do_get_response` gives them.
        operation_model: botocore's model of the operation.
    """
    success, error = result
    if success is None or not is_cut_in_headers(success[0], operation_model):
        return success, error
    metadata = ResponseMetadata.from_boto3(success[1].get("ResponseMetadata") or {})
    return None, CutReplyError(operation_model.name, NO_HEADERS, metadata, b"")


def retry_cut_replies(endpoint: Any) -> None:
    """Have an endpoint of botocore's retry replies that were cut.

    Its parser raises errors past the retry handlers, which get to see this one.
    """
    attempt: Callable[..., Any] = endpoint._do_get_response

    def attempt_whole(request: Any, operation_model: Any, context: Any) -> Any:
        try:
            result = attempt(request, operation_model, context)
        except CutReplyError as error:
            return None, error
        return refuse_cut_headers(result, operation_model)

    endpoint._do_get_response = attempt_whole
