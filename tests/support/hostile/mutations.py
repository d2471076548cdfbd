"""Models that are wrong in one place, or may be."""

from __future__ import annotations

import math
from typing import Any

from attrs import frozen
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from tests.support.hostile.format_spec import (
    MODEL,
    ModelLocation,
    Path,
    name_kind,
)
from tests.support.hostile.model import hostile_models
from tests.support.hostile.trait import Model

#: Values of every kind; `json` reads numbers that are none.
_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1.5, math.inf, math.nan, "", "x"),
    *([], ["x"], [None], [{}], {}, {"a": 1}, {"shape": 3}),
)

KINDS = ("array", "boolean", "number", "object", "string")

#: Texts that mean something somewhere.
_TEXTS = (
    *("", "x", "string", "structure", "list", "map", "blob", "integer", "bigInteger"),
    *("header", "uri", "rest-json", "json", "soap", "GET", "/{a}", "{", "\ud800", "["),
)

_TRAITS = ("document", "event", "eventstream", "exception", "sparse", "union")

#: Traits that change what a shape is.
_ADDED: dict[str, Any] = {
    **dict.fromkeys(_TRAITS, True),
    "enum": ["a"],
    "error": {},
    "location": "uri",
    "max": -1,
    "members": {},
    "min": 3,
    "pattern": "(",
    "required": [],
    "type": "structure",
}


@frozen
class Spoilt:
    """A model that is wrong in one place.

    Attributes:
        model: The model.
        path: The place.
        value: What stands there.
    """

    model: Model
    path: Path
    value: Any


@st.composite
def spoilt_models(draw: DrawFn) -> Spoilt:
    """Hostile models in which one key that botocore knows holds no value for it."""
    spoilt = draw(hostile_models())
    place = _draw_place(draw, spoilt, draw(st.sampled_from(KINDS)))
    kinds = place.spec.kinds
    wrong = [value for value in _VALUES if name_kind(value) not in kinds]
    value = draw(st.sampled_from(wrong))
    holder = find_holder(spoilt, place.path)
    holder[place.path[-1]] = value
    return Spoilt(spoilt, place.path, value)


@st.composite
def bent_models(draw: DrawFn) -> Model:
    """Hostile models of the right types, from which or to which something was done.

    A key is gone, a text is another one, or a trait stands where it cannot.
    """
    bent = draw(hostile_models())
    shapes = [*bent["shapes"]]
    match draw(st.integers(0, 2)):
        case 0:
            path = _draw_place(draw, bent, draw(st.sampled_from(KINDS))).path
            del find_holder(bent, path)[path[-1]]
        case 1:
            path = _draw_place(draw, bent, "string").path
            text = draw(st.sampled_from((*_TEXTS, *shapes)))
            find_holder(bent, path)[path[-1]] = text
        case _:
            path = _draw_place(draw, bent, "object").path
            trait = draw(st.sampled_from((*_ADDED, "payload", "shape")))
            value = _ADDED.get(trait, draw(st.sampled_from(shapes)))
            find_holder(bent, (*path, trait))[trait] = value
    return bent


def _draw_place(draw: DrawFn, model: Model, kind: str) -> ModelLocation:
    """A place that holds a value of some kind; by key: there are many members."""
    places: dict[Path, list[ModelLocation]] = {}
    for place in MODEL.walk(model):
        if (
            place.path
            and name_kind(find_holder(model, place.path)[place.path[-1]]) == kind
        ):
            places.setdefault(place.sort, []).append(place)
    if not places:
        return _draw_place(draw, model, "object")
    sort = draw(st.sampled_from([*places]))
    return draw(st.sampled_from(places[sort]))


def find_holder(model: Any, path: Path) -> Any:
    """Return the holder of a place of a model."""
    holder = model
    for key in path[:-1]:
        holder = holder[key]
    return holder
