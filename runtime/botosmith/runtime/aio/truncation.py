"""Replies that were cut, as aiobotocore's clients send for them again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from botosmith.runtime.errors import CutReplyError


def retry_cut_replies(endpoint: Any) -> None:
    """Have an endpoint of aiobotocore's retry replies that were cut.

    aiohttp itself tells of headers that were cut.
    """
    attempt: Callable[..., Awaitable[Any]] = endpoint._do_get_response

    async def attempt_whole(request: Any, operation_model: Any, context: Any) -> Any:
        try:
            return await attempt(request, operation_model, context)
        except CutReplyError as error:
            return None, error

    endpoint._do_get_response = attempt_whole
