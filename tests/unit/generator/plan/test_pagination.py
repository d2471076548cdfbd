"""Paginators of small models: what is wrong with them, and which are inferred."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.unit.generator.conftest import make_model, write_model

from botosmith.generator.build.pipeline import open_models
from botosmith.generator.errors import ModelError
from botosmith.generator.model import PaginatorModel, load_model
from botosmith.generator.plan import keep_operations

TEXT = {"shape": "Text"}

SHAPES: dict[str, Any] = {
    "Ask": {"type": "structure", "members": {"NextToken": TEXT, "Limit": TEXT}},
    "Answer": {
        "type": "structure",
        "members": {"NextToken": TEXT, "Inner": {"shape": "Inner"}},
    },
    "Inner": {"type": "structure", "members": {"Names": {"shape": "Names"}}},
    "Names": {"type": "list", "member": TEXT},
    "Text": {"type": "string"},
}

SOUND: dict[str, Any] = {
    "input_token": "NextToken",
    "output_token": "NextToken",
    "result_key": "Inner.Names",
    "limit_key": "Limit",
}


def load(
    folder: Path, paginators: Any, shapes: dict[str, Any] | None = None
) -> dict[str, PaginatorModel]:
    """The paginators of a model, as planned."""
    ends = {"input": {"shape": "Ask"}, "output": {"shape": "Answer"}}
    operations = {"List": ends, "Other": ends}
    write_model(folder, make_model(shapes or SHAPES, operations))
    if paginators is not None:
        place = folder / "parcels" / "2024-03-01" / "paginators-1.json"
        text = paginators if isinstance(paginators, str) else json.dumps(paginators)
        place.write_text(text)
    return dict(load_model(open_models(folder), "parcels").paginators)


def test_a_sound_paginator(tmp_path: Path) -> None:
    """The model that the others are made wrong from."""
    found = load(tmp_path, {"pagination": {"List": SOUND}})

    assert found == {
        "List": PaginatorModel(
            input_token=("NextToken",),
            output_token=("NextToken",),
            result_key=("Inner.Names",),
            limit_key="Limit",
        )
    }


@pytest.mark.parametrize(
    ("change", "place", "problem"),
    [
        ({"input_token": None}, "input_token", "is missing, not a string"),
        ({"input_token": ""}, "input_token", "'' is not a JMESPath expression"),
        ({"input_token": []}, "input_token", "is missing"),
        ({"input_token": "Token"}, "input_token", "names 'Token', no member of the"),
        ({"output_token": 7}, "output_token", "is 7, not a string"),
        ({"output_token": "a["}, "output_token", "'a[' is not a JMESPath expression"),
        (
            {"output_token": ["NextToken", "Inner"]},
            "output_token",
            "has another number of tokens: 2 for 1 of input_token",
        ),
        ({"result_key": "Names"}, "result_key", "names 'Names', no member of the outp"),
        ({"result_key": "Inner.Nimes"}, "result_key", "names 'Inner.Nimes', no member"),
        ({"result_key": ["Inner", 1]}, "result_key", "is an array, not a string"),
        ({"limit_key": "Size"}, "limit_key", "names 'Size', no member of the input"),
        ({"limit_key": ["Limit"]}, "limit_key", "is an array, not a string"),
        ({"more_results": {}}, "more_results", "is an object, not a string"),
        ({"non_aggregate_keys": ["X"]}, "non_aggregate_keys", "names 'X', no member"),
    ],
)
def test_what_is_wrong_is_told(
    tmp_path: Path, change: dict[str, Any], place: str, problem: str
) -> None:
    """With the file and the place in it."""
    with pytest.raises(ModelError) as caught:
        load(tmp_path, {"pagination": {"List": {**SOUND, **change}}})

    told = str(caught.value)
    assert f"parcels/2024-03-01/paginators-1.json: pagination.List.{place}" in told
    assert problem in told


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("{", "paginators-1.json: is not JSON"),
        ([], "pagination: is missing, not an object"),
        ({"pagination": []}, "pagination: is an array, not an object"),
        (
            {"pagination": {"Lost": SOUND}},
            "pagination.Lost: is not an operation of the",
        ),
        ({"pagination": {"List": 7}}, "pagination.List: is 7, not an object"),
        ({"pagination": {"List": {}}}, "pagination.List.result_key: is missing"),
    ],
)
def test_a_file_may_be_no_paginators(tmp_path: Path, source: Any, problem: str) -> None:
    """Then it is that which is told."""
    with pytest.raises(ModelError) as caught:
        load(tmp_path, source)

    assert problem in str(caught.value)


def infer(folder: Path, sent: dict[str, str], given: dict[str, str]) -> Any:
    """The paginator that is inferred from members and their types, if one is."""
    shapes = {
        "Ask": {
            "type": "structure",
            "members": {name: {"shape": kind} for name, kind in sent.items()},
        },
        "Answer": {
            "type": "structure",
            "members": {name: {"shape": kind} for name, kind in given.items()},
        },
        "string": {"type": "string"},
        "integer": {"type": "integer"},
        "list": {"type": "list", "member": {"shape": "string"}},
    }
    return load(folder, None, shapes).get("List")


@pytest.mark.parametrize("token", ["NextToken", "nextToken", "PaginationToken"])
@pytest.mark.parametrize("limit", ["MaxResults", "limit", None])
def test_paginators_are_inferred(tmp_path: Path, token: str, limit: str | None) -> None:
    """From a token on both sides, and lists; all else is the same in all pages."""
    sent = {token: "string"} | ({limit: "integer"} if limit else {})

    found = infer(
        tmp_path, sent, {"Total": "integer", "Names": "list", token: "string"}
    )

    assert found == PaginatorModel(
        input_token=(token,),
        output_token=(token,),
        result_key=("Names",),
        limit_key=limit,
        non_aggregate_keys=("Total",),
        is_inferred=True,
    )


@pytest.mark.parametrize(
    ("sent", "given"),
    [
        ({}, {"NextToken": "string", "Names": "list"}),
        ({"NextToken": "string"}, {"Names": "list"}),
        ({"NextToken": "string"}, {"NextToken": "string", "Name": "string"}),
        ({"NextToken": "integer"}, {"NextToken": "integer", "Names": "list"}),
        ({"Token": "string"}, {"Token": "string", "Names": "list"}),
        ({"NextToken": "string"}, {"nextToken": "string", "Names": "list"}),
    ],
)
def test_most_operations_have_no_pages(
    tmp_path: Path, sent: dict[str, str], given: dict[str, str]
) -> None:
    """A token one way is none of pages, nor is a text of another name."""
    assert infer(tmp_path, sent, given) is None


def test_a_subset_has_its_own(tmp_path: Path) -> None:
    """A paginator goes with its operation."""
    load(tmp_path, {"pagination": {"List": SOUND, "Other": SOUND}})
    model = load_model(open_models(tmp_path), "parcels")

    assert list(keep_operations(model, ["Other"]).paginators) == ["Other"]
