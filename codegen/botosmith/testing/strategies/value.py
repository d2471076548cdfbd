"""Values of any shape, drawn member by member.

One function that walks the shape takes the place of a strategy for each: nothing is
built before it is drawn, what is drawn can depend on how deep it is, and recursion
needs no care beyond that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from attrs import Factory, frozen
from botocore.model import ListShape, MapShape, Shape, StructureShape
from botocore.utils import is_json_value_header
from hypothesis import reject
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from botosmith.testing.sample import choose_scalar
from botosmith.testing.strategies.location import (
    HEADER,
    HEADER_ITEM,
    HEADER_NAME,
    HOST,
    Location,
)
from botosmith.testing.strategies.match import indexes
from botosmith.testing.strategies.option import Options
from botosmith.testing.strategies.representation import (
    DocumentForm,
    OutputForm,
    ParameterForm,
    Representation,
)
from botosmith.testing.strategies.scalar import (
    blobs,
    floats,
    integers,
    json_values,
    timestamps,
)
from botosmith.testing.wire import wire_name

#: The structures that a value is within, from the outside in.
Trail = tuple[str, ...]

_FUTURE_MEMBER = "FutureMember"

_ATTEMPTS = 20

#: The scalars of a value that are drawn before the rest get examples: Hypothesis has
#: no room for the thousands of a full SearchRecord.
_DRAWN = 200


def documents(shape: Shape, options: Options | None = None) -> SearchStrategy[Any]:
    """JSON values as the json protocol has them on the wire for a shape."""
    return _values(shape, DocumentForm(), options or Options())


def parameters(shape: Shape, options: Options | None = None) -> SearchStrategy[Any]:
    """Values as botocore's parameters have them; it takes them all, whatever protocol.

    Timestamps are aware datetimes in UTC, blobs are bytes, enums are plain strings.
    Events, which botocore cannot send, are left out.
    """
    options = options or Options()
    form = ParameterForm(without_tokens=options.without_tokens)
    return _values(shape, form, options)


def outputs(
    shape: Shape, protocol: str, options: Options | None = None
) -> SearchStrategy[Any]:
    """Values as botocore's parser gives them for replies.

    A stream of bytes is bytes, and a stream of events a list of them.

    Args:
        shape: The shape of the whole reply, or of an error.
        protocol: The protocol that carries it, by botocore's name.
        options: What is drawn.
    """
    options = options or Options()
    return _values(shape, OutputForm(protocol, full=options.full), options)


@st.composite
def _values(draw: DrawFn, shape: Shape, form: Representation, options: Options) -> Any:
    return _Drawer(draw, form, options).value(shape, (), form.place)


@frozen
class _Drawer:
    """Draws one value."""

    draw: DrawFn
    form: Representation
    options: Options
    drawn: Iterator[int] = Factory(count)
    structures: Counter[str] = Factory(Counter[str])

    def value(self, shape: Shape, trail: Trail, place: Location) -> Any:
        match shape:
            case StructureShape():
                return self._object(shape, trail, place)
            case ListShape():
                return self._list(shape, trail, place)
            case MapShape():
                return self._map(shape, trail, place)
            case _:
                return self.form.scalar(self._scalar(shape, place), shape)

    def _object(self, shape: StructureShape, trail: Trail, place: Location) -> Any:
        if shape.is_document_type:
            return self.draw(json_values())
        if shape.serialization.get("eventstream"):
            return self._events(shape, trail, place)
        if shape.is_tagged_union:
            return self._union(shape, trail, place)
        return self._structure(shape, trail, place)

    def _scalar(self, shape: Shape, place: Location) -> Any:
        if is_json_value_header(shape):
            return self.draw(json_values())
        if next(self.drawn) < _DRAWN:
            return self.draw(self._scalars(shape, place))
        example = choose_scalar(shape)
        return place.allow(example) if isinstance(example, str) else example

    def _structure(
        self, shape: StructureShape, trail: Trail, place: Location
    ) -> dict[str, Any]:
        inner = (*trail, shape.name)
        required = frozenset(shape.required_members)
        always = required if trail else self.form.find_always(shape)
        is_bare = self._is_bare(shape)
        made: dict[str, Any] = {}
        taken: set[str] = set()
        for name, member in shape.members.items():
            if self._is_left_out(name, member, trail):
                continue
            if wire_name(name, member) in taken:
                continue
            if name in always or (not is_bare and self._is_present(member, inner)):
                key = self.form.key(name, member)
                made[key] = self._member(name, member, inner, place)
            if self.form.is_reply and "location" not in member.serialization:
                taken.add(wire_name(name, member))
        return made

    def _is_bare(self, shape: StructureShape) -> bool:
        """Return whether a structure has been full often enough in this value."""
        self.structures[shape.name] += 1
        repeats = self.options.repeats
        if repeats is None or not self.options.full:
            return False
        return self.structures[shape.name] > repeats

    def _is_left_out(self, name: str, member: Shape, trail: Trail) -> bool:
        if member.serialization.get("eventstream"):
            return not self.form.is_reply
        return not trail and self.form.find_values(name, member) == ()

    def _member(self, name: str, member: Shape, trail: Trail, place: Location) -> Any:
        """A member, which stands by itself where its structure is the whole."""
        if len(trail) > 1:
            return self.value(member, trail, place)
        values = self.form.find_values(name, member)
        if values:
            return self.draw(st.sampled_from(values))
        return self.value(member, trail, self.form.find_location(member))

    def _union(
        self, shape: StructureShape, trail: Trail, place: Location
    ) -> dict[str, Any]:
        inner = (*trail, shape.name)
        members = shape.members
        candidates = (
            [name for name in members if self._may_hold(members[name], inner)]
            or [name for name in members if members[name].name not in inner]
            or list(members)
        )
        extra = self.options.unknown_members and not self.form.knows_all
        index = self.draw(indexes(len(candidates) + extra))
        if index == len(candidates):
            return self.form.unknown(_FUTURE_MEMBER, self.draw(json_values()))
        name = candidates[index]
        member = members[name]
        return {self.form.key(name, member): self.value(member, inner, place)}

    def _events(
        self, shape: StructureShape, trail: Trail, place: Location
    ) -> list[dict[str, Any]]:
        """Some events, or where `full` one of each kind."""
        events = {
            name: event
            for name, event in shape.members.items()
            if not event.metadata.get("exception")
        }
        names = list(events)
        if not self.options.full:
            size = self.draw(indexes(self.options.items + 1))
            names = [self.draw(st.sampled_from(names)) for _ in range(size)]
        inner = (*trail, shape.name)
        return [{name: self._event(events[name], inner, place)} for name in names]

    def _event(self, event: Shape, trail: Trail, place: Location) -> dict[str, Any]:
        made: dict[str, Any] = self.value(event, trail, place)
        assert isinstance(event, StructureShape)  # noqa: S101 - by botocore's format
        inner = (*trail, event.name)
        for name, member in event.members.items():
            # A whole payload is there even when it is empty.
            if member.serialization.get("eventpayload") and name not in made:
                made[name] = self.value(member, inner, place)
        return made

    def _list(self, shape: ListShape, trail: Trail, place: Location) -> list[Any]:
        size = self._size(shape, shape.member, trail, place)
        inner = HEADER_ITEM if place is HEADER else place
        return [self.value(shape.member, trail, inner) for _ in range(size)]

    def _map(self, shape: MapShape, trail: Trail, place: Location) -> dict[str, Any]:
        size = self._size(shape, shape.value, trail, place)
        key_place = HEADER_NAME if place is HEADER else place
        entries: dict[str, Any] = {}
        # Keys may come twice, so there are more attempts than entries.
        for _ in range(size + _ATTEMPTS):
            if len(entries) == size:
                return entries
            key = self.value(shape.key, trail, key_place)
            if key not in entries:
                entries[key] = self.value(shape.value, trail, place)
        return entries if len(entries) >= shape.metadata.get("min", 0) else reject()

    def _is_present(self, member: Shape, trail: Trail) -> bool:
        """Draw whether an optional member is there: one in 2, 4, 8 by its depth.

        Each is drawn by itself, just before its value, so that Hypothesis can take
        both away together when it looks for the least value that fails a test.
        """
        if not self._may_hold(member, trail):
            return False
        chances = 1 << len(trail)
        return self.options.full or self.draw(indexes(chances)) == chances - 1

    def _size(
        self, shape: ListShape | MapShape, inner: Shape, trail: Trail, place: Location
    ) -> int:
        least = max(int(shape.metadata.get("min", 0)), self.form.least(shape, place))
        most = int(shape.metadata.get("max", least + self.options.items))
        if not self._may_hold(inner, trail):
            return least
        if self.options.full:
            return max(least, min(most, 1))
        # Fewer the deeper they are, or values of some shapes would have no end.
        spare = max(1, self.options.items - len(trail))
        return least + self.draw(indexes(min(most - least, spare) + 1))

    def _may_hold(self, shape: Shape, trail: Trail) -> bool:
        """Return whether an optional value of a shape may be within some structures."""
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

    def _scalars(self, shape: Shape, place: Location) -> SearchStrategy[Any]:
        rules = shape.metadata
        least, most = rules.get("min"), rules.get("max")
        match shape.type_name:
            case "string":
                return self._strings(rules, place)
            case "boolean":
                return st.booleans()
            case "integer" | "long":
                return integers(shape.type_name, least, most)
            case "float" | "double":
                return floats(least, most, non_finite=self.options.non_finite)
            case "timestamp":
                default = place.timestamp
                written = shape.serialization.get("timestampFormat", default)
                return timestamps(str(written).lower())
            case _:
                return blobs(least or 0, most)

    def _strings(
        self, rules: Mapping[str, Any], place: Location
    ) -> SearchStrategy[str]:
        values = tuple(rules.get("enum", ()))
        least, most = rules.get("min", 0), rules.get("max")
        # A host has no room for every value of an enum.
        if not values or place is HOST:
            return place.strings(least, most, rules.get("pattern"))
        if self.options.unknown_enums:
            return place.enum_values(values, least, most)
        return st.sampled_from(values)
