"""The shapes that operations and errors reach, and shapes that reach themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from botosmith.generator.model import ServiceModel, ShapeModel


def reach(shapes: Mapping[str, ShapeModel], starts: Iterable[str]) -> dict[str, None]:
    """Return the shapes that some reach, themselves included, in order of discovery."""
    found: dict[str, None] = {}
    waiting = list(reversed(list(starts)))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = None
            waiting.extend(reversed(shapes[name].used_shapes))
    return found


@frozen
class Reach:
    """Facts about a service's shapes that decide their modules and types.

    Attributes:
        users: For each shape, the operations and errors that reach it.
        sent: The shapes that some request holds.
        replied: The shapes that some reply holds, the error shapes' included.
        cycles: For each shape that reaches itself, the shapes on its cycles.
    """

    users: Mapping[str, tuple[str, ...]]
    sent: frozenset[str]
    replied: frozenset[str]
    cycles: Mapping[str, frozenset[str]]


def measure_reach(model: ServiceModel) -> Reach:
    """Follow every operation and error of a service."""
    users: dict[str, list[str]] = {name: [] for name in model.shapes}
    sent: set[str] = set()
    replied: set[str] = set()
    for operation in model.operations.values():
        below_input = _reach_from(model, operation.input)
        below_output = _reach_from(model, operation.output)
        for name in {**below_input, **below_output}:
            users[name].append(operation.name)
        sent.update(below_input)
        replied.update(below_output)
    for shape in model.shapes.values():
        if shape.exception:
            for name in reach(model.shapes, [shape.name]):
                users[name].append(f"error {shape.name}")
                replied.add(name)
    return Reach(
        users={name: tuple(found) for name, found in users.items()},
        sent=frozenset(sent),
        replied=frozenset(replied),
        cycles=_find_cycles(model.shapes),
    )


def _reach_from(model: ServiceModel, end: str | None) -> dict[str, None]:
    return {} if end is None else reach(model.shapes, [end])


def _find_cycles(shapes: Mapping[str, ShapeModel]) -> dict[str, frozenset[str]]:
    below = {name: reach(shapes, shape.used_shapes) for name, shape in shapes.items()}
    return {
        name: frozenset(other for other in found if name in below[other])
        for name, found in below.items()
        if name in found
    }
