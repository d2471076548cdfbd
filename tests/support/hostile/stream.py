"""Streams of events: what may be an event, and how it is divided."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from tests.support.hostile.name import name_lists
from tests.support.hostile.shape import Shapes, draw_members, draw_use
from tests.support.hostile.trait import Model, draw_traits

#: Types that a message's header can hold.
_HEADERS = frozenset({"boolean", "integer", "long", "blob", "string", "timestamp"})


def add_stream(draw: DrawFn, shapes: Shapes, names: list[str]) -> None:
    """Add a stream of events and some events to a model.

    Args:
        draw: Draws.
        shapes: The shapes so far.
        names: The stream's name, and the events'.
    """
    stream, *events = names
    for name in events:
        shapes.models[name] = _draw_event(draw, shapes)
        shapes.plain.append(name)
    members: Model = {}
    targets = [*events, *shapes.errors]
    for name in draw(name_lists(1, 4)):
        # At least one is not an error.
        target = draw(st.sampled_from(targets)) if members else events[0]
        members[name] = draw_use(draw, target, "documentation")
    model = {"type": "structure", "members": members, "eventstream": True}
    shapes.models[stream] = model | draw_traits(draw, "documentation", "sensitive")
    shapes.streams.append(stream)


def _draw_event(draw: DrawFn, shapes: Shapes) -> Model:
    members = draw_members(draw, shapes)
    payloads = 0
    for member in members.values():
        kind = shapes.kind(member["shape"]) if member["shape"] in shapes.models else ""
        if kind in _HEADERS and draw(st.booleans()):
            member["eventheader"] = True
        elif not payloads and draw(st.integers(0, 2)) == 2:
            member["eventpayload"] = True
            payloads += 1
    return {"type": "structure", "members": members, "event": True}
