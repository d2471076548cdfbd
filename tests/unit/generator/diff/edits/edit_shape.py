"""Edits of whole shapes: which there are, and of what type they are."""

from __future__ import annotations

from hypothesis import strategies as st
from tests.unit.generator.diff.edits.draft import Draft, Editor
from tests.unit.generator.diff.edits.source import Model
from tests.unit.generator.diff.edits.walk import (
    list_all_uses,
    list_ends,
    list_error_uses,
    list_shape_uses,
)

from botosmith.generator.diff.change import Kind

_SCALARS = ("string", "integer", "long", "double", "boolean", "timestamp", "blob")


def _is_plain(shape: Model) -> bool:
    return shape["type"] in _SCALARS and "enum" not in shape


def _draw_shape(draft: Draft) -> Model:
    use = {"shape": draft.pick(draft.shapes)}
    members = {"Extra": use, "Other": use}
    error = {"exception": True, "error": {"code": "Gone"}}
    return draft.pick(
        [
            {"type": "string"},
            {"type": "integer", "max": 5},
            {"type": "string", "enum": ["a", "b"]},
            {"type": "list", "member": use},
            {"type": "map", "key": use, "value": use},
            {"type": "structure", "members": members, "required": ["Extra"]},
            {"type": "structure", "members": members, "union": True},
            {"type": "structure", "members": members, **error},
            {"type": "structure", "members": {}, "document": True},
        ]
    )


def add_shape(draft: Draft) -> None:
    """A shape of any kind that nothing uses.

    A new error may begin to be what holds its parts in replies.
    """
    name = draft.fresh(draft.shapes)
    shape = _draw_shape(draft)
    draft.insert(draft.shapes, name, shape)
    draft.expect_added(Kind.SHAPE, f"shapes.{name}", shape)


def add_used_shape(draft: Draft) -> None:
    """A shape with a new member that holds it, which is another change."""
    add_shape(draft)
    name = (draft.expected[-1].new or "").removeprefix("shapes.")
    owners = [
        one
        for one in draft.shapes
        if one != name and draft.shapes[one]["type"] == "structure"
    ]
    owner = draft.pick(owners)
    members = draft.shapes[owner].setdefault("members", {})
    member, use = draft.fresh(members), {"shape": name}
    draft.insert(members, member, use)
    draft.expect_added(Kind.MEMBER, f"shapes.{owner}.members.{member}", use)


def remove_unused_shape(draft: Draft) -> None:
    """A shape that nothing uses but itself."""
    name = draft.pick(one for one in draft.shapes if not _is_used(draft, one))
    gone = draft.shapes.pop(name)
    draft.expect_removed(Kind.SHAPE, f"shapes.{name}", gone)


def remove_used_shape(draft: Draft) -> None:
    """A shape that others are made of: each of them is made of another one then."""
    ends = {use["shape"] for _, use in list_ends(draft.model)}
    ends |= {use["shape"] for _, use in list_error_uses(draft.model)}
    used = {use["shape"] for _, use in list_shape_uses(draft.model)}
    old = draft.pick(sorted(used - ends))
    new = draft.pick(
        name for name, one in draft.shapes.items() if _is_plain(one) and name != old
    )
    draft.expect_removed(Kind.SHAPE, f"shapes.{old}", draft.shapes.pop(old))
    for place, use in list_shape_uses(draft.model):
        if use["shape"] == old:
            use["shape"] = new
            draft.expect_entry(Kind.TYPE, place, old, new)


def rename_shape(draft: Draft) -> None:
    """A shape, in all places that name it; it may name itself.

    What nothing uses is known by its members or values alone: without any, it is
    another shape.
    """
    old = draft.pick(draft.shapes)
    new = draft.fresh(draft.shapes)
    is_used, shape = _is_used(draft, old), draft.shapes.pop(old)
    if is_used or shape.get("members") or shape.get("enum"):
        draft.expect_renamed(Kind.SHAPE, "shapes", old, new)
        draft.renames[old] = new
    else:
        draft.expect_removed(Kind.SHAPE, f"shapes.{old}", shape)
        draft.expect_added(Kind.SHAPE, f"shapes.{new}", shape)
    draft.insert(draft.shapes, new, shape)
    for _, use in list_all_uses(draft.model):
        if use["shape"] == old:
            use["shape"] = new


def _is_used(draft: Draft, name: str) -> bool:
    others = {one: shape for one, shape in draft.shapes.items() if one != name}
    uses = list_all_uses({**draft.model, "shapes": others})
    return any(use["shape"] == name for _, use in uses)


def retype_scalar(draft: Draft) -> None:
    """A scalar of another type; limits stay, even where they mean nothing."""
    name, shape = draft.pick_shape(_is_plain)
    before = shape["type"]
    shape["type"] = draft.pick(one for one in _SCALARS if one != before)
    draft.expect_entry(Kind.TYPE, f"shapes.{name}.type", before, shape["type"])


def retype_container(draft: Draft) -> None:
    """A list or map gets another type: what it held is not a change any more."""
    name, shape = draft.pick_shape(lambda shape: shape["type"] in {"list", "map"})
    before = shape["type"]
    after = draft.pick(one for one in ("list", "map", "string") if one != before)
    use = {"shape": draft.pick_shape(_is_plain)[0]}
    for part in ("member", "key", "value"):
        shape.pop(part, None)
    parts = {"list": ("member",), "map": ("key", "value")}.get(after, ())
    shape |= {"type": after, **{part: {**use} for part in parts}}
    draft.expect_entry(Kind.TYPE, f"shapes.{name}.type", before, after)


def retype_structure(draft: Draft) -> None:
    """A structure that is a string: its members are gone."""
    ends = {use["shape"] for _, use in list_ends(draft.model)}
    ends |= {use["shape"] for _, use in list_error_uses(draft.model)}
    name = draft.pick(
        name
        for name, shape in draft.shapes.items()
        if shape["type"] == "structure"
        and name not in ends
        and not shape.get("eventstream")
    )
    shape = draft.shapes[name]
    shape["type"] = "string"
    shape.pop("required", None)
    draft.expect_entry(Kind.TYPE, f"shapes.{name}.type", "structure", "string")
    for member, gone in shape.pop("members", {}).items():
        draft.expect_removed(Kind.MEMBER, f"shapes.{name}.members.{member}", gone)


def make_structure(draft: Draft) -> None:
    """A scalar that is a structure: its members are new."""
    name, shape = draft.pick_shape(_is_plain)
    before, use = shape["type"], {"shape": draft.pick(draft.shapes)}
    shape |= {"type": "structure", "members": {"Extra": use}, "required": ["Extra"]}
    draft.expect_entry(Kind.TYPE, f"shapes.{name}.type", before, "structure")
    draft.expect_added(Kind.MEMBER, f"shapes.{name}.members.Extra", use)


def make_enum(draft: Draft) -> None:
    """A string that lists its values now."""
    name, shape = draft.pick_shape(
        lambda shape: _is_plain(shape) and shape["type"] == "string"
    )
    values = st.lists(st.sampled_from("abc"), min_size=1, unique=True)
    shape["enum"] = draft.draw(values)
    draft.expect_entry(Kind.TYPE, f"shapes.{name}.enum", "string", "enum")
    for value in shape["enum"]:
        draft.expect_added(Kind.VALUE, f"shapes.{name}.enum.{value}", value)


def unmake_enum(draft: Draft) -> None:
    """An enum that is any string now."""
    name, shape = draft.pick_shape(lambda shape: "enum" in shape)
    draft.expect_entry(Kind.TYPE, f"shapes.{name}.enum", "enum", "string")
    for value in shape.pop("enum"):
        draft.expect_removed(Kind.VALUE, f"shapes.{name}.enum.{value}", value)


def require(draft: Draft) -> None:
    """A member that callers have to give, or find in every reply."""
    place, shape, member = _pick_member(draft, is_required=False)
    shape["required"] = [*shape.get("required", ()), member]
    draft.expect_entry(Kind.REQUIRED, place, None, after=True)


def unrequire(draft: Draft) -> None:
    """A member that may be left out."""
    place, shape, member = _pick_member(draft, is_required=True)
    shape["required"] = [one for one in shape["required"] if one != member]
    draft.expect_entry(Kind.REQUIRED, place, before=True, after=None)


def _pick_member(draft: Draft, *, is_required: bool) -> tuple[str, Model, str]:
    name, member = draft.pick(
        (name, member)
        for name, shape in draft.shapes.items()
        for member in shape.get("members", ())
        if (member in shape.get("required", ())) == is_required
    )
    return f"shapes.{name}.required.{member}", draft.shapes[name], member


EDITORS: tuple[Editor, ...] = (
    add_shape,
    add_used_shape,
    remove_unused_shape,
    remove_used_shape,
    rename_shape,
    retype_scalar,
    retype_container,
    retype_structure,
    make_structure,
    make_enum,
    unmake_enum,
    require,
    unrequire,
)
