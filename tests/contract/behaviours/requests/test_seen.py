"""Event handlers see the parts of requests around the body, and change them.

The cases with a body alone are those of `tests/unit/runtime/transport/test_hook.py`.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from tests.contract.behaviours.network import Answer
from tests.contract.behaviours.trio import Call, Trio
from tests.contract.behaviours.value import drain

from botosmith.runtime import ValidationError

MOMENT = datetime(2024, 2, 29, 10, 30, 15, tzinfo=UTC)

#: Operations with members in different places, and a reply.
CALLS: dict[str, tuple[str, str, dict[str, Any], Answer]] = {
    "query": (
        "accessanalyzer",
        "DeleteAnalyzer",
        {"analyzerName": "a"},
        Answer({}),
    ),
    "token": (
        "accessanalyzer",
        "DeleteAnalyzer",
        {"analyzerName": "a", "clientToken": "t"},
        Answer({}),
    ),
    "header": (
        "connect",
        "UpdateTestCase",
        {
            "InstanceId": "i",
            "TestCaseId": "t",
            "Name": "n",
            "LastModifiedTime": MOMENT,
        },
        Answer({}),
    ),
    "host": (
        "neptune-graph",
        "GetGraphSummary",
        {"graphIdentifier": "g-1"},
        Answer({"graphSummary": {"numNodes": 1}, "lastStatisticsComputationTime": 1}),
    ),
    "path": (
        "appconfig",
        "StopDeployment",
        {"ApplicationId": "a", "EnvironmentId": "e", "DeploymentNumber": 3},
        Answer({"State": "NEW", "StartedAt": "2024-02-29T10:30:15Z"}, 202),
    ),
    "stream": (
        "lambda",
        "Invoke",
        {"FunctionName": "f", "Payload": b"in"},
        Answer(b"out", headers={"X-Amz-Executed-Version": "1"}),
    ),
    "xml": (
        "route53",
        "GetChange",
        {"Id": "/change/C"},
        Answer(b"<R><ChangeInfo><Id>C</Id></ChangeInfo></R>"),
    ),
    "form": ("iam", "GetUser", {}, Answer(b"<R><GetUserResult/></R>")),
    "cbor": ("eventbridgev2", "ListEventBuses", {"MaxResults": 1}, Answer(b"\xa0")),
    "rules": (
        "dynamodb",
        "GetItem",
        {"TableName": "t", "Key": {"k": {"B": b"v"}}},
        Answer({"Item": {"k": {"B": "AP8="}}}),
    ),
}


@pytest.fixture(params=CALLS)
def name(request: pytest.FixtureRequest) -> str:
    """Each of the operations."""
    found: str = request.param
    return found


class Hooked:
    """Clients with a handler of an event.

    Attributes:
        seen: What the handlers have noted, by client.
    """

    def __init__(self, trio: Trio, call: str) -> None:
        self.trio = trio
        _, self.operation, self.given, self.answer = CALLS[call]
        self.seen: list[list[Any]] = [[] for _ in trio.clients]

    def register(self, event: str, handler: Callable[..., Any]) -> None:
        """Give each client the handler, which notes things in its own list."""
        for client, notes in zip(self.trio.clients, self.seen, strict=True):

            def handle(notes: list[Any] = notes, **arguments: Any) -> Any:
                return handler(notes, **arguments)

            client.meta.events.register(event, handle)

    def call(self) -> Call:
        """Make the call, and see that all have noted the same."""
        call = self.trio.call(self.operation, self.given, self.answer)
        theirs, *ours = self.seen
        assert ours == [theirs] * 2
        return call


@pytest.fixture
def hooked(connect: Callable[..., Trio], name: str) -> Hooked:
    """Clients for each of the operations."""
    return Hooked(connect(CALLS[name][0]), name)


@pytest.mark.parametrize("event", ["provide-client-params", "before-parameter-build"])
def test_parameters_are_boto3s(hooked: Hooked, event: str) -> None:
    """Whichever part of the request they are for."""

    def note(notes: list[Any], params: Any, **_: Any) -> None:
        notes.append({name: _show(value) for name, value in dict(params).items()})

    hooked.register(event, note)

    hooked.call()

    assert set(hooked.given) <= set(hooked.seen[0][0])


def _show(value: Any) -> Any:
    return value.read() if hasattr(value, "read") else value


def test_requests_are_botocores(hooked: Hooked) -> None:
    """The dictionary that is signed has all its parts."""

    def note(notes: list[Any], params: Any, **_: Any) -> None:
        kept = {key: params[key] for key in ("url_path", "query_string", "method")}
        notes.append(copy.deepcopy(kept))
        notes.append((dict(params["headers"]), _show(params["body"])))

    hooked.register("before-call", note)

    if hooked.operation == "Invoke":
        hooked.given = {"FunctionName": "f", "Payload": b"in"}
    hooked.call()


def test_replies_are_boto3s(hooked: Hooked) -> None:
    """Headers, the status and the body together."""

    def note(notes: list[Any], parsed: Any, http_response: Any, **_: Any) -> None:
        shown = {
            key: value
            for key, value in dict(parsed).items()
            if not hasattr(value, "read")
        }
        del shown["ResponseMetadata"]
        notes.append((drain(shown), http_response.status_code))

    hooked.register("after-call", note)

    hooked.call()


@pytest.mark.parametrize(
    ("name", "change", "find"),
    [
        ("token", {"clientToken": "mine"}, lambda sent: sent.query["clientToken"]),
        ("query", {"analyzerName": "b/c"}, lambda sent: sent.path),
        (
            "header",
            {"LastModifiedTime": MOMENT.replace(year=2028)},
            lambda sent: sent.headers["x-amz-last-modified-time"],
        ),
        ("header", {"Name": "m", "InstanceId": "j"}, lambda sent: sent.document),
        ("host", {"graphIdentifier": "g-2"}, lambda sent: sent.host),
        ("path", {"DeploymentNumber": 4}, lambda sent: sent.path),
        ("path", {"AllowRevert": True}, lambda sent: sent.headers["allow-revert"]),
        ("stream", {"Payload": b"changed"}, lambda sent: sent.body),
        ("stream", {"Qualifier": "q"}, lambda sent: sent.query["Qualifier"]),
        ("xml", {"Id": "/change/D"}, lambda sent: sent.path),
        ("form", {"UserName": "u"}, lambda sent: sent.form["UserName"]),
        ("cbor", {"MaxResults": 2}, lambda sent: sent.body),
        (
            "rules",
            {"TableName": "arn:aws:dynamodb:us-east-1:123456789012:table/t"},
            lambda sent: sent.host,
        ),
    ],
)
@pytest.mark.parametrize(
    ("event", "how"),
    [
        ("provide-client-params", "in place"),
        ("provide-client-params", "anew"),
        ("before-parameter-build", "in place"),
    ],
)
def test_changed_parameters_are_sent(  # noqa: PLR0913, PLR0917 - what a call is made of
    connect: Callable[..., Trio],
    name: str,
    change: dict[str, Any],
    find: Callable[[Any], Any],
    event: str,
    how: str,
) -> None:
    """To wherever they belong."""
    hooked = Hooked(connect(CALLS[name][0]), name)

    def alter(_: list[Any], params: Any, **__: Any) -> Any:
        if how == "anew":
            return {**params, **change}
        params.update(change)
        return None

    hooked.register(event, alter)

    assert find(hooked.call().request)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("query", {"analyzerName": 7}),
        ("query", {"Unknown": "x"}),
        ("header", {"LastModifiedTime": "soon"}),
        ("host", {"graphIdentifier": "a b"}),
        ("path", {"DeploymentNumber": "many"}),
        ("stream", {"FunctionName": ""}),
        ("form", {"UserName": 7}),
        ("cbor", {"MaxResults": "x"}),
    ],
)
def test_parameters_changed_for_the_worse(
    connect: Callable[..., Trio], name: str, change: dict[str, Any]
) -> None:
    """They are refused like any others."""
    hooked = Hooked(connect(CALLS[name][0]), name)
    hooked.register(
        "before-parameter-build", lambda _, params, **__: params.update(change)
    )

    call = hooked.call()

    assert isinstance(call.error, ValidationError)
    assert call.requests == ()


@pytest.mark.parametrize(
    ("name", "change", "attribute", "value"),
    [
        ("host", {"version": "9"}, "version", "9"),
        ("path", {"State": "BAKING", "StartedAt": MOMENT}, "started_at", MOMENT),
        ("stream", {"FunctionError": "x"}, "function_error", "x"),
        ("cbor", {"NextToken": "n"}, "next_token", "n"),
        ("rules", {"Item": {}}, "item", {}),
    ],
)
def test_changed_replies_are_read(
    connect: Callable[..., Trio],
    name: str,
    change: dict[str, Any],
    attribute: str,
    value: Any,
) -> None:
    """The caller gets what a handler makes of them."""
    hooked = Hooked(connect(CALLS[name][0]), name)
    hooked.register("after-call", lambda _, parsed, **__: parsed.update(change))

    assert getattr(hooked.call().reply, attribute) == value


def test_requests_can_be_answered_by_a_handler(hooked: Hooked) -> None:
    """By a reply that is parsed already, as botocore's Stubber does."""

    def answer(_: list[Any], **__: Any) -> Any:
        raw: Any = None
        reply = AWSResponse("https://x", 200, HTTPHeaders(), raw)
        return reply, {"ResponseMetadata": {"HTTPStatusCode": 200}}

    hooked.register("before-call", answer)

    call = hooked.call()

    assert call.requests == ()
    assert call.reply.response_metadata.status == 200
