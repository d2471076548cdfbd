"""Objects that hold connections: copying or pickling them says what to do instead."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from botosmith import sagemaker
from botosmith.runtime import EventStream, StreamingBody, Union

WAYS: dict[str, Callable[[Any], Any]] = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "pickle": pickle.dumps,
}


class Event(Union):
    """An event."""


def _make(kind: str, client: Any) -> Any:
    made: dict[str, Callable[[], Any]] = {
        "client": lambda: client,
        "client that is awaited": lambda: sagemaker.AsyncClient.__new__(
            sagemaker.AsyncClient
        ),
        "pages": client.paginate_list_models,
        "body": lambda: StreamingBody(b"content"),
        "events": lambda: EventStream(Event, []),
    }
    return made[kind]()


@pytest.fixture(scope="module")
def client() -> Any:
    """A client that calls nothing."""
    credentials: dict[str, Any] = {
        "aws_access_key_id": "AKID",
        "aws_secret_access_key": "hunter2",
    }
    return sagemaker.Client("us-east-1", **credentials)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("kind", "advice"),
    [
        ("client", "sagemaker.Client: .* make a new client with the same arguments"),
        ("client that is awaited", "sagemaker.AsyncClient: .* make a new client"),
        ("pages", "Pages: .* Keep `resume_token`"),
        ("body", "a StreamingBody: .* Read it, and keep the bytes"),
        ("events", "an EventStream: .* Make a list of the events"),
    ],
)
def test_a_copy_says_what_to_do(client: Any, way: str, kind: str, advice: str) -> None:
    """It is a TypeError, as for other objects that Python cannot pickle."""
    with pytest.raises(TypeError, match=f"cannot copy or pickle .*{advice}") as caught:
        WAYS[way](_make(kind, client))

    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("way", ["deepcopy", "pickle"])
def test_what_holds_a_client_says_the_same(client: Any, way: str) -> None:
    """A list, a bound method, or an object of the user's."""
    for holder in ([client], {"client": client}, client.list_models):
        with pytest.raises(TypeError, match="make a new client"):
            WAYS[way](holder)


def test_error_classes_can_be_copied(client: Any) -> None:
    """They hold no connection."""
    for made in (
        copy.copy(client.exceptions),
        copy.deepcopy(client.exceptions),
        pickle.loads(pickle.dumps(client.exceptions)),  # noqa: S301 - our own
    ):
        assert made.ResourceNotFound is sagemaker.ResourceNotFound
