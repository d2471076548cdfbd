"""Replies that end too early, by the client whose calls are awaited."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import ConnectionClosedError
from tests.contract.asynchronous.inside.conftest import CREDENTIALS
from tests.contract.behaviours.cutter import Cutter

from botosmith import sagemaker
from botosmith.runtime import CutReplyError

WHOLE = (
    b"HTTP/1.1 200 OK\r\nx-amzn-RequestId: abc\r\nContent-Length: 19\r\n"
    b'Connection: close\r\n\r\n{"EndpointArn":"a"}'
)
EMPTY = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@pytest.fixture
def cutter() -> Iterator[Cutter]:
    """A server that sends what it is told, and closes."""
    with closing(Cutter()) as running:
        yield running


def _connect(cutter: Cutter, serializer: Any, mode: Any, attempts: int) -> Any:
    config = Config(retries={"mode": mode, "total_max_attempts": attempts})
    return sagemaker.AsyncClient(
        serializer=serializer, config=config, endpoint_url=cutter.url, **CREDENTIALS
    )


async def test_a_cut_at_each_byte(cutter: Cutter, serializer: Any) -> None:
    """No part of a reply passes for the whole, wherever it ends."""
    async with _connect(cutter, serializer, "standard", 1) as client:
        for end in range(len(WHOLE)):
            cutter.expect(WHOLE[:end])
            with pytest.raises(ConnectionClosedError):
                await client.create_endpoint(
                    endpoint_name="e", endpoint_config_name="c"
                )


@pytest.mark.sweep
@pytest.mark.parametrize("first", [EMPTY, WHOLE[:30], WHOLE[:-1]])
@pytest.mark.parametrize("mode", ["legacy", "standard", "adaptive"])
async def test_retries(
    cutter: Cutter, serializer: Any, mode: str, first: bytes
) -> None:
    """It is sent for again, in each mode, and what comes then is the reply."""
    async with _connect(cutter, serializer, mode, 2) as client:
        cutter.expect(first, WHOLE)
        reply = await client.create_endpoint(
            endpoint_name="e", endpoint_config_name="c"
        )

    assert reply.endpoint_arn == "a"
    assert reply.response_metadata.attempts == cutter.count == 2


async def test_a_missing_document(cutter: Cutter, serializer: Any) -> None:
    """An empty body is refused where members are required."""
    async with _connect(cutter, serializer, "standard", 2) as client:
        cutter.expect(EMPTY)
        with pytest.raises(CutReplyError, match="has no body") as caught:
            await client.create_endpoint(endpoint_name="e", endpoint_config_name="c")

    assert caught.value.response_metadata.attempts == cutter.count == 2
