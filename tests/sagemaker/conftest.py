"""What the tests of the generated SageMaker package share."""

from __future__ import annotations

from pathlib import Path

import pytest

from .pinned import Pinned


@pytest.fixture(scope="session")
def pinned(models: Path) -> Pinned:
    """The pinned model of SageMaker, as its JSON has it."""
    return Pinned(models)
