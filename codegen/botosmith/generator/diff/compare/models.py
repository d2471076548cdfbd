"""A structural comparison of two models of a service, as JSON.

Every value is compared; one without a kind of its own is a trait. Only the order of
named things is ignored, except where it affects the generated code.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import Any

from attrs import evolve, frozen

from botosmith.generator.diff.change import Action, Kind
from botosmith.generator.diff.compare.finding import Finding, find
from botosmith.generator.diff.compare.model_path import ModelPath
from botosmith.generator.diff.compare.rename import (
    Json,
    Matcher,
    Renames,
    find_renamed_members,
    find_renames,
)
from botosmith.generator.json_type import is_object

Findings = Iterator[Finding]

_PROSE = frozenset({"documentation", "documentationUrl"})

#: Keys of a shape that are a kind of their own.
_LIMITS = {"min": Kind.MINIMUM, "max": Kind.MAXIMUM, "pattern": Kind.PATTERN}

#: The keys for the parts of a list or map.
_PARTS = ("member", "key", "value")

#: The renames of a comparison without any.
_SAME: Mapping[str, str] = {}


@frozen
class Pair:
    """Two JSON objects: one of the old model, and its counterpart in the new one.

    Attributes:
        old: The object of the old model.
        new: The object of the new model.
        was: Its place in the old model.
        is_: Its place in the new model.
    """

    old: Json
    new: Json
    was: ModelPath
    is_: ModelPath

    def at(self, key: str, other: str | None = None) -> Pair:
        """Return the pair of both values at a key; empty objects for missing ones."""
        renamed = key if other is None else other
        return Pair(
            self.old.get(key) or {},
            self.new.get(renamed) or {},
            self.was / key,
            self.is_ / renamed,
        )

    def common(self, renames: Mapping[str, str] = _SAME) -> Iterator[tuple[str, str]]:
        """Yield the old and the new name of each thing that both have."""
        for name in self.old:
            other = renames.get(name, name)
            if other in self.new:
                yield name, other

    def differ(self, kind: Kind, before: Any, after: Any) -> Findings:
        """Yield a finding at the pair's places if two values differ."""
        finding = find(kind, self.was, self.is_, before, after)
        if finding is not None:
            yield finding


@frozen(slots=False)
class Comparison:
    """A comparison of two service models.

    Attributes:
        old: The old model.
        new: The new one.
    """

    old: Json
    new: Json

    @cached_property
    def renames(self) -> Renames:
        """Return the things that have another name in the new model."""
        return find_renames(self.old, self.new)

    @cached_property
    def _matcher(self) -> Matcher:
        return Matcher(self.old, self.new)

    def find(self) -> Findings:
        """Yield every difference."""
        root = Pair(self.old, self.new, ModelPath(), ModelPath())
        yield from _rest(root, besides=("metadata", "operations", "shapes"))
        yield from _rest(root.at("metadata"))
        operations, shapes = root.at("operations"), root.at("shapes")
        yield from _names(Kind.OPERATION, operations, self.renames.operations)
        for names in operations.common(self.renames.operations):
            yield from self._operation(operations.at(*names))
        yield from _names(Kind.SHAPE, shapes, self.renames.shapes)
        for names in shapes.common(self.renames.shapes):
            yield from self._shape(shapes.at(*names))

    def _operation(self, pair: Pair) -> Findings:
        for end in ("input", "output"):
            yield from self._use(pair.at(end))
        yield from self._errors(pair)
        own = {"input", "output", "errors"}
        # An operation repeats its name in `name`: a renaming is one finding.
        yield from _rest(pair, besides=own if pair.was == pair.is_ else own | {"name"})

    def _errors(self, pair: Pair) -> Findings:
        old, new = (
            {use["shape"]: use for use in one.get("errors", ())}
            for one in (pair.old, pair.new)
        )
        errors = Pair(old, new, pair.was / "errors", pair.is_ / "errors")
        renames = {
            name: other
            for name, other in self.renames.shapes.items()
            if name in old and other in new
        }
        for finding in _names(Kind.ERROR, errors, renames):
            # A renamed shape is one finding, not one for each operation that raises it.
            if finding.action is not Action.RENAMED:
                yield finding
        for names in errors.common(renames):
            yield from self._use(errors.at(*names))
        yield from _order(errors, renames)

    def _shape(self, pair: Pair) -> Findings:
        before, after = pair.old["type"], pair.new["type"]
        yield from pair.at("type").differ(Kind.TYPE, before, after)
        yield from self._members(pair)
        yield from _values(pair)
        for key, kind in _LIMITS.items():
            limit = pair.at(key)
            yield from limit.differ(kind, pair.old.get(key), pair.new.get(key))
        for part in _PARTS:
            # A list that becomes a string loses its items: the type is the finding.
            if before == after or (part in pair.old and part in pair.new):
                yield from self._use(pair.at(part))
        besides = {"type", "members", "required", "enum", *_LIMITS, *_PARTS}
        yield from _rest(pair, besides=besides)

    def _members(self, pair: Pair) -> Findings:
        renames = find_renamed_members(pair.old, pair.new, self._matcher)
        members = pair.at("members")
        yield from _names(Kind.MEMBER, members, renames)
        required = Pair({}, {}, pair.was / "required", pair.is_ / "required")
        for name, other in members.common(renames):
            yield from self._use(members.at(name, other))
            before = name in pair.old.get("required", ())
            after = other in pair.new.get("required", ())
            entry = required.at(name, other)
            yield from entry.differ(Kind.REQUIRED, before or None, after or None)
        yield from _order(members, renames)

    def _use(self, pair: Pair) -> Findings:
        """Compare a member, or another place that names a shape."""
        before, after = pair.old.get("shape"), pair.new.get("shape")
        if self.renames.shape(before) != after:
            yield from pair.differ(Kind.TYPE, before, after)
        yield from _rest(pair, besides=("shape",))


def compare_tables(kind: Kind, pair: Pair) -> Findings:
    """Yield the differences of two tables of named things, such as paginators."""
    yield from _names(kind, pair)
    for name, _ in pair.common():
        before, after = pair.old[name], pair.new[name]
        if not (is_object(before) and is_object(after)):
            yield from pair.at(name).differ(kind, before, after)
            continue
        for key in sorted(before.keys() | after.keys()):
            for finding in (
                pair.at(name).at(key).differ(kind, before.get(key), after.get(key))
            ):
                # Both tables have the entry, so an added or removed value changes it.
                yield evolve(finding, action=Action.CHANGED)


def list_contents(shape: Json, place: ModelPath) -> tuple[str, ...]:
    """Return the places of a shape's members and enum values."""
    members = (str(place / "members" / name) for name in shape.get("members", {}))
    values = (str(place / "enum" / value) for value in shape.get("enum", ()))
    return (*members, *dict.fromkeys(values))


def _values(pair: Pair) -> Findings:
    """Compare the values of a string; one with values is an enum."""
    before, after = (
        "enum" if "enum" in one else "string" for one in (pair.old, pair.new)
    )
    values = Pair(
        {value: value for value in pair.old.get("enum", ())},
        {value: value for value in pair.new.get("enum", ())},
        pair.was / "enum",
        pair.is_ / "enum",
    )
    yield from values.differ(Kind.TYPE, before, after)
    yield from _names(Kind.VALUE, values)
    yield from _order(values)


def _names(kind: Kind, pair: Pair, renames: Mapping[str, str] = _SAME) -> Findings:
    """Yield the names that were added, removed or renamed."""
    for name, one in pair.old.items():
        place = pair.was / name
        other = renames.get(name)
        if other is not None:
            yield Finding(kind, Action.RENAMED, place, pair.is_ / other, name, other)
        elif name not in pair.new:
            contents = list_contents(one, place) if kind is Kind.SHAPE else ()
            yield Finding(kind, Action.REMOVED, place, None, one, None, contents)
    renamed = set(renames.values())
    for name, one in pair.new.items():
        if name not in pair.old and name not in renamed:
            place = pair.is_ / name
            contents = list_contents(one, place) if kind is Kind.SHAPE else ()
            yield Finding(kind, Action.ADDED, None, place, None, one, contents)


def _order(pair: Pair, renames: Mapping[str, str] = _SAME) -> Findings:
    """Yield a finding if the things that both have are in another order."""
    stays = dict(pair.common(renames))
    kept = set(stays.values())
    after = [name for name in pair.new if name in kept]
    if [*stays.values()] != after:
        action, before = Action.CHANGED, [*stays]
        yield Finding(Kind.ORDER, action, pair.was, pair.is_, before, after)


def _rest(pair: Pair, *, besides: Collection[str] = ()) -> Findings:
    """Compare the remaining keys of two objects: traits, and documentation."""
    for key in sorted((pair.old.keys() | pair.new.keys()) - set(besides)):
        before, after = pair.old.get(key), pair.new.get(key)
        texts = all(isinstance(text, str | None) for text in (before, after))
        kind = Kind.DOCUMENTATION if key in _PROSE and texts else Kind.TRAIT
        yield from pair.at(key).differ(kind, before, after)
