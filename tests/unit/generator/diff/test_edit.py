"""A diff names each edit of a model, of whatever sort, and nothing else."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.sweep import THOROUGH
from tests.unit.generator.diff.edits.draft import Expected, tell
from tests.unit.generator.diff.edits.edit import EDITORS, Edit, edits, several_edits
from tests.unit.generator.diff.edits.sound import sound_sources, sources
from tests.unit.generator.diff.edits.source import Source, diff
from tests.unit.generator.diff.edits.walk import find_users

from botosmith.generator.diff.change import Action, Change, apply_to_names
from botosmith.generator.diff.totals import Tally, count
from botosmith.generator.model.check import check_format

#: There are many sorts of edits, each of which is drawn this often.
few = settings(max_examples=settings().max_examples // (10 if THOROUGH else 25))


def describe(changes: Iterable[Change]) -> list[str]:
    """Return a diff in a form that compares with what it has to say."""
    return tell(map(Expected.of, changes))


@pytest.mark.parametrize("name", EDITORS)
@given(data=st.data())
@few
def test_diff_names_the_edit_and_nothing_else(name: str, data: st.DataObject) -> None:
    """One edit, and what necessarily follows from it, in both directions."""
    edit: Edit = data.draw(edits(name))

    assert not check_format(edit.new.model, "")
    assert describe(diff(edit.old, edit.new)) == tell(edit.expected)
    backwards = tell(one.mirrored() for one in edit.expected)
    assert describe(diff(edit.new, edit.old)) == backwards


@given(sources())
def test_nothing_differs_from_itself(source: Source) -> None:
    """A model has no difference from a copy."""
    assert diff(source, source.copy()) == ()


def shuffle(value: Any, random_: random.Random, path: tuple[str, ...] = ()) -> Any:
    """The same JSON with its keys in another order, except those of members."""
    if isinstance(value, dict):
        keys = list(value)
        if path[0:1] != ("shapes",) or path[2:] != ("members",):
            random_.shuffle(keys)
        return {key: shuffle(value[key], random_, (*path, key)) for key in keys}
    if path[0:1] == ("shapes",) and path[2:] == ("required",):
        return random_.sample(value, len(value))
    return value


@given(sources(), st.randoms(use_true_random=False))
def test_order_of_keys_is_no_difference(source: Source, random_: random.Random) -> None:
    """JSON objects have no order, save members; and `required` is a set."""
    shuffled = Source(
        shuffle(source.model, random_),
        shuffle(source.paginators, random_),
        shuffle(source.waiters, random_),
        shuffle(source.endpoints, random_),
    )

    assert diff(source, shuffled) == ()


@given(several_edits())
def test_diff_mirrors_the_diff_backwards(pair: tuple[Source, Source]) -> None:
    """One direction adds what the other removes; before and after change places."""
    old, new = pair

    backwards = map(Expected.of, diff(new, old))
    assert describe(diff(old, new)) == tell(one.mirrored() for one in backwards)


@given(several_edits())
def test_names_with_changes_made_are_the_new_names(
    pair: tuple[Source, Source],
) -> None:
    """The old names, with all changes made to them, are the new ones."""
    old, new = pair

    assert apply_to_names(old.names(), diff(old, new)) == new.names()
    assert apply_to_names(new.names(), diff(new, old)) == old.names()


@given(several_edits())
def test_totals_are_differences_of_sets(pair: tuple[Source, Source]) -> None:
    """Return what came and went, counted in the JSON; renames are taken as told."""
    old, new = pair
    changes = diff(old, new)
    renamed = {
        change.old_path or "": change.new_path or ""
        for change in changes
        if change.action is Action.RENAMED
    }

    expected = {
        "operations": count_sets(old, new, renamed, "operations"),
        "shapes": count_sets(old, new, renamed, "shapes"),
        "members": count_sets(old, new, renamed, "members"),
        "enum values": count_sets(old, new, renamed, "enum"),
    }

    assert count(changes).things == expected


def count_sets(old: Source, new: Source, renamed: dict[str, str], part: str) -> Tally:
    """Count the things of a sort in one model alone, and in both."""
    was, is_ = list_things(old, part), list_things(new, part)
    # The contents of a renamed shape have moved with it.
    moved = {
        renamed.get(f"{home}{rest}") or f"{renamed.get(home, home)}{rest}"
        for home, rest in was
    }
    there = {f"{home}{rest}" for home, rest in is_}
    return Tally(
        added=len(there - moved),
        removed=len(moved - there),
        renamed=sum(f"{home}{rest}" in renamed for home, rest in was),
    )


def list_things(source: Source, part: str) -> set[tuple[str, str]]:
    """The places of all things of a sort: of an operation or shape, and the rest."""
    if part in {"operations", "shapes"}:
        return {(f"{part}.{name}", "") for name in source.model[part]}
    return {
        (f"shapes.{name}", f".{part}.{inner}")
        for name, shape in source.model["shapes"].items()
        for inner in shape.get(part, ())
    }


@given(several_edits(sound_sources()))
def test_changes_tell_the_operations_that_reach_them(
    pair: tuple[Source, Source],
) -> None:
    """Those of either model, found by a walk through the JSON."""
    old, new = pair

    for change in diff(old, new):
        expected: set[str] = set()
        if change.old_path is not None:
            expected |= find_users(old, change.old_path)
        if change.new_path is not None:
            expected |= find_users(new, change.new_path)
        assert change.operations == tuple(sorted(expected)), change.path
