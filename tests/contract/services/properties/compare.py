"""Comparisons that say what differs."""

from __future__ import annotations

from typing import Any

from botosmith.runtime import Structure

#: The number of characters of a value that are shown.
_SHOWN = 300


def same(ours: Any, theirs: Any, where: str) -> None:
    """Check that two values are equal.

    Args:
        ours: What we make.
        theirs: What it is to be.
        where: What the two are.

    Raises:
        AssertionError: They are not; it tells the first difference.
    """
    if ours == theirs and _kind(ours) is _kind(theirs):
        return
    place, one, other = _find_difference(ours, theirs, where)
    message = f"{place}: {_show(one)} is not {_show(other)}"
    raise AssertionError(message)


def _kind(value: Any) -> type[Any]:
    """The type of a value, where the same number is of the same type."""
    return int if type(value) is float else type(value)


def _find_difference(ours: Any, theirs: Any, where: str) -> tuple[str, Any, Any]:
    if type(ours) is type(theirs):
        for name, one, other in _list_parts(ours, theirs):
            if one != other:
                return _find_difference(one, other, f"{where}{name}")
    return where, ours, theirs


def _list_parts(ours: Any, theirs: Any) -> list[tuple[str, Any, Any]]:
    """The parts of two values of one type, where both have it."""
    if isinstance(ours, dict):
        if ours.keys() != theirs.keys():
            return [(" (keys)", sorted(ours), sorted(theirs))]
        return [(f"[{key!r}]", ours[key], theirs[key]) for key in ours]
    if isinstance(ours, (list, tuple)) and len(ours) == len(theirs):
        pairs = zip(ours, theirs, strict=True)
        return [(f"[{index}]", one, other) for index, (one, other) in enumerate(pairs)]
    if isinstance(ours, Structure):
        names = ours._attribute_names()
        return [
            (f".{name}", getattr(ours, name), getattr(theirs, name)) for name in names
        ]
    return []


def _show(value: Any) -> str:
    text = f"{value!r} ({type(value).__name__})"
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
