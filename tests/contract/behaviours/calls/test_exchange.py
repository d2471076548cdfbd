"""Replies as they come over a network: cut, in chunks, compressed, or not at all."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from typing import Any

import pytest
from botocore.config import Config
from tests.contract.behaviours.network import Answer
from tests.contract.behaviours.server import Reply
from tests.contract.behaviours.trio import PATH_STYLE, Trio

from botosmith.runtime import ReplyError, ServiceError, ValidationError, from_boto3

ONCE = Config(retries={"total_max_attempts": 1}, s3=PATH_STYLE)

ITEM = b'{"Item": {"k": {"S": "\xc3\xa9"}}}'

LIST = b"<R><Contents><Key>a b</Key></Contents><IsTruncated>false</IsTruncated></R>"

#: An operation of each way to read, with a reply.
CALLS: dict[str, tuple[str, str, dict[str, Any], bytes]] = {
    "json": (
        "dynamodb",
        "GetItem",
        {"TableName": "t", "Key": {"k": {"S": "v"}}},
        ITEM,
    ),
    "rest-json": ("glacier", "ListVaults", {}, b'{"VaultList": []}'),
    "rest-xml": ("s3", "ListObjectsV2", {"Bucket": "parcels"}, LIST),
    "query": (
        "sts",
        "GetCallerIdentity",
        {},
        b"<R><GetCallerIdentityResult><Account>1</Account></GetCallerIdentityResult></R>",
    ),
    "cbor": (
        "eventbridgev2",
        "ListEventBuses",
        {"MaxResults": 1},
        b"\xa1\x69NextToken\x61a",
    ),
    "stream": ("lambda", "Invoke", {"FunctionName": "f"}, b"content"),
}


# The stubs do not know of it.
APPLICATION: dict[str, Any] = {"user_agent_appid": "app"}


@pytest.fixture(params=CALLS)
def name(request: pytest.FixtureRequest) -> str:
    """Each of the operations."""
    found: str = request.param
    return found


@pytest.mark.parametrize("missing", [0, None], ids=["length", "chunks"])
def test_in_one_piece_or_many(
    serve: Callable[..., Trio], name: str, missing: int | None
) -> None:
    """The length may be known or not."""
    service, operation, given, body = CALLS[name]
    pieces = [body[:3], body[3:7], body[7:]]

    call = serve(service, ONCE).call(operation, given, Reply(pieces, missing=missing))

    assert call.error is None


def test_compressed(serve: Callable[..., Trio], name: str) -> None:
    """The reply has more than was asked for."""
    service, operation, given, body = CALLS[name]
    reply = Reply([gzip.compress(body)], headers={"Content-Encoding": "gzip"})

    serve(service, ONCE).call(operation, given, reply)


def test_cut_short(serve: Callable[..., Trio], name: str) -> None:
    """botocore may take what has come for all; ours never does."""
    service, operation, given, body = CALLS[name]
    trio = serve(service, ONCE)
    for client in trio.ours.values():
        trio.networks[0].expect(Reply([body], missing=5))
        try:
            reply = client.send(_request(trio, operation, given))
            if name == "stream":
                reply.payload.read()
        except Exception as error:  # noqa: BLE001 - the network's or ours
            assert type(error).__name__ in {  # noqa: PT017 - there must be one
                "IncompleteReadError",
                "CutReplyError",
                "ResponseStreamingError",
                "ConnectionClosedError",
            }
        else:
            pytest.fail("took it for the whole")


def _request(trio: Trio, operation: str, given: dict[str, Any]) -> Any:
    return from_boto3(trio.package.OPERATIONS[operation].request, given)


@pytest.mark.parametrize("status", [200, 201, 202, 204, 206, 299])
def test_statuses_of_success(
    serve: Callable[..., Trio], name: str, status: int
) -> None:
    """All below 300."""
    service, operation, given, body = CALLS[name]
    if status == 204 and name in {"cbor", "query", "rest-xml"}:
        return  # a reply without a body, which botocore cannot read
    pieces = [] if status == 204 else [body]

    call = serve(service, ONCE).call(operation, given, Reply(pieces, status))

    assert call.reply.response_metadata.status == status


def test_headers_of_replies(serve: Callable[..., Trio], name: str) -> None:
    """All of them are there, beside what is read of them."""
    service, operation, given, body = CALLS[name]
    reply = Reply([body], headers={"X-One": "1", "x-amzn-RequestId": "r-1"})

    call = serve(service, ONCE).call(operation, given, reply)

    metadata = call.reply.response_metadata
    assert {name.lower() for name in metadata.headers} >= {"x-one", "content-length"}


@pytest.mark.parametrize(
    ("service", "operation", "given", "attribute"),
    [
        ("s3", "HeadObject", {"Bucket": "parcels", "Key": "k"}, "content_length"),
        ("mediastore-data", "DescribeObject", {"Path": "a/b"}, "content_length"),
    ],
)
def test_replies_that_announce_what_does_not_come(
    serve: Callable[..., Trio],
    service: str,
    operation: str,
    given: dict[str, Any],
    attribute: str,
) -> None:
    """Those to HEAD have a length, and no body."""
    call = serve(service, ONCE).call(operation, given, Reply([b"x" * 1000]))

    assert getattr(call.reply, attribute) == 1000


@pytest.mark.parametrize("status", [301, 302, 304, 307, 308])
def test_redirects_are_errors(
    serve: Callable[..., Trio], name: str, status: int
) -> None:
    """Redirects are followed by S3's own handler alone."""
    service, operation, given, _ = CALLS[name]
    if service == "s3":
        return
    reply = Reply([], status, {"Location": "http://127.0.0.1:9/"})
    trio = serve(service, ONCE)
    for client in trio.ours.values():
        trio.networks[0].expect(reply)
        with pytest.raises(ServiceError):
            client.send(_request(trio, operation, given))


@pytest.mark.parametrize("text", ["a\nb", "a\r\nX-Evil: 1", " a ", "a\tb", "é"])
def test_texts_that_headers_may_not_hold(serve: Callable[..., Trio], text: str) -> None:
    """One header never becomes two."""
    put = {"Bucket": "parcels", "Key": "k", "ContentDisposition": text}
    trio = serve("s3", ONCE)

    for given in (
        put,
        put | {"Metadata": {"k": text.encode("ascii", "replace").decode()}},
    ):
        if text.isprintable() or text == "a\tb":
            call = trio.call("PutObject", given)
            assert all("x-evil" not in sent.headers for sent in call.requests)
            continue
        # botocore leaves it to urllib3 to refuse them.
        trio.expect()
        for path, client in trio.ours.items():
            with pytest.raises(ValidationError, match="an HTTP header cannot"):
                client.send(_request(trio, "PutObject", given))
            assert trio.networks[0].sent == [], path


def test_a_server_that_hangs_up(connect: Callable[..., Trio]) -> None:
    """Before it has said anything."""
    trio = connect("dynamodb", endpoint_url="http://127.0.0.1:9", config=ONCE)
    for client, network in zip(trio.clients, trio.networks, strict=True):
        client.meta.events.unregister("before-send", network)

    call = trio.call("ListTables")

    assert type(call.error).__name__ == "EndpointConnectionError"


def test_what_is_no_reply_at_all(serve: Callable[..., Trio], name: str) -> None:
    """A page of some gateway, with the status of success."""
    service, operation, given, _ = CALLS[name]
    if name == "stream":
        return
    trio = serve(service, ONCE)
    body = b"<!DOCTYPE html><html><body>Welcome<br></body>"
    for client in trio.ours.values():
        trio.networks[0].expect(Reply([body], headers={"x-amzn-RequestId": "r-1"}))
        with pytest.raises((ReplyError, ServiceError)) as caught:
            client.send(_request(trio, operation, given))
        error: Any = caught.value
        assert error.response_metadata.headers["x-amzn-requestid"] == "r-1"


@pytest.mark.parametrize(
    "config",
    [
        Config(user_agent_extra="extra/1"),
        Config(**APPLICATION),
        Config(user_agent="mine/2"),
        Config(tcp_keepalive=True, max_pool_connections=1),
        Config(proxies={}, connect_timeout=1),
    ],
)
def test_what_a_configuration_says(
    connect: Callable[..., Trio], config: Config
) -> None:
    """All of it is botocore's to heed."""
    for service, operation, given, body in CALLS.values():
        trio = connect(service, config=config)
        assert trio.call(operation, given, Answer(body)).error is None


def test_a_configuration_without_validation(connect: Callable[..., Trio]) -> None:
    """Ours validates all the same, and what is right is sent."""
    config = Config(parameter_validation=False)
    for service, operation, given, body in CALLS.values():
        trio = connect(service, config=config)
        assert trio.call(operation, given, Answer(body)).error is None
