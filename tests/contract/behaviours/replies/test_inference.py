"""Models of SageMaker, called with what is larger than memory should have to be."""

from __future__ import annotations

import hashlib
import tracemalloc
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.contract.behaviours.frame import CONTENT_TYPE, encode_frame
from tests.contract.behaviours.server import Loopback, Reply

from botosmith import sagemaker_runtime

MEBIBYTE = 1 << 20

#: Sizes of bodies, and the most memory that they may take.
LARGE = 64
MOST = 8 * MEBIBYTE


@pytest.fixture(params=["generated", "botocore"])
def client(
    request: pytest.FixtureRequest, server: Loopback
) -> Iterator[sagemaker_runtime.Client]:
    """A client of either serializer."""
    with sagemaker_runtime.Client(
        "us-east-1",
        endpoint_url=server.url,
        aws_access_key_id="AKIDEXAMPLE",
        aws_secret_access_key="secret",  # noqa: S106 - it opens nothing
        serializer=request.param,
    ) as made:
        server.expect(Reply())
        made.invoke_endpoint(endpoint_name="warm", body=b"")
        yield made


@contextmanager
def little_memory() -> Generator[None]:
    """See that what is done within takes little memory at any time."""
    tracemalloc.start()
    try:
        yield
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < MOST


def pieces(count: int) -> Iterator[bytes]:
    """Return so many mebibytes, each of another byte."""
    for number in range(count):
        yield bytes([number]) * MEBIBYTE


def digest(content: Iterator[bytes]) -> bytes:
    """Return what tells contents apart."""
    found = hashlib.sha256()
    for piece in content:
        found.update(piece)
    return found.digest()


@pytest.mark.parametrize("kind", ["file", "iterable"])
def test_a_large_request(
    client: sagemaker_runtime.Client, server: Loopback, tmp_path: Path, kind: str
) -> None:
    """From a file it goes piece by piece, from an iterable by way of a file."""
    serializer = tmp_path / "input"
    with serializer.open("wb") as file:
        file.writelines(pieces(LARGE))
    server.expect(Reply([b"done"]))

    with serializer.open("rb") as file, little_memory():
        body: Any = file if kind == "file" else pieces(LARGE)
        reply = client.invoke_endpoint(endpoint_name="e", body=body)
        answer = reply.body.read()

    assert answer == b"done"
    assert server.sent[0].body == digest(pieces(LARGE))
    assert server.sent[0].headers["content-length"] == str(LARGE * MEBIBYTE)


def test_a_large_reply(client: sagemaker_runtime.Client, server: Loopback) -> None:
    """It is read as it comes."""
    server.expect(Reply(pieces(LARGE), missing=None))

    with (
        little_memory(),
        client.invoke_endpoint(endpoint_name="e", body=b"in").body as body,
    ):
        found = digest(body.iter_chunks(65536))

    assert found == digest(pieces(LARGE))


def frames(count: int) -> Iterator[bytes]:
    """Return so many events of 64 KiB."""
    headers = {":message-type": "event", ":event-type": "PayloadPart"}
    for number in range(count):
        yield encode_frame(headers, bytes([number % 256]) * 65536)


def test_many_events(client: sagemaker_runtime.Client, server: Loopback) -> None:
    """Each is an object, and forgotten when the next one comes."""
    server.expect(Reply(frames(1000), headers=CONTENT_TYPE, missing=None))
    seen = []

    with little_memory():
        reply = client.invoke_endpoint_with_response_stream(
            endpoint_name="e", body=b"in"
        )
        with reply.body as events:
            for event in events:
                assert event.payload_part is not None
                assert event.payload_part.bytes is not None
                seen.append(event.payload_part.bytes[0])

    assert seen == [number % 256 for number in range(1000)]


@pytest.mark.parametrize("streams", [False, True])
def test_what_is_left_early_is_let_go(streams: bool) -> None:  # noqa: FBT001 - a case
    """The connection is closed with the block, however much is still to come."""
    with (
        closing(Loopback()) as server,
        sagemaker_runtime.Client(
            "us-east-1",
            endpoint_url=server.url,
            aws_access_key_id="AKIDEXAMPLE",
            aws_secret_access_key="secret",  # noqa: S106 - it opens nothing
        ) as client,
    ):
        content: Any = frames(1000) if streams else pieces(LARGE)
        server.expect(Reply(content, headers=CONTENT_TYPE, missing=None))
        if streams:
            with client.invoke_endpoint_with_response_stream(
                endpoint_name="e", body=b"in"
            ).body as events:
                next(iter(events))
        else:
            with client.invoke_endpoint(endpoint_name="e", body=b"in").body as body:
                body.read(10)

        assert server.wait_for_open(0)
