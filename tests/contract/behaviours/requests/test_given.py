"""Tokens of pages go back as the service gave them, whatever the model says of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.contract.behaviours.document import PROTOCOLS, encode_document
from tests.contract.behaviours.network import Answer
from tests.contract.behaviours.service import write_model
from tests.contract.behaviours.trio import Trio

from botosmith.runtime import ValidationError

FindClients = Callable[[str, str], Trio]

LONG = "longer-than-5"

#: The places that a request may have the token in.
PLACES = {
    "body": {},
    "querystring": {"location": "querystring", "locationName": "next-token"},
    "header": {"location": "header", "locationName": "x-next-token"},
}


def _write(protocol: str, place: str) -> Path:
    rules = {"type": "string", "min": 3, "max": 5, "pattern": "[a-z]+"}
    given = {
        "NextToken": {"shape": "Token", **PLACES[place]},
        "Prefix": {"shape": "Token"},
    }
    got = {"NextToken": {"shape": "Text"}, "Items": {"shape": "Texts"}}
    output = {"shape": "ListThingsResponse"}
    if protocol == "query":
        output["resultWrapper"] = "ListThingsResult"
    return write_model(
        protocol,
        {
            "ListThings": {
                "input": {
                    "shape": "ListThingsRequest",
                    "locationName": "ListThingsRequest",
                },
                "output": output,
            }
        },
        {
            "Token": rules,
            "Text": {"type": "string"},
            "Texts": {"type": "list", "member": {"shape": "Text"}},
            "ListThingsRequest": {"type": "structure", "members": given},
            "ListThingsResponse": {"type": "structure", "members": got},
        },
        paginators={
            "ListThings": {
                "input_token": "NextToken",
                "output_token": "NextToken",
                "result_key": "Items",
            }
        },
    )


@pytest.fixture(scope="module")
def find_clients() -> Iterator[FindClients]:
    """Clients of the same service by its protocol, and where the token is."""
    with ExitStack() as stack:

        @cache
        def find(protocol: str, place: str) -> Trio:
            trio = Trio.make("parcels", models=_write(protocol, place))
            return stack.enter_context(closing(trio))

        yield find


CASES = [(protocol, "body") for protocol in PROTOCOLS] + [
    (protocol, place)
    for protocol in ("rest-json", "rest-xml")
    for place in ("querystring", "header")
]


@pytest.fixture(params=CASES, ids="-".join)
def parcels(request: pytest.FixtureRequest, find_clients: FindClients) -> Trio:
    """Clients in each protocol, for each place that it has."""
    return find_clients(*request.param)


@pytest.fixture(params=["generated", "botocore"])
def serializer(request: pytest.FixtureRequest) -> str:
    """Each of the paths."""
    name: str = request.param
    return name


def page(trio: Trio, item: str, token: str | None = None) -> Answer:
    """A page of one item, and the token of the next."""
    document: dict[str, Any] = {"Items": [item]}
    if token is not None:
        document["NextToken"] = token
    protocol = trio.package.Client._protocol
    return Answer(encode_document(protocol, "ListThings", document))


def expect(trio: Trio, serializer: str, *answers: Answer) -> Any:
    """The network of a path's client, which answers as told."""
    trio.expect(*answers)
    return trio.networks[1 + [*trio.ours].index(serializer)]


@pytest.mark.parametrize("token", ["longer-than-5", "x", "UPPER"])
def test_a_token_goes_back(parcels: Trio, serializer: str, token: str) -> None:
    """Longer, shorter and of other letters than the model has it."""
    network = expect(parcels, serializer, page(parcels, "a", token), page(parcels, "b"))

    pages = parcels.ours[serializer].paginate_list_things(prefix="abc")

    assert [*pages.items()] == ["a", "b"]
    _, sent = network.sent
    parcels.expect(page(parcels, "b"))
    unchecked = _send_as_botocore(parcels, NextToken=token, Prefix="abc")
    assert (sent.url, sent.body) == (unchecked.url, unchecked.body)
    header = "x-next-token"
    assert sent.headers.get(header) == unchecked.headers.get(header)
    found = sent.url + sent.body.decode(errors="replace") + str(sent.headers)
    assert token in found


def _send_as_botocore(trio: Trio, **parameters: str) -> Any:
    """Return the request that botocore's client sends without checks."""
    checked = trio.theirs._serializer
    trio.theirs._serializer = checked._serializer
    try:
        trio.theirs.list_things(**parameters)
    finally:
        trio.theirs._serializer = checked
    (sent,) = trio.networks[0].sent
    return sent


@pytest.mark.parametrize("token", ["longer-than-5", "x"])
def test_a_walk_is_resumed_with_such_a_token(
    parcels: Trio, serializer: str, token: str
) -> None:
    """The token of an earlier walk came from the service as well."""
    client = parcels.ours[serializer]
    expect(parcels, serializer, page(parcels, "a", token), page(parcels, "b"))
    pages = client.paginate_list_things(max_items=1)
    assert [*pages.items()] == ["a"]
    assert pages.resume_token is not None

    expect(parcels, serializer, page(parcels, "b"))
    rest = client.paginate_list_things(resume_token=pages.resume_token)
    assert [*rest.items()] == ["b"]

    expect(parcels, serializer, page(parcels, "b"))
    rest = client.paginate_list_things(resume_token=token)
    assert [*rest.items()] == ["b"]


@pytest.mark.parametrize("mode", ["strict", "botocore"])
@pytest.mark.parametrize("token", [LONG, "UPPER", "x"])
def test_a_token_goes_back_in_each_mode(
    parcels: Trio,
    serializer: str,
    token: str,
    mode: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Neither patterns nor botocore's checks refuse it."""
    client = parcels.ours[serializer]
    monkeypatch.setattr(client, "_validation", mode)
    expect(parcels, serializer, page(parcels, "a", token), page(parcels, "b"))

    assert [*client.paginate_list_things(prefix="abc").items()] == ["a", "b"]


def test_all_else_is_checked_still(parcels: Trio, serializer: str) -> None:
    """A user's values have the bounds of the model, on every page."""
    client = parcels.ours[serializer]
    network = expect(parcels, serializer, page(parcels, "a", LONG))

    with pytest.raises(ValidationError, match="prefix"):
        list(client.paginate_list_things(prefix=LONG))
    with pytest.raises(ValidationError, match="next_token"):
        client.list_things(next_token=LONG)
    with pytest.raises(ValidationError, match=r"1 violation\n  prefix"):
        list(client.paginate_list_things(prefix="x", resume_token=LONG))

    assert network.sent == []


def test_calls_of_hooks_are_checked_still(parcels: Trio, serializer: str) -> None:
    """Such a token does not open the way for another call's."""
    client = parcels.ours[serializer]
    expect(parcels, serializer, page(parcels, "a", "longer-than-5"), page(parcels, "b"))
    found: list[str] = []
    for reply in client.paginate_list_things():
        found += reply.items
        with pytest.raises(ValidationError):
            client.list_things(next_token=LONG)

    assert found == ["a", "b"]


def test_hosted_zones_of_moto(trios: Callable[[str], Trio], serializer: str) -> None:
    """moto's markers have 128 characters, where the model has 64."""
    trio = trios("route53")
    body = "<R><HostedZones/><IsTruncated>{}</IsTruncated>{}</R>"
    marker = "m" * 128
    truncated = body.format("true", f"<NextMarker>{marker}</NextMarker>")
    expect(
        trio,
        serializer,
        Answer(truncated.encode()),
        Answer(body.format("false", "").encode()),
    )

    assert len([*trio.ours[serializer].paginate_list_hosted_zones()]) == 2
