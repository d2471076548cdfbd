"""The generated package of S3, a client, and a bucket."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.support.packages import import_service


@pytest.fixture(scope="session")
def s3() -> Any:
    """The generated package."""
    return import_service("s3")


@pytest.fixture
def client(connect: Callable[..., Any]) -> Any:
    """A client of moto's server."""
    return connect("s3")


@pytest.fixture
def bucket(client: Any) -> str:
    """A bucket."""
    client.create_bucket(bucket="parcels")
    return "parcels"
