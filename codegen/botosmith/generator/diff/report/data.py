"""The whole diff as JSON, for programs; `jq` finds in it whatever a report leaves out.

The document's keys, and those of its parts:

old, new: What was compared, such as `botocore 1.42.1`.
compared: How many services were compared, those that do not differ too.
totals: For `operations`, `shapes`, `members` and `values` (of enums), how many were
    `added`, `removed` and `renamed`, those inside of added and removed shapes too; and
    how many changes are `breaking`, `compatible` or mere `documentation`.
services: The services that differ, sorted by name. Each has

    service: botocore's name of it.
    old, new: The API version of either model; null where there is no model.
    totals: As above, of this service.
    resources: The resource that each operation of either model works on.
    changes: Its changes, in the order of the model. Each has

        kind, action, severity: `member`, `removed`, `breaking` and so on.
        reason: The rule that decides the severity, as a sentence.
        old_path, new_path: Where it is in either model; null where it is not.
        before, after: What either model says there; null where it says nothing.
        old_names, new_names: The Python names that callers use before and after.
        operations: The operations that reach it in either model.
        contents: The places that came or went with it.
"""

from __future__ import annotations

import json
from typing import Any

from attrs import asdict

from botosmith.generator.diff.change import Change, Diff, ServiceDiff
from botosmith.generator.diff.totals import count

_CHANGE = (
    "kind",
    "action",
    "severity",
    "reason",
    "old_path",
    "new_path",
    "before",
    "after",
    "old_names",
    "new_names",
    "operations",
    "contents",
)


def write_json(diff: Diff) -> str:
    """A diff as a JSON document, losslessly."""
    # In ASCII, whatever it is piped through leaves it as it is.
    return json.dumps(_dump_diff(diff), indent=2) + "\n"


def _dump_diff(diff: Diff) -> dict[str, Any]:
    return {
        "old": diff.old,
        "new": diff.new,
        "compared": diff.compared,
        "totals": asdict(count(diff.changes)),
        "services": [_dump_service(service) for service in diff.services],
    }


def _dump_service(service: ServiceDiff) -> dict[str, Any]:
    return {
        "service": service.service,
        "old": service.old,
        "new": service.new,
        "totals": asdict(count(service.changes)),
        "resources": dict(sorted(service.resources.items())),
        "changes": [_dump_change(change) for change in service.changes],
    }


def _dump_change(change: Change) -> dict[str, Any]:
    # asdict would go through `before` and `after`, which are JSON already.
    return {name: getattr(change, name) for name in _CHANGE}
