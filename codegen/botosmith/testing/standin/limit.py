"""The rules of a model that a service keeps and botocore's validator does not.

botocore checks lower bounds only, and takes True for a number (`botocore.validate`).
Patterns and enums are left out here: models lag behind their service, so that clients
may send values that a model does not know.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape

_NUMBERS = ("integer", "long", "float", "double")


def find_excesses(value: Any, shape: Shape, path: str = "") -> Iterator[str]:
    """Return the faults of parameters whose types are right, each with its path."""
    yield from _check_bounds(value, shape, path)
    match shape:
        case StructureShape() if not shape.is_document_type:
            for name, item in _entries(value):
                place = f"{path}.{name}" if path else name
                yield from find_excesses(item, shape.members[name], place)
        case ListShape():
            for index, item in enumerate(value):
                yield from find_excesses(item, shape.member, f"{path}[{index}]")
        case MapShape():
            for key, item in _entries(value):
                yield from find_excesses(key, shape.key, f"{path} (key: {key})")
                yield from find_excesses(item, shape.value, f"{path}.{key}")
        case _:
            pass


def _check_bounds(value: Any, shape: Shape, path: str) -> Iterator[str]:
    if shape.type_name in _NUMBERS:
        if isinstance(value, bool):
            yield f"{path}: {value} is not a number"
        measure, what = value, "value"
    elif hasattr(value, "__len__"):
        measure, what = len(value), "length"
    else:
        return
    if measure > shape.metadata.get("max", measure):
        yield f"{path}: the {what} {measure} is above {shape.metadata['max']}"
    if measure < shape.metadata.get("min", measure):
        yield f"{path}: the {what} {measure} is below {shape.metadata['min']}"


def _entries(value: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield from value.items()
