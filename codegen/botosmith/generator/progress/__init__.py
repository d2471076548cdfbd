"""Progress of a command: bars on a terminal, plain lines elsewhere."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Protocol

__all__ = ["Progress", "Services", "show_progress"]


class Services(Protocol):
    """The progress of services, several of which may be under way."""

    def start(self, service: str, step: str, total: int | None = None) -> None:
        """Begin a service's next step; its step before is done.

        Args:
            service: The service.
            step: The name of the step, such as `formatting`.
            total: The number of its files, if it is known.
        """
        ...

    def advance(self, service: str, count: int) -> None:
        """Count more files of the service's step as done."""
        ...

    def finish(self, service: str, result: str) -> None:
        """End the service with a result such as `40 files`."""
        ...


class Progress(Protocol):
    """The progress of a command."""

    def start(self, step: str, total: int | None = None) -> None:
        """Begin the next step; the one before it is done.

        Args:
            step: The name of the step, such as `sagemaker: formatting`.
            total: The number of its files, if it is known.
        """
        ...

    def advance(self, count: int) -> None:
        """Count more files of the step as done."""
        ...

    def follow(self, total: int) -> Services:
        """Begin a step that is about `total` services."""
        ...

    def tell(self, line: str) -> None:
        """Print a line that stays on the screen."""
        ...


@contextmanager
def show_progress() -> Generator[Progress]:
    """Show progress on stderr; stdout is for results."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        from botosmith.generator.progress.lines import Lines

        yield Lines(console)
        return
    from botosmith.generator.progress.bars import Bars, open_display

    with open_display(console) as display:
        bars = Bars(display)
        yield bars
        bars.finish()
