"""Requests' bodies: whatever bytes may be given as, and what goes out of it."""

from __future__ import annotations

import hashlib
import io
import os
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from botocore.config import Config
from tests.contract.behaviours.server import Loopback, Reply
from tests.contract.behaviours.trio import PATH_STYLE, Call, Trio

from botosmith.runtime import ValidationError

CONTENT = b"one\x00\xff" * 500

MEBIBYTE = 1 << 20

CHECKSUM = hashlib.sha256(CONTENT).hexdigest()

#: Operations that send a body as it is: what else they need, and the body's member.
OPERATIONS: dict[str, tuple[str, str, dict[str, Any], str]] = {
    "lambda": ("lambda", "Invoke", {"FunctionName": "f"}, "Payload"),
    "ebs": (
        "ebs",
        "PutSnapshotBlock",
        {
            "SnapshotId": "s",
            "BlockIndex": 0,
            "DataLength": len(CONTENT),
            "Checksum": "c",
            "ChecksumAlgorithm": "SHA256",
        },
        "BlockData",
    ),
    "codeartifact": (
        "codeartifact",
        "PublishPackageVersion",
        {
            "domain": "do",
            "repository": "re",
            "format": "generic",
            "package": "p",
            "packageVersion": "1",
            "assetName": "a",
            "assetSHA256": CHECKSUM,
        },
        "assetContent",
    ),
    "mediastore": ("mediastore-data", "PutObject", {"Path": "a/b"}, "Body"),
    "s3": ("s3", "PutObject", {"Bucket": "parcels", "Key": "k"}, "Body"),
    "part": (
        "s3",
        "UploadPart",
        {"Bucket": "parcels", "Key": "k", "PartNumber": 1, "UploadId": "u"},
        "Body",
    ),
}

ONCE = Config(retries={"total_max_attempts": 1}, s3=PATH_STYLE)
THRICE = Config(retries={"total_max_attempts": 3, "mode": "standard"}, s3=PATH_STYLE)


@pytest.fixture(params=OPERATIONS)
def put(
    request: pytest.FixtureRequest, serve: Callable[..., Trio]
) -> Callable[..., Call]:
    """Sends a body to the server, by each of the operations."""
    service, operation, given, member = OPERATIONS[request.param]

    def call(
        body: Any, *answers: Reply, ours: Any = None, config: Config = ONCE
    ) -> Call:
        return serve(service, config).call(
            operation,
            given | {member: body},
            *answers,
            ours=given | {member: body if ours is None else ours},
        )

    return call


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Callable[[], io.BufferedReader]]:
    """Opens a file that holds the content."""
    place = tmp_path / "content"
    place.write_bytes(CONTENT)
    opened: list[io.BufferedReader] = []

    def open_file() -> io.BufferedReader:
        opened.append(place.open("rb"))
        return opened[-1]

    yield open_file
    for file in opened:
        assert not file.closed  # it is the caller's
        file.close()


def _half_read() -> io.BytesIO:
    source = io.BytesIO(CONTENT)
    source.seek(len(CONTENT) // 2)
    return source


def test_bytes(put: Callable[..., Call]) -> None:
    """They go out as they are."""
    call = put(CONTENT)

    assert call.request.body == CONTENT
    assert call.request.headers["content-length"] == str(len(CONTENT))


@pytest.mark.parametrize("body", [b"", "", "grüß", bytearray(CONTENT)])
def test_nothing_text_and_what_can_change(put: Callable[..., Call], body: Any) -> None:
    """Text is sent as UTF-8."""
    expected = body.encode() if isinstance(body, str) else bytes(body)

    assert put(body).request.body == expected


def test_an_open_file(put: Callable[..., Call], file: Any) -> None:
    """It is read from where it stands, and stays open."""
    assert put(file).request.body == CONTENT


def test_a_file_in_memory(put: Callable[..., Call]) -> None:
    """From its beginning."""
    assert put(lambda: io.BytesIO(CONTENT)).request.body == CONTENT


def test_a_file_that_has_been_read_from(put: Callable[..., Call]) -> None:
    """As botocore has it."""
    put(_half_read)


@pytest.mark.parametrize(
    "ours",
    [
        lambda: iter([CONTENT[:7], b"", CONTENT[7:]]),
        lambda: (CONTENT[at : at + 100] for at in range(0, len(CONTENT), 100)),
        lambda: [CONTENT[:7], CONTENT[7:]],
        lambda: (CONTENT[:7], CONTENT[7:]),
        lambda: [bytearray(CONTENT)],
    ],
    ids=["iterator", "generator", "list", "tuple", "arrays"],
)
def test_what_can_be_iterated(put: Callable[..., Call], ours: Any) -> None:
    """botocore does not take it; ours send what a file of it would send."""
    assert put(lambda: io.BytesIO(CONTENT), ours=ours).request.body == CONTENT


def test_a_view_of_memory(put: Callable[..., Call]) -> None:
    """Sent as the bytes that it shows."""
    view = memoryview(b"__" + CONTENT)[2:]

    assert put(CONTENT, ours=lambda: view).request.body == CONTENT


@pytest.mark.parametrize("body", [7, 1.5, True, {"a": "b"}, object()])
def test_what_is_no_body_is_refused(put: Callable[..., Call], body: Any) -> None:
    """Before anything is sent."""
    call = put(lambda: body)

    assert isinstance(call.error, ValidationError)
    assert call.requests == ()


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
@pytest.mark.parametrize(
    "make",
    [lambda: [1, 2], lambda: range(3), lambda: iter(b"ab"), lambda: [b"a", None]],
    ids=["list", "range", "bytes", "none"],
)
def test_iterables_of_what_is_no_bytes(
    serve: Callable[..., Trio],
    server: Loopback,
    make: Callable[[], Any],
    serializer: str,
) -> None:
    """Refused as any wrong value is."""
    trio = serve("lambda")
    server.expect(Reply())

    with pytest.raises(ValidationError, match="payload"):
        trio.ours[serializer].invoke(function_name="f", payload=make())

    assert server.sent == []


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
def test_iterables_that_fail(
    serve: Callable[..., Trio], server: Loopback, serializer: str
) -> None:
    """Their own error goes through, and nothing is sent."""

    def fail() -> Iterator[bytes]:
        yield b"a"
        raise LookupError

    trio = serve("lambda")
    server.expect(Reply())

    with pytest.raises(LookupError):
        trio.ours[serializer].invoke(function_name="f", payload=fail())

    assert server.sent == []


def test_no_body_at_all(serve: Callable[..., Trio]) -> None:
    """The body may be left out where it is optional."""
    call = serve("lambda").call("Invoke", {"FunctionName": "f"})

    assert call.request.body == b""


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        (CONTENT, None),
        (lambda: io.BytesIO(CONTENT), None),
        (lambda: io.BytesIO(CONTENT), lambda: iter([CONTENT[:9], CONTENT[9:]])),
    ],
    ids=["bytes", "file", "iterator"],
)
def test_a_retry_sends_all_again(
    put: Callable[..., Call], theirs: Any, ours: Any
) -> None:
    """From the start, also what can be iterated once."""
    call = put(
        theirs,
        Reply(status=500),
        Reply([b"cut"], missing=9, status=503),
        Reply(),
        ours=ours,
        config=THRICE,
    )

    bodies = [request.body for request in call.requests]
    assert bodies == [CONTENT] * 3


class Unseekable:
    """Bodies that can be read but once."""

    def __init__(self) -> None:
        self.source = io.BytesIO(CONTENT)

    def read(self, size: int = -1) -> bytes:
        """Read."""
        return self.source.read(size)


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
def test_what_cannot_be_read_again(
    serve: Callable[..., Trio], server: Loopback, serializer: str
) -> None:
    """Its signature has to read it first: it is collected, where botocore fails."""
    trio = serve("lambda")
    server.expect(Reply(status=200))

    trio.ours[serializer].invoke(
        function_name="f", payload=Unseekable()
    ).payload.close()

    assert server.sent[-1].body == CONTENT


def _mebibytes(count: int) -> Iterator[bytes]:
    for number in range(count):
        yield bytes([number]) * MEBIBYTE


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
def test_a_large_iterable_takes_little_memory(
    serve: Callable[..., Trio], server: Loopback, serializer: str
) -> None:
    """Chunk by chunk, by way of a temporary file."""
    trio = serve("ebs")
    server.expect(Reply(status=201))

    tracemalloc.start()
    try:
        trio.ours[serializer].put_snapshot_block(
            snapshot_id="s",
            block_index=0,
            block_data=_mebibytes(32),
            data_length=32 * MEBIBYTE,
            checksum="c",
            checksum_algorithm="SHA256",
        )
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    (sent,) = server.sent
    assert sent.body == hashlib.sha256(b"".join(_mebibytes(32))).digest()
    assert peak < 8 * MEBIBYTE


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
@pytest.mark.parametrize("kind", ["pipe", "file", "memory"])
def test_text_that_is_read_is_sent_as_utf_8(
    serve: Callable[..., Trio],
    server: Loopback,
    serializer: str,
    kind: str,
    tmp_path: Path,
) -> None:
    """From files of text too, also those that can be read but once."""
    trio = serve("lambda")
    server.expect(Reply([b"{}"]))
    (tmp_path / "text").write_text("Grüße\n", "utf-8")
    with ExitStack() as stack:
        body: Any = io.StringIO("Grüße\n")
        if kind == "file":
            body = stack.enter_context((tmp_path / "text").open(encoding="utf-8"))
        elif kind == "pipe":
            reading, writing = os.pipe()
            with os.fdopen(writing, "w", encoding="utf-8") as writer:
                writer.write("Grüße\n")
            body = stack.enter_context(os.fdopen(reading, encoding="utf-8"))
        trio.ours[serializer].invoke(function_name="f", payload=body)

    assert server.sent[0].body == "Grüße\n".encode()
