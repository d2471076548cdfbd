"""Kinds of decoded JSON values, told apart so that type checkers follow."""

from __future__ import annotations

from typing import Any, TypeGuard

#: A problem shows only the beginning of a longer number.
_MOST_DIGITS = 40


def is_object(value: Any) -> TypeGuard[dict[str, Any]]:
    """Return whether a JSON value is an object."""
    return isinstance(value, dict)


def is_array(value: Any) -> TypeGuard[list[Any]]:
    """Return whether a JSON value is an array."""
    return isinstance(value, list)


def name_kind(value: Any) -> str:
    """Return the kind of a JSON value for an error; scalars stand for themselves."""
    if value is None:
        return "missing"
    if is_object(value):
        return "an object"
    if is_array(value):
        return "an array"
    if isinstance(value, str):
        return "a string"
    text = repr(value)
    if len(text) > _MOST_DIGITS:
        return f"{text[:_MOST_DIGITS]}… ({len(text)} characters)"
    return text
