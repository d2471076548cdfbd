"""Walks of values that are nested more deeply than the rest of Python's stack allows.

A walk that calls itself catches RecursionError where it goes one level down, and has
`go_deeper` do that level: in a thread, which begins with an empty stack. A walk that
does not come so deep pays nothing for it, and the recursion limit stays as it is.
"""

from __future__ import annotations

import _thread
from collections.abc import Callable
from contextvars import copy_context
from typing import Any, TypeVar

T = TypeVar("T")

#: As many stacks may follow one another. JSON that Python 3.11 can read takes three of
#: them in the walk with the most frames; a value that holds itself would take all.
STACKS = 5

#: The frames that it takes to start a thread and to wait for it, with a reserve.
_RESERVE = 30

TOO_DEEP = "is nested too deeply, or holds itself"

_state = _thread._local()


class TooDeep(RecursionError):  # noqa: N818 - a signal to the caller, never shown
    """A value is nested so deeply that no further stack is given to it."""


def go_deeper(walk: Callable[..., T], *arguments: Any) -> T:
    """Return what a walk gives, on a stack of its own.

    Raises:
        RecursionError: The stack is too full to do so; a caller further up can.
        TooDeep: Too many stacks follow one another already.
    """
    used: int = getattr(_state, "used", 1)
    if used >= STACKS:
        raise TooDeep
    _check_reserve(_RESERVE)
    outcome: list[Any] = []
    context, finished = copy_context(), _thread.allocate_lock()

    def run() -> None:
        _state.used = used + 1
        try:
            outcome.append(context.run(walk, *arguments))
        except BaseException as error:  # noqa: BLE001 - it is raised where it belongs
            outcome.extend((None, error))
        finally:
            finished.release()

    finished.acquire()
    try:
        _thread.start_new_thread(run, ())
    except RuntimeError:  # there are too many, or the interpreter is about to end
        raise TooDeep from None
    finished.acquire()
    if len(outcome) > 1:
        raise outcome[1]
    result: T = outcome[0]
    return result


def _check_reserve(frames: int) -> None:
    """Raise RecursionError unless as many frames are left."""
    if frames:
        _check_reserve(frames - 1)


def retry_with_stack(method: Callable[..., T], fail: Callable[[str], Exception]) -> Any:
    """Return a method of botocore's that is tried again on a stack of its own.

    Args:
        method: The method; a second call gives the same.
        fail: Makes the error for a call that has an operation's model for its last
            argument, by the operation's name.
    """

    def call(*arguments: Any) -> T:
        try:
            return with_stack(method, *arguments)
        except RecursionError:
            raise fail(arguments[-1].name) from None

    return call


def with_stack(function: Callable[..., T], *arguments: Any) -> T:
    """Return what a function gives, on a stack of its own if this one is too full.

    Raises:
        RecursionError: An empty stack is too small as well.
    """
    try:
        return function(*arguments)
    except TooDeep:
        raise
    except RecursionError:
        return go_deeper(function, *arguments)
