"""Shows how far a command has got: bars on a terminal, plain lines elsewhere."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Protocol

__all__ = ["Progress", "Services", "show_progress"]


class Services(Protocol):
    """What is told of services of which several may be under way."""

    def start(self, service: str, step: str, total: int | None = None) -> None:
        """A service's next step begins; its step before is done.

        Args:
            service: The service.
            step: What is being done, such as `formatting`.
            total: How many files it takes, where that is known.
        """
        ...

    def advance(self, service: str, count: int) -> None:
        """So many more files of the service's step are done."""
        ...

    def finish(self, service: str, result: str) -> None:
        """The service is done, with a result such as `40 files`."""
        ...


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

    def follow(self, total: int) -> Services:
        """Begin a step that is about so many services."""
        ...

    def tell(self, line: str) -> None:
        """Say something that is to be read."""
        ...


@contextmanager
def show_progress() -> Generator[Progress]:
    """Show progress on stderr, which leaves stdout to results."""
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
