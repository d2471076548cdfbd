"""A diff as a changelog fragment, for the release note of an update."""

from __future__ import annotations

from collections.abc import Iterator

from botosmith.generator.diff.change import (
    Action,
    Change,
    Diff,
    Kind,
    ServiceDiff,
    Severity,
)
from botosmith.generator.diff.report.escaping import write_code, write_prose
from botosmith.generator.diff.report.wording import write_count, write_list
from botosmith.generator.diff.totals import count

#: The number of Python names that are listed for a change.
MOST = 4

#: The part of a version that a change raises (https://semver.org).
PARTS = {
    Severity.BREAKING: "major",
    Severity.COMPATIBLE: "minor",
    Severity.DOCUMENTATION: "patch",
}


def write_fragment(diff: Diff) -> str:
    """Return a changelog entry: breaking changes in full, the rest as numbers."""
    lines = [f"The API is that of {diff.new}{_write_origin(diff)}.", ""]
    for service in diff.services:
        lines += _write_service(service)
    return "\n".join(lines).rstrip("\n") + "\n"


def _write_origin(diff: Diff) -> str:
    is_first = all(service.old is None for service in diff.services)
    return "" if is_first else f"; it was that of {diff.old}"


def _write_service(service: ServiceDiff) -> Iterator[str]:
    if service.old is None:
        size = write_count(len(service.resources), "operation")
        yield f"- **{service.service}**: new, with {size}."
        return
    yield f"- **{service.service}**: {_write_totals(service)}."
    operations = [
        name
        for change in service.changes
        if change.kind is Kind.OPERATION and change.action is Action.ADDED
        for name in change.new_names[:1]
    ]
    if operations:
        yield f"  - New operations: {', '.join(map(write_code, sorted(operations)))}."
    for change in service.changes:
        if change.severity is Severity.BREAKING:
            yield f"  - **Breaking**: {_write_breaking(change)}"


def _write_totals(service: ServiceDiff) -> str:
    totals = count(service.changes)
    told = [
        f"{write_count(number, kinds.removesuffix('s'))} {action}"
        for kinds, tally in totals.things.items()
        for action in ("added", "removed", "renamed")
        if (number := getattr(tally, action))
    ]
    told += [
        f"{write_count(number, f'{severity} change')}"
        for severity, number in totals.severities.items()
        if number
    ]
    return ", ".join(told)


def _write_breaking(change: Change) -> str:
    names = [write_code(name) for name in change.old_names or change.new_names]
    subject = write_list(names, MOST) or write_code(change.path)
    what = f"{change.kind} {change.action}"
    return f"{subject} ({what}): {write_prose(change.reason)}"
