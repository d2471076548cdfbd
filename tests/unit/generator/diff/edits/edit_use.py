"""Edits of the places that name a shape: they come, go, and name another."""

from __future__ import annotations

from functools import partial

from hypothesis import strategies as st
from tests.unit.generator.diff.edits.draft import Draft, Editor, NotApplicable
from tests.unit.generator.diff.edits.source import Model
from tests.unit.generator.diff.edits.trait import WORDS
from tests.unit.generator.diff.edits.walk import holds_itself

from botosmith.generator.diff.change import Kind


def retarget_member(draft: Draft) -> None:
    """A member of another shape; that one may begin to be replied, or sent."""
    name, shape = draft.pick_shape(lambda shape: shape.get("members"))
    member = draft.pick(shape["members"])
    _retarget(draft, f"shapes.{name}.members.{member}", shape["members"][member])


def retarget_part(part: str, draft: Draft) -> None:
    """The items of a list, or the keys or values of a map."""
    name, shape = draft.pick_shape(lambda shape: part in shape)
    _retarget(draft, f"shapes.{name}.{part}", shape[part])
    if holds_itself(draft.model, name):
        raise NotApplicable


def retarget_end(end: str, draft: Draft) -> None:
    """The request or reply of an operation."""
    name = draft.pick(name for name, one in draft.operations.items() if end in one)
    _retarget(draft, f"operations.{name}.{end}", draft.operations[name][end])


def _retarget(draft: Draft, place: str, use: Model) -> None:
    before = use["shape"]
    structures_only = place.startswith("operations.")
    use["shape"] = draft.pick(
        name
        for name, shape in draft.shapes.items()
        if name != before and (shape["type"] == "structure" or not structures_only)
    )
    draft.expect_entry(Kind.TYPE, place, before, use["shape"])


def add_end(end: str, draft: Draft) -> None:
    """A request or reply of an operation that had none."""
    name = draft.pick(name for name, one in draft.operations.items() if end not in one)
    shape, _ = draft.pick_shape(lambda shape: shape["type"] == "structure")
    draft.operations[name][end] = {"shape": shape}
    draft.expect_entry(Kind.TYPE, f"operations.{name}.{end}", None, shape)


def remove_end(end: str, draft: Draft) -> None:
    """A request or reply: whatever was said of it goes as well."""
    name = draft.pick(name for name, one in draft.operations.items() if end in one)
    place, gone = f"operations.{name}.{end}", draft.operations[name].pop(end)
    draft.expect_entry(Kind.TYPE, place, gone.pop("shape"), None)
    for key, value in gone.items():
        kind = Kind.DOCUMENTATION if key in WORDS else Kind.TRAIT
        draft.expect_entry(kind, f"{place}.{key}", value, None)


def add_error(draft: Draft) -> None:
    """An error that an operation may raise, somewhere among others."""
    name, errors = _pick_errors(draft, least=0)
    use = {"shape": _pick_other_error(draft, errors)}
    errors.insert(draft.draw(st.integers(0, len(errors))), use)
    draft.expect_added(Kind.ERROR, f"operations.{name}.errors.{use['shape']}", use)


def remove_error(draft: Draft) -> None:
    """An error that an operation raises no more; its shape stays."""
    name, errors = _pick_errors(draft, least=1)
    gone = errors.pop(draft.draw(st.integers(0, len(errors) - 1)))
    draft.expect_removed(Kind.ERROR, f"operations.{name}.errors.{gone['shape']}", gone)


def retarget_error(draft: Draft) -> None:
    """Another error where one was: errors have no names but those of their shapes."""
    name, errors = _pick_errors(draft, least=1)
    new = {"shape": _pick_other_error(draft, errors)}
    at = draft.draw(st.integers(0, len(errors) - 1))
    gone, errors[at] = errors[at], new
    home = f"operations.{name}.errors"
    draft.expect_removed(Kind.ERROR, f"{home}.{gone['shape']}", gone)
    draft.expect_added(Kind.ERROR, f"{home}.{new['shape']}", new)


def reorder_errors(draft: Draft) -> None:
    """The errors of an operation."""
    name, errors = _pick_errors(draft, least=2)
    before = [use["shape"] for use in errors]
    errors[:] = draft.shuffle(errors)
    after = [use["shape"] for use in errors]
    draft.expect_entry(Kind.ORDER, f"operations.{name}.errors", before, after)


def _pick_errors(draft: Draft, *, least: int) -> tuple[str, list[Model]]:
    name = draft.pick(
        name
        for name, one in draft.operations.items()
        if len(one.get("errors", ())) >= least
    )
    return name, draft.operations[name].setdefault("errors", [])


def _pick_other_error(draft: Draft, errors: list[Model]) -> str:
    there = {use["shape"] for use in errors}
    return draft.pick(
        name
        for name, one in draft.shapes.items()
        if one.get("exception") and one["type"] == "structure" and name not in there
    )


EDITORS: dict[str, Editor] = {
    "retarget_member": retarget_member,
    "retarget_item": partial(retarget_part, "member"),
    "retarget_key": partial(retarget_part, "key"),
    "retarget_value": partial(retarget_part, "value"),
    **{
        f"{editor.__name__.removesuffix('end')}{end}": partial(editor, end)
        for editor in (retarget_end, add_end, remove_end)
        for end in ("input", "output")
    },
    "add_error": add_error,
    "remove_error": remove_error,
    "retarget_error": retarget_error,
    "reorder_errors": reorder_errors,
}
