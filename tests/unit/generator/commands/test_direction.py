"""Wire code is rendered for the way that a shape travels, and the other way works."""

from __future__ import annotations

import warnings
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest
from tests.unit.generator.conftest import make_model
from tests.unit.generator.drawn import forget, import_model

from botosmith.runtime import (
    Structure,
    ValidationError,
    from_boto3,
    from_wire,
    to_boto3,
    to_wire,
)

if TYPE_CHECKING:
    from decimal import Context as OnlyForTypes

TEXT = {"type": "string", "min": 1, "max": 3}


def structure(members: dict[str, str], **traits: Any) -> dict[str, Any]:
    """A structure whose members have just a shape."""
    references = {name: {"shape": shape} for name, shape in members.items()}
    return {"type": "structure", "members": references, **traits}


def rendered(generated: type) -> set[str]:
    """The directions in which a class has wire code of its own."""
    return {"_to_wire", "_from_wire"} & vars(generated).keys()


def test_wire_code_goes_the_way_of_its_shape(generate: Any) -> None:
    """A shape that is only sent is written, one only replied is read, others both."""
    parcels = generate(
        {
            "ShipInput": structure({"Wanted": "Wanted", "Kept": "Kept"}),
            "ShipOutput": structure({"Given": "Given", "Kept": "Kept"}),
            **{name: structure({"Text": "Text"}) for name in ("Wanted", "Given")},
            **{name: structure({"Text": "Text"}) for name in ("Kept", "Blame")},
            "Idle": structure({"Text": "Text"}),
            "Refusal": structure({"Blame": "Blame"}, exception=True),
            "Text": TEXT,
        },
        {
            "Ship": {
                "input": {"shape": "ShipInput"},
                "output": {"shape": "ShipOutput"},
            },
            "Stop": {"errors": [{"shape": "Refusal"}]},
        },
    )

    to, from_ = {"_to_wire"}, {"_from_wire"}
    assert rendered(parcels.ShipInput) == rendered(parcels.StopRequest) == to
    assert rendered(parcels.ShipOutput) == rendered(parcels.StopResponse) == from_
    assert rendered(parcels.Wanted) == to
    assert rendered(parcels.Given) == rendered(parcels.Blame) == from_
    assert rendered(parcels.Kept) == rendered(parcels.Idle) == {*to, *from_}

    for name in ("Wanted", "Given", "Kept", "Blame", "Idle"):
        made = getattr(parcels, name)(text="a")
        assert to_wire(made) == to_boto3(made) == {"Text": "a"}
        assert from_wire(type(made), {"Text": "a"}) == made
        with pytest.raises(ValidationError, match="more than the maximum 3"):
            to_wire(type(made)(text="long"))
        with pytest.raises(ValidationError, match="is of type list, not text"):
            from_wire(type(made), {"Text": []})


def test_what_a_request_shares_with_a_reply_is_both(generate: Any) -> None:
    """One shape for both sides of an operation, or a side that another shape holds."""
    parcels = generate(
        {
            "Box": structure({"Text": "Text"}),
            "SendInput": structure({"Text": "Text"}),
            "SendOutput": structure({"Was": "SendInput"}),
            "Text": TEXT,
        },
        {
            "Swap": {"input": {"shape": "Box"}, "output": {"shape": "Box"}},
            "Send": {
                "input": {"shape": "SendInput"},
                "output": {"shape": "SendOutput"},
            },
        },
    )

    for name in ("Swap", "Send"):
        operation = parcels.OPERATIONS[name]
        assert rendered(operation.request) == {"_to_wire", "_from_wire"}
    assert rendered(parcels.OPERATIONS["Swap"].response) == {"_to_wire", "_from_wire"}
    assert rendered(parcels.SendInputDetails) == {"_to_wire", "_from_wire"}
    assert rendered(parcels.SendOutput) == {"_from_wire"}


def test_a_subclass_changes_nothing(generate: Any) -> None:
    """A user's own attribute is not sent, and the model says what is required."""
    parcels = generate(
        {
            "ShipOutput": structure({"Given": "Given"}),
            "Given": structure({"Text": "Text", "More": "Text"}, required=["Text"]),
            "Text": TEXT,
        },
        {"Ship": {"output": {"shape": "ShipOutput"}}},
    )

    class Mine(parcels.Given):  # type: ignore[misc,name-defined]
        """With what is there for type checkers alone."""

        note: OnlyForTypes

    mine = Mine(text="a")

    assert rendered(parcels.Given) == {"_from_wire"}
    assert to_wire(mine) == {"Text": "a"}
    assert type(from_wire(Mine, {"Text": "a"})) is Mine
    mine.text = None
    with pytest.raises(ValidationError, match="text: is required, but missing"):
        to_wire(mine)


def test_deprecated_members_warn_the_same(generate: Any) -> None:
    """Once, of the class and the attribute."""
    old = {"shape": "Text", "deprecated": True, "deprecatedMessage": "Use nothing."}
    parcels = generate(
        {
            "ShipOutput": structure({"GivenOnceUponATime": "GivenOnceUponATime"}),
            "GivenOnceUponATime": {"type": "structure", "members": {"Old": old}},
            "Text": TEXT,
        },
        {"Ship": {"output": {"shape": "ShipOutput"}}},
    )
    made = parcels.GivenOnceUponATime(old="a")

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        to_wire(parcels.GivenOnceUponATime())
        to_wire(parcels.ShipOutput(given_once_upon_a_time=made))
        to_wire(made)

    (warning,) = caught
    assert str(warning.message) == "GivenOnceUponATime.old is deprecated: Use nothing."
    assert warning.filename == __file__


PROTOCOLS = (
    *("ec2", "json", "query", "rest-json", "rest-xml"),
    "smithy-rpc-v2-cbor",
)

WAYS = ("Wanted", "Given", "Kept")


def make_family(way: str) -> dict[str, Any]:
    """A structure with a member of each type, for one way of travelling."""
    members: dict[str, Any] = {
        "Text": {"shape": "Text"},
        "Renamed": {"shape": "Text", "locationName": "other-name"},
        "Kind": {"shape": "Kind"},
        "Whole": {"shape": "Whole"},
        "Small": {"shape": "Small"},
        "Fraction": {"shape": "Fraction"},
        "Flag": {"shape": "Flag"},
        "Bytes": {"shape": "Bytes"},
        "At": {"shape": "At"},
        "AtText": {"shape": "At", "timestampFormat": "iso8601"},
        "AtMail": {"shape": "AtMail"},
        "List": {"shape": "Lists"},
        "Sparse": {"shape": "Sparse"},
        "Map": {"shape": "Map"},
        "Next": {"shape": way},
        "Choice": {"shape": f"{way}Choice"},
    }
    return {
        way: {"type": "structure", "members": members, "required": ["Text"]},
        f"{way}Choice": structure({"Text": "Text", "Whole": "Whole"}, union=True),
    }


def make_ways(protocol: str) -> dict[str, Any]:
    """A service with structures that differ in nothing but the way they travel."""
    shapes: dict[str, Any] = {
        "ShipInput": structure({"Wanted": "Wanted", "Kept": "Kept"}),
        "ShipOutput": structure({"Given": "Given", "Kept": "Kept"}),
        "Text": TEXT,
        "Kind": {"type": "string", "enum": ["free", "used"]},
        "Whole": {"type": "integer", "min": 1, "max": 9},
        "Small": {"type": "float", "max": 1.5},
        "Fraction": {"type": "double", "min": 0},
        "Flag": {"type": "boolean"},
        "Bytes": {"type": "blob", "min": 1},
        "At": {"type": "timestamp"},
        "AtMail": {"type": "timestamp", "timestampFormat": "rfc822"},
        "Lists": {"type": "list", "member": {"shape": "Texts"}, "max": 2},
        "Texts": {"type": "list", "member": {"shape": "Text"}},
        "Sparse": {"type": "list", "member": {"shape": "Whole"}, "sparse": True},
        "Map": {
            "type": "map",
            "key": {"shape": "Kind"},
            "value": {"shape": "Fraction"},
            "min": 1,
        },
    }
    for way in WAYS:
        shapes |= make_family(way)
    model = make_model(
        shapes,
        {"Ship": {"input": {"shape": "ShipInput"}, "output": {"shape": "ShipOutput"}}},
    )
    model["metadata"] = {**model["metadata"], "protocol": protocol}
    return model


MOMENT = datetime(2024, 2, 29, 12, 30, 15, 250000, tzinfo=UTC)

#: Values for members; each is right for some of them, and wrong for others.
ODD: tuple[Any, ...] = (
    *(None, True, False, 0, 1, 9, 10, -1, 1.0, 1.5, 2.5, -0.5, 10**400, 1 << 70),
    *(float("nan"), float("inf"), -float("inf"), 3.5e38, Decimal("1.5")),
    *(Decimal("sNaN"), "", "a", "abc", "abcd", "free", "newer", "true", "7", "1.5"),
    *("NaN", "aGk=", "2024-02-29T12:30:15Z", "Thu, 29 Feb 2024 12:30:15 GMT"),
    *(b"", b"a", bytearray(b"a"), MOMENT, MOMENT.replace(tzinfo=None), 1709209815.25),
    *([], ["a"], [["a"]], [[], []], [[], [], []], [[None]], [[1]], (1, 2), [None, 1]),
    *([0], [1.0], {}, {"free": 1.5}, {"free": None}, {"newer": 1}, {1: 1}, {"": -1}),
    *({"Text": "a"}, {"Whole": 1}, {"Text": "a", "Whole": 1}, {"Future": 1}, object()),
)

FULL: dict[str, Any] = {
    "Text": "a",
    "Renamed": "b",
    "Kind": "newer",
    "Whole": 3,
    "Small": 0.1,
    "Fraction": 2.5,
    "Flag": False,
    "Bytes": b"\x00a",
    "At": MOMENT,
    "AtText": MOMENT,
    "AtMail": MOMENT.replace(microsecond=0),
    "List": [["a"], []],
    "Sparse": [1, None],
    "Map": {"free": 1.5, "newer": 2.0},
    "Next": {"Text": "c", "Choice": {"Whole": 1}},
    "Choice": {"Text": "a"},
}


@pytest.fixture(params=PROTOCOLS)
def ways(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """The generated package, in each protocol."""
    package = import_model(make_ways(request.param), tmp_path)
    yield package
    forget(package.__name__)


def outcome(call: Any, *arguments: Any) -> str:
    """Return the outcome of a call, without the names of classes that differ."""
    try:
        made = call(*arguments)
    except (ValidationError, TypeError) as error:
        said = f"{type(error).__name__}: {error}"
    else:
        said = repr(made)
        if isinstance(made, Structure):
            said += repr(to_boto3(made))
    for way in WAYS:
        said = said.replace(way, "One")
    return said


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_cbor_has_code_for_both_ways(protocol: str, tmp_path: Path) -> None:
    """Its numbers are of two sizes, which descriptions do not tell."""
    ways = import_model(make_ways(protocol), tmp_path)
    to, from_ = {"_to_wire"}, {"_from_wire"}
    both = {*to, *from_}
    is_cbor = protocol == "smithy-rpc-v2-cbor"

    assert rendered(ways.Kept) == rendered(ways.KeptChoice) == both
    assert rendered(ways.Wanted) == rendered(ways.WantedChoice)
    assert rendered(ways.Wanted) == (both if is_cbor else to)
    assert rendered(ways.Given) == rendered(ways.GivenChoice)
    assert rendered(ways.Given) == (both if is_cbor else from_)
    forget(ways.__name__)


def test_the_other_way_is_the_same(ways: ModuleType) -> None:
    """A value has one outcome in all clients, right or wrong for its member."""
    kept = from_boto3(ways.Kept, FULL)
    document = to_wire(kept)
    for way in (ways.Wanted, ways.Given):
        made = from_boto3(way, FULL)
        assert outcome(to_wire, made) == outcome(to_wire, kept)
        assert outcome(from_wire, way, document) == outcome(
            from_wire, ways.Kept, document
        )
        for field in made._attribute_names():
            for odd in ODD:
                check_writing(kept, made, field, odd)
        for key in [*document, *FULL]:
            for odd in ODD:
                spoilt = {**document, key: odd}
                expected = outcome(from_wire, ways.Kept, spoilt)
                assert outcome(from_wire, way, spoilt) == expected


def check_writing(kept: Any, made: Any, attribute: str, odd: Any) -> None:
    """Put something into both objects, compare, and put back what was there."""
    before = getattr(kept, attribute), getattr(made, attribute)
    setattr(kept, attribute, odd)
    setattr(made, attribute, odd)
    assert outcome(to_wire, made) == outcome(to_wire, kept)
    setattr(kept, attribute, before[0])
    setattr(made, attribute, before[1])


def test_unions_are_the_same_the_other_way(ways: ModuleType) -> None:
    """None set, one, two, a newer one, or what botocore says of a newer one."""
    newer = {"SDK_UNKNOWN_MEMBER": {"name": "Future"}}
    values: tuple[dict[str, Any], ...] = (
        {},
        {"Text": "a"},
        {"Text": "a", "Whole": 1},
        newer,
        {"Text": "a", **newer},
    )
    documents = (
        *values,
        {"Future": 1},
        {"Text": None},
        {"__type": "x", "Whole": 1},
        {"Text": 1},
    )
    for way in (ways.WantedChoice, ways.GivenChoice):
        for value in values:
            assert outcome(to_wire, from_boto3(way, value)) == outcome(
                to_wire, from_boto3(ways.KeptChoice, value)
            )
        for document in documents:
            assert outcome(from_wire, way, document) == outcome(
                from_wire, ways.KeptChoice, document
            )
