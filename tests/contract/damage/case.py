"""A damaged reply, and the names by which a run repeats it."""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from attrs import frozen


@frozen
class Case:
    """A damaged reply.

    Attributes:
        seed: The seed of the run.
        subject: The service, by its name in the harness.
        module: The package of that.
        operation: The operation that is answered.
        number: Which of the operation's cases it is.
        damages: What was done to a valid reply.
        parameters: What the operation is called with, as boto3 has it.
        raw: All that the server sends.
        is_stream: Whether the reply is a stream of events.
        has_json: Whether msgspec takes part in reading it.
    """

    seed: int
    subject: str
    module: str
    operation: str
    number: int
    damages: tuple[str, ...]
    parameters: dict[str, Any]
    raw: bytes
    is_stream: bool
    has_json: bool

    @property
    def name(self) -> str:
        """Return the argument of `--case` that repeats it."""
        return f"{self.seed}:{self.subject}:{self.operation}:{self.number}"


@frozen
class Failure:
    """A case that ended as nothing documents.

    Attributes:
        case: Its name.
        way: Which client, on which path, and with what.
        damages: What was done to the reply.
        problem: What is wrong with the outcome.
        raw: What the server sent.
    """

    case: str
    way: str
    damages: tuple[str, ...]
    problem: str
    raw: bytes

    def __str__(self) -> str:
        shown = self.raw if len(self.raw) < 600 else self.raw[:600] + b"..."
        return (
            f"{self.case} by {self.way} ({'; '.join(self.damages)}):\n"
            f"  {self.problem}\n  sent: {shown!r}"
        )


@frozen
class Result:
    """The outcomes of a case, in all the ways of one client.

    Attributes:
        kinds: Of which kind the outcome was, way by way: a reply, or an error.
        failures: What no document has.
    """

    kinds: tuple[str, ...]
    failures: tuple[Failure, ...]


def save(values: Iterable[Any], path: Path) -> None:
    """Write cases or results down for another process."""
    path.write_bytes(pickle.dumps(tuple(values)))


def load(path: Path) -> Any:
    """Read what `save` has written."""
    return pickle.loads(path.read_bytes())  # noqa: S301 - our own
