"""Callers fail exactly where the diff says so: for every kind of change, in small.

What the steps of history are put to, `test_breaking` has; here it is small models.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

import pytest
from tests.contract.history.callers.trial import (
    Step,
    Trial,
    find_idle_breaks,
    find_untold,
    try_steps,
)
from tests.contract.history.case import BREAKING, COMPATIBLE, make_cases
from tests.contract.history.release import Release, diff_releases, make_release
from tests.support.sweep import THOROUGH

from botosmith.generator.build.pipeline import open_models
from botosmith.generator.diff.change import Kind
from botosmith.generator.diff.service import ServiceData, diff_service
from botosmith.generator.model import mirror_model

ALL = make_cases()

#: A quick run tries one case in three.
CASES = ALL if THOROUGH else dict([*ALL.items()][::3])

#: Changes that generated Python does not show: pages, waits and addresses of calls are
#: botocore's, and a package is not there at all without its service.
UNSEEN = {Kind.SERVICE, Kind.PAGINATOR, Kind.WAITER, Kind.ENDPOINT}

Trials = Mapping[str, Trial]


def read(model: dict[str, object]) -> ServiceData:
    """Return a model of a case as the generator has it."""
    return ServiceData(mirror_model(model, "parcels", "2024-03-01"))


each_case = pytest.mark.parametrize("name", CASES)


@pytest.fixture(scope="module")
def trials(tmp_path_factory: pytest.TempPathFactory) -> Trials:
    """Return the outcome of all cases, whose programs are checked in one run."""
    folder = tmp_path_factory.mktemp("cases")
    loader = open_models(None)
    releases: dict[str, Release] = {}

    def release(model: dict[str, object], name: str, old: Release | None) -> Release:
        service = read(model)
        package = "history.parcels"
        return make_release(
            loader, service, folder / name, package=package, previous=old
        )

    steps: dict[str, Step] = {}
    for number, (name, case) in enumerate(CASES.items()):
        # Many cases begin with the same model, and so with the same package.
        old = releases.get(repr(case.old)) or release(case.old, f"old{number}", None)
        releases[repr(case.old)] = old
        steps[name] = Step(old, release(case.new, f"new{number}", old))
    return dict(zip(steps, try_steps(steps.values(), folder), strict=True))


@each_case
def test_program_is_right_before(name: str, trials: Trials) -> None:
    """With the package that it was written for, nothing fails."""
    assert [failure.told for failure in trials[name].before] == []


@each_case
def test_every_failure_is_told(name: str, trials: Trials) -> None:
    """A program that fails with the new package fails for a breaking change."""
    assert find_untold(trials[name]) == []


@each_case
def test_every_break_fails(name: str, trials: Trials) -> None:
    """Every change that is called breaking makes something fail."""
    assert find_idle_breaks(trials[name]) == []


@pytest.mark.parametrize("name", [name for name in CASES if name in BREAKING])
def test_something_fails(name: str, trials: Trials) -> None:
    """Each case in the table of breaks is a break."""
    assert trials[name].failures


@pytest.mark.parametrize("name", [name for name in CASES if name in COMPATIBLE])
def test_nothing_fails(name: str, trials: Trials) -> None:
    """Each case in the table of compatible changes changes something, compatibly."""
    step = trials[name].step

    assert diff_releases(step.old, step.new).changes
    assert not trials[name].failures


def test_cases_have_every_kind_of_change() -> None:
    """Whatever shows in generated Python is among them."""
    changes = chain.from_iterable(
        diff_service(read(case.old), read(case.new)).changes for case in ALL.values()
    )

    assert {change.kind for change in changes} == set(Kind) - UNSEEN
