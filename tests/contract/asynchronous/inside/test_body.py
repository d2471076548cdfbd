"""Requests' bodies, sent by a client whose calls are awaited."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import botocore.retryhandler
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
from tests.contract.behaviours.server import Loopback, Reply

from botosmith.runtime import ValidationError

#: Type checkers do not see them: they are generated for these tests.
lambda_: Any = import_module("lab.lambda_")
s3: Any = import_module("lab.s3")

PATH_STYLE: Any = {"addressing_style": "path"}
TWICE = Config(retries={"total_max_attempts": 2, "mode": "legacy"}, s3=PATH_STYLE)

PLACE = 1000


async def put(client: Any, body: Any) -> None:
    """Send a body."""
    if type(client) is lambda_.AsyncClient:
        reply = await client.invoke(function_name="f", payload=body)
        await reply.payload.aclose()
    else:
        await client.put_object(bucket="parcels", key="k", body=body)


@pytest.fixture(params=["lambda", "s3"])
async def client(
    request: pytest.FixtureRequest,
    arguments: dict[str, Any],
    serializer: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Any]:
    """A client that makes another attempt, at once."""
    no_wait = SimpleNamespace(random=lambda: 0.0)
    monkeypatch.setattr(botocore.retryhandler, "random", no_wait)
    package = lambda_ if request.param == "lambda" else s3
    async with package.AsyncClient(
        **arguments, serializer=serializer, config=TWICE
    ) as made:
        yield made


@pytest.fixture
def send(server: Loopback, client: Any) -> Callable[..., Any]:
    """Send a body to a server that fails once, and return what it received."""

    async def call(body: Any) -> list[bytes]:
        server.expect(Reply(status=500), Reply())
        await put(client, body)
        return [sent.body for sent in server.sent]

    return call


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    """Closes files."""
    with ExitStack() as opened:
        yield opened


@pytest.mark.parametrize("place", [0, PLACE])
@pytest.mark.parametrize("kind", SEEKABLE)
async def test_files_are_sent_from_their_place(
    send: Any, stack: ExitStack, tmp_path: Path, kind: str, place: int
) -> None:
    """At each attempt, and they stay open."""
    file = SEEKABLE[kind](stack, tmp_path)
    file.seek(place)

    assert await send(file) == [CONTENT[place:]] * 2
    file.seek(0)
    assert file.read(3) == CONTENT[:3]


@pytest.mark.parametrize("kind", ONCE)
async def test_files_that_can_be_read_once(
    send: Any, stack: ExitStack, tmp_path: Path, kind: str
) -> None:
    """The same at each attempt."""
    assert await send(ONCE[kind](stack, tmp_path)) == [CONTENT] * 2


@pytest.mark.parametrize("kind", OF_TEXT)
async def test_files_of_text(
    send: Any, stack: ExitStack, tmp_path: Path, kind: str
) -> None:
    """Sent as UTF-8."""
    assert await send(OF_TEXT[kind](stack, tmp_path)) == [TEXT.encode()] * 2


@pytest.mark.parametrize(
    "kind", [kind for kind in UNREADABLE if not kind.startswith("closed")]
)
async def test_files_that_cannot_be_read(
    server: Loopback, client: Any, stack: ExitStack, tmp_path: Path, kind: str
) -> None:
    """A ValidationError says so, and nothing is sent."""
    make, told = UNREADABLE[kind]
    server.expect()
    with pytest.raises(ValidationError, match=told):
        await put(client, make(stack, tmp_path))

    assert server.sent == []


@pytest.mark.parametrize(
    "body", [{"a": 1}, {b"a"}, ["a", "b"], [1, 2], range(3), Path("x"), 7, [b"a", {}]]
)
async def test_what_is_no_body(server: Loopback, client: Any, body: Any) -> None:
    """It is refused, and nothing is sent."""
    server.expect()
    with pytest.raises(ValidationError, match=r"body|payload"):
        await put(client, body)

    assert server.sent == []


async def test_what_is_awaited(server: Loopback, client: Any) -> None:
    """Requests' bodies are read without awaiting."""

    async def pieces() -> AsyncIterator[bytes]:
        yield b"a"

    server.expect()
    with pytest.raises(ValidationError, match="is awaited: collect it into bytes"):
        await put(client, pieces())
    assert server.sent == []


async def test_a_body_that_was_received(server: Loopback, arguments: Any) -> None:
    """Those of an AsyncClient have to be read first."""
    server.expect(Reply([CONTENT]))
    async with lambda_.AsyncClient(**arguments) as client:
        reply = await client.invoke(function_name="f")
        with pytest.raises(ValidationError, match=r"await body\.aread"):
            await client.invoke(function_name="f", payload=reply.payload)
        await reply.payload.aclose()
    assert len(server.sent) == 1
