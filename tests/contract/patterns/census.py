"""Counts the patterns of models, and by what means strict validation checks them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from importlib import import_module
from typing import Any

from attrs import field, frozen
from botocore.loaders import Loader

from botosmith.runtime.serde.pattern import translate

#: The translation of a point, which nearly every translated pattern holds.
_POINT = r"[^\n\r\x85\u2028\u2029]"


class Means(StrEnum):
    """The way in which Python checks a pattern."""

    AS_IT_IS = "as it is"
    POINTS = "with `.` translated"
    TRANSLATED = "otherwise translated"
    UNCHECKED = "not at all"


@frozen
class Use:
    """A shape with a pattern.

    Attributes:
        service: botocore's name of the service.
        shape: The shape's name.
        pattern: Its pattern.
        members: How many members, list items, keys and values have it.
        least: The minimum length.
        most: The maximum length.
    """

    service: str
    shape: str
    pattern: str
    members: int
    least: int = 0
    most: float = float("inf")


@frozen
class Census:
    """The patterns of some services."""

    uses: list[Use] = field(factory=list[Use])
    enums: list[Use] = field(factory=list[Use])

    def add(self, service: str, model: Mapping[str, Any]) -> None:
        """Add what a model has; enums apart, since their values are checked instead."""
        members = Counter(_list_targets(model["shapes"].values()))
        for name, shape in model["shapes"].items():
            if shape["type"] == "string" and "pattern" in shape:
                length = shape.get("min", 0), shape.get("max", float("inf"))
                use = Use(service, name, shape["pattern"], members[name], *length)
                (self.enums if "enum" in shape else self.uses).append(use)

    @property
    def patterns(self) -> frozenset[str]:
        """The distinct patterns."""
        return frozenset(use.pattern for use in self.uses)

    def by_means(self) -> Mapping[Means, frozenset[str]]:
        """Return the distinct patterns by the way in which they are checked."""
        found: dict[Means, set[str]] = {means: set() for means in Means}
        for pattern in self.patterns:
            found[find_means(pattern)].add(pattern)
        return {means: frozenset(patterns) for means, patterns in found.items()}

    def contradictions(self) -> Iterator[Use]:
        """Yield the shapes that no value suits: the pattern forbids their length."""
        for use in self.uses:
            translated = translate(use.pattern)
            if translated is not None:
                least, most = measure(translated)
                if least > use.most or most < use.least:
                    yield use


def find_means(pattern: str) -> Means:
    """Return the way in which a pattern is checked."""
    translated = translate(pattern)
    if translated is None:
        return Means.UNCHECKED
    if translated == pattern:
        return Means.AS_IT_IS
    if translated.replace(_POINT, ".") == pattern:
        return Means.POINTS
    return Means.TRANSLATED


def measure(translated: str) -> tuple[int, int]:
    """Return the least and the greatest length of what an expression matches."""
    parse: Any = import_module("re._parser").parse
    least, most = parse(translated, re.ASCII).getwidth()
    return int(least), int(most)


def take_census(services: Iterable[str] = ()) -> Census:
    """Count the patterns of some services of the installed botocore, or of all."""
    loader = Loader()
    census = Census()
    names = list(services) or loader.list_available_services("service-2")
    for service in names:
        census.add(service, loader.load_service_model(service, "service-2"))
    return census


def _list_targets(shapes: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for shape in shapes:
        members = [shape.get(key) for key in ("member", "key", "value")]
        for member in [*members, *shape.get("members", {}).values()]:
            if member is not None:
                yield member["shape"]
