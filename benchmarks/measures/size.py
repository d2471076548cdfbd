"""Target 16: what is installed."""

from __future__ import annotations

import json

from benchmarks.environment import OURS, SAGEMAKER_CORE, Environment
from benchmarks.process import run
from benchmarks.row import Row, Table
from benchmarks.suite import Suite

#: Follows what a distribution requires, and adds up the files that pip has recorded.
_SIZES = """
import json, re, sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

files, waiting, seen = [], [sys.argv[1]], {"botocore"}
while waiting:
    name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
    if name in seen:
        continue
    seen.add(name)
    try:
        found = distribution(name)
    except PackageNotFoundError:  # required on other machines
        continue
    required = [one for one in found.requires or () if "extra ==" not in one]
    waiting += [re.match(r"[\\w.-]+", one)[0] for one in required]
    files += [Path(one.locate()) for one in found.files or ()]
sizes = {one: one.stat().st_size for one in files if one.is_file()}
print(json.dumps([
    sum(sizes.values()),
    sum(size for one, size in sizes.items() if one.suffix != ".pyc"),
]))
"""
MB = 1e6

ENVIRONMENTS = (OURS, SAGEMAKER_CORE)


def measure(suite: Suite) -> Table:
    """The files of a distribution and of what it requires, botocore's left out."""
    ours, theirs = _sizes(OURS, "botosmith"), _sizes(SAGEMAKER_CORE, "sagemaker-core")
    peer = "sagemaker-core"
    what = "botosmith and attrs, with SageMaker"
    return suite.table(
        "size",
        "Installed size",
        "The files of the distribution and of what it requires, without botocore, "
        "which both need; pip compiles what it installs, uv does not.",
        [
            Row(f"{what}, as pip leaves it", peer, ours[0], theirs[0], "MB", 16, 0.05),
            Row(f"{what}, without bytecode", peer, ours[1], theirs[1], "MB"),
        ],
        *ENVIRONMENTS,
    )


def _sizes(environment: Environment, name: str) -> tuple[float, float]:
    compiled, bare = json.loads(run((environment.python, "-c", _SIZES, name)))
    return compiled / MB, bare / MB
