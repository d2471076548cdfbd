"""Answers in place of a call: botocore's `Stubber`, and handlers of `before-call`."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.stub import Stubber
from tests.contract.behaviours.document import PROTOCOLS
from tests.contract.behaviours.parcel import write_parcels
from tests.contract.behaviours.trio import Trio, share_trios

from botosmith.runtime import ServiceError
from botosmith.runtime.objects.metadata import NO_EXCHANGE

Trios = Callable[[str], Trio]

METADATA: dict[str, Any] = {
    "nothing": None,
    "no keys": {},
    "no headers": {"HTTPStatusCode": 200, "RequestId": "r-1"},
    "no status": {"HTTPHeaders": {"a": "b"}},
    "None": {
        "HTTPStatusCode": None,
        "HTTPHeaders": None,
        "RetryAttempts": None,
        "RequestId": None,
        "HostId": None,
    },
}


@pytest.fixture(scope="module")
def find_clients() -> Iterator[Trios]:
    """Clients of the same service by its protocol."""
    with share_trios(write_parcels) as find:
        yield find


@contextmanager
def answering(
    client: Any, parsed: dict[str, Any], status: int = 200
) -> Generator[None]:
    """Have a handler answer a client's calls."""
    untyped: Any = AWSResponse
    http = untyped("", status, {}, None)

    def answer(**_: Any) -> Any:
        return http, parsed

    client.meta.events.register("before-call", answer)
    try:
        yield
    finally:
        client.meta.events.unregister("before-call", answer)


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("name", [*METADATA, "no key"])
def test_handlers_that_say_little_of_the_exchange(
    find_clients: Trios, protocol: str, serializer: str, name: str
) -> None:
    """The reply is read, and of the exchange, what there is."""
    parcels = find_clients(protocol)
    client = parcels.ours[serializer]
    facts = {"ResponseMetadata": METADATA[name]} if name in METADATA else {}

    with answering(client, {"Text": "a", "Whole": 1, **facts}):
        reply = client.read()

    assert reply == parcels.package.ReadResponse(text="a", whole=1)
    found = reply.response_metadata
    if name in {"no key", "nothing"}:
        assert found == NO_EXCHANGE
    assert found.status == (200 if name == "no headers" else 0)
    assert found.headers == ({"a": "b"} if name == "no status" else {})
    assert found.request_id == ("r-1" if name == "no headers" else None)


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("name", [*METADATA, "no key"])
def test_errors_of_such_handlers(
    find_clients: Trios, protocol: str, serializer: str, name: str
) -> None:
    """They are the service's errors."""
    parcels = find_clients(protocol)
    client = parcels.ours[serializer]
    facts = {"ResponseMetadata": METADATA[name]} if name in METADATA else {}
    error = {"Code": "Torn", "Message": "m"}

    with (
        answering(client, {"Error": error, "Whole": 1, **facts}, 400),
        pytest.raises(parcels.package.Torn, match="m") as caught,
    ):
        client.read()

    assert caught.value.whole == 1
    assert caught.value.response_metadata.headers == (
        {"a": "b"} if name == "no status" else {}
    )


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_errors_of_handlers_without_anything(
    find_clients: Trios, protocol: str, serializer: str
) -> None:
    """An error, whose code is not known."""
    client = find_clients(protocol).ours[serializer]

    with answering(client, {}, 500), pytest.raises(ServiceError) as caught:
        client.read()

    assert (caught.value.code, caught.value.message) == ("", "")


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
def test_stubs_of_s3(trios: Trios, serializer: str) -> None:
    """botocore's `Stubber` gives replies without `ResponseMetadata`."""
    trio = trios("s3")
    client = trio.ours[serializer]
    stubber = Stubber(client)
    stubber.add_response(
        "head_object", {"ContentLength": 3}, {"Bucket": "b", "Key": "k"}
    )
    stubber.add_response(
        "list_objects_v2",
        {"Contents": [{"Key": "k", "Size": 3}], "IsTruncated": False},
        {"Bucket": "bucket"},
    )
    stubber.add_client_error("head_object", "NoSuchKey", "gone", 404)

    with stubber:
        assert client.head_object(bucket="b", key="k").content_length == 3
        reply = client.list_objects_v2(bucket="bucket")
        with pytest.raises(trio.package.NoSuchKey):
            client.head_object(bucket="b", key="k")

    assert [found.key for found in reply.contents] == ["k"]
    assert reply.response_metadata == NO_EXCHANGE
    stubber.assert_no_pending_responses()


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
def test_stubs_of_route_53(trios: Trios, serializer: str) -> None:
    """The same, page by page."""
    client = trios("route53").ours[serializer]
    record = {"Name": "a.", "Type": "A", "TTL": 1, "ResourceRecords": [{"Value": "1"}]}
    page = {"ResourceRecordSets": [record], "MaxItems": "1"}
    stubber = Stubber(client)
    stubber.add_response(
        "list_resource_record_sets",
        {**page, "IsTruncated": True, "NextRecordName": "b."},
        {"HostedZoneId": "Z1"},
    )
    stubber.add_response(
        "list_resource_record_sets",
        {**page, "IsTruncated": False},
        {"HostedZoneId": "Z1", "StartRecordName": "b."},
    )

    with stubber:
        pages = client.paginate_list_resource_record_sets(hosted_zone_id="Z1")
        assert [found.name for found in pages.items()] == ["a.", "a."]
