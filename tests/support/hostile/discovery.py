"""An operation that tells where others are."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from tests.support.hostile.shape import Shapes
from tests.support.hostile.trait import Model

#: The operation, as services call it.
DISCOVERY = "DescribeEndpoints"

_SHAPES: Model = {
    "Describing": {
        "type": "structure",
        "members": {
            "Operation": {"shape": "Address"},
            "Identifiers": {"shape": "Identifiers"},
        },
    },
    "Described": {
        "type": "structure",
        "members": {"Endpoints": {"shape": "Endpoints"}},
        "required": ["Endpoints"],
    },
    "Endpoints": {"type": "list", "member": {"shape": "DiscoveredEndpoint"}},
    "DiscoveredEndpoint": {
        "type": "structure",
        "members": {
            "Address": {"shape": "Address"},
            "CachePeriodInMinutes": {"shape": "Minutes"},
        },
        "required": ["Address", "CachePeriodInMinutes"],
    },
    "Identifiers": {
        "type": "map",
        "key": {"shape": "Address"},
        "value": {"shape": "Address"},
    },
    "Address": {"type": "string"},
    "Minutes": {"type": "long"},
}


def add_discovery(draw: DrawFn, model: Model, shapes: Shapes) -> None:
    """Have some operations ask for their endpoints, by some of their members."""
    if any(name in model["shapes"] for name in _SHAPES):
        return
    for operation in model["operations"].values():
        if draw(st.booleans()):
            said = draw(st.sampled_from(({}, {"required": True})))
            operation["endpointdiscovery"] = said
            given = model["shapes"].get(operation.get("input", {}).get("shape"), {})
            _add_identifier(draw, given, shapes)
            # botocore looks in structures within structures as well.
            inner = [one["shape"] for one in given.get("members", {}).values()]
            if inner and draw(st.integers(0, 2)) == 2:
                held = model["shapes"][draw(st.sampled_from(inner))]
                _add_identifier(draw, held, shapes)
    add_question(model)


def add_question(model: Model) -> None:
    """Add the operation, with its shapes, to a model that has neither."""
    model["shapes"] |= _SHAPES
    model["operations"][DISCOVERY] = {
        "name": DISCOVERY,
        "http": {"method": "POST", "requestUri": "/discover"},
        "input": {"shape": "Describing", "locationName": "Describing"},
        "output": {"shape": "Described"},
        "endpointoperation": True,
    }


def _add_identifier(draw: DrawFn, given: Model, shapes: Shapes) -> None:
    """Make a text of a structure an identifier; most often one that is there."""
    texts = [
        name
        for name, member in given.get("members", {}).items()
        if member["shape"] == shapes.text
    ]
    is_one = draw(st.booleans())
    if texts and is_one:
        name = draw(st.sampled_from(texts))
        given["members"][name]["endpointdiscoveryid"] = True
        if draw(st.integers(0, 3)) and not given.get("union"):
            given["required"] = sorted({*given.get("required", ()), name})
