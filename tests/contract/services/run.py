"""The run over many services: a pool of processes, progress, and the totals."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Protocol

from attrs import evolve, frozen
from botocore.loaders import Loader
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from tests.contract.services.names import Renamed
from tests.contract.services.properties.outcome import Outcome
from tests.contract.services.work import Report, Task, add_up, fail, work

from botosmith.generator.build.pipeline import list_services, open_models

#: No service may take more than this to generate.
MOST_MEMORY = 1 << 30

_MEBIBYTE = 1 << 20

#: The things that are counted, in the order in which they are told.
_COUNTED = (
    "services",
    "operations",
    "shapes",
    "members",
    "enum values",
    "modules",
    "requests",
    "replies",
    "errors",
    "round trips",
    "paginators",
    "inferred paginators",
    "walks",
    "waiters",
    "waits",
    "acceptors",
    "acceptors met",
)


class Show(Protocol):
    """Tells how far a run is."""

    def __call__(self, report: Report) -> None:
        """A service is done."""
        ...


def choose_services(names: Sequence[str]) -> list[str]:
    """Some services, or all, the largest first: no process is left with one alone."""
    known = list_services(open_models(None))
    unknown = sorted({*names} - {*known})
    if unknown:
        message = f"botocore has no {', '.join(unknown)}"
        raise SystemExit(message)
    return sorted(names or known, key=_measure_model, reverse=True)


def _measure_model(name: str) -> int:
    folder = Path(Loader.BUILTIN_DATA_PATH, name)
    return max(file.stat().st_size for file in folder.glob("*/service-2.json*"))


def run(services: Sequence[str], task: Task, jobs: int) -> Totals:
    """Work on services, several at a time, and tell how far that is.

    Args:
        services: Their names.
        task: What to do with each; its service and its folder play no part.
        jobs: How many processes.
    """
    start = time.perf_counter()
    reports: list[Report] = []
    with _show(len(services)) as show:
        for report in _work_on(services, task, jobs):
            reports.append(report)
            show(report)
    return Totals(reports, time.perf_counter() - start)


def _work_on(services: Sequence[str], task: Task, jobs: int) -> Iterator[Report]:
    """Work on services, each in a new process, whose memory is its own.

    One pool of processes that each take one task has stood still with Python 3.11
    (python/cpython#115634); a thread that waits for a process of its own does not.
    """
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.contract.services.work"])
    with (
        tempfile.TemporaryDirectory(prefix="botosmith-services-") as folder,
        ThreadPoolExecutor(jobs) as threads,
    ):
        tasks = [evolve(task, service=name, folder=Path(folder)) for name in services]
        futures = [threads.submit(_work_apart, one, context) for one in tasks]
        try:
            for future in as_completed(futures):
                yield future.result()
        finally:
            threads.shutdown(cancel_futures=True)


def _work_apart(task: Task, context: ForkServerContext) -> Report:
    with ProcessPoolExecutor(1, context) as pool:
        try:
            return pool.submit(work, task).result()
        except BrokenProcessPool as error:
            return fail(task, error)


@contextmanager
def _show(total: int) -> Generator[Show]:
    console = Console()
    if not console.is_terminal:
        yield _Lines(total)
        return
    columns = (
        TextColumn("{task.description:24}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[failures]} failures"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as progress:
        yield _Bar(progress, total)


class _Bar:
    """A bar, for a terminal."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._failures = 0
        self._task = progress.add_task("", total=total, failures=0)

    def __call__(self, report: Report) -> None:
        self._failures += len(report.outcome.failures)
        self._progress.update(
            self._task,
            advance=1,
            description=report.service,
            failures=self._failures,
        )


class _Lines:
    """A line for each service, for a file."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0

    def __call__(self, report: Report) -> None:
        self._done += 1
        seconds = sum(report.seconds.values())
        memory = report.memory // _MEBIBYTE
        failures = len(report.outcome.failures)
        sys.stdout.write(
            f"{self._done}/{self._total} {report.service}: "
            f"{report.outcome.counts['operations']} operations, {failures} failures, "
            f"{seconds:.1f} s, {memory} MiB\n"
        )
        for failure in report.outcome.failures:
            sys.stdout.write(f"{failure}\n")
        sys.stdout.flush()


@frozen
class Totals:
    """The results of a run.

    Attributes:
        reports: What became of each service.
        elapsed: How many seconds it took, by the clock on the wall.
    """

    reports: list[Report]
    elapsed: float

    @property
    def outcome(self) -> Outcome:
        """All outcomes together."""
        whole = Outcome()
        for report in self.reports:
            whole.add(report.outcome)
        return whole

    @property
    def renamed(self) -> set[Renamed]:
        """The names that are not by their rules, where they were asked for."""
        return {name for report in self.reports for name in report.renamed}

    @property
    def is_good(self) -> bool:
        """Return whether nothing failed, and nothing took too much memory."""
        return not self.outcome.failures and self._most.generating < MOST_MEMORY

    @property
    def _most(self) -> Report:
        return max(self.reports, key=lambda report: report.generating)

    def list_lines(self) -> Iterator[str]:
        """The totals, for people to read."""
        outcome = self.outcome
        for failure in sorted(outcome.failures, key=lambda one: one.service):
            yield str(failure)
        yield ""
        for name in _COUNTED:
            yield f"{outcome.counts[name]:>12,} {name}"
        yield f"{len(outcome.failures):>12,} failures"
        parts = add_up(self.reports).items()
        told = ", ".join(f"{name} {seconds:,.0f} s" for name, seconds in parts)
        yield f"elapsed: {self.elapsed:,.0f} s on {os.cpu_count()} cores"
        yield f"processor time: {told}"
        most = self._most
        whole = max(self.reports, key=lambda report: report.memory)
        yield (
            f"memory: generating took at most {most.generating // _MEBIBYTE} MiB "
            f"({most.service}), all of it {whole.memory // _MEBIBYTE} MiB "
            f"({whole.service})"
        )
        if most.generating >= MOST_MEMORY:
            yield f"too much: the limit is {MOST_MEMORY // _MEBIBYTE} MiB"
