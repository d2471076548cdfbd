"""The report for programs."""

from __future__ import annotations

import json
from typing import Any

from attrs import asdict
from hypothesis import given
from tests.unit.generator.diff.report import example

from botosmith.generator.diff.change import (
    Action,
    Change,
    Diff,
    Kind,
    ServiceDiff,
    Severity,
)
from botosmith.generator.diff.report import write_report
from botosmith.generator.diff.totals import count

TUPLES = ("old_names", "new_names", "operations", "contents")


def read_change(data: dict[str, Any]) -> Change:
    """A change from its JSON."""
    typed: dict[str, Any] = {
        "kind": Kind(data["kind"]),
        "action": Action(data["action"]),
        "severity": Severity(data["severity"]),
        **{name: tuple(data[name]) for name in TUPLES},
    }
    return Change(**{**data, **typed})


def read_service(data: dict[str, Any]) -> ServiceDiff:
    """A service from its JSON, which tells totals besides."""
    changes = tuple(read_change(change) for change in data["changes"])
    assert data["totals"] == asdict(count(changes))
    names = ("service", "old", "new", "resources")
    return ServiceDiff(**{name: data[name] for name in names}, changes=changes)


def read_diff(text: str) -> Diff:
    """A diff from its JSON, which tells totals besides."""
    data = json.loads(text)
    services = tuple(read_service(service) for service in data["services"])
    diff = Diff(data["old"], data["new"], services, data["compared"])
    assert data["totals"] == asdict(count(diff.changes))
    return diff


@given(example.diffs)
def test_nothing_is_lost(diff: Diff) -> None:
    """The same diff can be made from its JSON."""
    assert read_diff(write_report(diff, "json")) == diff


def test_keys_have_their_order() -> None:
    """The identity of a thing comes before its contents."""
    data = json.loads(write_report(example.ONE, "json"))

    assert list(data) == ["old", "new", "compared", "totals", "services"]
    (service,) = data["services"]
    names = ["service", "old", "new", "totals", "resources", "changes"]
    assert list(service) == names
    assert list(service["changes"][0])[:3] == ["kind", "action", "severity"]
    assert list(service["resources"]) == sorted(service["resources"])


def test_no_field_is_forgotten() -> None:
    """A change's JSON has the names of its attributes."""
    data = json.loads(write_report(example.ONE, "json"))

    first, *_ = data["services"][0]["changes"]
    assert set(first) == set(asdict(example.RENAMED))
