"""Structures made to be requests and replies, as their protocol would have them."""

from __future__ import annotations

import re

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from tests.support.hostile.name import name_lists
from tests.support.hostile.shape import Shapes, draw_use, make_elements
from tests.support.hostile.trait import (
    Model,
    context_parameters,
    draw_traits,
    namespaces,
    wire_names,
)

#: The places of a member of each type, beside the body.
_PLACES = {
    "list": ("header", "querystring"),
    "map": ("headers", "querystring"),
    "integer": ("header", "querystring", "uri", "statusCode"),
}
_SCALAR_PLACES = ("header", "querystring", "uri", "uri")

#: A label that `str.format` takes for a mere name.
_LABEL = re.compile(r"[^{}\[\].!:]+")


def add_end(draw: DrawFn, shapes: Shapes, name: str, protocol: str) -> None:
    """Add a structure that is to be the request and the reply of operations."""
    members: Model = {}
    for member in draw(name_lists(0, 5)):
        target = draw(st.sampled_from(_find_targets(shapes)))
        members[member] = draw_use(draw, target, "documentation")
        members[member] |= _draw_place(draw, shapes.kind(target), protocol)
    model: Model = {"type": "structure", "members": members}
    if protocol.startswith("rest-") and draw(st.integers(0, 1)):
        _add_payload(draw, shapes, model)
    elif shapes.streams and draw(st.integers(0, 2)) == 2:
        members[_find_free(members)] = {"shape": draw(st.sampled_from(shapes.streams))}
    _add_tokens(draw, shapes, members)
    if shapes.is_xml:
        make_elements(draw, members)
    required = [one for one in members if members[one]["shape"] in shapes.scalars]
    if required:
        model["required"] = draw(st.lists(st.sampled_from(required), unique=True))
    shapes.models[name] = model | draw_traits(draw, "documentation", "sensitive")


def _find_targets(shapes: Shapes) -> list[str]:
    """Scalars twice: they can be anywhere."""
    return [*shapes.scalars, *shapes.scalars, *shapes.containers, *shapes.held]


def _draw_place(draw: DrawFn, kind: str, protocol: str) -> Model:
    """Draw the place of a member."""
    said: Model = {}
    if draw(st.integers(0, 2)) == 2:
        said["locationName"] = draw(wire_names())
    if protocol.startswith("rest-") and draw(st.integers(0, 2)):
        places = _PLACES.get(kind, () if kind == "structure" else _SCALAR_PLACES)
        if places:
            said["location"] = draw(st.sampled_from(places))
        if said.get("location") == "header" and kind == "string":
            said |= draw_traits(draw, "jsonvalue")
    elif protocol == "rest-xml":
        said |= {"xmlNamespace": draw(namespaces())} if draw(st.booleans()) else {}
        if kind == "string" and draw(st.booleans()):
            said |= {"xmlAttribute": True, "locationName": "x:Attribute"}
    elif protocol == "ec2" and draw(st.booleans()):
        said["queryName"] = draw(wire_names())
    return said


def _add_payload(draw: DrawFn, shapes: Shapes, model: Model) -> None:
    """Make one member the whole body: one that is there, or one of any type."""
    members = model["members"]
    free = [name for name in members if "location" not in members[name]]
    is_there = draw(st.booleans())
    if free and is_there:
        model["payload"] = draw(st.sampled_from(free))
        return
    name = _find_free(members)
    streams = shapes.streams * 3
    targets = [shapes.octets, shapes.octets, *streams, *shapes.held, *shapes.odd]
    members[name] = draw_use(draw, draw(st.sampled_from(targets)))
    # botocore needs a name for the outermost element.
    members[name] |= {"locationName": "Root"} if draw(st.integers(0, 3)) else {}
    model["payload"] = name


def _find_free(members: Model) -> str:
    return next(
        name for name in ("Body", "Body2", "Body_3", "4") if name not in members
    )


def _add_tokens(draw: DrawFn, shapes: Shapes, members: Model) -> None:
    """Make strings what they can be at the top alone."""
    for member in members.values():
        if member["shape"] == shapes.text:
            member.update(draw_traits(draw, "idempotencyToken"))
            if draw(st.integers(0, 3)) == 3:
                member["contextParam"] = draw(context_parameters())


def list_labels(shape: Model) -> list[str]:
    """The labels that a request's members fill, as far as botocore can."""
    labels = [
        member.get("locationName", name)
        for name, member in shape["members"].items()
        if member.get("location") == "uri"
    ]
    return [label for label in labels if _LABEL.fullmatch(label)]
