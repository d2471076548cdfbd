"""Validation modes: the client's setting, and the call's own."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from tests.contract.behaviours.server import Loopback, Reply

from botosmith import sagemaker
from botosmith.runtime import ValidationError

#: A name that is longer than the model has it.
LONG = "m" * 64

REQUEST = sagemaker.DescribeModelInput(model_name=LONG)

JSON = {"content-type": "application/x-amz-json-1.1"}

FOUND = Reply(
    [b'{"ModelName": "m", "ModelArn": "a", "CreationTime": 1, "Models": []}'],
    headers=JSON,
)


async def test_modes_of_calls(
    server: Loopback, arguments: dict[str, Any], serializer: Any
) -> None:
    """The mode of one call leaves others of the same loop as they are."""
    server.expect(FOUND)
    async with sagemaker.AsyncClient(**arguments, serializer=serializer) as client:
        outcomes = await asyncio.gather(
            client.send(REQUEST, validation="botocore"),
            client.send(REQUEST),
            client.send(REQUEST, validation="botocore"),
            client.describe_model(model_name=LONG),
            return_exceptions=True,
        )
        with pytest.raises(ValueError, match="validation: expected"):
            await client.send(REQUEST, validation="loose")  # type: ignore[arg-type]

    assert [isinstance(one, ValidationError) for one in outcomes] == [
        False,
        True,
        False,
        True,
    ]
    assert [sent.body for sent in server.sent] == [
        b'{"ModelName": "%s"}' % LONG.encode()
    ] * 2


async def test_mode_of_a_client(
    server: Loopback, arguments: dict[str, Any], serializer: Any
) -> None:
    """Functions, pages and signed URLs have it."""
    server.expect(FOUND)
    async with sagemaker.AsyncClient(
        **arguments, serializer=serializer, validation="botocore"
    ) as client:
        await client.describe_model(model_name=LONG)
        pages = client.paginate_list_models(name_contains="x" * 100)
        async for page in pages:
            assert page.models == []
        with pytest.raises(ValidationError):
            await client.send(REQUEST, validation="model")

    assert len(server.sent) == 2
    async with sagemaker.AsyncClient(
        **arguments, serializer=serializer, validation="strict"
    ) as it:
        with pytest.raises(ValidationError, match="does not match"):
            await it.describe_model(model_name="_m")
