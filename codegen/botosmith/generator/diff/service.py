"""The diff of one service, with the severity of each change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import field, frozen

from botosmith.generator.diff.change import NAMED, Action, Change, Kind, ServiceDiff
from botosmith.generator.diff.compare.direction import compare_directions
from botosmith.generator.diff.compare.finding import Finding
from botosmith.generator.diff.compare.model_path import ModelPath
from botosmith.generator.diff.compare.models import Comparison, Pair, compare_tables
from botosmith.generator.diff.python_surface import Facts
from botosmith.generator.diff.resource import find_resources
from botosmith.generator.diff.severity import judge
from botosmith.generator.model import ServiceModel
from botosmith.generator.plan.names import name_places


@frozen
class ServiceData:
    """A service, with the content of its data files.

    Attributes:
        model: Its model.
        paginators: Its paginators, by operation.
        waiters: Its waiters, by name.
        endpoints: Its endpoint rules and regions, by a dotted name.
        lock: The names of its package that the rules would not give, by place.
    """

    model: ServiceModel
    paginators: Mapping[str, Any] = field(factory=dict[str, Any])
    waiters: Mapping[str, Any] = field(factory=dict[str, Any])
    endpoints: Mapping[str, Any] = field(factory=dict[str, Any])
    lock: Mapping[str, str] = field(factory=dict[str, str])


@frozen
class _Version:
    """A version of a service, and its model as callers see it."""

    service: ServiceData
    facts: Facts

    def list_reaching(self, place: ModelPath | None) -> Iterable[str]:
        """Return the operations that reach a place."""
        if place is None:
            return ()
        name: Any = None
        match place.parts:
            case ("shapes", shape, *_):
                return self.facts.users.get(shape, ())
            case ("operations" | "paginators", operation, *_):
                name = operation
            case ("waiters", waiter, *_):
                # A waiter reaches the operation that it polls.
                name = self.service.waiters.get(waiter, {}).get("operation")
            case _:
                pass
        # The file is not checked, so a waiter's operation may be any JSON value.
        is_known = isinstance(name, str) and name in self.facts.model.operations
        return (name,) if is_known else ()


def diff_service(old: ServiceData | None, new: ServiceData | None) -> ServiceDiff:
    """Return the changes between two versions of a service; one may be missing."""
    if old is None or new is None:
        return _diff_whole(old, new)
    was = _Version(old, Facts(old.model, old.lock))
    # An update keeps a package's names, so the new model gets the old names.
    kept = name_places(old.model, old.lock).as_text()
    is_ = _Version(new, Facts(new.model, kept))
    changes = (_make_change(finding, was, is_) for finding in _find(was, is_))
    return ServiceDiff(
        new.model.name,
        old.model.api_version,
        new.model.api_version,
        tuple(changes),
        find_resources({*old.model.operations, *new.model.operations}),
    )


def _diff_whole(old: ServiceData | None, new: ServiceData | None) -> ServiceDiff:
    """Return the diff of a service that was added or removed."""
    service = old or new
    if service is None:
        msg = "a diff needs a service on one side at least"
        raise ValueError(msg)
    version = _Version(service, Facts(service.model, service.lock))
    place = ModelPath(("metadata", "serviceId"))
    said = service.model.service_id
    finding = (
        Finding(Kind.SERVICE, Action.ADDED, None, place, after=said)
        if old is None
        else Finding(Kind.SERVICE, Action.REMOVED, place, None, before=said)
    )
    return ServiceDiff(
        service.model.name,
        None if old is None else service.model.api_version,
        None if new is None else service.model.api_version,
        (_make_change(finding, version, version),),
        find_resources(service.model.operations),
    )


def _find(old: _Version, new: _Version) -> Iterator[Finding]:
    comparison = Comparison(old.facts.model.source, new.facts.model.source)
    yield from comparison.find()
    yield from compare_directions(old.facts, new.facts, comparison.renames)
    for kind, name in (
        (Kind.PAGINATOR, "paginators"),
        (Kind.WAITER, "waiters"),
        (Kind.ENDPOINT, "endpoints"),
    ):
        home = ModelPath((name,))
        pair = Pair(getattr(old.service, name), getattr(new.service, name), home, home)
        yield from compare_tables(kind, pair)


def _make_change(finding: Finding, old: _Version, new: _Version) -> Change:
    severity, reason = judge(finding, old.facts, new.facts)
    old_names, new_names = _list_names(finding, old.facts, new.facts)
    return Change(
        kind=finding.kind,
        action=finding.action,
        old_path=None if finding.old is None else str(finding.old),
        new_path=None if finding.new is None else str(finding.new),
        severity=severity,
        reason=reason,
        before=finding.before,
        after=finding.after,
        old_names=old_names,
        new_names=new_names,
        operations=tuple(
            sorted({*old.list_reaching(finding.old), *new.list_reaching(finding.new)})
        ),
        contents=finding.contents,
    )


def _list_names(
    finding: Finding, old: Facts, new: Facts
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    before = () if finding.old is None else old.names_at(finding.old)
    after = () if finding.new is None else new.names_at(finding.new)
    both = tuple(name for name in before if name in set(after))
    if both and finding.kind not in NAMED:
        # Names that were added or removed have changes of their own.
        return both, both
    return before, after
