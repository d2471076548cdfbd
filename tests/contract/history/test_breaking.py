"""A change is breaking exactly if programs of callers fail.

For each step of the history a program uses all of the old package. It is checked by
pyright against the new one, its values are validated by the new classes, and its
pickles are read by them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.contract.history.callers.trial import (
    Step,
    Trial,
    find_idle_breaks,
    find_untold,
    try_steps,
)
from tests.contract.history.release import Release
from tests.contract.history.version import STEPS

Trials = Mapping[tuple[str, str], Trial]

each_step = pytest.mark.parametrize("step", STEPS, ids=" to ".join)


@pytest.fixture(scope="module")
def trials(releases: Mapping[str, Release], packages: Path) -> Trials:
    """Return the outcome of all steps, whose programs are checked in one run."""
    steps = [Step(releases[old], releases[new]) for old, new in STEPS]
    return dict(zip(STEPS, try_steps(steps, packages), strict=True))


@each_step
def test_program_is_right_before(step: tuple[str, str], trials: Trials) -> None:
    """With the package that it was written for, nothing fails."""
    assert [failure.told for failure in trials[step].before] == []


@each_step
def test_every_failure_is_told(step: tuple[str, str], trials: Trials) -> None:
    """A program that fails with the new package fails for a breaking change."""
    assert find_untold(trials[step]) == []


@each_step
def test_every_break_fails(step: tuple[str, str], trials: Trials) -> None:
    """Every change that is called breaking makes something fail."""
    assert find_idle_breaks(trials[step]) == []
