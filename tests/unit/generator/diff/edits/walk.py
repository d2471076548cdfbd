"""Naive walks through a model's JSON, to check those of the generator by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from tests.unit.generator.diff.edits.source import Model, Source

#: The keys by which shapes of lists and maps name others.
PARTS = ("member", "key", "value")


def list_shape_uses(model: Model) -> Iterator[tuple[str, Model]]:
    """The places in shapes that name a shape, with what they say."""
    for name, shape in model["shapes"].items():
        for member, use in shape.get("members", {}).items():
            yield f"shapes.{name}.members.{member}", use
        for part in PARTS:
            if part in shape:
                yield f"shapes.{name}.{part}", shape[part]


def list_ends(model: Model) -> Iterator[tuple[str, Model]]:
    """The requests and replies of operations, with their places."""
    for name, operation in model["operations"].items():
        for end in ("input", "output"):
            if end in operation:
                yield f"operations.{name}.{end}", operation[end]


def list_error_uses(model: Model) -> Iterator[tuple[str, Model]]:
    """The errors of operations, with their places."""
    for name, operation in model["operations"].items():
        for use in operation.get("errors", ()):
            yield f"operations.{name}.errors.{use['shape']}", use


def list_all_uses(model: Model) -> Iterator[tuple[str, Model]]:
    """Every place that names a shape."""
    yield from list_shape_uses(model)
    yield from list_ends(model)
    yield from list_error_uses(model)


def reach(model: Model, starts: Iterable[str]) -> set[str]:
    """The shapes that some are made of, these included."""
    found: set[str] = set()
    more = set(starts)
    while more:
        found |= more
        more = {
            use["shape"]
            for _, use in list_shape_uses(
                {"shapes": {name: model["shapes"][name] for name in found}}
            )
        } - found
    return found


def find_sent(model: Model) -> set[str]:
    """The shapes that requests hold."""
    uses = list_ends(model)
    return reach(model, [use["shape"] for at, use in uses if at.endswith(".input")])


def find_replied(model: Model) -> set[str]:
    """The shapes that replies hold, and errors."""
    ends = [use["shape"] for at, use in list_ends(model) if at.endswith(".output")]
    errors = [name for name, one in model["shapes"].items() if one.get("exception")]
    return reach(model, [*ends, *errors])


def find_users(source: Source, place: str) -> set[str]:
    """The operations that reach a place, of which no name holds a dot."""
    home, _, rest = place.partition(".")
    name = rest.partition(".")[0]
    operations = source.model["operations"]
    match home:
        case "operations" | "paginators":
            return {name}.intersection(operations)
        case "waiters":
            return {source.waiters[name]["operation"]}.intersection(operations)
        case "shapes":
            return {
                user
                for user, operation in operations.items()
                if name in reach(source.model, _list_starts(operation))
            }
        case _:
            return set()


def _list_starts(operation: Model) -> list[str]:
    ends = [operation[end]["shape"] for end in ("input", "output") if end in operation]
    return ends + [use["shape"] for use in operation.get("errors", ())]


def holds_itself(model: Model, name: str) -> bool:
    """Return whether a list or map holds itself with no structure between."""
    found: set[str] = set()
    waiting: list[Any] = _list_held(model, name)
    while waiting:
        step = waiting.pop()
        if step not in found:
            found.add(step)
            waiting += _list_held(model, step)
    return name in found


def _list_held(model: Model, name: str) -> list[str]:
    shape = model["shapes"][name]
    return [shape[part]["shape"] for part in PARTS if part in shape]
