"""Retries, timeouts and proxies are botocore's, and take effect."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from types import SimpleNamespace
from typing import Any

import botocore.endpoint
import pytest
from botocore.config import Config
from botocore.exceptions import (
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
)
from tests.contract.scenarios.responder import Answer, Responder
from tests.install.outside.conftest import NONE

from botosmith import sagemaker

FAILURE = Answer(b'{"__type": "InternalFailure"}', 500)

THROTTLING = Answer(b'{"__type": "ThrottlingException"}', 400)


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Credentials, and retries that come at once."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    stopped = SimpleNamespace(sleep=lambda _: None)
    monkeypatch.setattr(botocore.endpoint, "time", stopped)


def make_client(url: str, serializer: Any, **config: Any) -> sagemaker.Client:
    """A client of a service with a configuration."""
    return sagemaker.Client(
        "us-east-1", endpoint_url=url, serializer=serializer, config=Config(**config)
    )


@pytest.mark.parametrize("mode", ["legacy", "standard", "adaptive"])
def test_retries(responder: Responder, serializer: str, mode: str) -> None:
    """As often as it takes, up to the limit; the reply tells how often it was."""
    responder.answers = [FAILURE, THROTTLING, NONE]
    retries = {"mode": mode, "total_max_attempts": 3}

    with make_client(responder.url, serializer, retries=retries) as client:
        reply = client.list_models()

    assert reply.response_metadata.attempts == len(responder.received) == 3


@pytest.mark.parametrize("how", ["config", "variable"])
def test_the_limit_of_retries(
    responder: Responder, serializer: str, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then the error is the caller's, with the number of attempts."""
    responder.answers = [FAILURE]
    config: dict[str, Any] = {}
    if how == "config":
        config["retries"] = {"total_max_attempts": 2, "mode": "standard"}
    else:
        monkeypatch.setenv("AWS_MAX_ATTEMPTS", "2")
        monkeypatch.setenv("AWS_RETRY_MODE", "standard")

    with (
        make_client(responder.url, serializer, **config) as client,
        pytest.raises(sagemaker.SageMakerError) as caught,
    ):
        client.list_models()

    assert caught.value.code == "InternalFailure"
    assert caught.value.response_metadata.attempts == len(responder.received) == 2


@pytest.fixture
def silence() -> Iterator[socket.socket]:
    """A listener that accepts nothing, and answers nothing."""
    with socket.create_server(("127.0.0.1", 0), backlog=8) as listener:
        yield listener


def test_the_time_to_read(silence: socket.socket, serializer: str) -> None:
    """A server that does not answer is given up."""
    url = f"http://127.0.0.1:{silence.getsockname()[1]}"
    retries = {"total_max_attempts": 1}

    with make_client(url, serializer, read_timeout=0.2, retries=retries) as client:
        start = time.monotonic()
        with pytest.raises(ReadTimeoutError):
            client.list_models()

    assert 0.2 <= time.monotonic() - start < 30


def test_the_time_to_connect(serializer: str) -> None:
    """A server that does not even take the connection is given up."""
    with ExitStack() as stack:
        listener = stack.enter_context(
            socket.create_server(("127.0.0.1", 0), backlog=0)
        )
        address = listener.getsockname()
        # Once its queue is full, the system drops what else comes.
        for _ in range(4):
            waiting = stack.enter_context(closing(socket.socket()))
            waiting.settimeout(0)
            waiting.connect_ex(address)
        client = stack.enter_context(
            make_client(
                f"http://127.0.0.1:{address[1]}",
                serializer,
                connect_timeout=0.2,
                read_timeout=60,
                retries={"total_max_attempts": 1},
            )
        )
        with pytest.raises(ConnectTimeoutError):
            client.list_models()


def test_nobody_is_there(serializer: str) -> None:
    """That is told as botocore tells it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"

    with (
        make_client(url, serializer, retries={"total_max_attempts": 1}) as client,
        pytest.raises(EndpointConnectionError),
    ):
        client.list_models()


@pytest.mark.parametrize("how", ["config", "variable"])
def test_a_proxy(
    responder: Responder, serializer: str, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is asked for what is elsewhere."""
    config: dict[str, Any] = {}
    if how == "config":
        config["proxies"] = {"http": responder.url}
    else:
        monkeypatch.setenv("HTTP_PROXY", responder.url)

    with make_client("http://sagemaker.example", serializer, **config) as client:
        client.list_models()

    (received,) = responder.received
    assert received.target == "http://sagemaker.example/"
    assert received.headers["host"] == "sagemaker.example"
