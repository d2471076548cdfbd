"""The effect of a changed type on callers.

If a member uses another shape, the two shapes are compared, each in its own model. If a
shape itself changed, all members that it was part of are compared, as if nothing else
had changed: other differences have changes of their own.
"""

from __future__ import annotations

from collections.abc import Iterator

from botosmith.generator.diff.compare.finding import Finding
from botosmith.generator.diff.python_surface import Facts
from botosmith.generator.diff.types.attribute import (
    Attribute,
    Swap,
    Ways,
    find_attribute,
    find_faults,
    find_ways,
    list_attributes,
    list_below,
)
from botosmith.generator.model import ShapeModel


def find_type_fault(finding: Finding, old: Facts, new: Facts) -> str | None:
    """Return why callers have to change for a new type; None if they need not."""
    faults: Iterator[str]
    if finding.place.operation is not None:
        faults = _compare_ends(finding, old, new)
    elif finding.place.member is not None:
        faults = _compare_member(finding, old, new)
    else:
        faults = _compare_holders(finding, old, new)
    return next(faults, None)


def _compare_member(finding: Finding, old: Facts, new: Facts) -> Iterator[str]:
    place = finding.place
    was = Attribute(old, place.shape or "", place.member or "")
    swap = Swap(old, new, list_below(new, finding.after))
    yield from swap.find_faults(was, finding.after, find_ways(old, new, was.owner))


def _compare_holders(finding: Finding, old: Facts, new: Facts) -> Iterator[str]:
    """Compare all members that a changed shape is a part of."""
    place = finding.place
    shape = place.shape or ""
    now = (finding.new or place).shape or ""
    before = _sort(old.model.shapes[shape])
    if before and before != _sort(new.model.shapes[now]):
        yield "Its class is gone; code and pickles name it."
    part = finding.after if place.last in {"member", "key", "value"} else now
    swap = Swap(old, new, list_below(new, part) | {shape}, {shape: now})
    for owner, member in old.holders.get(shape, ()):
        was = Attribute(old, owner.name, member.name)
        yield from swap.find_faults(was, was.shape, find_ways(old, new, owner.name))


def _compare_ends(finding: Finding, old: Facts, new: Facts) -> Iterator[str]:
    """Compare the attributes of a request or a reply that has another shape."""
    is_request = finding.place.last == "input"
    for was in list_attributes(old, finding.before):
        is_ = find_attribute(new, finding.after, was.name)
        if is_ is None:
            yield f"It has no {was.member} any more."
        elif is_request:
            yield from _compare_arguments(was, is_)
        else:
            yield from _compare_results(was, is_)
    if is_request:
        yield from _find_demands(finding, old, new)


def _compare_arguments(was: Attribute, is_: Attribute) -> Iterator[str]:
    is_replied = is_.owner in is_.facts.replied
    ways = Ways(is_sent=True, is_replied=False, is_writable=is_replied)
    yield from find_faults(was, is_, ways)
    if was.is_container and is_replied and was.owner not in was.facts.replied:
        yield "Replies hold its shape, too, so that lists and dictionaries are wanted."


def _compare_results(was: Attribute, is_: Attribute) -> Iterator[str]:
    if was.is_insisted_on and not is_.is_insisted_on:
        yield f"A reply may lack {was.member}: its type takes None in."
    ways = Ways(is_sent=False, is_replied=True, is_writable=True)
    yield from find_faults(was, is_, ways)


def _find_demands(finding: Finding, old: Facts, new: Facts) -> Iterator[str]:
    for is_ in list_attributes(new, finding.after):
        was = find_attribute(old, finding.before, is_.name)
        if is_.is_insisted_on and not (was and was.is_insisted_on):
            yield f"Callers have to give {is_.member}."


def _sort(shape: ShapeModel) -> str | None:
    """Return the kind of class that a shape has; None if it has none."""
    if shape.enum is not None:
        return "enum"
    return "structure" if shape.has_class else None
