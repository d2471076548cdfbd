"""Targets 1 to 3: what a process pays before its first request."""

from __future__ import annotations

from benchmarks.environment import BOTO3, OURS, SAGEMAKER_CORE, Environment
from benchmarks.function import PROGRAMS
from benchmarks.process import read_figures, time_processes
from benchmarks.row import Row, Table
from benchmarks.suite import Suite

ENVIRONMENTS = (OURS, BOTO3, SAGEMAKER_CORE)

MS = 1000

#: Signing, requests and connections, without sessions, clients and their hooks.
TRANSPORT = "import botocore.auth, botocore.awsrequest, botocore.httpsession"


def measure(suite: Suite) -> Table:
    """Scripts that make one request and are done, as whole processes."""
    ours, boto3 = _command(OURS, "botosmith"), _command(BOTO3, "boto3")
    seconds = time_processes(
        {
            "bare": (OURS.python, "-c", "pass"),
            "botocore": (OURS.python, "-c", "import botocore.session"),
            "transport": (OURS.python, "-c", TRANSPORT),
            "ours": ours,
            "boto3": boto3,
            "core": _command(SAGEMAKER_CORE, "sagemaker_core"),
        },
        suite.rounds(15),
    )
    peaks = read_figures(
        {"ours": (*ours, "--peak"), "boto3": (*boto3, "--peak")}, suite.rounds(5)
    )

    def row(
        what: str, ours: str, number: int | None = None, target: float | None = None
    ) -> Row:
        figures = seconds[ours] * MS, seconds["boto3"] * MS
        return Row(what, "boto3", *figures, "ms", number, target)

    request = "process start to first signed SageMaker request"
    core = "sagemaker-core, import of its resources alone"
    figures = seconds["ours"] * MS, seconds["core"] * MS
    memory = peaks["ours"], peaks["boto3"]
    return suite.table(
        "start",
        "Starting",
        "Whole processes; the network is stubbed where requests are sent. Python by "
        f"itself takes {seconds['bare'] * MS:.0f} ms. What is part of a figure is told "
        "where it shows why a target is missed.",
        [
            row(request, "ours", 1, 0.45),
            row("… of which importing botocore.session", "botocore"),
            row("… what a transport of our own would import of botocore", "transport"),
            Row(request, core, *figures, "ms", 2, 0.10),
            Row("the same, peak memory", "boto3", *memory, "MiB", 3, 0.65),
        ],
        *ENVIRONMENTS,
    )


def _command(environment: Environment, peer: str) -> tuple[str, ...]:
    return environment.python, str(PROGRAMS / f"start_{peer}.py")
