"""DynamoDB, for which smithy-python has a client: starts, as whole processes."""

from __future__ import annotations

from benchmarks.environment import ROOT, RUNTIME, Environment, find_newer_python
from benchmarks.function import PROGRAMS
from benchmarks.process import time_processes
from benchmarks.row import Row, Table
from benchmarks.service import write_service
from benchmarks.suite import Suite
from botosmith.testing import StandIn, load_service

MS = 1000


NEWER = find_newer_python()
OURS = Environment("botosmith-newer", (str(ROOT), RUNTIME), NEWER or "")
BOTO3 = Environment("boto3-newer", ("boto3",), NEWER or "")
SMITHY = Environment("aws-sdk-dynamodb", ("aws-sdk-dynamodb",), NEWER or "")
ENVIRONMENTS = (OURS, BOTO3, SMITHY) if NEWER else ()


def measure(suite: Suite) -> Table | None:
    """The first reply of a process; None where no Python is new enough for the peer."""
    if not NEWER:
        return None
    write_service("dynamodb", suite.folder)
    with StandIn(load_service("dynamodb")) as standin:
        seconds = time_processes(
            {
                "ours": (*_command(OURS, "botosmith"), standin.url, str(suite.folder)),
                "boto3": (*_command(BOTO3, "boto3"), standin.url),
                "smithy": (*_command(SMITHY, "smithy"), standin.url),
            },
            suite.rounds(15),
        )
    what = "process start to first reply of ListTables"
    return suite.table(
        "dynamodb",
        "Starting, with DynamoDB",
        f"Whole processes with {OURS.python_version()}, over loopback.",
        [
            Row(what, "boto3", seconds["ours"] * MS, seconds["boto3"] * MS, "ms"),
            Row(
                what,
                "aws-sdk-dynamodb",
                seconds["ours"] * MS,
                seconds["smithy"] * MS,
                "ms",
            ),
        ],
        *ENVIRONMENTS,
    )


def _command(environment: Environment, peer: str) -> tuple[str, ...]:
    return environment.python, str(PROGRAMS / f"dynamodb_{peer}.py")
