"""Sound models, each with everything that an edit can be made to."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from tests.support.hostile import hostile_models
from tests.unit.generator.diff.edits.source import Model, Source
from tests.unit.generator.diff.edits.trait import draw_limits, draw_traits

_METADATA = {
    "apiVersion": "2024-03-01",
    "endpointPrefix": "parcels",
    "jsonVersion": "1.1",
    "protocol": "json",
    "serviceId": "Parcels",
    "targetPrefix": "Parcels",
}

_SCALARS = {
    "Text": "string",
    "Code": "string",
    "Count": "integer",
    "Size": "long",
    "Ratio": "float",
    "Flag": "boolean",
    "When": "timestamp",
    "Bytes": "blob",
}
_ENUMS = ("Status", "Color")
_CONTAINERS = ("Texts", "Table", "Rows", "Index")
_STRUCTURES = ("Locker", "Parcel", "Route", "Stop", "Choice", "Anything")
_ERRORS = ("NotFound", "Conflict", "Busy")
_OPERATIONS = ("CreateLocker", "DescribeLocker", "ListLockers", "Ping")

#: Said somewhere in any case, so that there is something to change.
_WORDS: Model = {"documentation": "<p>Said.</p>"}
_SAID: Model = {**_WORDS, "locationName": "said"}

#: The wire of a model is full of such words; two are those of the format itself.
_MEMBERS = ("Name", "Id", "Kind", "Items", "Next", "documentation", "shape")
_VALUES = ("open", "Closed", "ml.m5.large", "ml.m5", "a-b", "é")


@st.composite
def sound_sources(draw: DrawFn) -> Source:
    """A service with several operations, and shapes of all kinds, some of them unused.

    Structures hold each other and themselves; they are sent, replied, both or neither.
    """
    model: Model = {
        "metadata": {**_METADATA, **draw_traits(draw, "metadata")},
        "operations": {name: _draw_operation(draw, name) for name in _OPERATIONS},
        "shapes": _draw_shapes(draw),
        **draw_traits(draw, "service"),
    }
    _complete(model)
    return Source(
        model,
        paginators={"ListLockers": {"input_token": "Next", "result_key": "Items"}},
        waiters={"LockerOpen": {"operation": "DescribeLocker", "delay": 3}},
        endpoints={"aws.eu-west-1": {"hostname": "a"}, "rules.rules": [1], "rules": {}},
    )


def _complete(model: Model) -> None:
    """Whatever has been drawn, each sort of edit has something to be made to."""
    model |= _WORDS
    model["metadata"]["uid"] = "parcels-1"
    model["operations"]["Ping"] |= {
        **_WORDS,
        "http": {"method": "POST"},
        "input": {"shape": "Locker", **_SAID},
        "errors": [{"shape": name, "exception": True, **_WORDS} for name in _ERRORS],
    }
    shapes = model["shapes"]
    limits: Model = {"min": 1, "max": 8, "pattern": ".*"}
    shapes["IdleText"].update(_WORDS, sensitive=True, **limits)
    for use in (
        shapes["IdleList"]["member"],
        shapes["IdleMap"]["key"],
        shapes["IdleMap"]["value"],
        *shapes["IdleThing"]["members"].values(),
    ):
        use.update(_SAID)


def sources() -> st.SearchStrategy[Source]:
    """Sound models, and now and then a hostile one."""
    sound = sound_sources()
    return st.one_of(sound, sound, sound, hostile_models().map(Source))


def _draw_operation(draw: DrawFn, name: str) -> Model:
    operation: Model = {"name": name, **draw_traits(draw, "operation")}
    for end in ("input", "output"):
        if draw(st.booleans()):
            shape = draw(st.sampled_from(_STRUCTURES[:4]))
            operation[end] = {"shape": shape, **draw_traits(draw, "end")}
    errors = draw(st.lists(st.sampled_from(_ERRORS), unique=True))
    operation["errors"] = [
        {"shape": error, **draw_traits(draw, "error use")} for error in errors
    ]
    return operation


def _draw_shapes(draw: DrawFn) -> Model:
    scalars = {
        name: {"type": kind, **draw_limits(draw), **draw_traits(draw, "shape")}
        for name, kind in _SCALARS.items()
    }
    enums = {
        name: {
            "type": "string",
            "enum": draw_values(draw),
            **draw_traits(draw, "shape"),
        }
        for name in _ENUMS
    }
    containers = {
        name: _draw_container(draw, name, [*scalars, *enums, *_CONTAINERS[:at], "Stop"])
        for at, name in enumerate(_CONTAINERS)
    }
    held = [*scalars, *enums, *containers, *_STRUCTURES]
    return {
        **scalars,
        **enums,
        **containers,
        **{name: _draw_structure(draw, name, held) for name in _STRUCTURES},
        **{
            name: {**_draw_structure(draw, name, held), "exception": True, "error": {}}
            for name in _ERRORS
        },
        # None of these is part of another; each kind has one.
        "IdleText": {"type": "string"},
        "IdleState": {"type": "string", "enum": ["on", "off"]},
        "IdleList": _draw_container(draw, "list", held),
        "IdleMap": _draw_container(draw, "map", held),
        "IdleThing": _draw_structure(draw, "IdleThing", [*held, "IdleThing"]),
        "IdleError": {"type": "structure", "members": {}, "exception": True},
    }


def draw_values(draw: DrawFn) -> list[str]:
    """The values of an enum."""
    return draw(st.lists(st.sampled_from(_VALUES), min_size=1, unique=True))


def _draw_container(draw: DrawFn, name: str, held: list[str]) -> Model:
    use = {"shape": draw(st.sampled_from(held))}
    said = {**draw_limits(draw), **draw_traits(draw, "shape")}
    if name in {"Texts", "Rows", "list"}:
        item = {**use, **draw_traits(draw, "item")}
        return {"type": "list", "member": item, **said}
    key = {"shape": "Text", **draw_traits(draw, "key")}
    return {
        "type": "map",
        "key": key,
        "value": {**use, **draw_traits(draw, "value")},
        **said,
    }


def _draw_structure(draw: DrawFn, name: str, held: list[str]) -> Model:
    if name == "Anything":
        return {"type": "structure", "members": {}, "document": True}
    # Two at least: a single one has no order.
    names = draw(
        st.lists(st.sampled_from(_MEMBERS), min_size=2, max_size=4, unique=True)
    )
    members: dict[str, Any] = {
        member: {"shape": draw(st.sampled_from(held)), **draw_traits(draw, "member")}
        for member in names
    }
    shape: Model = {
        "type": "structure",
        "members": members,
        **draw_traits(draw, "shape"),
    }
    if name == "Choice":
        return {**shape, "union": True}
    return {**shape, "required": draw(st.lists(st.sampled_from(names), unique=True))}
