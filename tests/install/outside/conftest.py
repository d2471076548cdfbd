"""A server on the loopback interface, in a world that nobody has configured."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.contract.scenarios.responder import Answer, Responder

#: The reply that says that there are not any models.
NONE = Answer(b'{"Models": []}', headers={"x-amzn-RequestId": "request-1"})


@pytest.fixture
def responder() -> Iterator[Responder]:
    """A server that has no models."""
    with closing(Responder()) as running:
        running.answers = [NONE]
        yield running


@pytest.fixture(params=["generated", "botocore"])
def serializer(request: pytest.FixtureRequest) -> str:
    """Either path of our client."""
    name: str = request.param
    return name


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with an empty `.aws`, and no variable of AWS's."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    (tmp_path / ".aws").mkdir()
    return tmp_path
