"""Shows how far a command has got: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.progress import Progress as RichProgress

#: A step of so many files takes long enough to tell how far it has got.
LONG = 100


class Progress(Protocol):
    """What a command tells while it works."""

    def start(self, step: str, total: int | None = None) -> None:
        """Begin the next step; the one before it is done.

        Args:
            step: What is being done, such as `sagemaker: formatting`.
            total: How many files it takes, where that is known.
        """
        ...

    def advance(self, count: int) -> None:
        """So many more files of the step are done."""
        ...


class Bar:
    """A bar for each step."""

    def __init__(self, rich: RichProgress) -> None:
        """Draw in this display of rich's."""
        self._rich = rich
        self._task: TaskID | None = None

    def start(self, step: str, total: int | None = None) -> None:
        """Fill the bar of the step before, and begin the next."""
        self.finish()
        self._task = self._rich.add_task(step, total=total)

    def advance(self, count: int) -> None:
        """Fill a part of the bar."""
        if self._task is not None:
            self._rich.advance(self._task, count)

    def finish(self) -> None:
        """Fill the last bar: a step whose length was not known is one thing done."""
        for task in self._rich.tasks:
            if task.total is None:
                self._rich.update(task.id, total=1, completed=1)


class Lines:
    """A line for each step, and for each quarter of a long one."""

    def __init__(self, console: Console) -> None:
        """Print to this console."""
        self._console = console
        self._step, self._total, self._done = "", 0, 0

    def start(self, step: str, total: int | None = None) -> None:
        """Print what begins."""
        self._step, self._total, self._done = step, total or 0, 0
        self._print(f"{step} {total:,} files" if total else step)

    def advance(self, count: int) -> None:
        """Print the quarter that has been reached, if it is a new one."""
        before, self._done = self._done, self._done + count
        if self._total < LONG:
            return
        quarter = 4 * self._done // self._total
        if quarter > 4 * before // self._total:
            self._print(f"{self._step} {25 * quarter}%")

    def _print(self, line: str) -> None:
        self._console.print(line, markup=False, highlight=False, soft_wrap=True)


@contextmanager
def show_progress() -> Generator[Progress]:
    """Show progress on stderr, which leaves stdout to results."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield Lines(console)
        return
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with RichProgress(*columns, console=console) as rich:
        bar = Bar(rich)
        yield bar
        bar.finish()
