"""Targets 1 to 3: what a process pays before its first request."""

from __future__ import annotations

from benchmarks.environment import BOTO3, OURS, SAGEMAKER_CORE, Environment
from benchmarks.function import PROGRAMS
from benchmarks.process import read_figures, time_processes
from benchmarks.row import Row, Table
from benchmarks.suite import Suite

MS = 1000

ENVIRONMENTS = (OURS, BOTO3, SAGEMAKER_CORE)


def measure(suite: Suite) -> Table:
    """Scripts that make one request and are done, as whole processes."""
    ours, boto3 = (_command(OURS, "botosmith"), _command(BOTO3, "boto3"))
    seconds = time_processes(
        {
            "bare": (OURS.python, "-c", "pass"),
            "ours": ours,
            "boto3": boto3,
            "core": _command(SAGEMAKER_CORE, "sagemaker_core"),
        },
        suite.rounds(15),
    )
    peaks = read_figures(
        {"ours": (*ours, "--peak"), "boto3": (*boto3, "--peak")}, suite.rounds(5)
    )
    request = "process start to first signed SageMaker request"
    return suite.table(
        "start",
        "Starting",
        "Whole processes; the network is stubbed where requests are sent. Python by "
        f"itself takes {seconds['bare'] * MS:.0f} ms.",
        [
            Row(
                request,
                "boto3",
                seconds["ours"] * MS,
                seconds["boto3"] * MS,
                "ms",
                1,
                0.45,
            ),
            Row(
                request,
                "sagemaker-core, import of its resources alone",
                seconds["ours"] * MS,
                seconds["core"] * MS,
                "ms",
                2,
                0.10,
            ),
            Row(
                "the same, peak memory",
                "boto3",
                peaks["ours"],
                peaks["boto3"],
                "MiB",
                3,
                0.65,
            ),
        ],
        *ENVIRONMENTS,
    )


def _command(environment: Environment, peer: str) -> tuple[str, ...]:
    return environment.python, str(PROGRAMS / f"start_{peer}.py")
