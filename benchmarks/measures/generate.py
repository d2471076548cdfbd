"""Targets 13 and 14: what generating takes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

import black

from benchmarks.environment import ROOT, Environment
from benchmarks.function import PROGRAMS
from benchmarks.process import run
from benchmarks.row import Row, Table
from benchmarks.suite import Suite
from botosmith.generator.build.formatting import MODES
from botosmith.generator.build.pipeline import build_service, open_models

# It measures what is installed where the suite runs.
ENVIRONMENTS: tuple[Environment, ...] = ()
MODELS = ROOT / "models"
SERVICE = "sagemaker"
COMMAND = (sys.executable, "-m", "botosmith.generator.cli", "generate")

#: The shape that gets a member, as API updates bring them.
SHAPE = "CreateInferenceExperimentRequest"

#: Services by their size, the smallest first.
GROWING = ("sqs", "s3", "sagemaker", "ec2")


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


def measure(suite: Suite) -> Table:
    """The command as a whole process, beside black alone; and services by size."""
    workshop = Workshop(suite.folder)
    sources = build_service(open_models(MODELS), SERVICE, package="botosmith")
    modules = [
        (text, MODES[path.suffix])
        for path, text in sources.items()
        if path.suffix in MODES
    ]

    def format_all() -> None:
        for text, mode in modules:
            black.format_str(text, mode=mode)

    theirs: list[float] = []
    ours: dict[str, list[float]] = {
        "cold": [],
        "one member changed": [],
        "unchanged": [],
    }
    befores: Mapping[str, Callable[[], None]] = {
        "cold": workshop.clear,
        "one member changed": workshop.add_member,
        "unchanged": lambda: None,
    }
    for _ in range(suite.rounds(3)):
        theirs.append(_time(format_all))
        for name, before in befores.items():
            before()
            ours[name].append(_time(workshop.generate))
    targets = {"cold": 0.75, "one member changed": 0.08, "unchanged": 0.02}
    peer = "black alone on the same output, one process"
    rows = [
        Row(
            f"generate {SERVICE}, {name}",
            peer,
            median(taken),
            median(theirs),
            "s",
            13,
            targets[name],
        )
        for name, taken in ours.items()
    ]
    return Table(
        "generate",
        "Generating",
        "Whole processes with a cache of their own, except by size: there, one process "
        "for each service plans, renders and lays out, without a cache. Structures "
        "have more members and more documentation in some services than in others: sqs "
        "has the smallest of these four.",
        {name: version(name) for name in ("black", "botocore")},
        (*rows, *_by_size()),
    )


def _by_size() -> list[Row]:
    """The time for one structure and for a thousand lines, as services grow."""
    taken = {service: _generate_alone(service) for service in GROWING}
    smallest, *others = GROWING
    rows: list[Row] = []
    for service in others:
        (structure, lines), (least, fewest) = taken[service], taken[smallest]
        one, many = (
            f"generate {service}, {what}" for what in ("one structure", "1,000 lines")
        )
        # The target is for the largest of them.
        target = (14, 1.3) if service == others[-1] else (None, None)
        rows += [
            Row(one, smallest, structure, least, "ms", *target),
            Row(many, smallest, lines, fewest, "ms"),
        ]
    return rows


def _generate_alone(service: str) -> tuple[float, float]:
    program = str(PROGRAMS / "generate_service.py")
    structure, lines = json.loads(run((sys.executable, program, service)))
    return structure, lines


def _time(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
