"""The pages and pictures of the benchmarks, and what counts as missed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from benchmarks import report
from benchmarks.measures import TABLES
from benchmarks.row import Row

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def results() -> Any:
    """The figures that are committed."""
    return json.loads(report.RESULTS.read_bytes())


def test_pages_are_what_the_results_say(
    results: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The figures were written by the benchmarks, and none was forgotten."""
    monkeypatch.setattr(report, "FOLDER", tmp_path)
    monkeypatch.setattr(report, "PICTURES", tmp_path / "pictures")
    folder = report.RESULTS.parent

    report.write_report(results)

    for path in ("README.md", *(f"pictures/{name}.svg" for name in results["tables"])):
        assert (tmp_path / path).read_text() == (folder / path).read_text(), path
    pictures = {path.stem for path in (folder / "pictures").iterdir()}
    assert pictures == {*results["tables"]}


def test_every_table_and_every_target_is_there(results: Any) -> None:
    """All 16 of them."""
    rows = [row for table in results["tables"].values() for row in table["rows"]]

    assert [*results["tables"]] == [*TABLES]
    assert {row["number"] for row in rows} - {None} == {*range(1, 17)}


def test_a_picture_shows_each_row(results: Any) -> None:
    """A bar and the peer's mark for each, and a mark for each target."""
    for name, table in results["tables"].items():
        picture = report.RESULTS.parent / "pictures" / f"{name}.svg"
        root = ET.fromstring(picture.read_text())  # noqa: S314 - it is our own
        targets = [row for row in table["rows"] if row["target"] is not None]

        assert len(root.findall(f"{SVG}rect")) == 1 + len(table["rows"])
        assert len(root.findall(f"{SVG}line")) == len(table["rows"]) + len(targets)


@pytest.mark.parametrize(
    ("ours", "target", "missed"),
    [(9.0, 0.9, False), (9.1, 0.9, True), (99.0, None, False)],
)
def test_what_is_missed(ours: float, target: float | None, *, missed: bool) -> None:
    """A ratio above its target; without a target, nothing is."""
    row = Row("a call", "a peer", ours, 10.0, "ms", 1, target)

    assert row.is_missed is missed


@pytest.mark.parametrize(
    ("value", "text"), [(1234.5, "1,234"), (99.94, "99.9"), (0.01234, "0.0123")]
)
def test_figures_have_three_digits(value: float, text: str) -> None:
    """Or all that are before the point."""
    assert report.figure(value) == text


def test_the_command_line_names_the_tables() -> None:
    """A row that does not exist is refused before anything is installed."""
    command = (sys.executable, "-m", "benchmarks", "strat")

    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=report.FOLDER.parent
    )

    assert done.returncode == 2
    assert "strat: expected one of start, documents" in done.stderr
