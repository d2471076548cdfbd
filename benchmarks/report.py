"""The figures for people: the terminal, `benchmarks/README.md` and the pictures."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2
from attrs import asdict, frozen
from rich.console import Console
from rich.markup import escape
from rich.table import Table as RichTable

from benchmarks.measures import TABLES
from benchmarks.row import Row, Table

FOLDER = Path(__file__).resolve().parent
RESULTS = FOLDER / "results.json"
PICTURES = FOLDER / "pictures"
TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(FOLDER / "templates"),
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    autoescape=jinja2.select_autoescape(enabled_extensions=("svg.jinja",)),
)


def print_table(table: Table) -> None:
    """Show a table on the terminal."""
    shown = RichTable(title=table.title)
    for name in ("#", "measure", "peer"):
        shown.add_column(name)
    for name in ("botosmith", "peer", "", "ratio", "target"):
        shown.add_column(name, justify="right")
    for row in table.rows:
        style = "red" if row.is_missed else None
        shown.add_row(*_cells(row), style=style)
    Console(width=160).print(shown)


def _cells(row: Row) -> tuple[str, ...]:
    return (
        "" if row.number is None else str(row.number),
        escape(row.what),
        row.peer,
        figure(row.ours),
        figure(row.theirs),
        row.unit,
        f"{row.ratio:.3f}",
        "" if row.target is None else f"≤ {row.target:.2f}",
    )


def figure(value: float) -> str:
    """A figure with three digits that matter, or all before the point."""
    if value >= 100:  # noqa: PLR2004 - from there on, three digits have no decimals
        return f"{value:,.0f}"
    return f"{value:.3g}"


@frozen
class Machine:
    """Return the machine and versions that the figures were measured on."""

    python: str
    system: str
    cores: int

    @classmethod
    def here(cls) -> Machine:
        """This machine."""
        return cls(
            python=f"{platform.python_implementation()} {platform.python_version()}",
            system=f"{platform.system()} on {platform.machine()}",
            cores=os.cpu_count() or 1,
        )


def keep(table: Table) -> None:
    """Put a measured table into the results, and write what shows these."""
    kept: dict[str, Any] = (
        json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {"tables": {}}
    )
    kept["machine"] = asdict(Machine.here())
    known = kept["tables"] | {table.name: _plain(table)}
    kept["tables"] = {name: known[name] for name in TABLES if name in known}
    RESULTS.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", "utf-8")
    write_report(kept)


def write_report(results: Mapping[str, Any]) -> None:
    """Write the README of the folder and a picture of each table."""
    tables = [_table(**table) for table in results["tables"].values()]
    text = TEMPLATES.get_template("README.md.jinja").render(
        machine=results["machine"], tables=tables, figure=figure
    )
    (FOLDER / "README.md").write_text(text, "utf-8")
    PICTURES.mkdir(exist_ok=True)
    picture = TEMPLATES.get_template("picture.svg.jinja")
    for table in tables:
        (PICTURES / f"{table.name}.svg").write_text(
            picture.render(table=table, figure=figure), "utf-8"
        )


def _table(rows: list[dict[str, Any]], **facts: Any) -> Table:
    return Table(rows=tuple(Row(**row) for row in rows), **facts)


def _plain(table: Table) -> dict[str, Any]:
    plain = asdict(table)
    for row in plain["rows"]:
        row["ours"], row["theirs"] = float(f"{row['ours']:.4g}"), float(
            f"{row['theirs']:.4g}"
        )
    return plain
