"""A test of one service's one property, which the test modules share."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import ceil

from hypothesis import settings
from tests.contract.services.properties.effort import Effort
from tests.contract.services.properties.properties import check_property
from tests.contract.services.properties.subject import Subject
from tests.support.sweep import THOROUGH

#: The results that a test hands to the report, and their name.
Record = Callable[[str, object], None]
COUNTS = "counts"

#: The number of Hypothesis' examples that make one of ours.
_SHARE = 25

#: Properties for which a quick run tries a part of the operations, of which a service
#: has up to 780; and for how many of them, about.
_MANY = frozenset({"requests", "replies", "errors", "round-trips"})
_ENOUGH = 60


def _choose(subject: Subject, name: str) -> list[str]:
    """Return the operations to try a property with; none means all of them."""
    if THOROUGH or name not in _MANY:
        return []
    return subject.operations[:: ceil(len(subject.operations) / _ENOUGH)]


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
    subject = _open(service)
    outcome = check_property(subject, name, effort, _choose(subject, name))
    record(COUNTS, dict(outcome.counts))
    assert not outcome.failures, "\n" + "\n".join(map(str, outcome.failures))
