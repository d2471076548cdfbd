"""Functions, timed with pyperf by turns."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyperf  # pyright: ignore[reportMissingTypeStubs]
from attrs import frozen

from benchmarks.environment import Environment
from benchmarks.process import run

PROGRAMS = Path(__file__).resolve().parent / "programs"


@frozen
class Function:
    """A function that a program of `programs/` can time.

    Attributes:
        environment: Where the program is run.
        program: The program's name.
        case: What the program calls the function.
        arguments: What the program is told beside.
    """

    environment: Environment
    program: str
    case: str
    arguments: tuple[str, ...] = ()


def time_functions(functions: Mapping[str, Function], rounds: int) -> dict[str, float]:
    """The median of the seconds that each function takes.

    Each round is a process of its own for each function, in turn, which pyperf starts
    and in which it takes several values; how often a value calls the function, pyperf
    finds out in the first round.
    """
    with tempfile.TemporaryDirectory(prefix="botosmith-bench-") as folder:
        files = {
            name: Path(folder, f"{place}.json") for place, name in enumerate(functions)
        }
        for _ in range(rounds):
            for name, function in functions.items():
                _measure(function, files[name])
        return {name: float(_load(file).median()) for name, file in files.items()}


def _measure(function: Function, file: Path) -> None:
    known: Sequence[str] = ()
    if file.exists():
        known = ("--loops", str(_load(file).get_loops()))
    run(
        (
            function.environment.python,
            str(PROGRAMS / f"{function.program}.py"),
            *("--case", function.case, *function.arguments),
            *("--processes", "1", "--values", "5", "--warmups", "1"),
            *("--min-time", "0.05", "--quiet", "--append", str(file), *known),
        )
    )


def _load(file: Path) -> Any:
    benchmark: Any = pyperf.Benchmark
    return benchmark.load(str(file))
