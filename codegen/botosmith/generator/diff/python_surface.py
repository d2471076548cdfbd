"""A model as callers see it: its Python names, and shapes of requests and replies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from attrs import field, frozen

from botosmith.generator.diff.compare.model_path import ModelPath
from botosmith.generator.model import MemberModel, ServiceModel, ShapeModel
from botosmith.generator.plan.names import name_places
from botosmith.generator.plan.reachability import reach


@frozen(slots=False)
class Facts:
    """A model, as callers of the code generated from it see it.

    Attributes:
        model: The model.
        kept: The names of an older package that this one keeps, by place.
    """

    model: ServiceModel
    kept: Mapping[str, str] = field(factory=dict[str, str])

    @cached_property
    def names(self) -> dict[str, str]:
        """Return the Python names, by place."""
        return name_places(self.model, self.kept).as_text()

    @cached_property
    def classes(self) -> frozenset[str]:
        """Return the names of all classes."""
        heads = ("shapes", "errors", "operations", "service")
        return frozenset(
            name
            for place, name in self.names.items()
            if place.startswith(heads) and name[:1].isupper() and ".enum." not in place
        )

    @cached_property
    def sent(self) -> frozenset[str]:
        """Return the shapes that requests hold, their own included."""
        inputs = (one.input for one in self.model.operations.values())
        return self._reach(inputs)

    @cached_property
    def replied(self) -> frozenset[str]:
        """Return the shapes that replies and errors hold, their own included."""
        outputs = [one.output for one in self.model.operations.values()]
        return self._reach([*outputs, *self.raised])

    @cached_property
    def raised(self) -> tuple[str, ...]:
        """Return the shapes of errors."""
        shapes = self.model.shapes.values()
        return tuple(shape.name for shape in shapes if shape.exception)

    @cached_property
    def users(self) -> Mapping[str, tuple[str, ...]]:
        """Return the operations that reach each shape, also through errors, sorted."""
        users: dict[str, list[str]] = defaultdict(list)
        for name, one in sorted(self.model.operations.items()):
            ends = [end for end in (one.input, one.output, *one.errors) if end]
            for shape in reach(self.model.shapes, ends):
                users[shape].append(name)
        return {shape: tuple(names) for shape, names in users.items()}

    @cached_property
    def holders(self) -> Mapping[str, tuple[tuple[ShapeModel, MemberModel], ...]]:
        """Return the members that hold each shape, also inside lists and maps."""
        holders: dict[str, list[tuple[ShapeModel, MemberModel]]] = defaultdict(list)
        for owner in self.model.shapes.values():
            for member in owner.members.values():
                for name in self._within(member.shape):
                    holders[name].append((owner, member))
        return {name: tuple(found) for name, found in holders.items()}

    def insists_on(self, shape: str, member: str) -> bool:
        """Return whether a class requires a member, so that it is never None."""
        owner = self.model.shapes[shape]
        return (
            member in owner.required
            and not owner.is_choice
            and self.is_data(shape)
            and not owner.members[member].token
        )

    def is_data(self, shape: str) -> bool:
        """Return whether a structure is a data class, and not only an exception."""
        return not self.model.shapes[shape].exception or f"shapes.{shape}" in self.names

    def names_at(self, place: ModelPath) -> tuple[str, ...]:
        """Return the Python names that a place concerns, such as `Tag.key`."""
        return tuple(dict.fromkeys(self._list_names(place)))

    def _list_names(self, place: ModelPath) -> Iterator[str]:
        if place.operation is not None:
            yield from self._operation_names(place)
        shape = self.model.shapes.get(place.shape or "")
        if shape is None:
            return
        member = place.member or place.required
        if member is not None:
            yield from self._member_names(shape.name, member)
        elif place.parts[2:3] == ("enum",) and len(place.parts) > 3:  # noqa: PLR2004
            value = self.names.get(str(place), "")
            yield f"{self.names[f'shapes.{shape.name}']}.{value}"
        elif shape.type == "structure" or shape.enum is not None:
            yield from self._class_names(shape.name)
        else:
            for owner, held in self.holders.get(shape.name, ()):
                yield from self._member_names(owner.name, held.name)

    def _operation_names(self, place: ModelPath) -> Iterator[str]:
        home = f"operations.{place.operation}"
        if home not in self.names:
            return
        ends = [end for end in ("input", "output") if place.parts[2:3] in ((), (end,))]
        if place.parts[2:3] in ((), ("errors",)):
            yield self.names[home]
        yield from (self.names[f"{home}.{end}"] for end in ends)

    def _class_names(self, shape: str) -> Iterator[str]:
        places = (f"shapes.{shape}", f"errors.{shape}", *self._ends(shape))
        yield from (self.names[place] for place in places if place in self.names)

    def _member_names(self, shape: str, member: str) -> Iterator[str]:
        attribute = self.names[f"shapes.{shape}.members.{member}"]
        for name in self._class_names(shape):
            yield f"{name}.{attribute}"
        for place in self._ends(shape):
            operation, _, end = place.rpartition(".")
            if end == "input":
                yield f"{self.names[operation]}({attribute})"

    @cached_property
    def _ends_of(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for name, one in self.model.operations.items():
            for end, shape in (("input", one.input), ("output", one.output)):
                if shape is not None:
                    found[shape].append(f"operations.{name}.{end}")
        return found

    def _ends(self, shape: str) -> list[str]:
        return self._ends_of.get(shape, [])

    def _reach(self, starts: Iterable[str | None]) -> frozenset[str]:
        return frozenset(reach(self.model.shapes, [one for one in starts if one]))

    def _within(self, name: str) -> Iterator[str]:
        """Yield a shape and its parts, down to the next class."""
        yield name
        shape = self.model.shapes[name]
        if not shape.has_class:
            for part in shape.parts:
                yield from self._within(part.shape)
