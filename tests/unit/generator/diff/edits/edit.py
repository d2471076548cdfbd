"""Draws a service and an edit of it, of every sort that a diff tells apart."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen
from hypothesis import reject
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from tests.unit.generator.diff.edits import (
    edit_entry,
    edit_name,
    edit_shape,
    edit_table,
    edit_use,
)
from tests.unit.generator.diff.edits.draft import Draft, Editor, Expected, NotApplicable
from tests.unit.generator.diff.edits.sound import sources
from tests.unit.generator.diff.edits.source import Model, Source
from tests.unit.generator.diff.edits.walk import find_replied, find_sent

from botosmith.generator.diff.change import Action, Kind

#: By what they do: the edits of every sort.
EDITORS: dict[str, Editor] = {
    **{editor.__name__: editor for editor in edit_name.EDITORS},
    **{editor.__name__: editor for editor in edit_shape.EDITORS},
    **edit_use.EDITORS,
    **edit_entry.EDITORS,
    **edit_table.EDITORS,
}

#: Edits that are drawn more often than others, since they change the places of those.
_RENAMING = ("rename_shape", "rename_member", "rename_operation", "reorder_errors")

#: The statements about a shape, by whether it is sent and whether it is replied.
_WAYS = {
    (False, False): "idle",
    (False, True): "replied",
    (True, False): "sent",
    (True, True): "sent and replied",
}


@frozen
class Edit:
    """A service before and after something was done to it.

    Attributes:
        old: The service before.
        new: The service after.
        expected: What a diff has to say of it, and nothing else.
    """

    old: Source
    new: Source
    expected: tuple[Expected, ...]


@st.composite
def edits(draw: DrawFn, name: str) -> Edit:
    """One edit of a sort, with what it comes to.

    Whatever an edit does, shapes may begin or cease to be replied by it; that is worked
    out from both models, and expected as well.
    """
    old = draw(sources())
    draft = Draft(draw, old.copy())
    try:
        EDITORS[name](draft)
    except NotApplicable:
        reject()
    turns = find_turns(old.model, draft.model, draft.renames)
    return Edit(old, draft.source, (*draft.expected, *turns))


@st.composite
def several_edits(
    draw: DrawFn, services: SearchStrategy[Source] | None = None
) -> tuple[Source, Source]:
    """A service, and what several edits, one upon the other, make of it."""
    old = draw(sources() if services is None else services)
    draft = Draft(draw, old.copy())
    names = st.one_of(st.sampled_from(sorted(EDITORS)), st.sampled_from(_RENAMING))
    for name in draw(st.lists(names, min_size=2, max_size=8)):
        before = draft.source.copy()
        try:
            EDITORS[name](draft)
        except NotApplicable:
            draft.source = before
    return old, draft.source


def find_turns(old: Model, new: Model, renames: dict[str, str]) -> Iterator[Expected]:
    """The shapes with lists or maps that replies have begun or ceased to hold."""
    was_sent, is_sent = find_sent(old), find_sent(new)
    was_replied, is_replied = find_replied(old), find_replied(new)
    shapes: list[str] = [*old["shapes"]]
    for name in shapes:
        other = renames.get(name, name)
        turns = (name in was_replied) != (other in is_replied)
        if turns and _share_container(name, other, old, new):
            yield Expected(
                Kind.DIRECTION,
                Action.CHANGED,
                f"shapes.{name}",
                f"shapes.{other}",
                _WAYS[name in was_sent, name in was_replied],
                _WAYS[other in is_sent, other in is_replied],
            )


def _share_container(name: str, other: str, old: Model, new: Model) -> bool:
    return bool(_list_containers(name, old) & _list_containers(other, new))


def _list_containers(name: str, model: Model) -> set[str]:
    return {
        member
        for member, use in model["shapes"].get(name, {}).get("members", {}).items()
        if model["shapes"][use["shape"]]["type"] in {"list", "map"}
    }
