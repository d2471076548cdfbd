"""moto's server, and clients of it: ours with either serializer, and boto3's."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import boto3
import pytest
import urllib3
from botocore.config import Config
from tests.contract.scenarios.responder import Responder
from tests.support.packages import import_service

#: Path style, since names of buckets do not resolve to 127.0.0.1; and one attempt
#: alone, since an error of moto's is the same the next time.
CONFIG = Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"})

ARGUMENTS: dict[str, Any] = {
    "region_name": "us-east-1",
    "aws_access_key_id": "AKIAIOSFODNN7EXAMPLE",
    "aws_secret_access_key": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "config": CONFIG,
}


@pytest.fixture(scope="session")
def http() -> Iterator[urllib3.PoolManager]:
    """HTTP without botocore."""
    with urllib3.PoolManager(retries=False) as pool:
        yield pool


@pytest.fixture(scope="session")
def moto() -> Iterator[str]:
    """The address of moto's server."""
    program = Path(__file__).with_name("moto_server.py")
    with subprocess.Popen(
        [sys.executable, str(program)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        process.communicate()


@pytest.fixture(autouse=True)
def forget(moto: str, http: urllib3.PoolManager) -> None:
    """Have moto begin each test with nothing."""
    assert http.request("POST", f"{moto}/moto-api/reset").status == 200


@pytest.fixture(params=["generated", "botocore"])
def serializer(request: pytest.FixtureRequest) -> str:
    """The path of our clients."""
    name: str = request.param
    return name


@pytest.fixture
def connect(moto: str, serializer: str) -> Iterator[Callable[..., Any]]:
    """Makes clients of generated packages, by botocore's name of the service."""
    with ExitStack() as stack:

        def make(service: str, **arguments: Any) -> Any:
            arguments = (
                {"endpoint_url": moto, "serializer": serializer} | ARGUMENTS | arguments
            )
            client: Any = import_service(service).Client(**arguments)
            return stack.enter_context(client)

        yield make


@pytest.fixture
def connect_boto3(moto: str) -> Iterator[Callable[..., Any]]:
    """Makes boto3's clients of the same server."""
    with ExitStack() as stack:

        def make(service: str, **arguments: Any) -> Any:
            arguments = {"endpoint_url": moto} | ARGUMENTS | arguments
            session: Any = boto3.session.Session()
            return stack.enter_context(closing(session.client(service, **arguments)))

        yield make


@pytest.fixture
def responder() -> Iterator[Responder]:
    """A server that answers as told."""
    with closing(Responder()) as running:
        yield running
