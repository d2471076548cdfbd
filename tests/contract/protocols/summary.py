"""The summary of a run over the protocol cases; a plugin of pytest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import pytest
from tests.contract.protocols.verdict import BOTOCORE, SERIALIZERS, Trial

#: The properties by which tests tell of the cases that they tried, or why they did not.
TRIED = "protocol case"
NOT_TRIED = "protocol cases"

COLUMNS = (BOTOCORE, *SERIALIZERS)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print totals; or, where everybody sees it, that there are none."""
    found = list(_properties(terminalreporter))
    trials = [Trial.from_property(value) for name, value in found if name == TRIED]
    reasons = [value for name, value in found if name == NOT_TRIED]
    if trials or reasons:
        terminalreporter.section("protocol cases")
    for reason in reasons:
        terminalreporter.write_line(reason, red=True, bold=True)
    if trials:
        verbosity = terminalreporter.config.get_verbosity()
        for line in (*make_table(trials), *list_mistakes(trials, verbosity)):
            terminalreporter.write_line(line)


def _properties(reporter: pytest.TerminalReporter) -> Iterator[tuple[str, Any]]:
    for outcome in ("passed", "failed", "skipped"):
        for report in reporter.stats.get(outcome, []):
            if isinstance(report, pytest.TestReport) and report.when == "call":
                yield from report.user_properties


def make_table(trials: list[Trial]) -> Iterator[str]:
    """Count the cases of each file that all clients pass, and that pass strictly."""
    ordered = sorted(trials, key=lambda trial: trial.group)
    yield _line("passed (strictly)", "cases", "wire code", *COLUMNS)
    for group, found in groupby(ordered, key=lambda trial: trial.group):
        yield _line(group, *_count(list(found)))
    yield _line("all", *_count(ordered))


def _count(trials: list[Trial]) -> Iterator[str]:
    yield str(len(trials))
    yield str(sum(trial.is_own for trial in trials))
    for who in COLUMNS:
        verdicts = [trial.verdicts[who] for trial in trials]
        passed = sum(verdict.mismatch is None for verdict in verdicts)
        strictly = sum(verdict.strict_mismatch is None for verdict in verdicts)
        yield f"{passed} ({strictly})"


def _line(group: str, cases: str, own: str, *counts: str) -> str:
    return f"{group:45}{cases:>6}{own:>11}" + "".join(f"{one:>11}" for one in counts)


def list_mistakes(trials: list[Trial], verbosity: int) -> Iterator[str]:
    """Return the outcomes of the cases that one of our clients fails.

    Args:
        trials: All there are.
        verbosity: 1 for the mistakes, 2 for those of strict comparisons as well, 0 for
            how to ask for them.
    """
    failed = [trial for trial in trials if _mistakes(trial, SERIALIZERS, verbosity)]
    if verbosity < 1:
        yield "-v lists the cases that a path fails, -vv those that it fails strictly"
        return
    for trial in sorted(failed, key=lambda trial: trial.case):
        yield f"{trial.case} ({'wire code' if trial.is_own else 'by botocore'})"
        theirs = _mistakes(trial, (BOTOCORE,), verbosity)
        for who in COLUMNS:
            mistakes = _mistakes(trial, (who,), verbosity)
            alike = who != BOTOCORE and mistakes == theirs
            yield f"    {who}: {'the same' if alike else mistakes or 'passed'}"


def _mistakes(trial: Trial, who: Iterable[str], verbosity: int) -> str:
    """Return what some got wrong of a case; nothing where all is right."""
    verdicts = [trial.verdicts[one] for one in who]
    found = [verdict.mismatch for verdict in verdicts]
    if verbosity > 1:
        found += [verdict.strict_mismatch for verdict in verdicts]
    return "; ".join(dict.fromkeys(filter(None, found)))
