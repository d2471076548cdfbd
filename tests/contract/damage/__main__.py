"""The command line; the package's own words say what it does."""

from __future__ import annotations

import os
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

from tests.contract.asynchronous.environment import make_environment
from tests.contract.damage import waited
from tests.contract.damage.corpus import make_cases
from tests.contract.damage.run import WAITED, Plan, run
from tests.contract.damage.subject import ALL, build_subject
from tests.support.repository import ROOT


def parse_arguments() -> Namespace:
    """The command line."""
    parser = ArgumentParser(
        prog="tests.contract.damage",
        description="Damage replies, and see what comes of them.",
    )
    parser.add_argument(
        "services", nargs="*", metavar="SERVICE", help="not all of them"
    )
    parser.add_argument(
        "--examples", type=int, default=30_000, help="how many damaged replies"
    )
    parser.add_argument(
        "--streams", type=int, help="how many damaged streams; a sixth by default"
    )
    parser.add_argument("--seed", type=int, default=0, help="draws another run")
    parser.add_argument("--case", help="one case of a run, in detail")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument(
        "--async-python", help="an interpreter with aiobotocore, where there is one"
    )
    arguments = parser.parse_args()
    if unknown := sorted({*arguments.services} - {*ALL}):
        parser.error(f"{', '.join(unknown)}: expected some of {', '.join(ALL)}")
    return arguments


def main() -> None:
    """Run, tell, and exit with 1 where something is wrong."""
    arguments = parse_arguments()
    with tempfile.TemporaryDirectory(prefix="botosmith-damage-") as name:
        folder = Path(name)
        if arguments.case:
            for line in show_case(arguments.case, folder):
                _write(line)
            return
        python = arguments.async_python or make_environment(
            ROOT, folder / "environment", "async,speed"
        )
        plan = Plan(
            services=arguments.services or ALL,
            replies=arguments.examples,
            streams=arguments.streams or -(-arguments.examples // 6),
            seed=arguments.seed,
        )
        pythons = {**WAITED, "awaited": str(python)}
        totals = run(plan, folder, pythons, arguments.jobs, _write)
    for line in totals.list_lines():
        _write(line)
    sys.exit(1 if totals.failures else 0)


def _write(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def show_case(name: str, folder: Path) -> Iterator[str]:
    """One case, and what a `Client` makes of it."""
    seed, service, operation, number = name.split(":")
    subject = build_subject(service, folder)
    [case] = make_cases(subject, operation, [int(number)], int(seed))
    yield f"damages: {'; '.join(case.damages)}"
    yield f"called with: {case.parameters}"
    yield f"sent: {case.raw!r}"
    for result in waited.run([case]):
        yield f"outcomes: {', '.join(result.kinds)}"
        yield from map(str, result.failures)


if __name__ == "__main__":
    main()
