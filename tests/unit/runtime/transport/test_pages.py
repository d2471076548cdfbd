"""Pages over HTTP, and what callers see of them.

That they are botocore's, whatever the replies, is for
`tests/contract/services/properties/pages.py`.
"""

from __future__ import annotations

import inspect
import json
import pickle
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import botocore.exceptions
import pytest
from tests.unit.generator.conftest import make_model, write_model

from botosmith.generator.build.pipeline import build_service, open_models
from botosmith.runtime import BotosmithError, PaginationError, ValidationError


def page(*names: str, then: str | None = None, **more: Any) -> tuple[int, Any]:
    """A reply with lockers."""
    lockers = [{"LockerId": name} for name in names]
    ending = {} if then is None else {"NextToken": then}
    return 200, {"Lockers": lockers, **ending, **more}


@pytest.fixture
def server(server: Any) -> Any:
    """A server that has three pages."""
    server.answers = [page("a", "b", then="t1"), page("c", then="t2"), page("d")]
    return server


def name_all(lockers: Any) -> list[str]:
    """The names of lockers."""
    return [locker.locker_id for locker in lockers]


def test_pages_are_replies(client: Any, parcels: Any, server: Any) -> None:
    """Each is the operation's own, with the facts about its exchange."""
    pages = list(client.paginate_list_lockers(street="x"))

    assert [type(one) for one in pages] == [parcels.ListLockersResponse] * 3
    assert [name_all(one.lockers) for one in pages] == [["a", "b"], ["c"], ["d"]]
    assert {one.response_metadata.request_id for one in pages} == {"request-1"}
    assert server.documents == [
        {"Street": "x"},
        {"Street": "x", "NextToken": "t1"},
        {"Street": "x", "NextToken": "t2"},
    ]


def test_items_are_those_of_all_pages(client: Any) -> None:
    """One after the other."""
    lockers = client.paginate_list_lockers(street="x").items()

    assert name_all(lockers) == ["a", "b", "c", "d"]


def test_a_page_is_asked_for_when_it_is_needed(client: Any, server: Any) -> None:
    """The next page is not asked for before its items are wanted."""
    items = client.paginate_list_lockers(street="x").items()
    assert server.requests == []

    next(items)
    next(items)
    assert len(server.requests) == 1
    next(items)
    assert len(server.requests) == 2


def test_it_is_a_function_too(client: Any, parcels: Any) -> None:
    """As every operation is."""
    pages = parcels.paginate_list_lockers(client, street="x")

    assert name_all(pages.items()) == ["a", "b", "c", "d"]


def test_iterating_again_begins_anew(client: Any, server: Any) -> None:
    """With the first page, and not where the last iteration came to."""
    pages = client.paginate_list_lockers(street="x")
    first = name_all(pages.items())
    server.answers = [page("a", "b", then="t1"), page("c", then="t2"), page("d")]

    assert name_all(pages.items()) == first


@pytest.mark.parametrize("most", [1, 2, 3, 4])
def test_a_walk_can_be_resumed(client: Any, boto: Any, server: Any, most: int) -> None:
    """By our token, and boto3 by the same."""
    pages = client.paginate_list_lockers(street="x", max_items=most)
    names = name_all(pages.items())
    assert len(names) == most
    if most == 4:
        assert pages.resume_token is None
        return
    token = pages.resume_token
    later = {1: [page("a", "b", then="t1"), page("c", then="t2"), page("d")]}
    rest = [page("c", then="t2"), page("d")] if most == 2 else [page("d")]

    server.answers = [*later.get(most, rest)]
    ours = client.paginate_list_lockers(street="x", resume_token=token)
    assert names + name_all(ours.items()) == ["a", "b", "c", "d"]

    server.answers = [*later.get(most, rest)]
    theirs = boto.get_paginator("list_lockers").paginate(
        Street="x", PaginationConfig={"StartingToken": token}
    )
    found = theirs.build_full_result()["Lockers"]
    assert [*names, *(one["LockerId"] for one in found)] == ["a", "b", "c", "d"]


def test_a_page_has_a_size(client: Any, server: Any) -> None:
    """The argument takes the place of the operation's own parameter."""
    list(client.paginate_list_lockers(street="x", page_size=7))

    assert [one["MaxResults"] for one in server.documents] == [7, 7, 7]


def test_the_size_has_the_bounds_of_the_model(client: Any, server: Any) -> None:
    """As the parameter has that it stands for."""
    pages = client.paginate_list_lockers(street="x", page_size=1000)

    with pytest.raises(ValidationError, match="max_results: 1000 is above the maximum"):
        list(pages)
    assert server.requests == []


def test_all_pages_become_one(client: Any, server: Any) -> None:
    """Lists are joined, numbers added, and what all have in common comes once."""
    server.answers = [
        page("a", then="t1", Notes=[{"Key": "k"}], Weight=2, Street="x"),
        page("b", Notes=[{"Key": "l"}], Weight=3, Street="y"),
    ]

    whole = client.paginate_list_lockers(street="x").build_full_result()

    assert name_all(whole.lockers) == ["a", "b"]
    assert [note.key for note in whole.notes] == ["k", "l"]
    assert (whole.weight, whole.street, whole.next_token) == (5, "x", None)
    assert whole.response_metadata.status == 200


def test_pages_can_be_searched(client: Any) -> None:
    """By the names of the model, as in boto3."""
    pages = client.paginate_list_lockers(street="x")

    assert list(pages.search("Lockers[].LockerId")) == ["a", "b", "c", "d"]
    pages = client.paginate_list_lockers(street="x")
    assert set(pages.search("ResponseMetadata.HTTPStatusCode")) == {200}


@pytest.mark.parametrize("tokens", [["t1", "t1"], ["t1", "t2", "t1"]])
def test_a_token_comes_once(client: Any, server: Any, tokens: list[str]) -> None:
    """Or the pages would never end (boto/botocore#1535, aws/sagemaker-core#301)."""
    server.answers = [page("a", then=token) for token in tokens]
    pages = client.paginate_list_lockers(street="x")

    with pytest.raises(PaginationError, match=r"twice: {'NextToken': 't1'}") as caught:
        list(pages)

    assert isinstance(caught.value, botocore.exceptions.PaginationError)
    assert isinstance(caught.value, BotosmithError)
    assert len(server.requests) == len(tokens)
    copied = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own bytes
    assert str(copied) == str(caught.value)


def test_an_empty_token_is_the_end(client: Any, server: Any) -> None:
    """As botocore has it."""
    server.answers = [page("a", then="")]

    assert name_all(client.paginate_list_lockers(street="x").items()) == ["a"]


def test_errors_come_with_the_page(client: Any, parcels: Any, server: Any) -> None:
    """And what came before it is there."""
    error = {"__type": "LockerNotFound", "message": "gone"}
    server.answers = [page("a", then="t1"), (400, error)]
    items = client.paginate_list_lockers(street="x").items()

    assert next(items).locker_id == "a"
    with pytest.raises(parcels.LockerNotFound, match="gone"):
        next(items)


@pytest.mark.parametrize(
    ("limits", "problem"),
    [
        ({"max_items": -1}, "max_items: -1 is below the minimum 0"),
        ({"max_items": "5"}, "max_items: '5' is not a whole number"),
        ({"max_items": 2.5}, "max_items: 2.5 is not a whole number"),
        ({"page_size": 0}, "page_size: 0 is below the minimum 1"),
        ({"resume_token": 5}, r"resume_token: \*\*\* is of type int, not str"),
        ({"resume_token": "a___b___c"}, "resume_token: is not a token for NextToken"),
    ],
)
def test_what_is_wrong_is_told_at_once(
    client: Any, server: Any, limits: dict[str, Any], problem: str
) -> None:
    """Before anything is sent."""
    with pytest.raises(ValueError, match=problem):
        client.paginate_list_lockers(street="x", **limits)
    assert server.requests == []


def test_an_argument_may_be_missing(client: Any, parcels: Any) -> None:
    """All that is missing or misspelt is told, as for an operation."""
    with pytest.raises(ValidationError, match="street: is required, but missing"):
        client.paginate_list_lockers(max_items=1)
    with pytest.raises(ValidationError, match="did you mean street"):
        client.paginate_list_lockers(stret="x", page_size=1)
    with pytest.raises(TypeError, match="next_token"):
        client.paginate_list_lockers(street="x", next_token=None)
    with pytest.raises(
        TypeError, match=r"expected a client of shop\.parcels, got .*NoneType"
    ):
        parcels.paginate_list_lockers(None, street="x")


def test_pages_can_be_inferred(client: Any, server: Any) -> None:
    """From a token that goes both ways, and a list; it says that it was."""
    server.answers = [
        (200, {"Names": ["a"], "NextToken": "t"}),
        (200, {"Names": ["b"]}),
    ]

    pages = client.paginate_list_stamps()

    assert list(pages.items()) == ["a", "b"]
    assert "inferred" in (inspect.getdoc(client.paginate_list_stamps) or "")
    assert "page_size" not in inspect.signature(client.paginate_list_stamps).parameters
    assert not hasattr(client, "paginate_open_locker")


def test_the_user_agent_tells_of_pages(client: Any, boto: Any, server: Any) -> None:
    """With the same letter as botocore's."""
    list(client.paginate_list_lockers(street="x"))
    server.answers = [page("a")]
    list(boto.get_paginator("list_lockers").paginate(Street="x"))

    agents = [headers["user-agent"] for headers, _ in server.requests]
    features = {agent.partition(" m/")[2].partition(" ")[0] for agent in agents}
    assert len(features) == 1
    assert "C" in features.pop().split(",")


def test_a_whole_may_hold_what_is_in_pieces(generate_pages: Any, server: Any) -> None:
    """As in ECR's findings, which are within what is the same in all pages."""
    server.answers = [
        (200, {"Inner": {"Names": ["a"], "Total": "2"}, "NextToken": "t"}),
        (200, {"Inner": {"Names": ["b"], "Total": "3"}}),
    ]

    with generate_pages.Client(endpoint_url=server.url) as client:
        whole = client.paginate_list_findings().build_full_result()

    assert (whole.inner.names, whole.inner.total) == (["a", "b"], "2")


def test_a_sensitive_token_is_not_told(generate_pages: Any, server: Any) -> None:
    """Neither that of the service, nor that of the caller."""
    server.answers = [(200, {"Inner": {}, "NextToken": "hunter2"})]

    with generate_pages.Client(endpoint_url=server.url) as client:
        with pytest.raises(PaginationError, match="twice") as first:
            list(client.paginate_list_findings())
        with pytest.raises(ValueError, match="is not a token") as second:
            client.paginate_list_findings(resume_token="hunter2___x___y")  # noqa: S106

    assert "hunter2" not in f"{first.value} {second.value}"


def test_maps_are_given_whole(generate_pages: Any, server: Any) -> None:
    """They are counted, and cannot be cut."""
    server.answers = [(200, {"Table": {"a": "1", "b": "2"}})]

    with generate_pages.Client(endpoint_url=server.url) as client:
        pages = client.paginate_list_entries(max_items=2)
        assert list(pages.items()) == [("a", "1"), ("b", "2")]
        with pytest.raises(PaginationError, match="which cannot be cut"):
            list(client.paginate_list_entries(max_items=1))


@pytest.fixture
def generate_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A service whose pages are odd."""

    def make(**members: str) -> dict[str, Any]:
        uses = {name: {"shape": shape} for name, shape in members.items()}
        return {"type": "structure", "members": uses}

    shapes = {
        "Ask": make(NextToken="Secret"),
        "Findings": make(Inner="Inner", NextToken="Secret"),
        "Inner": make(Names="Names", Total="Text"),
        "Entries": make(Table="Table", NextToken="Secret"),
        "Names": {"type": "list", "member": {"shape": "Text"}},
        "Table": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Text"}},
        "Secret": {"type": "string", "sensitive": True},
        "Text": {"type": "string"},
    }
    ask = {"shape": "Ask"}
    operations = {
        "ListFindings": {"input": ask, "output": {"shape": "Findings"}},
        "ListEntries": {"input": ask, "output": {"shape": "Entries"}},
    }
    turn = {"input_token": "NextToken", "output_token": "NextToken"}
    findings = {"result_key": "Inner.Names", "non_aggregate_keys": ["Inner"]}
    write_model(tmp_path / "models", make_model(shapes, operations))
    place = tmp_path / "models" / "parcels" / "2024-03-01" / "paginators-1.json"
    place.write_text(json.dumps({"pagination": {"ListFindings": {**turn, **findings}}}))
    files = build_service(open_models(tmp_path / "models"), "parcels", package="odd")
    for path, text in files.items():
        file = tmp_path / "odd" / "parcels" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield import_module("odd.parcels")
    for name in [name for name in sys.modules if name.partition(".")[0] == "odd"]:
        del sys.modules[name]
