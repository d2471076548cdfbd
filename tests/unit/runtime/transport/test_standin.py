"""The SageMaker client against a server that checks signatures and plays faults."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import (
    ConnectionClosedError,
    ReadTimeoutError,
)

from botosmith import sagemaker
from botosmith.runtime import ReplyError
from botosmith.runtime.client import SerializerName
from botosmith.testing.service import load_service
from botosmith.testing.standin import Fault, StandIn

TWICE = Config(retries={"total_max_attempts": 2}, read_timeout=1)
ONCE = Config(retries={"total_max_attempts": 1}, read_timeout=1)
SERIALIZERS: list[SerializerName] = ["generated", "botocore"]


@pytest.fixture
def running() -> Iterator[StandIn]:
    """A stand-in for SageMaker."""
    with StandIn(load_service("sagemaker")) as standin:
        yield standin


@pytest.fixture(params=SERIALIZERS)
def client(
    request: pytest.FixtureRequest, running: StandIn
) -> Iterator[sagemaker.Client]:
    """A client of either serializer."""
    serializer: SerializerName = request.param
    with sagemaker.Client(
        **running.arguments, config=TWICE, serializer=serializer
    ) as made:
        yield made


def test_signatures_hold(client: sagemaker.Client, running: StandIn) -> None:
    """Also for a body that a handler has changed after it was made."""
    client.meta.events.register(
        "before-parameter-build",
        lambda params, **_: params.update(NameContains="x"),
    )

    reply = client.list_models()

    assert reply.response_metadata is not None
    assert reply.response_metadata.request_id
    assert running.calls[-1].parameters == {"NameContains": "x"}


def test_wrong_keys_are_told(running: StandIn) -> None:
    """The service's refusal is a typed error."""
    arguments: dict[str, Any] = {**running.arguments, "aws_secret_access_key": "wrong"}
    with (
        sagemaker.Client(**arguments) as client,
        pytest.raises(sagemaker.SageMakerError) as caught,
    ):
        client.list_models()

    assert caught.value.response_metadata.status in {400, 403}


def test_faults_that_pass_are_retried(
    client: sagemaker.Client, running: StandIn
) -> None:
    """Each is followed by the proper reply."""
    for fault in (
        Fault.server_error(),
        Fault.throttling(),
        Fault.html(),
        Fault(cut=True),
        Fault(delay=1.5),
    ):
        running.queue(fault)
        metadata = client.list_models().response_metadata
        assert metadata is not None
        assert metadata.attempts == 2


@pytest.mark.parametrize("serializer", SERIALIZERS)
@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault(cut=True), ConnectionClosedError),
        (Fault(delay=1.5), ReadTimeoutError),
        (Fault(200, {"Content-Length": "500"}, b""), ReplyError),
        (Fault(200, {"Content-Length": "500"}, b'{"Models": []}'), ReplyError),
        (Fault.html(200), ReplyError),
        (Fault(200, {}, b'{"Models": ['), ReplyError),
        (Fault.error("ResourceNotFound", "gone"), sagemaker.ResourceNotFound),
        (Fault.error("ValidationException", "no"), sagemaker.SageMakerError),
    ],
)
def test_faults_that_stay_are_typed(
    running: StandIn, serializer: SerializerName, fault: Fault, error: type[Exception]
) -> None:
    """By botocore where the network fails, by us where the reply does."""
    running.queue(fault)

    with (
        sagemaker.Client(
            **running.arguments, config=ONCE, serializer=serializer
        ) as client,
        pytest.raises(error),
    ):
        client.list_models()


def test_threads_share_a_client(client: sagemaker.Client, running: StandIn) -> None:
    """Every call is answered, whatever else is going on."""
    with ThreadPoolExecutor(4) as pool:
        replies = list(
            pool.map(
                lambda number: client.describe_model(model_name=f"model-{number}"),
                range(12),
            )
        )

    assert all(reply.model_name for reply in replies)
    names = {str((call.parameters or {}).get("ModelName")) for call in running.calls}
    assert {f"model-{number}" for number in range(12)} <= names
