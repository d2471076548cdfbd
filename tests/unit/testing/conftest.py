"""A stand-in for SageMaker, and botocore's own clients that call it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import botocore.session
import pytest
from botocore.config import Config
from botocore.loaders import Loader
from botocore.model import ServiceModel
from hypothesis import HealthCheck, settings

from botosmith.testing import StandIn, load_service

#: Makes a client of a stand-in; takes what is to differ from its arguments.
Connect = Callable[..., Any]


@pytest.fixture(scope="session")
def service(models: Path) -> ServiceModel:
    """SageMaker as the pinned model has it."""
    return load_service("sagemaker", models)


@pytest.fixture
def standin(service: ServiceModel) -> Iterator[StandIn]:
    """A stand-in that has seen nothing yet."""
    with StandIn(service) as standin:
        yield standin


@pytest.fixture(scope="session")
def session(models: Path) -> botocore.session.Session:
    """A session that reads the pinned model, whatever botocore is installed."""
    session = botocore.session.Session()
    loader = Loader(extra_search_paths=[str(models)])
    session.register_component("data_loader", loader)
    return session


@pytest.fixture
def connect(session: botocore.session.Session, standin: StandIn) -> Iterator[Connect]:
    """Makes clients of the stand-in, which are closed in the end."""
    clients: list[Any] = []

    def make(config: Config | None = None, **arguments: Any) -> Any:
        once = Config(retries={"total_max_attempts": 1, "mode": "standard"})
        client: Any = session.create_client(
            "sagemaker", config=config or once, **{**standin.arguments, **arguments}
        )
        clients.append(client)
        return client

    yield make
    for client in clients:
        client.close()


@pytest.fixture(scope="session")
def brief() -> settings:
    """Hypothesis settings for a test that runs for many shapes; every check is on."""
    return settings(
        settings(),
        max_examples=max(10, settings().max_examples // 5),
        derandomize=True,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
