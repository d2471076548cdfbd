"""A world without AWS, as the other tests have it, and servers that stand in for it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from tests.contract.behaviours.server import Loopback
from tests.support.repository import MODELS

from botosmith.testing import StandIn, load_service

pytest_plugins = ["tests.support.sweep"]

for variable in [name for name in os.environ if name.startswith("AWS_")]:
    del os.environ[variable]
os.environ["AWS_EC2_METADATA_DISABLED"] = "true"
os.environ["AWS_CONFIG_FILE"] = os.devnull
os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.devnull

CREDENTIALS: dict[str, Any] = {
    "region_name": "us-east-1",
    "aws_access_key_id": "AKIAIOSFODNN7EXAMPLE",
    "aws_secret_access_key": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
}


@pytest.fixture(scope="session")
def running() -> Iterator[StandIn]:
    """SageMaker, as far as a client can tell."""
    with StandIn(load_service("sagemaker", MODELS)) as standin:
        yield standin


@pytest.fixture
def standin(running: StandIn) -> StandIn:
    """It, for a test that looks at its calls."""
    running._calls.clear()
    return running


@pytest.fixture
def server() -> Iterator[Loopback]:
    """A server on the loopback interface that answers as told."""
    with closing(Loopback()) as made:
        yield made


@pytest.fixture
def arguments(server: Loopback) -> dict[str, Any]:
    """Return the arguments of a client of that server."""
    return {"endpoint_url": server.url, **CREDENTIALS}


@pytest.fixture(params=["generated", "botocore"])
def serializer(request: pytest.FixtureRequest) -> Any:
    """The path of a client."""
    return request.param
