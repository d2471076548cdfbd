"""The memory that is held."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable

PAGES = 100


def print_held(read: Callable[[bytes], object], page: Callable[[int], bytes]) -> None:
    """Print, in MiB, what is held of many pages once they have been read."""
    read(page(0))  # things that are made once do not count
    bodies = [page(number) for number in range(PAGES)]
    tracemalloc.start()
    kept = [read(body) for body in bodies]
    gc.collect()
    held, _ = tracemalloc.get_traced_memory()
    assert len(kept) == PAGES  # noqa: S101 - and they are still there
    print(held / 2**20)
