"""One service from its model to its properties, in a process of its own."""

from __future__ import annotations

import os
import resource
import shutil
import sys
import tempfile
import time
import warnings
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from attrs import Factory, define, frozen
from tests.contract.services.names import Renamed
from tests.contract.services.properties.effort import Effort
from tests.contract.services.properties.outcome import Failure, Outcome, describe
from tests.contract.services.properties.properties import PROPERTIES, check_property
from tests.contract.services.properties.subject import Subject

GENERATION = "generation"

#: The unit of `ru_maxrss`.
_UNIT = 1 if sys.platform == "darwin" else 1024


@frozen
class Task:
    """The task for a service.

    Attributes:
        service: botocore's name of it.
        folder: Where files may be put for as long as it takes.
        effort: How hard the properties are tried.
        properties: Which of them.
        only: The operations to look at; all of them if none is named.
        lists_names: Whether to list the names that are not by their rules.
    """

    service: str
    folder: Path
    effort: Effort
    properties: tuple[str, ...] = PROPERTIES
    only: tuple[str, ...] = ()
    lists_names: bool = False


@define
class Report:
    """The outcome of it.

    Attributes:
        service: The service.
        outcome: What was found.
        seconds: How long the processor was busy with generation and each property.
        generating: How many bytes of memory the process had at the most so far when
            the service had been generated and imported.
        memory: The same for all of it.
        renamed: The names that are not by their rules, where they were asked for.
    """

    service: str
    outcome: Outcome = Factory(Outcome)
    seconds: dict[str, float] = Factory(dict[str, float])
    generating: int = 0
    memory: int = 0
    renamed: set[Renamed] = Factory(set[Renamed])


def work(task: Task) -> Report:
    """Generate a service, import it, and look at its properties."""
    report = Report(task.service)
    leave_world()
    tempfile.tempdir = str(task.folder)
    try:
        with _timed(report.seconds, GENERATION):
            subject = Subject.open(task.service)
    except Exception as error:  # noqa: BLE001 - it is a finding
        return fail(task, error)
    report.generating = measure_memory()
    for name in task.properties:
        with _timed(report.seconds, name):
            report.outcome.add(check_property(subject, name, task.effort, task.only))
    if task.lists_names:
        with suppress(AssertionError):  # `structure` tells of it
            report.renamed = subject.walk.renamed
    report.outcome.counts["services"] += 1
    report.memory = measure_memory()
    root = Path(str(subject.package.__file__)).parents[2]
    shutil.rmtree(root, ignore_errors=True)
    return report


def fail(task: Task, error: Exception) -> Report:
    """Return the report on a service that could not be looked at."""
    report = Report(task.service)
    failure = Failure(task.service, GENERATION, task.service, describe(error), "")
    report.outcome.failures.append(failure)
    return report


def leave_world() -> None:
    """Nothing of whoever runs this may reach it, and nothing of it an account."""
    for variable in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[variable]
    os.environ["AWS_EC2_METADATA_DISABLED"] = "true"
    os.environ["AWS_CONFIG_FILE"] = os.devnull
    os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.devnull
    sys.dont_write_bytecode = True
    warnings.simplefilter("error")


def measure_memory() -> int:
    """The most bytes that this process has had in memory so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT


@contextmanager
def _timed(seconds: dict[str, float], name: str) -> Generator[None]:
    start = time.process_time()
    yield
    seconds[name] = time.process_time() - start


def add_up(reports: list[Report]) -> Mapping[str, float]:
    """The seconds that each part took in all services."""
    total: dict[str, float] = {}
    for report in reports:
        for name, seconds in report.seconds.items():
            total[name] = total.get(name, 0) + seconds
    return total
