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
    replies = ("--replies", str(suite.replies))
    functions = {
        "ours, serialise": _ours("serialise"),
        "botocore, serialise": _botocore("serialise"),
        "ours, build": _ours("build", *MODEL),
        "pydantic, build": Function(PYDANTIC, "functions_pydantic", "build", MODEL),
    }
    for operation in READ:
        functions[f"ours, {operation}"] = _ours(operation, *replies)
        functions[f"speed, {operation}"] = _ours(operation, *replies, where=OURS_SPEED)
        functions[f"botocore, {operation}"] = _botocore(operation, *replies)
    functions["ours, load"] = _ours("load")
    functions["speed, load"] = _ours("load", where=OURS_SPEED)
    for name, peer in (
        ("pydantic", PYDANTIC),
        ("msgspec", MSGSPEC),
        ("cattrs", CATTRS),
    ):
        functions[f"{name}, load"] = Function(peer, f"functions_{name}", "load", MODEL)
    seconds = time_functions(functions, suite.rounds(5))

    def row(
        what: str,
        ours: str,
        theirs: str,
        number: int | None = None,
        target: float | None = None,
    ) -> Row:
        peer = theirs.partition(",")[0]
        return Row(
            what, peer, seconds[ours] * US, seconds[theirs] * US, "µs", number, target
        )

    create = "CreateInferenceExperiment, every member"
    jobs = "read ListTrainingJobs, 100 jobs"
    rows = [
        row(
            f"check and serialise {create}",
            "ours, serialise",
            "botocore, serialise",
            4,
            0.20,
        ),
        row(f"build and dump {create}", "ours, build", "pydantic, build", 5, 1.0),
        row(f"{jobs}", "ours, ListTrainingJobs", "botocore, ListTrainingJobs"),
        row(
            f"{jobs}, botosmith[speed]",
            "speed, ListTrainingJobs",
            "botocore, ListTrainingJobs",
            6,
            0.08,
        ),
        row(f"{jobs}", "ours, load", "pydantic, load"),
        row(f"{jobs}, botosmith[speed]", "speed, load", "pydantic, load", 7, 0.9),
        row(f"{jobs}, botosmith[speed]", "speed, load", "msgspec, load", 8),
        row(f"{jobs}, botosmith[speed]", "speed, load", "cattrs, load"),
    ]
    for operation in READ[1:]:
        what = f"read {operation}, every member"
        rows.append(row(what, f"ours, {operation}", f"botocore, {operation}", 9, 0.12))
        rows.append(
            row(
                f"{what}, botosmith[speed]",
                f"speed, {operation}",
                f"botocore, {operation}",
            )
        )
    return suite.table(
        "documents",
        "Objects and JSON",
        "Functions, timed with pyperf. Peers have classes of the same shapes, made of "
        "the same model.",
        rows,
        *ENVIRONMENTS,
    )


def _ours(case: str, *arguments: str, where: Environment = OURS) -> Function:
    return Function(where, "functions_botosmith", case, arguments)


def _botocore(case: str, *arguments: str) -> Function:
    return Function(BOTO3, "functions_boto3", case, arguments)
