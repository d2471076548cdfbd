"""The diff of two sides, for each service that either has."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from botosmith.generator.diff.change import Diff, ServiceDiff
from botosmith.generator.diff.service import diff_service
from botosmith.generator.diff.source import Side
from botosmith.generator.errors import ModelError, Problem
from botosmith.generator.suggest import find_name


def diff_sides(
    old: Side,
    new: Side,
    *,
    services: Sequence[str] = (),
    progress: Callable[[int], None] = lambda _: None,
) -> Diff:
    """Return the changes between two sets of models.

    Args:
        old: The old set.
        new: The new set.
        services: The services to compare; if empty, all of them, or those of a folder
            of models if the other side is a whole botocore.
        progress: Called with 1 for each service that has been compared.

    Raises:
        UnknownName: Neither side has a service of a name.
        ModelError: A model cannot be read; lists every problem.
    """
    names = find_services(old, new, services)
    found: list[ServiceDiff] = []
    problems: list[Problem] = []
    for name in names:
        try:
            found.append(_diff(name, old, new))
        except ModelError as error:
            problems += error.problems
        progress(1)
    if problems:
        raise ModelError(tuple(problems))
    changed = tuple(one for one in found if one.changes)
    return Diff(old.label, new.label, changed, len(names))


def find_services(old: Side, new: Side, services: Sequence[str]) -> list[str]:
    """Return the services to compare, by botocore's names."""
    known = sorted({*old.services, *new.services})
    if services:
        found = (find_name("service", name, known) for name in services)
        return list(dict.fromkeys(found))
    if old.is_whole == new.is_whole:
        return known
    # A folder holds a selection: services that it lacks are not removed ones.
    return list(old.services if new.is_whole else new.services)


def _diff(name: str, old: Side, new: Side) -> ServiceDiff:
    before = old.read(name) if name in old.services else None
    after = new.read(name) if name in new.services else None
    return diff_service(before, after)
