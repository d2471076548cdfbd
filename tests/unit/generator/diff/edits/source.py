"""All that a service's data files say, as JSON that a test may edit."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from attrs import field, frozen
from tests.unit.generator.conftest import make_model

from botosmith.generator.diff.change import Change
from botosmith.generator.diff.service import ServiceData, diff_service
from botosmith.generator.model import mirror_model

Model = dict[str, Any]

#: The tables beside the model, each of things with names.
TABLES = ("paginators", "waiters", "endpoints")


@frozen
class Source:
    """A service as its files have it.

    Attributes:
        model: The service model.
        paginators: Its paginators, by operation.
        waiters: Its waiters, by name.
        endpoints: What its endpoints are made of, by a dotted name.
    """

    model: Model
    paginators: Model = field(factory=dict[str, Any])
    waiters: Model = field(factory=dict[str, Any])
    endpoints: Model = field(factory=dict[str, Any])

    def copy(self) -> Source:
        """One that may be edited while this stays as it is."""
        return deepcopy(self)

    def as_service(self) -> ServiceData:
        """The service that the diff takes."""
        return ServiceData(
            mirror_model(self.model, "parcels", "2024-03-01"),
            self.paginators,
            self.waiters,
            self.endpoints,
        )

    def names(self) -> set[str]:
        """The places of everything that has a name."""
        return set(self._list_names())

    def _list_names(self) -> Iterator[str]:
        yield from (f"operations.{name}" for name in self.model["operations"])
        for name, shape in self.model["shapes"].items():
            yield f"shapes.{name}"
            yield from list_contents(name, shape)
        for table in TABLES:
            yield from (f"{table}.{name}" for name in getattr(self, table))


def make_source(shapes: Model, operations: Model | None = None) -> Source:
    """A service of a few shapes; an operation needs to say only what is special."""
    return Source(make_model(shapes, operations))


def list_contents(name: str, shape: Model) -> list[str]:
    """The places of a shape's members and enum values."""
    return [
        *(f"shapes.{name}.members.{member}" for member in shape.get("members", ())),
        *(f"shapes.{name}.enum.{value}" for value in shape.get("enum", ())),
    ]


def diff(old: Source, new: Source) -> tuple[Change, ...]:
    """Return the changes."""
    return diff_service(old.as_service(), new.as_service()).changes
