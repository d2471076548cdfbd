"""Edits of what is said of things: traits, documentation and limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from tests.unit.generator.diff.edits.draft import Draft, Editor
from tests.unit.generator.diff.edits.source import Model
from tests.unit.generator.diff.edits.trait import (
    LIMITS,
    LINKED,
    REMAKING,
    TRAITS,
    WORDS,
    Values,
)
from tests.unit.generator.diff.edits.walk import list_ends, list_error_uses

from botosmith.generator.diff.change import Kind

Homes = Iterator[tuple[str, Model]]


def _list_operations(model: Model) -> Homes:
    for name, operation in model["operations"].items():
        yield f"operations.{name}", operation


def _list_shapes(model: Model) -> Homes:
    for name, shape in model["shapes"].items():
        yield f"shapes.{name}", shape


def _list_structures(model: Model) -> Homes:
    for place, shape in _list_shapes(model):
        if shape["type"] == "structure":
            yield place, shape


def _list_members(model: Model) -> Homes:
    for name, shape in model["shapes"].items():
        for member, use in shape.get("members", {}).items():
            yield f"shapes.{name}.members.{member}", use


def _list_parts(part: str, model: Model) -> Homes:
    for name, shape in model["shapes"].items():
        if part in shape:
            yield f"shapes.{name}.{part}", shape[part]


HOMES: dict[str, Callable[[Model], Homes]] = {
    "service": lambda model: iter([("", model)]),
    "metadata": lambda model: iter([("metadata", model["metadata"])]),
    "operation": _list_operations,
    "end": list_ends,
    "error use": list_error_uses,
    "shape": _list_shapes,
    "structure": _list_structures,
    "member": _list_members,
    "item": partial(_list_parts, "member"),
    "key": partial(_list_parts, "key"),
    "value": partial(_list_parts, "value"),
}

#: The statements that each sort of place can have.
_SAID: tuple[tuple[str, Kind, dict[str, Values]], ...] = (
    *((sort, Kind.TRAIT, values) for sort, values in TRAITS.items()),
    ("structure", Kind.TRAIT, REMAKING),
    *(
        (
            sort,
            Kind.DOCUMENTATION,
            LINKED if sort in {"service", "operation"} else WORDS,
        )
        for sort in HOMES
        if sort not in {"metadata", "structure"}
    ),
    ("shape", Kind.MINIMUM, {"min": LIMITS["min"]}),
    ("shape", Kind.MAXIMUM, {"max": LIMITS["max"]}),
    ("shape", Kind.PATTERN, {"pattern": LIMITS["pattern"]}),
)


def _add(sort: str, kind: Kind, known: dict[str, Values], draft: Draft) -> None:
    """Something is said of which nothing was said before."""
    place, home, key = draft.pick(
        (place, home, key)
        for place, home in HOMES[sort](draft.model)
        for key in known
        if key not in home
    )
    home[key] = draft.pick(known[key])
    draft.expect_entry(kind, _join(place, key), None, home[key])


def _remove(sort: str, kind: Kind, known: dict[str, Values], draft: Draft) -> None:
    """Nothing is said of it any more."""
    place, home, key = _pick_said(sort, known, draft)
    draft.expect_entry(kind, _join(place, key), home.pop(key), None)


def _change(sort: str, kind: Kind, known: dict[str, Values], draft: Draft) -> None:
    """Something else is said of it."""
    place, home, key = _pick_said(sort, known, draft)
    before = home[key]
    others = [one for one in known[key] if repr(one) != repr(before)]
    home[key] = draft.pick(others)
    draft.expect_entry(kind, _join(place, key), before, home[key])


def _pick_said(
    sort: str, known: dict[str, Values], draft: Draft
) -> tuple[str, Model, str]:
    return draft.pick(
        (place, home, key)
        for place, home in HOMES[sort](draft.model)
        for key in known
        if key in home
    )


def _join(place: str, key: str) -> str:
    return f"{place}.{key}" if place else key


EDITORS: dict[str, Editor] = {
    f"{editor.__name__.strip('_')}_{kind}_of_{sort}_{next(iter(known))}": partial(
        editor, sort, kind, known
    )
    for editor in (_add, _remove, _change)
    for sort, kind, known in _SAID
}
