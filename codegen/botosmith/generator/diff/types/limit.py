"""Lengths and ranges, which requests are validated against before they are sent."""

from __future__ import annotations

from math import inf

from botosmith.generator.model import ShapeModel

_LENGTHS = frozenset({"string", "blob", "list", "map"})
_RANGES = frozenset({"integer", "long", "bigInteger", "float", "double", "bigDecimal"})


def is_tighter(kind: str, before: float | None, after: float | None) -> bool:
    """Return whether a new bound excludes values that the old one allowed.

    Args:
        kind: A bound's name and a shape's type, such as `min of string`.
        before: The old bound, if there was one.
        after: The new one.
    """
    bound, _, type_ = kind.partition(" of ")
    if type_ not in _LENGTHS | _RANGES:
        return False
    if bound == "max":
        return _or(after, inf) < _or(before, inf)
    # No length is below 0, so a lower bound excludes nothing.
    lowest = 0 if type_ in _LENGTHS else -inf
    return max(_or(after, lowest), lowest) > max(_or(before, lowest), lowest)


def has_tighter_limits(old: ShapeModel, new: ShapeModel) -> bool:
    """Return whether a new shape's limits exclude values that the old one allowed."""
    are_numbers = {old.type, new.type} <= _RANGES
    return (old.type == new.type or are_numbers) and (
        is_tighter(f"min of {old.type}", old.min, new.min)
        or is_tighter(f"max of {old.type}", old.max, new.max)
    )


def _or(bound: float | None, otherwise: float) -> float:
    return otherwise if bound is None else bound
