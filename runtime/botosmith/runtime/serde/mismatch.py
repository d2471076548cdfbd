"""Decides about a reply with values that cannot be read: an error, or a warning."""

from __future__ import annotations

import warnings
from typing import Literal, TypeVar, get_args

from botosmith.runtime.errors import ReplyError
from botosmith.runtime.objects.deprecation import find_caller_level
from botosmith.runtime.objects.structure import Structure
from botosmith.runtime.violation import Violation

S = TypeVar("S", bound=Structure)

OnMismatch = Literal["error", "warn"]


class ReplyWarning(UserWarning):
    """A reply has values that are not what the model describes; they are None."""


def check_on_mismatch(value: str) -> None:
    """Check the argument of a client.

    Raises:
        ValueError: The value is not one of these.
    """
    choices = get_args(OnMismatch)
    if value not in choices:
        msg = f"on_mismatch: expected {' or '.join(map(repr, choices))}, got {value!r}"
        raise ValueError(msg)


def describe_mismatches(mismatches: tuple[Violation, ...]) -> str:
    """Say which values of a reply are not what the model describes."""
    return "; ".join(map(str, mismatches))


def take_partial(error: ReplyError, partial: S, on_mismatch: OnMismatch) -> S:
    """Give a reply of which values could not be read, with a warning.

    Args:
        error: The error that says so.
        partial: The reply, with None for these values.
        on_mismatch: What the client was told to do.

    Raises:
        ReplyError: The client was not told to read past them.
    """
    if on_mismatch != "warn":
        raise error from None
    paths = "; ".join(f"{one.path} {one.rule}" for one in error.mismatches)
    message = f"{error.operation_name}: read as None: {paths}"
    warnings.warn(message, ReplyWarning, stacklevel=find_caller_level())
    return partial
