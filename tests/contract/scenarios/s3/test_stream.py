"""S3: large objects, up and down, in little memory."""

from __future__ import annotations

import io
import os
import tracemalloc
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from hashlib import md5, sha256
from pathlib import Path
from typing import Any

import pytest
from botocore.config import Config
from tests.contract.scenarios.responder import Answer, Responder

from botosmith.runtime import ValidationError

MEBIBYTE = 1 << 20
SIZE = 50 * MEBIBYTE


def chunks() -> Iterator[bytes]:
    """The large object, a mebibyte at a time."""
    for number in range(50):
        yield bytes([number]) * MEBIBYTE


def digest(content: Any) -> str:
    """Return the content that the pieces make."""
    found = sha256()
    for chunk in content:
        found.update(chunk)
    return found.hexdigest()


DIGEST = digest(chunks())


@contextmanager
def little_memory() -> Generator[None]:
    """Within, less than a sixth of the large object is in memory at any time."""
    tracemalloc.start()
    try:
        yield
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 8 * MEBIBYTE


def test_a_large_file_goes_up_and_comes_down(
    client: Any, bucket: str, tmp_path: Path
) -> None:
    """From a file and into a file, which stay open and whose it is to close them."""
    source, target = tmp_path / "source", tmp_path / "target"
    with source.open("wb") as file:
        file.writelines(chunks())

    with little_memory(), source.open("rb") as file:
        put = client.put_object(bucket=bucket, key="large", body=file)
        assert not file.closed
    with little_memory(), target.open("wb") as file:
        got = client.get_object(bucket=bucket, key="large")
        with got.body as body:
            assert body.copy_to(file) == SIZE

    assert put.e_tag == f'"{md5(source.read_bytes()).hexdigest()}"'  # noqa: S324
    assert got.content_length == SIZE
    with target.open("rb") as file:
        assert digest(iter(lambda: file.read(MEBIBYTE), b"")) == DIGEST


def test_a_large_iterable_goes_up(client: Any, bucket: str) -> None:
    """Chunk by chunk, by way of a temporary file."""
    with little_memory():
        client.put_object(bucket=bucket, key="large", body=chunks())
    with little_memory():
        got = client.get_object(bucket=bucket, key="large")
        found = digest(got.body.iter_chunks(MEBIBYTE))

    assert got.content_length == SIZE
    assert found == DIGEST


def test_what_else_can_be_a_body(client: Any, bucket: str) -> None:
    """Text, chunks in a list or an iterator, a file in memory, all kinds of bytes."""

    def stored(body: Any) -> bytes:
        client.put_object(bucket=bucket, key="a", body=body)
        found: bytes = client.get_object(bucket=bucket, key="a").body.read()
        return found

    half_read = io.BytesIO(b"hello")
    half_read.seek(2)

    assert stored("grüß") == "grüß".encode()
    assert stored([b"one", b"two"]) == b"onetwo"
    assert stored(chunk for chunk in (b"one", b"two")) == b"onetwo"
    assert stored(io.BytesIO(b"hello")) == b"hello"
    assert stored(half_read) == b"llo"
    assert stored(bytearray(b"hello")) == b"hello"
    assert stored(memoryview(b"hello")) == b"hello"
    assert stored(b"") == b""
    with pytest.raises(ValidationError, match="body"):
        stored(7)


def test_ways_to_read(client: Any, bucket: str) -> None:
    """In pieces, by lines, into a buffer, or not to the end."""
    client.put_object(bucket=bucket, key="a", body=b"one\ntwo\r\nthree")

    def body() -> Any:
        return client.get_object(bucket=bucket, key="a").body

    pieces = body()
    assert (pieces.read(3), pieces.tell(), pieces.read()) == (
        b"one",
        3,
        b"\ntwo\r\nthree",
    )
    assert list(body().iter_lines()) == [b"one", b"two", b"three"]
    assert list(body().iter_chunks(6)) == [b"one\ntw", b"o\r\nthr", b"ee"]
    buffer = bytearray(4)
    with body() as opened:
        assert opened.readable()
        assert opened.readinto(buffer) == 4
    assert buffer == b"one\n"
    with io.TextIOWrapper(io.BytesIO(body().read())) as text:
        assert text.readlines() == ["one\n", "two\n", "three"]


def test_a_body_is_sent_again(
    connect: Callable[..., Any], responder: Responder
) -> None:
    """Whole, also if it could be iterated only once; moto is never out of service."""
    config = Config(retries={"total_max_attempts": 2}, s3={"addressing_style": "path"})
    client = connect("s3", endpoint_url=responder.url, config=config)
    responder.answers = [Answer(status=503), Answer(headers={"ETag": '"a"'})]

    put = client.put_object(bucket="parcels", key="a", body=iter([b"one", b"two"]))

    assert [received.body for received in responder.received] == [b"onetwo"] * 2
    assert put.e_tag == '"a"'
    assert put.response_metadata.attempts == 2


def test_what_can_only_be_read(client: Any, bucket: str) -> None:
    """A pipe, and what comes down, go up; botocore would want to seek in them."""
    reading, writing = os.pipe()
    os.write(writing, b"hello")
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        client.put_object(bucket=bucket, key="a", body=pipe)
    with client.get_object(bucket=bucket, key="a").body as body:
        client.put_object(bucket=bucket, key="b", body=body)

    assert client.get_object(bucket=bucket, key="b").body.read() == b"hello"
