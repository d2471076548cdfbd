"""The diff of one service: what differs, judged for callers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import field, frozen

from botosmith.generator.diff.change import NAMED, Action, Change, Kind, ServiceDiff
from botosmith.generator.diff.compare import Comparison, Pair, compare_tables
from botosmith.generator.diff.direction import compare_directions
from botosmith.generator.diff.facts import Facts
from botosmith.generator.diff.finding import Finding
from botosmith.generator.diff.place import Place
from botosmith.generator.diff.resource import find_resources
from botosmith.generator.diff.rule import judge
from botosmith.generator.model import ServiceModel
from botosmith.generator.plan.names import name_places


@frozen
class Service:
    """A service, with all that its data files say.

    Attributes:
        model: Its model.
        paginators: Its paginators, by operation.
        waiters: Its waiters, by name.
        endpoints: What its endpoints are made of, by a dotted name.
        lock: The names that its package has against the rules, by place.
    """

    model: ServiceModel
    paginators: Mapping[str, Any] = field(factory=dict[str, Any])
    waiters: Mapping[str, Any] = field(factory=dict[str, Any])
    endpoints: Mapping[str, Any] = field(factory=dict[str, Any])
    lock: Mapping[str, str] = field(factory=dict[str, str])


def diff_service(old: Service | None, new: Service | None) -> ServiceDiff:
    """What changed between two states of a service; one of them may be missing."""
    if old is None or new is None:
        return _diff_whole(old, new)
    was = Facts(old.model, old.lock)
    # A package keeps its names: those of the new model are what an update makes them.
    is_ = Facts(new.model, name_places(old.model, old.lock).as_text())
    changes = (_make_change(finding, was, is_) for finding in _find(old, new, was, is_))
    return ServiceDiff(
        new.model.name,
        old.model.api_version,
        new.model.api_version,
        tuple(changes),
        find_resources({*old.model.operations, *new.model.operations}),
    )


def _diff_whole(old: Service | None, new: Service | None) -> ServiceDiff:
    """A service that came or went."""
    service = old or new
    if service is None:
        msg = "a diff needs a service on one side at least"
        raise ValueError(msg)
    facts = Facts(service.model, service.lock)
    place = Place(("metadata", "serviceId"))
    said = service.model.service_id
    finding = (
        Finding(Kind.SERVICE, Action.ADDED, None, place, after=said)
        if old is None
        else Finding(Kind.SERVICE, Action.REMOVED, place, None, before=said)
    )
    version = service.model.api_version
    return ServiceDiff(
        service.model.name,
        None if old is None else version,
        None if new is None else version,
        (_make_change(finding, facts, facts),),
        find_resources(service.model.operations),
    )


def _find(old: Service, new: Service, was: Facts, is_: Facts) -> Iterator[Finding]:
    comparison = Comparison(old.model.source, new.model.source)
    yield from comparison.find()
    yield from compare_directions(was, is_, comparison.renames)
    for kind, name in (
        (Kind.PAGINATOR, "paginators"),
        (Kind.WAITER, "waiters"),
        (Kind.ENDPOINT, "endpoints"),
    ):
        home = Place((name,))
        pair = Pair(getattr(old, name), getattr(new, name), home, home)
        yield from compare_tables(kind, pair)


def _make_change(finding: Finding, old: Facts, new: Facts) -> Change:
    severity, reason = judge(finding, old, new)
    old_names, new_names = _list_names(finding, old, new)
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
            sorted({*_reaching(finding.old, old), *_reaching(finding.new, new)})
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
        # Whoever has come or gone otherwise is told of by a change of its own.
        return both, both
    return before, after


def _reaching(place: Place | None, facts: Facts) -> Iterable[str]:
    """The operations that reach a place."""
    if place is None:
        return ()
    if place.shape is not None:
        return facts.users.get(place.shape, ())
    name = place.operation or (place.parts[1] if len(place.parts) > 1 else "")
    return (name,) if name in facts.model.operations else ()
