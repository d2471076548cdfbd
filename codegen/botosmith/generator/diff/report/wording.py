"""Wording that all reports share: for numbers, versions, values and renamings."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, cast

from attrs import frozen

from botosmith.generator.diff.change import Change, Diff, ServiceDiff
from botosmith.generator.invisible import make_lines_visible, make_visible


@frozen
class Renaming:
    """A Python name before and after a change; None for a missing one.

    Attributes:
        old: The name before the change.
        new: The name after the change.
    """

    old: str | None
    new: str | None


def pair_names(change: Change) -> list[Renaming]:
    """Return the Python names of a change, each old one with its new one."""
    old, new = change.old_names, change.new_names
    if len(old) == len(new):
        return [Renaming(*pair) for pair in zip(old, new, strict=True)]
    # Lists of different lengths cannot be paired: names are kept, removed or added.
    return [
        *(Renaming(name, name if name in new else None) for name in old),
        *(Renaming(None, name) for name in new if name not in old),
    ]


def describe_scope(diff: Diff) -> str:
    """Return the number of services that differ, as a sentence."""
    compared = write_count(diff.compared, "service")
    if not diff.services:
        return f"Nothing differs: {compared} compared."
    differing = len(diff.services)
    verb = "differs" if differing == 1 else "differ"
    return f"{differing:,} of {compared} compared {verb}."


def describe_version(service: ServiceDiff) -> str:
    """Return the API versions that were compared, in a few words."""
    if service.old is None:
        return f"{service.new}, a new service"
    if service.new is None:
        return f"{service.old}, no longer there"
    if service.old == service.new:
        return service.new
    return f"{service.old} to {service.new}"


def write_count(number: int, noun: str) -> str:
    """Return a number with its noun: `1 change`, `1,204 changes`."""
    return f"{number:,} {noun if number == 1 else f'{noun}s'}"


def write_list(items: Sequence[str], most: int) -> str:
    """Return the first of many items, and the number of the others."""
    # `and 1 more` would be as long as the item itself.
    if len(items) <= most + 1:
        return ", ".join(items)
    return f"{', '.join(items[:most])} and {len(items) - most:,} more"


def write_value(value: Any, *, indent: int | None = None) -> str:
    """Return a value of a model as text: a string unchanged, others as JSON."""
    if isinstance(value, str):
        return value
    return json.dumps(value, indent=indent, ensure_ascii=False)


def show_controls(text: str) -> str:
    """Return a text on one line, without characters that act on a terminal or hide."""
    return make_visible(text)


def show_all(value: Any) -> Any:
    """Return JSON with invisible characters shown; line breaks are kept."""
    if isinstance(value, str):
        return make_lines_visible(value)
    if isinstance(value, Mapping):
        entries: Mapping[Any, Any] = value  # pyright: ignore[reportUnknownVariableType]
        return {show_all(key): show_all(part) for key, part in entries.items()}
    if isinstance(value, list | tuple):
        return [show_all(part) for part in cast("Sequence[Any]", value)]
    return value
