"""Attributes of the generated classes, and tests if one may replace another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from attrs import frozen

from botosmith.generator.diff.python_surface import Facts
from botosmith.generator.diff.types.limit import has_tighter_limits
from botosmith.generator.diff.types.type_tree import make_tree, may_stand_for
from botosmith.generator.model import ShapeModel
from botosmith.generator.plan.reachability import reach


@frozen
class Attribute:
    """A member of a structure, as callers see it.

    Attributes:
        facts: The model as callers see it.
        owner: The structure.
        member: The member.
    """

    facts: Facts
    owner: str
    member: str

    @property
    def name(self) -> str:
        """Return its name in Python."""
        return self.facts.names[f"shapes.{self.owner}.members.{self.member}"]

    @property
    def shape(self) -> str:
        """Return its shape."""
        return self.facts.model.shapes[self.owner].members[self.member].shape

    @property
    def is_insisted_on(self) -> bool:
        """Return whether the class requires it, so that it is never None."""
        return self.facts.insists_on(self.owner, self.member)

    @property
    def is_inherited(self) -> bool:
        """Return whether it is the message, which all errors inherit."""
        return self.name == "message" and not self.facts.is_data(self.owner)

    @property
    def is_container(self) -> bool:
        """Return whether it is a list or a dictionary."""
        return self.facts.model.shapes[self.shape].type in {"list", "map"}


def list_attributes(facts: Facts, owner: str | None) -> Iterator[Attribute]:
    """Yield the attributes of a structure; none if it does not exist."""
    shape = facts.model.shapes.get(owner or "")
    for member in shape.members if shape else ():
        yield Attribute(facts, owner or "", member)


def find_attribute(facts: Facts, owner: str | None, name: str) -> Attribute | None:
    """Return the attribute of a structure with a Python name; None if it has none."""
    called = (one for one in list_attributes(facts, owner) if one.name == name)
    return next(called, None)


@frozen
class Ways:
    """The ways in which callers use an attribute.

    Attributes:
        is_sent: Whether callers give it.
        is_replied: Whether callers read it.
        is_writable: Whether its lists are annotated as `list` in the new model.
    """

    is_sent: bool
    is_replied: bool
    is_writable: bool


def find_ways(old: Facts, new: Facts, owner: str) -> Ways:
    """Return the uses of the attributes of a structure that both models have."""
    return Ways(owner in old.sent, owner in old.replied, owner in new.replied)


@frozen
class Swap:
    """The old model with some shapes replaced by those of the new one.

    Attributes:
        old: The old model as callers see it.
        new: The new model as callers see it.
        changed: The shapes that are taken from the new model.
        renamed: The new model's names of the renamed shapes.
    """

    old: Facts
    new: Facts
    changed: frozenset[str]
    renamed: Mapping[str, str] = MappingProxyType({})

    def find_faults(self, was: Attribute, shape: str, ways: Ways) -> Iterator[str]:
        """Yield why callers cannot use an attribute of another shape as before."""
        if was.is_inherited:
            return
        before = make_tree(self._look_up_old(was.shape), self._look_up_old)
        after = make_tree(self._look_up_new(shape), self._look_up_new)
        if ways.is_sent:
            exactly = ways.is_writable
            if not may_stand_for(before, after, exactly=exactly, is_sent=True):
                yield f"Callers give {before}, and {after} is wanted."
            if self._is_narrower(was.shape, shape):
                yield "What callers may give is limited more closely."
        stands = may_stand_for(after, before, exactly=True, is_sent=False)
        if ways.is_replied and not stands:
            yield f"Callers read {before}, and get {after}."

    def _look_up_old(self, name: str) -> ShapeModel:
        return self.old.model.shapes[name]

    def _look_up_new(self, name: str) -> ShapeModel:
        old, new = self.old.model.shapes, self.new.model.shapes
        if name in self.renamed:
            return new[self.renamed[name]]
        return new[name] if name in self.changed or name not in old else old[name]

    def _is_narrower(self, before: str, after: str) -> bool:
        was, is_ = self._look_up_old(before), self._look_up_new(after)
        if has_tighter_limits(was, is_):
            return True
        pairs = zip(was.parts, is_.parts, strict=False)
        return any(self._is_narrower(one.shape, two.shape) for one, two in pairs)


def find_faults(was: Attribute, is_: Attribute, ways: Ways) -> Iterator[str]:
    """Yield why callers cannot use an attribute like the one that it replaces."""
    changed = list_below(is_.facts, is_.shape)
    yield from Swap(was.facts, is_.facts, changed).find_faults(was, is_.shape, ways)


def list_below(facts: Facts, shape: str) -> frozenset[str]:
    """Return a shape and all its parts."""
    return frozenset(reach(facts.model.shapes, [shape]))
