"""Values, described so that a program can build them with whichever package it has.

A recipe is JSON: a word, and what the word needs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from enum import Enum, auto
from functools import cached_property
from typing import Any

from attrs import frozen
from tests.contract.history.callers.api import Api, Class, Json, Role

Recipe = list[Any]


class Edge(Enum):
    """The bounds that a value keeps to, by its shape."""

    #: The least, which may be nothing.
    LEAST = auto()
    #: The least with something in it, where that is allowed.
    FIRST = auto()
    #: The most.
    MOST = auto()


@frozen(slots=False)
class Cook:
    """Describes values of the shapes of an API.

    Attributes:
        api: The API.
        other: Another one, whose limits are passed where this one has none.
    """

    api: Api
    other: Api

    def value(self, shape: str, edge: Edge, *, hollow: bool = False) -> Recipe:
        """A value of a shape.

        Args:
            shape: The shape.
            edge: Where lengths and numbers are.
            hollow: Whether structures in it have no members set.
        """
        source = self.api.shapes[shape]
        if "enum" in source:
            return ["value", self.api.class_of[shape].name, source["enum"][0]]
        if self.api.has_class(shape):
            owner = self.api.class_of[shape]
            inner = {} if hollow else self.arguments(owner, is_full=False)
            return ["hollow" if hollow else "object", owner.name, inner]
        match source["type"]:
            case "list":
                item = self.value(source["member"]["shape"], edge, hollow=hollow)
                return ["list", item, self._count(source, edge)]
            case "map":
                count = self._count(source, edge)
                key = self._key(source["key"]["shape"], edge, count)
                item = self.value(source["value"]["shape"], edge, hollow=hollow)
                return ["map", key, item, count]
            case _:
                return self._scalar(source, edge)

    def arguments(
        self, owner: Class, *, is_full: bool, hollow: bool = False
    ) -> dict[str, Recipe]:
        """Return the parts of an object, by its attributes."""
        shape = self.api.shapes.get(owner.shape or "", {})
        names = [
            name
            for name in self.api.members(owner.shape)
            if is_full or self.api.insists_on(owner, name)
        ]
        if owner.role is Role.DATA and shape.get("union"):
            names = list(shape["members"])[:1]
        # An item of a list may be missing: a shape may be within itself.
        edge = Edge.FIRST if is_full else Edge.LEAST
        return {
            self.api.attribute(owner.shape or "", name): self.value(
                shape["members"][name]["shape"], edge, hollow=hollow
            )
            for name in names
        }

    def parameters(self, error: Class) -> dict[str, Recipe]:
        """Return what botocore's parser gives for an error, by its members' names."""
        return {
            name: self.value(use["shape"], Edge.FIRST)
            for name, use in self.api.members(error.shape).items()
            if not any(map(self.api.has_class, self.api.follow(use["shape"])))
        }

    def _key(self, shape: str, edge: Edge, count: int) -> Recipe:
        """A key that is long enough to be made into as many different ones."""
        word, needs, *more = self.value(shape, edge)
        if word == "string":
            needed = len(str(count - 1)) if count > 1 else 0
            needs = max(needs, min(needed, self.api.shapes[shape].get("max", needed)))
        return [word, needs, *more]

    def _count(self, source: Json, edge: Edge) -> int:
        least = int(source.get("min", 0))
        match edge:
            case Edge.LEAST:
                return least
            case Edge.FIRST:
                return max(least, int(min(1, source.get("max", 1))))
            case Edge.MOST:
                return int(source.get("max", self._beyond(source["type"])))

    def _scalar(self, source: Json, edge: Edge) -> Recipe:
        type_ = source["type"]
        match type_:
            case "boolean" | "timestamp" | "structure":
                return [type_]
            case "string" | "blob":
                return [type_, self._count(source, edge)]
            case _:
                beyond = self._beyond(type_)
                low, high = source.get("min", -beyond), source.get("max", beyond)
                number = high if edge is Edge.MOST else low
                is_whole = type_ in {"integer", "long"}
                return ["number", int(number) if is_whole else float(number)]

    def _beyond(self, type_: str) -> int:
        """More than any limit of a type in the other API."""
        return self._limits.get(type_, 0) + 1

    @cached_property
    def _limits(self) -> Mapping[str, int]:
        found: dict[str, int] = defaultdict(int)
        for shape in self.other.shapes.values():
            for key in shape.keys() & {"min", "max"}:
                limit = int(abs(shape[key]))
                found[shape["type"]] = max(found[shape["type"]], limit)
        return found
