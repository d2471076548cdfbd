"""Idempotency tokens: filled in where there is none, once for a call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
from botocore.config import Config
from tests.contract.behaviours.document import PROTOCOLS, XML
from tests.contract.behaviours.network import Answer, Sent
from tests.contract.behaviours.service import write_model
from tests.contract.behaviours.trio import Trio

Trios = Callable[[str], Trio]

#: The first and the second text that is made up within a call.
FIRST, SECOND = (f"00000000-0000-0000-0000-{number:012}" for number in (1, 2))

TWICE = Config(retries={"total_max_attempts": 2, "mode": "standard"})


def _make_model(protocol: str) -> Any:
    token = {"shape": "Token", "idempotencyToken": True}
    return write_model(
        protocol,
        {"Open": {"input": {"shape": "OpenRequest", "locationName": "OpenRequest"}}},
        {
            "Token": {"type": "string", "max": 64, "min": 1},
            "Inner": {"type": "structure", "members": {"Nested": token}},
            "OpenRequest": {
                "type": "structure",
                "required": ["Second"],
                "members": {
                    "Name": {"shape": "Token"},
                    "First": {**token, "locationName": "first"},
                    "Second": token,
                    "Inner": {"shape": "Inner"},
                },
            },
        },
    )


@pytest.fixture(scope="module", params=PROTOCOLS)
def parcels(request: pytest.FixtureRequest) -> Iterator[Trio]:
    """Clients of a service with two tokens, in each protocol; they try twice."""
    models = _make_model(request.param)
    with closing(Trio.make("parcels", models=models, config=TWICE)) as trio:
        yield trio


def _nothing(parcels: Trio) -> Answer:
    return Answer(b"<R/>" if parcels.package.Client._protocol in XML else b"")


@pytest.mark.parametrize("given", ["First", "Second", None])
def test_tokens_are_filled_in(parcels: Trio, given: str | None) -> None:
    """Also the required one; but not what is below the request itself."""
    parameters: dict[str, Any] = {"Name": "n", "Inner": {}}
    if given is not None:
        parameters[given] = "mine"

    call = parcels.call("Open", parameters, _nothing(parcels))

    body = call.request.body
    assert body.count(FIRST.encode()) == 1
    assert body.count(SECOND.encode()) == (given is None)
    assert (b"mine" in body) == (given is not None)
    assert b"Nested" not in body


def test_both_tokens_given(parcels: Trio) -> None:
    """Nothing is made up then."""
    parameters = {"First": "a", "Second": "b", "Inner": {"Nested": "c"}}

    call = parcels.call("Open", parameters, _nothing(parcels))

    assert b"00000000-" not in call.request.body


def test_a_token_that_breaks_a_rule(parcels: Trio) -> None:
    """It is checked as any text is."""
    assert parcels.call("Open", {"Second": ""}).requests == ()


def test_a_retry_has_the_same_token(parcels: Trio) -> None:
    """The service is to know it again."""
    call = parcels.call("Open", {}, Answer(status=500), _nothing(parcels))

    first, second = call.requests
    assert first.body == second.body


def test_the_next_call_has_another_token(parcels: Trio) -> None:
    """And the request object is not touched."""
    request = parcels.package.OPERATIONS["Open"].request(name="n")
    for path, network in zip(parcels.ours, parcels.networks[1:], strict=True):
        network.expect(_nothing(parcels))
        for _ in range(2):
            parcels.ours[path].send(request)
        first, second = network.sent
        assert first.body != second.body
        assert request == parcels.package.OPERATIONS["Open"].request(name="n")


def _header(sent: Sent) -> str:
    return sent.headers["x-amzn-client-token"]


def _query(sent: Sent) -> str:
    (token,) = sent.query["clientToken"]
    return token


@pytest.mark.parametrize("token", [None, "mine"])
@pytest.mark.parametrize(
    ("service", "operation", "given", "member", "find"),
    [
        (
            "billingconductor",
            "CreatePricingPlan",
            {"Name": "n"},
            "ClientToken",
            _header,
        ),
        (
            "accessanalyzer",
            "DeleteAnalyzer",
            {"analyzerName": "a"},
            "clientToken",
            _query,
        ),
        (
            "accessanalyzer",
            "StartPolicyGeneration",
            {"policyGenerationDetails": {"principalArn": "arn:aws:iam::1:role/r"}},
            "clientToken",
            lambda sent: sent.document["clientToken"],
        ),
        (
            "s3",
            "RenameObject",
            {"Bucket": "parcels", "Key": "k", "RenameSource": "a/b"},
            "ClientToken",
            lambda sent: sent.headers["x-amz-client-token"],
        ),
        (
            "cloudformation",
            "DetectStackSetDrift",
            {"StackSetName": "s"},
            "OperationId",
            lambda sent: sent.form["OperationId"],
        ),
        (
            "ec2",
            "AllocateIpamPoolCidr",
            {"IpamPoolId": "p"},
            "ClientToken",
            lambda sent: sent.form["ClientToken"],
        ),
        (
            "bedrock-agentcore",
            "GetAgentCard",
            {"agentRuntimeArn": "a"},
            "runtimeSessionId",
            lambda sent: sent.headers["x-amzn-bedrock-agentcore-runtime-session-id"],
        ),
    ],
)
def test_tokens_of_services(  # noqa: PLR0913, PLR0917 - what a call is made of
    trios: Trios,
    service: str,
    operation: str,
    given: dict[str, Any],
    member: str,
    find: Callable[[Sent], str],
    token: str | None,
) -> None:
    """In headers, in the query string, and in bodies of each form."""
    if token is not None:
        token = f"{token}-{'x' * 30}"  # some are to be long
    parameters = given if token is None else given | {member: token}

    call = trios(service).call(operation, parameters)

    assert find(call.requests[0]) == (token or FIRST)
