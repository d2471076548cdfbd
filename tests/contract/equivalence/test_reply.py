"""Every operation's reply: what we read is what botocore reads, errors included."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from botocore.exceptions import ClientError
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from tests.support.readers import Readers
from tests.support.repository import MODELS

from botosmith import sagemaker
from botosmith.runtime import ResponseMetadata, ServiceError, from_boto3
from botosmith.testing import load_service
from botosmith.testing.strategies import Options, documents, parameters

SERVICE = load_service("sagemaker", MODELS)
ERRORS = [
    name
    for name in SERVICE.shape_names
    if SERVICE.shape_for(name).metadata.get("exception")
]
READERS = Readers()
HEADERS = {
    "x-amzn-RequestId": "request-1",
    "Content-Type": "application/x-amz-json-1.1",
}


def call_reference(reference: Any, name: str) -> dict[str, Any]:
    """Return botocore's reading of the reply; the request does not matter here."""
    parsed: dict[str, Any] = reference._make_api_call(name, required_parameters(name))
    return parsed


@cache
def required_parameters(name: str) -> dict[str, Any]:
    """Parameters that botocore sends; which ones does not matter here."""
    shape = SERVICE.operation_model(name).input_shape
    assert shape is not None
    drawn: dict[str, Any] = find(
        parameters(shape),
        lambda _: True,
        settings=settings(
            database=None, max_examples=1, derandomize=True, phases=[Phase.generate]
        ),
    )
    return drawn


def check_reply(
    clients: tuple[sagemaker.Client, Any, Any], name: str, document: Any
) -> None:
    """Let both clients read the same bytes."""
    direct, reference, transport = clients
    transport.reply = (200, HEADERS, json.dumps(document).encode())
    operation = sagemaker.OPERATIONS[name]
    request = from_boto3(operation.request, required_parameters(name))

    ours = direct.send(request)
    parsed = call_reference(reference, name)
    theirs = from_boto3(operation.response, parsed)

    assert type(ours) is operation.response
    assert ours == theirs
    read_before = READERS.count
    with READERS.in_use():
        again = direct.send(request)
    assert READERS.count == read_before + 1
    assert again == theirs
    assert repr(again) == repr(ours)  # which tells 1 from 1.0
    assert ours.response_metadata == theirs.response_metadata
    assert ours.response_metadata is not None
    assert ours.response_metadata.request_id == "request-1"


@pytest.mark.sweep(every=4)
@pytest.mark.parametrize("name", SERVICE.operation_names)
def test_same_reply(
    name: str,
    direct: sagemaker.Client,
    reference: Any,
    transport: Any,
    patient: settings,
) -> None:
    """Drawn replies of each operation, full ones and newer ones among them."""
    shape = SERVICE.operation_model(name).output_shape
    drawn = (
        st.just({})
        if shape is None
        else st.one_of(
            documents(shape),
            documents(shape, Options(unknown_members=True)),
            documents(shape, Options(full=True)),
        )
    )

    @patient
    @given(drawn, st.booleans())
    def check(document: dict[str, Any], newer: bool) -> None:  # noqa: FBT001 - drawn
        extra = {"MemberFromTheFuture": {"deep": [1]}} if newer else {}
        check_reply((direct, reference, transport), name, {**document, **extra})

    check()


def catch(call: Any) -> ClientError:
    """The error of a call that must fail."""
    with pytest.raises(ClientError) as caught:
        call()
    return caught.value


@pytest.mark.sweep(every=4)
@pytest.mark.parametrize("name", SERVICE.operation_names)
def test_same_errors(
    name: str, direct: sagemaker.Client, reference: Any, transport: Any
) -> None:
    """Each error of the model, in each form of its code, and one that it omits."""
    operation = sagemaker.OPERATIONS[name]
    request = from_boto3(operation.request, required_parameters(name))
    for code in (*ERRORS, "ThrottlingException"):
        for form in (code, f"com.amazon.sagemaker#{code}", f"{code}:http://amazon"):
            body = {"__type": form, "Message": "It is so.", "New": 1}
            transport.reply = (400, HEADERS, json.dumps(body).encode())

            ours = catch(lambda: direct.send(request))
            theirs = catch(lambda: call_reference(reference, name))

            assert ours.response == theirs.response
            assert ours.operation_name == theirs.operation_name == name
            assert str(ours) == str(theirs)
            assert type(ours).__name__ == (code if code in ERRORS else "SageMakerError")
            assert isinstance(ours, sagemaker.SageMakerError)
            assert ours.message == "It is so."


MALFORMED = [
    (503, b"<html><body>Service Unavailable</body></html>"),
    (500, b""),
    (500, b"{}"),
    (404, b'{"message": "lower"}'),
    (403, b'{"__type": "AccessDenied", "message": "a", "Message": "b"}'),
    (400, b"not JSON"),
    (400, b""),
]


@pytest.mark.parametrize(("status", "body"), MALFORMED)
def test_same_odd_errors(
    status: int, body: bytes, direct: sagemaker.Client, reference: Any, transport: Any
) -> None:
    """Errors without a code, a message or even JSON, as far as botocore reads them."""
    transport.reply = (status, HEADERS, body)

    ours = catch(lambda: direct.describe_model(model_name="a"))
    theirs = catch(lambda: reference.describe_model(ModelName="a"))

    assert ours.response == theirs.response
    assert isinstance(ours, ServiceError)
    assert ours.response_metadata == ResponseMetadata.from_boto3(
        theirs.response.get("ResponseMetadata", {})
    )
