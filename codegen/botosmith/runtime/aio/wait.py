"""A wait that is under way, each of whose calls is to be awaited."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from botocore.context import start_as_current_context
from botocore.useragent import register_feature_id

from botosmith.runtime.errors import ServiceError
from botosmith.runtime.progress import report_to
from botosmith.runtime.structure import Response
from botosmith.runtime.wait import Wait
from botosmith.runtime.waiter import Waiter, WaiterProgress

R = TypeVar("R", bound=Response)


async def wait(
    call: Callable[[], Awaitable[R]],
    waiter: Waiter,
    progress: WaiterProgress | None = None,
) -> R | None:
    """Call until a waiter has come to an end, as `botosmith.runtime.wait.wait` does.

    Between the calls, others have their turn.
    """
    with start_as_current_context(), report_to(progress, waiter) as report:
        register_feature_id("WAITER")
        under_way: Wait[R] = Wait(waiter, report)
        while not under_way.take(await _try(call)):  # noqa: ASYNC110 - see below
            # Nobody tells when it is there: asking is the only way.
            await asyncio.sleep(waiter.delay)
        return under_way.reply


async def _try(call: Callable[[], Awaitable[R]]) -> R | ServiceError:
    try:
        return await call()
    except ServiceError as error:
        return error
