"""Streams of events that are left, cut or damaged, awaited."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from importlib import import_module
from threading import Event
from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import (
    EventStreamError,
    ReadTimeoutError,
    ResponseStreamingError,
)
from tests.contract.asynchronous.frame import event, failure
from tests.contract.behaviours.server import Loopback, Reply, encode_chunks

from botosmith.runtime import ReplyError, ServiceError, StreamClosedError

#: Type checkers do not see them: they are generated for these tests.
kinesis: Any = import_module("lab.kinesis")
lambda_: Any = import_module("lab.lambda_")
s3: Any = import_module("lab.s3")

NUMBERS = [event("PayloadChunk", b"%d" % number) for number in range(20)]
THREE = [event("PayloadChunk", b"ab" * number) for number in range(3)]


@pytest.fixture
async def client(arguments: dict[str, Any], serializer: Any) -> AsyncIterator[Any]:
    """A client of Lambda."""
    async with lambda_.AsyncClient(**arguments, serializer=serializer) as made:
        yield made


async def invoke(client: Any) -> Any:
    """Return the events of a function's reply."""
    reply = await client.invoke_with_response_stream(function_name="f")
    return reply.event_stream


async def subscribe(client: Any) -> Any:
    """Return the events of a shard."""
    reply = await client.subscribe_to_shard(
        consumer_arn="arn:aws:kinesis:us-east-1:123456789012:stream/s/consumer/c:1",
        shard_id="shardId-0",
        starting_position=kinesis.StartingPosition(type="LATEST"),
    )
    return reply.event_stream


async def read_until_cut(events: Any) -> tuple[int, Exception | None]:
    """Return how many events come, and the error after them."""
    count = 0
    try:
        async for _ in events:
            count += 1
    except Exception as error:  # noqa: BLE001 - it is looked at
        return count, error
    return count, None


async def test_streams_without_events(server: Loopback, client: Any) -> None:
    """Each of several ends: aiohttp has one reader for all bodies without bytes."""
    for _ in range(3):
        server.expect(Reply([]))
        async with asyncio.timeout(10):
            assert await read_until_cut(await invoke(client)) == (0, None)


@pytest.mark.parametrize("missing", [0, None], ids=["length", "chunks"])
async def test_a_loop_that_is_left_keeps_its_place(
    server: Loopback, client: Any, missing: int | None
) -> None:
    """All 20 of 20 events come, in whatever way the loops go."""
    server.expect(Reply(NUMBERS, missing=missing))
    events = await invoke(client)
    assert aiter(events) is events
    found = [await anext(aiter(events))]
    async for one in events:
        found.append(one)
        break
    found += [await anext(events)]
    found += [one async for one in events]

    numbers = [int(one.payload_chunk.payload) for one in found]
    assert numbers == [*range(20)]
    with pytest.raises(StreamClosedError, match="has been read to its end"):
        aiter(events)
    assert await anext(events, None) is None


@pytest.mark.parametrize("way", ["close", "with", "error"])
async def test_a_stream_that_was_closed_says_so(
    server: Loopback, client: Any, way: str
) -> None:
    """In each way to read it."""
    server.expect(Reply([THREE[0], failure("x", "y"), THREE[1]], missing=None))
    events = await invoke(client)
    await anext(events)
    if way == "close":
        await events.aclose()
    elif way == "with":
        async with events:
            pass
    else:
        with pytest.raises(ServiceError, match="y"):
            await anext(events)
    with pytest.raises(StreamClosedError, match=r"closed|ended with an error"):
        aiter(events)
    with pytest.raises(StreamClosedError, match=r"closed|ended with an error"):
        await anext(events)


async def test_two_tasks_cannot_share_a_stream(server: Loopback, client: Any) -> None:
    """The second is told; the first goes on."""
    seen = Event()

    def pieces() -> Iterator[bytes]:
        yield THREE[0]
        assert seen.wait(10)
        yield THREE[1]

    server.expect(Reply(pieces(), missing=None))
    events = await invoke(client)
    await anext(events)
    task = asyncio.ensure_future(anext(events))
    await asyncio.sleep(0)
    with pytest.raises(RuntimeError, match="is being read"):
        await anext(events)
    seen.set()
    assert (await task).payload_chunk.payload == b"ab"
    await events.aclose()


async def test_a_stream_that_another_task_closes(server: Loopback, client: Any) -> None:
    """Its reader does not take that for the end."""
    done = Event()

    def pieces() -> Iterator[bytes]:
        yield THREE[0]
        done.wait(10)

    server.expect(Reply(pieces(), missing=None))
    events = await invoke(client)
    await anext(events)
    task = asyncio.ensure_future(anext(events))
    await asyncio.sleep(0.01)
    await events.aclose()
    done.set()
    with pytest.raises((ResponseStreamingError, StreamClosedError)):
        await task


DIVISIONS = {
    "each": THREE,
    "small": [b"".join(THREE)[at : at + 40] for at in range(0, 280, 40)],
    "one": [b"".join(THREE)],
}


@pytest.mark.parametrize("division", DIVISIONS)
async def test_chunks_that_are_cut(
    server: Loopback, client: Any, division: str
) -> None:
    """Wherever the connection breaks: what came before is given, then it is told."""
    pieces = [piece for piece in DIVISIONS[division] if piece]
    encoded = encode_chunks(pieces)
    for cut in range(0, len(encoded) - len(b"0\r\n\r\n") + 1, 5):
        server.expect(Reply(pieces, missing=None, cut=cut))
        count, error = await read_until_cut(await invoke(client))

        assert count == count_whole(unchunk(encoded[:cut])), cut
        assert isinstance(error, ResponseStreamingError), (cut, error)


async def test_announced_bytes_that_do_not_come(server: Loopback, client: Any) -> None:
    """Wherever the connection breaks."""
    whole = b"".join(THREE)
    for cut in range(0, len(whole), 5):
        server.expect(Reply([whole[:cut]], missing=len(whole) - cut))
        count, error = await read_until_cut(await invoke(client))

        assert count == count_whole(whole[:cut]), cut
        assert isinstance(error, ResponseStreamingError), (cut, error)


def count_whole(content: bytes) -> int:
    """Return how many of the messages are whole in the beginning of the stream."""
    ends = [sum(map(len, THREE[: i + 1])) for i in range(len(THREE))]
    return sum(end <= len(content) for end in ends)


def unchunk(encoded: bytes) -> bytes:
    """Return what the beginning of a body in chunks holds."""
    content = b""
    while b"\r\n" in encoded:
        size, _, encoded = encoded.partition(b"\r\n")
        length = int(size, 16)
        content += encoded[:length]
        encoded = encoded[length + 2 :]
    return content


async def test_a_stream_that_ends_within_a_message(
    server: Loopback, client: Any
) -> None:
    """Though its chunks, or its length, are as announced."""
    for missing in (None, 0):
        server.expect(Reply([*THREE, THREE[0][:-1]], missing=missing))
        count, error = await read_until_cut(await invoke(client))

        assert (count, type(error)) == (3, ResponseStreamingError)


async def test_events_that_do_not_come_in_time(
    server: Loopback, arguments: dict[str, Any], serializer: Any
) -> None:
    """Told as botocore tells it of bodies, and as any other failure of a stream."""
    done = Event()

    def pieces() -> Iterator[bytes]:
        yield THREE[1]
        done.wait(10)

    server.expect(Reply(pieces(), missing=None))
    config = Config(read_timeout=0.2)
    async with lambda_.AsyncClient(
        **arguments, serializer=serializer, config=config
    ) as client:
        count, error = await read_until_cut(await invoke(client))
    done.set()

    assert count == 1
    assert issubclass(type(error), ResponseStreamingError)
    assert issubclass(type(error), ReadTimeoutError)


async def test_each_byte_of_a_message(server: Loopback, client: Any) -> None:
    """Changed, it is damage."""
    for place in range(0, len(THREE[1]), 5):
        damaged = bytearray(THREE[1])
        damaged[place] ^= 0x41
        server.expect(Reply([THREE[2], bytes(damaged)], missing=None))
        count, error = await read_until_cut(await invoke(client))
        assert (count, type(error)) == (1, ReplyError), place


PAYLOADS: dict[str, tuple[Any, str]] = {
    "number": ({"Records": 5}, r"subscribe_to_shard_event\.records"),
    "object": ({"Records": {}}, r"subscribe_to_shard_event\.records"),
    "base64": ({"Records": [{"Data": "A"}]}, r"records\[0\]\.data"),
    "list": ([], "subscribe_to_shard_event is a document, but list"),
    "not JSON": (b"not json", "subscribe_to_shard_event is not JSON"),
}


@pytest.mark.parametrize("name", PAYLOADS)
async def test_payloads_that_are_not_the_models(
    server: Loopback, arguments: dict[str, Any], serializer: Any, name: str
) -> None:
    """A ReplyError names the event and the member."""
    payload, told = PAYLOADS[name]
    frames = [
        event("initial-response", {}),
        event("SubscribeToShardEvent", {"Records": []}),
        event("SubscribeToShardEvent", payload),
    ]
    server.expect(Reply(frames, missing=None))
    async with kinesis.AsyncClient(**arguments, serializer=serializer) as client:
        events = await subscribe(client)
        assert (await anext(events)).subscribe_to_shard_event.records == []
        with pytest.raises(ReplyError, match=told):
            await anext(events)
    assert await asyncio.to_thread(server.wait_for_open, 0)


@pytest.mark.parametrize("code", ["ResourceInUseException", "NewException"])
async def test_an_exception_as_the_first_message(
    server: Loopback, arguments: dict[str, Any], serializer: Any, code: str
) -> None:
    """It is the service's error, and its connection is given up."""
    done = Event()

    def pieces() -> Iterator[bytes]:
        yield failure(code, "taken")
        done.wait(10)

    server.expect(Reply(pieces(), missing=None))
    async with kinesis.AsyncClient(**arguments, serializer=serializer) as client:
        expected = getattr(kinesis, code, kinesis.KinesisError)
        with pytest.raises(expected, match="taken") as caught:
            await subscribe(client)
        assert (caught.value.code, caught.value.message) == (code, "taken")
        assert issubclass(caught.type, EventStreamError)
        done.set()
        assert await asyncio.to_thread(server.wait_for_open, 0)


@pytest.mark.parametrize("missing", [0, 9])
async def test_no_first_message(
    server: Loopback, arguments: dict[str, Any], serializer: Any, missing: int
) -> None:
    """A stream without one, and one that is cut before it."""
    server.expect(Reply([], missing=missing))
    async with kinesis.AsyncClient(**arguments, serializer=serializer) as client:
        with pytest.raises(ResponseStreamingError if missing else ReplyError):
            await subscribe(client)


async def test_events_of_xml(
    server: Loopback, arguments: dict[str, Any], serializer: Any
) -> None:
    """Those of the protocol that botocore reads."""
    frames = [
        event("Progress", b"<D><BytesScanned>1</BytesScanned></D>"),
        event("Cont", b""),
        event("Progress", b"<D><BytesScanned>x</BytesScanned></D>"),
    ]
    server.expect(Reply(frames, missing=None))
    async with s3.AsyncClient(**arguments, serializer=serializer) as client:
        reply = await client.select_object_content(
            bucket="parcels",
            key="k",
            expression="e",
            expression_type="SQL",
            input_serialization=s3.InputSerialization(),
            output_serialization=s3.OutputSerialization(),
        )
        assert (await anext(reply.payload)).progress.details.bytes_scanned == 1
        assert (await anext(reply.payload)).cont is not None
        with pytest.raises(
            ReplyError,
            match=r"bytes_scanned: 'x' is not a whole number|progress cannot be read",
        ):
            await anext(reply.payload)


async def test_botocores_form_of_the_events(server: Loopback, client: Any) -> None:
    """`raw` gives dictionaries as aiobotocore's own stream does."""
    server.expect(Reply([THREE[1], event("New", b"")], missing=None))
    events = await invoke(client)
    found = [one async for one in events.raw]

    assert found == [{"PayloadChunk": {"Payload": b"ab"}}]
