"""Targets 4 to 9: objects to JSON, and JSON to objects."""

from __future__ import annotations

from benchmarks.environment import (
    BOTO3,
    CATTRS,
    MSGSPEC,
    OURS,
    OURS_SPEED,
    PYDANTIC,
    ROOT,
    Environment,
)
from benchmarks.function import Function, time_functions
from benchmarks.row import Row, Table
from benchmarks.suite import Suite

US = 1e6
MODEL = ("--model", str(next(ROOT.glob("models/sagemaker/*/service-2.json"))))
READ = ("ListTrainingJobs", "DescribeTrainingJob", "Search")

ENVIRONMENTS = (OURS, OURS_SPEED, BOTO3, PYDANTIC, MSGSPEC, CATTRS)


def measure(suite: Suite) -> Table:
    """Work without a network: the same document by everyone who can."""
    seconds = time_functions(_functions(suite), suite.rounds(5))

    def row(
        what: str,
        ours: str,
        theirs: str,
        number: int | None = None,
        target: float | None = None,
    ) -> Row:
        peer = theirs.partition(",")[0]
        figures = seconds[ours] * US, seconds[theirs] * US
        return Row(what, peer, *figures, "µs", number, target)

    create = "CreateInferenceExperiment, every member"
    jobs = "read ListTrainingJobs, 100 jobs"
    theirs = "botocore, ListTrainingJobs"
    rows = [
        row(
            f"check and serialise {create}",
            "ours, serialise",
            "botocore, serialise",
            4,
            0.20,
        ),
        row(
            f"check and serialise {create}, with [speed]",
            "speed, serialise",
            "botocore, serialise",
        ),
        row(f"build and dump {create}", "ours, build", "pydantic, build"),
        row(
            f"build and dump {create}, with [speed]",
            "speed, build",
            "pydantic, build",
            5,
            1.0,
        ),
        row(jobs, "ours, ListTrainingJobs", theirs),
        row(f"{jobs}, with [speed]", "speed, ListTrainingJobs", theirs, 6, 0.08),
        row(jobs, "ours, load", "pydantic, load"),
        row(f"{jobs}, with [speed]", "speed, load", "pydantic, load", 7, 0.9),
        row(
            "… of which decoding, and making datetimes, with [speed]",
            "speed, decode-instants",
            "pydantic, load",
        ),
        row(f"{jobs}, with [speed]", "speed, load", "msgspec, load", 8),
        row(f"{jobs}, with [speed]", "speed, load", "cattrs, load"),
    ]
    for operation in READ[1:]:
        what, theirs = f"read {operation}, every member", f"botocore, {operation}"
        rows += [
            row(what, f"ours, {operation}", theirs),
            row(f"{what}, with [speed]", f"speed, {operation}", theirs, 9, 0.12),
            row("… of which decoding alone", f"ours, decode {operation}", theirs),
            row(
                "… of which decoding alone, with [speed]",
                f"speed, decode {operation}",
                theirs,
            ),
        ]
    return suite.table(
        "documents",
        "Objects and JSON",
        "Functions, timed with pyperf. Peers have classes of the same shapes, made of "
        "the same model. [speed] is `botosmith[speed]`, which brings msgspec; replies "
        "are then read as those of an operation that has replied with a megabyte. "
        "What is part of a figure is told to show what the rest takes.",
        rows,
        *ENVIRONMENTS,
    )


def _functions(suite: Suite) -> dict[str, Function]:
    replies = ("--replies", str(suite.replies))
    functions = {
        "ours, serialise": _ours("serialise"),
        "botocore, serialise": _botocore("serialise"),
        "speed, serialise": _ours("serialise", where=OURS_SPEED),
        "ours, build": _ours("build", *MODEL),
        "speed, build": _ours("build", *MODEL, where=OURS_SPEED),
        "pydantic, build": Function(PYDANTIC, "functions_pydantic", "build", MODEL),
    }
    for operation in READ:
        functions[f"botocore, {operation}"] = _botocore(operation, *replies)
        for name, where in (("ours", OURS), ("speed", OURS_SPEED)):
            for case in (operation, f"decode {operation}"):
                functions[f"{name}, {case}"] = _ours(case, *replies, where=where)
    functions["ours, load"] = _ours("load")
    for case in ("load", "decode-instants"):
        functions[f"speed, {case}"] = _ours(case, where=OURS_SPEED)
    peers = {"pydantic": PYDANTIC, "msgspec": MSGSPEC, "cattrs": CATTRS}
    for name, peer in peers.items():
        functions[f"{name}, load"] = Function(peer, f"functions_{name}", "load", MODEL)
    return functions


def _ours(case: str, *arguments: str, where: Environment = OURS) -> Function:
    return Function(where, "functions_botosmith", case, arguments)


def _botocore(case: str, *arguments: str) -> Function:
    return Function(BOTO3, "functions_boto3", case, arguments)
