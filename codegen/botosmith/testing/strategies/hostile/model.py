"""Whole hostile models."""

from __future__ import annotations

import json
from typing import cast

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from botosmith.testing.strategies.hostile.name import name_lists
from botosmith.testing.strategies.hostile.payload import documentation, texts
from botosmith.testing.strategies.hostile.shape import (
    Model,
    Shapes,
    draw_shapes,
    draw_traits,
)

#: What a service needs so that botocore makes a client of it.
_METADATA = {
    "apiVersion": "2024-03-01",
    "auth": ["aws.auth#sigv4"],
    "endpointPrefix": "hostile",
    "protocol": "json",
    "protocols": ["json"],
    "serviceId": "Hostile",
    "signatureVersion": "v4",
    "signingName": "hostile",
    "targetPrefix": "Hostile_20240301",
    "uid": "hostile-2024-03-01",
}


@st.composite
def hostile_models(draw: DrawFn) -> Model:
    """Small service models in botocore's format, of the protocol json.

    botocore can read them, and every shape in them has values. What is hostile are
    names (of operations, shapes, members, on the wire), enum values, patterns, error
    codes and documentation: they clash with Python, with generated code and with each
    other, and hold quotes, escapes, templates, markup, lone surrogates, and code that
    sets `MARKER` in `builtins` if it is ever executed.
    """
    shapes = draw_shapes(draw)
    model = {
        "version": "2.0",
        "metadata": {
            **_METADATA,
            "jsonVersion": draw(st.sampled_from(("1.0", "1.1"))),
            "serviceFullName": draw(texts()),
            "serviceAbbreviation": draw(texts()),
        },
        "operations": {
            name: _draw_operation(draw, name, shapes) for name in draw(name_lists(1, 4))
        },
        "shapes": shapes.models,
        "documentation": draw(documentation()),
    }
    # As if read from a file, where two lone surrogates may have become a character.
    return cast("Model", json.loads(json.dumps(model)))


def _draw_operation(draw: DrawFn, name: str, shapes: Shapes) -> Model:
    operation: Model = {"name": name, "http": {"method": "POST", "requestUri": "/"}}
    # One structure may be the input and the output of several operations.
    for role in ("input", "output"):
        if draw(st.integers(0, 4)):
            operation[role] = {"shape": draw(st.sampled_from(shapes.plain))}
    if shapes.errors:
        errors = draw(st.lists(st.sampled_from(shapes.errors), unique=True))
        operation["errors"] = [{"shape": error} for error in errors]
    flags = ("documentation", "deprecated", "deprecatedMessage", "idempotent")
    return operation | draw_traits(draw, *flags)
