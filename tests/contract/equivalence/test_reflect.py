"""The interpreter does by descriptions what rendered wire code does.

For every class that has some: the same documents and objects from the same values, and
the same refused.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.anything import ANYTHING
from tests.support.figures import FIGURES
from tests.support.repository import MODELS

from botosmith import sagemaker
from botosmith.runtime import Structure, from_wire, schema, to_boto3
from botosmith.runtime.serde import interpreter
from botosmith.runtime.serde.readers import Mismatch
from botosmith.runtime.serde.writers import Refused
from botosmith.testing import load_service
from botosmith.testing.strategies import Options, documents

SERVICE = load_service("sagemaker", MODELS)
SHAPES = frozenset(SERVICE.shape_names)

CLASSES: dict[str, Any] = {
    name: found
    for name in dir(sagemaker)
    if isinstance(found := getattr(sagemaker, name), type)
    and issubclass(found, Structure)
}
WRITTEN = [name for name, found in CLASSES.items() if "_to_wire" in vars(found)]
READ = [name for name, found in CLASSES.items() if "_from_wire" in vars(found)]


def draw_documents(name: str) -> st.SearchStrategy[dict[str, Any]]:
    """Documents of a class; what is a side of an operation without a shape has none."""
    if name not in SHAPES:
        return st.just({})
    shape = SERVICE.shape_for(name)
    newer = documents(shape, Options(unknown_members=True))
    return documents(shape) | newer | documents(shape, Options(full=True))


def outcome(call: Callable[..., Any], *arguments: Any) -> tuple[Any, ...]:
    """Return an outcome so exactly that 1, 1.0 and True are three things."""
    try:
        made = call(*arguments)
    except (Refused, TypeError) as error:
        return (type(error),)
    if isinstance(made, Structure):
        return type(made), repr(made), repr(to_boto3(made))
    return (repr(made),)


def test_every_class_has_wire_code_where_it_travels() -> None:
    """The tests below leave none out: requests write, replies read, all do one."""
    assert len(CLASSES) >= FIGURES.structures - FIGURES.errors
    assert {*WRITTEN, *READ} == {*CLASSES}
    for operation in sagemaker.OPERATIONS.values():
        assert operation.request.__name__ in WRITTEN
        assert operation.response.__name__ in READ


@pytest.mark.sweep(every=4)
@pytest.mark.parametrize("name", WRITTEN)
def test_writing(name: str, patient: settings) -> None:
    """As drawn, and with anything at all in each member's place."""
    structure = CLASSES[name]

    @settings(patient, max_examples=5)
    @given(draw_documents(name), ANYTHING)
    def check(document: dict[str, Any], odd: Any) -> None:
        value = from_wire(structure, document)
        assert outcome(interpreter.to_wire, value) == (repr(structure._to_wire(value)),)
        for field in schema.fields(structure):
            kept = getattr(value, field.attribute)
            for wrong in (None, odd, [odd], {"a": odd}):
                setattr(value, field.attribute, wrong)
                rendered = outcome(structure._to_wire, value)
                assert outcome(interpreter.to_wire, value) == rendered
            setattr(value, field.attribute, kept)

    check()


@pytest.mark.sweep(every=4)
@pytest.mark.parametrize("name", READ)
def test_reading(name: str, patient: settings) -> None:
    """As drawn, and with anything at all under each name."""
    structure = CLASSES[name]

    @settings(patient, max_examples=5)
    @given(draw_documents(name), ANYTHING)
    def check(document: dict[str, Any], odd: Any) -> None:
        made = structure._from_wire(document)
        assert outcome(interpreter.from_wire, structure, document) == outcome(
            lambda: made
        )
        assert interpreter.from_wire(structure, document) == made
        for field in schema.fields(structure):
            for wrong in (None, odd, [odd], {"a": odd}):
                for spoilt in (
                    {**document, field.member.wire_name: wrong},
                    {field.member.wire_name: wrong},
                ):
                    rendered = outcome(structure._from_wire, spoilt)
                    assert outcome(interpreter.from_wire, structure, spoilt) == rendered

    check()


def test_something_is_refused() -> None:
    """By both, or the tests above would tell little."""
    tag = sagemaker.Tag(key="k", value="v")
    tag.key = None  # type: ignore[assignment]

    assert outcome(tag._to_wire) == outcome(interpreter.to_wire, tag) == (Refused,)
    spoilt = {"Key": 1}
    assert outcome(sagemaker.Tag._from_wire, spoilt) == (Mismatch,)
    assert outcome(interpreter.from_wire, sagemaker.Tag, spoilt) == (Mismatch,)
