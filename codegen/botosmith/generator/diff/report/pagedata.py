"""The changes in the form of the page's script: short, as there may be thousands."""

from __future__ import annotations

from typing import Any

from botosmith.generator.diff.change import Change, Diff, ServiceDiff, Severity
from botosmith.generator.diff.report.resource import find_keys
from botosmith.generator.diff.report.wording import pair_names, show_all, write_value

Json = dict[str, Any]


def list_changes(diff: Diff) -> Json:
    """Return the changes of a diff, the worst first.

    Hundreds of changes reach the same operations, so each list of operations is written
    once, and a change holds the list's index: `reaches[change["reach"]]`.
    """
    reaches: dict[tuple[tuple[str, ...], ...], int] = {}
    changes: list[Json] = []
    for service in diff.services:
        for change in service.changes:
            reach = (change.operations, find_keys(service, change))
            number = reaches.setdefault(reach, len(reaches))
            changes.append(_list_change(service, change, reach=number))
    order = {severity: rank for rank, severity in enumerate(Severity)}
    data: Json = {
        "services": [service.service for service in diff.services],
        "reaches": [
            {"operations": operations, "resources": keys}
            for operations, keys in reaches
        ],
        "changes": sorted(changes, key=lambda change: order[change["severity"]]),
    }
    shown: Json = show_all(data)
    return shown


def _list_change(service: ServiceDiff, change: Change, *, reach: int) -> Json:
    return {
        "service": service.service,
        "kind": change.kind,
        "action": change.action,
        "severity": change.severity,
        "old": change.old_path,
        "new": change.new_path,
        "before": _show_value(change.before),
        "after": _show_value(change.after),
        "reason": change.reason,
        "names": [[one.old, one.new] for one in pair_names(change)],
        "contents": change.contents,
        "reach": reach,
    }


def _show_value(value: Any) -> str | None:
    # As text, because JavaScript rounds the large integers that models have as limits.
    return None if value is None else write_value(value, indent=2)
