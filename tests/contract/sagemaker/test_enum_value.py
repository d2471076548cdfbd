"""Every enum value, and those that the service adds before anyone regenerates."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.session import Session
from tests.support.figures import FIGURES

from botosmith import sagemaker
from botosmith.runtime import OpenEnum, from_boto3, to_boto3, to_wire, validate
from botosmith.runtime import from_wire as read_document
from botosmith.runtime.errors import ValidationError

from .pinned import Pinned, snake
from .probe import Transport

FUTURE = "ml.q9-next.1024xlarge"
InstanceType = sagemaker.ProductionVariantInstanceType


@pytest.fixture(scope="module")
def enums(pinned: Pinned) -> dict[str, type[OpenEnum]]:
    """The enums by name."""
    return {name: getattr(sagemaker, name) for name in pinned.enums}


@pytest.fixture(scope="module")
def holders(pinned: Pinned) -> dict[str, tuple[str, str]]:
    """For each enum a structure and member that hold it, alone or in a list or map."""
    found: dict[str, tuple[str, str]] = {}
    for name, shape in pinned.structures.items():
        for member, reference in shape["members"].items():
            for part in held(pinned, reference["shape"]):
                found.setdefault(part, (name, member))
    return found


def held(pinned: Pinned, name: str) -> Iterator[str]:
    """The enums in a member's value, structures apart."""
    shape = pinned.shapes[name]
    if "enum" in shape:
        yield name
    elif shape["type"] in {"list", "map"}:
        for part in pinned.parts(name):
            yield from held(pinned, part)


def put(pinned: Pinned, name: str, enum: str, value: str) -> Any:
    """A document of a shape with a value for an enum in it."""
    shape = pinned.shapes[name]
    if name == enum:
        return value
    if shape["type"] == "list":
        return [put(pinned, shape["member"]["shape"], enum, value)]
    if shape["type"] == "map":
        key, item = (put(pinned, part, enum, value) for part in pinned.parts(name))
        return {key: item}
    return pinned.example(name)


def find(value: Any) -> Iterator[OpenEnum]:
    """The enum members in a member's value."""
    if isinstance(value, OpenEnum):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from find(item)
    elif isinstance(value, dict):
        for pair in value.items():
            yield from find(list(pair))


def cases(pinned: Pinned, holders: Any, *, known: bool) -> Iterator[tuple[Any, ...]]:
    """The class, document, attribute, enum and value of each value to try."""
    for enum, values in pinned.enums.items():
        name, member = holders[enum]
        reference = pinned.shapes[name]["members"][member]["shape"]
        for value in values if known else [FUTURE]:
            document = put(pinned, reference, enum, value)
            # A union holds this member alone.
            is_union = pinned.shapes[name].get("union")
            whole = {} if is_union else pinned.example(name)
            yield (
                getattr(sagemaker, name),
                {**whole, member: document},
                snake(member),
                getattr(sagemaker, enum),
                value,
            )


def test_every_enum_has_a_holder(pinned: Pinned, holders: Any) -> None:
    """The tests below try each enum of the model where a structure holds it."""
    assert holders.keys() == pinned.enums.keys()


@pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")
@pytest.mark.parametrize("known", [True, False])
def test_every_value_is_sent_and_read(
    *, known: bool, pinned: Pinned, holders: Any
) -> None:
    """On the wire and in boto3's dictionaries, alone, in lists and in maps."""
    count = 0
    for structure, document, attribute, enum, value in cases(
        pinned, holders, known=known
    ):
        made = read_document(structure, document)
        found = [one for one in find(getattr(made, attribute)) if type(one) is enum]
        assert found == [value]
        assert found[0].is_known is known
        assert to_wire(made) == document
        plain = to_boto3(made)
        assert from_boto3(structure, plain) == made
        # boto3 gets text, not an enum member that only looks like it.
        assert not list(find(plain[next(k for k in plain if snake(k) == attribute)]))
        count += 1
    assert count == (FIGURES.values if known else FIGURES.enums)


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
def test_every_instance_type_makes_a_call(serializer: Any, pinned: Pinned) -> None:
    """All of them and one more are sent, and come back as members."""
    transport, session = Transport(), Session()
    session.set_credentials("AKID", "secret")
    values = [*pinned.enums["ProductionVariantInstanceType"], FUTURE]
    unknown: list[str] = []
    with sagemaker.Client(
        "us-east-1", session=session, serializer=serializer
    ) as client:
        client.meta.events.register("before-send", transport)
        for some in batches(values, 10):
            client.create_endpoint_config(
                endpoint_config_name="name", production_variants=variants(some)
            )
            sent = [{"VariantName": "v", "InstanceType": one} for one in some]
            assert transport.sent["ProductionVariants"] == sent
            transport.answer = {"ProductionVariants": sent}
            reply = client.describe_endpoint_config(endpoint_config_name="name")
            assert reply.production_variants == variants(some)
            for one in reply.production_variants or []:
                assert isinstance(one.instance_type, InstanceType)
                if not one.instance_type.is_known:
                    unknown.append(one.instance_type)
    assert unknown == [FUTURE]


def batches(values: list[str], size: int) -> Iterator[list[str]]:
    """Values in lists of a length that the model allows."""
    return (values[start : start + size] for start in range(0, len(values), size))


def variants(values: list[str]) -> list[sagemaker.ProductionVariant]:
    """Variants with instance types, by turns a member of the enum and plain text."""
    return [
        sagemaker.ProductionVariant(
            variant_name="v", instance_type=InstanceType(value) if index % 2 else value
        )
        for index, value in enumerate(values)
    ]


def test_known_values_are_the_members(pinned: Pinned, enums: Any) -> None:
    """A value gives its one member, which knows that the model lists it."""
    for name, values in pinned.enums.items():
        enum = enums[name]
        for value in values:
            member = enum(value)
            assert member is enum(value) is enum[member.name]
            assert member.is_known is True
            assert isinstance(member, str)


@pytest.mark.parametrize("value", ["ml.m5.xlarge", FUTURE])
def test_values_are_their_strings(value: str) -> None:
    """Known or not, a value stands wherever its string does."""
    member = InstanceType(value)

    assert member == value
    assert value == member
    assert hash(member) == hash(value)
    assert member != f"{value}x"
    assert {value: 1}[member] == 1
    by_member: dict[str, int] = {member: 1}
    assert by_member[value] == 1
    assert member in {value, "other"}
    assert value in {member, "other"}
    assert str(member) == f"{member}" == format(member) == member.value == value
    assert type(str(member)) is str
    assert json.dumps({"type": member, member: 1}) == json.dumps(
        {"type": value, value: 1}
    )
    assert sorted([member, "z", "a"]) == ["a", value, "z"]
    assert [member, *InstanceType][0].upper() == value.upper()


@pytest.mark.parametrize("value", ["ml.m5.xlarge", FUTURE])
def test_values_match_patterns(value: str) -> None:
    """`match` finds a member by its string, and a string by its member."""
    match InstanceType(value):
        case "ml.m5.xlarge" as found:
            known = True
        case found:
            known = False
    assert found == value
    assert known is InstanceType(value).is_known

    match value:
        case InstanceType.ML_M5_XLARGE:
            assert known
        case _:
            assert not known


def test_a_future_value_is_no_member_of_the_enum(enums: Any) -> None:
    """It leaves the enum as it was: no member more, none found by its name."""
    for enum in enums.values():
        before = list(enum)
        future = enum(FUTURE)
        assert future.is_known is False
        assert list(enum) == before
        assert FUTURE not in enum.__members__
        assert isinstance(future, enum)
        assert repr(future) == f"<{enum.__name__}: {FUTURE!r} (unknown)>"
        with pytest.raises(KeyError):
            enum[FUTURE]


def test_values_of_two_enums_are_their_strings() -> None:
    """The same string in two enums is equal, as boto3's plain strings would be."""
    for value in ("ml.m5.xlarge", FUTURE):
        some: str = sagemaker.TrainingInstanceType(value)
        other: str = InstanceType(value)
        assert some == other
        assert hash(some) == hash(other)


@pytest.mark.parametrize("value", [1, None, b"ml.m5.xlarge", ["ml.m5.xlarge"]])
def test_what_is_no_string_is_no_value(value: Any) -> None:
    """An enum is open for strings alone."""
    with pytest.raises(ValueError, match="is not a valid ProductionVariantInstance"):
        InstanceType(value)


def test_strict_validation_tells_unknown_values() -> None:
    """Only when asked: the service may know what the model does not."""
    variant = sagemaker.ProductionVariant(variant_name="v", instance_type=FUTURE)
    validate(variant)
    with pytest.raises(ValidationError, match="instance_type: 'ml") as caught:
        validate(variant, strict=True)
    assert [one.path for one in caught.value.violations] == ["instance_type"]
