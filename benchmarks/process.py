"""Whole processes, timed by turns."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

from benchmarks.environment import environ_of_programs

Command = Sequence[str]


def run(command: Command, folder: Path | None = None) -> str:
    """Run a command that finds `programs/`, and give what it prints.

    Raises:
        RuntimeError: It fails.
    """
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env=environ_of_programs(),
    )
    if done.returncode:
        message = f"{' '.join(command)}: {done.stdout}{done.stderr}"
        raise RuntimeError(message)
    return done.stdout


def time_processes(
    commands: Mapping[str, Command], rounds: int, *, folder: Path | None = None
) -> dict[str, float]:
    """The median of the seconds that each command takes.

    They take turns, so that what slows the machine down for a while slows all of them.
    A first round is not counted: in it, Python compiles, and the disk is read.

    Args:
        commands: The commands by names.
        rounds: How often each is run.
        folder: Where they are run; by default where this is.

    Raises:
        RuntimeError: A command fails.
    """
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(rounds + 1):
        for name, command in commands.items():
            start = time.perf_counter()
            run(command, folder)
            if turn:
                seconds[name].append(time.perf_counter() - start)
    return {name: median(times) for name, times in seconds.items()}


def read_figures(commands: Mapping[str, Command], rounds: int) -> dict[str, float]:
    """The median of the figures that each command prints, run by turns."""
    figures: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            figures[name].append(float(run(command)))
    return {name: median(found) for name, found in figures.items()}
