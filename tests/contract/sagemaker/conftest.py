"""Fixtures that the tests of the generated SageMaker package share."""

from __future__ import annotations

from pathlib import Path

import pytest

from botosmith import sagemaker

from .pinned import Pinned


@pytest.fixture(scope="session")
def pinned(models: Path) -> Pinned:
    """The pinned model of SageMaker, as its JSON has it."""
    return Pinned(models)


@pytest.fixture(scope="session")
def classes(pinned: Pinned) -> dict[str, type]:
    """The class of each structure and enum, also of a reply without a shape."""
    replies = map(pinned.response, pinned.operations)
    names = [*pinned.structures, *pinned.enums, *replies]
    return {name: getattr(sagemaker, name) for name in names}
