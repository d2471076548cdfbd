"""Errors of a call that botocore leaves bare, as documented ones.

Two sorts come out of botocore as they are: what the network does to the body of an
operation that may stream, once botocore reads it because the reply is an error or is
not streamed; and what botocore's own event handlers make of a reply of another form
than they expect, such as `parse_get_bucket_location` of a body that is not XML.
"""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from typing import Any

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ReadTimeoutError,
    ResponseStreamingError,
)
from urllib3.exceptions import HTTPError
from urllib3.exceptions import ReadTimeoutError as Urllib3ReadTimeoutError

from botosmith.runtime.errors import BotosmithError, ReplyError
from botosmith.runtime.objects.metadata import Parsed, ResponseMetadata
from botosmith.runtime.protocol.parser import FIRST_ERROR_STATUS
from botosmith.runtime.transport.service import Service

_HANDLERS = frozenset({"botocore.handlers", "aiobotocore.handlers"})


def explain(
    error: Exception, service: Service, operation: str
) -> BotosmithError | BotoCoreError | None:
    """Return the documented error for a bare one; None where it is to stay as it is.

    Args:
        error: What came out of botocore's call.
        service: The service that was called.
        operation: The operation that was called.
    """
    if isinstance(error, (BotosmithError, BotoCoreError, ClientError, Warning)):
        return None
    if _is_of_network(error):
        return _name_network(error)
    parsed = _find_reply(error)
    if parsed is None:
        return None
    metadata = ResponseMetadata.from_boto3(parsed.get("ResponseMetadata", {}))
    if metadata.status >= FIRST_ERROR_STATUS:
        code = parsed.get("Error", {}).get("Code")
        return service.errors.from_code(code)(dict(parsed), operation)
    problem = f"botocore's event handlers cannot read the reply: {type(error).__name__}"
    body = parsed.body if isinstance(parsed, Parsed) else b""
    return ReplyError(operation, problem, metadata, body)


def _is_of_network(error: Exception) -> bool:
    # aiohttp need not be installed.
    modules = {cls.__module__.partition(".")[0] for cls in type(error).__mro__}
    if isinstance(error, HTTPError) or not modules.isdisjoint({"aiohttp", "httpx"}):
        return True
    # A chunk is announced that is too long for any memory.
    *_, (frame, _) = traceback.walk_tb(error.__traceback__)
    is_client = frame.f_globals.get("__name__") == "http.client"
    return isinstance(error, OverflowError) and is_client


def _name_network(error: Exception) -> BotoCoreError:
    if isinstance(error, (Urllib3ReadTimeoutError, TimeoutError)):
        url = str(getattr(error, "url", None))
        return ReadTimeoutError(endpoint_url=url, error=error)
    return ResponseStreamingError(error=error)


def _find_reply(error: Exception) -> Mapping[str, Any] | None:
    """Find the reply that one of botocore's event handlers could not read.

    Handlers get it when botocore has parsed it, and botocore keeps it in a local
    variable. Before there is a reply, handlers look at requests.
    """
    parsed: Mapping[str, Any] | None = None
    is_handler = False
    for frame, _ in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_name == "_make_api_call":
            parsed = frame.f_locals.get("parsed_response", parsed)
        is_handler = is_handler or frame.f_globals.get("__name__") in _HANDLERS
    return parsed if is_handler else None
