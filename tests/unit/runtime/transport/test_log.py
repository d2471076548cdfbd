"""Clients log their calls, and leave secrets out."""

from __future__ import annotations

import logging
from typing import Any

import pytest

HIDDEN = "hunter2"

KEYS = {
    "aws_access_key_id": "AKIDVERYSPECIAL",
    "aws_secret_access_key": "verysecretkey",
    "aws_session_token": "veryspecialtoken",
}


@pytest.fixture(autouse=True)
def level(caplog: pytest.LogCaptureFixture) -> None:
    """Everything is logged."""
    caplog.set_level(logging.DEBUG, logger="botosmith")


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Any:
    """Gives what was logged by us so far."""

    def read() -> list[str]:
        return [
            record.getMessage()
            for record in caplog.records
            if record.name.startswith("botosmith")
        ]

    return read


def open_locker(client: Any, parcels: Any) -> Any:
    """Make a call with secrets in it."""
    tags = [parcels.Tag(key="k", value=HIDDEN)]
    return client.open_locker(locker_id="a", code=HIDDEN, tags=tags)


def test_a_call_is_told(client: Any, server: Any, lines: Any) -> None:
    """The log has the request, the reply, and the time between them."""
    server.answers = [(200, {})]

    client.list_lockers(street="x")

    sent, came = lines()
    assert sent == "ListLockers: sending ListLockersRequest(street='x')"
    assert came.startswith("ListLockers: 200 after 0.")
    assert " and 1 attempts, request id request-1: ListLockersResponse(" in came


def test_its_logger_is_the_services(
    client: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """Wherever the package may live."""
    client.list_lockers(street="x")

    names = {one.name for one in caplog.records if one.name.startswith("botosmith")}
    assert names == {"botosmith.parcels"}


def test_nothing_is_told_unasked(
    client: Any, lines: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """Only at the level DEBUG."""
    caplog.set_level(logging.INFO, logger="botosmith")

    client.list_lockers(street="x")

    assert lines() == []


def test_what_is_long_is_cut(client: Any, server: Any, lines: Any) -> None:
    """The log does not read more of it."""
    server.answers = [(200, {"Lockers": [{"LockerId": "a"}] * 5_000})]

    client.list_lockers(street="x")

    assert len(lines()[1]) < 11_000
    assert lines()[1].endswith(" characters more")


def test_secrets_are_not_told(
    client: Any, parcels: Any, server: Any, lines: Any
) -> None:
    """Neither what is sensitive in a request nor in a reply, at any depth."""
    server.answers = [(200, {"Code": HIDDEN, "Tags": [{"Key": "k", "Value": HIDDEN}]})]

    open_locker(client, parcels)

    assert len(lines()) == 2
    assert HIDDEN not in "".join(lines())


@pytest.mark.parametrize(
    "answer",
    [
        (400, {"__type": "LockerNotFound", "message": HIDDEN}),
        (200, {"Code": [HIDDEN]}),
        (200, b'{"Code": "hunter2"'),
    ],
)
def test_errors_are_told_without_their_text(
    client: Any, parcels: Any, server: Any, lines: Any, answer: Any
) -> None:
    """Services have been seen to repeat what they were sent."""
    server.answers = [answer]

    with pytest.raises(Exception):  # noqa: B017, PT011 - whichever it is
        open_locker(client, parcels)

    told = lines()
    assert len(told) == 2
    assert told[1].startswith("OpenLocker: ")
    assert HIDDEN not in "".join(told)
    if answer[0] == 400:
        assert "LockerNotFound (LockerNotFound), 400 after 1 attempts" in told[1]
        assert "request id request-1" in told[1]


def test_refused_arguments_are_told_without_them(client: Any, lines: Any) -> None:
    """A request that breaks a rule may hold what is secret."""
    with pytest.raises(ValueError, match="code"):
        client.open_locker(locker_id="a", code=[HIDDEN])

    assert lines()[-1].startswith("OpenLocker: ValidationError after ")
    assert HIDDEN not in "".join(lines())


def test_credentials_are_not_told(parcels: Any, server: Any, lines: Any) -> None:
    """Nor is what is made of them."""
    with parcels.Client(endpoint_url=server.url, **KEYS) as client:
        client.list_lockers(street="x")
        client.generate_presigned_url(parcels.ListLockersRequest(street="x"))

    told = "".join(lines())
    assert told
    assert not [key for key in KEYS.values() if key in told]
    assert "Signature" not in told
