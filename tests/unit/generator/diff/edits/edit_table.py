"""Edits of what stands beside a model: paginators, waiters and endpoints."""

from __future__ import annotations

from functools import partial
from typing import Any

from tests.unit.generator.diff.edits.draft import Draft, Editor, Expected
from tests.unit.generator.diff.edits.source import TABLES, Model

from botosmith.generator.diff.change import Action, Kind

_KINDS: dict[str, Kind] = dict(
    zip(TABLES, (Kind.PAGINATOR, Kind.WAITER, Kind.ENDPOINT), strict=True)
)

_VALUES: tuple[Any, ...] = ("Next", 7, True, ["a", "b"], ["b", "a"], {"deep": {}})


def _add(table: str, draft: Draft) -> None:
    """A thing with a name of its own."""
    entries: Model = getattr(draft.source, table)
    entry: Model = {"delay": draft.pick(_VALUES)}
    name = draft.fresh(entries)
    if table == "paginators":
        name = draft.pick(one for one in draft.operations if one not in entries)
    if table == "waiters":
        entry["operation"] = draft.pick(draft.operations)
    entries[name] = entry
    draft.expect_added(_KINDS[table], f"{table}.{name}", entry)


def _remove(table: str, draft: Draft) -> None:
    """A thing goes with its name."""
    entries: Model = getattr(draft.source, table)
    name = draft.pick(entries)
    draft.expect_removed(_KINDS[table], f"{table}.{name}", entries.pop(name))


def _change(table: str, draft: Draft) -> None:
    """One entry of a thing comes, goes or changes: the thing itself is changed."""
    entries: Model = getattr(draft.source, table)
    name = draft.pick(name for name, one in entries.items() if isinstance(one, dict))
    entry: Model = entries[name]
    # Waiters are told of for the operation that they name.
    key = draft.pick(["novel", *(one for one in entry if one != "operation")])
    before = entry.pop(key, None)
    if before is None or draft.flip():
        entry[key] = draft.pick(one for one in _VALUES if repr(one) != repr(before))
    _expect_changed(draft, table, f"{name}.{key}", before, entry.get(key))


def _replace(table: str, draft: Draft) -> None:
    """A thing that is not an object, or becomes something else."""
    entries: Model = getattr(draft.source, table)
    before = entries[name := draft.pick(entries)]
    others = [one for one in _VALUES if not isinstance(one, dict)]
    entries[name] = draft.pick(one for one in others if repr(one) != repr(before))
    _expect_changed(draft, table, name, before, entries[name])


def _expect_changed(
    draft: Draft, table: str, name: str, before: Any, after: Any
) -> None:
    places = (f"{table}.{name}", f"{table}.{name}")
    change = Expected(_KINDS[table], Action.CHANGED, *places, before, after)
    draft.expected.append(change)


EDITORS: dict[str, Editor] = {
    **{
        f"{editor.__name__.strip('_')}_{kind}": partial(editor, table)
        for editor in (_add, _remove, _change)
        for table, kind in _KINDS.items()
    },
    # Paginators and waiters are always objects.
    "replace_endpoint": partial(_replace, "endpoints"),
}
