"""Fixtures that the tests over history share: packages, once for all workers."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.contract.history.release import Release
from tests.contract.history.version import make_releases


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of all versions' packages."""
    folder = tmp_path_factory.getbasetemp()
    # A worker's folder lies in that of the whole run.
    is_worker = "PYTEST_XDIST_WORKER" in os.environ
    return (folder.parent if is_worker else folder) / "history"


@pytest.fixture(scope="session")
def releases(packages: Path) -> Mapping[str, Release]:
    """SageMaker as each version has it, each package generated into the last."""
    return make_releases(packages)
