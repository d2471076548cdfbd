"""A diff as plain text: for a terminal, a pipe and grep."""

from __future__ import annotations

from collections.abc import Iterator

from botosmith.generator.diff.change import Change, Diff, ServiceDiff, Severity
from botosmith.generator.diff.report.notation import Notation
from botosmith.generator.diff.report.wording import (
    describe_scope,
    describe_version,
    show_controls,
    write_count,
)
from botosmith.generator.diff.totals import Totals, count

_PLAIN = Notation(arrow=" -> ", quote=show_controls)


def write_text(diff: Diff) -> str:
    """Return a diff for a terminal, without changes of documentation."""
    return "\n".join(_write_diff(diff)) + "\n"


def _write_diff(diff: Diff) -> Iterator[str]:
    yield f"{show_controls(diff.old)} -> {show_controls(diff.new)}"
    yield ""
    yield describe_scope(diff)
    if not diff.services:
        return
    yield ""
    yield from _write_totals(count(diff.changes))
    for service in diff.services:
        yield ""
        yield from _write_service(service)


def _write_totals(totals: Totals) -> Iterator[str]:
    yield f"{'':<13}{'added':>10}{'removed':>10}{'renamed':>10}"
    for name, tally in totals.things.items():
        numbers = (tally.added, tally.removed, tally.renamed)
        yield f"{name:<13}" + "".join(f"{number:>10,}" for number in numbers)
    yield ""
    for severity, number in totals.severities.items():
        yield f"{severity:<13}{number:>10,}"


def _write_service(service: ServiceDiff) -> Iterator[str]:
    version = show_controls(describe_version(service))
    yield f"{show_controls(service.service)} ({version})"
    numbers = count(service.changes).severities
    for severity in (Severity.BREAKING, Severity.COMPATIBLE):
        if numbers[severity]:
            yield ""
            yield f"  {severity.capitalize()}: {numbers[severity]:,}"
        for change in service.changes:
            if change.severity is severity:
                yield ""
                yield from _write_change(change)
    if number := numbers[Severity.DOCUMENTATION]:
        yield ""
        yield f"  Documentation: {write_count(number, 'change')}, not listed"


def _write_change(change: Change) -> Iterator[str]:
    yield f"  - {change.kind} {change.action}: {_PLAIN.write_places(change)}"
    if values := _PLAIN.write_values(change):
        yield f"      {values}"
    yield f"      {show_controls(change.reason)}"
    if names := _PLAIN.write_names(change):
        yield f"      Python: {names}"
    if operations := _PLAIN.write_operations(change):
        yield f"      Operations: {operations}"
