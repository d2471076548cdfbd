"""Parts that all tests share: a world without AWS, and Hypothesis' effort."""

from __future__ import annotations

import gc
import os
import tempfile
from collections import Counter
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from tests.support.repository import MODELS, ROOT

# The process that sums up loads no other conftest where workers run the tests.
pytest_plugins = ["tests.contract.protocols.summary", "tests.support.sweep"]

# Nothing of whoever runs the tests may reach them, and nothing of them an account.
for variable in [name for name in os.environ if name.startswith("AWS_")]:
    del os.environ[variable]
os.environ["AWS_EC2_METADATA_DISABLED"] = "true"
os.environ["AWS_CONFIG_FILE"] = os.devnull
os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.devnull

# Nor may what they generated before; and each test begins with an empty cache.
_caches = tempfile.TemporaryDirectory(prefix="botosmith-cache-")
_numbers = count(1)
os.environ["BOTOSMITH_CACHE_DIR"] = _caches.name

# At Python's own thresholds, a process that has imported thousands of classes spends a
# sixth of its time on the search for garbage; see `old_objects` as well.
gc.set_threshold(20_000, 20, 20)

# Two test workers and whatever else a machine does make time a bad judge.
_patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
# Quick runs draw the same each time: what one passes, the next passes.
settings.register_profile("quick", _patient, max_examples=50, derandomize=True)
settings.register_profile("thorough", _patient, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

#: Files that take 60 to 10 seconds of a core. They begin first, in this order, so that
#: no worker is left waiting for one in the end.
LONGEST = (
    "test_lint.py",
    "test_environment.py",
    "test_generated.py",
    "test_values.py",
    "test_package.py",
    "test_hostile.py",
    "test_protocols.py",
    "test_breaking.py",
    "test_validation_mode.py",
    "test_stable.py",
    "test_cache.py",
    "test_wheel.py",
    "test_cache_safety.py",
    "test_edit.py",
    "test_family.py",
    "test_cli.py",
    "test_inline_protocol.py",
    "test_prose_model.py",
    "test_crt.py",
    "test_ec2.py",
    "test_case.py",
    "test_keep.py",
    "test_quicksight.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order the files by how long they take."""
    order = {name: position for position, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path.name, len(order)))


@pytest.fixture(scope="module", autouse=True)
def old_objects() -> None:
    """Have the collector pass over what is there before the tests of a module.

    A worker keeps the packages that tests have imported. A search of all of them takes
    seconds, and deep documents and explicit collections begin many.
    """
    gc.freeze()


@pytest.fixture(autouse=True)
def empty_cache(monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache that nobody used, for the test and the processes that it starts."""
    folder = Path(_caches.name, str(next(_numbers)))
    monkeypatch.setenv("BOTOSMITH_CACHE_DIR", str(folder))
    return folder


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell what the properties of whole services were tried with."""
    counts: Counter[str] = Counter()
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            counts.update(dict(report.user_properties).get("counts", {}))
    if counts:
        told = ", ".join(f"{count:,} {name}" for name, count in counts.items())
        terminalreporter.section("properties of services")
        terminalreporter.line(told)


def pytest_unconfigure() -> None:
    """Remove the caches."""
    _caches.cleanup()


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def models() -> Path:
    """The pinned models."""
    return MODELS
