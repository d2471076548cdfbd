"""Targets 10 and 11: whole calls."""

from __future__ import annotations

import json

from benchmarks.environment import BOTO3, OURS, OURS_SPEED
from benchmarks.function import Function, time_functions
from benchmarks.row import Row, Table
from benchmarks.suite import Suite
from botosmith.testing import StandIn, load_service

US = 1e6
WHAT = {"create": "CreateInferenceExperiment", "list": "ListTrainingJobs, 100 jobs"}

ENVIRONMENTS = (OURS, OURS_SPEED, BOTO3)


def measure(suite: Suite) -> Table:
    """Calls by clients that are there, with and without a socket."""
    jobs = json.loads((suite.replies / "ListTrainingJobs.json").read_bytes())
    with StandIn(load_service("sagemaker")) as standin:
        standin.reply_with("ListTrainingJobs", jobs)
        url = ("--url", standin.url)
        cases: dict[str, tuple[str, ...]] = {
            "call-create": (),
            "call-list": (),
            **{
                f"loopback-{kind} {threads}": (*url, "--threads", threads)
                for kind in WHAT
                for threads in ("1", "16")
            },
        }
        functions = {
            f"{name}, {case}": Function(where, program, case.split()[0], arguments)
            for case, arguments in cases.items()
            for name, where, program in (
                ("ours", OURS, "functions_botosmith"),
                ("speed", OURS_SPEED, "functions_botosmith"),
                ("boto3", BOTO3, "functions_boto3"),
            )
        }
        functions["bare"] = Function(OURS, "functions_botosmith", "loopback-bare", url)
        seconds = time_functions(functions, suite.rounds(5))

    def rows(what: str, case: str, number: int, target: float) -> list[Row]:
        theirs = seconds[f"boto3, {case}"] * US
        return [
            Row(
                what,
                "boto3",
                seconds[f"ours, {case}"] * US,
                theirs,
                "µs",
                number,
                target,
            ),
            Row(
                f"{what}, with [speed]",
                "boto3",
                seconds[f"speed, {case}"] * US,
                theirs,
                "µs",
            ),
        ]

    made = [
        *rows(f"stubbed transport: {WHAT['create']}", "call-create", 10, 0.70),
        *rows(f"stubbed transport: {WHAT['list']}", "call-list", 10, 0.20),
    ]
    for kind, what in WHAT.items():
        for threads in ("1", "16"):
            words = "a thread" if threads == "1" else "64 calls of 16 threads"
            made += rows(
                f"loopback, {words}: {what}", f"loopback-{kind} {threads}", 11, 0.70
            )
    theirs = seconds["boto3, loopback-create 1"] * US
    only = "… of which the server and urllib3, of CreateInferenceExperiment"
    made.append(Row(only, "boto3", seconds["bare"] * US, theirs, "µs"))
    return suite.table(
        "calls",
        "Whole calls",
        "Functions, timed with pyperf: parameters, signature, transport, reply. Over "
        "loopback, the stand-in's own time is in both figures.",
        made,
        *ENVIRONMENTS,
    )
