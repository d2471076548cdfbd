"""Edits of names: of operations, members and enum values, which come, go and change."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from tests.unit.generator.diff.edits.draft import Draft, Editor
from tests.unit.generator.diff.edits.source import Model

from botosmith.generator.diff.change import Kind


def _is_structure(shape: Model) -> bool:
    return bool(shape["type"] == "structure")


def _has_members(shape: Model) -> bool:
    return bool(shape.get("members"))


def _has_values(shape: Model) -> bool:
    return bool(shape.get("enum"))


def add_operation(draft: Draft) -> None:
    """An operation on shapes that are there; they may begin to be replied by it."""
    name = draft.fresh(draft.operations)
    operation: Model = {"name": name, "errors": []}
    for end in ("input", "output"):
        if draft.flip():
            operation[end] = {"shape": draft.pick_shape(_is_structure)[0]}
    errors = [name for name, one in draft.shapes.items() if one.get("exception")]
    operation["errors"] = [{"shape": error} for error in errors[:1]]
    draft.insert(draft.operations, name, operation)
    draft.expect_added(Kind.OPERATION, f"operations.{name}", operation)


def remove_operation(draft: Draft) -> None:
    """An operation; its shapes stay, and may be replied no more."""
    name = draft.pick(draft.operations)
    gone = draft.operations.pop(name)
    draft.expect_removed(Kind.OPERATION, f"operations.{name}", gone)


def rename_operation(draft: Draft) -> None:
    """An operation, which says its name itself."""
    old = draft.pick(draft.operations)
    new = draft.fresh(draft.operations)
    draft.insert(draft.operations, new, {**draft.operations.pop(old), "name": new})
    draft.expect_renamed(Kind.OPERATION, "operations", old, new)


def add_member(draft: Draft) -> None:
    """A member of any shape, required or not."""
    name, shape = draft.pick_shape(_is_structure)
    members = shape.setdefault("members", {})
    member = draft.fresh(members)
    use = {"shape": draft.pick(draft.shapes)}
    draft.insert(members, member, use)
    if draft.flip():
        shape["required"] = [*shape.get("required", ()), member]
    draft.expect_added(Kind.MEMBER, f"shapes.{name}.members.{member}", use)


def remove_member(draft: Draft) -> None:
    """A member; that it was required is not told again."""
    name, shape = draft.pick_shape(_has_members)
    member = draft.pick(shape["members"])
    gone = shape["members"].pop(member)
    if "required" in shape:
        shape["required"] = [one for one in shape["required"] if one != member]
    draft.expect_removed(Kind.MEMBER, f"shapes.{name}.members.{member}", gone)


def rename_member(draft: Draft) -> None:
    """A member, which stays as required as it was."""
    name, shape = draft.pick_shape(_has_members)
    members = shape["members"]
    old = draft.pick(members)
    new = draft.fresh(members)
    _rename_entry(members, old, new)
    if "required" in shape:
        shape["required"] = [new if one == old else one for one in shape["required"]]
    draft.expect_renamed(Kind.MEMBER, f"shapes.{name}.members", old, new)


def reorder_members(draft: Draft) -> None:
    """The members of a structure, none of which changes."""
    name, shape = draft.pick_shape(lambda shape: len(shape.get("members", ())) > 1)
    before = list(shape["members"])
    after = draft.shuffle(before)
    shape["members"] = {member: shape["members"][member] for member in after}
    draft.expect_entry(Kind.ORDER, f"shapes.{name}.members", before, after)


def add_value(draft: Draft) -> None:
    """A value of an enum, somewhere among the others."""
    name, shape = draft.pick_shape(lambda shape: "enum" in shape)
    value = draft.fresh(shape["enum"])
    shape["enum"].insert(draft.draw(st.integers(0, len(shape["enum"]))), value)
    draft.expect_added(Kind.VALUE, f"shapes.{name}.enum.{value}", value)


def remove_value(draft: Draft) -> None:
    """A value of an enum; without any it is an enum still."""
    name, shape = draft.pick_shape(_has_values)
    value = draft.pick(shape["enum"])
    shape["enum"] = [one for one in shape["enum"] if one != value]
    draft.expect_removed(Kind.VALUE, f"shapes.{name}.enum.{value}", value)


def reorder_values(draft: Draft) -> None:
    """The values of an enum."""
    name, shape = draft.pick_shape(lambda shape: len(shape.get("enum", ())) > 1)
    before = list(shape["enum"])
    shape["enum"] = draft.shuffle(before)
    draft.expect_entry(Kind.ORDER, f"shapes.{name}.enum", before, shape["enum"])


def _rename_entry(home: dict[str, Any], old: str, new: str) -> None:
    entries = [(new if key == old else key, value) for key, value in home.items()]
    home.clear()
    home.update(entries)


EDITORS: tuple[Editor, ...] = (
    add_operation,
    remove_operation,
    rename_operation,
    add_member,
    remove_member,
    rename_member,
    reorder_members,
    add_value,
    remove_value,
    reorder_values,
)
