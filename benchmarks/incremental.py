"""How long `botosmith generate` takes for SageMaker, beside black alone.

Every figure is a ratio to the time that black needs for the same modules in one
process, measured in the same run, since machines differ and so does their load.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import black
from attrs import frozen
from rich.console import Console
from rich.table import Table

from botosmith.generator.build import build_service, open_models
from botosmith.generator.style import MODES

MODELS = Path(__file__).resolve().parent.parent / "models"
SERVICE = "sagemaker"
COMMAND = (sys.executable, "-m", "botosmith.generator.cli", "generate")

#: The shape that gets a member, as API updates bring them.
SHAPE = "CreateInferenceExperimentRequest"


@frozen
class Figure:
    """A row of the table.

    Attributes:
        name: What was measured.
        seconds: One time for each repetition.
        target: The ratio to stay below; none for black itself.
    """

    name: str
    seconds: list[float]
    target: float | None = None


class Workshop:
    """A folder with models of its own, a cache of its own, and room for output."""

    def __init__(self, folder: Path) -> None:
        """Copy the pinned models there."""
        self._folder = folder
        self._members = 0
        shutil.copytree(MODELS, folder / "models")

    def generate(self) -> None:
        """Run the command as a user would."""
        cache = str(self._folder / "cache")
        subprocess.run(
            (*COMMAND, SERVICE, "--out", "out"),
            cwd=self._folder,
            env={**os.environ, "BOTOSMITH_CACHE_DIR": cache},
            check=True,
            capture_output=True,
        )

    def clear(self) -> None:
        """Forget the output, and what the cache holds."""
        for name in ("out", "cache"):
            shutil.rmtree(self._folder / name, ignore_errors=True)

    def add_member(self) -> None:
        """Change the model by one member that it did not have before."""
        (file,) = self._folder.glob(f"models/{SERVICE}/*/service-2.json")
        model: Any = json.loads(file.read_bytes())
        self._members += 1
        model["shapes"][SHAPE]["members"][f"Extra{self._members}"] = {
            "shape": "String256",
            "documentation": f"<p>Member {self._members} of a benchmark.</p>",
        }
        file.write_text(json.dumps(model, indent=2), "utf-8")


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--repeat", type=int, default=5, help="of the short runs")
    parser.add_argument("--repeat-long", type=int, default=1, help="of the long ones")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="botosmith-bench-") as folder:
        figures = measure(
            Workshop(Path(folder)), arguments.repeat, arguments.repeat_long
        )
    Console().print(make_table(figures))


def measure(workshop: Workshop, repeat: int, repeat_long: int) -> list[Figure]:
    """Take all times.

    Args:
        workshop: Where to generate.
        repeat: How often the short runs are repeated.
        repeat_long: How often the long runs are repeated.
    """
    sources = build_service(open_models(MODELS), SERVICE, package="botosmith")
    modules = [
        (text, MODES[path.suffix])
        for path, text in sources.items()
        if path.suffix in MODES
    ]

    def format_all() -> None:
        for text, mode in modules:
            black.format_str(text, mode=mode)

    generate = workshop.generate
    return [
        Figure("black alone, one process", take(format_all, repeat_long)),
        Figure("cold", take(generate, repeat_long, before=workshop.clear), 0.75),
        Figure("unchanged", take(generate, repeat), 0.02),
        Figure(
            "one member changed",
            take(generate, repeat, before=workshop.add_member),
            0.08,
        ),
    ]


def take(
    work: Callable[[], None],
    repeat: int,
    *,
    before: Callable[[], None] = lambda: None,
) -> list[float]:
    """Time some work several times.

    Args:
        work: What is timed.
        repeat: How often.
        before: What is done before each time, and not timed.
    """
    seconds: list[float] = []
    for _ in range(repeat):
        before()
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return seconds


def make_table(figures: list[Figure]) -> Table:
    """The medians, and their ratios to the first one."""
    table = Table(title=f"botosmith generate {SERVICE}")
    table.add_column("run")
    for name in ("seconds", "ratio", "target"):
        table.add_column(name, justify="right")
    whole = median(figures[0].seconds)
    for figure in figures:
        seconds = median(figure.seconds)
        target = "" if figure.target is None else f"≤ {figure.target}"
        ratio = f"{seconds / whole:.3f}"
        table.add_row(figure.name, f"{seconds:.2f}", ratio, target)
    return table


if __name__ == "__main__":
    main()
