"""Opening, closing, sessions and event loops."""

from __future__ import annotations

import asyncio
import gc
import inspect
from importlib import import_module
from typing import Any

import botocore.session
import pytest
from botocore.config import Config
from tests.contract.behaviours.server import Loopback, Reply
from tests.support.memory import find_texts

from botosmith import sagemaker

#: Type checkers do not see it: aiobotocore is only where these tests run.
AioSession: Any = import_module("aiobotocore.session").AioSession

ARN = "arn:aws:sagemaker:us-east-1:123456789012:model/m"


@pytest.fixture(autouse=True)
def answer(server: Loopback) -> None:
    """Every call is well."""
    server.expect(Reply([b'{"ModelArn": "%b"}' % ARN.encode()]))


async def test_as_a_context_manager(
    server: Loopback, arguments: dict[str, Any], serializer: Any
) -> None:
    """It is open inside, and no connection is afterwards."""
    async with sagemaker.AsyncClient(**arguments, serializer=serializer) as client:
        assert client.meta.region_name == "us-east-1"
        assert repr(client) == (
            f"<botosmith.sagemaker.AsyncClient in us-east-1 at {server.url}>"
        )
        await client.create_model(model_name="m")
        assert await asyncio.to_thread(server.wait_for_open, 1)
    assert await asyncio.to_thread(server.wait_for_open, 0)


async def test_credentials_are_not_kept(
    arguments: dict[str, Any], serializer: Any
) -> None:
    """Once it is open, only its signer has the secret key, until that gets another."""
    secret = arguments["aws_secret_access_key"].encode()
    client = sagemaker.AsyncClient(**arguments, serializer=serializer)
    await client.create_model(model_name="m")
    assert find_texts(client, [secret]) == [secret]

    opened: Any = client._transport
    opened.client._request_signer._credentials.secret_key = secret.decode()[::-1]
    await client.create_model(model_name="m")
    assert find_texts(client, [secret]) == []

    closed = sagemaker.AsyncClient(**arguments, serializer=serializer)
    await closed.close()
    assert find_texts(closed, [secret]) == []
    await client.close()


async def test_without_one(server: Loopback, arguments: dict[str, Any]) -> None:
    """The first call opens it, or awaiting it; `close` closes it, once or twice."""
    client = sagemaker.AsyncClient(**arguments)
    assert repr(client) == "<botosmith.sagemaker.AsyncClient>"
    with pytest.raises(RuntimeError, match="is not open yet: enter it"):
        _ = client.meta
    await client.create_model(model_name="m")
    assert client.meta.endpoint_url == server.url
    await client.close()
    await client.close()
    assert await asyncio.to_thread(server.wait_for_open, 0)

    opened = await sagemaker.AsyncClient(**arguments)
    assert opened.meta.region_name == "us-east-1"
    await opened.close()


async def test_a_closed_client(arguments: dict[str, Any]) -> None:
    """Its hooks are gone with it, so it does not open again."""
    async with sagemaker.AsyncClient(**arguments) as client:
        pass
    with pytest.raises(RuntimeError, match="is closed"):
        await client.create_model(model_name="m")
    with pytest.raises(RuntimeError, match="is closed"):
        _ = client.meta
    never = sagemaker.AsyncClient(**arguments)
    await never.close()
    with pytest.raises(RuntimeError, match="is closed"):
        await never


def test_a_client_belongs_to_an_event_loop(arguments: dict[str, Any]) -> None:
    """The one in which it was opened, not the one in which it was made."""
    client = sagemaker.AsyncClient(**arguments)

    async def call() -> str:
        return (await client.create_model(model_name="m")).model_arn

    with asyncio.Runner() as first, asyncio.Runner() as second:
        assert first.run(call()) == ARN
        with pytest.raises(RuntimeError, match="another event loop"):
            second.run(call())
        assert first.run(call()) == ARN
        first.run(client.close())
    gc.collect()


def test_arguments_are_the_other_clients() -> None:
    """The same ones, refused alike."""
    ours = inspect.signature(sagemaker.AsyncClient)
    assert ours == inspect.signature(sagemaker.Client)
    with pytest.raises(ValueError, match="api_version: '2016-01-01' is not"):
        sagemaker.AsyncClient(api_version="2016-01-01")
    with pytest.raises(ValueError, match="serializer: 'fast' is neither"):
        sagemaker.AsyncClient(serializer="fast")  # type: ignore[arg-type]


async def test_an_argument_that_botocore_refuses(arguments: dict[str, Any]) -> None:
    """It is refused when the client is opened, each time."""
    arguments["endpoint_url"] = "nowhere"
    client = sagemaker.AsyncClient(**arguments)
    for _ in range(2):
        with pytest.raises(ValueError, match="Invalid endpoint: nowhere"):
            await client
    await client.close()


async def test_sessions(
    server: Loopback, arguments: dict[str, Any], serializer: Any
) -> None:
    """aiobotocore's, and whatever has one as aioboto3's do, stay as they were."""
    session = AioSession()
    session.set_credentials("AKIDSESSION", "secret")
    seen: list[str] = []
    session.register("before-call", lambda model, **_: seen.append(model.name))
    before = {*vars(session)}

    class Session:
        def __init__(self) -> None:
            self._session = session

    for given in (session, Session()):
        async with sagemaker.AsyncClient(
            "us-east-2",
            endpoint_url=arguments["endpoint_url"],
            session=given,
            serializer=serializer,
        ) as client:
            await client.create_model(model_name="m")

    assert {*vars(session)} == before
    assert seen == ["CreateModel"] * 2
    for sent in server.sent:
        assert "AKIDSESSION" in sent.headers["authorization"]
        assert "/us-east-2/" in sent.headers["authorization"]
        assert sent.headers["user-agent"].startswith("aiobotocore/")


def test_other_sessions_are_refused() -> None:
    """Each client says which it takes; neither shows what it was given."""
    expected = "session: expected an aiobotocore or aioboto3 session, not an object of "
    with pytest.raises(TypeError) as caught:
        sagemaker.AsyncClient(session=botocore.session.Session())
    assert str(caught.value) == f"{expected}botocore.session.Session"
    with pytest.raises(TypeError) as caught:
        sagemaker.AsyncClient(session="secret")
    assert str(caught.value) == f"{expected}str"
    with pytest.raises(TypeError, match="not an object of aiobotocore"):
        sagemaker.Client(session=AioSession())


async def test_timestamps_that_the_wire_code_does_not_write(
    arguments: dict[str, Any],
) -> None:
    """A session that asks for another precision has botocore's serializer for all."""
    session = AioSession()

    def ask(serializer_kwargs: dict[str, Any], **_: Any) -> None:
        serializer_kwargs["timestamp_precision"] = "millisecond"

    session.register("creating-serializer", ask)
    async with sagemaker.AsyncClient(**arguments, session=session) as client:
        transport: Any = client._transport
        assert type(transport.serializer).__name__ == "BotocoreSerializer"
        await client.create_model(model_name="m")


async def test_a_configuration(server: Loopback, arguments: dict[str, Any]) -> None:
    """botocore's own, of which aiobotocore makes one of its own."""
    config = Config(user_agent_extra="mine", max_pool_connections=3)
    async with sagemaker.AsyncClient(**arguments, config=config) as client:
        await client.create_model(model_name="m")
    assert server.sent[0].headers["user-agent"].endswith("mine")


async def test_methods_that_botocores_own_handlers_call(
    arguments: dict[str, Any],
) -> None:
    """They are there, and no others."""
    s3: Any = import_module("lab.s3")
    async with s3.AsyncClient(**arguments) as client:
        assert client._transport is not None
        inner = client._transport.client
        assert callable(inner.head_bucket)
        assert callable(inner.create_session)
        with pytest.raises(AttributeError, match="has no attribute 'open_bucket'"):
            _ = inner.open_bucket
