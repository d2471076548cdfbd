"""The resources of a service that changed, with the totals of their changes."""

from __future__ import annotations

import re
from collections import defaultdict
from urllib.parse import urlencode

from attrs import frozen

from botosmith.generator.diff.change import Change, ServiceDiff
from botosmith.generator.diff.report.wording import show_controls
from botosmith.generator.diff.totals import Totals, count

_WORD = re.compile(r"[^A-Z]+|[A-Z]+[^A-Z]*")

#: The name under which changes are listed that no operation reaches.
SERVICE = "Service"


@frozen
class Resource:
    """A resource, and the number of changes that reach it.

    Attributes:
        key: Its key, which is unique among all services.
        name: Its name.
        is_service: Whether it stands for the service as a whole.
        totals: The changes that reach it; one that reaches several counts in each.
    """

    key: str
    name: str
    is_service: bool
    totals: Totals

    @property
    def words(self) -> list[str]:
        """Return the words of the name, between which a line may break."""
        return _WORD.findall(self.name)

    @property
    def changes(self) -> int:
        """Return the number of changes that reach it."""
        return sum(self.totals.severities.values())

    @property
    def address(self) -> str:
        """Return the address at which the page shows only this resource."""
        return write_address(self.key)


def write_address(key: str) -> str:
    """Return the fragment of the page's address for a resource or a service."""
    return f"#{urlencode({'resource': key}, errors='replace')}"


def find_keys(service: ServiceDiff, change: Change) -> tuple[str, ...]:
    """Return the keys of the resources that a change reaches."""
    # "" stands for the service: ECS has a resource that is called Service.
    resources = service.resources_of(change) or ("",)
    return tuple(
        show_controls(f"{service.service}/{resource}") for resource in resources
    )


def list_resources(service: ServiceDiff) -> list[Resource]:
    """Return the resources that changed, those with most breaking changes first."""
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
