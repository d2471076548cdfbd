"""Changed bounds are counted by their effect on values."""

from __future__ import annotations

from typing import Any

from attrs import asdict
from tests.contract.history.bounds import Bound, judge, summarize
from tests.unit.generator.diff.edits.source import diff, make_source

from botosmith.generator.diff.change import Kind

BEFORE: dict[str, Any] = {
    "Name": {"type": "string", "max": 8},
    "Names": {"type": "list", "member": {"shape": "Name"}, "min": 2},
    "Count": {"type": "integer", "min": 1, "max": 5},
    "Data": {"type": "blob"},
}
AFTER: dict[str, Any] = {
    "Name": {"type": "string", "max": 16},
    "Names": {"type": "list", "member": {"shape": "Name"}},
    "Count": {"type": "integer", "min": 2},
    "Data": {"type": "blob", "min": 0},
}


def find(before: dict[str, Any], after: dict[str, Any]) -> list[Bound]:
    """The bounds that changed between two sets of shapes, some sent and some read."""
    request = {"type": "structure", "members": {"Names": {"shape": "Names"}}}
    reply = {
        "type": "structure",
        "members": {"Count": {"shape": "Count"}, "Data": {"shape": "Data"}},
    }
    ends = {"Request": request, "Reply": reply}
    operations = {"Call": {"input": {"shape": "Request"}, "output": {"shape": "Reply"}}}
    old, new = (make_source({**ends, **one}, operations) for one in (before, after))
    changes = [
        asdict(one)
        for one in diff(old, new)
        if one.kind in (Kind.MINIMUM, Kind.MAXIMUM)
    ]
    models = old.as_service().model, new.as_service().model
    return [*judge("parcels", changes, *models)]


def test_bounds_are_told_by_kind_way_and_effect() -> None:
    """A minimum length of 0 changes nothing."""
    assert set(find(BEFORE, AFTER)) == {
        Bound("parcels", "maximum, length of text", "sent", "loosened"),
        Bound("parcels", "minimum, items of a list", "sent", "loosened"),
        Bound("parcels", "minimum, range of numbers", "read", "tightened"),
        Bound("parcels", "maximum, range of numbers", "read", "loosened"),
    }


def test_the_other_way_round_loosened_is_tightened() -> None:
    """Each bound once."""
    there, back = find(BEFORE, AFTER), find(AFTER, BEFORE)
    assert len(there) == len(back) == 4
    assert {one.effect for one in back if one.way == "sent"} == {"tightened"}


def test_tables_have_sums() -> None:
    """Both tables begin with the sum of all."""
    lines = [*summarize(find(BEFORE, AFTER))]
    assert lines.count("| all | 2 | 0 | 1 | 1 |") == 2
    assert "| parcels | 2 | 0 | 1 | 1 |" in lines
