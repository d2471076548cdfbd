"""The function that each program is told to time, with pyperf."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from typing import Any

import pyperf

#: Prepares a function, from the program's arguments.
Prepare = Callable[[Namespace], Callable[[], Any]]


def time_case(cases: Mapping[str, Prepare], *options: str) -> None:
    """Time the case that the command line names.

    Args:
        cases: What can be timed, by name.
        options: Names of options with a value that cases need.
    """
    names = ("case", *options)

    def pass_on(command: list[str], arguments: Namespace) -> None:
        for name in names:
            command.extend((f"--{name}", str(getattr(arguments, name))))

    runner = pyperf.Runner(add_cmdline_args=pass_on)
    for name in names:
        runner.argparser.add_argument(f"--{name}")
    arguments = runner.parse_args()
    runner.bench_func(arguments.case, cases[arguments.case](arguments))
