"""The totals of the history's diffs equal what its JSON files say by themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from tests.contract.history.release import Release, diff_releases
from tests.contract.history.version import SPANS

from botosmith.generator.diff.change import (
    Action,
    Change,
    Kind,
    Severity,
    apply_to_names,
)
from botosmith.generator.diff.totals import Tally, count

Releases = Mapping[str, Release]

#: The change that another becomes when the two models change places.
_MIRRORED = {
    Action.ADDED: Action.REMOVED,
    Action.REMOVED: Action.ADDED,
    Action.RENAMED: Action.RENAMED,
    Action.CHANGED: Action.CHANGED,
}

#: The kinds that a shape says by a key of its own.
_SAID = {Kind.MINIMUM: "min", Kind.MAXIMUM: "max", Kind.PATTERN: "pattern"}

pytestmark = pytest.mark.parametrize(("old", "new"), SPANS)


def list_things(release: Release) -> dict[str, set[str]]:
    """The places of all that is counted."""
    source = release.model.source
    shapes: dict[str, Any] = source["shapes"]
    return {
        "operations": {f"operations.{name}" for name in source["operations"]},
        "shapes": {f"shapes.{name}" for name in shapes},
        "members": {
            f"shapes.{name}.members.{member}"
            for name, shape in shapes.items()
            for member in shape.get("members", ())
        },
        "enum values": {
            f"shapes.{name}.enum.{value}"
            for name, shape in shapes.items()
            for value in shape.get("enum", ())
        },
    }


def list_names(release: Release) -> set[str]:
    """The places of everything that has a name."""
    service = release.service
    return set().union(
        *list_things(release).values(),
        (f"paginators.{name}" for name in service.paginators),
        (f"waiters.{name}" for name in service.waiters),
        (f"endpoints.{name}" for name in service.endpoints),
    )


def list_common(
    old: Release, new: Release
) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """The shapes that two versions have, as each has it."""
    before, after = old.model.source["shapes"], new.model.source["shapes"]
    yield from ((before[name], after[name]) for name in before if name in after)


def test_totals_are_those_of_the_files(old: str, new: str, releases: Releases) -> None:
    """Added and removed are what only one of the files has; nothing was renamed."""
    before, after = (list_things(releases[version]) for version in (old, new))
    totals = count(diff_releases(releases[old], releases[new]).changes)

    assert totals.things == {
        thing: Tally(
            added=len(after[thing] - before[thing]),
            removed=len(before[thing] - after[thing]),
        )
        for thing in before
    }


def test_limits_are_those_of_the_files(old: str, new: str, releases: Releases) -> None:
    """A change for each bound or pattern that a shape of both has and has otherwise."""
    pairs = list(list_common(releases[old], releases[new]))
    changes = diff_releases(releases[old], releases[new]).changes
    found = Counter(change.kind for change in changes)

    for kind, key in _SAID.items():
        assert found[kind] == sum(
            one.get(key) != other.get(key) for one, other in pairs
        )


def test_required_are_those_of_the_files(
    old: str, new: str, releases: Releases
) -> None:
    """A change for each member of both that is required in one."""
    pairs = list(list_common(releases[old], releases[new]))
    changes = diff_releases(releases[old], releases[new]).changes

    expected = sum(
        (name in one.get("required", ())) != (name in other.get("required", ()))
        for one, other in pairs
        for name in one.get("members", {}).keys() & other.get("members", {}).keys()
    )
    assert sum(change.kind is Kind.REQUIRED for change in changes) == expected


def test_severities_add_up(old: str, new: str, releases: Releases) -> None:
    """Every change is of one severity, and all of words are documentation."""
    changes = diff_releases(releases[old], releases[new]).changes
    totals = count(changes)

    assert sum(totals.severities.values()) == len(changes)
    words = [change for change in changes if change.kind is Kind.DOCUMENTATION]
    assert totals.documentation == len(words)
    breaking = [one for one in changes if one.severity is Severity.BREAKING]
    assert totals.breaking == len(breaking)


def test_old_names_become_the_new_ones(old: str, new: str, releases: Releases) -> None:
    """The diff applied to the names of the one gives the names of the other."""
    changes = diff_releases(releases[old], releases[new]).changes

    assert apply_to_names(list_names(releases[old]), changes) == list_names(
        releases[new]
    )


def test_diff_backwards_is_the_mirror_image(
    old: str, new: str, releases: Releases
) -> None:
    """One adds what the other removes, at the same places."""
    forwards = diff_releases(releases[old], releases[new]).changes
    backwards = diff_releases(releases[new], releases[old]).changes

    assert Counter(map(mirror, forwards)) == Counter(map(show, backwards))


def show(change: Change) -> tuple[Any, ...]:
    """Return a change without what it means."""
    places = (change.old_path, change.new_path)
    said = (repr(change.before), repr(change.after))
    return (change.kind, change.action, *places, *said, change.contents)


def mirror(change: Change) -> tuple[Any, ...]:
    """The same, seen from the other model."""
    places = (change.new_path, change.old_path)
    said = (repr(change.after), repr(change.before))
    return (change.kind, _MIRRORED[change.action], *places, *said, change.contents)
