"""Streams of events that are left, cut or damaged, and what is told of them."""

from __future__ import annotations

import pickle
import struct
from binascii import crc32
from collections.abc import Callable, Iterator
from contextlib import closing
from threading import Event, Thread
from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import (
    EventStreamError,
    ReadTimeoutError,
    ResponseStreamingError,
)
from tests.contract.behaviours.frame import (
    CONTENT_TYPE,
    encode_frame,
    event,
    exception,
    failure,
)
from tests.contract.behaviours.network import Answer
from tests.contract.behaviours.server import Loopback, Reply, encode_chunks
from tests.contract.behaviours.service import write_model
from tests.contract.behaviours.trio import ONCE, Trio

from botosmith.runtime import (
    EventStream,
    ReplyError,
    ServiceError,
    StreamClosedError,
)
from botosmith.runtime.bodies.stream import CLOSED

Trios = Callable[..., Trio]

SERIALIZERS = ["generated", "botocore"]

NUMBERS = [event("PayloadChunk", b"%d" % number) for number in range(20)]
THREE = [event("PayloadChunk", b"ab" * number) for number in range(3)]

CHUNKED: Any = {"headers": CONTENT_TYPE, "missing": None}


def invoke(client: Any) -> EventStream[Any]:
    """Return the events of a function's reply."""
    events: EventStream[Any] = client.invoke_with_response_stream(
        function_name="f"
    ).event_stream
    return events


def payloads(events: Any) -> list[bytes]:
    """Return what the events hold."""
    return [one.payload_chunk.payload for one in events]


@pytest.fixture(params=SERIALIZERS)
def client(request: pytest.FixtureRequest, serve: Trios) -> Any:
    """A client of Lambda, whose server is `server`."""
    return serve("lambda").ours[request.param]


@pytest.mark.parametrize("missing", [0, None], ids=["length", "chunks"])
def test_a_loop_that_is_left_keeps_its_place(
    client: Any, server: Loopback, missing: int | None
) -> None:
    """All 20 of 20 events come, in whatever way the loops go."""
    server.expect(Reply(NUMBERS, headers=CONTENT_TYPE, missing=missing))
    expected = [b"%d" % number for number in range(20)]

    events = invoke(client)
    assert iter(events) is events
    found = payloads([next(iter(events))])
    for one in events:
        found += payloads([one])
        break
    found += payloads([next(events), next(events)])
    found += payloads(events)

    assert found == expected


def test_a_stream_that_has_ended_says_so(client: Any, server: Loopback) -> None:
    """A further loop raises; `next` goes on raising StopIteration, as iterators do."""
    server.expect(Reply(THREE, **CHUNKED))
    events = invoke(client)
    assert len(list(events)) == 3

    with pytest.raises(StreamClosedError, match="has been read to its end"):
        list(events)
    assert next(events, None) is None


@pytest.mark.parametrize("way", ["close", "with"])
def test_a_stream_that_was_closed_says_so(
    client: Any, server: Loopback, way: str
) -> None:
    """In each way to read it."""
    server.expect(Reply(THREE, **CHUNKED))
    events = invoke(client)
    next(events)
    if way == "close":
        events.close()
    else:
        with events:
            pass
    for read in (list, next, iter):
        with pytest.raises(StreamClosedError, match="was closed: keep the events"):
            read(events)


def test_a_stream_that_failed_says_so(client: Any, server: Loopback) -> None:
    """Nothing is read from a connection in whose place there is an error."""
    server.expect(Reply([THREE[0], failure("x", "y"), THREE[1]], **CHUNKED))
    events = invoke(client)
    next(events)
    with pytest.raises(ServiceError):
        next(events)
    for read in (list, next):
        with pytest.raises(StreamClosedError, match="ended with an error"):
            read(events)


def test_two_threads_cannot_share_a_stream(client: Any, server: Loopback) -> None:
    """The second is told; the first goes on."""
    seen, asked = Event(), Event()

    def pieces() -> Iterator[bytes]:
        yield THREE[0]
        asked.set()
        assert seen.wait(10)
        yield THREE[1]

    server.expect(Reply(pieces(), **CHUNKED))
    events = invoke(client)
    found: list[Any] = []
    reading = Thread(target=lambda: found.extend(events))
    reading.start()
    assert asked.wait(10)
    while not events._is_reading:
        pass
    with pytest.raises(RuntimeError, match="is being read"):
        next(events)
    seen.set()
    reading.join(10)

    assert len(found) == 2


def count_whole(content: bytes, messages: list[bytes]) -> int:
    """Return how many of the messages are whole in the beginning of a stream."""
    ends = [sum(map(len, messages[: i + 1])) for i in range(len(messages))]
    return sum(end <= len(content) for end in ends)


def read_until_cut(events: EventStream[Any]) -> tuple[int, Exception | None]:
    """Return how many events come, and the error after them."""
    count = 0
    try:
        for _ in events:
            count += 1
    except Exception as error:  # noqa: BLE001 - it is looked at
        return count, error
    return count, None


def unchunk(encoded: bytes) -> bytes:
    """Return what the beginning of a body in chunks holds."""
    content = b""
    while b"\r\n" in encoded:
        size, _, encoded = encoded.partition(b"\r\n")
        length = int(size, 16)
        content += encoded[:length]
        encoded = encoded[length + 2 :]
    return content


# One chunk a message, several a message, and several messages a chunk.
DIVISIONS = {
    "each": THREE,
    "small": [b"".join(THREE)[at : at + 40] for at in range(0, 320, 40)],
    "one": [b"".join(THREE)],
}


@pytest.mark.parametrize("division", DIVISIONS)
def test_chunks_that_are_cut(client: Any, server: Loopback, division: str) -> None:
    """Wherever the connection breaks: what came before is given, then it is told."""
    pieces = [piece for piece in DIVISIONS[division] if piece]
    encoded = encode_chunks(pieces)
    for cut in range(len(encoded) - len(b"0\r\n\r\n") + 1):
        server.expect(Reply(pieces, **CHUNKED, cut=cut))
        count, error = read_until_cut(invoke(client))

        assert count == count_whole(unchunk(encoded[:cut]), THREE), cut
        assert isinstance(error, ResponseStreamingError), cut


def test_announced_bytes_that_do_not_come(client: Any, server: Loopback) -> None:
    """Wherever the connection breaks."""
    whole = b"".join(THREE)
    for cut in range(len(whole)):
        missing = len(whole) - cut
        server.expect(Reply([whole[:cut]], headers=CONTENT_TYPE, missing=missing))
        count, error = read_until_cut(invoke(client))

        assert count == count_whole(whole[:cut], THREE), cut
        assert isinstance(error, ResponseStreamingError), cut


def test_a_stream_that_ends_within_a_message(client: Any, server: Loopback) -> None:
    """Though its chunks, or its length, are as announced."""
    for missing in (None, 0):
        server.expect(
            Reply([*THREE, THREE[0][:-1]], headers=CONTENT_TYPE, missing=missing)
        )
        count, error = read_until_cut(invoke(client))

        assert count == 3
        assert isinstance(error, ResponseStreamingError)
        assert "cut: it ended within message 4" in str(error)


@pytest.mark.parametrize("serializer", SERIALIZERS)
def test_events_that_do_not_come_in_time(
    connect: Trios, server: Loopback, serializer: str
) -> None:
    """Told as botocore tells it of bodies, and as any other failure of a stream."""
    done = Event()

    def pieces() -> Iterator[bytes]:
        yield THREE[1]
        done.wait(10)

    config = ONCE.merge(Config(read_timeout=0.1))
    trio = connect("lambda", server=server, config=config)
    server.expect(Reply(pieces(), **CHUNKED))
    count, error = read_until_cut(invoke(trio.ours[serializer]))
    done.set()

    assert count == 1
    assert issubclass(type(error), ResponseStreamingError)
    assert issubclass(type(error), ReadTimeoutError)


def test_a_stream_that_another_thread_closes(client: Any, server: Loopback) -> None:
    """Its reader does not take that for the end, nor gets an error below botocore's."""
    asked, done = Event(), Event()

    def pieces() -> Iterator[bytes]:
        yield THREE[1]
        asked.set()
        done.wait(10)

    server.expect(Reply(pieces(), **CHUNKED))
    events = invoke(client)
    outcome: list[tuple[int, Exception | None]] = []
    reading = Thread(target=lambda: outcome.append(read_until_cut(events)))
    reading.start()
    assert asked.wait(10)
    while not events._is_reading:
        pass
    events._end = CLOSED  # as `close` does first
    done.set()
    reading.join(10)

    ((count, error),) = outcome
    assert count == 1
    assert isinstance(error, StreamClosedError)


def seal(prelude: tuple[int, int], rest: bytes) -> bytes:
    """Return a message with checksums that are right, whatever it says."""
    start = struct.pack(">II", *prelude)
    content = start + struct.pack(">I", crc32(start)) + rest
    return content + struct.pack(">I", crc32(content))


def sealed(headers: bytes, payload: bytes = b"{}") -> bytes:
    """Return a message whose headers are these bytes."""
    return seal((16 + len(headers) + len(payload), len(headers)), headers + payload)


TEXT = b"\x07"
#: Messages whose checksums are right, and what is told of them.
BROKEN: dict[str, bytes] = {
    "message without an event's name": encode_frame({":message-type": "event"}, b""),
    "name that is a number": encode_frame({":event-type": 5}, b""),
    "name that is not UTF-8": sealed(b"\x0b:event-type" + TEXT + b"\0\1\xff"),
    "unknown type of header": sealed(b"\x01a\x63x"),
    "header that ends early": sealed(b"\x01a" + TEXT + b"\0\x63x"),
    "header twice": sealed((b"\x01a" + TEXT + b"\0\1x") * 2),
    "too many headers": seal((1 << 20, 1 << 19), b""),
    "too large a payload": seal((1 << 30, 0), b""),
    "headers longer than the message": seal((40, 100), b"x" * 24),
    "no room for a checksum": seal((12, 0), b""),
    "no length at all": seal((0, 0), b""),
}


@pytest.mark.parametrize("name", BROKEN)
def test_messages_that_break_the_encoding(trios: Trios, name: str) -> None:
    """A ReplyError says which message, after those before it were given."""
    trio = trios("lambda")
    trio.expect(Answer(b"".join([*THREE, BROKEN[name], *THREE]), headers=CONTENT_TYPE))
    for client in trio.ours.values():
        count, error = read_until_cut(invoke(client))

        assert count == 3
        assert type(error) is ReplyError
        assert "message 4 " in str(error) or ":event-type" in str(error)
        assert error.operation_name == "InvokeWithResponseStream"


def test_each_byte_of_a_message(trios: Trios) -> None:
    """Changed, it is damage."""
    trio = trios("lambda")
    for place in range(len(THREE[1])):
        damaged = bytearray(THREE[1])
        damaged[place] ^= 0x41
        trio.expect(Answer(THREE[2] + bytes(damaged), headers=CONTENT_TYPE))
        for client in trio.ours.values():
            count, error = read_until_cut(invoke(client))
            assert (count, type(error)) == (1, ReplyError), place


RECORD = {"SequenceNumber": "1", "Data": "AAE=", "PartitionKey": "p"}

#: Payloads of a shard's event, and where the error says that it is wrong.
PAYLOADS: dict[str, tuple[Any, str]] = {
    "number": ({"Records": 5}, r"subscribe_to_shard_event\.records"),
    "object": ({"Records": {}}, r"subscribe_to_shard_event\.records"),
    "text": ({"Records": "abc"}, r"subscribe_to_shard_event\.records"),
    "items": ({"Records": [5]}, r"subscribe_to_shard_event\.records\[0\]"),
    "base64": (
        {"Records": [RECORD | {"Data": "A"}]},
        r"subscribe_to_shard_event\.records\[0\]\.data",
    ),
    "instant": (
        {"Records": [RECORD | {"ApproximateArrivalTimestamp": "soon"}]},
        r"records\[0\]\.approximate_arrival_timestamp",
    ),
    "list": ([], "subscribe_to_shard_event is a document, but list"),
    "string": ("x", "subscribe_to_shard_event is a document, but str"),
    "null": (None, "subscribe_to_shard_event is a document, but null"),
    "not JSON": (b"not json", "subscribe_to_shard_event is not JSON"),
    "not UTF-8": (b'"\xff"', "subscribe_to_shard_event is not"),
    "cut": (b'{"Records": [', "subscribe_to_shard_event is not JSON"),
    "deep": (b"[" * 100_000, "subscribe_to_shard_event is nested too deeply"),
}


def subscribe(trio: Trio, serializer: str) -> EventStream[Any]:
    """Return a shard's events."""
    events: EventStream[Any] = (
        trio.ours[serializer]
        .subscribe_to_shard(
            consumer_arn="arn:aws:kinesis:us-east-1:123456789012:stream/s/consumer/c:1",
            shard_id="s",
            starting_position=trio.package.StartingPosition(type="LATEST"),
        )
        .event_stream
    )
    return events


@pytest.mark.parametrize("serializer", SERIALIZERS)
@pytest.mark.parametrize("name", PAYLOADS)
def test_payloads_that_are_not_the_models(
    trios: Trios, name: str, serializer: str
) -> None:
    """A ReplyError names the event and the member."""
    payload, told = PAYLOADS[name]
    trio = trios("kinesis")
    first, good = event("initial-response", {}), {"Records": [RECORD]}
    trio.expect(
        Answer(
            first
            + event("SubscribeToShardEvent", good)
            + event("SubscribeToShardEvent", payload),
            headers=CONTENT_TYPE,
        )
    )
    events = subscribe(trio, serializer)
    assert next(events).subscribe_to_shard_event.records[0].data == b"\0\1"
    with pytest.raises(ReplyError, match=told):
        next(events)


@pytest.mark.parametrize("serializer", SERIALIZERS)
@pytest.mark.parametrize(
    "payload", [b"<Details", b"<D><BytesScanned>x</BytesScanned></D>", b"\xff", b"x"]
)
def test_payloads_of_xml(trios: Trios, payload: bytes, serializer: str) -> None:
    """The same of the protocol that botocore reads."""
    trio = trios("s3")
    trio.expect(
        Answer(
            event("Records", b"x") + event("Progress", payload), headers=CONTENT_TYPE
        )
    )
    events = (
        trio.ours[serializer]
        .select_object_content(
            bucket="parcels",
            key="k",
            expression="e",
            expression_type="SQL",
            input_serialization=trio.package.InputSerialization(),
            output_serialization=trio.package.OutputSerialization(),
        )
        .payload
    )
    assert next(events).records.payload == b"x"
    with pytest.raises(
        ReplyError,
        match=r"bytes_scanned: 'x' is not a whole number|progress cannot be read",
    ):
        next(events)


def model(protocol: str) -> Any:
    """Write the model of a service with events and an error among them."""
    text = {"Text": {"shape": "Text"}}
    error = {"message": {"shape": "Text"}, "until": {"shape": "Number"}}
    members = {"Said": {"shape": "Said"}, "busy": {"shape": "BusyException"}}
    shapes: dict[str, Any] = {
        "Text": {"type": "string"},
        "Number": {"type": "integer"},
        "Said": {"type": "structure", "event": True, "members": text},
        "BusyException": {"type": "structure", "exception": True, "members": error},
        "Events": {"type": "structure", "eventstream": True, "members": members},
        "ListenResponse": {
            "type": "structure",
            "members": {"Events": {"shape": "Events"}, "Kind": {"shape": "Number"}},
        },
    }
    if protocol.startswith("rest"):
        del shapes["ListenResponse"]["members"]["Kind"]
        shapes["ListenResponse"]["payload"] = "Events"
    operation = {
        "output": {"shape": "ListenResponse"},
        "errors": [{"shape": "BusyException"}],
    }
    traits: Any = {"protocols": [protocol]} if "cbor" in protocol else {}
    return write_model(protocol, {"Listen": operation}, shapes, **traits)


@pytest.fixture(scope="module", params=["json", "smithy-rpc-v2-cbor", "rest-json"])
def listeners(request: pytest.FixtureRequest) -> Iterator[Trio]:
    """Clients of that service."""
    with closing(Trio.make("parcels", models=model(request.param))) as trio:
        yield trio


def encode(trio: Trio, document: Any) -> bytes:
    """Return a document as the service's protocol writes it."""
    from botosmith.runtime.protocol.codec import CODECS

    return CODECS[trio.package.Client._protocol].encode(document)


def waits(trio: Trio) -> bool:
    """Return whether the first message is the rest of the reply."""
    return bool(trio.package.Client._protocol != "rest-json")


def test_an_exception_as_the_first_message(listeners: Trio) -> None:
    """It is the service's error with its members, not a reply that cannot be read."""
    payload = encode(listeners, {"message": "later", "until": 7})
    listeners.expect(Answer(exception("busy", payload), headers=CONTENT_TYPE))
    for client in listeners.ours.values():
        with pytest.raises(listeners.package.BusyException, match="later") as caught:
            list(client.listen().events)
        error: Any = caught.value
        assert issubclass(type(error), EventStreamError)
        assert (error.code, error.message, error.until) == ("busy", "later", 7)
        assert error.response_metadata.attempts == 1
        again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
        assert (again.until, again.operation_name) == (7, "Listen")


@pytest.mark.parametrize("kind", ["exception", "error"])
def test_a_new_exception_as_the_first_message(listeners: Trio, kind: str) -> None:
    """It keeps its code and its text."""
    frame = (
        failure("NewError", "sorry")
        if kind == "error"
        else exception("NewError", encode(listeners, {"message": "sorry"}))
    )
    listeners.expect(Answer(frame, headers=CONTENT_TYPE))
    for client in listeners.ours.values():
        with pytest.raises(listeners.package.ParcelsError) as caught:
            list(client.listen().events)
        assert (caught.value.code, caught.value.message) == ("NewError", "sorry")


@pytest.mark.parametrize("payload", [b"", b"\xff\xff", b"[]"])
def test_an_exception_that_cannot_be_read(listeners: Trio, payload: bytes) -> None:
    """It is the error all the same."""
    listeners.expect(Answer(exception("busy", payload), headers=CONTENT_TYPE))
    for client in listeners.ours.values():
        with pytest.raises(listeners.package.BusyException):
            list(client.listen().events)


def test_a_first_message_that_is_not_the_first(listeners: Trio) -> None:
    """Its name is told, and what was expected."""
    payload = encode(listeners, {"Text": "t"})
    listeners.expect(Answer(event("Said", payload), headers=CONTENT_TYPE))
    for client in listeners.ours.values():
        if waits(listeners):
            with pytest.raises(ReplyError, match="begins with 'Said', not"):
                client.listen()
        else:
            assert [one.said.text for one in client.listen().events] == ["t"]


@pytest.mark.parametrize(
    ("payload", "told"),
    [
        ({"Kind": "x"}, "kind"),
        ([], "initial-response is a document, but list"),
        (b"\xff", "initial-response is not"),
    ],
)
def test_first_messages_that_cannot_be_read(
    listeners: Trio, payload: Any, told: str
) -> None:
    """They are part of the reply; the protocols of REST have none."""
    content = payload if isinstance(payload, bytes) else encode(listeners, payload)
    listeners.expect(Answer(event("initial-response", content), headers=CONTENT_TYPE))
    for client in listeners.ours.values():
        if waits(listeners):
            with pytest.raises(ReplyError, match=told):
                client.listen()
        else:
            assert list(client.listen().events) == []


@pytest.mark.parametrize("content", [b"", encode_frame({}, b"")[:9]])
def test_no_first_message(listeners: Trio, content: bytes) -> None:
    """A stream without one, and one that is cut within it."""
    listeners.expect(Answer(content, headers=CONTENT_TYPE))
    for client in listeners.ours.values():
        expected = ResponseStreamingError if content else ReplyError
        if waits(listeners) or content:
            with pytest.raises(expected):
                list(client.listen().events)
        else:
            assert list(client.listen().events) == []


def test_an_empty_first_message(listeners: Trio) -> None:
    """It says nothing, and events follow."""
    frames = [
        event("initial-response"),
        event("Said", encode(listeners, {"Text": "t"})),
    ]
    listeners.expect(Answer(b"".join(frames), headers=CONTENT_TYPE))
    for client in listeners.ours.values():
        assert [one.said.text for one in client.listen().events] == ["t"]


def test_botocores_form_of_the_events(listeners: Trio) -> None:
    """`raw` gives dictionaries as botocore's own stream does."""
    frames = [
        event("initial-response", encode(listeners, {})),
        event("New", b""),
        event("Said", encode(listeners, {"Text": "t"})),
    ]
    listeners.expect(Answer(b"".join(frames), headers=CONTENT_TYPE))
    expected = list(listeners.theirs.listen()["Events"])
    for client in listeners.ours.values():
        assert list(client.listen().events.raw) == expected


class Traced:
    """A stream behind one that watches it, as tracing puts it into replies."""

    def __init__(self, raw: Any) -> None:
        self._raw = raw
        self.seen: list[Any] = []

    def __iter__(self) -> Iterator[Any]:
        for one in self._raw:
            self.seen.append(one)
            yield one

    def __getattr__(self, name: str) -> Any:
        return getattr(self._raw, name)


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (THREE[2], None),
        (THREE[2][:-1], ResponseStreamingError),
        (BROKEN["no length at all"], ReplyError),
        (failure("x", "y"), ServiceError),
    ],
    ids=["end", "cut", "damage", "error"],
)
@pytest.mark.parametrize("serializer", SERIALIZERS)
def test_streams_behind_others(
    connect: Trios, serializer: str, last: bytes, expected: type[Exception] | None
) -> None:
    """A hook's stream is read, with the same errors, and closed."""
    trio = connect("lambda", server=None)
    traced: list[Traced] = []

    def watch(parsed: dict[str, Any], **_: Any) -> None:
        traced.append(Traced(parsed["EventStream"]))
        parsed["EventStream"] = traced[0]

    client = trio.ours[serializer]
    client.meta.events.register("after-call", watch)
    trio.expect(Answer(THREE[0] + THREE[1] + last, headers=CONTENT_TYPE))
    events = invoke(client)
    assert events.raw is traced[0]
    assert payloads([next(events)]) == [b""]
    count, error = read_until_cut(events)

    assert isinstance(error, expected or type(None))
    assert count == (1 if expected else 2)
    assert traced[0].seen[1] == {"PayloadChunk": {"Payload": b"ab"}}


@pytest.mark.parametrize("serializer", SERIALIZERS)
def test_events_that_a_hook_makes(connect: Trios, serializer: str) -> None:
    """Dictionaries in a list, as stubs have them, and one that is not the model's."""
    trio = connect("kinesis", server=None)
    good: Any = {"Records": []}
    bad: Any = {"Records": 5}

    def replace(parsed: dict[str, Any], **_: Any) -> None:
        parsed["EventStream"] = [
            {"SubscribeToShardEvent": good},
            {"SubscribeToShardEvent": bad},
        ]

    trio.ours[serializer].meta.events.register("after-call", replace)
    trio.expect(Answer(event("initial-response", {}), headers=CONTENT_TYPE))
    events = subscribe(trio, serializer)
    assert next(events).subscribe_to_shard_event.records == []
    with pytest.raises(ReplyError, match=r"subscribe_to_shard_event\.records"):
        next(events)
    with pytest.raises(StreamClosedError):
        iter(events)
