"""Progress of a waiter, told to a function, or to a line on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TypeAlias

from botosmith.runtime.waiters.waiter import Waiter, WaiterAttempt

#: Is told of an attempt.
Report: TypeAlias = Callable[[WaiterAttempt], object]


@contextmanager
def report_to(progress: object, waiter: Waiter) -> Generator[Report, None, None]:
    """Find who is to be told.

    Args:
        progress: What a user asked for: a function of their own; or True for a line on
            standard error, which is there only if that is a terminal. Nobody has
            checked it yet.
        waiter: What is waited for.

    Raises:
        TypeError: It is neither.
        ModuleNotFoundError: There would be a line, but rich is not installed.
    """
    if callable(progress):
        yield progress
    elif progress is not None and not isinstance(progress, bool):
        msg = f"progress: {progress!r} is neither a function, True nor False"
        raise TypeError(msg)
    elif progress and sys.stderr is not None and sys.stderr.isatty():
        with _show_line(waiter) as report:
            yield report
    else:
        yield _tell_nobody


def _tell_nobody(_: WaiterAttempt) -> None:
    pass


@contextmanager
def _show_line(waiter: Waiter) -> Generator[Report, None, None]:
    try:
        from rich.console import Console
        from rich.progress import (
            Progress,
            SpinnerColumn,
            TextColumn,
            TimeElapsedColumn,
        )
    except ModuleNotFoundError as error:
        msg = "progress=True shows a line with rich: pip install rich"
        raise ModuleNotFoundError(msg, name=error.name) from error
    columns = (
        SpinnerColumn(),
        # Text of a service must not be read as markup.
        TextColumn("{task.description}", markup=False),
        TimeElapsedColumn(),
    )
    console = Console(file=sys.stderr)
    with Progress(*columns, console=console) as line:
        task = line.add_task(waiter.name, total=1)

        def report(attempt: WaiterAttempt) -> None:
            done = 0 if attempt.state == "retry" else 1
            line.update(task, description=str(attempt), completed=done)

        yield report
