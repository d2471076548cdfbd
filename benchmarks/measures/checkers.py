"""Target 15: what type checkers take on a program that uses the package."""

from __future__ import annotations

import shutil

from benchmarks.environment import OURS_CHECKED, TYPES, Environment
from benchmarks.function import PROGRAMS
from benchmarks.process import time_processes
from benchmarks.row import Row, Table
from benchmarks.suite import Suite

ENVIRONMENTS = (OURS_CHECKED, TYPES)


def measure(suite: Suite) -> Table:
    """The same program of 100 lines, with objects and with typed dictionaries."""
    # Elsewhere than here, where the checkers would find our own settings.
    folder = suite.folder / "checked"
    folder.mkdir()
    commands: dict[str, tuple[str, ...]] = {}
    for name, environment, program in (
        ("ours", OURS_CHECKED, "checked_botosmith.py"),
        ("import", OURS_CHECKED, "imported_botosmith.py"),
        ("theirs", TYPES, "checked_boto3.py"),
    ):
        shutil.copy(PROGRAMS / program, folder)
        for checker, command in _commands(environment, program).items():
            commands[f"{checker}, {name}"] = command
    seconds = time_processes(commands, suite.rounds(5), folder=folder)
    checkers = {
        "pyright": "pyright",
        "mypy": "mypy --strict, without a cache",
        "mypy again": "mypy --strict, from its cache",
    }
    peer = "types-boto3-sagemaker"
    rows: list[Row] = []
    for name, what in checkers.items():
        ours, imported, theirs = (
            seconds[f"{name}, {whose}"] for whose in ("ours", "import", "theirs")
        )
        rows += [
            Row(what, peer, ours, theirs, "s", 15, 1.0),
            Row("… of which importing the package", peer, imported, theirs, "s"),
        ]
    return suite.table(
        "checkers",
        "Type checking",
        "Whole processes on a program of 100 lines that creates, describes, lists, "
        "waits and handles errors. types-boto3-sagemaker has its types in a few "
        "modules without documentation; botosmith has a module for each operation and "
        "each shape, which is where editors find it.",
        rows,
        *ENVIRONMENTS,
    )


def _commands(environment: Environment, program: str) -> dict[str, tuple[str, ...]]:
    mypy = environment.program("mypy"), "--strict", "--cache-dir"
    pyright = environment.program("pyright"), "--pythonpath", environment.python
    return {
        "pyright": (*pyright, program),
        "mypy": (*mypy, "/dev/null", program),
        "mypy again": (*mypy, environment.name, program),
    }
