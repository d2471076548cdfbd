"""The report for a terminal."""

from __future__ import annotations

from textwrap import dedent

import pytest
from attrs import evolve
from hypothesis import given
from tests.unit.generator.diff.report import example

from botosmith.generator.diff.change import Diff, ServiceDiff
from botosmith.generator.diff.report import FORMATS, write_report

EXPECTED = """\
    botocore 1.42.1 -> botocore 1.44.5

    1 of 1 service compared differs.

                      added   removed   renamed
    operations            0         0         0
    shapes                1         1         0
    members               1         0         1
    enum values           0         2         0

    breaking              3
    compatible            3
    documentation         1

    parcels (2024-03-01)

      Breaking: 3

      - member renamed: shapes.CreateLockerInput.members.LockerName -> \
shapes.CreateLockerInput.members.Name
          Code that names the old member fails.
          Python: CreateLockerInput.locker_name -> CreateLockerInput.name
          Operations: CreateLocker

      - shape removed: shapes.Size
          with 2 enum values
          Imports of a removed class fail.
          Python: Size (gone)
          Operations: CreateLocker, DescribeLocker, DescribeParcel

      - type changed: shapes.Parcel.members.Weight
          integer -> string
          Values of the old type are refused by the new one.
          Python: Parcel.weight
          Operations: DescribeParcel

      Compatible: 3

      - shape added: shapes.Label
          with 1 member
          A new class takes nothing from existing code.
          Python: Label (new)
          Operations: DescribeParcel

      - maximum changed: shapes.Count.max
          nothing -> 9223372036854775807
          Values that were accepted still are.
          Operations: Operation0, Operation1, Operation2, Operation3 and 8 more

      - endpoint added: endpoints.aws.mx-central-1
          mx-central-1
          A new region takes nothing from existing code.

      Documentation: 1 change, not listed
"""


def test_report_is_laid_out_for_reading() -> None:
    """Totals first, then the changes, the worst first."""
    assert write_report(example.ONE, "text") == dedent(EXPECTED)


def test_services_tell_their_versions() -> None:
    """Services that came, went, or have another API version say so."""
    versions = [(None, "b"), ("a", None), ("a", "b")]
    services = tuple(
        ServiceDiff(f"s{index}", old, new, (example.REGION,))
        for index, (old, new) in enumerate(versions)
    )

    report = write_report(Diff("old", "new", services, 400), "text")

    assert "\n3 of 400 services compared differ.\n" in report
    assert "\ns0 (b, a new service)\n" in report
    assert "\ns1 (a, no longer there)\n" in report
    assert "\ns2 (a to b)\n" in report


@pytest.mark.parametrize("name", FORMATS)
def test_equal_models_are_told_so(name: str) -> None:
    """A report without differences says how much was compared."""
    report = write_report(example.NOTHING, name)

    told = '"compared": 412' if name == "json" else "412 services compared."
    assert told in report


@pytest.mark.parametrize("name", FORMATS)
def test_same_diff_gives_same_bytes(name: str) -> None:
    """Nothing depends on when, where or how often a report is written."""
    reports = {write_report(example.TWO, name) for _ in range(2)}

    assert len(reports) == 1


@pytest.mark.parametrize("name", FORMATS)
def test_half_characters_can_be_written(name: str) -> None:
    """JSON can hold half of a surrogate pair, a file cannot."""
    assert write_report(example.make_hostile("x\ud800y"), name).encode("utf-8")


@pytest.mark.parametrize("name", FORMATS)
@given(diff=example.diffs)
def test_any_diff_can_be_written(name: str, diff: Diff) -> None:
    """Every kind, action, severity and text has a form in each format."""
    assert write_report(diff, name).endswith("\n")


def test_names_of_different_numbers_go_and_come() -> None:
    """Names that nothing pairs are told one by one."""
    change = evolve(example.RENAMED, old_names=("A", "B", "C"), new_names=("B", "D"))
    service = ServiceDiff("parcels", "1", "1", (change,), example.RESOURCES)

    report = write_report(Diff("old", "new", (service,), 1), "text")

    assert "Python: A (gone), B, C (gone), D (new)\n" in report


def test_long_values_are_cut() -> None:
    """A line shows where a value begins."""
    change = evolve(example.TYPE, before="x" * 70, after="y" * 60)
    service = ServiceDiff("parcels", "1", "1", (change,), example.RESOURCES)

    report = write_report(Diff("old", "new", (service,), 1), "text")

    assert f"      {'x' * 59}… -> {'y' * 60}\n" in report


def test_controls_do_not_reach_the_terminal() -> None:
    """Escape sequences, line ends and hidden characters are spelled out."""
    report = write_report(example.make_hostile("a\x1b[31m\u202e\u2028\nb"), "text")

    assert r"a\x1b[31m\u202e\u2028\nb" in report
    assert all(char.isprintable() for line in report.split("\n") for char in line)
