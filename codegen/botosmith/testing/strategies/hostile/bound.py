"""Bounds and formats of values: huge, negative and fractional ones among them."""

from __future__ import annotations

import copy
import math
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from botosmith.testing.strategies.hostile.payload import texts
from botosmith.testing.strategies.hostile.trait import timestamp_formats

Model = dict[str, Any]

SCALARS = (
    *("string", "string", "blob", "boolean", "double", "float", "integer", "long"),
    "timestamp",
)

#: Patterns that Python can read, and one that it cannot.
_PATTERNS = st.one_of(
    st.sampled_from((".*", "[a-z]+", r"\p{L}+", "[\"'\\\\]*")), texts()
)

_ENUM_VALUES = st.one_of(
    st.sampled_from(
        ("a-b", "a_b", "A B", "1", "None", "mro", "name", "value", "class", "_", "É")
    ),
    texts(),
)

_MORE = (0, 1, 9, 10**6, 2**63, 10**30)

#: The least lengths, and how much more there may be.
_LENGTHS = ((0, _MORE), (1, _MORE), (2, _MORE), (0.5, (2.5, 7)), (-1, (5,)))

_COUNTED = frozenset({"string", "blob", "list", "map"})

_WHOLE = (0, 1, -5, -0.5, 1.5, 255, -(2**31), -(2**63), 2**62)
_LEAST = -(2**31)
_FRACTIONAL = (0, -5, -0.5, 0.1, 1e-7, -1e300, 5e-324, 2**52)


def draw_scalar(draw: DrawFn, kind: str) -> Model:
    """What a shape of a scalar type says of its values."""
    match kind:
        case "string":
            return _draw_text(draw)
        case "blob" if draw(st.booleans()):
            return draw_lengths(draw)
        case "integer" | "long" if draw(st.booleans()):
            return _draw_range(draw, _WHOLE)
        case "float" | "double" if draw(st.booleans()):
            return _draw_range(draw, _FRACTIONAL)
        case "timestamp" if draw(st.booleans()):
            return {"timestampFormat": draw(timestamp_formats())}
        case _:
            return {}


def draw_enum(draw: DrawFn) -> list[str]:
    """Values of an enum: different ones, the same one twice, or none."""
    values = draw(st.lists(_ENUM_VALUES, min_size=1, max_size=5))
    return values if draw(st.integers(0, 9)) else []


def draw_lengths(draw: DrawFn) -> Model:
    """Bounds of a length."""
    least, more = draw(st.sampled_from(_LENGTHS))
    bounds = {"min": least, "max": least + draw(st.sampled_from(more))}
    return _leave_out(draw, bounds)


def _draw_text(draw: DrawFn) -> Model:
    match draw(st.integers(0, 3)):
        case 1:
            return {"enum": draw_enum(draw)}
        case 2:
            return draw_lengths(draw)
        case 3:
            # Not beside a length: of the two, there might be no string of both.
            return {"pattern": draw(_PATTERNS)}
        case _:
            return {}


def _draw_range(draw: DrawFn, least: tuple[float, ...]) -> Model:
    low = draw(st.sampled_from(least))
    high = low + draw(st.sampled_from((1, 2.5, 1000, 2**100)))
    # No float may be as great as a whole number says.
    bounds = {"min": low, "max": float(high) if least is _FRACTIONAL else high}
    # Below what a type has, there is nothing.
    return bounds if low < _LEAST else _leave_out(draw, bounds)


def _leave_out(draw: DrawFn, bounds: Model) -> Model:
    """Both bounds, or one of them."""
    kept = draw(st.sampled_from((("min", "max"), ("min",), ("max",))))
    return {name: bounds[name] for name in kept}


def count_lengths(model: Model) -> Model:
    """A model with bounds of lengths that can be counted, and the same values.

    That is what values can be drawn of.
    """
    counted = copy.deepcopy(model)
    for shape in counted["shapes"].values():
        if shape["type"] in _COUNTED:
            if "min" in shape:
                shape["min"] = max(0, math.ceil(shape["min"]))
            if "max" in shape:
                shape["max"] = math.floor(shape["max"])
    return counted
