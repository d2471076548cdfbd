"""The findings of a comparison, which have no severity yet."""

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
        kind: The kind of thing that differs.
        action: The way in which it differs, seen from the old model.
        old: Its place in the old model; None for a name that only the new one has.
        new: Its place in the new model; None for a name that only the old one has.
        before: The old model's value there.
        after: The new model's value there.
        contents: The places that are added or removed with it.
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
        """Return its place: in the old model, which callers know, or in the new one."""
        place = self.old or self.new
        assert place is not None  # noqa: S101 - one of them always is
        return place


def find(
    kind: Kind, old: ModelPath, new: ModelPath, before: Any, after: Any
) -> Finding | None:
    """Return the finding for two values of one thing; None if they are the same.

    The thing is in both models; its value may be added, removed or changed.
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
    """Return whether two values are the same JSON; Python's `1 == True` is not."""
    if is_object(one) and is_object(other):
        return one.keys() == other.keys() and all(
            _is_same(value, other[key]) for key, value in one.items()
        )
    if is_array(one) and is_array(other):
        return len(one) == len(other) and all(map(_is_same, one, other))
    return bool(one == other) and type(one) is type(other)
