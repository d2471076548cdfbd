"""Counts what came, went and was renamed, and what the changes mean for callers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from attrs import frozen

from botosmith.generator.diff.change import Action, Change, Kind, Severity

#: A shape may be called `members`, too: it is what follows its name that counts.
_PART = re.compile(r"shapes\..+?\.(members|enum)\.", re.DOTALL)
_PARTS = {"members": Kind.MEMBER, "enum": Kind.VALUE}


@frozen
class Tally:
    """How many things of a kind came, went and were renamed."""

    added: int = 0
    removed: int = 0
    renamed: int = 0


@frozen
class Totals:
    """What a number of changes comes to.

    Attributes:
        operations: The operations that came, went and were renamed.
        shapes: The same of shapes.
        members: The same of members, those that came or went with their shape too.
        values: The same of enum values.
        breaking: How many of the changes break callers.
        compatible: How many change something that callers need not care about.
        documentation: How many change nothing but documentation.
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
        """The tallies by what is counted, in the order of reports."""
        return {
            "operations": self.operations,
            "shapes": self.shapes,
            "members": self.members,
            "enum values": self.values,
        }

    @property
    def severities(self) -> dict[Severity, int]:
        """How many changes there are of each severity, the worst first."""
        return {severity: getattr(self, severity) for severity in Severity}


def count(changes: Iterable[Change]) -> Totals:
    """Count changes, and what came or went inside of them."""
    severities: Counter[Severity] = Counter()
    things: Counter[tuple[Kind, Action]] = Counter()
    for change in changes:
        severities[change.severity] += 1
        things[change.kind, change.action] += 1
        # What moved with a renamed shape neither came nor went.
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
    """Whether a place inside of a shape is a member or an enum value."""
    # Values may have any characters: `shapes.S.enum.a.members.b` is one.
    part = _PART.match(place)
    return _PARTS[part[1]] if part else Kind.SHAPE
