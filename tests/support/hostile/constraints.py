"""Bounds and formats of values: huge, negative and fractional ones among them."""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from tests.support.hostile.payload import texts
from tests.support.hostile.trait import timestamp_formats

Model = dict[str, Any]

SCALARS = (
    *("string", "string", "blob", "boolean", "double", "float", "integer", "long"),
    "timestamp",
)

#: Patterns that Python can read, and one that it cannot.
_PATTERNS = st.one_of(
    st.sampled_from((".*", "[a-z]+", r"\p{L}+", "[\"'\\\\]*")),
    texts(),
)

_ENUM_VALUES = st.one_of(
    st.sampled_from(
        ("a-b", "a_b", "A B", "1", "None", "mro", "name", "value", "class", "_", "É"),
    ),
    texts(),
)

_MORE = (0, 1, 9, 10**6, 2**63, 10**30)

#: The least lengths, and how much more there may be.
_LENGTHS = ((0, _MORE), (1, _MORE), (2, _MORE), (0.5, (2.5, 7)), (-1, (5,)))

_COUNTED = frozenset({"string", "blob", "list", "map"})

#: Types that have no least value for botocore.
_UNCHECKED = frozenset({"blob", "boolean", "map", "structure", "timestamp"})

_BOUNDS = frozenset({"enum", "max", "min", "pattern"})

_PARTS = ("member", "key", "value")

_WHOLE = (0, 1, -5, -0.5, 1.5, 255, -(2**31), -(2**63), 2**62)
_LEAST = -(2**31)
_FRACTIONAL = (0, -5, -0.5, 0.1, 1e-7, -1e300, 5e-324, 2**52)


def draw_scalar(draw: DrawFn, kind: str) -> Model:
    """Draw what a shape of a scalar type says of its values."""
    match kind:
        case "string":
            return _draw_text(draw)
        case "blob" if draw(st.booleans()):
            return draw_lengths(draw)
        case "integer" | "long" if draw(st.booleans()):
            return _draw_range(draw, _WHOLE, int)
        case "float" | "double" if draw(st.booleans()):
            return _draw_range(draw, _FRACTIONAL, float)
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
            # A pattern is not beside a length: a string of both might not exist.
            return {"pattern": draw(_PATTERNS)}
        case _:
            return {}


def _draw_range(draw: DrawFn, least: tuple[float, ...], kind: type[float]) -> Model:
    low = draw(st.sampled_from(least))
    high = low + draw(st.sampled_from((1, 2.5, 1000, 2**100)))
    # No float may be as great as a whole number says.
    bounds = {"min": low, "max": float(high) if kind is float else high}
    # Below what a type has, there is nothing.
    return bounds if low < _LEAST else _leave_out(draw, bounds)


def _leave_out(draw: DrawFn, bounds: Model) -> Model:
    """Both bounds, or one of them."""
    kept = draw(st.sampled_from((("min", "max"), ("min",), ("max",))))
    return {name: bounds[name] for name in kept}


def settle_hosts(model: Model) -> None:
    """Have nothing be part of a host that would then have no values.

    botocore takes a least length and a least value of 1 for granted.
    """
    for use, shape in _list_uses(model):
        said = {**shape, **use}
        is_free = said["type"] == "string" and not _BOUNDS & said.keys()
        if said.get("hostLabel") and not is_free and said["type"] not in _UNCHECKED:
            use["hostLabel"] = False


def spell_bounds(model: Model) -> Model:
    """A model with the same values, of which they can be drawn.

    Lengths have bounds that can be counted, and texts that may be part of a host the
    least length that botocore takes for granted.
    """
    spelt = copy.deepcopy(model)
    for use, shape in _list_uses(spelt):
        said = {**shape, **use}
        if said["type"] in _COUNTED and "min" in use:
            use["min"] = max(0, math.ceil(use["min"]))
        if said["type"] in _COUNTED and "max" in use:
            use["max"] = math.floor(use["max"])
        if said["type"] == "string" and said.get("hostLabel"):
            use["min"] = said.get("min", 1)
    return spelt


def _list_uses(model: Model) -> Iterator[tuple[Model, Model]]:
    """Each shape with itself, and each use of one within others with that one."""
    shapes = model["shapes"]
    for shape in shapes.values():
        yield shape, shape
    for shape in shapes.values():
        members = shape.get("members", {}).values()
        for use in (*members, *(shape[part] for part in _PARTS if part in shape)):
            yield use, shapes[use["shape"]]
