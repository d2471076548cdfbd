"""Which resources of a service changed, and how badly."""

from __future__ import annotations

import re
from collections import defaultdict
from urllib.parse import urlencode

from attrs import frozen

from botosmith.generator.diff.change import Change, ServiceDiff
from botosmith.generator.diff.report.wording import show_controls
from botosmith.generator.diff.totals import Totals, count

_WORD = re.compile(r"[^A-Z]+|[A-Z]+[^A-Z]*")

#: What is said of changes that no operation reaches.
SERVICE = "Service"


@frozen
class Resource:
    """A resource, and how many changes reach it.

    Attributes:
        key: What tells it from all resources of all services.
        name: What it is called.
        is_service: Whether it stands for the service as a whole.
        totals: The changes that reach it; one that reaches several counts in each.
    """

    key: str
    name: str
    is_service: bool
    totals: Totals

    @property
    def words(self) -> list[str]:
        """The words of the name, between which a line may end."""
        return _WORD.findall(self.name)

    @property
    def changes(self) -> int:
        """How many changes reach it."""
        return sum(self.totals.severities.values())

    @property
    def address(self) -> str:
        """Where the page shows it alone."""
        return write_address(self.key)


def write_address(key: str) -> str:
    """Where the page shows the changes of a resource or a service, below its own."""
    return f"#{urlencode({'resource': key}, errors='replace')}"


def find_keys(service: ServiceDiff, change: Change) -> tuple[str, ...]:
    """The keys of the resources that a change counts for."""
    # No resource has an empty name, and ECS has one that is called Service.
    resources = service.resources_of(change) or ("",)
    return tuple(
        show_controls(f"{service.service}/{resource}") for resource in resources
    )


def list_resources(service: ServiceDiff) -> list[Resource]:
    """The resources that changed, those that break most first."""
    changes: dict[str, list[Change]] = defaultdict(list)
    for change in service.changes:
        for key in find_keys(service, change):
            changes[key].append(change)
    resources = [
        _make_resource(
            key.removeprefix(show_controls(f"{service.service}/")), key, changes=found
        )
        for key, found in changes.items()
    ]
    return sorted(resources, key=_rank)


def _make_resource(name: str, key: str, *, changes: list[Change]) -> Resource:
    return Resource(key, name or SERVICE, is_service=not name, totals=count(changes))


def _rank(resource: Resource) -> tuple[int | str, ...]:
    numbers = resource.totals.severities.values()
    return (*(-number for number in numbers), resource.name, resource.key)
