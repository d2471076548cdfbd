"""Deprecated names of the model warn once in a process, at the user's own line."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Iterator
from typing import Any

import pytest

from botosmith.runtime import to_wire
from botosmith.runtime.objects import deprecation


@pytest.fixture(autouse=True)
def nothing_warned(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a process that has just begun."""
    monkeypatch.setattr(deprecation, "_warned", set())


@pytest.fixture
def caught() -> Iterator[list[warnings.WarningMessage]]:
    """Collects warnings."""
    with warnings.catch_warnings(record=True) as collected:
        warnings.simplefilter("always")
        yield collected


def _line() -> int:
    """The number of the line that asks for it."""
    frame = inspect.currentframe()
    assert frame is not None
    assert frame.f_back is not None
    return frame.f_back.f_lineno


OPERATION = "CloseLocker is deprecated: Lockers close alone."
MEMBER = "OpenLockerRequest.reason is deprecated: Nobody reads it."


def test_methods(client: Any, caught: list[warnings.WarningMessage]) -> None:
    """The line of the call, once however often it is made."""
    line = 0
    for _ in range(2):
        line = _line() + 1
        client.close_locker(locker_id="a")

    (warning,) = caught
    assert str(warning.message) == OPERATION
    assert warning.category is DeprecationWarning
    assert (warning.filename, warning.lineno) == (__file__, line)


def test_functions(
    client: Any, parcels: Any, caught: list[warnings.WarningMessage]
) -> None:
    """A function called as one points at its caller, too."""
    line = _line() + 1
    parcels.close_locker(client, locker_id="a")

    assert [(w.filename, w.lineno) for w in caught] == [(__file__, line)]


def test_send(client: Any, parcels: Any, caught: list[warnings.WarningMessage]) -> None:
    """`send` warns; making the request object does not."""
    request = parcels.CloseLockerRequest(locker_id="a")
    assert caught == []
    line = _line() + 1
    client.send(request)

    assert [(w.filename, w.lineno) for w in caught] == [(__file__, line)]


def test_members(client: Any, caught: list[warnings.WarningMessage]) -> None:
    """A deprecated member warns when it is set, at the line of the call."""
    client.open_locker(locker_id="a")
    assert caught == []
    line = 0
    for _ in range(2):
        line = _line() + 1
        client.open_locker(locker_id="a", reason="r")

    assert [(str(w.message), w.filename, w.lineno) for w in caught] == [
        (MEMBER, __file__, line)
    ]


def test_to_wire(parcels: Any, caught: list[warnings.WarningMessage]) -> None:
    """The same without a client."""
    request = parcels.OpenLockerRequest(locker_id="a", reason="r")
    line = _line() + 1
    to_wire(request)

    assert [(str(w.message), w.filename, w.lineno) for w in caught] == [
        (MEMBER, __file__, line)
    ]


def test_a_member_set_by_a_hook_warns(
    direct: Any, caught: list[warnings.WarningMessage]
) -> None:
    """The line is that of the call during which the handler ran."""
    direct.meta.events.register(
        "before-parameter-build", lambda params, **_: params.update(Reason="r")
    )
    line = _line() + 1
    direct.open_locker(locker_id="a")

    assert [(w.filename, w.lineno) for w in caught] == [(__file__, line)]


def test_warnings_as_errors_stop_the_call(client: Any, server: Any) -> None:
    """For those who ask for it, before anything is sent."""
    with pytest.raises(DeprecationWarning, match="Lockers close alone"):
        client.close_locker(locker_id="a")
    with pytest.raises(DeprecationWarning, match="Nobody reads it"):
        client.open_locker(locker_id="a", reason="r")

    assert server.requests == []
