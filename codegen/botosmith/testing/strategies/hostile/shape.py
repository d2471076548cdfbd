"""Shapes of hostile models: every kind, every trait, references all over."""

from __future__ import annotations

from typing import Any

from attrs import Factory, frozen
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from botosmith.testing.strategies.hostile.name import name_lists
from botosmith.testing.strategies.hostile.payload import documentation, texts

Model = dict[str, Any]

_SCALARS = ("string", "integer", "long", "float", "double", "boolean", "timestamp")

#: Patterns that Python can read, and one that it cannot.
_PATTERNS = st.one_of(
    st.sampled_from((".*", "[a-z]+", r"\p{L}+", "[\"'\\\\]*")), texts()
)

_ENUM_VALUES = st.one_of(
    st.sampled_from(
        ("a-b", "a_b", "A B", "1", "None", "mro", "name", "value", "class")
    ),
    texts(),
)


@frozen
class Shapes:
    """The shapes of a model, and the names of those of each kind.

    Attributes:
        models: The shapes in botocore's format, by their names.
    """

    models: dict[str, Model] = Factory(dict[str, Model])
    scalars: list[str] = Factory(list[str])
    containers: list[str] = Factory(list[str])
    plain: list[str] = Factory(list[str])
    errors: list[str] = Factory(list[str])


def draw_shapes(draw: DrawFn) -> Shapes:
    """Draw shapes that are sound as botocore has it, whatever they are called.

    A list or map holds itself only through a structure, and a structure never needs
    itself, so that each shape has values.
    """
    names = draw(name_lists(6, 16))
    scalars = max(1, len(names) // 3)
    structures = names[scalars + len(names) // 6 :]
    shapes = Shapes()
    for name in names[:scalars]:
        shapes.models[name] = _draw_scalar(draw, first=not shapes.scalars)
        shapes.scalars.append(name)
    for name in names[scalars : len(names) - len(structures)]:
        shapes.models[name] = _draw_container(draw, shapes, structures)
        shapes.containers.append(name)
    for name in structures:
        shapes.models[name] = _draw_structure(draw, shapes, structures)
        kind = shapes.errors if "exception" in shapes.models[name] else shapes.plain
        if "union" not in shapes.models[name]:
            kind.append(name)
    return shapes


def draw_traits(draw: DrawFn, *names: str) -> Model:
    """Some of the traits that are a flag or a text."""
    traits: Model = {}
    for name in names:
        # The least number, to which Hypothesis shrinks, leaves the trait away.
        if draw(st.integers(0, 2)) == 2:  # noqa: PLR2004 - one in three
            text = name in ("documentation", "deprecatedMessage")
            traits[name] = draw(documentation()) if text else True
    return traits


def _draw_scalar(draw: DrawFn, *, first: bool) -> Model:
    # The first is a string without an enum, which keys of maps and tokens can be.
    kind = "string" if first else draw(st.sampled_from((*_SCALARS, "blob", "string")))
    model = {"type": kind, **draw_traits(draw, "documentation", "sensitive")}
    if kind == "string" and not first and draw(st.booleans()):
        model["enum"] = draw(
            st.lists(_ENUM_VALUES, min_size=1, max_size=5, unique=True)
        )
    elif kind in ("string", "integer", "long", "blob") and draw(st.booleans()):
        least = draw(st.integers(0, 2))
        model |= {"min": least, "max": least + draw(st.integers(0, 9))}
    elif kind == "string" and draw(st.booleans()):
        # Not beside a length: of the two, there might be no string of both.
        model["pattern"] = draw(_PATTERNS)
    elif kind == "timestamp" and draw(st.booleans()):
        model["timestampFormat"] = draw(st.sampled_from(("iso8601", "rfc822")))
    return model


def _draw_container(draw: DrawFn, shapes: Shapes, structures: list[str]) -> Model:
    held = [*shapes.scalars, *shapes.containers, *structures]
    name = draw(st.sampled_from(held))
    traits = draw_traits(draw, "documentation", "sensitive")
    if name in shapes.scalars and draw(st.booleans()):
        traits |= {"min": draw(st.integers(0, 1)), "max": 3}
    if draw(st.booleans()):
        return {"type": "list", "member": {"shape": name}, **traits}
    key = {"shape": shapes.scalars[0]}
    return {"type": "map", "key": key, "value": {"shape": name}, **traits}


def _draw_structure(draw: DrawFn, shapes: Shapes, structures: list[str]) -> Model:
    kinds = ("plain", "plain", "plain", "union", "error")
    kind = draw(st.sampled_from(kinds)) if shapes.plain else "plain"
    members = _draw_members(draw, shapes, structures, least=kind == "union")
    model: Model = {"type": "structure", "members": members}
    model |= draw_traits(draw, "documentation", "sensitive")
    if kind == "union":
        model["union"] = True
    elif kind == "error":
        model |= {"exception": True, **draw_traits(draw, "fault")}
        status = {"httpStatusCode": 400, "senderFault": True}
        model["error"] = (
            {"code": draw(texts()), **status} if draw(st.booleans()) else {}
        )
    scalars = [name for name in members if members[name]["shape"] in shapes.scalars]
    if scalars and kind != "union":
        model["required"] = draw(st.lists(st.sampled_from(scalars), unique=True))
    return model


def _draw_members(
    draw: DrawFn, shapes: Shapes, structures: list[str], *, least: bool
) -> Model:
    names = draw(name_lists(int(least), 5))
    held = [*shapes.scalars, *shapes.containers, *structures]
    members: Model = {}
    for name in names:
        # A union whose members all hold the union would have no values.
        target = shapes.scalars[0] if not members else draw(st.sampled_from(held))
        member = {"shape": target, **draw_traits(draw, "documentation")}
        if draw(st.booleans()):
            member |= draw_traits(draw, "deprecated", "deprecatedMessage", "box")
        if target == shapes.scalars[0]:
            member |= draw_traits(draw, "idempotencyToken")
        members[name] = member
    wire = draw(st.sampled_from([*names, "", "@type", '"', "\n"])) if names else ""
    if names and wire not in names:
        members[names[-1]]["locationName"] = wire
    return members
