"""Every property of every service that botocore ships.

python -m tests.contract.services                         all of them
python -m tests.contract.services s3 ec2                  some
python -m tests.contract.services s3 --only PutObject     one operation, in detail
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from tests.contract.services.names import write_renamed
from tests.contract.services.properties.effort import Effort
from tests.contract.services.properties.properties import NAMES, PROPERTIES
from tests.contract.services.run import choose_services, run
from tests.contract.services.work import Task


def parse_arguments() -> Namespace:
    """The command line."""
    parser = ArgumentParser(
        prog="tests.contract.services", description="Test many services."
    )
    parser.add_argument("services", nargs="*", metavar="SERVICE")
    parser.add_argument(
        "--only", action="append", default=[], metavar="OPERATION", help="not all"
    )
    parser.add_argument(
        "--property", action="append", choices=PROPERTIES, help="not all of them"
    )
    parser.add_argument("--examples", type=int, default=3, help="for each operation")
    parser.add_argument(
        "--names", action="store_true", help="write renamed.txt, and do not compare"
    )
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    arguments = parser.parse_args()
    if arguments.names and arguments.services:
        parser.error("--names is for all services")
    return arguments


def main() -> None:
    """Run, tell, and exit with 1 where something is wrong."""
    arguments = parse_arguments()
    effort = Effort(examples=arguments.examples, shrinks=bool(arguments.only))
    chosen = arguments.property or PROPERTIES
    task = Task(
        service="",
        folder=Path(),
        effort=effort,
        properties=tuple(
            name for name in chosen if name != NAMES or not arguments.names
        ),
        only=tuple(arguments.only),
        lists_names=arguments.names,
    )
    services = choose_services(arguments.services)
    totals = run(services, task, arguments.jobs)
    if arguments.names:
        write_renamed(totals.renamed)
    for line in totals.list_lines():
        sys.stdout.write(f"{line}\n")
    sys.exit(0 if totals.is_good else 1)


if __name__ == "__main__":
    main()
