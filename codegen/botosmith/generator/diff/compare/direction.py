"""Shapes that replies have begun or ceased to hold.

A model does not state this; it follows from the operations that use the shape. It
matters in Python for lists and maps: those that no reply holds are annotated as any
sequence or mapping.
"""

from __future__ import annotations

from collections.abc import Iterator

from botosmith.generator.diff.change import Kind
from botosmith.generator.diff.compare.finding import Finding, find
from botosmith.generator.diff.compare.model_path import ModelPath
from botosmith.generator.diff.compare.rename import Renames
from botosmith.generator.diff.python_surface import Facts
from botosmith.generator.model import ServiceModel


def compare_directions(old: Facts, new: Facts, renames: Renames) -> Iterator[Finding]:
    """Find the shapes whose lists and maps have another type for callers."""
    for name in old.model.shapes:
        other = renames.shapes.get(name, name)
        if other not in new.model.shapes:
            continue
        shared = _containers(old.model, name) & _containers(new.model, other)
        if shared and (name in old.replied) != (other in new.replied):
            finding = find(
                Kind.DIRECTION,
                ModelPath(("shapes", name)),
                ModelPath(("shapes", other)),
                _tell(old, name),
                _tell(new, other),
            )
            if finding is not None:
                yield finding


def _containers(model: ServiceModel, name: str) -> set[str]:
    members = model.shapes[name].members.values()
    return {
        member.name
        for member in members
        if model.shapes[member.shape].type in {"list", "map"}
    }


def _tell(facts: Facts, name: str) -> str:
    ways = {"sent": facts.sent, "replied": facts.replied}
    return " and ".join(way for way, shapes in ways.items() if name in shapes) or "idle"
