"""The whole diff as JSON, for programs such as `jq`; other reports are shortened.

The document's keys, and those of its parts:

old, new: The names of the compared models, such as `botocore 1.42.1`.
compared: The number of compared services, also of those that do not differ.
totals: For `operations`, `shapes`, `members` and `values` (of enums), the number of
    `added`, `removed` and `renamed` ones, also inside of added and removed shapes; and
    the number of changes that are `breaking`, `compatible` or only `documentation`.
services: The services that differ, sorted by name. Each has

    service: botocore's name of it.
    old, new: The API version of either model; null if the model is missing.
    totals: As above, of this service.
    resources: The resource that each operation of either model works on.
    changes: Its changes, in the order of the model. Each has

        kind, action, severity: `member`, `removed`, `breaking` and so on.
        reason: The rule that decides the severity, as a sentence.
        old_path, new_path: Its place in either model; null if it is not there.
        before, after: The value in either model; null if there is none.
        old_names, new_names: The Python names that callers use before and after.
        operations: The operations that reach it in either model.
        contents: The places that were added or removed with it.
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
    """Return a diff as a JSON document, losslessly."""
    # ASCII, so that no program in a pipe can change it.
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
    # asdict would copy `before` and `after`, which are JSON already.
    return {name: getattr(change, name) for name in _CHANGE}
