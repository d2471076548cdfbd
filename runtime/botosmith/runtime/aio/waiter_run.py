"""A wait that is under way, each of whose calls is to be awaited."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from inspect import isawaitable
from typing import TypeVar

from botocore.context import start_as_current_context
from botocore.useragent import register_feature_id

from botosmith.runtime.errors import ServiceError
from botosmith.runtime.objects.structure import Response
from botosmith.runtime.waiters.progress import Report, report_to
from botosmith.runtime.waiters.run import Wait
from botosmith.runtime.waiters.waiter import Waiter, WaiterAttempt, WaiterProgress

R = TypeVar("R", bound=Response)


async def wait(
    call: Callable[[], Awaitable[R]],
    waiter: Waiter,
    progress: WaiterProgress | None = None,
) -> R | None:
    """Call until a waiter has come to an end, as `waiters.run.wait` does.

    Between the calls, others have their turn; `progress` may be a coroutine function.
    """
    told: list[WaiterAttempt] = []
    with start_as_current_context(), report_to(progress, waiter) as report:
        register_feature_id("WAITER")
        under_way: Wait[R] = Wait(waiter, told.append)
        while True:
            answer = await _try(call)
            try:
                is_done = under_way.take(answer)
            finally:
                await _tell(report, told)
            if is_done:
                return under_way.reply
            await asyncio.sleep(waiter.delay)


async def _tell(report: Report, told: list[WaiterAttempt]) -> None:
    """Tell of what there is to tell; a function to be awaited is."""
    while told:
        result = report(told.pop(0))
        if isawaitable(result):
            await result


async def _try(call: Callable[[], Awaitable[R]]) -> R | ServiceError:
    try:
        return await call()
    except ServiceError as error:
        return error
