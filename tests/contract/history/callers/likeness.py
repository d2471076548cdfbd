"""Comparison of values with what they were, or with an annotation."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from enum import Enum
from typing import Any

from botosmith.runtime import ServiceError, Structure


def fits(annotation: ast.expr, value: Any) -> bool:
    """Return whether a type checker would take a value for an annotation."""
    match annotation:
        case ast.BinOp(left, ast.BitOr(), right):
            return fits(left, value) or fits(right, value)
        case ast.Constant(None):
            return value is None
        case ast.Subscript(ast.Name("list"), item):
            return isinstance(value, list) and all(fits(item, one) for one in value)
        case ast.Subscript(ast.Name("dict"), ast.Tuple([key, item])):
            return isinstance(value, dict) and all(
                fits(key, name) and fits(item, one) for name, one in value.items()
            )
        case ast.Name(name) | ast.Attribute(ast.Name("h"), name):
            return _SPECIAL.get(name, lambda value: _is_one(name, value))(value)
        case _:
            raise ValueError(ast.dump(annotation))


def _is_one(name: str, value: Any) -> bool:
    return name in {base.__name__ for base in type(value).__mro__}


#: The annotations that let more through than their own type; a document is JSON.
_SPECIAL: dict[str, Callable[[Any], bool]] = {
    "Any": lambda value: isinstance(value, dict | list | str | int | float | None),
    "float": lambda value: isinstance(value, float | int),
}


def tell(value: Any) -> Any:
    """A value in Python's own types."""
    match value:
        case Structure():
            names = type(value)._attribute_names()
            members = {name: tell(getattr(value, name)) for name in names}
            members.pop("response_metadata", None)
            return type(value).__name__, members
        case Enum():
            return str(value)
        case ServiceError():
            fields = [field.attribute for field in type(value)._fields]
            told = {name: getattr(value, name) for name in (*fields, "message")}
            return type(value).__name__, told
        case list():
            return [tell(item) for item in value]
        case dict():
            return {tell(key): tell(item) for key, item in value.items()}
        case _:
            return value


def list_differences(old: Any, new: Any, path: str) -> Iterator[str]:
    """Return the places of differences, in the members that both have."""
    match old, new:
        case (str(name), dict(before)), (str(other), dict(after)) if name == other:
            for key, value in after.items():
                yield from list_differences(before.get(key), value, f"{path}.{key}")
        case [*before], [*after] if len(before) == len(after):
            for one, other in zip(before, after, strict=True):
                yield from list_differences(one, other, f"{path}[]")
        case dict(before), dict(after) if before.keys() == after.keys():
            for key, value in before.items():
                yield from list_differences(value, after[key], f"{path}[]")
        case _ if old != new:
            yield path
        case _:
            pass
