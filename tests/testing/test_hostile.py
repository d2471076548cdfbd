"""Hostile models are sound for botocore, and hostile indeed."""

from __future__ import annotations

import builtins
import contextlib
import json
from typing import Any

import pytest
from botocore import xform_name
from botocore.model import ServiceModel
from botocore.validate import ParamValidator
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment, TemplateError

from botosmith.testing import StandIn
from botosmith.testing.strategies import (
    MARKER,
    documents,
    hostile_models,
    parameters,
)
from botosmith.testing.strategies.hostile.payload import PAYLOADS

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


@given(hostile_models())
def test_botocore_reads_them(model: dict[str, Any]) -> None:
    """JSON keeps them, and every reference in them leads somewhere."""
    assert json.loads(json.dumps(model)) == model
    service = ServiceModel(model, "hostile")
    assert service.resolved_protocol == "json"
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
    service = ServiceModel(data.draw(hostile_models()), "hostile")
    for name in service.shape_names:
        shape = service.shape_for(name)
        value = data.draw(parameters(shape))
        assert ParamValidator().validate(value, shape).generate_report() == ""
        json.dumps(data.draw(documents(shape)))


@given(hostile_models())
def test_a_stand_in_can_serve_them(model: dict[str, Any]) -> None:
    """Whatever a service is called, a server can be made for it."""
    assert StandIn(ServiceModel(model, "hostile")).calls == []


@pytest.mark.parametrize("frame", FRAMES)
def test_their_texts_would_be_executed(frame: str) -> None:
    """Unescaped in any place of a module, some text of theirs sets the marker."""
    assert any(executes(FRAMES[frame].replace("{}", text)) for text in PAYLOADS)


def executes(source: str) -> bool:
    """Whether a module's source sets the marker; it is taken back."""
    with contextlib.suppress(Exception):
        exec(compile(source, "<hostile>", "exec"), {"print": str})  # noqa: S102
    return take_marker()


def test_their_templates_would_be_rendered() -> None:
    """So would one of them as a template."""
    for text in PAYLOADS:
        with contextlib.suppress(TemplateError, TypeError):
            Environment(autoescape=True).from_string(text).render()
    assert take_marker()


def take_marker() -> bool:
    """Whether the marker is set, which it then no longer is."""
    found = hasattr(builtins, MARKER)
    if found:
        delattr(builtins, MARKER)
    return found


def test_their_names_clash() -> None:
    """Within 100 models, snake_case makes names the same, of every kind."""
    clashes: set[str] = set()

    @settings(max_examples=100, database=None, derandomize=True)
    @given(hostile_models())
    def collect(model: dict[str, Any]) -> None:
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

    collect()
    assert clashes == {"operation", "shape", "member"}
