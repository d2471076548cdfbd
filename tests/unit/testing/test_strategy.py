"""Drawn values are what botocore takes, and cover what they should."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

import pytest
from botocore.model import (
    ListShape,
    MapShape,
    OperationModel,
    ServiceModel,
    Shape,
    StructureShape,
)
from botocore.parsers import create_parser
from botocore.serialize import create_serializer
from botocore.validate import ParamValidator
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from tests.support.figures import FIGURES

from botosmith.testing import load_service
from botosmith.testing.standin.limit import find_excesses
from botosmith.testing.strategies import Options, documents, parameters

SHAPES = [
    "AutoMLProblemTypeConfig",
    "CreateInferenceExperimentRequest",
    "CreateTrainingJobRequest",
    "DescribeModelOutput",
    "MonitoringSchedule",
    "PropertyNameSuggestion",
    "SearchRequest",
    "SearchResponse",
    "Tag",
    "TrialComponent",
]


def serialize(service: ServiceModel, shape: StructureShape, value: Any) -> Any:
    """The document that botocore's serialiser writes."""
    name = shape.name
    description = {
        "name": "Any",
        "http": {"method": "POST"},
        "input": {"shape": name},
    }
    operation = OperationModel(description, service, "Any")
    written: Any = create_serializer("json", include_validation=False)
    return json.loads(written.serialize_to_request(value, operation)["body"])


def parse(shape: Shape, document: Any) -> Any:
    """The value that botocore's parser reads."""
    parser: Any = create_parser("json")
    body = json.dumps(document).encode()
    value = parser.parse({"status_code": 200, "headers": {}, "body": body}, shape)
    del value["ResponseMetadata"]
    return value


def structure(service: ServiceModel, name: str) -> StructureShape:
    """A structure of a service."""
    shape = service.shape_for(name)
    assert isinstance(shape, StructureShape)
    return shape


class Place(NamedTuple):
    """A value, and the shape that says what it is."""

    shape: Shape
    value: Any


def walk(shape: Shape, value: Any) -> Iterator[Place]:
    """All values within parameters."""
    yield Place(shape, value)
    match shape:
        case StructureShape():
            for name, item in value.items():
                yield from walk(shape.members[name], item)
        case ListShape():
            for item in value:
                yield from walk(shape.member, item)
        case MapShape():
            for item in value.values():
                yield from walk(shape.value, item)
        case _:
            pass


@pytest.mark.parametrize("name", SHAPES)
def test_parameters_are_valid_and_survive(
    name: str, service: ServiceModel, brief: settings
) -> None:
    """botocore validates, writes and reads them; our own bounds hold."""
    shape = structure(service, name)

    @brief
    @given(parameters(shape))
    def check(value: Any) -> None:
        assert ParamValidator().validate(value, shape).generate_report() == ""
        assert [*find_excesses(value, shape)] == []
        assert parse(shape, serialize(service, shape, value)) == value

    check()


@pytest.mark.parametrize("name", SHAPES)
def test_documents_are_what_botocore_writes(
    name: str, service: ServiceModel, brief: settings
) -> None:
    """botocore reads a document, finds it valid, and writes the same document."""
    shape = structure(service, name)

    @brief
    @given(documents(shape))
    def check(document: Any) -> None:
        value = parse(shape, document)
        assert ParamValidator().validate(value, shape).generate_report() == ""
        again = serialize(service, shape, value)
        assert json.dumps(again, sort_keys=True) == json.dumps(document, sort_keys=True)

    check()


@pytest.mark.parametrize("name", ["b2bi", "dynamodb", "kendra", "stepfunctions"])
def test_other_services_have_values(name: str) -> None:
    """Blobs, documents, timestamps as text, recursion: every input can be drawn."""
    service = load_service(name)
    for operation in service.operation_names:
        shape = service.operation_model(operation).input_shape
        if shape is not None:
            check_input(service, shape)


def check_input(service: ServiceModel, shape: StructureShape) -> None:
    """Draw a few values of a shape in both forms, and have botocore judge them."""

    @settings(max_examples=3, database=None, derandomize=True)
    @given(documents(shape), parameters(shape))
    def check(document: Any, value: Any) -> None:
        assert serialize(service, shape, parse(shape, document)) == document
        assert not ParamValidator().validate(value, shape).has_errors()

    check()


@pytest.mark.parametrize("name", SHAPES)
def test_every_member_comes_and_goes(name: str, service: ServiceModel) -> None:
    """In 60 values, each member of the shape is there and, if optional, is not."""
    shape = structure(service, name)
    seen: list[set[str]] = []

    @settings(max_examples=60, database=None, derandomize=True, phases=[Phase.generate])
    @given(parameters(shape))
    def collect(value: Any) -> None:
        seen.append(set(value))

    collect()
    assert set.union(*seen) == set(shape.members)
    assert set.intersection(*seen) >= set(shape.required_members)
    if len(shape.members) > 1:
        assert set.intersection(*seen) == set(shape.required_members)


@pytest.mark.parametrize("name", SHAPES)
def test_full_values_lack_nothing(name: str, service: ServiceModel) -> None:
    """Every member of every structure is present, but within itself; one of a union."""
    shape = structure(service, name)

    @settings(max_examples=3, database=None, derandomize=True)
    @given(parameters(shape, Options(full=True)))
    def check(value: Any) -> None:
        assert ParamValidator().validate(value, shape).generate_report() == ""
        for place in walk(shape, value):
            if isinstance(place.shape, StructureShape):
                members = set(place.shape.members)
                one = place.shape.is_tagged_union
                absent = members - set(place.value)
                assert len(place.value) == 1 if one else absent <= {"SubExpressions"}
            elif isinstance(place.shape, (ListShape, MapShape)):
                assert place.value or place.shape.name == "SearchExpressionList"

    check()


def test_every_structure_has_values(service: ServiceModel) -> None:
    """All of them, in both forms; none is too slow or too large to draw."""
    names = [
        name
        for name in service.shape_names
        if service.shape_for(name).type_name == "structure"
    ]
    assert len(names) == FIGURES.structures

    @settings(max_examples=400)
    @given(st.data())
    def check(data: st.DataObject) -> None:
        shape = service.shape_for(data.draw(st.sampled_from(names)))
        value = data.draw(parameters(shape))
        assert ParamValidator().validate(value, shape).generate_report() == ""
        document = data.draw(documents(shape))
        assert json.loads(json.dumps(document)) == document

    check()


def collect(shape: Shape, options: Options | None = None) -> list[Any]:
    """Many values of a shape that holds no others."""
    values: list[Any] = []

    @settings(
        max_examples=300, database=None, derandomize=True, phases=[Phase.generate]
    )
    @given(parameters(shape, options))
    def draw(value: Any) -> None:
        values.append(value)

    draw()
    return values


def make_shape(kind: str, **rules: Any) -> Shape:
    """A shape of its own."""
    return Shape("Any", {"type": kind, **rules})


def test_numbers_have_their_edges() -> None:
    """Zero, both ends, the ends of 32 and 64 bits; -0.0 and whole numbers."""
    assert {0, -1, -(2**31), 2**31 - 1} <= {*collect(make_shape("integer"))}
    assert {0, 2**53 + 1, -(2**63), 2**63 - 1} <= {*collect(make_shape("long"))}
    assert {3, 4, 5} == {*collect(make_shape("integer", min=3, max=5))}
    assert min(collect(make_shape("integer", min=10))) == 10
    floats = collect(make_shape("double"))
    assert any(value == 0 and math.copysign(1, value) < 0 for value in floats)
    assert {int, float} == {type(value) for value in floats}
    assert all(math.isfinite(value) for value in floats)
    bounded = collect(make_shape("float", min=0.25, max=1))
    assert (min(bounded), max(bounded)) == (0.25, 1)
    wild = collect(make_shape("double"), Options(non_finite=True))
    assert {math.inf, -math.inf} <= {*wild}
    assert any(math.isnan(value) for value in wild)


def test_strings_have_their_edges() -> None:
    """Empty, as long as allowed, other scripts, beyond 16 bits."""
    texts = collect(make_shape("string", max=20))
    assert "" in texts
    assert max(map(len, texts)) == 20
    assert any(char > "\uffff" for text in texts for char in text)
    assert any("\x7f" < char <= "\uffff" for text in texts for char in text)
    assert {len(text) for text in collect(make_shape("string", min=5, max=5))} == {5}
    assert b"" in collect(make_shape("blob"))
    assert {True, False} == {*collect(make_shape("boolean"))}


def test_enums_have_a_future() -> None:
    """All known values, and others that differ only by case, unless told not to."""
    shape = make_shape("string", enum=["a", "b", "c"])
    assert {"a", "b", "c"} < {*collect(shape)}
    assert "A" in collect(shape)
    assert {*collect(shape, Options(unknown_enums=False))} == {"a", "b", "c"}


def test_moments_have_their_edges() -> None:
    """Years 1 and 9999, before the epoch, parts of a second; UTC."""
    moments = collect(make_shape("timestamp"))
    assert min(moments) == datetime(1, 1, 1, tzinfo=UTC)
    assert max(moments).year == 9999
    assert {moment.tzinfo for moment in moments} == {UTC}
    assert any(moment.microsecond for moment in moments)
    assert any(moment.microsecond == 0 for moment in moments)
    text = make_shape("timestamp", timestampFormat="rfc822")
    assert {moment.microsecond for moment in collect(text)} == {0}


def test_containers_have_their_edges(service: ServiceModel) -> None:
    """Lists and maps are empty where they may be, and as long as they must be."""
    tags = collect(service.shape_for("TagList"))
    assert [] in tags
    assert max(map(len, tags)) == 3
    assert {} in collect(service.shape_for("EnvironmentMap"))
    least = service.shape_for("ModelVariantConfigList")
    assert min(map(len, collect(least))) == least.metadata["min"] == 1


def test_a_union_has_one_member_perhaps_unknown(service: ServiceModel) -> None:
    """Each member comes up; in documents a future one too, where that is wanted."""
    shape = structure(service, "AutoMLProblemTypeConfig")
    assert all(len(value) == 1 for value in collect(shape))
    wanted = Options(unknown_members=True)
    quick = settings(database=None, derandomize=True)
    found = find(
        documents(shape, wanted), lambda item: "FutureMember" in item, settings=quick
    )
    assert len(found) == 1
    known = set(shape.members)
    assert all(set(value) <= known for value in collect(shape, wanted))


def test_recursion_ends(service: ServiceModel) -> None:
    """A search expression is within itself as often as told, and no more."""

    def height(value: Any) -> int:
        return 1 + max(map(height, value.get("SubExpressions", [])), default=0)

    shape = service.shape_for("SearchExpression")
    assert {1, 2} == {height(value) for value in collect(shape)}
    deeper = Options(recursion=3)
    assert {1, 2, 3} == {height(value) for value in collect(shape, deeper)}


def test_values_shrink(service: ServiceModel) -> None:
    """A failing test shows the least value that fails."""
    shape = service.shape_for("CreateModelInput")
    quick = settings(database=None, derandomize=True, max_examples=2000)
    least = find(documents(shape), lambda item: "VpcConfig" in item, settings=quick)
    assert least.keys() == {"ModelName", "VpcConfig"}
    assert {len(ids) for ids in least["VpcConfig"].values()} == {1}
