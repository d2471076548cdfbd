"""A run: cases are made, tried by both clients in processes of their own, summed up."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from attrs import Factory, define, frozen
from tests.contract.damage.case import Case, Failure, Result, load, save
from tests.contract.damage.corpus import make_cases
from tests.contract.damage.subject import Subject, build_subject
from tests.support.repository import ROOT

from botosmith.testing.service import find_stream

#: The number of a service's cases that a process is given.
_AT_ONCE = 400

#: The longest time, in seconds, that a process may take for them: usually 60 to 120.
_LONGEST = 1_800


@frozen
class Plan:
    """The plan of a run.

    Attributes:
        services: The services, by their names in the harness.
        replies: How many damaged replies there are at least.
        streams: How many damaged streams of events.
        seed: Draws another run for another number.
    """

    services: Sequence[str]
    replies: int
    streams: int
    seed: int


@define
class Totals:
    """The totals of a run.

    Attributes:
        replies: How many damaged replies were tried.
        streams: How many damaged streams of events.
        outcomes: How often each kind of outcome was seen, by the client's name.
        protocols: How many damaged replies and streams each protocol had.
        failures: The outcomes that no document has.
        elapsed: How many seconds it took.
    """

    replies: int = 0
    streams: int = 0
    outcomes: dict[str, Counter[str]] = Factory(dict[str, Counter[str]])
    protocols: Counter[str] = Factory(Counter[str])
    failures: list[Failure] = Factory(list[Failure])
    elapsed: float = 0.0

    def add(self, client: str, results: Sequence[Result]) -> None:
        """Count what cases came to with a client."""
        counts = self.outcomes.setdefault(client, Counter())
        for result in results:
            counts.update(result.kinds)
            self.failures += result.failures

    def list_lines(self) -> Iterator[str]:
        """The totals, for people to read."""
        yield f"{self.replies:>10,} damaged replies"
        yield f"{self.streams:>10,} damaged streams of events"
        for protocol, count in sorted(self.protocols.items()):
            yield f"{count:>10,} in {protocol}"
        for client, counts in sorted(self.outcomes.items()):
            told = ", ".join(
                f"{count:,} {kind}" for kind, count in counts.most_common()
            )
            yield f"{counts.total():>10,} calls of {client}: {told}"
        yield f"{len(self.failures):>10,} outcomes outside the documented ones"
        yield f"elapsed: {self.elapsed:,.0f} s on {os.cpu_count()} cores"


def _tell_nobody(_: str) -> None:
    pass


def plan_numbers(
    subjects: Sequence[Subject], plan: Plan
) -> Mapping[tuple[str, str], int]:
    """Return the number of cases of each operation; they add up to the plan's."""
    places = {
        (subject.name, operation): find_stream(
            subject.model.operation_model(operation).output_shape
        )
        is not None
        for subject in subjects
        for operation in subject.operations
    }
    streaming = sum(places.values())
    return {
        place: (
            -(-plan.streams // streaming)
            if is_stream
            else -(-plan.replies // (len(places) - streaming))
        )
        for place, is_stream in places.items()
    }


def run(
    plan: Plan,
    folder: Path,
    pythons: Mapping[str, str],
    jobs: int,
    tell: Callable[[str], object] = _tell_nobody,
) -> Totals:
    """Try what is planned.

    Args:
        plan: What is planned.
        folder: Where packages and cases may be written.
        pythons: The interpreters that make the calls, by the modules of this package
            that they run: `waited` and `awaited`.
        jobs: How many processes there may be at once.
        tell: Is told how far the run is, and each failure as soon as it is known.
    """
    start = time.perf_counter()
    totals = Totals()
    subjects = [build_subject(name, folder) for name in plan.services]
    numbers = plan_numbers(subjects, plan)
    with ThreadPoolExecutor(jobs) as threads:
        futures = []
        for at, cases in enumerate(_make_all(subjects, numbers, plan.seed)):
            protocols = {one.name: one.model.resolved_protocol for one in subjects}
            for case in cases:
                totals.streams += case.is_stream
                totals.replies += not case.is_stream
                totals.protocols[protocols[case.subject]] += 1
            save(cases, folder / f"cases{at}")
            futures += [
                threads.submit(_try, python, module, at, folder)
                for module, python in pythons.items()
            ]
        for done, future in enumerate(as_completed(futures), start=1):
            module, results = future.result()
            totals.add(module, results)
            for result in results:
                for failure in result.failures:
                    tell(str(failure))
            tell(f"{done}/{len(futures)}: {len(totals.failures)} failures")
    totals.elapsed = time.perf_counter() - start
    return totals


def _make_all(
    subjects: Sequence[Subject], numbers: Mapping[tuple[str, str], int], seed: int
) -> Iterator[list[Case]]:
    """The cases of all operations, as many at once as a process is handed."""
    for subject in subjects:
        cases: list[Case] = []
        for operation in subject.operations:
            count = numbers[subject.name, operation]
            cases += make_cases(subject, operation, range(count), seed)
        for start in range(0, len(cases), _AT_ONCE):
            yield cases[start : start + _AT_ONCE]


def _try(
    python: str, module: str, at: int, folder: Path
) -> tuple[str, Sequence[Result]]:
    """Have a process try cases, and give what they came to."""
    results = folder / f"{module}{at}"
    done = subprocess.run(
        [
            *(python, "-m", f"tests.contract.damage.{module}"),
            *(folder / f"cases{at}", results, folder),
        ],
        env={**_clean_environment(), "PYTHONPATH": _find_path()},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=_LONGEST,
    )
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    return module, load(results)


def _clean_environment() -> dict[str, str]:
    """The environment without AWS, as other tests have it."""
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith("AWS_")
    }
    return {
        **kept,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    }


def _find_path() -> str:
    return os.pathsep.join(
        str(ROOT / folder) for folder in ("", "codegen", "generated", "runtime")
    )


#: The interpreter of the clients that are waited for.
WAITED = {"waited": sys.executable}
