"""Target 12: what replies take in memory."""

from __future__ import annotations

from benchmarks.environment import BOTO3, OURS, OURS_SPEED
from benchmarks.function import PROGRAMS
from benchmarks.process import read_figures
from benchmarks.row import Row, Table
from benchmarks.suite import Suite

ENVIRONMENTS = (OURS, OURS_SPEED, BOTO3)


def measure(suite: Suite) -> Table:
    """Memory that Python has allocated for replies that are kept, by tracemalloc."""
    held = read_figures(
        {
            "ours": (OURS.python, str(PROGRAMS / "memory_botosmith.py")),
            "speed": (OURS_SPEED.python, str(PROGRAMS / "memory_botosmith.py")),
            "boto3": (BOTO3.python, str(PROGRAMS / "memory_boto3.py")),
        },
        1,
    )
    what = "10,000 summaries of training jobs"
    return suite.table(
        "memory",
        "Memory of replies",
        "Memory that Python has allocated for replies that are kept, by tracemalloc.",
        [
            Row(what, "boto3", held["ours"], held["boto3"], "MiB", 12, 0.6),
            Row(
                f"{what}, with [speed]",
                "boto3",
                held["speed"],
                held["boto3"],
                "MiB",
            ),
        ],
        *ENVIRONMENTS,
    )
