"""What it means for callers that a place has another type."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from botosmith.generator.diff.facts import Facts
from botosmith.generator.diff.finding import Finding
from botosmith.generator.diff.limit import has_tighter_limits
from botosmith.generator.diff.typetree import make_tree, may_stand_for
from botosmith.generator.model import ShapeModel


def find_type_fault(finding: Finding, old: Facts, new: Facts) -> str | None:
    """Why callers may have to change for a new type; None where they need not."""
    place = finding.place
    faults: Iterator[str]
    if place.operation is not None:
        faults = _compare_ends(finding, old, new)
    elif place.member is not None:
        faults = _compare_member(finding, old, new)
    else:
        faults = _compare_holders(finding, old, new)
    return next(faults, None)


@frozen
class _Swap:
    """A shape before and after one change, all others staying what they were.

    Attributes:
        old: What callers know of the old model.
        new: The same of the new one.
        changed: The shape whose own definition is changed, if it is one's.
    """

    old: Facts
    new: Facts
    changed: str | None = None

    def look_up_old(self, name: str) -> ShapeModel:
        return self.old.model.shapes[name]

    def look_up_new(self, name: str) -> ShapeModel:
        old, new = self.old.model.shapes, self.new.model.shapes
        return new[name] if name == self.changed or name not in old else old[name]

    def find_faults(self, before: str, after: str, owner: str) -> Iterator[str]:
        """Why a member of an owner may no longer be used as it was."""
        is_sent, is_replied = owner in self.old.sent, owner in self.old.replied
        was = make_tree(self.look_up_old(before), self.look_up_old)
        is_ = make_tree(self.look_up_new(after), self.look_up_new)
        writable = owner in self.new.replied
        if is_sent and not may_stand_for(was, is_, exactly=writable):
            yield f"Callers give {was}, and {is_} is wanted."
        if is_replied and not may_stand_for(is_, was, exactly=True):
            yield f"Callers read {was}, and get {is_}."
        if is_sent and self._is_narrower(before, after):
            yield "What callers may give is limited more closely."

    def _is_narrower(self, before: str, after: str) -> bool:
        was, is_ = self.look_up_old(before), self.look_up_new(after)
        if has_tighter_limits(was, is_):
            return True
        pairs = zip(_parts(was), _parts(is_), strict=False)
        return any(self._is_narrower(one, other) for one, other in pairs)


def _parts(shape: ShapeModel) -> list[str]:
    parts = (shape.member, shape.key, shape.value)
    return [part.shape for part in parts if part is not None]


def _compare_member(finding: Finding, old: Facts, new: Facts) -> Iterator[str]:
    owner = finding.place.shape or ""
    yield from _Swap(old, new).find_faults(finding.before, finding.after, owner)


def _compare_holders(finding: Finding, old: Facts, new: Facts) -> Iterator[str]:
    """All members that a changed shape is a part of the type of."""
    changed = finding.place.shape or ""
    swap = _Swap(old, new, changed)
    for owner, member in old.holders.get(changed, ()):
        yield from swap.find_faults(member.shape, member.shape, owner.name)


def _compare_ends(finding: Finding, old: Facts, new: Facts) -> Iterator[str]:
    """The members of a request or a reply that has another shape."""
    before = old.model.shapes[finding.before] if finding.before else None
    after = new.model.shapes[finding.after] if finding.after else None
    for name in before.members if before else ():
        if after is None or name not in after.members:
            yield f"It has no {name} any more."
    side = finding.place.last
    if side == "input" and after is not None:
        yield from _find_demands(before, after, new, old)
    if before is not None and after is not None:
        yield from _find_end_faults(before, after, old, new)
        if side == "output":
            yield from _find_losses(before, after, old, new)


def _find_demands(
    before: ShapeModel | None, after: ShapeModel, new: Facts, old: Facts
) -> Iterator[str]:
    for name in after.members:
        known = before is not None and name in before.members
        insisted = known and old.insists_on(before.name if before else "", name)
        if new.insists_on(after.name, name) and not insisted:
            yield f"Callers have to give {name}."


def _find_losses(
    before: ShapeModel, after: ShapeModel, old: Facts, new: Facts
) -> Iterator[str]:
    for name in before.members.keys() & after.members.keys():
        if old.insists_on(before.name, name) and not new.insists_on(after.name, name):
            yield f"A reply may lack {name}: its type takes None in."


def _find_end_faults(
    before: ShapeModel, after: ShapeModel, old: Facts, new: Facts
) -> Iterator[str]:
    swap = _Swap(old, new)
    for name in sorted(before.members.keys() & after.members.keys()):
        was, is_ = before.members[name].shape, after.members[name].shape
        if was != is_:
            yield from swap.find_faults(was, is_, before.name)
