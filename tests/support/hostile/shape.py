"""Shapes of hostile models: every kind, every trait, references all over."""

from __future__ import annotations

import re

from attrs import Factory, frozen
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from tests.support.hostile.constraints import (
    SCALARS,
    draw_enum,
    draw_lengths,
    draw_scalar,
)
from tests.support.hostile.name import name_lists
from tests.support.hostile.payload import texts
from tests.support.hostile.trait import (
    Model,
    draw_strays,
    draw_traits,
    flags,
    shared_traits,
    wire_names,
)

#: Traits of any shape or use of one.
_WORDS = ("documentation", "sensitive")

#: Kinds of shapes, beside those of scalars and containers.
_KINDS = ("plain", "plain", "plain", "union", "error", "document")

#: The number of shapes in all, and the names left for others.
_LEAST, _MOST, _SPARE = 11, 19, 5

#: Scalars that are there in each model, which others rely on: a string without an enum,
#: which keys of maps, labels and tokens can be, and bytes.
_FIXED = ("string", "blob")

#: Names of an element.
_XML_NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
_XML_NAMES = ("Tag", "tag", "item", "member", "entry", "key", "value", "Message", "a.b")


@frozen
class Shapes:
    """The shapes of a model, and the names of those of each kind.

    Attributes:
        is_xml: Whether what they describe travels as XML.
        models: The shapes in botocore's format, by their names.
        scalars: Those that hold no others; the first is a string, the second bytes.
        containers: Lists and maps.
        held: All that may be held by others.
        plain: Structures that are nothing else.
        errors: Exceptions.
        odd: Unions and documents.
        streams: Streams of events.
    """

    is_xml: bool
    models: dict[str, Model] = Factory(dict[str, Model])
    scalars: list[str] = Factory(list[str])
    containers: list[str] = Factory(list[str])
    held: list[str] = Factory(list[str])
    plain: list[str] = Factory(list[str])
    errors: list[str] = Factory(list[str])
    odd: list[str] = Factory(list[str])
    streams: list[str] = Factory(list[str])

    @property
    def text(self) -> str:
        """A string without an enum."""
        return self.scalars[0]

    @property
    def octets(self) -> str:
        """Bytes."""
        return self.scalars[1]

    def kind(self, name: str) -> str:
        """The type of a shape."""
        kind: str = self.models[name]["type"]
        return kind


def draw_shapes(draw: DrawFn, *, is_xml: bool) -> tuple[Shapes, list[str]]:
    """Draw shapes that are sound as botocore has it, whatever they are called.

    A list or map holds itself only through a structure, and a structure never needs
    itself, so that each shape has values.

    Args:
        draw: Draws.
        is_xml: Whether what they describe travels as XML.

    Returns:
        The shapes, and names for more.
    """
    names = draw(name_lists(_LEAST, _MOST))
    spare, names = names[:_SPARE], names[_SPARE:]
    first = max(2, len(names) // 3)
    second = first + len(names) // 6
    structures = names[second:]
    shapes = Shapes(is_xml)
    for index, name in enumerate(names[:first]):
        kind = _FIXED[index] if index < len(_FIXED) else draw(st.sampled_from(SCALARS))
        shapes.models[name] = _draw_scalar(draw, kind, fixed=not index)
        shapes.scalars.append(name)
    shapes.held.extend([*shapes.scalars, *structures])
    for name in names[first:second]:
        shapes.models[name] = _draw_container(draw, shapes)
        shapes.containers.append(name)
        shapes.held.append(name)
    for name in structures:
        _add_structure(draw, shapes, name)
    return shapes, spare


def draw_use(draw: DrawFn, target: str, *words: str) -> Model:
    """A use of a shape, and what it says: words, and what has no business there."""
    return {
        "shape": target,
        **draw_traits(draw, *words),
        **draw_strays(draw, shared_traits()),
    }


def draw_members(draw: DrawFn, shapes: Shapes, least: int = 0) -> Model:
    """Members of a structure, which may be of the structure itself."""
    members: Model = {}
    for name in draw(name_lists(least, 5)):
        # A union whose members all hold the union would have no values.
        target = draw(st.sampled_from(shapes.held)) if members else shapes.text
        member = draw_use(draw, target, "documentation")
        if draw(st.booleans()):
            member |= draw_traits(draw, "deprecated", "deprecatedMessage", "box")
        if target in shapes.scalars:
            member |= _draw_refinement(draw, shapes.models[target])
        if target == shapes.text:
            member |= draw_traits(draw, "idempotencyToken")
        members[name] = member
    is_renamed = draw(st.booleans())
    if members and is_renamed:
        # It may be the name of another member.
        wire = draw(st.one_of(wire_names(), st.sampled_from([*members])))
        members[draw(st.sampled_from([*members]))]["locationName"] = wire
    if shapes.is_xml:
        make_elements(draw, members)
    return members


def make_elements(draw: DrawFn, uses: Model) -> None:
    """Call members what elements can be called, most often."""
    for name, use in uses.items():
        known = _XML_NAME.fullmatch(use.get("locationName", name))
        if not known and draw(st.integers(0, 9)):
            use["locationName"] = draw(st.sampled_from(_XML_NAMES))


def _draw_refinement(draw: DrawFn, shape: Model) -> Model:
    """Draw what a use may say of values that its shape says less of."""
    if draw(st.integers(0, 9)) < 9:
        return {}
    if shape["type"] == "string" and not {"enum", "pattern", "min"} & shape.keys():
        return {"enum": draw_enum(draw)}
    return {"min": 0} if "min" not in shape and shape.get("max", 0) >= 0 else {}


def _draw_scalar(draw: DrawFn, kind: str, *, fixed: bool) -> Model:
    said = {} if fixed else draw_scalar(draw, kind)
    streaming = draw_traits(draw, "streaming") if kind == "blob" else {}
    strays = draw_strays(draw, shared_traits())
    return {"type": kind, **draw_traits(draw, *_WORDS), **streaming, **strays, **said}


def _draw_container(draw: DrawFn, shapes: Shapes) -> Model:
    name = draw(st.sampled_from(shapes.held))
    traits = draw_traits(draw, *_WORDS, "flattened", "sparse")
    if name in shapes.scalars and draw(st.booleans()):
        traits |= {"min": draw(st.integers(0, 1)), "max": 3}
    elif name in shapes.scalars and draw(st.booleans()):
        traits |= draw_lengths(draw)
    traits |= draw_strays(draw, shared_traits())
    if draw(st.booleans()):
        return {"type": "list", "member": _draw_part(draw, shapes, name), **traits}
    key, value = _draw_part(draw, shapes, shapes.text), _draw_part(draw, shapes, name)
    return {"type": "map", "key": key, "value": value, **traits}


def _draw_part(draw: DrawFn, shapes: Shapes, name: str) -> Model:
    part = draw_use(draw, name, "documentation")
    if draw(st.integers(0, 2)) == 2:
        part["locationName"] = draw(wire_names())
        if shapes.is_xml:
            make_elements(draw, {"": part})
    return part


def _add_structure(draw: DrawFn, shapes: Shapes, name: str) -> None:
    kind = draw(st.sampled_from(_KINDS)) if shapes.plain else "plain"
    members = draw_members(draw, shapes, least=int(kind == "union"))
    model: Model = {"type": "structure", "members": members}
    model |= draw_traits(draw, *_WORDS)
    model |= draw_strays(draw, shared_traits())
    match kind:
        case "union":
            model["union"] = True
            shapes.odd.append(name)
        case "document":
            model["document"] = True
            # They have no members; if one has, botocore does not look.
            model["members"] = members if draw(st.integers(0, 4)) == 0 else {}
            shapes.odd.append(name)
        case "error":
            model |= draw_error(draw)
            shapes.errors.append(name)
        case _:
            shapes.plain.append(name)
    scalars = [
        one for one in model["members"] if members[one]["shape"] in shapes.scalars
    ]
    if scalars and kind != "union":
        model["required"] = draw(st.lists(st.sampled_from(scalars), unique=True))
    if members and kind == "plain" and draw(st.integers(0, 5)) == 5:
        model["payload"] = draw(st.sampled_from([*members]))
    shapes.models[name] = model


def draw_error(draw: DrawFn) -> Model:
    """Draw the traits that make a structure an error."""
    said: Model = {"exception": True, **draw_traits(draw, "fault")}
    code = st.one_of(texts(), wire_names(), st.just("Common"))
    error = {
        "code": draw(code),
        "httpStatusCode": draw(st.sampled_from((400, 404, 500, 200, 0))),
        "senderFault": draw(flags()),
    }
    kept = draw(st.sampled_from(((), ("code",), ("httpStatusCode",), tuple(error))))
    if draw(st.integers(0, 3)):
        said["error"] = {key: error[key] for key in kept}
    return said
