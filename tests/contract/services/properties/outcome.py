"""The findings of a property in a service."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Callable, Iterable

from attrs import Factory, frozen


@frozen
class Failure:
    """A place where a property does not hold.

    Attributes:
        service: The service.
        property: The property.
        subject: The operation, or what else was looked at.
        problem: What is wrong.
        example: With what, as small as Hypothesis was allowed to make it.
    """

    service: str
    property: str
    subject: str
    problem: str
    example: str

    def __str__(self) -> str:
        again = f"python -m tests.contract.services {self.service}"
        if self.subject != self.service:
            again = f"{again} --only {self.subject}"
        lines = [
            f"{self.service} {self.subject}: {self.property}",
            *self.problem.splitlines(),
            *self.example.splitlines(),
            f"again: {again} --property {self.property}",
        ]
        # Messages may hold half a surrogate pair, which no file takes.
        return "\n    ".join(lines).encode(errors="backslashreplace").decode()


@frozen
class Outcome:
    """The things that were looked at, and what was wrong with them.

    Attributes:
        counts: How many of each kind were looked at.
        failures: What was wrong.
    """

    counts: Counter[str] = Factory(Counter[str])
    failures: list[Failure] = Factory(list[Failure])

    def add(self, other: Outcome) -> None:
        """Take in what another outcome holds."""
        self.counts.update(other.counts)
        self.failures.extend(other.failures)


def check_each(
    service: str,
    name: str,
    subjects: Iterable[str],
    check: Callable[[str, Counter[str]], None],
) -> Outcome:
    """Let a check run for each of some subjects, whatever becomes of the others.

    Args:
        service: The service.
        name: The property's name.
        subjects: The operations, or what else there is to look at.
        check: Raises where the property does not hold, and counts what it tries.
    """
    outcome = Outcome()
    for subject in subjects:
        try:
            check(subject, outcome.counts)
        except Exception as error:  # noqa: BLE001 - each is a finding of its own
            example = "\n".join(getattr(error, "__notes__", []))
            outcome.failures.append(
                Failure(service, name, subject, describe(error), example)
            )
    return outcome


def describe(error: BaseException) -> str:
    """An error and where it came from, briefly."""
    if isinstance(error, BaseExceptionGroup):
        return "\n".join(map(describe, error.exceptions))
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
    message = f"{type(error).__name__}: {error}"
    return "\n".join([message[:_LONGEST], *places[-3:]])


#: The number of characters of a message that are shown; a reproduction shows all.
_LONGEST = 3000
