"""Validation modes of a client: in functions, in pages, while waiting."""

from __future__ import annotations

from typing import Any

import pytest

from botosmith import sagemaker
from botosmith.runtime import ValidationError

#: Longer than the model has it: 64 characters.
LONG = "x" * 65


@pytest.fixture(params=["generated", "botocore"])
def make(request: pytest.FixtureRequest, parcels: Any, server: Any) -> Any:
    """Makes a client of either serializer for a mode."""
    return lambda mode: parcels.Client(
        endpoint_url=server.url, serializer=request.param, validation=mode
    )


def test_functions_have_the_clients_mode(make: Any, parcels: Any, server: Any) -> None:
    """As methods and called by themselves; `send` may say otherwise."""
    with make("botocore") as client:
        client.open_locker(locker_id=LONG)
        parcels.open_locker(client, locker_id=LONG)
        with pytest.raises(ValidationError, match="65 characters"):
            client.send(parcels.OpenLockerRequest(locker_id=LONG), validation="model")
    with make("strict") as client:
        with pytest.raises(ValidationError, match="does not match"):
            client.open_locker(locker_id="A")
        client.send(parcels.OpenLockerRequest(locker_id="A"), validation="model")

    names = [document["LockerId"] for document in server.documents]
    assert names == [LONG, LONG, "A"]


def test_pages_have_the_clients_mode(make: Any, server: Any) -> None:
    """Each of them."""
    server.answers = [(200, {"Lockers": [], "NextToken": "t"}), (200, {"Lockers": []})]
    with make("botocore") as client:
        assert len(list(client.paginate_list_lockers(street=LONG))) == 2
    with make("model") as client, pytest.raises(ValidationError, match="65 char"):
        list(client.paginate_list_lockers(street=LONG))

    assert [document["Street"] for document in server.documents] == [LONG] * 2


def test_waiters_have_the_clients_mode(server: Any) -> None:
    """Each attempt."""
    server.answers = [
        (200, {"EndpointStatus": "Creating"}),
        (200, {"EndpointStatus": "InService"}),
    ]
    where: dict[str, Any] = {"region_name": "eu-west-1", "endpoint_url": server.url}
    with sagemaker.Client(**where, validation="botocore") as client:
        client.wait_until_endpoint_in_service(endpoint_name=LONG, delay=0)
    with sagemaker.Client(**where) as client, pytest.raises(ValidationError):
        client.wait_until_endpoint_in_service(endpoint_name=LONG, delay=0)

    assert [document["EndpointName"] for document in server.documents] == [LONG] * 2


def test_remedy_is_told_once_and_only_where_it_helps(parcels: Any) -> None:
    """botocore refuses what is too small, too."""
    with (
        parcels.Client() as client,
        pytest.raises(ValidationError) as caught,
    ):
        client.list_lockers(street=LONG, next_token=LONG, max_results=101)
    assert str(caught.value).splitlines()[-1].strip() == (
        "The service may take more than this model says; to send it all the same: "
        'client.send(request, validation="botocore") or Client(validation="botocore").'
    )
    assert len(caught.value.violations) == 3
    assert str(caught.value).count("botocore") == 2
    with parcels.Client() as client, pytest.raises(ValidationError) as caught:
        client.list_lockers(street="", max_results=0)
    assert "botocore" not in str(caught.value)
