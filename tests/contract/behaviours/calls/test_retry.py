"""Retries: their causes, their number, and the count that is told."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from itertools import count
from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import (
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
)
from botocore.retries.bucket import Clock
from tests.contract.behaviours.document import PROTOCOLS, XML
from tests.contract.behaviours.network import Answer
from tests.contract.behaviours.service import make_session, write_model
from tests.contract.behaviours.trio import Trio

from botosmith.runtime.protocol.cbor import encode

Trios = Callable[[str], Trio]

MODES = ["legacy", "standard"]


def _make_model(protocol: str) -> Any:
    def error(**traits: Any) -> dict[str, Any]:
        return {"type": "structure", "exception": True, "members": {}, **traits}

    raised = ["Busy", "Slow", "Gone", "Coded"]
    return write_model(
        protocol,
        {
            "Open": {
                "input": {"shape": "OpenRequest", "locationName": "OpenRequest"},
                "errors": [{"shape": name} for name in raised],
            }
        },
        {
            "Text": {"type": "string"},
            "OpenRequest": {
                "type": "structure",
                "members": {"Name": {"shape": "Text"}},
            },
            "Busy": error(retryable={"throttling": False}),
            "Slow": error(retryable={"throttling": True}),
            "Gone": error(),
            "Coded": error(
                error={"code": "Parcels.Coded"}, retryable={"throttling": True}
            ),
        },
    )


@pytest.fixture(scope="module")
def find_clients() -> Iterator[Callable[[str, str], Trio]]:
    """Clients of the same service by protocol and by mode."""
    made: dict[tuple[str, str], Trio] = {}
    with ExitStack() as stack:

        def find(protocol: str, mode: str) -> Trio:
            key = protocol, mode
            if key not in made:
                retries: Any = {"total_max_attempts": 3, "mode": mode}
                config = Config(retries=retries)
                models = _make_model(protocol)
                trio = Trio.make("parcels", models=models, config=config)
                made[key] = stack.enter_context(closing(trio))
            return made[key]

        yield find


@pytest.fixture(params=PROTOCOLS)
def protocol(request: pytest.FixtureRequest) -> str:
    """Each protocol."""
    name: str = request.param
    return name


def tell(protocol: str, code: str, status: int = 400, **headers: str) -> Answer:
    """An error's answer."""
    if protocol == "smithy-rpc-v2-cbor":
        return Answer(encode({"__type": code}), status, headers)
    if protocol not in XML:
        return Answer(json.dumps({"__type": code}).encode(), status, headers)
    inner = f"<Error><Code>{code}</Code></Error>"
    if protocol == "ec2":
        return Answer(
            f"<Response><Errors>{inner}</Errors></Response>".encode(), status, headers
        )
    return Answer(f"<ErrorResponse>{inner}</ErrorResponse>".encode(), status, headers)


def done(protocol: str) -> Answer:
    """A reply."""
    return Answer(b"<Reply/>" if protocol in XML else b"")


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    "code",
    [
        "Throttling",
        "ThrottledException",
        "TooManyRequestsException",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "LimitExceededException",
        "SlowDown",
        "RequestTimeout",
        "Busy",
        "Slow",
        "Parcels.Coded",
        "Gone",
    ],
)
def test_codes(
    find_clients: Callable[[str, str], Trio], protocol: str, mode: str, code: str
) -> None:
    """Each mode has its own, and the model adds some."""
    trio = find_clients(protocol, mode)

    call = trio.call("Open", {"Name": "n"}, tell(protocol, code), done(protocol))

    if mode == "standard" and code not in {"Parcels.Coded", "LimitExceededException"}:
        assert len(call.requests) == (1 if code == "Gone" else 2)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("status", [408, 429, 500, 501, 502, 503, 504, 509])
def test_statuses(
    find_clients: Callable[[str, str], Trio], protocol: str, mode: str, status: int
) -> None:
    """Without a body that anybody could read."""
    trio = find_clients(protocol, mode)
    body = b"<html>gateway</html>"
    if protocol == "smithy-rpc-v2-cbor" and status < 500:
        body = encode({})  # botocore trips over a body that is not CBOR

    trio.call("Open", {"Name": "n"}, Answer(body, status), done(protocol))


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    "error",
    [
        ConnectionClosedError(endpoint_url="u"),
        EndpointConnectionError(endpoint_url="u"),
        ReadTimeoutError(endpoint_url="u"),
        ConnectTimeoutError(endpoint_url="u"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_the_network(
    find_clients: Callable[[str, str], Trio], mode: str, error: Exception
) -> None:
    """Its errors are tried again, and at last raised as they are."""
    trio = find_clients("json", mode)

    once = trio.call("Open", {}, Answer(error=error), done("json"))
    always = trio.call("Open", {}, Answer(error=error))

    assert type(always.error) is type(error)
    assert once.reply.response_metadata.attempts == 2
    assert len(always.requests) == 3


@pytest.mark.parametrize("mode", [*MODES, "adaptive"])
def test_the_count_is_told(
    find_clients: Callable[[str, str], Trio],
    monkeypatch: pytest.MonkeyPatch,
    protocol: str,
    mode: str,
) -> None:
    """A reply and an error both tell the attempts."""
    if mode == "adaptive":  # which waits, and asks how long it has waited
        times = count(1, 100)
        monkeypatch.setattr(Clock, "sleep", lambda *_: None)
        monkeypatch.setattr(Clock, "current_time", lambda _: next(times))
    trio = find_clients(protocol, mode)
    busy = tell(protocol, "ThrottlingException")

    first = trio.call("Open", {}, done(protocol))
    third = trio.call("Open", {}, busy, busy, done(protocol))
    never = trio.call("Open", {}, busy)

    assert first.reply.response_metadata.attempts == 1
    assert third.reply.response_metadata.attempts == 3
    assert never.error.response_metadata.attempts == 3
    headers = [request.headers["amz-sdk-request"] for request in third.requests]
    assert [header.partition(";")[0] for header in headers] == [
        "attempt=1",
        "attempt=2",
        "attempt=3",
    ]
    ids = {request.headers["amz-sdk-invocation-id"] for request in third.requests}
    assert len(ids) == 1


def test_the_quota_runs_out(connect: Callable[..., Trio]) -> None:
    """In standard mode, failing calls use up what may be tried again."""
    retries: Any = {"total_max_attempts": 10, "mode": "standard"}
    trio = connect("lambda", config=Config(retries=retries))
    counts = [
        len(trio.call("Invoke", {"FunctionName": "f"}, Answer(b"", 500)).requests)
        for _ in range(12)
    ]

    assert counts[0] == 10
    assert counts[-1] == 1


@pytest.mark.parametrize("mode", MODES)
def test_dynamodb_checks_its_replies(connect: Callable[..., Trio], mode: str) -> None:
    """Legacy mode compares their checksums."""
    retries: Any = {"total_max_attempts": 2, "mode": mode}
    trio = connect("dynamodb", config=Config(retries=retries))
    body = {"Item": {"k": {"S": "v"}}}

    trio.call(
        "GetItem",
        {"TableName": "t", "Key": {"k": {"S": "v"}}},
        Answer(body, headers={"x-amz-crc32": "1"}),
        Answer(body, headers={"x-amz-crc32": "1"}),
    )


def test_dynamodb_tries_ten_times(connect: Callable[..., Trio]) -> None:
    """In legacy mode, unless told otherwise."""
    trio = connect("dynamodb", config=Config(retries={"mode": "legacy"}))

    call = trio.call(
        "GetItem",
        {"TableName": "t", "Key": {"k": {"S": "v"}}},
        Answer({"__type": "ProvisionedThroughputExceededException"}, 400),
    )

    assert len(call.requests) == 10


@pytest.mark.parametrize("mode", MODES)
def test_s3_tries_what_claims_success(connect: Callable[..., Trio], mode: str) -> None:
    """An error in a reply of status 200 counts as one of the server's."""
    retries: Any = {"total_max_attempts": 3, "mode": mode}
    trio = connect("s3", config=Config(retries=retries))

    call = trio.call(
        "CopyObject",
        {"Bucket": "parcels", "Key": "k", "CopySource": "a/b"},
        Answer(b"<Error><Code>InternalError</Code></Error>"),
        Answer(b"<CopyObjectResult><ETag>e</ETag></CopyObjectResult>"),
    )

    assert len(call.requests) == 2
    assert call.reply.copy_object_result.e_tag == "e"


def test_replies_that_cannot_be_read(
    find_clients: Callable[[str, str], Trio], protocol: str
) -> None:
    """botocore decides whether they are tried again."""
    trio = find_clients(protocol, "standard")
    if protocol in XML:
        trio.call("Open", {}, Answer(b"<"), done(protocol))


@pytest.mark.parametrize("value", ["2", "1", "x"])
def test_numbers_of_attempts_in_the_environment(
    connect: Callable[..., Trio], monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    """`AWS_MAX_ATTEMPTS` and `AWS_RETRY_MODE`."""
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", value)
    monkeypatch.setenv("AWS_RETRY_MODE", "standard")
    if value == "x":
        with pytest.raises(ValueError, match="'x'"):
            connect("lambda", session=make_session, config=None)
        return
    trio = connect("lambda", session=make_session, config=None)

    call = trio.call("Invoke", {"FunctionName": "f"}, Answer(b"", 500))

    assert len(call.requests) == int(value)
