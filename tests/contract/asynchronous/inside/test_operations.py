"""Every operation of SageMaker, by either client."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from tests.support.repository import MODELS
from tests.support.sweep import THOROUGH

from botosmith import sagemaker
from botosmith.runtime import Request, ValidationError, from_wire, validate
from botosmith.testing import StandIn, load_service
from botosmith.testing.standin.example import _Maker


def make_requests() -> list[Request[Any]]:
    """A request of each operation in which every member is set, where it is valid."""
    service = load_service("sagemaker", MODELS)
    maker = _Maker("sagemaker", "us-east-1", {})
    made: list[Request[Any]] = []
    for name, operation in sagemaker.OPERATIONS.items():
        shape = service.operation_model(name).input_shape
        document = {} if shape is None else maker.make(shape, name, ())
        request = from_wire(operation.request, document)
        try:
            validate(request)
        except ValidationError:
            continue
        made.append(request)
    return made


# Every member is set, the one that is deprecated too.
@pytest.mark.filterwarnings("ignore:.*home_efs_file_system_kms_key_id")
async def test_each_operation(standin: StandIn, serializer: Any) -> None:
    """The same bytes go out, and the same reply comes of what is answered."""
    requests = make_requests()
    assert len(requests) > len(sagemaker.OPERATIONS) * 0.9
    # A quick run calls one operation in five.
    requests = requests if THOROUGH else requests[::5]

    def send() -> list[Any]:
        with sagemaker.Client(**standin.arguments, serializer=serializer) as client:
            return [client.send(request) for request in requests]

    expected = await asyncio.to_thread(send)
    async with sagemaker.AsyncClient(
        **standin.arguments, serializer=serializer
    ) as client:
        found = [await client.send(request) for request in requests]

    assert found == expected
    sent = [(call.operation, call.status, call.body) for call in standin.calls]
    half = len(requests)
    assert sent[half:] == sent[:half]
    assert {status for _, status, _ in sent} == {200}
