"""Validation modes: the checks of a request before it is sent."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal, cast, get_args

#: `model` checks all bounds of the model, `botocore` what botocore checks, and
#: `strict` patterns and enum values beside what `model` does.
Validation = Literal["model", "botocore", "strict"]

#: The class of the request under way, and how it is checked, where that is not `model`.
_call: ContextVar[tuple[object, Validation] | None] = ContextVar("_call", default=None)


def check_mode(validation: str) -> Validation:
    """Return a mode that exists.

    Raises:
        ValueError: The mode does not exist.
    """
    modes: tuple[str, ...] = get_args(Validation)
    if validation not in modes:
        msg = (
            f"validation: expected 'model', 'botocore' or 'strict', got {validation!r}"
        )
        raise ValueError(msg)
    return cast("Validation", validation)


@contextmanager
def checked_as(request: type, validation: Validation) -> Generator[None]:
    """Within, `find_mode` knows how a call is checked: botocore does not hand it on."""
    token = _call.set((request, validation))
    try:
        yield
    finally:
        _call.reset(token)


def find_mode(request: type) -> Validation:
    """Return how the call under way checks a request of a class."""
    call = _call.get()
    # A hook may make calls of its own, of other operations.
    return call[1] if call is not None and call[0] is request else "model"
