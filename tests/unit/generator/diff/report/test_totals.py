"""Totals count what came and went, inside of shapes too."""

from __future__ import annotations

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.generator.diff.report import example

from botosmith.generator.diff.change import Action, Change, Kind, Severity
from botosmith.generator.diff.totals import Tally, count, find_kind


def test_members_and_values_count_with_their_shape() -> None:
    """Changes that a shape brings along count beside those of its own."""
    totals = count(example.CHANGES)

    assert totals.operations == Tally()
    assert totals.shapes == Tally(added=1, removed=1)
    assert totals.members == Tally(added=1, renamed=1)
    assert totals.values == Tally(removed=2)
    assert list(totals.things) == ["operations", "shapes", "members", "enum values"]


def test_severities_are_counted_by_change() -> None:
    """A change counts once, whatever it takes along."""
    numbers = count(example.CHANGES).severities

    assert list(numbers.values()) == [3, 3, 1]


def test_nothing_comes_to_nothing() -> None:
    """No changes, no counts."""
    totals = count(())

    assert set(totals.things.values()) == {Tally()}
    assert set(totals.severities.values()) == {0}


def test_contents_of_renamed_shapes_do_not_count() -> None:
    """They neither came nor went."""
    renamed = evolve(example.REMOVED, action=Action.RENAMED, new_path="shapes.Extent")

    totals = count([renamed])

    assert totals.shapes == Tally(renamed=1)
    assert totals.values == Tally()


def test_value_may_look_like_a_member() -> None:
    """The first part of a place that tells its kind is the one that counts."""
    assert find_kind("shapes.Size.enum.a.members.b") is Kind.VALUE
    assert find_kind("shapes.Size.members.enum") is Kind.MEMBER
    assert find_kind("shapes.enum") is Kind.SHAPE


@given(st.lists(example.changes), st.lists(example.changes))
def test_counts_add_up(some: list[Change], others: list[Change]) -> None:
    """The counts of two lists are those of both together."""
    together, apart = count(some + others), (count(some), count(others))

    for severity in Severity:
        parts = [totals.severities[severity] for totals in apart]
        assert together.severities[severity] == sum(parts)
    for name, tally in together.things.items():
        parts = [totals.things[name].added for totals in apart]
        assert tally.added == sum(parts)
