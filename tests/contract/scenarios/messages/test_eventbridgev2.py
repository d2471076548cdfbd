"""EventBridge V2, which speaks CBOR alone, and which moto does not."""

from __future__ import annotations

import struct
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.contract.scenarios.responder import Answer, Responder
from tests.support.packages import import_service

from botosmith.runtime import ReplyError, from_boto3, to_boto3

ARN = "arn:aws:events:us-east-1:123456789012:event-bus/depot"
HEADERS = {
    "Content-Type": "application/cbor",
    "smithy-protocol": "rpc-v2-cbor",
    "x-amzn-RequestId": "request-1",
}


def head(kind: int, number: int) -> bytes:
    """The head of an item of RFC 8949: its major type, and a number of 4 bytes."""
    return struct.pack(">BI", kind << 5 | 26, number)


def encode(value: Any) -> bytes:
    """A value in CBOR, longer than it need be, which a reader has to take as well."""
    if isinstance(value, dict):  # a map that does not tell its size
        items = (encode(key) + encode(item) for key, item in value.items())
        return b"\xbf" + b"".join(items) + b"\xff"
    match value:
        case None:
            encoded = b"\xf6"
        case int():
            encoded = head(0, value) if value >= 0 else head(1, -1 - value)
        case float():
            encoded = struct.pack(">Bd", 0xFB, value)
        case bytes():
            encoded = head(2, len(value)) + value
        case str():
            encoded = head(3, len(value.encode())) + value.encode()
        case list():
            encoded = head(4, len(value)) + b"".join(map(encode, value))
        case datetime():
            encoded = b"\xc1" + encode(value.timestamp())
        case _:
            raise TypeError(value)
    return encoded


def answer(document: Any, status: int = 200) -> Answer:
    """A reply of the service."""
    return Answer(encode(document), status, HEADERS)


@pytest.fixture(scope="module")
def eventbridgev2() -> Any:
    """The generated package."""
    return import_service("eventbridgev2")


@pytest.fixture
def client(connect: Callable[..., Any], responder: Responder) -> Any:
    """A client of the responder."""
    return connect("eventbridgev2", endpoint_url=responder.url)


@pytest.fixture
def theirs(connect_boto3: Callable[..., Any], responder: Responder) -> Any:
    """boto3's client of the responder."""
    return connect_boto3("eventbridgev2", endpoint_url=responder.url)


def test_events_of_bytes(
    eventbridgev2: Any, client: Any, theirs: Any, responder: Responder
) -> None:
    """The same bytes as boto3's go out, and the same values come in."""
    responder.answers = [
        answer(
            {
                "FailedEntryCount": 1,
                "Entries": [
                    {"EventId": "1", "SuccessCode": "PUBLISHED", "ErrorCode": None},
                    {"ErrorCode": "no", "ErrorMessage": "grüß", "Newer": [1.5, -7]},
                ],
                "Newer": {"b": b"\x00", "t": datetime(2030, 1, 1, tzinfo=UTC)},
            }
        )
    ]
    entry = eventbridgev2.PutRawEventsRequestEntry
    request = eventbridgev2.PutRawEventsRequest(
        event_bus_arn=ARN,
        entries=[
            entry(
                data=data,
                metadata={"näme": "välue", "b": "x" * 300},
                system_metadata=eventbridgev2.PutRawEventsSystemMetadata(
                    content_type="application/json"
                ),
            )
            for data in (bytes(range(256)), b"")
        ],
    )

    ours = client.send(request)
    expected = theirs.put_raw_events(**to_boto3(request))

    mine, other = responder.received
    assert mine.body == other.body
    assert (
        mine.target == other.target == ("/service/AWSEventsV2/operation/PutRawEvents")
    )
    for name in ("content-type", "accept", "smithy-protocol"):
        assert mine.headers[name] == other.headers[name]
    assert ours.failed_entry_count == 1
    assert ours.entries[0].success_code == "PUBLISHED"
    assert ours.entries[0].error_code is None
    assert ours.entries[1].error_message == "grüß"
    assert ours.response_metadata.request_id == "request-1"
    assert from_boto3(eventbridgev2.PutRawEventsResponse, expected) == ours


def test_the_life_of_a_bus(
    eventbridgev2: Any, client: Any, theirs: Any, responder: Responder
) -> None:
    """Maps, numbers, moments with parts of a second, and a reply without a body."""
    moment = datetime(2030, 1, 2, 3, 4, 5, 250_000, tzinfo=UTC)
    told = {
        "EventBusArn": ARN,
        "State": "ACTIVE",
        "StateReason": "",
        "CreationTime": moment,
        "StorageConfiguration": {
            "RetentionPeriodInDays": 7,
            "RetentionWindowStartTime": datetime(1969, 12, 31, 23, tzinfo=UTC),
        },
    }
    responder.answers = [answer(told), answer(told), Answer(headers=HEADERS)]
    made = client.create_event_bus(
        name="depot",
        description="",
        storage_configuration=eventbridgev2.StorageConfiguration(
            retention_period_in_days=7
        ),
        tags={"team": "forge", "empty": ""},
        client_token="once",  # noqa: S106 - no password
    )
    expected = theirs.create_event_bus(
        Name="depot",
        Description="",
        StorageConfiguration={"RetentionPeriodInDays": 7},
        Tags={"team": "forge", "empty": ""},
        ClientToken="once",
    )
    deleted = client.delete_event_bus(event_bus_arn=ARN)

    assert responder.received[0].body == responder.received[1].body
    assert made.state is eventbridgev2.BusState.ACTIVE
    assert made.state_reason == ""
    assert made.creation_time == moment
    assert made.storage_configuration.retention_window_start_time.year == 1969
    assert from_boto3(eventbridgev2.CreateEventBusResponse, expected) == made
    assert deleted.response_metadata.status == 200


def test_what_is_not_there(
    eventbridgev2: Any, client: Any, theirs: Any, responder: Responder
) -> None:
    """The error's shape is named with its namespace."""
    document = {
        "__type": "com.amazonaws.eventsv2#ResourceNotFoundException",
        "Message": "no grüß",
    }
    responder.answers = [answer(document, 404)]

    with pytest.raises(eventbridgev2.ResourceNotFoundException) as caught:
        client.describe_event_bus(event_bus_arn=ARN)
    with pytest.raises(theirs.exceptions.ResourceNotFoundException) as expected:
        theirs.describe_event_bus(EventBusArn=ARN)

    assert caught.value.response["Error"] == expected.value.response["Error"]
    assert caught.value.message == "no grüß"
    assert caught.value.response_metadata.status == 404


def test_what_is_no_cbor(client: Any, responder: Responder) -> None:
    """Success is claimed, and a page has come, or half a document."""
    whole = encode({"Name": "depot", "State": "ACTIVE"})
    for body in (b"<html>busy</html>", whole[:-4]):
        responder.answers = [Answer(body, headers=HEADERS)]
        with pytest.raises(ReplyError) as caught:
            client.describe_event_bus(event_bus_arn=ARN)
        assert caught.value.operation_name == "DescribeEventBus"
