"""A cancelled call leaves no connection open, as the server counts them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from importlib import import_module
from typing import Any

import pytest
from tests.contract.asynchronous.frame import event
from tests.contract.asynchronous.inside.conftest import CREDENTIALS
from tests.contract.asynchronous.stalling import Stalling

#: Type checkers do not see them: they are generated for these tests.
kinesis: Any = import_module("lab.kinesis")
lambda_: Any = import_module("lab.lambda_")


@pytest.fixture
async def stalling() -> AsyncIterator[Stalling]:
    """A server that does not end its replies."""
    made = Stalling()
    async with await made.start():
        yield made


@pytest.fixture
async def client(stalling: Stalling, serializer: Any) -> AsyncIterator[Any]:
    """A client of Lambda."""
    arguments = {"endpoint_url": stalling.url, **CREDENTIALS}
    async with lambda_.AsyncClient(**arguments, serializer=serializer) as made:
        yield made


async def cancel(stalling: Stalling, task: asyncio.Task[Any]) -> None:
    """Cancel what is under way, and see its connection go."""
    await stalling.has_begun.wait()
    await asyncio.sleep(0.05)  # what was sent has come
    assert stalling.open == 1
    assert not task.done()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await stalling.settles_at(0)


async def test_a_call(stalling: Stalling, client: Any) -> None:
    """A call is cancelled in the middle of a reply that is not a stream."""
    await cancel(stalling, asyncio.create_task(client.list_functions()))


async def test_a_call_that_takes_too_long(stalling: Stalling, client: Any) -> None:
    """By a time limit; the client is none the worse for it."""
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(client.list_functions(), 0.2)

    assert await stalling.settles_at(0)
    stalling.piece, stalling.is_whole = b"{}", True
    await client.list_functions()


async def test_reading(stalling: Stalling, client: Any) -> None:
    """A body's next bytes; without a context manager that would close it."""
    reply = await client.invoke(function_name="f")
    assert await reply.payload.aread(5) == b"first"

    await cancel(stalling, asyncio.create_task(reply.payload.aread()))


async def test_iterating(stalling: Stalling, client: Any) -> None:
    """A body's chunks."""
    reply = await client.invoke(function_name="f")

    async def iterate() -> None:
        async for _ in reply.payload:
            pass

    await cancel(stalling, asyncio.create_task(iterate()))


async def test_events(stalling: Stalling, client: Any) -> None:
    """The next one."""
    stalling.piece = event("PayloadChunk", b"abc")
    reply = await client.invoke_with_response_stream(function_name="f")

    async def iterate() -> None:
        async for _ in reply.event_stream:
            pass

    await cancel(stalling, asyncio.create_task(iterate()))


async def test_a_call_that_waits_for_its_first_event(
    stalling: Stalling, serializer: Any
) -> None:
    """The first event is part of the reply, so that the caller lacks the stream yet."""
    stalling.piece = event("initial-response", {})[:20]
    arguments = {"endpoint_url": stalling.url, **CREDENTIALS}
    async with kinesis.AsyncClient(**arguments, serializer=serializer) as client:
        call = client.subscribe_to_shard(
            consumer_arn="arn:aws:kinesis:us-east-1:123456789012:stream/s/consumer/c:1",
            shard_id="shardId-0",
            starting_position=kinesis.StartingPosition(type="LATEST"),
        )
        await cancel(stalling, asyncio.create_task(call))


@pytest.mark.parametrize("name", ["before-parse", "after-call"])
async def test_a_hook(stalling: Stalling, client: Any, name: str) -> None:
    """One that waits, when the reply that streams has begun."""

    async def wait(**_: Any) -> None:
        await asyncio.sleep(10)

    client.meta.events.register(name, wait)
    await cancel(stalling, asyncio.create_task(client.invoke(function_name="f")))


async def test_a_hook_that_fails(stalling: Stalling, client: Any) -> None:
    """That ends a call as well."""

    def fail(**_: Any) -> None:
        message = "no"
        raise KeyError(message)

    client.meta.events.register("after-call", fail)
    with pytest.raises(KeyError):
        await client.invoke(function_name="f")
    assert await stalling.settles_at(0)


async def test_many(stalling: Stalling, client: Any) -> None:
    """A group of calls of which one fails."""

    async def call() -> None:
        async with asyncio.TaskGroup() as group:
            for _ in range(5):
                group.create_task(client.list_functions())
            assert await stalling.settles_at(5)
            message = "no"
            raise KeyError(message)

    with pytest.raises(ExceptionGroup):
        await call()
    assert stalling.connections == 5
    assert await stalling.settles_at(0)


async def test_what_is_read_to_its_end_gives_the_connection_back(
    stalling: Stalling, client: Any
) -> None:
    """The next call takes the same one."""
    stalling.is_whole = True
    for _ in range(3):
        reply = await client.invoke(function_name="f")
        async with reply.payload as body:
            assert await body.aread() == b"first"
    assert stalling.connections == 1


@pytest.mark.parametrize("way", ["with", "aclose", "client"])
async def test_what_is_closed_early_lets_its_connection_go(
    stalling: Stalling, client: Any, way: str
) -> None:
    """No connection stays open for a reply that nobody reads."""
    reply = await client.invoke(function_name="f")
    assert stalling.open == 1
    if way == "with":
        async with reply.payload as body:
            async for _ in body.aiter_chunks(2):
                break
    elif way == "aclose":
        await reply.payload.aclose()
    else:
        await client.close()
    assert await stalling.settles_at(0)
    await reply.payload.aclose()  # once more does no harm


async def test_going_through_some_events(stalling: Stalling, client: Any) -> None:
    """And leaving the rest."""
    stalling.piece = event("PayloadChunk", b"abc")
    reply = await client.invoke_with_response_stream(function_name="f")
    async with reply.event_stream as events:
        async for _ in events:
            break
    assert await stalling.settles_at(0)
