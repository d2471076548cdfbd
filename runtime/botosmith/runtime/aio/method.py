"""Turns an operation's function into a method that is awaited."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")

#: The result of an `async def` of T. It is often written with Any, for which mypy
#: takes calls of several overloads, such as `asyncio.gather`, for Any themselves.
Awaited = Coroutine[object, None, T]


def asynchronous(
    function: Callable[Concatenate[Any, P], T],
) -> Callable[Concatenate[Any, P], Awaited[T]]:
    """A function that calls a client, as a method of a client that is awaited.

    It is the same function, with the same signature and documentation. Its body ends
    with a call of the client's, whose result it returns: a reply, or where the client
    is awaited, the coroutine that waits for one. Only type checkers have to be told.
    """
    return cast("Callable[Concatenate[Any, P], Awaited[T]]", function)
