"""Facts that callers of a package know: the model's JSON, and the names.

Nothing here knows how the generator or the diff look at a model.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from typing import Any

from attrs import frozen
from tests.contract.history.release import Release

Json = Mapping[str, Any]

_SCALARS = {
    "blob": "bytes",
    "boolean": "bool",
    "timestamp": "datetime",
    "integer": "int",
    "long": "int",
    "float": "float",
    "double": "float",
    "string": "str",
}

#: The keys for the parts of lists and maps.
PARTS = ("member", "key", "value")


class Role(StrEnum):
    """A class as its callers know it."""

    DATA = "data"
    ENUM = "enum"
    ERROR = "error"
    REQUEST = "input"
    RESPONSE = "output"


@frozen
class Class:
    """A class of the package.

    Attributes:
        name: Its name.
        place: What it stands for: `shapes.S`, `errors.S`, `operations.X.input`, ...
        role: What it is.
        shape: Its shape; None for a side of an operation that has none.
    """

    name: str
    place: str
    role: Role
    shape: str | None


@frozen(slots=False)
class Api:
    """A service, as callers of one release know it.

    Attributes:
        package: The package's dotted name.
        source: The model's JSON.
        names: The Python names, by place.
    """

    package: str
    source: Json
    names: Mapping[str, str]

    @classmethod
    def of(cls, release: Release) -> Api:
        """The API of a release."""
        return cls(release.package, release.model.source, release.names)

    @property
    def operations(self) -> Json:
        """The operations."""
        operations: Json = self.source["operations"]
        return operations

    @property
    def shapes(self) -> Json:
        """The shapes."""
        shapes: Json = self.source["shapes"]
        return shapes

    @cached_property
    def sent(self) -> set[str]:
        """The shapes that requests hold."""
        return self._reach(self._ends("input"))

    @cached_property
    def replied(self) -> set[str]:
        """The shapes that replies and errors hold."""
        raised = [name for name, shape in self.shapes.items() if shape.get("exception")]
        return self._reach([*self._ends("output"), *raised])

    @cached_property
    def classes(self) -> tuple[Class, ...]:
        """All classes but the client and the root of the errors."""
        return tuple(self._list_classes())

    @cached_property
    def class_of(self) -> Mapping[str, Class]:
        """The class of each shape that is held as data."""
        data = {Role.DATA, Role.ENUM}
        return {one.shape or "": one for one in self.classes if one.role in data}

    @cached_property
    def class_named(self) -> Mapping[str, Class]:
        """The classes by name."""
        return {one.name: one for one in self.classes}

    def is_sent(self, one: Class) -> bool:
        """Return whether callers make a class's objects to send them."""
        is_data = one.role is Role.DATA and one.shape in self.sent
        return is_data or one.role is Role.REQUEST

    def shape_of(self, operation: str, end: str) -> str | None:
        """The shape of one side of an operation."""
        use = self.operations.get(operation, {}).get(end)
        return use["shape"] if use else None

    def members(self, shape: str | None) -> Json:
        """The members of a structure, and none of anything else."""
        members: Json = self.shapes.get(shape or "", {}).get("members", {})
        return members

    def attribute(self, shape: str, member: str) -> str:
        """The attribute of a member."""
        return self.names[f"shapes.{shape}.members.{member}"]

    def insists_on(self, owner: Class, member: str) -> bool:
        """Return whether a class cannot be made without a member."""
        shape = self.shapes[owner.shape or ""]
        is_token = shape["members"][member].get("idempotencyToken", False)
        return (
            member in shape.get("required", ())
            and owner.role is not Role.ERROR
            and not shape.get("union")
            and not is_token
        )

    def list_values(self, enum: Class) -> list[str]:
        """The values of an enum."""
        return list(dict.fromkeys(self.shapes[enum.shape or ""].get("enum", ())))

    def has_class(self, shape: str) -> bool:
        """Return whether a shape is a class, and not a type that is written out."""
        source = self.shapes[shape]
        is_structure = source["type"] == "structure" and not source.get("document")
        return is_structure or "enum" in source

    def follow(self, shape: str) -> Iterator[str]:
        """A shape, and what its values are made of down to the next class."""
        yield shape
        if not self.has_class(shape):
            for part in PARTS:
                if part in self.shapes[shape]:
                    yield from self.follow(self.shapes[shape][part]["shape"])

    def annotate(self, shape: str, *, only_sent: bool) -> str:
        """The type of a shape's values, as source in which `h` is the package."""
        source = self.shapes[shape]
        if "enum" in source:
            return f"h.{self.class_of[shape].name} | str"
        if self.has_class(shape):
            return f"h.{self.class_of[shape].name}"
        parts = ", ".join(
            self.annotate(source[part]["shape"], only_sent=only_sent)
            for part in PARTS
            if part in source
        )
        match source["type"]:
            case "list":
                return f"{'Sequence' if only_sent else 'list'}[{parts}]"
            case "map":
                return f"{'Mapping' if only_sent else 'dict'}[{parts}]"
            case "structure":
                return "Any"
            case scalar:
                return _SCALARS[scalar]

    def annotate_member(self, owner: Class, member: str) -> str:
        """The type of a class's attribute."""
        shape = owner.shape or ""
        if owner.role is Role.ERROR and self.attribute(shape, member) == "message":
            return "str"
        only_sent = shape not in self.replied
        type_ = self.annotate(self.members(shape)[member]["shape"], only_sent=only_sent)
        return type_ if self.insists_on(owner, member) else f"{type_} | None"

    def _list_classes(self) -> Iterator[Class]:
        for place, name in self.names.items():
            match place.split(".", 2):
                case ["shapes", shape]:
                    is_enum = "enum" in self.shapes[shape]
                    role = Role.ENUM if is_enum else Role.DATA
                    yield Class(name, place, role, shape)
                case ["errors", shape]:
                    yield Class(name, place, Role.ERROR, shape)
                case ["operations", operation, end]:
                    shape_name = self.shape_of(operation, end)
                    yield Class(name, place, Role(end), shape_name)
                case _:
                    pass

    def _ends(self, end: str) -> Iterator[str]:
        for one in self.operations.values():
            if end in one:
                yield one[end]["shape"]

    def _reach(self, starts: Iterable[str]) -> set[str]:
        found: set[str] = set()
        waiting = list(starts)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                shape = self.shapes[name]
                waiting += [use["shape"] for use in self.members(name).values()]
                waiting += [shape[part]["shape"] for part in PARTS if part in shape]
        return found
