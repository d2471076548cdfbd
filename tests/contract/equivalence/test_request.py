"""Every operation's request: what we send is what botocore sends."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from typing import Any

import pytest
from botocore import xform_name
from botocore.model import ServiceModel
from hypothesis import given, settings
from tests.support.repository import MODELS

from botosmith import sagemaker
from botosmith.runtime import from_boto3, to_boto3
from botosmith.testing import load_service
from botosmith.testing.strategies import Options, parameters

SERVICE = load_service("sagemaker", MODELS)

#: Headers that name the moment of a request or the program that sent it.
PASSING = {"amz-sdk-invocation-id", "authorization", "user-agent", "x-amz-date"}


@pytest.fixture(autouse=True)
def same_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Idempotency tokens are random; here both sides draw the same."""
    token = uuid.UUID("12345678-1234-4123-8123-123456789012")
    monkeypatch.setattr(uuid, "uuid4", lambda: token)


def read_sent(transport: Any) -> tuple[str, str, dict[str, str], bytes]:
    """The request of a client, as far as it is to be the same."""
    request = transport.sent
    headers = {
        name.lower(): value.decode() if isinstance(value, bytes) else value
        for name, value in request.headers.items()
        if name.lower() not in PASSING
    }
    return request.method, request.url, headers, request.body


def read_signed_headers(transport: Any) -> str:
    """The names of the headers that a request's signature covers."""
    authorization: str = transport.sent.headers["Authorization"].decode()
    return authorization.partition("SignedHeaders=")[2].partition(",")[0]


def check_same(
    clients: tuple[sagemaker.Client, Any, Any], name: str, given_: Mapping[str, Any]
) -> None:
    """Send the same parameters through both clients and compare."""
    direct, reference, transport = clients
    operation = sagemaker.OPERATIONS[name]
    request = from_boto3(operation.request, given_)
    ordered = to_boto3(request)
    assert ordered == given_

    direct.send(request)
    ours, our_signature = read_sent(transport), read_signed_headers(transport)
    getattr(reference, xform_name(name))(**ordered)
    theirs, their_signature = read_sent(transport), read_signed_headers(transport)

    assert ours == theirs
    assert our_signature == their_signature
    # The same as the function does it, arguments and all.
    named = {
        field: getattr(request, field)
        for field in type(request)._attribute_names()
        if getattr(request, field) is not None
    }
    operation.function(direct, **named)
    assert read_sent(transport) == theirs


@pytest.mark.sweep(every=4)
@pytest.mark.parametrize("name", SERVICE.operation_names)
def test_same_request(
    name: str,
    direct: sagemaker.Client,
    reference: Any,
    transport: Any,
    patient: settings,
) -> None:
    """Method, URL, headers and body, for drawn parameters of each operation."""
    transport.reply = (200, {}, b"{}")
    shape = SERVICE.operation_model(name).input_shape
    assert shape is not None

    @patient
    @given(parameters(shape))
    def check(given_: dict[str, Any]) -> None:
        check_same((direct, reference, transport), name, given_)

    check()


@pytest.mark.sweep(every=4)
@pytest.mark.parametrize("name", SERVICE.operation_names)
def test_same_full_request(
    name: str,
    direct: sagemaker.Client,
    reference: Any,
    transport: Any,
    patient: settings,
) -> None:
    """The same with every member present."""
    transport.reply = (200, {}, b"{}")
    shape = SERVICE.operation_model(name).input_shape
    assert shape is not None

    @settings(patient, max_examples=2)
    @given(parameters(shape, Options(full=True)))
    def check(given_: dict[str, Any]) -> None:
        check_same((direct, reference, transport), name, given_)

    check()


def test_requests_differ_when_parameters_do(
    direct: sagemaker.Client, reference: Any, transport: Any
) -> None:
    """The comparison itself tells one byte from another."""
    transport.reply = (200, {}, b"{}")

    direct.describe_model(model_name="a")
    ours = read_sent(transport)
    reference.describe_model(ModelName="b")

    assert ours != read_sent(transport)
    assert json.loads(ours[3]) == {"ModelName": "a"}
    assert isinstance(SERVICE, ServiceModel)
