"""Fixtures that the tests over the protocol cases share."""

from __future__ import annotations

import pytest
from tests.contract.protocols import summary


def pytest_configure(config: pytest.Config) -> None:
    """Have the summary printed by a run that does not do it anyway."""
    if not config.pluginmanager.is_registered(summary):
        config.pluginmanager.register(summary, summary.__name__)
