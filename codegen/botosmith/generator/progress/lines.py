"""Progress without a terminal: lines, which cannot be overwritten."""

from __future__ import annotations

from attrs import define, field
from rich.console import Console

from botosmith.generator.invisible import make_visible

#: A step of at least so many files prints a line for each quarter.
LONG = 100

#: For more services than this, only their ends are printed.
MANY = 4


@define
class _Step:
    """A line when it begins, and one for each quarter if it is a long one."""

    console: Console
    name: str
    total: int
    _done: int = field(default=0, init=False)

    def start(self) -> None:
        """Print what begins."""
        suffix = f" {self.total:,} files" if self.total else ""
        _print(self.console, f"{self.name}{suffix}")

    def advance(self, count: int) -> None:
        """Print the quarter that has been reached, if it is a new one."""
        before, self._done = self._done, self._done + count
        if self.total < LONG:
            return
        quarter = 4 * self._done // self.total
        if quarter > 4 * before // self.total:
            _print(self.console, f"{self.name} {25 * quarter}%")


class Lines:
    """A line for each step, and for each quarter of a long one."""

    def __init__(self, console: Console) -> None:
        """Print to this console."""
        self._console = console
        self._step = _Step(console, "", 0)

    def start(self, step: str, total: int | None = None) -> None:
        """Print what begins."""
        self._step = _Step(self._console, step, total or 0)
        self._step.start()

    def advance(self, count: int) -> None:
        """Print the quarter that has been reached, if it is a new one."""
        self._step.advance(count)

    def follow(self, total: int) -> ServiceLines:
        """Print lines of services."""
        return ServiceLines(self._console, total)

    def tell(self, line: str) -> None:
        """Print the line."""
        _print(self._console, line)


class ServiceLines:
    """A line for each step of a few services, or for the end of each of many."""

    def __init__(self, console: Console, total: int) -> None:
        """Print to this console."""
        self._console = console
        self._total = total
        self._done = 0
        self._steps: dict[str, _Step] = {}

    def start(self, service: str, step: str, total: int | None = None) -> None:
        """Print what begins, if there are few."""
        if self._total <= MANY:
            name = f"{service}: {step}"
            self._steps[service] = _Step(self._console, name, total or 0)
            self._steps[service].start()

    def advance(self, service: str, count: int) -> None:
        """Print the quarter that has been reached, if there are few."""
        if service in self._steps:
            self._steps[service].advance(count)

    def finish(self, service: str, result: str) -> None:
        """Print the service's end, unless its steps were printed."""
        self._done += 1
        if self._total > MANY:
            line = f"{service}: {result} ({self._done:,} of {self._total:,})"
        elif self._steps.pop(service, None) is None:
            # No step of it was printed.
            line = f"{service}: {result}"
        else:
            return
        _print(self._console, line)


def _print(console: Console, line: str) -> None:
    line = make_visible(line)
    console.print(line, markup=False, highlight=False, soft_wrap=True)
