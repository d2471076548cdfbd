"""Streams of events with damage at random: nothing but the documented errors comes out.

With `HYPOTHESIS_PROFILE=thorough`, 10,000 are damaged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
from botocore.exceptions import ResponseStreamingError
from tests.contract.behaviours.damage import (
    COUNT,
    STREAMS,
    damage,
    encode_cbor,
    encode_json,
)
from tests.contract.behaviours.events.test_event import SELECT, SUBSCRIBE
from tests.contract.behaviours.events.test_event_cut import model
from tests.contract.behaviours.frame import CONTENT_TYPE
from tests.contract.behaviours.network import Answer
from tests.contract.behaviours.trio import Trio

from botosmith.runtime import ReplyError, ServiceError, from_boto3

#: Each protocol's operation, what it is given, and where its events are.
OPERATIONS: dict[str, tuple[str, dict[str, Any], str]] = {
    "kinesis": ("SubscribeToShard", SUBSCRIBE, "event_stream"),
    "lambda": ("InvokeWithResponseStream", {"FunctionName": "f"}, "event_stream"),
    "s3": ("SelectObjectContent", SELECT, "payload"),
    "bedrock-runtime": ("ConverseStream", {"modelId": "m", "messages": []}, "stream"),
    "parcels": ("Listen", {}, "events"),
}


def read_all(client: Any, request: Any, attribute: str) -> str:
    """Read events to their end, and return what ended them."""
    try:
        for event in getattr(client.send(request), attribute):
            repr(event)
    except (ServiceError, ReplyError, ResponseStreamingError) as error:
        str(error)
        return type(error).__name__
    return "end"


@pytest.fixture(scope="module")
def of_cbor() -> Iterator[Trio]:
    """Clients of a service that speaks CBOR."""
    with closing(Trio.make("parcels", models=model("smithy-rpc-v2-cbor"))) as trio:
        yield trio


@pytest.mark.parametrize("service", OPERATIONS)
def test_damaged_streams(
    trios: Callable[[str], Trio], of_cbor: Trio, service: str
) -> None:
    """Both serializers tell the same of each."""
    trio = of_cbor if service == "parcels" else trios(service)
    encode = encode_cbor if service == "parcels" else encode_json
    operation, given, attribute = OPERATIONS[service]
    request = from_boto3(trio.package.OPERATIONS[operation].request, given)
    ends = set()
    for seed in range(COUNT):
        content = damage(STREAMS[service], encode, seed)
        trio.expect(Answer(content, headers=CONTENT_TYPE))
        direct, plain = (
            read_all(client, request, attribute) for client in trio.ours.values()
        )
        assert direct == plain, seed
        ends.add(direct)
    assert {"end", "ReplyError", "ResponseStreamingError"} <= ends
