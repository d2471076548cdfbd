"""boto3 itself, over HTTP on loopback: the stand-in sees the same from both."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from botocore import xform_name
from hypothesis import Phase, find, settings
from tests.support.repository import MODELS

from botosmith import sagemaker
from botosmith.runtime import from_boto3, to_boto3
from botosmith.testing import Call, StandIn, load_service
from botosmith.testing.strategies import Options, parameters

SERVICE = load_service("sagemaker", MODELS)


def count_members(name: str) -> int:
    """Return the number of an operation's arguments."""
    shape = SERVICE.operation_model(name).input_shape
    return len(shape.members) if shape else 0


#: The operations with the most members in their requests, and the seed page's.
WIDEST = sorted(SERVICE.operation_names, key=count_members)
SAMPLE = ["CreateInferenceExperiment", *WIDEST[-29:]]

PASSING = {
    "amz-sdk-invocation-id",
    "amz-sdk-request",
    "authorization",
    "user-agent",
    "x-amz-date",
}


def full_parameters(name: str) -> dict[str, Any]:
    """Parameters with every member present."""
    shape = SERVICE.operation_model(name).input_shape
    assert shape is not None
    drawn: dict[str, Any] = find(
        parameters(shape, Options(full=True)),
        lambda _: True,
        settings=settings(
            database=None, max_examples=1, derandomize=True, phases=[Phase.generate]
        ),
    )
    return drawn


def lasting(call: Call) -> tuple[Any, ...]:
    """A call without what names its moment or the program that made it."""
    headers = {
        name: value for name, value in call.headers.items() if name not in PASSING
    }
    return call.operation, call.parameters, headers, call.body, call.path, call.status


def test_there_are_thirty_operations() -> None:
    """The test below runs for each."""
    assert len(set(SAMPLE)) == 30


@pytest.mark.parametrize("name", SAMPLE)
def test_boto3_sends_and_reads_the_same(name: str) -> None:
    """A full request goes over HTTP twice; the server verifies and records both."""
    operation = sagemaker.OPERATIONS[name]
    request = from_boto3(operation.request, full_parameters(name))
    with StandIn(SERVICE) as standin:
        with sagemaker.Client(**standin.arguments) as client:
            ours = client.send(request)
        boto3_client = boto3.client("sagemaker", **standin.arguments)
        parsed = getattr(boto3_client, xform_name(name))(**to_boto3(request))
        boto3_client.close()
        first, second = standin.calls

    assert lasting(first) == lasting(second)
    assert first.status == 200
    assert ours == from_boto3(operation.response, parsed)
