"""Streams of events with damage at random, awaited.

With `HYPOTHESIS_PROFILE=thorough` there are 6,000 of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from botocore.exceptions import ResponseStreamingError
from tests.contract.behaviours.damage import COUNT, STREAMS, damage, encode_json
from tests.contract.behaviours.server import Loopback, Reply

from botosmith.runtime import ReplyError, ServiceError

#: Type checkers do not see them: they are generated for these tests.
kinesis: Any = import_module("lab.kinesis")
lambda_: Any = import_module("lab.lambda_")
s3: Any = import_module("lab.s3")

#: Packages, and the requests whose replies are events.
REQUESTS: dict[str, tuple[Any, Any]] = {
    "kinesis": (
        kinesis,
        kinesis.SubscribeToShardInput(
            consumer_arn="arn:aws:kinesis:us-east-1:123456789012:stream/s/consumer/c:1",
            shard_id="s",
            starting_position=kinesis.StartingPosition(type="LATEST"),
        ),
    ),
    "lambda": (
        lambda_,
        lambda_.InvokeWithResponseStreamRequest(function_name="f"),
    ),
    "s3": (
        s3,
        s3.SelectObjectContentRequest(
            bucket="parcels",
            key="k",
            expression="e",
            expression_type="SQL",
            input_serialization=s3.InputSerialization(),
            output_serialization=s3.OutputSerialization(),
        ),
    ),
}


async def read_all(client: Any, request: Any) -> str:
    """Read events to their end, and return what ended them."""
    try:
        reply = await client.send(request)
        async for event in getattr(reply, reply._events[0]):
            repr(event)
    except (ServiceError, ReplyError, ResponseStreamingError) as error:
        return type(error).__name__
    return "end"


@pytest.mark.parametrize("service", REQUESTS)
async def test_damaged_streams(
    server: Loopback, arguments: dict[str, Any], serializer: Any, service: str
) -> None:
    """Nothing but the documented errors comes out."""
    package, request = REQUESTS[service]
    ends = set()
    async with package.AsyncClient(**arguments, serializer=serializer) as client:
        for seed in range(COUNT):
            content = damage(STREAMS[service], encode_json, seed)
            server.expect(Reply([content], missing=None if seed % 2 else 0))
            ends.add(await read_all(client, request))
    assert {"ReplyError", "ResponseStreamingError"} <= ends
