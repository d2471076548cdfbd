"""Many calls at once."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from botocore.config import Config

from botosmith import sagemaker
from botosmith.testing import Fault, StandIn

CALLS = 200

#: Seconds for which the stand-in leaves each call without an answer.
DELAY = 1.0


async def test_200_calls_are_in_flight(
    standin: StandIn, record_property: Any, serializer: Any
) -> None:
    """All are waiting before the first is answered, and each gets its own reply."""
    standin.queue(*[Fault(delay=DELAY)] * CALLS)
    config = Config(max_pool_connections=CALLS)
    async with sagemaker.AsyncClient(
        **standin.arguments, config=config, serializer=serializer
    ) as client:
        began = time.monotonic()
        tasks = [
            asyncio.create_task(client.create_model(model_name=f"m{number}"))
            for number in range(CALLS)
        ]
        replies = await asyncio.gather(*tasks)
        took = time.monotonic() - began

    record_property("seconds", took)
    arns = [reply.model_arn.rpartition("/")[2] for reply in replies]
    assert arns == [f"m{number}" for number in range(CALLS)]
    assert len(standin.calls) == CALLS
    # One after the other they would take 200 s, by threes more than a minute.
    assert took < CALLS * DELAY / 10


async def test_opening_is_done_once(standin: StandIn) -> None:
    """However many calls are the first."""
    client = sagemaker.AsyncClient(**standin.arguments)
    made: list[Any] = []
    connect = client._connect

    async def count() -> Any:
        made.append(None)
        return await connect()

    client._connect = count  # type: ignore[method-assign]
    await asyncio.gather(*(client.describe_model(model_name="m") for _ in range(20)))
    await client.close()

    assert len(made) == 1
