"""A diff in GitHub's Markdown: for the body of a pull request, and for a changelog."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from html import escape

from attrs import frozen

from botosmith.generator.diff.change import Change, Diff, ServiceDiff, Severity
from botosmith.generator.diff.report.escaping import write_code, write_prose
from botosmith.generator.diff.report.notation import Notation
from botosmith.generator.diff.report.wording import (
    describe_scope,
    describe_version,
    show_controls,
    write_count,
)
from botosmith.generator.diff.totals import Totals, count

#: GitHub takes at most 65,536 characters as a body; some are left for other text.
LIMIT = 64_000

_MARKDOWN = Notation(arrow=" → ", quote=write_code)

_LISTED = (Severity.BREAKING, Severity.COMPATIBLE)


@frozen
class _Section:
    """A service's changes of one severity, as text."""

    service: ServiceDiff
    severity: Severity
    items: list[str]


def write_markdown(diff: Diff, *, limit: int = LIMIT) -> str:
    """Return a diff for GitHub.

    Args:
        diff: The diff.
        limit: The most characters to write. Compatible changes are left out first,
            then breaking ones, and their number is given; the summary is always kept.
    """
    sections = [
        _Section(service, severity, [_write_change(change) for change in changes])
        for service in diff.services
        for severity in _LISTED
        if (changes := [one for one in service.changes if one.severity is severity])
    ]
    # Sections are kept in this order while they fit, so breaking changes come first.
    by_worth = sorted(sections, key=lambda section: _LISTED.index(section.severity))
    total = sum(len(section.items) for section in sections)

    def write(kept: int) -> str:
        return "\n".join(_write_diff(diff, sections, _share(by_worth, kept)))

    def is_too_long(kept: int) -> bool:
        return len(write(kept)) > limit

    if not is_too_long(total):
        return write(total)
    too_many = bisect_left(range(total), 1, key=is_too_long)
    return write(max(too_many - 1, 0))


def _share(sections: Sequence[_Section], kept: int) -> dict[int, int]:
    shares: dict[int, int] = {}
    for section in sections:
        shares[id(section)] = min(len(section.items), kept)
        kept -= shares[id(section)]
    return shares


def _write_diff(
    diff: Diff, sections: Sequence[_Section], shares: dict[int, int]
) -> Iterator[str]:
    yield f"## {write_code(diff.old)} → {write_code(diff.new)}"
    yield ""
    yield describe_scope(diff)
    yield ""
    if not diff.services:
        return
    yield from _write_totals(count(diff.changes))
    yield from _write_services(diff)
    for section in sections:
        if shares[id(section)]:
            yield from _write_section(section, shares[id(section)])
    unseen = [section for section in sections if not shares[id(section)]]
    if unseen:
        number = write_count(sum(len(one.items) for one in unseen), "more change")
        services = len({section.service.service for section in unseen})
        yield f"… and {number} in {write_count(services, 'service')}."
        yield ""


def _write_totals(totals: Totals) -> Iterator[str]:
    yield "| | added | removed | renamed |"
    yield "|---|--:|--:|--:|"
    for name, tally in totals.things.items():
        yield f"| {name} | {tally.added:,} | {tally.removed:,} | {tally.renamed:,} |"
    yield ""


def _write_services(diff: Diff) -> Iterator[str]:
    yield "| service | breaking | compatible | documentation, not listed |"
    yield "|---|--:|--:|--:|"
    for service in diff.services:
        one = count(service.changes)
        # In a table's code spans, GitHub takes some pipes for the ends of cells.
        name = write_prose(f"{service.service} ({describe_version(service)})")
        yield (
            f"| {name} "
            f"| {one.breaking:,} | {one.compatible:,} | {one.documentation:,} |"
        )
    yield ""


def _write_section(section: _Section, kept: int) -> Iterator[str]:
    name = write_code(section.service.service)
    number = write_count(len(section.items), f"{section.severity} change")
    folded = section.severity is not Severity.BREAKING
    if folded:
        # GitHub does not read Markdown on the line of a summary.
        title = escape(show_controls(section.service.service))
        yield f"<details>\n<summary><code>{title}</code>: {number}</summary>"
    else:
        yield f"### {name}: {number}"
    yield ""
    yield from section.items[:kept]
    if left_out := len(section.items) - kept:
        yield f"- … and {left_out:,} more"
    yield ""
    if folded:
        yield "</details>\n"


def _write_change(change: Change) -> str:
    title = f"- **{change.kind} {change.action}** {_MARKDOWN.write_places(change)}"
    values = _MARKDOWN.write_values(change)
    lines = [f"{title}: {values}" if values else title]
    lines.append(f"  {write_prose(change.reason)}")
    if names := _MARKDOWN.write_names(change):
        lines.append(f"  Python: {names}")
    if operations := _MARKDOWN.write_operations(change):
        lines.append(f"  Operations: {operations}")
    # Two spaces at its end break a line; GitHub needs them in files of a repository.
    return "  \n".join(lines)
