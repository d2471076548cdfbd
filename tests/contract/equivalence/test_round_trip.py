"""Every structure from the wire and back, by values drawn from the model's JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from tests.contract.equivalence.round_trip import check_round_trip, exact
from tests.support.figures import FIGURES
from tests.support.repository import MODELS

from botosmith import sagemaker
from botosmith.runtime import from_wire, to_boto3, to_wire
from botosmith.testing import load_service
from botosmith.testing.strategies import Options, documents

SERVICE = load_service("sagemaker", MODELS)
SHAPES = [
    name
    for name in SERVICE.shape_names
    if SERVICE.shape_for(name).type_name == "structure"
]
ERRORS = [name for name in SHAPES if SERVICE.shape_for(name).metadata.get("exception")]
STRUCTURES = [name for name in SHAPES if name not in ERRORS]
UNIONS = [name for name in STRUCTURES if SERVICE.shape_for(name).metadata.get("union")]


def test_there_are_as_many_structures_as_in_the_model() -> None:
    """The tests below run for all of them."""
    assert len(STRUCTURES) + len(ERRORS) == FIGURES.structures
    assert len(UNIONS) == FIGURES.unions
    assert len(ERRORS) == FIGURES.errors


@pytest.mark.sweep(every=4)
@pytest.mark.parametrize("name", STRUCTURES)
def test_round_trip(name: str, patient: settings) -> None:
    """`from_wire(to_wire(x)) == x`, and the wire equals the document it came from."""

    @patient
    @given(documents(SERVICE.shape_for(name)))
    def check(document: dict[str, Any]) -> None:
        check_round_trip(getattr(sagemaker, name), document)

    check()


@pytest.mark.sweep(every=8)
@pytest.mark.parametrize("name", STRUCTURES)
def test_round_trip_of_every_member(name: str, patient: settings) -> None:
    """The same with every member present."""

    @settings(patient, max_examples=2)
    @given(documents(SERVICE.shape_for(name), Options(full=True)))
    def check(document: dict[str, Any]) -> None:
        check_round_trip(getattr(sagemaker, name), document)

    check()


@pytest.mark.parametrize("name", ERRORS)
def test_round_trip_of_errors(
    name: str, patient: settings, direct: sagemaker.Client, transport: Any
) -> None:
    """An error's members come from its reply, and are the reply again."""

    @patient
    @given(documents(SERVICE.shape_for(name)))
    def check(document: dict[str, Any]) -> None:
        body = json.dumps({"__type": name, **document}).encode()
        transport.reply = (400, {}, body)
        with pytest.raises(getattr(sagemaker, name)) as caught:
            direct.describe_model(model_name="a")
        error = caught.value
        again = {
            field.member.wire_name: getattr(error, field.attribute)
            for field in error._fields
            if field.member.wire_name in document
        }
        assert exact(again) == exact(document)

    check()


@pytest.mark.parametrize("name", UNIONS)
def test_round_trip_of_unions_newer_than_the_model(
    name: str, patient: settings
) -> None:
    """A member that the model does not know survives with its value."""

    @patient
    @given(documents(SERVICE.shape_for(name), Options(unknown_members=True)))
    def check(document: dict[str, Any]) -> None:
        check_round_trip(getattr(sagemaker, name), document)

    check()


@pytest.mark.parametrize(
    ("number", "moment"),
    [
        (0, datetime(1970, 1, 1, tzinfo=UTC)),
        (-62135596800, datetime(1, 1, 1, tzinfo=UTC)),
        (253402300799, datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)),
        (1.003691, datetime(1970, 1, 1, 0, 0, 1, 3691, tzinfo=UTC)),
        (-0.000001, datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)),
        (1709209815.5, datetime(2024, 2, 29, 12, 30, 15, 500000, tzinfo=UTC)),
    ],
)
def test_instants_at_the_edges(number: float, moment: datetime) -> None:
    """Extreme and sub-second instants mean what they say."""
    made = from_wire(sagemaker.DescribeModelOutput, {"CreationTime": number})

    assert made.creation_time == moment
    assert exact(to_boto3(made)["CreationTime"].timestamp()) == exact(float(number))
    again = sagemaker.InferenceExperimentSchedule(start_time=moment)
    assert exact(to_wire(again)) == exact({"StartTime": number})
