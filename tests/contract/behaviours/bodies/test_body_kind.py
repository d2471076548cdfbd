"""Requests' bodies: what is taken for one, from which place, and what is refused."""

from __future__ import annotations

import array
import collections
import enum
import io
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import MappingProxyType
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from botocore.config import Config
from tests.contract.behaviours.bodyfile import (
    CONTENT,
    OF_TEXT,
    ONCE,
    SEEKABLE,
    TEXT,
    UNREADABLE,
)
from tests.contract.behaviours.network import Answer
from tests.contract.behaviours.server import Loopback, Reply
from tests.contract.behaviours.trio import PATH_STYLE, Trio

from botosmith.runtime import ValidationError

#: The mode `standard` retries about 50 calls of a client and no more.
THRICE = Config(retries={"total_max_attempts": 3, "mode": "legacy"}, s3=PATH_STYLE)

PLACE = 1000

SERIALIZERS = ["generated", "botocore"]

FAILING = Reply(status=500), Reply([b"cut"], missing=9, status=503), Reply()


def put(client: Any, service: str, body: Any) -> None:
    """Send a body by an operation of a service."""
    if service == "s3":
        client.put_object(bucket="parcels", key="k", body=body)
    elif service == "lambda":
        client.invoke(function_name="f", payload=body).payload.close()
    else:
        client.invoke_endpoint(endpoint_name="e", body=body).body.close()


@pytest.fixture(params=["lambda", "s3", "sagemaker-runtime"])
def service(request: pytest.FixtureRequest) -> str:
    """A service with an operation that sends a body."""
    return str(request.param)


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    """Closes files."""
    with ExitStack() as opened:
        yield opened


@pytest.fixture(params=SERIALIZERS)
def send(
    request: pytest.FixtureRequest,
    serve: Callable[..., Trio],
    server: Loopback,
    service: str,
) -> Callable[..., list[bytes]]:
    """Send a body to a server that fails twice, and return what it received."""
    client = serve(service, THRICE).ours[request.param]

    def call(body: Any) -> list[bytes]:
        server.expect(*FAILING)
        put(client, service, body)
        return [sent.body for sent in server.sent]

    return call


@pytest.mark.parametrize("place", [0, PLACE, len(CONTENT)])
@pytest.mark.parametrize("kind", SEEKABLE)
def test_files_are_sent_from_their_place(
    send: Any, stack: ExitStack, tmp_path: Path, kind: str, place: int
) -> None:
    """At each attempt, and they stay open."""
    file = SEEKABLE[kind](stack, tmp_path)
    file.seek(place)

    assert send(file) == [CONTENT[place:]] * 3
    file.seek(0)
    assert file.read(3) == CONTENT[:3]


@pytest.mark.parametrize("kind", ["open", "BytesIO", "NamedTemporaryFile"])
def test_files_that_stand_behind_their_end(
    send: Any, stack: ExitStack, tmp_path: Path, kind: str
) -> None:
    """There is nothing to send."""
    file = SEEKABLE[kind](stack, tmp_path)
    file.seek(len(CONTENT) + PLACE)

    assert send(file) == [b""] * 3


@pytest.mark.parametrize("place", [0, PLACE])
@pytest.mark.parametrize("kind", ONCE)
def test_files_that_can_be_read_once(
    send: Any, stack: ExitStack, tmp_path: Path, kind: str, place: int
) -> None:
    """The rest of the file is sent at each attempt."""
    file = ONCE[kind](stack, tmp_path)
    while place > 0:
        place -= len(file.read(place))

    received = send(file)
    assert received[0] in {CONTENT, CONTENT[PLACE:]}
    assert received == [received[0]] * 3


@pytest.mark.parametrize("lines", [0, 3])
@pytest.mark.parametrize("kind", OF_TEXT)
def test_files_of_text(
    send: Any, stack: ExitStack, tmp_path: Path, kind: str, lines: int
) -> None:
    """Sent as UTF-8 from their place, whatever encoding they have."""
    file = OF_TEXT[kind](stack, tmp_path)
    for _ in range(lines):
        file.readline()
    expected = "".join(TEXT.splitlines(keepends=True)[lines:]).encode()

    assert send(file) == [expected] * 3


@pytest.mark.parametrize("kind", UNREADABLE)
@pytest.mark.parametrize("serializer", SERIALIZERS)
def test_files_that_cannot_be_read(  # noqa: PLR0913, PLR0917 - what a call is made of
    serve: Callable[..., Trio],
    server: Loopback,
    stack: ExitStack,
    tmp_path: Path,
    kind: str,
    serializer: str,
) -> None:
    """A ValidationError says so, and nothing is sent."""
    make, told = UNREADABLE[kind]
    server.expect()
    client = serve("lambda").ours[serializer]
    with pytest.raises(ValidationError, match=told) as caught:
        client.invoke(function_name="f", payload=make(stack, tmp_path))

    assert [one.path for one in caught.value.violations] == ["payload"]
    assert server.sent == []


@pytest.mark.parametrize("serializer", SERIALIZERS)
@pytest.mark.parametrize("place", [0, PLACE])
def test_checksums_in_trailers(
    connect: Callable[..., Trio], serializer: str, place: int
) -> None:
    """Over TLS S3 sends the checksum after the body, which is read on the way."""
    trio = connect("s3", config=THRICE)
    trio.expect(Answer(status=500), Answer(status=500), Answer())
    file = io.BytesIO(CONTENT)
    file.seek(place)
    put(trio.ours[serializer], "s3", file)

    network = trio.networks[1 + SERIALIZERS.index(serializer)]
    expected = CONTENT[place:]
    assert len(network.sent) == 3
    for sent in network.sent:
        assert sent.headers["x-amz-trailer"] == "x-amz-checksum-crc32"
        assert sent.headers["x-amz-decoded-content-length"] == str(len(expected))
        assert expected in sent.body.replace(b"\r\n12c00\r\n", b"")


class Custom:
    """A file as people write one."""

    def __init__(self, *pieces: Any) -> None:
        self.pieces = list(pieces)

    def read(self, size: int = -1) -> Any:
        """Return the next piece."""
        del size
        return self.pieces.pop(0) if self.pieces else b""


class Seekable(Custom):
    """One that can be read again."""

    def __init__(self, *pieces: Any) -> None:
        super().__init__()
        self.all = pieces
        self.at = 0

    def read(self, size: int = -1) -> Any:
        """Return the next piece."""
        del size
        self.at += 1
        return self.all[self.at - 1] if self.at <= len(self.all) else b""

    def seek(self, at: int, whence: int = 0) -> None:
        """Go to a piece."""
        self.at = len(self.all) if whence == 2 else at

    def tell(self) -> int:
        """Return the number of the piece."""
        return self.at


async def _awaited() -> bytes:
    return b""


class Awaited(Custom):
    """A file that is awaited."""

    def read(self, size: int = -1) -> Any:
        """Return what is to be awaited."""
        del size
        return _awaited()


class Coroutine(Custom):
    """A file whose methods are coroutine functions."""

    async def read(self, size: int = -1) -> Any:
        """Return what is to be awaited."""

    async def readable(self) -> bool:
        """Return what is to be awaited."""
        return True


class Argless:
    """A file whose `read` takes no size."""

    def read(self) -> bytes:
        """Return all."""
        return b"abc"


class Frame:
    """A frame, as pandas would have it: it iterates over its columns' names."""

    read = "a column of that name"

    def __iter__(self) -> Iterator[str]:
        return iter(["a", "b"])

    def __array__(self) -> Any:
        raise NotImplementedError

    def to_csv(self, *, index: bool = True) -> str:
        """Return text."""
        del index
        return "a,b\n1,2\n"


class Polars:
    """A frame, as polars would have it."""

    def __dataframe__(self) -> Any:
        raise NotImplementedError

    def write_csv(self) -> str:
        """Return text."""
        return ""


class Arrow:
    """A table, as pyarrow would have it."""

    def __arrow_c_stream__(self) -> Any:
        raise NotImplementedError


class Array:
    """An array, as numpy would have it: it shows its memory."""

    __array_interface__ = MappingProxyType({"version": 3})

    def __iter__(self) -> Iterator[float]:
        return iter([1.0])

    def tolist(self) -> list[float]:
        """Return numbers."""
        return [1.0]


class Kind(enum.StrEnum):
    """Text of its own class."""

    ONE = "one"


JSON = r"json\.dumps\(value\)"

#: Values that are refused, and what the error says.
REFUSED: dict[str, tuple[Callable[[], Any], str]] = {
    "frame": (Frame, r"Frame: send it as text, such as value\.to_csv\(index=False\)"),
    "polars": (Polars, r"such as value\.write_csv\(\)"),
    "arrow": (Arrow, "write it in a format that the service reads"),
    "array": (Array, r"json\.dumps\(value\.tolist\(\)\)"),
    "array.array": (lambda: array.array("d", [1.0]), r"value\.tobytes\(\)"),
    "view of numbers": (lambda: memoryview(array.array("i", [1])), r'cast\("B"\)'),
    "dict": (lambda: {"a": 1}, f"is a dict: send it as text, such as {JSON}"),
    "OrderedDict": (collections.OrderedDict, JSON),
    "Counter": (lambda: collections.Counter(b"ab"), JSON),
    "mapping": (lambda: MappingProxyType({}), JSON),
    "set": (lambda: {b"a"}, "no order"),
    "frozenset": (frozenset, "no order"),
    "keys": ({b"a": 1}.keys, "no order"),
    "lines": ("1,2\n3,4".splitlines, r'"\\n"\.join\(lines\)'),
    "tuple of text": (lambda: ("a", "b"), r'"\\n"\.join\(lines\)'),
    "generator of text": (lambda: (one for one in "ab"), r'"\\n"\.join\(lines\)'),
    "numbers": (lambda: [1, 2], r"holds int at \[0\], not bytes"),
    "mixed": (lambda: [b"a", 2], r"holds int at \[1\], not bytes"),
    "range": (lambda: range(3), r"holds int at \[0\]"),
    "iterator": (lambda: iter(b"ab"), r"holds int at \[0\]"),
    "objects": (lambda: [b"x", {"ssn": "1"}], r"holds dict at \[1\]"),
    "generator of objects": (lambda: (one for one in [b"", {}]), r"dict at \[1\]"),
    "none": (lambda: [None], r"holds NoneType at \[0\]"),
    "views of numbers": (
        lambda: [memoryview(array.array("i", [1]))],
        r"at \[0\], what",
    ),
    "path": (lambda: Path("x"), r"open\(path, 'rb'\)"),
    "number": (lambda: 7, "is of type int, not bytes, text, a file or an iterable"),
    "object": (object, "is of type object"),
    "class": (lambda: io.BytesIO, "is the class BytesIO"),
    "surrogate": (lambda: "a\ud800", "the character at 1 is a lone surrogate"),
    "surrogate in a file": (lambda: io.StringIO("a\ud800"), "cannot be read"),
    "none in the middle": (lambda: Custom(b"a", None, b"b"), "nothing to give yet"),
    "none at the start": (lambda: Seekable(None, b"b"), "nothing to give yet"),
    "none later": (lambda: Seekable(b"a", None, b"b"), "nothing to give yet"),
    "number from a file": (lambda: Custom(b"a", 5), r"whose read\(\) gives int"),
    "list from a file": (lambda: Seekable([b"a"]), r"whose read\(\) gives list"),
    "awaited": (Awaited, "is a file that is awaited"),
    "coroutine": (Coroutine, "is a file that is awaited"),
    "element": (lambda: ET.Element("a"), r"ElementTree\.tostring\(value\)"),
    "enum class": (lambda: Kind, "is the class Kind"),
    "argless": (Argless, "cannot be read: .*takes 1 positional argument"),
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("serializer", SERIALIZERS)
def test_what_is_no_body(
    serve: Callable[..., Trio],
    server: Loopback,
    service: str,
    name: str,
    serializer: str,
) -> None:
    """It is refused with what to do, and nothing is sent."""
    make, told = REFUSED[name]
    server.expect(Reply())
    client = serve(service).ours[serializer]
    with pytest.raises(ValidationError, match=told) as caught:
        put(client, service, make())

    assert len(caught.value.violations) == 1
    assert "ssn" not in str(caught.value)
    assert server.sent == []


#: Values that are sent, and as which bytes.
TAKEN: dict[str, tuple[Callable[[], Any], bytes]] = {
    "enum": (lambda: Kind.ONE, b"one"),
    "text": (lambda: "é", "é".encode()),
    "view": (lambda: memoryview(b"abc")[1:], b"bc"),
    "view with steps": (lambda: memoryview(b"abcd")[::2], b"ac"),
    "view of signed": (lambda: memoryview(b"ab").cast("b"), b"ab"),
    "deque": (lambda: collections.deque([b"a", bytearray(b"b")]), b"ab"),
    "views": (lambda: [memoryview(b"a"), b"", memoryview(b"xb")[1:]], b"ab"),
    "values": ({1: b"a", 2: b"b"}.values, b"ab"),
    "empty list": (list, b""),
    "empty generator": (lambda: iter(()), b""),
    "encoder": (
        lambda: (part.encode() for part in json.JSONEncoder().iterencode([1, "a"])),
        b'[1, "a"]',
    ),
    "custom": (lambda: Custom(b"a", bytearray(b"b"), memoryview(b"c")), b"abc"),
    "custom text": (lambda: Custom("é", "b"), "éb".encode()),
    "seekable text": (lambda: Seekable("é", "b"), "éb".encode()),
}


@pytest.mark.parametrize("name", TAKEN)
def test_what_is_a_body(send: Any, name: str) -> None:
    """It is sent at each attempt."""
    make, expected = TAKEN[name]

    assert send(make()) == [expected] * 3


def test_a_generator_that_fails(send: Any) -> None:
    """Its own error comes out."""

    def fail() -> Iterator[bytes]:
        yield b"a"
        msg = "mine"
        raise ValueError(msg)

    with pytest.raises(ValueError, match="mine") as caught:
        send(fail())
    assert type(caught.value) is ValueError
