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
        old: Its place in the old model, if it is there.
        new: Its place in the new model, if it is there.
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


def find(  # noqa: PLR0913 - two places, and what is at each
    kind: Kind,
    old: Place,
    new: Place,
    before: Any,
    after: Any,
    *,
    contents: tuple[str, ...] = (),
) -> Finding | None:
    """The finding that two values make; None where they are the same."""
    if before == after and type(before) is type(after):
        return None
    if before is None:
        return Finding(kind, Action.ADDED, None, new, None, after, contents)
    if after is None:
        return Finding(kind, Action.REMOVED, old, None, before, None, contents)
    return Finding(kind, Action.CHANGED, old, new, before, after, contents)
