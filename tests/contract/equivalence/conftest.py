"""Two clients of the same service: botocore's own over the pinned model, and ours."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any

import botocore.session
import pytest
from botocore.loaders import Loader
from hypothesis import HealthCheck, settings
from tests.contract.equivalence.transport import ARGUMENTS, CONFIG, Transport

from botosmith import sagemaker

#: Wide structures take their time, and that is not a fault.
PATIENT = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.nested_given]


@pytest.fixture(autouse=True)
def deprecated_member() -> Iterator[None]:
    """Drawn values use the one deprecated member, too; its warning has its own test."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".*home_efs_file_system_kms_key_id")
        yield


@pytest.fixture(scope="session")
def transport() -> Transport:
    """The network of both clients."""
    return Transport()


@pytest.fixture(scope="session")
def direct(transport: Transport) -> sagemaker.Client:
    """Our client on the generated serializer."""
    client = sagemaker.Client(**ARGUMENTS, config=CONFIG)
    client.meta.events.register("before-send", transport)
    return client


@pytest.fixture(scope="session")
def reference(transport: Transport) -> Any:
    """botocore's client over the pinned model, whatever botocore is installed."""
    session = botocore.session.Session()
    loader = Loader(extra_search_paths=["models"], include_default_search_paths=True)
    session.register_component("data_loader", loader)
    client = session.create_client("sagemaker", **ARGUMENTS, config=CONFIG)
    client.meta.events.register("before-send", transport)
    return client


@pytest.fixture(scope="session")
def patient() -> settings:
    """Hypothesis settings for a test that runs for each operation or structure."""
    return settings(
        settings(),
        max_examples=max(5, settings().max_examples // 5),
        database=None,
        deadline=None,
        suppress_health_check=PATIENT,
    )
