"""What a comparison finds, before anyone asks what it means for callers."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from botosmith.generator.diff.change import Action, Kind
from botosmith.generator.diff.compare.model_path import ModelPath
from botosmith.generator.json_type import is_array, is_object


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
    old: ModelPath | None
    new: ModelPath | None
    before: Any = None
    after: Any = None
    contents: tuple[str, ...] = ()

    @property
    def place(self) -> ModelPath:
        """Where it is: in the old model, which callers know, if it is there."""
        place = self.old or self.new
        assert place is not None  # noqa: S101 - one of them always is
        return place


def find(
    kind: Kind, old: ModelPath, new: ModelPath, before: Any, after: Any
) -> Finding | None:
    """The finding that two values of one thing make; None where they are the same.

    The thing is in both models: what is added or removed is what is said of it.
    """
    if _is_same(before, after):
        return None
    action = (
        Action.ADDED
        if before is None
        else Action.REMOVED if after is None else Action.CHANGED
    )
    return Finding(kind, action, old, new, before, after)


def _is_same(one: Any, other: Any) -> bool:
    """Whether two values are the same JSON; 1 is no `true` there, however deep."""
    if is_object(one) and is_object(other):
        return one.keys() == other.keys() and all(
            _is_same(value, other[key]) for key, value in one.items()
        )
    if is_array(one) and is_array(other):
        return len(one) == len(other) and all(map(_is_same, one, other))
    return bool(one == other) and type(one) is type(other)
