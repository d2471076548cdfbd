"""Hosts of an operation's own: prefixes, and members that are part of a name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from botocore.config import Config
from tests.contract.behaviours.network import Answer
from tests.contract.behaviours.service import write_model
from tests.contract.behaviours.trio import Trio

Trios = Callable[[str], Trio]

PROTOCOLS = ["json", "rest-json", "smithy-rpc-v2-cbor", "query", "ec2", "rest-xml"]

PLAIN = Config(inject_host_prefix=False)


def _make_model(protocol: str) -> Any:
    label = {"shape": "Text", "hostLabel": True}
    return write_model(
        protocol,
        {
            "Fixed": {"endpoint": {"hostPrefix": "data-"}},
            "Labelled": {
                "endpoint": {"hostPrefix": "{Shop}.{Floor}-"},
                "input": {"shape": "LabelledRequest", "locationName": "Labelled"},
            },
        },
        {
            "Text": {"type": "string"},
            "LabelledRequest": {
                "type": "structure",
                "required": ["Shop", "Floor"],
                "members": {
                    "Shop": label,
                    "Note": {"shape": "Text"},
                    "Floor": {**label, "locationName": "floor"},
                },
            },
        },
    )


@pytest.fixture(scope="module", params=PROTOCOLS)
def parcels(request: pytest.FixtureRequest) -> Any:
    """Clients of a service with hosts of its own, in each protocol."""
    trio = Trio.make("parcels", models=_make_model(request.param))
    yield trio
    trio.close()


def _nothing(parcels: Trio) -> bytes:
    """A reply that holds nothing."""
    protocol = parcels.package.Client._protocol
    return b"<Reply/>" if protocol in {"query", "ec2", "rest-xml"} else b""


def test_a_fixed_prefix(parcels: Trio) -> None:
    """It goes before whatever the endpoint rules say."""
    call = parcels.call("Fixed", {}, Answer(_nothing(parcels)))

    assert call.request.host == "data-parcels.us-east-1.amazonaws.com"


def test_labels_stay_in_the_body(parcels: Trio) -> None:
    """They are part of the host's name, and of the body all the same."""
    given = {"Shop": "a-1.b", "Note": "n", "Floor": "2"}
    call = parcels.call("Labelled", given, Answer(_nothing(parcels)))

    assert call.request.host == "a-1.b.2-parcels.us-east-1.amazonaws.com"
    assert b"a-1.b" in call.request.body


@pytest.mark.parametrize("shop", ["", "a b", "a/b", "a_b", "é", "a:80", "a@b"])
def test_what_is_no_name_is_refused(parcels: Trio, shop: str) -> None:
    """Nothing is sent to a host that a value would make up."""
    call = parcels.call("Labelled", {"Shop": shop, "Floor": "2"})

    assert call.error is not None
    assert call.requests == ()


def test_a_label_that_is_left_out(parcels: Trio) -> None:
    """It is required."""
    assert parcels.call("Labelled", {"Shop": "a"}).requests == ()


@pytest.mark.parametrize(
    ("service", "operation", "given", "host"),
    [
        ("lakeformation", "StartQueryPlanning", None, "query-lakeformation"),
        ("servicediscovery", "DiscoverInstances", None, "data-servicediscovery"),
        ("stepfunctions", "StartSyncExecution", None, "sync-states"),
        ("deadline", "ListFarms", {}, "management.deadline"),
        ("dataexchange", "SendApiAsset", None, "api-fulfill.dataexchange"),
    ],
)
@pytest.mark.parametrize("url", [None, "https://localhost:8443/base"])
@pytest.mark.parametrize("config", [None, PLAIN], ids=["default", "without"])
def test_prefixes_of_services(  # noqa: PLR0913, PLR0917 - what a call is made of
    connect: Callable[..., Trio],
    service: str,
    operation: str,
    given: dict[str, Any] | None,
    host: str,
    url: str | None,
    config: Config | None,
) -> None:
    """Before one's own endpoint, too, unless the client is told to leave them out."""
    arguments = {} if config is None else {"config": config}
    trio = connect(service, endpoint_url=url, **arguments)

    call = trio.call(operation, GIVEN[operation] if given is None else given)

    prefix = host.partition("-" if "-" in host.split(".", maxsplit=1)[0] else ".")[0]
    assert call.request.host.startswith(prefix) == (config is None)
    assert call.request.host.endswith(":8443") == (url is not None)


#: The members that the operations above require.
GIVEN: dict[str, dict[str, Any]] = {
    "StartQueryPlanning": {
        "QueryPlanningContext": {"DatabaseName": "d"},
        "QueryString": "q",
    },
    "DiscoverInstances": {"NamespaceName": "n", "ServiceName": "s"},
    "StartSyncExecution": {
        "stateMachineArn": "arn:aws:states:us-east-1:123456789012:stateMachine:m"
    },
    "SendApiAsset": {"AssetId": "a", "DataSetId": "d", "RevisionId": "r"},
}


@pytest.mark.parametrize("graph", ["g-0123456789", "a b"])
def test_a_label_that_is_a_header_too(trios: Trios, graph: str) -> None:
    """Neptune's graphs: wire code reads the reply, botocore writes the envelope."""
    call = trios("neptune-graph").call(
        "GetGraphSummary",
        {"graphIdentifier": graph, "mode": "BASIC"},
        Answer({"version": "1", "graphSummary": {"numNodes": "7"}}),
    )

    if " " in graph:
        assert call.requests == ()
    else:
        assert call.request.host == f"{graph}.us-east-1.neptune-graph.amazonaws.com"
        assert call.request.headers["graphidentifier"] == graph
        assert call.reply.graph_summary.num_nodes == 7


@pytest.mark.parametrize("account", ["123456789012", "a.b", "9" * 64])
def test_account_ids_of_s3_control(trios: Trios, account: str) -> None:
    """Endpoint rules put the account into the host, and a header has it too."""
    call = trios("s3control").call("GetPublicAccessBlock", {"AccountId": account})

    if account == "123456789012":
        assert call.request.host == "123456789012.s3-control.us-east-1.amazonaws.com"
        assert call.request.headers["x-amz-account-id"] == account
        assert "authorization" in call.request.headers
    else:
        assert call.requests == ()


def test_an_account_id_beside_an_arn(trios: Trios) -> None:
    """The ARN of an access point on an outpost decides on the host."""
    arn = "arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-1/accesspoint/a"
    call = trios("s3control").call(
        "GetAccessPoint", {"AccountId": "123456789012", "Name": arn}
    )

    assert call.error is not None  # the client is in another region
    elsewhere = trios("s3control").call(
        "GetAccessPoint",
        {"AccountId": "123456789012", "Name": arn.replace("us-west-2", "us-east-1")},
    )
    assert elsewhere.request.host == "s3-outposts.us-east-1.amazonaws.com"
    assert elsewhere.request.headers["x-amz-outpost-id"] == "op-1"


def test_the_route_of_an_object_lambda(trios: Trios) -> None:
    """S3's answer goes to a host that the request names."""
    call = trios("s3").call(
        "WriteGetObjectResponse",
        {
            "RequestRoute": "io-cell1",
            "RequestToken": "t",
            "Body": b"new",
            "StatusCode": 200,
            "Metadata": {"a": "b"},
        },
    )

    request = call.request
    assert request.host == "io-cell1.s3-object-lambda.us-east-1.amazonaws.com"
    assert "x-amz-content-sha256" in request.headers
    assert request.headers["x-amz-meta-a"] == "b"
