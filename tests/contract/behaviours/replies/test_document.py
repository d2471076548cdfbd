"""Members that are any JSON value, and lists and maps that may hold nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from decimal import Decimal
from typing import Any

import pytest
from tests.contract.behaviours.network import Answer
from tests.contract.behaviours.service import write_model
from tests.contract.behaviours.trio import Trio

from botosmith.runtime import ValidationError, from_boto3

Trios = Callable[[str], Trio]

VALUES: list[Any] = [
    {},
    [],
    "",
    0,
    False,
    1.5,
    "é",
    {"a": [1, {"b": None}], "c": True},
    [None],
    {"__type": "x"},
    {"Text": {"S": "a"}},
]

SHAPES: dict[str, Any] = {
    "Text": {"type": "string"},
    "Any": {"type": "structure", "document": True, "members": {}},
    "Anys": {"type": "list", "member": {"shape": "Any"}},
    "AnyMap": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Any"}},
    "Inner": {"type": "structure", "members": {"Any": {"shape": "Any"}}},
    "Choice": {
        "type": "structure",
        "union": True,
        "members": {"Any": {"shape": "Any"}, "Text": {"shape": "Text"}},
    },
    "Sparse": {"type": "list", "sparse": True, "member": {"shape": "Text"}},
    "SparseInner": {"type": "list", "sparse": True, "member": {"shape": "Inner"}},
    "SparseMap": {
        "type": "map",
        "sparse": True,
        "key": {"shape": "Text"},
        "value": {"shape": "Text"},
    },
    "Echo": {
        "type": "structure",
        "members": {
            "Any": {"shape": "Any", "locationName": "any"},
            "Anys": {"shape": "Anys"},
            "AnyMap": {"shape": "AnyMap"},
            "Inner": {"shape": "Inner"},
            "Choice": {"shape": "Choice"},
            "Sparse": {"shape": "Sparse"},
            "SparseInner": {"shape": "SparseInner"},
            "SparseMap": {"shape": "SparseMap"},
        },
    },
}


@pytest.fixture(scope="module", params=["json", "rest-json"])
def parcels(request: pytest.FixtureRequest) -> Iterator[Trio]:
    """Clients of a service that takes and gives any JSON."""
    echo = {"input": {"shape": "Echo"}, "output": {"shape": "Echo"}}
    models = write_model(request.param, {"Echo": echo}, SHAPES)
    with closing(Trio.make("parcels", models=models)) as trio:
        yield trio


@pytest.mark.parametrize("value", VALUES)
def test_any_value_anywhere(parcels: Trio, value: Any) -> None:
    """It goes out as it is, and comes back as it is."""
    given = {
        "Any": value,
        "Anys": [value, {}],
        "AnyMap": {"k": value},
        "Inner": {"Any": value},
        "Choice": {"Any": value},
    }
    document = {"any" if name == "Any" else name: item for name, item in given.items()}

    call = parcels.call("Echo", given, Answer(document))

    assert call.request.document == document
    assert call.reply.any == value
    assert call.reply.anys == [value, {}]
    assert call.reply.choice.any == value


@pytest.mark.parametrize(
    "value",
    [object(), {1, 2}, b"bytes", Decimal(1), {"a": object()}, [{"a": {1}}], 1j],
    ids=["object", "set", "bytes", "decimal", "within", "deep", "complex"],
)
def test_what_is_no_json_is_refused(parcels: Trio, value: Any) -> None:
    """Before anything is sent."""
    for given in ({"Any": value}, {"Inner": {"Any": value}}, {"Anys": [value]}):
        call = parcels.call("Echo", given)

        assert isinstance(call.error, ValidationError)
        assert call.requests == ()


def test_keys_that_are_no_text(parcels: Trio) -> None:
    """JSON makes texts of them."""
    call = parcels.call("Echo", {"Any": {1: "a"}})

    assert call.request.document == {"any": {"1": "a"}}


SPARSE = [
    {"Sparse": ["a", None, ""]},
    {"Sparse": [None]},
    {"SparseMap": {"a": None, "b": "c"}},
]


@pytest.mark.parametrize("given", SPARSE)
def test_what_may_hold_nothing(parcels: Trio, given: Any) -> None:
    """Wire code sends null there; botocore's own validation does not know of it."""
    request = from_boto3(parcels.package.OPERATIONS["Echo"].request, given)
    network = parcels.networks[1]
    network.expect(Answer(given))

    reply = parcels.ours["generated"].send(request)

    (sent,) = network.sent
    assert sent.document == given
    assert parcels.call("Echo", {}, Answer(given)).reply == reply


@pytest.mark.parametrize("given", SPARSE)
def test_what_may_hold_nothing_by_way_of_botocore(parcels: Trio, given: Any) -> None:
    """Botocore's serializer tells that botocore refuses it."""
    request = from_boto3(parcels.package.OPERATIONS["Echo"].request, given)

    with pytest.raises(ValidationError, match="refused by botocore"):
        parcels.ours["botocore"].send(request)


def test_structures_that_are_missing_from_a_list(parcels: Trio) -> None:
    """A reply's list may have holes, whether or not the model says so."""
    call = parcels.call(
        "Echo", {}, Answer({"SparseInner": [{"Any": 1}, None], "Anys": [None, 1]})
    )

    assert call.reply.sparse_inner[1] is None
    assert call.reply.anys == [None, 1]


def test_documents_of_bedrock(trios: Trios) -> None:
    """A document deep in a request, and one in the reply."""
    tool = {
        "toolSpec": {
            "name": "t",
            "inputSchema": {"json": {"type": "object", "x": None}},
        }
    }
    call = trios("bedrock-runtime").call(
        "Converse",
        {
            "modelId": "m",
            "messages": [{"role": "user", "content": [{"text": "hi"}]}],
            "toolConfig": {"tools": [tool]},
            "additionalModelRequestFields": {"top_k": 1.5},
        },
        Answer(
            {
                "output": {
                    "message": {
                        "role": "assistant",
                        "content": [
                            {"toolUse": {"toolUseId": "1", "name": "t", "input": [1]}},
                            {"image": {"format": "png", "source": {"bytes": "AP8="}}},
                        ],
                    }
                },
                "additionalModelResponseFields": "text",
            }
        ),
    )

    content = call.reply.output.message.content
    assert content[0].tool_use.input == [1]
    assert content[1].image.source.bytes == b"\x00\xff"
    assert call.reply.additional_model_response_fields == "text"


def test_sparse_lists_of_cases(trios: Trios) -> None:
    """Connect Cases has the rare list that may hold nothing."""
    call = trios("connectcases").call(
        "SearchCases",
        {"domainId": "d"},
        Answer({"cases": [None, {"caseId": "c", "fields": [], "templateId": "t"}]}),
    )

    assert call.reply.cases[0] is None
    assert call.reply.cases[1].case_id == "c"
