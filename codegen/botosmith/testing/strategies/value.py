"""Values of any shape, drawn member by member.

One function that walks the shape takes the place of a strategy for each: nothing is
built before it is drawn, what is drawn can depend on how deep it is, and recursion
needs no care beyond that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from attrs import Factory, frozen
from botocore.model import ListShape, MapShape, Shape, StructureShape
from hypothesis import reject
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from botosmith.testing.sample import choose_scalar
from botosmith.testing.strategies.form import DocumentForm, Form, ParameterForm
from botosmith.testing.strategies.match import indexes
from botosmith.testing.strategies.option import Options
from botosmith.testing.strategies.scalar import (
    blobs,
    floats,
    integers,
    json_values,
    timestamps,
)
from botosmith.testing.strategies.text import enum_values, strings
from botosmith.testing.wire import timestamp_format

#: The structures that a value is within, from the outside in.
Trail = tuple[str, ...]

_FUTURE_MEMBER = "FutureMember"

_ATTEMPTS = 20

#: How many scalars of a value are drawn, before the rest get examples: Hypothesis has
#: no room for the thousands of a full SearchRecord.
_DRAWN = 200


def documents(shape: Shape, options: Options | None = None) -> SearchStrategy[Any]:
    """JSON values as the json protocol has them on the wire for a shape."""
    return _values(shape, DocumentForm(), options or Options())


def parameters(shape: Shape, options: Options | None = None) -> SearchStrategy[Any]:
    """Values as botocore's parameters have them; its validator passes them all.

    Timestamps are aware datetimes in UTC, blobs are bytes, enums are plain strings.
    """
    return _values(shape, ParameterForm(), options or Options())


@st.composite
def _values(draw: DrawFn, shape: Shape, form: Form, options: Options) -> Any:
    return _Drawer(draw, form, options).value(shape, ())


@frozen
class _Drawer:
    """Draws one value."""

    draw: DrawFn
    form: Form
    options: Options
    drawn: Iterator[int] = Factory(count)

    def value(self, shape: Shape, trail: Trail) -> Any:
        match shape:
            case StructureShape() if shape.is_document_type:
                return self.draw(json_values())
            case StructureShape() if shape.is_tagged_union:
                return self._union(shape, trail)
            case StructureShape():
                return self._structure(shape, trail)
            case ListShape():
                size = self._size(shape, shape.member, trail)
                return [self.value(shape.member, trail) for _ in range(size)]
            case MapShape():
                return self._map(shape, trail)
            case _:
                return self.form.scalar(self._scalar(shape), shape)

    def _scalar(self, shape: Shape) -> Any:
        if next(self.drawn) < _DRAWN:
            return self.draw(self._scalars(shape))
        return choose_scalar(shape)

    def _structure(self, shape: StructureShape, trail: Trail) -> dict[str, Any]:
        inner = (*trail, shape.name)
        required = set(shape.required_members)
        return {
            self.form.key(name, member): self.value(member, inner)
            for name, member in shape.members.items()
            if name in required or self._is_present(member, inner)
        }

    def _union(self, shape: StructureShape, trail: Trail) -> dict[str, Any]:
        inner = (*trail, shape.name)
        members = shape.members
        candidates = (
            [name for name in members if self._may_hold(members[name], inner)]
            or [name for name in members if members[name].name not in inner]
            or list(members)
        )
        extra = self.form.open and self.options.unknown_members
        index = self.draw(indexes(len(candidates) + extra))
        if index == len(candidates):
            return {_FUTURE_MEMBER: self.draw(json_values())}
        name = candidates[index]
        return {self.form.key(name, members[name]): self.value(members[name], inner)}

    def _map(self, shape: MapShape, trail: Trail) -> dict[str, Any]:
        size = self._size(shape, shape.value, trail)
        entries: dict[str, Any] = {}
        # Keys may come twice, so there are more attempts than entries.
        for _ in range(size + _ATTEMPTS):
            if len(entries) == size:
                return entries
            key = self.value(shape.key, trail)
            if key not in entries:
                entries[key] = self.value(shape.value, trail)
        return entries if len(entries) >= shape.metadata.get("min", 0) else reject()

    def _is_present(self, member: Shape, trail: Trail) -> bool:
        """Whether an optional member is there: one in 2, 4, 8 by its depth.

        Each is drawn by itself, just before its value, so that Hypothesis can take
        both away together when it looks for the least value that fails a test.
        """
        if not self._may_hold(member, trail):
            return False
        chances = 1 << len(trail)
        return self.options.full or self.draw(indexes(chances)) == chances - 1

    def _size(self, shape: Shape, inner: Shape, trail: Trail) -> int:
        least = int(shape.metadata.get("min", 0))
        most = int(shape.metadata.get("max", least + self.options.items))
        if not self._may_hold(inner, trail):
            return least
        if self.options.full:
            return max(least, min(most, 1))
        # Fewer the deeper they are, or values of some shapes would have no end.
        spare = max(1, self.options.items - len(trail))
        return least + self.draw(indexes(min(most - least, spare) + 1))

    def _may_hold(self, shape: Shape, trail: Trail) -> bool:
        """Whether an optional value of a shape may be within some structures."""
        match shape:
            case StructureShape():
                deep = not self.options.full and len(trail) > self.options.depth
                return not deep and trail.count(shape.name) < self.options.recursion
            case ListShape():
                return self._may_hold(shape.member, trail)
            case MapShape():
                return self._may_hold(shape.value, trail)
            case _:
                return True

    def _scalars(self, shape: Shape) -> SearchStrategy[Any]:
        rules = shape.metadata
        least, most = rules.get("min"), rules.get("max")
        match shape.type_name:
            case "string":
                return self._strings(rules)
            case "boolean":
                return st.booleans()
            case "integer" | "long":
                return integers(shape.type_name, least, most)
            case "float" | "double":
                return floats(least, most, non_finite=self.options.non_finite)
            case "timestamp":
                return timestamps(timestamp_format(shape))
            case _:
                return blobs(least or 0, most)

    def _strings(self, rules: Mapping[str, Any]) -> SearchStrategy[str]:
        values = tuple(rules.get("enum", ()))
        least, most = rules.get("min", 0), rules.get("max")
        if not values:
            return strings(least, most, rules.get("pattern"))
        if self.options.unknown_enums:
            return enum_values(values, least, most)
        return st.sampled_from(values)
