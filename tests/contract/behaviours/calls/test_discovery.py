"""Endpoints that a service tells itself, found by botocore within our clients."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from botocore.config import Config
from tests.contract.behaviours.network import Answer
from tests.contract.behaviours.server import Loopback, Reply
from tests.contract.behaviours.service import write_model
from tests.contract.behaviours.trio import Trio

KEY = {"k": {"S": "v"}}

WRITE = {
    "DatabaseName": "dat",
    "TableName": "tab",
    "Records": [{"MeasureName": "m", "MeasureValue": "1"}],
}

ENABLED = Config(
    endpoint_discovery_enabled=True,
    retries={"total_max_attempts": 2, "mode": "standard"},
)
DISABLED = Config(endpoint_discovery_enabled=False)
_AUTO: Any = "auto"  # which the stubs do not know
AUTO = Config(endpoint_discovery_enabled=_AUTO)


def found(address: str, minutes: int = 5) -> dict[str, Any]:
    """The reply that names an endpoint."""
    return {"Endpoints": [{"Address": address, "CachePeriodInMinutes": minutes}]}


@pytest.mark.parametrize("config", [None, AUTO, ENABLED, DISABLED])
def test_where_it_is_required(
    connect: Callable[..., Trio], config: Config | None
) -> None:
    """Timestream's calls go where the service says, unless one forbids to ask."""
    arguments = {} if config is None else {"config": config}
    trio = connect("timestream-write", **arguments)

    call = trio.call(
        "WriteRecords", WRITE, Answer(found("cell.example")), Answer({}), Answer({})
    )
    again = trio.call("WriteRecords", WRITE, Answer({}))

    if config is not DISABLED:
        asked, sent = call.requests
        assert asked.headers["x-amz-target"] == "Timestream_20181101.DescribeEndpoints"
        assert asked.headers["x-amz-api-version"] == "2018-11-01"
        assert sent.host == "cell.example"
        assert again.request.host == "cell.example"


@pytest.mark.parametrize("config", [AUTO, ENABLED, DISABLED])
def test_where_it_is_optional(connect: Callable[..., Trio], config: Config) -> None:
    """DynamoDB is asked if one wishes so."""
    trio = connect("dynamodb", config=config)

    call = trio.call(
        "GetItem",
        {"TableName": "t", "Key": KEY},
        Answer(found("http://cell.example:8000")),
        Answer({"Item": KEY}),
    )

    if config is ENABLED:
        _, sent = call.requests
        assert sent.host == "cell.example:8000"


def test_what_has_expired_is_asked_again(connect: Callable[..., Trio]) -> None:
    """As the service says."""
    trio = connect("timestream-write")
    first = Answer(found("one.example", 0))

    trio.call("WriteRecords", WRITE, first, Answer({}))
    call = trio.call("WriteRecords", WRITE, Answer(found("two.example")), Answer({}))

    assert [sent.host for sent in call.requests][1] == "two.example"


@pytest.mark.parametrize(
    "refused",
    [
        Answer({"__type": "InvalidEndpointException"}, 400),
        Answer(b"", 421),
    ],
)
def test_an_endpoint_that_has_moved(
    connect: Callable[..., Trio], refused: Answer
) -> None:
    """It is asked for again, and the call is made again."""
    trio = connect("timestream-write", config=ENABLED)

    call = trio.call(
        "WriteRecords",
        WRITE,
        Answer(found("old.example")),
        refused,
        Answer(found("new.example")),
        Answer({}),
    )

    assert call.requests[-1].host == "new.example"


@pytest.mark.parametrize(
    "answer",
    [
        Answer({"__type": "AccessDeniedException"}, 400),
        Answer({"Endpoints": []}),
    ],
)
def test_endpoints_that_cannot_be_had(
    connect: Callable[..., Trio], answer: Answer
) -> None:
    """The call ends as botocore's does."""
    connect("timestream-write").call("WriteRecords", WRITE, answer)


def test_errors_of_the_call_itself(connect: Callable[..., Trio]) -> None:
    """They are the service's own."""
    trio = connect("timestream-write")

    call = trio.call(
        "WriteRecords",
        WRITE,
        Answer(found("cell.example")),
        Answer(
            {
                "__type": "RejectedRecordsException",
                "message": "no",
                "RejectedRecords": [{"RecordIndex": 0, "Reason": "old"}],
            },
            400,
        ),
    )

    assert type(call.error) is trio.package.RejectedRecordsException
    assert call.error.rejected_records[0].reason == "old"


def test_on_a_network(connect: Callable[..., Trio], server: Loopback) -> None:
    """Once more with real connections."""
    # A client with an endpoint of its own asks nobody.
    trio = connect("timestream-write", server=server)

    call = trio.call("WriteRecords", WRITE, Reply([b"{}"]))

    assert call.request.headers["x-amz-target"].endswith("WriteRecords")


@pytest.mark.parametrize("name", ["generated", "botocore"])
def test_on_a_network_by_way_of_discovery(
    connect: Callable[..., Trio], server: Loopback, name: str
) -> None:
    """The first question goes to the server by a handler, the rest by its answer."""
    trio = connect("timestream-write", config=ENABLED)
    client = trio.ours[name]
    network = trio.networks[1 + list(trio.ours).index(name)]
    client.meta.events.unregister("before-send", network)
    client.meta.events.register(
        "before-send.timestream-write.DescribeEndpoints", network
    )
    network.expect(Answer(found(server.url)))
    server.expect(Reply([b"{}"]))

    client.write_records(
        database_name="dat",
        table_name="tab",
        records=[trio.package.Record(measure_name="m")],
    )

    assert len(network.sent) == 1
    (sent,) = server.sent
    assert sent.headers["x-amz-target"].endswith("WriteRecords")


def test_asking_oneself(connect: Callable[..., Trio]) -> None:
    """The operation is there for everybody."""
    answer = Answer(found("cell.example"))

    call = connect("dynamodb").call("DescribeEndpoints", {}, answer)

    assert call.reply.endpoints[0].address == "cell.example"


def _make_model(protocol: str) -> Any:
    text = {"shape": "Text"}
    marked = {"shape": "Text", "endpointdiscoveryid": True}
    return write_model(
        protocol,
        {
            "Open": {
                "input": {"shape": "OpenRequest"},
                "endpointdiscovery": {"required": True},
            },
            "Ask": {
                "endpointoperation": True,
                "input": {"shape": "AskRequest"},
                "output": {"shape": "AskResponse"},
            },
        },
        {
            "Text": {"type": "string"},
            "Whole": {"type": "long"},
            "Ids": {"type": "map", "key": text, "value": text},
            "OpenRequest": {
                "type": "structure",
                "required": ["Shop"],
                "members": {"Shop": marked, "Inner": {"shape": "Inner"}},
            },
            "Inner": {"type": "structure", "members": {"Floor": marked}},
            "AskRequest": {
                "type": "structure",
                "members": {"Operation": text, "Identifiers": {"shape": "Ids"}},
            },
            "Endpoint": {
                "type": "structure",
                "members": {
                    "Address": text,
                    "CachePeriodInMinutes": {"shape": "Whole"},
                },
            },
            "EndpointList": {"type": "list", "member": {"shape": "Endpoint"}},
            "AskResponse": {
                "type": "structure",
                "members": {"Endpoints": {"shape": "EndpointList"}},
            },
        },
    )


@pytest.mark.parametrize("protocol", ["json", "rest-json"])
def test_endpoints_of_resources(connect: Callable[..., Trio], protocol: str) -> None:
    """Members of the request are part of the question, and the answer is theirs."""
    trio = connect("parcels", models=_make_model(protocol))
    given = {"Shop": "s", "Inner": {"Floor": "1"}}

    first = trio.call("Open", given, Answer(found("one.example")), Answer({}))
    other = trio.call(
        "Open", given | {"Shop": "t"}, Answer(found("two.example")), Answer({})
    )
    again = trio.call("Open", given, Answer({}))

    assert first.requests[0].document == {
        "Operation": "Open",
        "Identifiers": {"Shop": "s", "Floor": "1"},
    }
    assert other.requests[1].host == "two.example"
    assert again.request.host == "one.example"
