"""Replies' bodies and events, awaited."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from importlib import import_module
from threading import Event
from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    EventStreamError,
    ReadTimeoutError,
    ResponseStreamingError,
)
from tests.contract.asynchronous.frame import event, failure
from tests.contract.behaviours.server import Loopback, Reply

from botosmith.runtime import ReplyError, StreamingBody

#: Type checkers do not see them: they are generated for these tests.
kinesis: Any = import_module("lab.kinesis")
lambda_: Any = import_module("lab.lambda_")
s3: Any = import_module("lab.s3")

CONTENT = b"one\ntwo\r\n\nthree" * 300 + b"end"


@pytest.fixture
async def client(arguments: dict[str, Any], serializer: Any) -> AsyncIterator[Any]:
    """A client of Lambda."""
    async with lambda_.AsyncClient(**arguments, serializer=serializer) as made:
        yield made


@asynccontextmanager
async def receive(client: Any) -> AsyncGenerator[Any]:
    """A function's reply, to be read."""
    reply = await client.invoke(function_name="f")
    assert isinstance(reply.payload, StreamingBody)
    async with reply.payload as body:
        assert body is reply.payload
        yield body


async def by_size(body: StreamingBody) -> list[Any]:
    """Some bytes, no bytes, all others."""
    return [await body.aread(7), body.tell(), await body.aread(0), await body.aread()]


async def by_iterating(body: StreamingBody) -> list[Any]:
    """The body itself."""
    return [chunk async for chunk in body]


async def by_chunks(body: StreamingBody) -> list[Any]:
    """Chunks of a size."""
    return [chunk async for chunk in body.aiter_chunks(11)]


async def by_lines(body: StreamingBody) -> list[Any]:
    """Lines without their ends."""
    return [line async for line in body.aiter_lines()]


async def by_lines_with_ends(body: StreamingBody) -> list[Any]:
    """Lines with their ends."""
    return [line async for line in body.aiter_lines(16, keepends=True)]


async def by_copying(body: StreamingBody) -> list[Any]:
    """Into a file."""
    file = io.BytesIO()
    return [await body.acopy_to(file, 100), file.getvalue()]


#: Ways to read, and what they give.
WAYS: dict[str, tuple[Callable[[StreamingBody], Awaitable[list[Any]]], list[Any]]] = {
    "size": (by_size, [CONTENT[:7], 7, b"", CONTENT[7:]]),
    "iterating": (
        by_iterating,
        [CONTENT[at : at + 1024] for at in range(0, len(CONTENT), 1024)],
    ),
    "chunks": (
        by_chunks,
        [CONTENT[at : at + 11] for at in range(0, len(CONTENT), 11)],
    ),
    "lines": (by_lines, CONTENT.splitlines()),
    "lines with ends": (by_lines_with_ends, CONTENT.splitlines(keepends=True)),
    "copying": (by_copying, [len(CONTENT), CONTENT]),
}


@pytest.mark.parametrize("way", WAYS)
async def test_ways_to_read(server: Loopback, client: Any, way: str) -> None:
    """Each gives what its counterpart gives that is not awaited."""
    read, expected = WAYS[way]
    server.expect(Reply([CONTENT]))

    async with receive(client) as body:
        assert await read(body) == expected
        assert await body.aread() == b""


async def test_pieces_come_as_they_are_sent(server: Loopback, client: Any) -> None:
    """The first can be read before the last is there."""
    seen = Event()

    def pieces() -> Iterator[bytes]:
        yield b"first"
        assert seen.wait(10)
        yield b"last"

    server.expect(Reply(pieces(), missing=None))
    async with receive(client) as body:
        assert await body.aread(5) == b"first"
        seen.set()
        assert await body.aread() == b"last"


async def test_what_is_cut_short_is_told(server: Loopback, client: Any) -> None:
    """With botocore's error."""
    server.expect(Reply([b"only this"], missing=5))
    async with receive(client) as body:
        with pytest.raises(ResponseStreamingError):
            await body.aread()


async def test_what_does_not_come_is_told(
    server: Loopback, arguments: dict[str, Any]
) -> None:
    """In the time that the configuration gives it; the connection is given up."""
    done = Event()

    def pieces() -> Iterator[bytes]:
        yield b"first"
        done.wait(10)

    server.expect(Reply(pieces(), missing=None))
    config = Config(read_timeout=0.2)
    async with lambda_.AsyncClient(**arguments, config=config) as client:
        reply = await client.invoke(function_name="f")
        assert reply.payload is not None
        assert await reply.payload.aread(5) == b"first"
        with pytest.raises(ReadTimeoutError):
            await reply.payload.aread()
        done.set()


async def test_a_checksum_is_checked(
    server: Loopback, arguments: dict[str, Any], serializer: Any
) -> None:
    """S3's, by aiobotocore."""
    async with s3.AsyncClient(**arguments, serializer=serializer) as client:
        server.expect(Reply([b"abc"], headers={"x-amz-checksum-crc32": "NSRBwg=="}))
        reply = await client.get_object(bucket="parcels", key="k")
        assert reply.body is not None
        assert await reply.body.aread() == b"abc"
        server.expect(Reply([b"abd"], headers={"x-amz-checksum-crc32": "NSRBwg=="}))
        reply = await client.get_object(bucket="parcels", key="k")
        assert reply.body is not None
        with pytest.raises(BotoCoreError, match="did not match"):
            await reply.body.aread()


async def test_bodies_of_one_client_are_not_the_others(
    server: Loopback, client: Any, arguments: dict[str, Any]
) -> None:
    """Each says by which word it is to be read."""
    server.expect(Reply([CONTENT]))
    async with receive(client) as body:
        for wrong in (
            body.read,
            body.close,
            body.__enter__,
            lambda: list(body),
            lambda: next(body),
            lambda: body.readinto(bytearray(1)),
            body.iter_chunks,
            body.iter_lines,
            lambda: body.copy_to(io.BytesIO()),
        ):
            with pytest.raises(TypeError, match="is awaited"):
                wrong()
        assert repr(body) == "<AsyncStreamingBody, 0 bytes read>"
    with lambda_.Client(**arguments) as other:
        reply = await asyncio.to_thread(other.invoke, function_name="f")
        waited = reply.payload
        assert waited is not None
        for wrong in (
            waited.aread,
            waited.aclose,
            waited.__aenter__,
            lambda: waited.acopy_to(io.BytesIO()),
        ):
            with pytest.raises(TypeError, match="is not awaited"):
                await wrong()
        with pytest.raises(TypeError, match="is not awaited"):
            aiter(waited)
        with pytest.raises(TypeError, match="is not awaited"):
            waited.aiter_lines()
        waited.close()


def records(*numbers: int) -> list[bytes]:
    """A shard's events."""
    return [
        event("initial-response", {}),
        *(
            event(
                "SubscribeToShardEvent",
                {
                    "Records": [],
                    "ContinuationSequenceNumber": str(number),
                    "MillisBehindLatest": 0,
                },
            )
            for number in numbers
        ),
    ]


@asynccontextmanager
async def subscribe(arguments: dict[str, Any], serializer: Any) -> AsyncGenerator[Any]:
    """A shard's events, of which the first is part of the reply."""
    async with kinesis.AsyncClient(**arguments, serializer=serializer) as client:
        reply = await client.subscribe_to_shard(
            consumer_arn="arn:aws:kinesis:us-east-1:123456789012:stream/s/consumer/c:1",
            shard_id="shardId-0",
            starting_position=kinesis.StartingPosition(type="LATEST"),
        )
        yield reply.event_stream


async def test_events(
    server: Loopback, arguments: dict[str, Any], serializer: Any
) -> None:
    """Objects, one after the other; then the connection is free."""
    server.expect(Reply(records(1, 2), missing=None))
    async with subscribe(arguments, serializer) as events:
        numbers = [
            one.subscribe_to_shard_event.continuation_sequence_number
            async for one in events
        ]
        assert numbers == ["1", "2"]
        for wrong in (events.close, events.__enter__, lambda: list(events)):
            with pytest.raises(TypeError, match="is awaited"):
                wrong()
        await events.aclose()


async def test_errors_among_events(
    server: Loopback, arguments: dict[str, Any], serializer: Any
) -> None:
    """They are the service's, and the call's."""
    pieces = [*records(1), failure("ResourceNotFoundException", "gone")]
    server.expect(Reply(pieces, missing=None))
    async with subscribe(arguments, serializer) as events:
        numbers = aiter(events)
        await anext(numbers)
        with pytest.raises(kinesis.ResourceNotFoundException, match="gone") as caught:
            await anext(numbers)
    assert isinstance(caught.value, EventStreamError)
    assert caught.value.operation_name == "SubscribeToShard"


async def test_no_first_event(
    server: Loopback, arguments: dict[str, Any], serializer: Any
) -> None:
    """A reply that lacks a required part is an error; its connection is given up."""
    server.expect(Reply([event("SubscribeToShardEvent", {})], missing=None))
    with pytest.raises(ReplyError):
        async with subscribe(arguments, serializer):
            pass
    assert await asyncio.to_thread(server.wait_for_open, 0)


async def test_events_without_a_first_one(
    server: Loopback, arguments: dict[str, Any], serializer: Any
) -> None:
    """Those of rest-json, where nothing is waited for."""
    server.expect(
        Reply(
            [
                event("PayloadChunk", b"abc"),
                event("InvokeComplete", {"ErrorCode": "e"}),
            ],
            missing=None,
        )
    )
    async with lambda_.AsyncClient(**arguments, serializer=serializer) as client:
        reply = await client.invoke_with_response_stream(function_name="f")
        assert reply.event_stream is not None
        async with reply.event_stream as events:
            first, second = [one async for one in events]
    assert first.payload_chunk is not None
    assert first.payload_chunk.payload == b"abc"
    assert second.invoke_complete is not None
    assert second.invoke_complete.error_code == "e"
