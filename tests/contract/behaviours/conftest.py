"""Clients to compare, in a world in which time stands still."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import botocore.auth
import botocore.endpoint
import botocore.signers
import botocore.utils
import pytest
from botocore.compat import HAS_CRT
from botocore.config import Config
from tests.contract.behaviours.server import Loopback
from tests.contract.behaviours.trio import ONCE, Trio

#: When all calls are made: a moment that signatures name.
NOW = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)


@pytest.fixture(autouse=True, scope="module")
def stopped_clock() -> Iterator[None]:
    """Each call is made at the same moment, and retries come at once."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        _stop_clock(monkeypatch)
        yield


def _stop_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    def now(remove_tzinfo: bool = True) -> datetime:  # noqa: FBT001, FBT002
        return NOW.replace(tzinfo=None) if remove_tzinfo else NOW

    stopped = SimpleNamespace(
        gmtime=NOW.timetuple,
        mktime=time.mktime,
        sleep=lambda _: None,
        strftime=time.strftime,
        strptime=time.strptime,
        time=NOW.timestamp,
    )
    for module in (
        *([import_module("botocore.crt.auth")] if HAS_CRT else []),
        botocore.auth,
        botocore.endpoint,
        botocore.signers,
        botocore.utils,
    ):
        monkeypatch.setattr(module, "get_current_datetime", now)
    for module in (botocore.auth, botocore.endpoint):
        monkeypatch.setattr(module, "time", stopped)
    monkeypatch.setattr(
        botocore.auth, "formatdate", lambda *_, **__: "Mon, 06 May 2024 07:08:09 GMT"
    )


@pytest.fixture(scope="session")
def trios() -> Iterator[Callable[[str], Trio]]:
    """Clients without configuration, which all tests of a process share."""
    made: dict[str, Trio] = {}
    with ExitStack() as stack:

        def find(service: str) -> Trio:
            if service not in made:
                made[service] = stack.enter_context(closing(Trio.make(service)))
            return made[service]

        yield find


@pytest.fixture(scope="module")
def server() -> Iterator[Loopback]:
    """A server on the loopback interface."""
    with closing(Loopback()) as running:
        yield running


@pytest.fixture(scope="module")
def serve(server: Loopback) -> Iterator[Callable[..., Trio]]:
    """Clients of the server, which the tests of a module share."""
    made: dict[Any, Trio] = {}
    with ExitStack() as stack:

        def find(service: str, config: Config = ONCE) -> Trio:
            key = service, id(config)
            if key not in made:
                trio = Trio.make(service, server=server, config=config)
                made[key] = stack.enter_context(closing(trio))
            return made[key]

        yield find


@pytest.fixture
def connect() -> Iterator[Callable[..., Trio]]:
    """Makes clients for one test, with arguments, or of an inline model."""
    with ExitStack() as stack:

        def make(service: str, **arguments: Any) -> Trio:
            return stack.enter_context(closing(Trio.make(service, **arguments)))

        yield make
