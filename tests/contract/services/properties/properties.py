"""The properties by name, for the tests and for the run over all services."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping

from tests.contract.services.properties.effort import Effort
from tests.contract.services.properties.error import check_errors
from tests.contract.services.properties.outcome import Outcome, check_each
from tests.contract.services.properties.pages import check_pages
from tests.contract.services.properties.reply import check_replies
from tests.contract.services.properties.request import check_requests
from tests.contract.services.properties.round_trip import check_round_trips
from tests.contract.services.properties.structure import check_names, check_structure
from tests.contract.services.properties.subject import Subject, laboratory
from tests.contract.services.properties.waiter import check_waiters

NAMES = "names"

#: Properties that are looked at once for a service, not for each operation.
_OF_SERVICES: Mapping[str, Callable[[Subject, Counter[str]], None]] = {
    "structure": check_structure,
    NAMES: check_names,
}

_OF_OPERATIONS: Mapping[str, Callable[[Subject, Effort, str, Counter[str]], None]] = {
    "requests": check_requests,
    "replies": check_replies,
    "errors": check_errors,
    "round-trips": check_round_trips,
    "pages": check_pages,
    "waiters": check_waiters,
}

PROPERTIES = (*_OF_SERVICES, *_OF_OPERATIONS)


def check_property(
    subject: Subject, name: str, effort: Effort, only: Collection[str] = ()
) -> Outcome:
    """Look for places in a service where a property does not hold.

    Args:
        subject: The service.
        name: One of PROPERTIES.
        effort: How hard to look.
        only: The operations to look at; all of them if none is named.
    """
    if name in _OF_SERVICES:
        of_service = _OF_SERVICES[name]
        return check_each(
            subject.name,
            name,
            [subject.name],
            lambda _, counts: of_service(subject, counts),
        )
    check = _OF_OPERATIONS[name]
    operations = [one for one in subject.operations if not only or one in only]
    with laboratory():
        return check_each(
            subject.name,
            name,
            operations,
            lambda operation, counts: check(subject, effort, operation, counts),
        )
