"""Hostile models are sound for botocore, and hostile indeed."""

from __future__ import annotations

import builtins
import contextlib
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from botocore import xform_name
from botocore.model import ServiceModel
from botocore.validate import ParamValidator
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment, TemplateError
from tests.support.hostile import (
    MARKER,
    Spoilt,
    hostile_models,
    spell_bounds,
    spoilt_models,
)
from tests.support.hostile.format_spec import MODEL, Path, Spec, name_kind
from tests.support.hostile.payload import PAYLOADS
from tests.support.hostile.service import PROTOCOLS

from botosmith.testing import StandIn
from botosmith.testing.strategies import documents, parameters

FRAMES = {
    "comment": "# {}",
    "docstring": '"""{}"""',
    "other docstring": "'''{}'''",
    "string": 'print("{}")',
    "other string": "print('{}')",
    "f-string": 'f"{}"',
    "default": "def f({}): pass",
    "body": "if True: {}",
}


@given(st.data())
def test_botocore_reads_them(data: st.DataObject) -> None:
    """JSON keeps them, and every reference in them leads somewhere."""
    protocol = data.draw(st.sampled_from(PROTOCOLS))
    model = data.draw(hostile_models(protocol))

    assert json.loads(json.dumps(model)) == model
    service = ServiceModel(model, "hostile")
    assert service.resolved_protocol == protocol
    for name in service.operation_names:
        operation = service.operation_model(name)
        assert operation.name == name
        for shape in (operation.input_shape, operation.output_shape):
            assert shape is None or shape.type_name == "structure"
        errors = [shape.metadata["exception"] for shape in operation.error_shapes]
        assert all(errors)


@given(st.data())
def test_their_shapes_have_values(data: st.DataObject) -> None:
    """Every shape can be drawn in both forms, and is valid for botocore."""
    model = data.draw(hostile_models())
    drawn = ServiceModel(spell_bounds(model), "hostile")
    service = ServiceModel(model, "hostile")
    for name in service.shape_names:
        shape = service.shape_for(name)
        if shape.serialization.get("eventstream"):
            continue  # a stream of them is not a structure
        value = data.draw(parameters(drawn.shape_for(name)))
        assert ParamValidator().validate(value, shape).generate_report() == ""
        json.dumps(data.draw(documents(drawn.shape_for(name))))


@cache
def collect_models() -> list[dict[str, Any]]:
    """As many models as show what there is; the same each time."""
    models: list[dict[str, Any]] = []

    @settings(max_examples=500, database=None, derandomize=True)
    @given(hostile_models())
    def collect(model: dict[str, Any]) -> None:
        models.append(model)

    collect()
    return models


def test_every_trait_is_drawn() -> None:
    """Within some models, each key that botocore knows is there, wherever it may be."""
    drawn = {
        str(place.sort[-1])
        for model in collect_models()
        for place in MODEL.walk(model)
        if place.sort
    }

    assert {*list_keys(MODEL)} - drawn == set()


def list_keys(spec: Spec) -> Iterator[str]:
    """Every key of which something is known."""
    for key, inner in spec.keys.items():
        yield key
        yield from list_keys(inner)
    if spec.each is not None:
        yield from list_keys(spec.each)


@given(spoilt_models())
def test_spoilt_models_are_wrong_in_one_place(spoilt: Spoilt) -> None:
    """The rest is as it was."""
    wrong = [
        place.path
        for place in MODEL.walk(spoilt.model)
        if name_kind(find(spoilt.model, place.path)) not in place.spec.kinds
    ]

    # Beneath that place, nothing is what it should be.
    assert {path[: len(spoilt.path)] for path in wrong} == {spoilt.path}
    assert find(spoilt.model, spoilt.path) is spoilt.value


def find(model: Any, path: Path) -> Any:
    """The text in some place."""
    for key in path:
        model = model[key]
    return model


@given(hostile_models("json"))
def test_a_stand_in_can_serve_them(model: dict[str, Any]) -> None:
    """Whatever a service is called, a server can be made for it."""
    assert StandIn(ServiceModel(model, "hostile")).calls == []


@pytest.mark.parametrize("frame", FRAMES)
def test_their_texts_would_be_executed(frame: str) -> None:
    """Unescaped in any place of a module, some text of theirs sets the marker."""
    assert any(executes(FRAMES[frame].replace("{}", text)) for text in PAYLOADS)


def executes(source: str) -> bool:
    """Return whether a module's source sets the marker, and take it back."""
    with contextlib.suppress(Exception):
        exec(compile(source, "<hostile>", "exec"), {"print": str})  # noqa: S102
    return take_marker()


def test_their_templates_would_be_rendered() -> None:
    """A template made of one of them would set it, too."""
    for text in PAYLOADS:
        with contextlib.suppress(TemplateError, TypeError):
            Environment(autoescape=True).from_string(text).render()
    assert take_marker()


def take_marker() -> bool:
    """Return whether the marker is set, and unset it."""
    found = hasattr(builtins, MARKER)
    if found:
        delattr(builtins, MARKER)
    return found


def test_their_names_clash() -> None:
    """Within some models, snake_case makes names the same, of every kind."""
    clashes: set[str] = set()
    for model in collect_models():
        shapes = model["shapes"]
        members = [shape.get("members", {}) for shape in shapes.values()]
        for kind, groups in {
            "operation": [model["operations"]],
            "shape": [shapes],
            "member": members,
        }.items():
            for names in groups:
                if len({xform_name(name).lower() for name in names}) < len(names):
                    clashes.add(kind)

    assert clashes == {"operation", "shape", "member"}
