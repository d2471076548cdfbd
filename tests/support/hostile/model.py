"""Whole hostile models."""

from __future__ import annotations

import json
from typing import cast

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from tests.support.hostile.constraints import settle_hosts
from tests.support.hostile.discovery import add_discovery
from tests.support.hostile.name import name_lists
from tests.support.hostile.operation import draw_operation
from tests.support.hostile.operation_io import add_end
from tests.support.hostile.payload import documentation
from tests.support.hostile.service import (
    PROTOCOLS,
    XML_PROTOCOLS,
    draw_metadata,
    service_traits,
)
from tests.support.hostile.shape import draw_shapes
from tests.support.hostile.stream import add_stream
from tests.support.hostile.trait import Model, draw_strays


@st.composite
def hostile_models(draw: DrawFn, protocol: str | None = None) -> Model:
    """Small service models in botocore's format.

    botocore can read them, and every shape in them has values. What is hostile are
    names (of operations, shapes, members, on the wire), enum values, patterns, error
    codes and documentation: they clash with Python, with generated code and with each
    other, and hold quotes, escapes, templates, markup, lone surrogates, and code that
    sets `MARKER` in `builtins` if it is ever executed. Traits stand where they mean
    something, and now and then where they do not.

    Args:
        draw: Draws.
        protocol: botocore's name of the service's protocol; any of them by default.
    """
    spoken = protocol or draw(st.sampled_from(PROTOCOLS))
    shapes, spare = draw_shapes(draw, is_xml=spoken in XML_PROTOCOLS)
    ends, spare = spare[:2], spare[2:]
    if draw(st.booleans()):
        add_stream(draw, shapes, spare)
    for name in ends:
        add_end(draw, shapes, name, spoken)
    model = {
        "version": "2.0",
        "metadata": draw_metadata(draw, spoken),
        "operations": {
            name: draw_operation(draw, name, shapes, ends, spoken)
            for name in draw(name_lists(1, 4))
        },
        "shapes": shapes.models,
        "documentation": draw(documentation()),
        **draw_strays(draw, service_traits()),
    }
    if draw(st.integers(0, 7)) == 7:
        add_discovery(draw, model, shapes)
    settle_hosts(model)
    # As if read from a file, where two lone surrogates may have become a character.
    return cast("Model", json.loads(json.dumps(model)))
