"""The rules for the severity of a change, for callers of the generated Python.

A caller writes requests and reads replies, and may use a type checker. The rules ask
whether callers send a shape or receive it, in the old model, for which their code is
written. A sent shape must accept every value that it accepted before; a received shape
must not have values that it could not have before. A change that no operation reaches
is compatible, unless a class is removed that code may import. `docs/updating.md` lists
the rules for users.
"""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

from botosmith.generator.diff.change import Action, Kind, Severity
from botosmith.generator.diff.compare.finding import Finding
from botosmith.generator.diff.compare.model_path import ModelPath
from botosmith.generator.diff.python_surface import Facts
from botosmith.generator.diff.types.attribute import (
    Attribute,
    find_attribute,
    find_faults,
    find_ways,
)
from botosmith.generator.diff.types.limit import is_tighter
from botosmith.generator.diff.types.retype import find_type_fault
from botosmith.generator.model.waiter import may_give_none

Verdict = tuple[Severity, str]

BREAKING, COMPATIBLE = Severity.BREAKING, Severity.COMPATIBLE


@frozen
class Case:
    """A finding, with both models as callers see them."""

    finding: Finding
    old: Facts
    new: Facts

    @property
    def is_sent(self) -> bool:
        """Return whether callers send the shape that the place is in."""
        return self.finding.place.shape in self.old.sent

    @property
    def is_replied(self) -> bool:
        """Return whether callers receive the shape that the place is in."""
        return self.finding.place.shape in self.old.replied

    @property
    def loses_class(self) -> bool:
        """Return whether a class of the place was removed or renamed."""
        named = set(self.old.names_at(self.finding.place))
        return bool((named & self.old.classes) - self.new.classes)


def judge(finding: Finding, old: Facts, new: Facts) -> Verdict:
    """Return the severity of a finding for callers, and the reason."""
    return _RULES[finding.kind](Case(finding, old, new))


def _service(case: Case) -> Verdict:
    if case.finding.action is Action.REMOVED:
        return BREAKING, "The package of a service that is gone is not generated again."
    return COMPATIBLE, "A new service has a package of its own."


def _operation(case: Case) -> Verdict:
    match case.finding.action:
        case Action.REMOVED:
            return BREAKING, "The function, its request and its reply are gone."
        case Action.RENAMED if _list_lost_names(case):
            return BREAKING, "The function, its request and its reply have other names."
        case Action.RENAMED:
            return COMPATIBLE, "Python calls it what it did before."
        case _:
            return COMPATIBLE, "A new function affects no existing code."


def _list_lost_names(case: Case) -> set[str]:
    finding = case.finding
    now = case.new.names_at(finding.new) if finding.new else ()
    return set(case.old.names_at(finding.place)) - set(now)


def _shape(case: Case) -> Verdict:
    if case.finding.action is Action.ADDED:
        return COMPATIBLE, "A new shape affects no existing code."
    if case.loses_class:
        told = "has another name" if case.finding.new else "is gone"
        return BREAKING, f"Its class {told}; code and pickles name it."
    return COMPATIBLE, "It has no class of its own, so that callers never name it."


def _member(case: Case) -> Verdict:
    if case.finding.action is Action.ADDED:
        return _new_member(case)
    if not (case.is_sent or case.is_replied):
        return COMPATIBLE, "No operation reaches its shape."
    place, now = case.finding.place, case.finding.new
    was = Attribute(case.old, place.shape or "", place.member or "")
    if was.is_inherited:
        return COMPATIBLE, "All errors have a message, whatever the model says."
    # Another spelling in the model may give the same Python name.
    is_ = find_attribute(case.new, (now or place).shape, was.name)
    if is_ is not None:
        return _judge_successor(case, was, is_)
    if now is not None:
        return BREAKING, "The attribute has another name."
    return BREAKING, "The attribute is gone, and so is the argument where it is sent."


def _new_member(case: Case) -> Verdict:
    place = case.finding.place
    is_ = Attribute(case.new, place.shape or "", place.member or "")
    was = find_attribute(case.old, place.shape, is_.name)
    is_known = was is not None and was.is_insisted_on
    if case.is_sent and is_.is_insisted_on and not is_known:
        return BREAKING, "Callers have to give a member that they did not know."
    return COMPATIBLE, "Callers need not give it, and replies may hold more."


def _judge_successor(case: Case, was: Attribute, is_: Attribute) -> Verdict:
    ways = find_ways(case.old, case.new, was.owner)
    fault = next(find_faults(was, is_, ways), None)
    if fault is not None:
        return BREAKING, fault
    verdict = _weigh(case, was=was.is_insisted_on, is_=is_.is_insisted_on)
    return verdict or (COMPATIBLE, "Python calls it what it did before.")


def _value(case: Case) -> Verdict:
    if case.finding.action is Action.REMOVED:
        return (
            BREAKING,
            "Its name in the enum is gone; the text itself may still be sent.",
        )
    return COMPATIBLE, "Enums are open: a value that is not listed is read and sent."


def _required(case: Case) -> Verdict:
    return _judge_insistence(case) or (
        COMPATIBLE,
        "Neither the constructor nor the type depends on it here.",
    )


def _judge_insistence(case: Case) -> Verdict | None:
    """Return the verdict on a member that became required, or optional."""
    old_place, new_place = case.finding.old, case.finding.new
    was = _insists(case.old, old_place or new_place)
    is_ = _insists(case.new, new_place or old_place)
    return _weigh(case, was=was, is_=is_)


def _weigh(case: Case, *, was: bool, is_: bool) -> Verdict | None:
    if is_ and not was:
        if case.is_sent:
            return BREAKING, "Callers have to give what they may have left out."
        return COMPATIBLE, "Callers only read it, and it is there more often."
    if was and not is_:
        if case.is_replied:
            return BREAKING, "A reply may lack it now: its type takes None in."
        return COMPATIBLE, "Callers only give it, and may leave it out."
    return None


def _insists(facts: Facts, place: ModelPath | None) -> bool:
    shape = facts.model.shapes.get((place and place.shape) or "")
    member = place and (place.member or place.required)
    return bool(
        shape is not None
        and member in shape.members
        and facts.insists_on(shape.name, member or "")
    )


def _type(case: Case) -> Verdict:
    fault = find_type_fault(case.finding, case.old, case.new)
    if fault is not None:
        return BREAKING, fault
    # A removed enum has a finding for each of its values.
    if case.finding.place.last == "type" and case.loses_class:
        return BREAKING, "Its class is gone; code and pickles name it."
    return COMPATIBLE, "What callers give is taken, and what they read is the same."


def _limit(case: Case) -> Verdict:
    place = case.finding.place
    shape = case.old.model.shapes[place.shape or ""]
    kind = f"{place.last} of {shape.type}"
    if not is_tighter(kind, case.finding.before, case.finding.after):
        return COMPATIBLE, "Whatever could be sent before still can."
    if not case.is_sent:
        return COMPATIBLE, "Callers never send it, and replies are not validated."
    return BREAKING, "Requests are validated: what was sent may be refused now."


def _pattern(_case: Case) -> Verdict:
    return COMPATIBLE, "Patterns are checked in strict validation only."


def _trait(case: Case) -> Verdict:  # noqa: PLR0911 - one for each trait
    place = case.finding.place
    is_of_shape = place.shape is not None and len(place.parts) == 3  # noqa: PLR2004
    match place.last:
        case "idempotencyToken":
            verdict = _judge_insistence(case)
            if verdict is not None:
                return verdict
        case "union" if is_of_shape:
            return _union(case)
        case "exception" if is_of_shape:
            return BREAKING, "Its class becomes an exception, or ceases to be one."
        case "document" if is_of_shape:
            return _type(case)
        case "eventstream" if is_of_shape:
            if case.is_sent or case.is_replied:
                return BREAKING, "It makes another type of the shape."
        case "sparse" if is_of_shape:
            return _sparse(case)
        case "payload" | "jsonvalue" | "location":
            return _role(case)
        case _:
            pass
    return COMPATIBLE, "The names and types of the code do not depend on it."


def _sparse(case: Case) -> Verdict:
    if case.is_replied:
        return BREAKING, "Its type says whether it may hold None."
    if case.is_sent and case.old.model.shapes[case.finding.place.shape or ""].sparse:
        return BREAKING, "It must not hold None any more."
    return COMPATIBLE, "Callers may give the same values, and also None."


def _role(case: Case) -> Verdict:
    """Judge a shape whose use as a whole body, or as JSON, changed."""
    name = case.finding.place.shape or ""
    was, is_ = (facts.model.shapes.get(name) for facts in (case.old, case.new))
    if was is not None and is_ is not None and (case.is_sent or case.is_replied):
        for member in was.members.keys() & is_.members.keys():
            if was.members[member].role != is_.members[member].role:
                return (
                    BREAKING,
                    f"{member} has another type: a body is read as it comes.",
                )
    return COMPATIBLE, "The names and types of the code do not depend on it."


def _union(case: Case) -> Verdict:
    name = case.finding.place.shape or ""
    shape = case.old.model.shapes[name]
    if shape.union and (case.is_sent or case.is_replied):
        return BREAKING, "It holds no member any more that the model does not know."
    if not shape.union and case.is_sent:
        return BREAKING, "Exactly one of its members may be set."
    insisted = any(case.old.insists_on(name, member) for member in shape.members)
    if insisted and case.is_replied:
        return BREAKING, "A reply has one of its members only: the others are None."
    return COMPATIBLE, "Callers read members that may be None before and after."


def _direction(case: Case) -> Verdict:
    place = case.finding.place
    if not (case.is_sent or case.is_replied):
        return COMPATIBLE, "No operation reached its shape before."
    if place.shape not in case.old.replied:
        return (
            BREAKING,
            "Replies hold it now, so that lists and dictionaries are wanted.",
        )
    return (
        BREAKING,
        "No reply holds it any more, so that its lists may be any sequences.",
    )


def _order(_case: Case) -> Verdict:
    return COMPATIBLE, "Arguments are given by name, and nothing goes by position."


def _error(case: Case) -> Verdict:
    if case.finding.action is Action.ADDED:
        return COMPATIBLE, "Code that catches the service's errors catches it."
    return COMPATIBLE, "Its class stays as long as its shape does."


def _table(case: Case) -> Verdict:
    if case.finding.action is Action.REMOVED:
        return BREAKING, f"Code that uses the {case.finding.kind} no longer works."
    return COMPATIBLE, "The calls that it is made of stay the same."


def _waiter(case: Case) -> Verdict:
    finding = case.finding
    match finding.place.parts[2:]:
        case ("operation",):
            return BREAKING, "Its function takes the parameters of another operation."
        case ("acceptors",) if may_give_none(finding.after) and not may_give_none(
            finding.before
        ):
            return BREAKING, "An error may be its end now, after which it gives None."
        case (_, *_):
            return COMPATIBLE, "Its function takes and returns the same as before."
        case _:
            return _table(case)


def _endpoint(_case: Case) -> Verdict:
    return COMPATIBLE, "Endpoints affect no name and no type."


def _documentation(_case: Case) -> Verdict:
    return Severity.DOCUMENTATION, "Only documentation changed."


_RULES: dict[Kind, Callable[[Case], Verdict]] = {
    Kind.SERVICE: _service,
    Kind.OPERATION: _operation,
    Kind.SHAPE: _shape,
    Kind.MEMBER: _member,
    Kind.VALUE: _value,
    Kind.TYPE: _type,
    Kind.REQUIRED: _required,
    Kind.MINIMUM: _limit,
    Kind.MAXIMUM: _limit,
    Kind.PATTERN: _pattern,
    Kind.TRAIT: _trait,
    Kind.DIRECTION: _direction,
    Kind.ORDER: _order,
    Kind.ERROR: _error,
    Kind.PAGINATOR: _table,
    Kind.WAITER: _waiter,
    Kind.ENDPOINT: _endpoint,
    Kind.DOCUMENTATION: _documentation,
}
