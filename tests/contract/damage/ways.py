"""The ways in which a damaged reply is read."""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from attrs import frozen
from tests.contract.damage.case import Case, Failure, Result
from tests.contract.damage.judge import Outcome
from tests.support.readers import Readers

from botosmith.runtime.protocol import codec, msgspec_codec

ARGUMENTS: dict[str, Any] = {
    "region_name": "us-east-1",
    "aws_access_key_id": "AKIAIOSFODNN7EXAMPLE",
    "aws_secret_access_key": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
}


#: The longest time that a call may take with the reading of its streams, in seconds.
PATIENCE = 60

#: The number of characters of an outcome that are shown beside another.
_SHOWN = 500


def make_settings() -> dict[str, Any]:
    """The settings of a client: one attempt, since all would end alike.

    No name of a bucket or of a host's label is one of a server on the loopback.
    """
    return {
        "connect_timeout": 20,
        "read_timeout": 20,
        "inject_host_prefix": False,
        "retries": {"total_max_attempts": 1, "mode": "standard"},
        "s3": {"addressing_style": "path"},
    }


@frozen
class Way:
    """A way to make a call.

    Attributes:
        serializer: The client's serializer.
        has_speed: Whether msgspec takes part.
        has_debug: Whether DEBUG logging is on.
    """

    serializer: str
    has_speed: bool
    has_debug: bool

    def __str__(self) -> str:
        speed_ = "with" if self.has_speed else "without"
        debug = ", DEBUG" if self.has_debug else ""
        return f"{self.serializer} serializer {speed_} msgspec{debug}"


def list_ways(case: Case) -> Iterator[Way]:
    """Return the ways that a case goes; msgspec takes part only in JSON."""
    for serializer in ("generated", "botocore"):
        yield Way(serializer, has_speed=True, has_debug=False)
        yield Way(serializer, has_speed=True, has_debug=True)
        if case.has_json:
            yield Way(serializer, has_speed=False, has_debug=False)


@contextmanager
def prepared() -> Generator[None]:
    """Warnings are errors, and msgspec reads from the first reply on."""
    kept = dict(msgspec_codec.REPLIES)
    for from_text in kept:
        readers: Any = Readers(from_text=from_text)
        msgspec_codec.REPLIES[from_text] = readers
    found = codec._find_speed
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            warnings.filterwarnings("ignore", ".* is deprecated", DeprecationWarning)
            yield
    finally:
        msgspec_codec.REPLIES.update(kept)
        codec._find_speed = found


_found_speed = codec._find_speed


def _find_no_speed() -> None:
    return None


@contextmanager
def travelled(way: Way) -> Generator[io.StringIO]:
    """Make calls in a way; what is logged comes out."""
    replaced: Any = _found_speed if way.has_speed else _find_no_speed
    codec._find_speed = replaced
    log = io.StringIO()
    if not way.has_debug:
        yield log
        return
    handler = logging.StreamHandler(log)
    loggers = [logging.getLogger(name) for name in ("botosmith", "botocore")]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)
        logger.propagate = False
    try:
        yield log
    finally:
        for logger in loggers:
            logger.removeHandler(handler)
            logger.setLevel(logging.NOTSET)
            logger.propagate = True


def sum_up(case: Case, client: str, outcomes: Sequence[tuple[Way, Outcome]]) -> Result:
    """Say which outcomes are wrong, and where logging has changed one."""
    kinds = tuple(outcome.kind for _, outcome in outcomes)
    failures = tuple(
        Failure(case.name, f"{client}, {way}", case.damages, problem, case.raw)
        for way, problem in _find_problems(outcomes)
    )
    return Result(kinds, failures)


def _find_problems(
    outcomes: Sequence[tuple[Way, Outcome]],
) -> Iterator[tuple[Way, str]]:
    plain: dict[str, str] = {}
    for way, outcome in outcomes:
        if outcome.problem is not None:
            yield way, outcome.problem
        if not way.has_speed:
            continue
        if not way.has_debug:
            plain[way.serializer] = outcome.text
        elif (expected := plain[way.serializer]) != outcome.text:
            shown, other = expected[:_SHOWN], outcome.text[:_SHOWN]
            yield way, f"DEBUG changes\n  {shown}\n  to\n  {other}"
