"""Models that cannot be used: every problem with its place, and nothing written."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from botosmith.generator.build.pipeline import build_service, open_models
from botosmith.generator.cli import main
from botosmith.generator.errors import ModelError

GOOD: dict[str, Any] = {
    "version": "2.0",
    "metadata": {
        "apiVersion": "2024-03-01",
        "endpointPrefix": "parcels",
        "jsonVersion": "1.1",
        "protocol": "json",
        "serviceFullName": "Amazon Parcels",
        "serviceId": "Parcels",
        "signatureVersion": "v4",
        "targetPrefix": "Parcels",
    },
    "operations": {
        "Open": {
            "name": "Open",
            "http": {"method": "POST", "requestUri": "/"},
            "input": {"shape": "Box"},
            "errors": [{"shape": "Taken"}],
        }
    },
    "shapes": {
        "Box": {
            "type": "structure",
            "members": {"Names": {"shape": "Names"}, "Map": {"shape": "Map"}},
            "required": ["Names"],
        },
        "Names": {"type": "list", "member": {"shape": "Text"}},
        "Map": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Text"}},
        "Text": {"type": "string", "enum": ["a"], "min": 1},
        "Taken": {"type": "structure", "members": {}, "exception": True},
    },
}

Spoil = Callable[[dict[str, Any]], object]


def make_rest(uri: str) -> Spoil:
    """Make it a REST service, with an operation at a place."""

    def spoil(model: dict[str, Any]) -> None:
        model["metadata"].update(protocol="rest-json")
        model["operations"]["Open"]["http"]["requestUri"] = uri

    return spoil


PROTOCOLS = "ec2, json, query, rest-json, rest-xml, smithy-rpc-v2-cbor"

CASES: list[tuple[Spoil, list[str]]] = [
    (
        make_rest("/boxes/{Box}"),
        ["operations.Open.http.requestUri: has the label 'Box', which no member fills"],
    ),
    (
        lambda m: (
            m["metadata"].update(protocol="rest-xml"),
            m["operations"]["Open"].pop("http"),
        ),
        [
            "operations.Open.http.method: is missing, not a string",
            "operations.Open.http.requestUri: is missing, not a string",
        ],
    ),
    (
        lambda m: m["metadata"].update(protocols=["soap"]),
        [
            f"metadata.protocols: is ['soap'], which is none of: {PROTOCOLS}",
        ],
    ),
    (
        lambda m: m["metadata"].update(protocols="json"),
        ["metadata.protocols: is a string, not an array"],
    ),
    (
        lambda m: m["shapes"]["Box"]["members"]["Names"].update(location=7),
        ["shapes.Box.members.Names.location: is 7, not a string"],
    ),
    (
        lambda m: m["shapes"]["Names"]["member"].update(shape="Nowhere"),
        ["shapes.Names.member.shape: 'Nowhere' is not among the shapes"],
    ),
    (
        lambda m: m["shapes"]["Text"].update(type="strnig"),
        ["shapes.Text.type: is 'strnig', which is not a type"],
    ),
    (
        lambda m: m["metadata"].update(protocol="soap"),
        [
            f"metadata.protocol: is 'soap', which is none of: {PROTOCOLS}",
        ],
    ),
    (
        lambda m: m["metadata"].pop("serviceId"),
        ["metadata.serviceId: is missing, not a string"],
    ),
    (
        lambda m: m["metadata"].pop("targetPrefix"),
        ["metadata.targetPrefix: is missing, not a string"],
    ),
    (lambda m: m.pop("metadata"), ["metadata: is missing, not an object"]),
    (lambda m: m.pop("shapes"), ["shapes: is missing, not an object"]),
    (lambda m: m.update(operations=[]), ["operations: is an array, not an object"]),
    (lambda m: m["shapes"].update(Box=7), ["shapes.Box: is 7, not an object"]),
    (
        lambda m: m["shapes"]["Box"].update(required=["Absent"]),
        ["shapes.Box.required: names 'Absent', which is not a member"],
    ),
    (
        lambda m: m["shapes"]["Box"].update(members=[]),
        ["shapes.Box.members: is an array, not an object"],
    ),
    (
        lambda m: m["shapes"]["Text"].update(enum=["a", 1]),
        ["shapes.Text.enum[1]: is 1, not a string"],
    ),
    (
        lambda m: m["shapes"]["Map"].pop("key"),
        ["shapes.Map.key: names no shape"],
    ),
    (
        lambda m: m["operations"]["Open"].update(input={"shape": "Text"}),
        ["operations.Open.input.shape: 'Text' is not a structure"],
    ),
    (
        lambda m: m["operations"]["Open"].update(errors=[{"shape": "Box"}]),
        ["operations.Open.errors[0].shape: 'Box' is not an exception"],
    ),
    (
        lambda m: m["operations"]["Open"].update(errors=[{"shape": "Gone"}]),
        ["operations.Open.errors[0].shape: 'Gone' is not among the shapes"],
    ),
    (
        lambda m: m["shapes"]["Box"].update(payload="Lid"),
        ["shapes.Box.payload: names 'Lid', which is not a member"],
    ),
    (
        lambda m: m["shapes"]["Names"]["member"].update(shape="Names"),
        ["shapes.Names: holds itself with no structure between"],
    ),
    (
        lambda m: (
            m["shapes"]["Text"].update(min="one"),
            m["shapes"]["Map"]["value"].update(shape="Nowhere"),
            m["operations"].update(Shut=None),
        ),
        [
            "operations.Shut: is null, not an object",
            "shapes.Text.min: is a string, not a number",
            "shapes.Map.value.shape: 'Nowhere' is not among the shapes",
        ],
    ),
]


def put(folder: Path, model: Any) -> Path:
    """Write a model where botocore's loader looks for it."""
    home = folder / "models" / "parcels" / "2024-03-01"
    home.mkdir(parents=True)
    (home / "service-2.json").write_text(
        model if isinstance(model, str) else json.dumps(model)
    )
    return folder / "models"


def test_the_good_model_is_good(tmp_path: Path) -> None:
    """The model that the cases spoil was sound before."""
    files = build_service(open_models(put(tmp_path, GOOD)), "parcels", package="p")

    assert len(files) > 5


@pytest.mark.parametrize(("spoil", "expected"), CASES)
def test_every_problem_has_its_place(
    spoil: Spoil, expected: list[str], tmp_path: Path
) -> None:
    """The JSON path, what stands there, and what was expected."""
    model = copy.deepcopy(GOOD)
    spoil(model)

    with pytest.raises(ModelError) as caught:
        build_service(open_models(put(tmp_path, model)), "parcels", package="p")

    file = "parcels/2024-03-01/service-2.json"
    found = [str(problem) for problem in caught.value.problems]
    assert found == [f"{file}: {problem}" for problem in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{", "is not JSON"),
        ("", "is not JSON"),
        ("[]", "is an array, not an object"),
        ('{"metadata": ' + "[" * 100_000, "is not JSON"),
        ("\ufeff{}", "is not JSON"),
    ],
)
def test_what_is_no_model(
    text: str, expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line on stderr, exit 1, nothing written, no traceback."""
    models, out = put(tmp_path, text), tmp_path / "out"

    status = main(["generate", "parcels", "--models", str(models), "--out", str(out)])

    told = capsys.readouterr().err
    assert status == 1
    assert expected in told
    assert "parcels/2024-03-01/service-2" in told
    assert "Traceback" not in told
    assert not list(out.rglob("*.py"))


def test_problems_of_one_service_keep_the_others_unwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All problems are told together, and no service is written when one has some."""
    models = put(tmp_path, GOOD)
    bad = models / "boxes" / "2024-03-01"
    bad.mkdir(parents=True)
    spoilt = {**GOOD, "shapes": {**GOOD["shapes"], "Text": {"type": "x"}, "Map": 1}}
    (bad / "service-2.json").write_text(json.dumps(spoilt))
    out = tmp_path / "out"

    status = main(
        ["generate", "parcels", "boxes", "--models", str(models), "--out", str(out)]
    )

    told = capsys.readouterr().err
    assert status == 1
    assert "shapes.Text.type: is 'x'" in told
    assert "shapes.Map: is 1" in told
    assert not list(out.rglob("*.py"))
