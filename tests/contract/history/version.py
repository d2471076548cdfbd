"""The botocore versions of the history, with SageMaker as each of them has it."""

from __future__ import annotations

import fcntl
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest
from attrs import frozen
from tests.contract.history.release import Release, make_release
from tests.support.figures import BOTOCORE
from tests.support.repository import MODELS
from tests.support.sweep import THOROUGH

from botosmith.generator.build.pipeline import open_models
from botosmith.generator.cache import DIRECTORY
from botosmith.generator.diff.source import open_side
from botosmith.generator.update.fetch import fetch_botocore

PACKAGE = "history.sagemaker"


@frozen
class Figures:
    """The contents of a model, as people counted them."""

    operations: int
    shapes: int
    values: int


FIGURES = {
    "1.34.0": Figures(317, 2214, 1445),
    "1.40.0": Figures(362, 2595, 2285),
    "1.42.1": Figures(379, 2762, 2416),
    "1.43.60": Figures(403, 3025, 2714),
    "1.44.5": Figures(425, 3200, 2983),
}

#: A quick run takes the whole history in one step.
VERSIONS = tuple(FIGURES) if THOROUGH else (next(iter(FIGURES)), BOTOCORE)
STEPS = tuple(pairwise(VERSIONS))

#: The steps, and all of them as one.
SPANS = tuple(dict.fromkeys((*STEPS, (VERSIONS[0], VERSIONS[-1]))))


def find_models(version: str, cache: Path) -> Path:
    """The folder of a version's models, fetched where it is not the pinned one."""
    if version == BOTOCORE:
        return MODELS
    with pytest.MonkeyPatch.context() as patch, alone(cache):
        patch.setenv(DIRECTORY, str(cache))
        return fetch_botocore(version) / "botocore" / "data"


def make_releases(folder: Path) -> Mapping[str, Release]:
    """Generate each version's package into the one of the version before."""
    releases: dict[str, Release] = {}
    previous: Release | None = None
    for version in VERSIONS:
        models = find_models(version, folder / "cache")
        root = folder / f"v{version}"
        with alone(root):
            service = open_side(str(models)).read("sagemaker")
            previous = releases[version] = make_release(
                open_models(models), service, root, package=PACKAGE, previous=previous
            )
    return releases


@contextmanager
def alone(folder: Path) -> Generator[None]:
    """Keep other test workers from a folder: what one makes, the others use."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
