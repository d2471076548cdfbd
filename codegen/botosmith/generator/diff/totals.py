"""Counts of added, removed and renamed things, and of changes by severity."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from attrs import frozen

from botosmith.generator.diff.change import Action, Change, Kind, Severity

#: Matches from the start, since a shape may be called `members`, too.
_PART = re.compile(r"shapes\..+?\.(members|enum)\.", re.DOTALL)
_PARTS = {"members": Kind.MEMBER, "enum": Kind.VALUE}


@frozen
class Tally:
    """The numbers of added, removed and renamed things of a kind."""

    added: int = 0
    removed: int = 0
    renamed: int = 0


@frozen
class Totals:
    """The totals of some changes.

    Attributes:
        operations: The operations that were added, removed and renamed.
        shapes: The shapes.
        members: The members, also those that were added or removed with their shape.
        values: The enum values.
        breaking: The number of changes that break callers.
        compatible: The number of changes that callers need not react to.
        documentation: The number of changes of documentation alone.
    """

    operations: Tally
    shapes: Tally
    members: Tally
    values: Tally
    breaking: int
    compatible: int
    documentation: int

    @property
    def things(self) -> dict[str, Tally]:
        """Return the tallies by the plural of their kind, in the order of reports."""
        return {
            "operations": self.operations,
            "shapes": self.shapes,
            "members": self.members,
            "enum values": self.values,
        }

    @property
    def severities(self) -> dict[Severity, int]:
        """Return the number of changes of each severity, the worst first."""
        return {severity: getattr(self, severity) for severity in Severity}


def count(changes: Iterable[Change]) -> Totals:
    """Count changes, and the things that were added or removed inside of them."""
    severities: Counter[Severity] = Counter()
    things: Counter[tuple[Kind, Action]] = Counter()
    for change in changes:
        severities[change.severity] += 1
        things[change.kind, change.action] += 1
        # The contents of a renamed shape were neither added nor removed.
        if change.action in {Action.ADDED, Action.REMOVED}:
            kinds = map(find_kind, change.contents)
            things.update((kind, change.action) for kind in kinds)
    return Totals(
        operations=_tally(things, Kind.OPERATION),
        shapes=_tally(things, Kind.SHAPE),
        members=_tally(things, Kind.MEMBER),
        values=_tally(things, Kind.VALUE),
        breaking=severities[Severity.BREAKING],
        compatible=severities[Severity.COMPATIBLE],
        documentation=severities[Severity.DOCUMENTATION],
    )


def _tally(things: Counter[tuple[Kind, Action]], kind: Kind) -> Tally:
    return Tally(
        added=things[kind, Action.ADDED],
        removed=things[kind, Action.REMOVED],
        renamed=things[kind, Action.RENAMED],
    )


def find_kind(place: str) -> Kind:
    """Return the kind of a place: a member, an enum value or a shape."""
    # Values may have any characters: `shapes.S.enum.a.members.b` is one.
    part = _PART.match(place)
    return _PARTS[part[1]] if part else Kind.SHAPE
