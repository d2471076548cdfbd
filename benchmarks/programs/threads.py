"""Calls from several threads at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

#: The number of calls that each thread makes.
CALLS = 4


def at_once(call: Callable[[], Any], threads: int) -> Callable[[], Any]:
    """A function that makes a call, or some from each of several threads."""
    if threads == 1:
        return call
    pool = ThreadPoolExecutor(threads)

    def work() -> None:
        for done in [pool.submit(call) for _ in range(CALLS * threads)]:
            done.result()

    return work
