"""Progress on a terminal: bars that fill up."""

from __future__ import annotations

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from botosmith.generator.invisible import make_visible

#: The most bars that are shown at a time, so that they fit on a small terminal.
MOST = 8


def open_display(console: Console) -> Progress:
    """Return the display that draws the bars."""
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=console)


class Bars:
    """A bar for each step."""

    def __init__(self, display: Progress) -> None:
        """Draw in this display."""
        self._display = display
        self._steps: list[TaskID] = []

    def start(self, step: str, total: int | None = None) -> None:
        """Fill the bar of the step before, and begin the next."""
        self.finish()
        if len(self._steps) == MOST:
            self._display.remove_task(self._steps.pop(0))
        self._steps.append(self._display.add_task(make_visible(step), total=total))

    def advance(self, count: int) -> None:
        """Fill a part of the bar."""
        if self._steps:
            self._display.advance(self._steps[-1], count)

    def follow(self, total: int) -> ServiceBars:
        """Draw bars of services, and one of how many are done."""
        self.finish()
        return ServiceBars(self._display, total)

    def tell(self, line: str) -> None:
        """Print the line above the bars, where it stays."""
        line = make_visible(line)
        self._display.console.print(line, markup=False, highlight=False)

    def finish(self) -> None:
        """Fill the last bar."""
        if self._steps:
            _fill(self._display, self._steps[-1])


class ServiceBars:
    """A bar for the services that are done, and one for each that is under way.

    Where there is but one service, each of its steps has a bar that stays.
    """

    def __init__(self, display: Progress, total: int) -> None:
        """Draw in this display."""
        self._display = display
        self._whole = display.add_task("services", total=total) if total > 1 else None
        self._steps: dict[str, TaskID] = {}

    def start(self, service: str, step: str, total: int | None = None) -> None:
        """Fill or remove the bar of the step before, and begin the next."""
        self._end_step(service)
        self._steps[service] = self._display.add_task(
            make_visible(f"{service}: {step}"),
            total=total,
            visible=len(self._steps) < MOST,
        )

    def advance(self, service: str, count: int) -> None:
        """Fill a part of the service's bar."""
        if service in self._steps:
            self._display.advance(self._steps[service], count)

    def finish(self, service: str, result: str) -> None:
        """Fill a part of the bar for all, or the bar of the only service."""
        if self._whole is not None:
            self._end_step(service)
            self._display.advance(self._whole)
        elif service in self._steps:
            self._end_step(service)
        else:
            line = make_visible(f"{service}: {result}")
            self._display.add_task(line, total=1, completed=1)

    def _end_step(self, service: str) -> None:
        task = self._steps.pop(service, None)
        if task is None:
            return
        if self._whole is None:
            _fill(self._display, task)
            return
        self._display.remove_task(task)
        for other in list(self._steps.values())[:MOST]:
            self._display.update(other, visible=True)


def _fill(display: Progress, task: TaskID) -> None:
    """Fill a bar; a step without a known length counts as one file."""
    if display.tasks[display.task_ids.index(task)].total is None:
        display.update(task, total=1, completed=1)
