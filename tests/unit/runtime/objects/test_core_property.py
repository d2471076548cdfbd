"""Wire code and the walks that explain it agree, on values of every sort.

`to_wire` refuses a request if and only if `find_violations` finds something wrong with
it; `from_wire` raises if and only if `read_document` finds something. The values are
drawn without regard for the members' types, and mended often enough that both outcomes
occur.
"""

from __future__ import annotations

import json
import math
from contextlib import nullcontext
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from tests.support.anything import ANYTHING, MOMENTS

from botosmith.runtime import (
    ValidationError,
    from_boto3,
    from_wire,
    schema,
    to_boto3,
    to_wire,
    validate,
)
from botosmith.runtime.serde import readers, writers
from botosmith.runtime.serde.convert import read_document
from botosmith.runtime.serde.validation import find_violations
from botosmith.runtime.serde.writers import Refused

ONE_OF_EACH: dict[type, st.SearchStrategy[Any]] = {
    schema.String: st.text(max_size=5),
    schema.Enum: st.sampled_from(["free", "in-use", "later"]),
    schema.Integer: st.integers(1, 1_000),
    schema.Float: st.floats(min_value=0, allow_nan=False) | st.just(0),
    schema.Boolean: st.booleans(),
    schema.Timestamp: MOMENTS,
    schema.Blob: st.binary(max_size=5),
}


def right(type_: schema.Type, depth: int = 2) -> st.SearchStrategy[Any]:
    """Values that are of a type, with most of its constraints."""
    match type_:
        case schema.Structure():
            if depth == 0:
                return st.nothing()
            return objects(type_.structure, depth - 1)
        case schema.List():
            items = right(type_.member, depth)
            return st.just([]) if items.is_empty else st.lists(items, max_size=2)
        case schema.Map():
            keys, values = right(type_.key, depth), right(type_.value, depth)
            return st.dictionaries(keys, values, max_size=2)
        case _:
            return ONE_OF_EACH[type(type_)]


def objects(
    structure: Any, depth: int = 2, *, wrong: bool = False
) -> st.SearchStrategy[Any]:
    """Objects of a generated class; with wrong values among the right if asked for."""

    @st.composite
    def draw_object(draw: st.DrawFn) -> Any:
        made = structure.__new__(structure)
        for attribute in attrs.fields(structure):
            setattr(made, attribute.name, None)
        for field in schema.fields(structure):
            if draw(st.booleans()) or field.required:
                values = right(field.member.type, depth)
                if wrong:
                    values |= ANYTHING
                if not values.is_empty:
                    setattr(made, field.attribute, draw(values))
        return made

    return draw_object()


def _refused(value: Any, validation: Any) -> bool:
    lenient = (
        writers.as_botocore_checks() if validation == "botocore" else nullcontext()
    )
    try:
        with lenient:
            value._to_wire()
    except Refused:
        return True
    return False


SLOW = settings(
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
        HealthCheck.function_scoped_fixture,
    ],
)


@pytest.mark.filterwarnings("ignore:OpenLockerRequest.reason:DeprecationWarning")
@pytest.mark.parametrize(
    "name", ["OpenLockerRequest", "Crate", "Content", "Tag", "OpenLockerResponse"]
)
@pytest.mark.parametrize("validation", ["model", "botocore"])
def test_to_wire_refuses_what_validation_finds(
    parcels: Any, name: str, validation: Any
) -> None:
    """And nothing else; the error lists what validation lists."""
    structure = getattr(parcels, name)
    outcomes: set[bool] = set()

    @SLOW
    @given(objects(structure, wrong=True) | objects(structure))
    def hold(value: Any) -> None:
        found = find_violations(value, validation)
        outcomes.add(bool(found))
        assert _refused(value, validation) == bool(found)
        if found:
            with pytest.raises(ValidationError) as caught:
                to_wire(value, validation=validation)
            assert [str(one) for one in caught.value.violations] == [
                str(one) for one in found
            ]
        else:
            validate(value, validation=validation)
            document = to_wire(value, validation=validation)
            assert json.loads(json.dumps(document)) is not None

    hold()
    assert outcomes == {True, False}


DOCUMENTS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=4)
    | st.sampled_from(["free", "2015-01-01", "NaN", "aGk=", 1.0, 5, True]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["Name", "Crates", "Counts", "Photo", "Weight", "packed-at"])
        | st.sampled_from(["Inner", "Content", "Book", "Letter", "Key", "__type"]),
        inner,
        max_size=4,
    ),
    max_leaves=10,
)


@pytest.mark.parametrize("unknown", ["error", "ignore"])
def test_from_wire_raises_where_read_document_finds(parcels: Any, unknown: Any) -> None:
    """And reads everything else; names that no member has are found when asked."""
    outcomes: set[bool] = set()

    @SLOW
    @given(st.fixed_dictionaries({}, optional={"Crate": DOCUMENTS}) | DOCUMENTS)
    @example({})
    @example({"Crate": {"Weight": "NaN"}})
    @example({"Crate": {"Content": {"Future": 1}}})
    def hold(document: Any) -> None:
        structure = parcels.DescribeCrateResponse
        made, found = read_document(structure, document, is_closed=unknown == "error")
        outcomes.add(bool(found))
        if found:
            with pytest.raises(ValidationError) as caught:
                from_wire(structure, document, unknown=unknown)
            assert caught.value.violations == found
        else:
            assert repr(from_wire(structure, document, unknown=unknown)) == repr(made)

    hold()
    assert outcomes == {True, False}


@pytest.mark.filterwarnings("ignore:OpenLockerRequest.reason:DeprecationWarning")
@pytest.mark.parametrize("name", ["OpenLockerRequest", "Crate", "Tag"])
def test_round_trips(parcels: Any, name: str) -> None:
    """Through JSON, and through boto3's dictionaries, an object comes back equal."""
    structure = getattr(parcels, name)

    @SLOW
    @given(objects(structure))
    def hold(value: Any) -> None:
        assume(not find_violations(value))
        document = json.loads(json.dumps(to_wire(value)))
        assert to_wire(from_wire(structure, document)) == document
        again = from_boto3(structure, to_boto3(value))
        assert again == value
        assert to_wire(again) == to_wire(value)

    hold()


NUMBERS = st.integers(-5, 5) | st.floats(-5, 5) | st.decimals(-5, 5, allow_nan=False)


@given(st.one_of(NUMBERS, st.floats(), st.decimals()), NUMBERS, NUMBERS)
def test_numbers_keep_their_bounds(value: Any, low: Any, high: Any) -> None:
    """Both bounds are inclusive; a value that is not a number is in no range."""
    low, high = float(low), float(high)
    try:
        written = writers.number(value, low, high)
    except Refused:
        signals = isinstance(value, Decimal) and value.is_snan()
        assert signals or not low <= value <= high
        return
    if math.isnan(value):
        assert written == "NaN"
    else:
        assert low <= float(value) <= high
        assert float(written) == float(value)


@given(MOMENTS.map(lambda moment: moment.replace(year=1700 + moment.year % 540)))
def test_timestamps_keep_their_microseconds(moment: datetime) -> None:
    """A float can hold microseconds for 285 years around 1970."""
    assert readers.timestamp(writers.timestamp(moment)) == moment


@given(MOMENTS)
def test_other_formats_of_timestamps(moment: datetime) -> None:
    """Text that botocore's parser reads back as the same instant."""
    assert readers.timestamp(writers.timestamp_iso8601(moment)) == moment
    assert readers.timestamp(writers.timestamp_rfc822(moment)) == moment.replace(
        microsecond=0
    )


@given(st.text(max_size=30) | st.integers() | st.floats())
def test_no_timestamp_escapes(value: Any) -> None:
    """Whatever it is, it is read or it is a mismatch."""
    try:
        moment = readers.timestamp(value)
    except readers.Mismatch:
        return
    assert moment.tzinfo is UTC


@pytest.mark.parametrize(
    ("writer", "value"),
    [
        (writers.integer, True),
        (writers.number, False),
        (writers.boolean, 1),
        (writers.string, b"a"),
        (writers.timestamp, "2015-01-01"),
        (writers.timestamp, 5),
        (writers.blob, 5),
        (writers.array, "abc"),
        (writers.array, {"a"}),
        (writers.mapping, [("a", 1)]),
        (writers.number, Decimal("sNaN")),
        (writers.number, "1"),
    ],
)
def test_writers_refuse_what_is_nearly_right(writer: Any, value: Any) -> None:
    """No value is taken for another type's."""
    with pytest.raises(Refused):
        writer(value)
