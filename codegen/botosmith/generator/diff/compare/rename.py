"""Renames between two models: other names of things that are otherwise equal.

Two shapes are equal if they differ only in documentation, and if their parts have kept
their names or are equal in turn. Both directions give the same answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from attrs import define, field, frozen

from botosmith.generator.json_type import is_array, is_object

Json = Mapping[str, Any]

#: The keys that may differ between a thing and the renamed thing.
_PROSE = frozenset({"documentation", "documentationUrl"})


@frozen
class Renames:
    """The new names of renamed things, by the old ones.

    Attributes:
        operations: The names of operations.
        shapes: The names of shapes.
    """

    operations: Mapping[str, str]
    shapes: Mapping[str, str]

    def shape(self, old: str | None) -> str | None:
        """Return the new model's name of a shape."""
        return None if old is None else self.shapes.get(old, old)


def find_renames(old: Json, new: Json) -> Renames:
    """Find the renamed operations and shapes of two models, as JSON."""
    matcher = Matcher(old, new)
    operations = _pair(
        old["operations"].keys() - new["operations"].keys(),
        new["operations"].keys() - old["operations"].keys(),
        matcher.are_equal_operations,
    )
    return Renames(operations, _pair_shapes(matcher, operations))


def find_renamed_members(old: Json, new: Json, matcher: Matcher) -> dict[str, str]:
    """Return the members of a structure that have another name in the new model."""
    before, after = old.get("members", {}), new.get("members", {})
    was_required, is_required = set(old.get("required", ())), set(
        new.get("required", ())
    )

    def are_equal(one: str, other: str) -> bool:
        return (one in was_required) == (
            other in is_required
        ) and matcher.are_equal_uses(before[one], after[other])

    return _pair(before.keys() - after.keys(), after.keys() - before.keys(), are_equal)


@define
class Matcher:
    """A test if things of two models are equal except for their names."""

    old: Json
    new: Json
    _known: dict[tuple[str, str], bool] = field(factory=dict[tuple[str, str], bool])

    def are_equal_operations(self, one: str, other: str) -> bool:
        """Return whether two operations differ in their names alone."""
        before, after = self.old["operations"][one], self.new["operations"][other]
        return self._same(before, after, {}, besides=frozenset({"name"}))

    def are_equal_uses(self, one: Json, other: Json) -> bool:
        """Return whether two uses of shapes are the same."""
        return self._same(one, other, {})

    def are_equal_shapes(self, one: str, other: str) -> bool:
        """Return whether two shapes differ in their names alone."""
        known = self._known.get((one, other))
        if known is None:
            known = self._known[one, other] = self._follow(one, other, {})
        return known

    def _follow(
        self, one: str, other: str, assumed: dict[tuple[str, str], None]
    ) -> bool:
        if one == other:
            return True
        if one in self.new["shapes"] or other in self.old["shapes"]:
            # One name is in both models, so the other one is not its new name.
            return False
        if one not in self.old["shapes"] or other not in self.new["shapes"]:
            # A trait may hold the key `shape` without naming a shape.
            return False
        if (one, other) in assumed:
            return True
        assumed[one, other] = None
        return self._same(self.old["shapes"][one], self.new["shapes"][other], assumed)

    def _same(
        self,
        one: Any,
        other: Any,
        assumed: dict[tuple[str, str], None],
        *,
        besides: frozenset[str] = frozenset(),
    ) -> bool:
        if is_object(one) and is_object(other):
            keys = _told(one, besides)
            return keys == _told(other, besides) and all(
                self._same_entry(key, one[key], other[key], assumed) for key in keys
            )
        if is_array(one) and is_array(other):
            return len(one) == len(other) and all(
                self._same(left, right, assumed)
                for left, right in zip(one, other, strict=True)
            )
        return bool(one == other)

    def _same_entry(
        self, key: str, one: Any, other: Any, assumed: dict[tuple[str, str], None]
    ) -> bool:
        if key == "shape" and isinstance(one, str) and isinstance(other, str):
            return self._follow(one, other, assumed)
        return self._same(one, other, assumed)


def _told(source: Json, besides: frozenset[str]) -> set[str]:
    """Return the keys to compare; a member may be called documentation, too."""
    return {
        key
        for key, value in source.items()
        if not (key in _PROSE and isinstance(value, str)) and key not in besides
    }


def _pair_shapes(matcher: Matcher, operations: Mapping[str, str]) -> dict[str, str]:
    """Return the renamed shapes: equal ones in the same places."""
    old, new = matcher.old, matcher.new
    votes: set[tuple[str, str]] = set()
    uses = _list_uses(old["operations"], new["operations"], operations)
    _vote(matcher, [*uses, *_list_common_parts(matcher)], votes)
    # A shape that nothing uses has no place, so its content has to be distinctive.
    unseen = _pair(
        _list_distinctive(old["shapes"], new["shapes"]),
        _list_distinctive(new["shapes"], old["shapes"]),
        matcher.are_equal_shapes,
    )
    taken = {*(one for one, _ in votes), *(other for _, other in votes)}
    free = [pair for pair in unseen.items() if not taken.intersection(pair)]
    _vote(matcher, free, votes)
    return _one_to_one(votes)


def _vote(
    matcher: Matcher, waiting: list[tuple[str, str]], votes: set[tuple[str, str]]
) -> None:
    """Add the pairs of equal shapes with different names, and those of their parts."""
    while waiting:
        one, other = pair = waiting.pop()
        if one != other and pair not in votes and matcher.are_equal_shapes(one, other):
            votes.add(pair)
            parts = matcher.old["shapes"][one], matcher.new["shapes"][other]
            waiting += _references(*parts)


def _list_common_parts(matcher: Matcher) -> Iterator[tuple[str, str]]:
    """Yield pairs of parts of the shapes that have kept their names."""
    old, new = matcher.old["shapes"], matcher.new["shapes"]
    yield from _list_uses(old, new, {})
    for name in old.keys() & new.keys():
        renames = find_renamed_members(old[name], new[name], matcher)
        for one, other in renames.items():
            yield old[name]["members"][one]["shape"], new[name]["members"][other][
                "shape"
            ]


def _list_distinctive(shapes: Json, others: Json) -> list[str]:
    """Return the shapes that are not among others, and have members or values."""
    return [
        name
        for name, shape in shapes.items()
        if name not in others and (shape.get("members") or shape.get("enum"))
    ]


def _list_uses(
    old: Json, new: Json, renamed: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield pairs of shapes in the same places of things that both models have."""
    for name in old:
        other = renamed.get(name, name)
        if other in new:
            yield from _references(old[name], new[other])


def _references(one: Any, other: Any) -> Iterator[tuple[str, str]]:
    if is_object(one) and is_object(other):
        for key in sorted(one.keys() & other.keys()):
            left, right = one[key], other[key]
            if key == "shape" and isinstance(left, str) and isinstance(right, str):
                yield left, right
            else:
                yield from _references(left, right)
    elif is_array(one) and is_array(other):
        for left, right in zip(one, other, strict=False):
            yield from _references(left, right)


def _pair(
    removed: Iterable[str],
    added: Iterable[str],
    are_equal: Callable[[str, str], bool],
) -> dict[str, str]:
    """Return the pairs of names for which both sides have one candidate only."""
    candidates = sorted(added)
    return _one_to_one(
        (one, other)
        for one in sorted(removed)
        for other in candidates
        if are_equal(one, other)
    )


def _one_to_one(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    partners: dict[str, set[str]] = defaultdict(set)
    rivals: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        partners[one].add(other)
        rivals[other].add(one)
    return {
        one: other
        for one, (other, *more) in sorted(partners.items())
        if not more and len(rivals[other]) == 1
    }
