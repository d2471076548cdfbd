"""Replies' bodies that are read as they come, by each way to read them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from threading import Event
from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    IncompleteReadError,
    ReadTimeoutError,
    ResponseStreamingError,
)
from tests.contract.behaviours.server import Loopback, Reply, encode_chunks
from tests.contract.behaviours.trio import ONCE, Trio
from urllib3.exceptions import SSLError

from botosmith.runtime import StreamingBody, from_boto3, schema

CONTENT = b"one\ntwo\r\n\nthree" * 300 + b"end"

ASSET = {
    "domain": "do",
    "repository": "re",
    "format": "generic",
    "package": "p",
    "packageVersion": "1",
    "asset": "a",
}

#: Operations whose replies stream: what they need, and the body's member.
OPERATIONS: dict[str, tuple[str, str, dict[str, Any], str]] = {
    "lambda": ("lambda", "Invoke", {"FunctionName": "f"}, "Payload"),
    "ebs": (
        "ebs",
        "GetSnapshotBlock",
        {"SnapshotId": "s", "BlockIndex": 1, "BlockToken": "t"},
        "BlockData",
    ),
    "codeartifact": ("codeartifact", "GetPackageVersionAsset", ASSET, "asset"),
    "mediastore": ("mediastore-data", "GetObject", {"Path": "a/b"}, "Body"),
    "polly": (
        "polly",
        "SynthesizeSpeech",
        {"Text": "é", "OutputFormat": "mp3", "VoiceId": "Zoe", "SampleRate": "8000"},
        "AudioStream",
    ),
    "sagemaker": (
        "sagemaker-runtime",
        "InvokeEndpoint",
        {"EndpointName": "e", "Body": b"in", "ContentType": "text/csv"},
        "Body",
    ),
    "bedrock": (
        "bedrock-runtime",
        "InvokeModel",
        {"modelId": "m", "body": b"{}", "accept": "application/json"},
        "body",
    ),
    "s3": ("s3", "GetObject", {"Bucket": "parcels", "Key": "k"}, "Body"),
}


class Getter:
    """Gets bodies by one operation, from each of the clients.

    Attributes:
        trio: The clients.
    """

    def __init__(self, name: str, serve: Callable[..., Trio]) -> None:
        service, self.operation, self.given, self.member = OPERATIONS[name]
        self.trio = serve(service, ONCE)

    def get(self, *answers: Reply) -> Iterator[Any]:
        """A body from each client, botocore's first."""
        for name in ("theirs", *self.trio.ours):
            yield self.get_by(name, *answers)

    def get_by(self, name: str, *answers: Reply) -> Any:
        """A body from one of the clients."""
        self.trio.networks[0].expect(*answers)
        if name == "theirs":
            reply = self.trio.theirs._make_api_call(self.operation, dict(self.given))
            return reply[self.member]
        described = self.trio.package.OPERATIONS[self.operation]
        request = from_boto3(described.request, self.given)
        response = self.trio.ours[name].send(request)
        (attribute,) = (
            field.attribute
            for field in schema.fields(described.response)
            if field.member.name == self.member
        )
        body = getattr(response, attribute)
        assert type(body) is StreamingBody
        return body


@pytest.fixture(params=OPERATIONS)
def getter(request: pytest.FixtureRequest, serve: Callable[..., Trio]) -> Getter:
    """Gets bodies by each of the operations."""
    return Getter(request.param, serve)


@pytest.fixture
def one(serve: Callable[..., Trio]) -> Getter:
    """Gets bodies by one of the operations, for what is the same with all."""
    return Getter("lambda", serve)


@pytest.mark.parametrize("content", [CONTENT, b"", b"{}"])
@pytest.mark.parametrize("missing", [0, None], ids=["length", "chunks"])
def test_all_of_it(getter: Getter, content: bytes, missing: int | None) -> None:
    """Read at once, whether or not its length was announced."""
    call = getter.trio.call(
        getter.operation, getter.given, Reply([content], missing=missing)
    )

    assert call.theirs.content[getter.member] == ("bytes", content)


def _by_size(body: Any) -> list[Any]:
    pieces = [body.read(7), body.tell(), body.read(0), body.read(1000), body.tell()]
    return [*pieces, body.read(), body.read(), body.read(5), body.tell()]


def _by_next(body: Any) -> list[Any]:
    return [next(body), next(body), body.tell(), body.readable(), body.read()]


def _into_buffer(body: Any) -> list[Any]:
    buffer = bytearray(10)
    return [body.readinto(buffer), bytes(buffer), body.readinto(memoryview(buffer))]


def _in_buffered_reader(body: Any) -> list[Any]:
    raw = getattr(body, "raw", body)
    return list(io.BufferedReader(raw))


WAYS: dict[str, Callable[[Any], Any]] = {
    "size": _by_size,
    "next": _by_next,
    "buffer": _into_buffer,
    "iteration": list,
    "chunks": lambda body: list(body.iter_chunks()),
    "small chunks": lambda body: list(body.iter_chunks(11)),
    "named chunks": lambda body: list(body.iter_chunks(chunk_size=4096)),
    "lines": lambda body: list(body.iter_lines()),
    "lines of chunks": lambda body: list(body.iter_lines(5)),
    "lines with ends": lambda body: list(body.iter_lines(16, keepends=True)),
    "reader": _in_buffered_reader,
}


@pytest.mark.parametrize("way", WAYS)
def test_ways_to_read(one: Getter, way: str) -> None:
    """Each gives what botocore's gives."""
    theirs, *ours = (WAYS[way](body) for body in one.get(Reply([CONTENT])))

    assert ours == [theirs, theirs]


def test_copying_to_a_file(getter: Getter) -> None:
    """All of it, and it says how many bytes."""
    _, *ours = getter.get(Reply([CONTENT]))
    for body in ours:
        target = io.BytesIO()
        assert body.copy_to(target, 100) == len(CONTENT)
        assert target.getvalue() == CONTENT


@pytest.mark.parametrize("name", ["theirs", "generated", "botocore"])
def test_pieces_come_as_they_are_sent(one: Getter, name: str) -> None:
    """The first can be read before the last is there."""
    seen = Event()

    def pieces() -> Iterator[bytes]:
        yield b"first"
        assert seen.wait(10)
        yield b"last"

    body = one.get_by(name, Reply(pieces(), missing=None))

    assert next(body.iter_chunks(5)) == b"first"
    seen.set()
    assert body.read() == b"last"


def test_pieces_that_do_not_come(
    connect: Callable[..., Trio], server: Loopback
) -> None:
    """Reading has a time limit, as the configuration says."""
    trio = connect("lambda", server=server, config=Config(read_timeout=0.1))
    getter = Getter("lambda", lambda *_: trio)
    for name in ("theirs", *trio.ours):
        done = Event()

        def pieces(done: Event = done) -> Iterator[bytes]:
            yield b"first"
            done.wait(10)

        body = getter.get_by(name, Reply(pieces(), missing=None))
        assert body.read(5) == b"first"
        with pytest.raises(ReadTimeoutError):
            body.read()
        done.set()
        body.close()


@pytest.mark.parametrize("name", ["generated", "botocore"])
def test_what_is_read_to_its_end_gives_the_connection_back(
    one: Getter, server: Loopback, name: str
) -> None:
    """The next call takes the same connection."""
    client = one.trio.ours[name]
    server.expect(Reply([CONTENT]))
    client.invoke(function_name="f").payload.read()
    before = server.connections
    for read in (StreamingBody.read, list, lambda body: body.copy_to(io.BytesIO())):
        read(client.invoke(function_name="f").payload)

    assert server.connections == before


@pytest.mark.parametrize("name", ["generated", "botocore"])
@pytest.mark.parametrize("way", ["with", "close", "break"])
def test_what_is_closed_early_lets_its_connection_go(
    connect: Callable[..., Trio], name: str, way: str
) -> None:
    """No connection stays open for a reply that nobody reads."""
    server = Loopback()
    trio = connect("lambda", server=server)
    server.expect(Reply([CONTENT * 100]))
    body = trio.ours[name].invoke(function_name="f").payload
    assert server.wait_for_open(1)

    if way == "with":
        with body as entered:
            assert entered is body
            assert body.read(3) == b"one"
    elif way == "close":
        body.close()
    else:
        for _ in body:
            break
        body.close()

    assert server.wait_for_open(0)
    body.close()  # once more does no harm
    trio.close()
    server.close()


def test_what_is_cut_short_is_told(getter: Getter) -> None:
    """With botocore's error, and what came before it."""
    told = []
    for body in getter.get(Reply([b"only this"], missing=5)):
        with pytest.raises(BotoCoreError) as caught:
            body.read()
        told.append((type(caught.value), str(caught.value).replace("'", "")))

    assert told[1:] == [told[0], told[0]]


#: Each way to read a body to its end.
TO_THE_END: dict[str, Callable[[Any], Any]] = {
    "read": lambda body: body.read(),
    "sizes": lambda body: [body.read(7) for _ in range(40)],
    "next": lambda body: [next(body) for _ in range(40)],
    "iteration": list,
    "chunks": lambda body: list(body.iter_chunks(5)),
    "lines": lambda body: list(body.iter_lines(8)),
    "buffer": lambda body: [body.readinto(bytearray(9)) for _ in range(40)],
    "copying": lambda body: body.copy_to(io.BytesIO()),
}

CUTS = ResponseStreamingError, IncompleteReadError


@pytest.mark.parametrize("way", TO_THE_END)
@pytest.mark.parametrize("name", ["generated", "botocore"])
def test_cuts_are_told_wherever_they_are(
    one: Getter, server: Loopback, name: str, way: str
) -> None:
    """By botocore's errors alone; no part passes for the whole."""
    read = TO_THE_END[way]
    pieces = [b"one\ntwo\n" * 4, b"three\n" * 4]
    content, encoded = b"".join(pieces), encode_chunks(pieces)
    replies = [Reply(pieces, missing=None, cut=at) for at in range(len(encoded) - 4)]
    lengths = range(len(content))
    replies += [Reply([content[:at]], missing=len(content) - at) for at in lengths]
    for reply in replies:
        server.expect(reply)
        with pytest.raises(CUTS):
            read(one.trio.ours[name].invoke(function_name="f").payload)


class Failing(io.BytesIO):
    """A connection that fails below botocore."""

    def read(self, amt: int | None = None) -> bytes:
        """Fail."""
        del amt
        raise SSLError

    readinto = read  # type: ignore[assignment]


@pytest.mark.parametrize("way", TO_THE_END)
def test_errors_below_botocore(way: str) -> None:
    """Those of urllib3 that botocore's stream lets through."""
    with pytest.raises(ResponseStreamingError):
        TO_THE_END[way](StreamingBody(Failing()))


def test_members_beside_the_stream(serve: Callable[..., Trio]) -> None:
    """Headers and the status."""
    call = serve("lambda").call(
        "Invoke",
        {"FunctionName": "f", "Payload": b"{}", "LogType": "Tail"},
        Reply(
            [b'{"errorMessage": "no"}'],
            headers={
                "X-Amz-Function-Error": "Unhandled",
                "x-amz-executed-version": "$LATEST",
                "X-Amz-Log-Result": "bG9n",
                "x-amzn-requestid": "request-1",
            },
        ),
    )

    reply = call.reply
    assert (reply.status_code, reply.function_error) == (200, "Unhandled")
    assert (reply.executed_version, reply.log_result) == ("$LATEST", "bG9n")
    assert reply.response_metadata.request_id == "request-1"


def test_errors_of_operations_that_stream(serve: Callable[..., Trio]) -> None:
    """Their bodies are documents, and are read as such."""
    trio = serve("lambda")
    call = trio.call(
        "Invoke",
        {"FunctionName": "f"},
        Reply(
            [b'{"Type": "User", "Message": "no f"}'],
            404,
            {"x-amzn-ErrorType": "ResourceNotFoundException:http://x/"},
        ),
    )
    s3 = serve("s3").call(
        "GetObject",
        {"Bucket": "parcels", "Key": "k"},
        Reply([b"<Error><Code>NoSuchKey</Code><Key>k</Key></Error>"], 404),
    )

    assert type(call.error) is trio.package.ResourceNotFoundException
    assert (call.error.type, call.error.message) == ("User", "no f")
    assert s3.error.code == "NoSuchKey"


def test_a_body_is_shown_shortly(one: Getter) -> None:
    """It is not read for that."""
    _, body, other = one.get(Reply([CONTENT]))

    assert repr(body) == "<StreamingBody, 0 bytes read>"
    body.read(3)
    assert repr(body) == "<StreamingBody, 3 bytes read>"
    body.close()
    other.close()
