"""A test of one service's one property, which the test modules share."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from hypothesis import settings
from tests.services.effort import Effort
from tests.services.properties import check_property
from tests.services.subject import Subject

#: What a test hands to the report, and under which name.
Record = Callable[[str, object], None]
COUNTS = "counts"

#: How many of Hypothesis' examples make one of ours.
_SHARE = 25


@cache
def _open(service: str) -> Subject:
    return Subject.open(service)


def check_service(service: str, name: str, record: Record) -> None:
    """Look for places in a service where a property does not hold.

    Args:
        service: The service.
        name: The property.
        record: Takes what was tried, for the end of the report.
    """
    effort = Effort(examples=max(2, settings().max_examples // _SHARE))
    outcome = check_property(_open(service), name, effort)
    record(COUNTS, dict(outcome.counts))
    assert not outcome.failures, "\n" + "\n".join(map(str, outcome.failures))
