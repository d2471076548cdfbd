"""Requests have the bytes of botocore's own client for the same call."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import botocore.session
import pytest
from botocore.loaders import Loader

from botosmith.runtime import from_boto3

MODELS = Path(__file__).parents[1] / "models"
MOMENT = datetime(2015, 1, 1, 12, 30, 0, 250_000, tzinfo=UTC)

# The parts that differ from one call to the next.
VOLATILE = {"Authorization", "X-Amz-Date", "amz-sdk-invocation-id"}

CALLS: list[tuple[str, dict[str, Any]]] = [
    ("OpenLocker", {"LockerId": "a"}),
    ("OpenLocker", {"LockerId": "", "ClientToken": "mine", "Tags": []}),
    (
        "OpenLocker",
        {"LockerId": 'ä\u2028😀\\"', "Tags": [{"Key": "k", "Value": "é" * 9}]},
    ),
    ("CloseLocker", {"LockerId": "a"}),
    ("DescribeCrate", {"Crate": {}}),
    (
        "DescribeCrate",
        {
            "Crate": {
                "Name": "x",
                "Inner": {"Inner": {"Name": ""}},
                "Crates": [{"Name": "a"}, {}],
                "Counts": {"a": 1, "b": 1000},
                "Photo": b"\x00\xff",
                "Weight": 1.5,
                "Fragile": False,
                "Content": {"Letter": {"Key": "k"}},
                "PackedAt": MOMENT,
            }
        },
    ),
    ("DescribeCrate", {"Crate": {"Weight": float("inf"), "Photo": b"", "Counts": {}}}),
    (
        "DescribeCrate",
        {"Crate": {"Weight": 0, "PackedAt": MOMENT.replace(tzinfo=None)}},
    ),
]


@contextmanager
def _caught(client: Any) -> Generator[list[Any]]:
    """The requests that a client would send."""
    caught: list[Any] = []

    def catch(request: Any, **_: Any) -> None:
        caught.append(request)
        raise KeyboardInterrupt

    client.meta.events.register("before-send", catch)
    with pytest.raises(KeyboardInterrupt):
        yield caught


def _described(request: Any) -> dict[str, Any]:
    headers = {
        name: value for name, value in request.headers.items() if name not in VOLATILE
    }
    return {
        "method": request.method,
        "url": request.url,
        "headers": list(headers.items()),
        "body": request.body,
    }


@pytest.fixture
def tokens(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Makes the tokens that follow the same as those that followed the last time."""

    def restart() -> None:
        numbers = count(1)
        monkeypatch.setattr(uuid, "uuid4", lambda: uuid.UUID(int=next(numbers)))

    return restart


@pytest.fixture
def theirs() -> Any:
    """botocore's own client."""
    session: Any = botocore.session.Session()
    session.register_component("data_loader", Loader(extra_search_paths=[str(MODELS)]))
    return session.create_client("parcels")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("serializer", ["generated", "botocore"])
@pytest.mark.parametrize("call", CALLS, ids=map(str, range(len(CALLS))))
def test_requests_are_botocores(
    parcels: Any, theirs: Any, tokens: Callable[[], None], call: Any, serializer: str
) -> None:
    """Method, URL, headers in their order, and the document."""
    operation, parameters = call
    tokens()
    with _caught(theirs) as expected:
        theirs._make_api_call(operation, parameters)
    tokens()
    request = from_boto3(getattr(parcels, f"{operation}Request"), parameters)

    with parcels.Client(serializer=serializer) as client, _caught(client) as sent:
        client.send(request)

    (ours,), (others,) = sent, expected
    assert _ordered(_described(ours)) == _ordered(_described(others))


def _ordered(described: dict[str, Any]) -> dict[str, Any]:
    """The body as a document: ours has the model's order, boto3's the caller's."""
    body = json.loads(described["body"])
    return {**described, "body": body, "length": len(described["body"])}


def test_members_go_in_the_models_order(
    parcels: Any, theirs: Any, tokens: Callable[[], None]
) -> None:
    """For parameters in that order the bytes are botocore's; the token is last."""
    tokens()
    with _caught(theirs) as expected:
        theirs.open_locker(Code="1234", LockerId="a", Tags=[{"Key": "k"}])
    tokens()

    with parcels.Client() as client, _caught(client) as sent:
        client.open_locker(tags=[parcels.Tag(key="k")], locker_id="a", code="1234")

    assert sent[0].body == expected[0].body
    assert list(json.loads(sent[0].body))[-1] == "ClientToken"


def test_signatures_are_botocores(
    parcels: Any, theirs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the same moment the signature is the same, to the last digit."""
    monkeypatch.setattr(
        "botocore.auth.get_current_datetime",
        lambda *_, **__: MOMENT.replace(tzinfo=None),
    )
    monkeypatch.setattr(uuid, "uuid4", lambda: uuid.UUID(int=1))
    with _caught(theirs) as expected:
        theirs.open_locker(LockerId="a")

    with parcels.Client() as client, _caught(client) as sent:
        client.open_locker(locker_id="a")

    assert sent[0].headers["Authorization"] == expected[0].headers["Authorization"]
