"""Pages, items and waiters, awaited."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

import pytest
from tests.contract.behaviours.server import Loopback, Reply

from botosmith import sagemaker
from botosmith.runtime import PaginationError, WaiterError


def reply(**document: Any) -> Reply:
    """A reply of the service."""
    return Reply([json.dumps(document).encode()])


def page(name: str, **more: Any) -> Reply:
    """A reply with a model."""
    summary = {"ModelName": name, "ModelArn": "arn", "CreationTime": 0}
    return reply(Models=[summary], **more)


def status(name: str) -> Reply:
    """A reply with an endpoint in some status."""
    return reply(EndpointName="e", EndpointStatus=name)


REFUSAL = Reply([b'{"__type": "ValidationException", "message": "gone"}'], status=400)


@pytest.fixture
def three(server: Loopback) -> Loopback:
    """A server that has three pages."""
    server.expect(page("a", NextToken="1"), page("b", NextToken="2"), page("c"))
    return server


async def test_pages(
    arguments: dict[str, Any], serializer: Any, three: Loopback
) -> None:
    """Each is the operation's own reply, asked for when it is needed."""
    async with sagemaker.AsyncClient(**arguments, serializer=serializer) as client:
        pages = client.paginate_list_models(name_contains="x")
        assert three.sent == []
        found = [page async for page in pages]

    assert [type(one) for one in found] == [sagemaker.ListModelsOutput] * 3
    tokens = [json.loads(sent.body).get("NextToken") for sent in three.sent]
    assert tokens == [None, "1", "2"]


@pytest.mark.usefixtures("three")
async def test_items(arguments: dict[str, Any], serializer: Any) -> None:
    """Those of all pages; a part of them, and the rest later."""
    async with sagemaker.AsyncClient(**arguments, serializer=serializer) as client:
        pages = client.paginate_list_models(max_items=2)
        some = [model.model_name async for model in pages.items()]
        assert pages.resume_token is not None
        rest = client.paginate_list_models(resume_token=pages.resume_token)
        some += [name async for name in rest.search("Models[].ModelName")]

    assert some == ["a", "b", "c"]


async def test_all_pages_become_one(
    arguments: dict[str, Any], serializer: Any, three: Loopback
) -> None:
    """As those of the other client."""
    async with sagemaker.AsyncClient(**arguments, serializer=serializer) as client:
        whole = await client.paginate_list_models().build_full_result()

    assert [model.model_name for model in whole.models] == ["a", "b", "c"]
    assert len(three.sent) == 3


async def test_a_token_comes_once(
    arguments: dict[str, Any], serializer: Any, server: Loopback
) -> None:
    """Or the pages would never end."""
    server.expect(page("a", NextToken="1"))
    async with sagemaker.AsyncClient(**arguments, serializer=serializer) as client:
        with pytest.raises(PaginationError, match="twice"):
            async for _ in client.paginate_list_models():
                pass


async def test_walks_side_by_side(arguments: dict[str, Any], server: Loopback) -> None:
    """Each has its own tokens."""
    server.expect(page("a"))
    async with sagemaker.AsyncClient(**arguments) as client:

        async def walk() -> int:
            return len([one async for one in client.paginate_list_models().items()])

        assert await asyncio.gather(*(walk() for _ in range(20))) == [1] * 20


async def test_waiting(
    arguments: dict[str, Any], serializer: Any, server: Loopback
) -> None:
    """It asks until the answer is there, and gives it."""
    server.expect(status("Creating"), status("Creating"), status("InService"))
    told: list[str] = []
    async with sagemaker.AsyncClient(**arguments, serializer=serializer) as client:
        endpoint = await client.wait_until_endpoint_in_service(
            endpoint_name="e", delay=0, progress=lambda one: told.append(one.state)
        )

    assert isinstance(endpoint, sagemaker.DescribeEndpointOutput)
    assert endpoint.endpoint_status == "InService"
    assert told == ["retry", "retry", "success"]


async def test_who_is_told_may_be_awaited(
    arguments: dict[str, Any], serializer: Any, server: Loopback
) -> None:
    """After each call, also after that which fails the wait."""
    server.expect(status("Creating"), status("Failed"))
    told: list[str] = []

    async def tell(attempt: Any) -> None:
        await asyncio.sleep(0)
        told.append(attempt.state)

    async with sagemaker.AsyncClient(**arguments, serializer=serializer) as client:
        with pytest.raises(WaiterError):
            await client.wait_until_endpoint_in_service(
                endpoint_name="e", delay=0, progress=tell
            )

    assert told == ["retry", "failure"]


async def test_waiting_for_an_error(
    arguments: dict[str, Any], serializer: Any, server: Loopback
) -> None:
    """There is not a reply to give then."""
    server.expect(status("Deleting"), REFUSAL)
    async with sagemaker.AsyncClient(**arguments, serializer=serializer) as client:
        gone = await client.wait_until_endpoint_deleted(endpoint_name="e", delay=0)

    assert gone is None


async def test_waiting_in_vain(
    arguments: dict[str, Any], serializer: Any, server: Loopback
) -> None:
    """The error says what was seen last."""
    server.expect(status("Failed"))
    async with sagemaker.AsyncClient(**arguments, serializer=serializer) as client:
        with pytest.raises(WaiterError, match="Failed") as caught:
            await client.wait_until_endpoint_in_service(endpoint_name="e", delay=0)

    assert caught.value.state == "failure"
    assert caught.value.attempts == 1


async def test_others_go_on_while_one_waits(
    arguments: dict[str, Any], server: Loopback
) -> None:
    """And a wait can be cancelled."""
    server.expect(status("Creating"))
    async with sagemaker.AsyncClient(**arguments) as client:
        start = time.monotonic()
        wait = client.wait_until_endpoint_in_service(endpoint_name="e", delay=60)
        waiting = asyncio.ensure_future(wait)
        await asyncio.to_thread(server.wait_for_open, 1)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    assert time.monotonic() - start < 30
