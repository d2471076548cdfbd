"""Measures, shows and keeps what botosmith takes beside its peers."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.measures import TABLES
from benchmarks.programs.jobs import list_jobs
from benchmarks.report import keep, print_table
from benchmarks.row import Table
from benchmarks.suite import Suite
from botosmith.testing import load_service
from botosmith.testing.standin.example import make_output


def main() -> int:
    """Measure; 1 where a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "tables", nargs="*", default=TABLES, metavar="TABLE", help=", ".join(TABLES)
    )
    parser.add_argument(
        "--quick", action="store_true", help="once each; nothing is kept"
    )
    parser.add_argument(
        "--as-installed", action="store_true", help="leave environments as they are"
    )
    arguments = parser.parse_args()
    unknown = [name for name in arguments.tables if name not in TABLES]
    if unknown:
        parser.error(f"{', '.join(unknown)}: expected one of {', '.join(TABLES)}")
    modules = [
        importlib.import_module(f"benchmarks.measures.{name}")
        for name in arguments.tables
    ]
    if not arguments.as_installed:
        prepare(modules)
    missed = [
        f"missed: {row.number}, {row.what}: {row.ratio:.3f}, not {row.target}"
        for table in measure(modules, quick=arguments.quick)
        for row in table.rows
        if row.is_missed
    ]
    print("\n".join(missed))
    return 1 if missed else 0


def prepare(modules: Sequence[Any]) -> None:
    """Bring the environments up to date that measures need, each once."""
    for environment in dict.fromkeys(
        environment for module in modules for environment in module.ENVIRONMENTS
    ):
        environment.prepare()


def measure(modules: Sequence[Any], *, quick: bool) -> Iterator[Table]:
    """Fill the tables, show each, and keep it."""
    with tempfile.TemporaryDirectory(prefix="botosmith-bench-") as folder:
        suite = Suite(Path(folder), quick=quick)
        write_replies(suite.replies)
        for module in modules:
            table: Table | None = module.measure(suite)
            if table is None:
                print(f"{module.__name__}: what it needs is not here")
                continue
            print_table(table)
            if not quick:
                keep(table)
            yield table


def write_replies(folder: Path) -> None:
    """Write the replies that the programs read: every member is there."""
    folder.mkdir()
    (folder / "ListTrainingJobs.json").write_bytes(list_jobs())
    service = load_service("sagemaker")
    for name in ("DescribeTrainingJob", "Search"):
        document = make_output(service.operation_model(name), {}, "us-east-1")
        (folder / f"{name}.json").write_text(json.dumps(document), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
