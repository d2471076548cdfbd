"""The Python type of a member as a tree, and a test if one may replace another.

These are the rules of type checkers for the annotations that `plan.expression` writes:
a request takes any sequence; a list that may be read and written has one item type.
"""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

from botosmith.generator.model import ShapeModel

#: Returns a shape by its name.
Lookup = Callable[[str], ShapeModel]

_SCALARS = {
    "blob": "bytes",
    "boolean": "bool",
    "timestamp": "datetime",
    "byte": "int",
    "short": "int",
    "integer": "int",
    "long": "int",
    "bigInteger": "int",
    "float": "float",
    "double": "float",
    "bigDecimal": "float",
}

#: Pairs of a type and another that accepts it (PEP 484).
_PROMOTED = {("int", "float"), ("bool", "int"), ("bool", "float")}

#: An enum is annotated `Status | str`, and is a str itself.
_TEXTS = {"str", "enum"}

_JSON = {"Any", "bool", "float", "int", "list", "map", *_TEXTS}


@frozen
class TypeTree:
    """A type.

    Attributes:
        kind: `class`, `enum`, `list`, `map`, or the name of a scalar type.
        name: The shape of a class or an enum.
        parts: The types of a list's items, or a map's keys and values.
    """

    kind: str
    name: str = ""
    parts: tuple[TypeTree, ...] = ()

    def __str__(self) -> str:
        inner = ", ".join(map(str, self.parts))
        return self.name or (f"{self.kind}[{inner}]" if inner else self.kind)


def make_tree(shape: ShapeModel, look_up: Lookup) -> TypeTree:
    """Return the type of a shape's values; classes are leaves."""
    if shape.enum is not None:
        return TypeTree("enum", shape.name)
    if shape.has_class:
        return TypeTree("class", shape.name)
    if shape.type in {"list", "map"}:
        inner = (make_tree(look_up(part.shape), look_up) for part in shape.parts)
        return TypeTree(shape.type, parts=tuple(inner))
    return TypeTree("Any" if shape.document else _SCALARS.get(shape.type, "str"))


def may_stand_for(
    given: TypeTree, wanted: TypeTree, *, exactly: bool, is_sent: bool
) -> bool:
    """Return whether a value of one type is accepted where another is annotated.

    Args:
        given: The type of the value.
        wanted: The annotation.
        exactly: Whether items of lists and dictionaries must have the same type, since
            the annotation allows writing: `list`, not `Sequence`.
        is_sent: Whether the value is validated, which refuses a `bool` as a number.
    """
    if "Any" in {given.kind, wanted.kind}:
        return wanted.kind == "Any" and _is_json(given)
    if wanted.kind in {"list", "map"} and given.kind == wanted.kind:
        return _holds_the_same(given, wanted, exactly=exactly, is_sent=is_sent)
    if {given.kind, wanted.kind} <= _TEXTS:
        return True
    if (given.kind, wanted.kind) in _PROMOTED:
        return not (is_sent and given.kind == "bool")
    return (given.kind, given.name) == (wanted.kind, wanted.name)


def _holds_the_same(
    given: TypeTree, wanted: TypeTree, *, exactly: bool, is_sent: bool
) -> bool:
    for at, (one, other) in enumerate(zip(given.parts, wanted.parts, strict=True)):
        # Mapping is invariant in its keys.
        is_key = wanted.kind == "map" and at == 0
        if exactly or is_key:
            if not _is_same(one, other):
                return False
        elif not may_stand_for(one, other, exactly=exactly, is_sent=is_sent):
            return False
    return True


def _is_same(one: TypeTree, other: TypeTree) -> bool:
    if "Any" in {one.kind, other.kind}:
        return other.kind == "Any" and _is_json(one)
    if {one.kind, other.kind} <= _TEXTS:
        return True
    return (one.kind, one.name) == (other.kind, other.name) and all(
        _is_same(left, right)
        for left, right in zip(one.parts, other.parts, strict=True)
    )


def _is_json(tree: TypeTree) -> bool:
    """Return whether values of a type may be a document, or a part of one."""
    return tree.kind in _JSON and all(map(_is_json, tree.parts))
