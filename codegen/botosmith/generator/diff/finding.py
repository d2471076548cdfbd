"""What a comparison finds, before anyone asks what it means for callers."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from botosmith.generator.diff.change import Action, Kind
from botosmith.generator.diff.place import Place


@frozen
class Finding:
    """One difference between two models.

    Attributes:
        kind: What it is that differs.
        action: In which way, seen from the old model.
        old: Its place in the old model; None for a name that only the new one has.
        new: Its place in the new model; None for a name that only the old one has.
        before: What the old model says there.
        after: What the new model says there.
        contents: The places that come or go with it.
    """

    kind: Kind
    action: Action
    old: Place | None
    new: Place | None
    before: Any = None
    after: Any = None
    contents: tuple[str, ...] = ()

    @property
    def place(self) -> Place:
        """Where it is: in the old model, which callers know, if it is there."""
        place = self.old or self.new
        assert place is not None  # noqa: S101 - one of them always is
        return place


def find(kind: Kind, old: Place, new: Place, before: Any, after: Any) -> Finding | None:
    """The finding that two values of one thing make; None where they are the same.

    The thing is in both models: what is added or removed is what is said of it.
    """
    if before == after and type(before) is type(after):
        return None
    action = (
        Action.ADDED
        if before is None
        else Action.REMOVED if after is None else Action.CHANGED
    )
    return Finding(kind, action, old, new, before, after)
