"""A program that uses old packages is tried with new ones: what fails, and why.

Each failure comes with the changes that can be behind it; whether the diff calls one of
these breaking is for a test to ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from attrs import field, frozen
from tests.contract.history.callers.api import Api
from tests.contract.history.callers.cause import Cause, Causes, of_change
from tests.contract.history.callers.program import write_program
from tests.contract.history.callers.task import Asker, Task, do_tasks
from tests.contract.history.callers.typecheck import Complaint, Setting, check_types
from tests.contract.history.release import Release, diff_releases

from botosmith.generator.diff.change import Severity

#: pyright's words for a name that is not there.
_GONE = re.compile(r"is not a known attribute|is unknown|No parameter named")
_LACK = re.compile(r"Arguments? missing for parameters? (.*)")


@frozen
class Step:
    """Two releases of a package, of which the new one takes the old one's place."""

    old: Release
    new: Release


@frozen
class Failure:
    """Something that callers did and can do no more.

    Attributes:
        causes: The changes that can be behind it.
        told: What it is, for people.
    """

    causes: Causes
    told: str


@frozen
class Trial:
    """The outcome of a step.

    Attributes:
        step: The step.
        before: What failed with the old package already, which has to be nothing.
        failures: What failed with the new one.
    """

    step: Step
    before: Sequence[Failure]
    failures: Sequence[Failure]


def find_untold(trial: Trial) -> list[str]:
    """The failures of which the diff says nothing."""
    breaking = _list_breaking(trial.step)
    return [one.told for one in trial.failures if not one.causes & breaking]


def find_idle_breaks(trial: Trial) -> list[Cause]:
    """The changes that are called breaking, and that nothing failed for."""
    seen = frozenset().union(*(failure.causes for failure in trial.failures))
    return sorted(_list_breaking(trial.step) - seen)


def _list_breaking(step: Step) -> set[Cause]:
    return {
        of_change(change)
        for change in diff_releases(step.old, step.new).changes
        if change.severity is Severity.BREAKING
    }


def try_steps(steps: Iterable[Step], folder: Path) -> list[Trial]:
    """Try some steps.

    Args:
        steps: The steps.
        folder: A folder that holds all import roots, and that pickles are kept in.
    """
    attempts = [
        _Attempt(
            step,
            Asker(Api.of(step.old), Api.of(step.new), folder / f"{number}.pickles"),
        )
        for number, step in enumerate(steps)
    ]
    _check_types(attempts, folder)
    _do_tasks(attempts)
    return [one.finish() for one in attempts]


@frozen
class _Attempt:
    """A step that is being tried.

    Attributes:
        step: The step.
        asker: Makes its tasks, and explains what fails.
        before: What has failed with the old package.
        after: What has failed with the new one.
    """

    step: Step
    asker: Asker
    before: list[Failure] = field(factory=list[Failure])
    after: list[Failure] = field(factory=list[Failure])

    def finish(self) -> Trial:
        return Trial(self.step, tuple(self.before), tuple(self.after))


def _check_types(attempts: list[_Attempt], folder: Path) -> None:
    settings: dict[Setting, _Attempt] = {}
    for number, one in enumerate(attempts):
        program = write_program(one.asker.old)
        before = Setting(program, one.step.old.root, "before")
        # Several steps may begin with the same package.
        if before not in settings:
            settings[before] = one
        settings[Setting(program, one.step.new.root, f"after_{number}")] = one
    for complaint in check_types(settings, folder):
        attempt = settings[complaint.setting]
        is_before = complaint.setting.name == "before"
        failures = attempt.before if is_before else attempt.after
        failures += _explain(complaint, attempt.asker)


def _explain(complaint: Complaint, asker: Asker) -> Iterator[Failure]:
    use, told = complaint.line.use, complaint.message
    text = f"{complaint.line.text.strip()}: {told}"
    lacking = _LACK.search(told)
    if use is None:
        yield Failure(frozenset(), text)
    elif lacking and use.made:
        for name in re.findall(r'"(\w+)"', lacking[1]):
            yield Failure(asker.explain_lack(use.made, name), text)
    else:
        yield Failure(use.gone if _GONE.search(told) else use.wrong, text)


def _do_tasks(attempts: list[_Attempt]) -> None:
    # A process for each old package, and one for all that come after it.
    for old in sorted({one.step.old.root for one in attempts}):
        here = [one for one in attempts if one.step.old.root == old]
        before = [(one, task, old) for one in here for task in one.asker.before()]
        for one, failure in _do(before):
            one.before.append(failure)
        after = [
            (one, task, one.step.new.root) for one in here for task in one.asker.after()
        ]
        for one, failure in _do(after):
            one.after.append(failure)


def _do(asked: list[tuple[_Attempt, Task, Path]]) -> Iterator[tuple[_Attempt, Failure]]:
    for number, fault in do_tasks([(task, root) for _, task, root in asked]):
        attempt, task, _ = asked[number]
        told = f"{task}: {fault.what} {fault.path} {fault.text}"
        yield attempt, Failure(attempt.asker.explain(task, fault), told)
