"""Recursion, unions, and what is empty, in every protocol."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.contract.behaviours.document import PROTOCOLS, XML, Entries, encode_document
from tests.contract.behaviours.network import Answer
from tests.contract.behaviours.service import write_model
from tests.contract.behaviours.trio import Call, Trio, share_trios

from botosmith.runtime import ReplyError, ValidationError

CBOR = "smithy-rpc-v2-cbor"

TREE = {
    "Name": {"shape": "Text"},
    "Children": {"shape": "Trees"},
    "Named": {"shape": "TreeMap"},
    "Next": {"shape": "Tree", "locationName": "next"},
    "Choice": {"shape": "Choice"},
}

SHAPES: dict[str, Any] = {
    "Text": {"type": "string"},
    "Whole": {"type": "integer"},
    "Flag": {"type": "boolean"},
    "Texts": {"type": "list", "member": {"shape": "Text"}},
    "TextLists": {"type": "list", "member": {"shape": "Texts"}},
    "TextMap": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Text"}},
    "Nothing": {"type": "structure", "members": {}},
    "Trees": {"type": "list", "member": {"shape": "Tree"}},
    "TreeMap": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Tree"}},
    "Tree": {"type": "structure", "members": TREE},
    "Choice": {
        "type": "structure",
        "union": True,
        "members": {
            "Text": {"shape": "Text"},
            "Whole": {"shape": "Whole", "locationName": "whole"},
            "Flag": {"shape": "Flag"},
            "Texts": {"shape": "Texts"},
            "Tree": {"shape": "Tree"},
            "Nothing": {"shape": "Nothing"},
        },
    },
    "Choices": {"type": "list", "member": {"shape": "Choice"}},
    "ChoiceMap": {
        "type": "map",
        "key": {"shape": "Text"},
        "value": {"shape": "Choice"},
    },
    "Echo": {
        "type": "structure",
        "members": {
            "Tree": {"shape": "Tree"},
            "Choice": {"shape": "Choice"},
            "Choices": {"shape": "Choices"},
            "ChoiceMap": {"shape": "ChoiceMap"},
            "Text": {"shape": "Text"},
            "Texts": {"shape": "Texts"},
            "TextLists": {"shape": "TextLists"},
            "TextMap": {"shape": "TextMap"},
            "Nothing": {"shape": "Nothing"},
        },
    },
}


def _make_model(protocol: str) -> Any:
    given = {"shape": "Echo", "locationName": "Echo"}
    got = {"shape": "Echo"}
    if protocol == "query":
        got["resultWrapper"] = "EchoResult"
    nothing: dict[str, Any] = {"shape": "Nothing", "locationName": "Nothing"}
    shapes = SHAPES
    if protocol == CBOR:
        # botocore writes such names and does not read them; no service has any.
        shapes = json.loads(json.dumps(SHAPES))
        del shapes["Tree"]["members"]["Next"]["locationName"]
        del shapes["Choice"]["members"]["Whole"]["locationName"]
    return write_model(
        protocol,
        {
            "Echo": {"input": given, "output": got},
            "Idle": {},
            "Empty": {"input": nothing, "output": {"shape": "Nothing"}},
        },
        shapes,
    )


@pytest.fixture(scope="module")
def find_clients() -> Iterator[Callable[[str], Trio]]:
    """Clients of the same service by its protocol."""
    with share_trios(_make_model) as find:
        yield find


@pytest.fixture(params=PROTOCOLS)
def parcels(
    request: pytest.FixtureRequest, find_clients: Callable[[str], Trio]
) -> Trio:
    """Clients of the service in each protocol."""
    return find_clients(request.param)


@pytest.fixture(params=sorted(set(PROTOCOLS) - XML))
def with_nulls(
    request: pytest.FixtureRequest, find_clients: Callable[[str], Trio]
) -> Trio:
    """Clients of the service in each protocol that has a null."""
    return find_clients(request.param)


def _rename(document: Any, names: dict[str, str]) -> Any:
    if isinstance(document, dict):
        return {names.get(k, k): _rename(v, names) for k, v in document.items()}
    if isinstance(document, list):
        return [_rename(item, names) for item in document]
    return document


def echo(parcels: Trio, document: Any, **parameters: Any) -> Call:
    """Make the call, with a document for its reply."""
    protocol = parcels.package.Client._protocol
    if protocol == CBOR:
        document = _rename(document, {"next": "Next", "whole": "Whole"})
    body = encode_document(protocol, "Echo", document)
    return parcels.call("Echo", parameters, Answer(body))


DEEP = {
    "Name": "a",
    "Children": [
        {"Name": "b", "Children": [{"Name": "c"}, {}]},
        {"Next": {"Next": {"Name": "d"}}},
    ],
    "Named": {"one": {"Named": {"two": {"Name": "é"}}}, "": {}},
    "Choice": {"Tree": {"Choice": {"Tree": {"Name": "e"}}}},
}


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"Tree": {}},
        {"Tree": DEEP},
        {"Nothing": {}},
        {"Text": "", "Texts": [], "TextLists": [], "TextMap": {}},
        {"Texts": [""], "TextLists": [[], ["a"], [""]], "TextMap": {"": ""}},
        {"Text": " a \n\t<&>\"'é\u2028"},
        {"Choice": {"Text": ""}},
        {"Choice": {"Whole": 0}},
        {"Choice": {"Flag": False}},
        {"Choice": {"Texts": []}},
        {"Choice": {"Tree": {}}},
        {"Choice": {"Nothing": {}}},
        {"Choices": [{"Text": "a"}, {"Whole": -1}]},
        {"ChoiceMap": {"k": {"Texts": ["a", "b"]}}},
    ],
)
def test_requests(parcels: Trio, given: dict[str, Any]) -> None:
    """Each goes out as botocore sends it."""
    assert len(echo(parcels, {}, **given).requests) == 1


@pytest.mark.parametrize(
    "given",
    [
        {"Choice": {}},
        {"Choice": {"Text": "a", "Whole": 1}},
        {"Choices": [{"Text": "a"}, {}]},
        {"Texts": [None]},
        {"TextMap": {"a": None}},
        {"Text": 7},
        {"Texts": "text"},
        {"TextMap": [("a", "b")]},
        {"Tree": {"Children": [{"Name": 1}]}},
    ],
)
def test_requests_that_break_a_rule(parcels: Trio, given: dict[str, Any]) -> None:
    """Neither botocore nor ours send them."""
    call = echo(parcels, {}, **given)

    assert isinstance(call.error, ValidationError)
    assert call.requests == ()


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
def test_an_object_that_holds_itself(parcels: Trio, serializer: str) -> None:
    """The nesting has no end, and that is told."""
    tree = parcels.package.Tree(name="a")
    tree.next = tree

    with pytest.raises(ValidationError, match="nested too deeply, or holds itself"):
        parcels.ours[serializer].echo(tree=tree)


REPLIES: list[Any] = [
    {},
    {"Tree": {"Name": "a"}},
    {
        "Tree": {
            "Name": "a",
            "Children": [
                {"Name": "b", "Children": [{"Name": "c"}]},
                {"next": {"next": {"Name": "d"}}},
            ],
            "Named": Entries(
                one={"Named": Entries(two={"Name": "é"})}, three={"Name": "f"}
            ),
            "Choice": {"Tree": {"Choice": {"Text": "e"}}},
        }
    },
    {"New": {"Text": "a"}, "Tree": {"Name": "a", "Newer": ["a"]}},
    {"Text": "a", "Texts": ["a"], "TextLists": [["a", "b"], ["c"]]},
    {"TextMap": Entries(k="v", é="&<")},
    {"Text": "", "Texts": [], "TextMap": Entries(), "Nothing": {}, "Tree": {}},
    {"Texts": [""], "TextLists": [[]]},
    {"Text": " a \t b\n"},
    {"Choice": {"Text": "a"}},
    {"Choice": {"Text": ""}},
    {"Choice": {"whole": 7}},
    {"Choice": {"Flag": False}},
    {"Choice": {"Texts": ["a"]}},
    {"Choice": {"Nothing": {}}},
    {"Choices": [{"Text": "a"}, {"whole": 1}]},
]


@pytest.mark.parametrize("document", REPLIES)
def test_replies(parcels: Trio, document: Any) -> None:
    """Each is read as botocore reads it."""
    assert echo(parcels, document).error is None


@pytest.mark.parametrize(
    "document",
    [
        {"Choice": {}},
        {"Choice": {"Text": "a", "whole": 1}},
        {"Choice": {"Text": "a", "Brand": "new"}},
        {"Choices": [{"Text": "a"}, {}]},
    ],
)
def test_unions_of_none_or_two(parcels: Trio, document: Any) -> None:
    """Their replies cannot be read."""
    assert isinstance(echo(parcels, document).error, ReplyError)


@pytest.mark.parametrize(
    "document",
    [
        {"Text": None, "Texts": None, "TextMap": None, "Tree": None, "Choice": None},
        {"Tree": {"Name": None, "Children": None, "next": None, "Choice": None}},
        {"Choice": {"Text": "a", "whole": None}},
        {"Choice": {"Text": "a", "__type": "Parcels#Choice"}},
        {"Texts": ["a", None], "TextLists": [None, ["a"]]},
        {"Tree": {"Children": [None, {"Name": "a"}]}},
    ],
)
def test_nulls_in_replies(with_nulls: Trio, document: Any) -> None:
    """They stand for what is not there, in protocols that have them."""
    assert echo(with_nulls, document).error is None


def test_nulls_in_maps(with_nulls: Trio) -> None:
    """botocore keeps the key in JSON, and leaves it out in CBOR."""
    echo(with_nulls, {"TextMap": {"a": None, "b": "c"}})


@pytest.mark.parametrize(
    ("document", "find"),
    [
        ({"Choice": {"Brand": "new"}}, lambda reply: reply.choice),
        ({"Choice": {"Brand": {"new": ["a"]}}}, lambda reply: reply.choice),
        (
            {"Choices": [{"Text": "a"}, {"Brand": "new"}, {"whole": 1}]},
            lambda reply: reply.choices[1],
        ),
        (
            {"ChoiceMap": Entries(k={"Flag": True}, n={"Brand": "new"})},
            lambda reply: reply.choice_map["n"],
        ),
    ],
)
def test_unknown_members_of_unions_are_told(
    parcels: Trio, document: Any, find: Callable[[Any], Any]
) -> None:
    """By their names; botocore drops them from CBOR."""
    if parcels.package.Client._protocol == CBOR:
        parcels.expect(Answer(encode_document(CBOR, "Echo", document)))
        reply = parcels.ours["generated"].echo()
    else:
        reply = echo(parcels, document).reply

    assert find(reply).sdk_unknown_member.name == "Brand"
    assert find(reply).text is None


@pytest.mark.parametrize("operation", ["Idle", "Empty"])
def test_operations_of_nothing(parcels: Trio, operation: str) -> None:
    """Without shapes, and with shapes that have no members."""
    protocol = parcels.package.Client._protocol
    body = encode_document(protocol, operation, {})

    call = parcels.call(operation, {}, Answer(body))

    assert call.reply == call.ours["botocore"].reply


@pytest.mark.parametrize("operation", ["Idle", "Empty"])
def test_replies_of_nothing_at_all(parcels: Trio, operation: str) -> None:
    """A body of no bytes, which botocore cannot read in two of the protocols."""
    if parcels.package.Client._protocol not in {"query", "ec2"}:
        parcels.call(operation, {}, Answer(b""))
    parcels.expect(Answer(b""))
    described = parcels.package.OPERATIONS[operation]
    for client in parcels.ours.values():
        assert client.send(described.request()) == described.response()
