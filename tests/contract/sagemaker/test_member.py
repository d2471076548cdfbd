"""Members of structures: their order, names, types, bounds and other traits."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, get_type_hints

import attrs
from tests.support.figures import FIGURES

from botosmith import sagemaker
from botosmith.runtime import schema

from .pinned import Pinned, differences, snake

#: Members that the bases of replies and of unions bring along.
INHERITED = {"response_metadata", "sdk_unknown_member"}

#: A member that is only sent takes any sequence or mapping; replies hold mutable ones.
LISTS: dict[bool, Any] = {True: Sequence, False: list}
MAPS: dict[bool, Any] = {True: Mapping, False: dict}

PLAIN_TYPES = {
    "string": str,
    "integer": int,
    "long": int,
    "float": float,
    "double": float,
    "boolean": bool,
    "timestamp": datetime,
}


def test_structures_have_the_members_in_order(pinned: Pinned, classes: Any) -> None:
    """Attributes are the members in the model's order, and have their wire names."""
    expected = {
        name: [(snake(member), member, member) for member in shape["members"]]
        for name, shape in pinned.structures.items()
    }
    found = {
        name: [
            (one.attribute, one.member.name, one.member.wire_name)
            for one in schema.fields(classes[name])
        ]
        for name in pinned.structures
    }
    assert differences(found, expected) == []


def test_structures_have_no_other_attributes(pinned: Pinned, classes: Any) -> None:
    """Beside members there is only what the bases of replies and unions have."""
    for name, cls in classes.items():
        if name in pinned.enums:
            continue
        members = pinned.shapes.get(name, {"members": {}})["members"]
        own = [one.name for one in attrs.fields(cls) if not one.inherited]
        assert own == list(map(snake, members)), name
        assert {one.name for one in attrs.fields(cls) if one.inherited} <= INHERITED
        public = {key for key in dir(cls) if not key.startswith("_")} - INHERITED
        public -= {"get"} - {*own}  # it tells users of dictionaries what to write
        assert public == set(own), name


def test_required_members_are_those_of_the_model(pinned: Pinned, classes: Any) -> None:
    """The constructor insists on what is required, but for tokens that we fill in."""
    found = {
        name: [one.member.name for one in schema.fields(classes[name]) if one.required]
        for name in pinned.structures
    }
    expected = {
        name: [member for member in shape["members"] if _is_insisted_on(shape, member)]
        for name, shape in pinned.structures.items()
    }
    assert differences(found, expected) == []
    assert not [
        name
        for name in pinned.structures
        if any(one.default not in {None, attrs.NOTHING} for one in _own(classes[name]))
    ]


def _own(cls: type) -> Iterator[Any]:
    return (one for one in attrs.fields(cls) if not one.inherited)


def _is_insisted_on(shape: Mapping[str, Any], member: str) -> bool:
    is_token = shape["members"][member].get("idempotencyToken", False)
    return member in shape.get("required", ()) and not is_token


def test_traits_of_members_are_those_of_the_model(pinned: Pinned, classes: Any) -> None:
    """Sensitive, deprecated and token members are marked, and no others."""
    found = {
        (name, one.member.name): (
            one.member.sensitive,
            one.member.deprecated,
            one.member.token,
        )
        for name in pinned.structures
        for one in schema.fields(classes[name])
    }
    expected = {
        (name, member): (
            pinned.shapes[reference["shape"]].get("sensitive", False)
            or member == "AuthorizedUrl",  # whoever has it is let in
            reference.get("deprecatedMessage"),
            reference.get("idempotencyToken", False),
        )
        for name, shape in pinned.structures.items()
        for member, reference in shape["members"].items()
    }
    assert differences(found, expected) == []
    marks = zip(*found.values(), strict=True)
    assert [sum(map(bool, mark)) for mark in marks] == [
        FIGURES.sensitive + 4,
        FIGURES.deprecated,
        FIGURES.tokens,
    ]


def test_annotations_are_the_types_of_the_model(pinned: Pinned, classes: Any) -> None:
    """Type checkers know each member's type; optional ones may be None."""
    found: dict[Any, Any] = {}
    expected: dict[Any, Any] = {}
    for name, shape in pinned.structures.items():
        is_sent = name not in pinned.replied
        hints = get_type_hints(classes[name])
        for member, reference in shape["members"].items():
            hint = _hint(pinned, classes, reference["shape"], is_sent=is_sent)
            key = (name, snake(member))
            expected[key] = hint if _is_insisted_on(shape, member) else hint | None
            found[key] = hints[snake(member)]
    assert differences(found, expected) == []


def _hint(pinned: Pinned, classes: Any, name: str, *, is_sent: bool) -> Any:
    def part(key: str) -> Any:
        return _hint(pinned, classes, shape[key]["shape"], is_sent=is_sent)

    shape = pinned.shapes[name]
    if name in pinned.enums:
        return classes[name] | str
    match shape["type"]:
        case "structure":
            return classes[name]
        case "list":
            return LISTS[is_sent][part("member")]
        case "map":
            return MAPS[is_sent][part("key"), part("value")]
        case kind:
            return PLAIN_TYPES[kind]


def test_run_time_types_are_those_of_the_model(pinned: Pinned, classes: Any) -> None:
    """Validation knows each member's type with its bounds and pattern."""
    found = {
        (name, one.member.name): _describe(one.member.type)
        for name in pinned.structures
        for one in schema.fields(classes[name])
    }
    expected = {
        (name, member): _expect(pinned, classes, reference["shape"])
        for name, shape in pinned.structures.items()
        for member, reference in shape["members"].items()
    }
    assert differences(found, expected) == []


def _describe(  # noqa: PLR0911 - one for each kind of type
    type_: schema.Type,
) -> tuple[Any, ...]:
    kind = type(type_).__name__
    match type_:
        case schema.Enum():
            return kind, type_.enum
        case schema.Structure():
            return kind, type_.structure
        case schema.List():
            return kind, type_.min, type_.max, _describe(type_.member)
        case schema.Map():
            parts = _describe(type_.key), _describe(type_.value)
            return kind, type_.min, type_.max, *parts
        case schema.String():
            return kind, type_.min, type_.max, type_.pattern
        case schema.Integer() | schema.Float():
            return kind, type_.min, type_.max
        case _:
            return (kind,)


def _expect(  # noqa: PLR0911 - one for each kind of type
    pinned: Pinned, classes: Any, name: str
) -> tuple[Any, ...]:
    shape = pinned.shapes[name]
    bounds = shape.get("min"), shape.get("max")

    def part(key: str) -> tuple[Any, ...]:
        return _expect(pinned, classes, shape[key]["shape"])

    if name in pinned.enums:
        return "Enum", classes[name]
    match shape["type"]:
        case "structure":
            return "Structure", classes[name]
        case "list":
            return "List", *bounds, part("member")
        case "map":
            return "Map", *bounds, part("key"), part("value")
        case "string":
            return "String", *bounds, shape.get("pattern")
        case "integer" | "long":
            return "Integer", *bounds
        case "float" | "double":
            return "Float", *bounds
        case kind:
            return (kind.capitalize(),)


def test_functions_take_the_members_as_arguments(pinned: Pinned, classes: Any) -> None:
    """Arguments have the request's order, types and defaults, and go by name."""
    for operation in pinned.operations:
        function = getattr(sagemaker, pinned.function(operation))
        request = classes[pinned.request(operation)]
        signature = inspect.signature(function)
        members = inspect.signature(request).parameters
        client, *arguments = signature.parameters.values()
        assert (client.name, client.kind) == ("client", client.POSITIONAL_OR_KEYWORD)
        assert signature.return_annotation == pinned.response(operation)
        assert [
            (one.name, one.kind, one.annotation, one.default) for one in arguments
        ] == [
            (
                one.attribute,
                inspect.Parameter.KEYWORD_ONLY,
                members[one.attribute].annotation,
                inspect.Parameter.empty if one.required else None,
            )
            for one in schema.fields(request)
        ], operation


def test_errors_have_the_members_in_order(pinned: Pinned) -> None:
    """An error's members are found by the names that a reply has for them."""
    for name, shape in pinned.errors.items():
        assert [
            (one.attribute, one.member.name, _describe(one.member.type))
            for one in getattr(sagemaker, name)._fields
        ] == [
            (snake(member), member, _expect(pinned, {}, reference["shape"]))
            for member, reference in shape["members"].items()
        ]
