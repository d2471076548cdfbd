"""The parts of a diff: changes of a model, and the effect of each on callers.

A place in a model is named by its JSON path, such as `shapes.Tag.members.Key`. Enum
values have a place too, `shapes.Status.enum.Failed`, and so have paginators, waiters
and endpoints: `paginators.ListTags`, `waiters.EndpointDeleted`,
`endpoints.aws.us-east-1`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from attrs import field, frozen


class Severity(StrEnum):
    """The effect of a change on callers of the generated Python, the worst first."""

    BREAKING = "breaking"
    COMPATIBLE = "compatible"
    DOCUMENTATION = "documentation"


class Kind(StrEnum):
    """The kind of thing that changed, in the order of reports."""

    SERVICE = "service"
    OPERATION = "operation"
    SHAPE = "shape"
    MEMBER = "member"
    VALUE = "enum value"
    TYPE = "type"
    REQUIRED = "required"
    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    PATTERN = "pattern"
    TRAIT = "trait"
    DIRECTION = "direction"
    ORDER = "order"
    ERROR = "error"
    PAGINATOR = "paginator"
    WAITER = "waiter"
    ENDPOINT = "endpoint"
    DOCUMENTATION = "documentation"


#: The kinds whose places are names; for the others, the thing under a name changed.
NAMED = frozenset(
    {
        Kind.OPERATION,
        Kind.SHAPE,
        Kind.MEMBER,
        Kind.VALUE,
        Kind.PAGINATOR,
        Kind.WAITER,
        Kind.ENDPOINT,
    }
)


class Action(StrEnum):
    """The way in which something changed."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    CHANGED = "changed"


@frozen
class Change:
    """One change of a service's model.

    Attributes:
        kind: The kind of thing that changed.
        action: The way in which it changed.
        old_path: Its place in the old model; None for a name that was added. A trait
            of a name, such as `required` of a member, has a place in both.
        new_path: Its place in the new model; None for a name that was removed.
        before: The old model's value there, as JSON; None if it has none.
        after: The new model's value there.
        severity: The effect of the change on callers.
        reason: The rule that decides the severity, as a sentence.
        old_names: The Python names, below the service's package, that callers may use
            now and that the change concerns, such as `CreateModelInput.model_name`.
        new_names: The names that callers use after it.
        operations: The operations that reach the place in either model, sorted.
        contents: The places added or removed with it: a shape's members and values.
    """

    kind: Kind
    action: Action
    old_path: str | None
    new_path: str | None
    severity: Severity
    reason: str
    before: Any = None
    after: Any = None
    old_names: tuple[str, ...] = ()
    new_names: tuple[str, ...] = ()
    operations: tuple[str, ...] = ()
    contents: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Return its place in the new model, or in the old one if it was removed."""
        return self.new_path or self.old_path or ""


@frozen
class ServiceDiff:
    """The changes between two models of a service.

    Attributes:
        service: botocore's name of the service.
        old: The old model's API version; None if the service is new.
        new: The new model's API version; None if the service was removed.
        changes: The changes, in the order of the model's places.
        resources: The resource that each operation works on, such as `TrainingJob`
            for `DescribeTrainingJob`, for all operations of both models.
    """

    service: str
    old: str | None
    new: str | None
    changes: tuple[Change, ...]
    resources: Mapping[str, str] = field(factory=dict[str, str], repr=False)

    def resources_of(self, change: Change) -> tuple[str, ...]:
        """Return the resources that a change reaches, sorted."""
        return tuple(sorted({self.resources[name] for name in change.operations}))


@frozen
class Diff:
    """The changes between two sets of models.

    Attributes:
        old: The name of the old models, such as `botocore 1.42.1` or a folder.
        new: The name of the new models.
        services: The services that were compared and differ, sorted by name.
        compared: The number of services that were compared.
    """

    old: str
    new: str
    services: tuple[ServiceDiff, ...]
    compared: int

    @property
    def changes(self) -> tuple[Change, ...]:
        """Return the changes of all services."""
        return tuple(change for one in self.services for change in one.changes)

    @property
    def severity(self) -> Severity | None:
        """Return the worst severity of the changes; None if nothing changed."""
        return worst(change.severity for change in self.changes)


def worst(severities: Iterable[Severity]) -> Severity | None:
    """Return the worst of several severities; None for none."""
    return min(severities, key=list(Severity).index, default=None)


def apply_to_names(names: Iterable[str], changes: Iterable[Change]) -> set[str]:
    """Return the places of the new model: those of the old one with all changes made.

    Args:
        names: The places in the old model: `operations.X`, `shapes.Y`,
            `shapes.Y.members.Z`, `shapes.Y.enum.V`, `paginators.P`, `waiters.W`.
        changes: The changes between the models.
    """
    found = set(names)
    listed = [change for change in changes if change.kind in NAMED]
    for change in listed:
        if change.action is Action.REMOVED and change.old_path is not None:
            found -= {change.old_path, *change.contents}
    # A renamed shape's members move with it, before changes of their own.
    renamed = [one for one in listed if one.action is Action.RENAMED]
    for change in sorted(
        renamed, key=lambda one: len(one.old_path or ""), reverse=True
    ):
        found = {_move(name, change) for name in found}
    for change in listed:
        if change.action is Action.ADDED and change.new_path is not None:
            found |= {change.new_path, *change.contents}
    return found


def _move(name: str, change: Change) -> str:
    old, new = change.old_path or "", change.new_path or ""
    # Enum values may hold dots (`a`, `a.members.b`), so only shapes contain places.
    inside = (f"{old}.members.", f"{old}.enum.")
    if name == old or (change.kind is Kind.SHAPE and name.startswith(inside)):
        return new + name[len(old) :]
    return name
