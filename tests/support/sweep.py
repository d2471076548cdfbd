"""Tests of many cases: `make test` runs a part of them, `make test-all` all.

A test function with the marker `sweep` has more cases than a quick run needs. A quick
run keeps so many that each value of each parameter is tried, and always the same ones;
the Hypothesis profile `thorough` keeps them all.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

import pytest
from attrs import frozen

#: True where every case runs.
THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"

#: The position of the value of each parameter of a test.
Case = Mapping[str, int]


@frozen
class Sweep:
    """The arguments of the marker.

    Attributes:
        every: One value in so many is tried, of the parameter `of`.
        of: The parameter; it need not be named where there is only one.
    """

    every: int = 1
    of: str | None = None

    def choose(self, cases: Sequence[Case]) -> set[int]:
        """Return the positions of the cases that a quick run keeps."""
        thinned = self.of or next(iter(cases[0]))
        values_left = sorted({case[thinned] for case in cases})[:: self.every]
        left = [at for at, case in enumerate(cases) if case[thinned] in values_left]
        kept: set[int] = set()
        tried: set[tuple[str, int]] = set()
        # Cases with the most new values come first, so that few cases try much.
        for new in range(len(cases[0]), 0, -1):
            for at in left:
                values = set(cases[at].items())
                if len(values - tried) == new:
                    kept.add(at)
                    tried |= values
        return kept


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker."""
    config.addinivalue_line(
        "markers",
        "sweep(every=1, of=None): a quick run tries one in so many of a parameter's "
        "values, and each value that is left once; see tests/support/sweep.py",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Leave out the cases that a quick run does without."""
    if THOROUGH:
        return
    left_out = _find_left_out(items)
    if left_out:
        kept = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = kept


def _find_left_out(items: Sequence[pytest.Item]) -> set[pytest.Item]:
    groups: dict[tuple[str, str], list[pytest.Function]] = {}
    for item in items:
        if isinstance(item, pytest.Function) and item.get_closest_marker("sweep"):
            key = str(item.path), item.originalname
            groups.setdefault(key, []).append(item)
    left_out: set[pytest.Item] = set()
    for group in groups.values():
        marker = group[0].get_closest_marker("sweep")
        assert marker is not None
        sweep = Sweep(*marker.args, **marker.kwargs)
        kept = sweep.choose([item.callspec.indices for item in group])
        left_out.update(item for at, item in enumerate(group) if at not in kept)
    return left_out
