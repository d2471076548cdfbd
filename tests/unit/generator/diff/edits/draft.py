"""A service being edited, and what a diff then has to say."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable
from typing import Any, TypeVar

from attrs import define, evolve, field, frozen
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from tests.unit.generator.diff.edits.source import Model, Source, list_contents

from botosmith.generator.diff.change import Action, Change, Kind

T = TypeVar("T")

#: New names; a few are words of the format.
_FRESH = ("Extra", "documentation", "shape", "required", "members", "a-b", "type")


class NotApplicable(Exception):  # noqa: N818 - no fault, but a fact about a model
    """A model has nothing that an edit could be made to."""


@frozen
class Expected:
    """An expected change, without what it means for callers."""

    kind: Kind
    action: Action
    old: str | None
    new: str | None
    before: Any = None
    after: Any = None
    contents: frozenset[str] = frozenset()

    @classmethod
    def of(cls, change: Change) -> Expected:
        """Return what a diff says."""
        return cls(
            change.kind,
            change.action,
            change.old_path,
            change.new_path,
            change.before,
            change.after,
            frozenset(change.contents),
        )

    def mirrored(self) -> Expected:
        """Return what the diff in the other direction has to say."""
        opposite = {Action.ADDED: Action.REMOVED, Action.REMOVED: Action.ADDED}
        return evolve(
            self,
            action=opposite.get(self.action, self.action),
            old=self.new,
            new=self.old,
            before=self.after,
            after=self.before,
        )

    def __str__(self) -> str:
        facts = [self.kind, self.action, self.old, self.new, self.before, self.after]
        # Unlike Python, JSON takes 1 for no True.
        return json.dumps([*facts, sorted(self.contents)], sort_keys=True)


def tell(expected: Iterable[Expected]) -> list[str]:
    """Expectations in a form that compares them without regard to their order."""
    return sorted(map(str, expected))


@define
class Draft:
    """A service being edited.

    Attributes:
        draw: Draws what is edited, and how.
        source: The service, which edits change in place.
        expected: What the edits come to, worked out by themselves.
        renames: The new names of shapes, by the old ones.
    """

    draw: DrawFn
    source: Source
    expected: list[Expected] = field(factory=list[Expected])
    renames: dict[str, str] = field(factory=dict[str, str])

    @property
    def model(self) -> Model:
        """The service model."""
        return self.source.model

    @property
    def operations(self) -> Model:
        """Its operations."""
        operations: Model = self.model["operations"]
        return operations

    @property
    def shapes(self) -> Model:
        """Its shapes."""
        shapes: Model = self.model["shapes"]
        return shapes

    def pick(self, candidates: Iterable[T]) -> T:
        """One of several."""
        known = list(candidates)
        if not known:
            raise NotApplicable
        return self.draw(st.sampled_from(known))

    def pick_shape(self, is_fit: Callable[[Model], object]) -> tuple[str, Model]:
        """The name and the JSON of a shape that something holds for."""
        name = self.pick(name for name, one in self.shapes.items() if is_fit(one))
        return name, self.shapes[name]

    def flip(self) -> bool:
        """Either."""
        return self.draw(st.booleans())

    def fresh(self, taken: Collection[str]) -> str:
        """A name that is not there yet."""
        name = self.draw(st.sampled_from(_FRESH))
        while name in taken:
            name += "2"
        return name

    def insert(self, home: Model, name: str, value: Any) -> None:
        """Put an entry somewhere among others."""
        others = list(home.items())
        at = self.draw(st.integers(0, len(others)))
        home.clear()
        home.update([*others[:at], (name, value), *others[at:]])

    def shuffle(self, values: Iterable[T]) -> list[T]:
        """The same in another order."""
        known = list(values)
        at = self.draw(st.integers(1, max(1, len(known) - 1)))
        turned = known[at:] + known[:at]
        if turned == known:
            raise NotApplicable
        return turned

    def expect_added(self, kind: Kind, place: str, after: Any) -> None:
        """A name is to be told of as added, with what it holds."""
        held = _contents(kind, place, after)
        action = Action.ADDED
        self.expected.append(Expected(kind, action, None, place, None, after, held))

    def expect_removed(self, kind: Kind, place: str, before: Any) -> None:
        """A name is to be told of as removed, with what it held."""
        held = _contents(kind, place, before)
        action = Action.REMOVED
        self.expected.append(Expected(kind, action, place, None, before, None, held))

    def expect_renamed(self, kind: Kind, home: str, old: str, new: str) -> None:
        """A name is to be told of as renamed."""
        places = (f"{home}.{old}", f"{home}.{new}")
        self.expected.append(Expected(kind, Action.RENAMED, *places, old, new))

    def expect_entry(self, kind: Kind, place: str, before: Any, after: Any) -> None:
        """A statement about a place is to be told."""
        action = Action.CHANGED
        if before is None:
            action = Action.ADDED
        elif after is None:
            action = Action.REMOVED
        self.expected.append(Expected(kind, action, place, place, before, after))


Editor = Callable[[Draft], None]


def _contents(kind: Kind, place: str, shape: Any) -> frozenset[str]:
    if kind is not Kind.SHAPE:
        return frozenset()
    return frozenset(list_contents(place.removeprefix("shapes."), shape))
