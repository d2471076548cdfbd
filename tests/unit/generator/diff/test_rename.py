"""A thing with another name that is otherwise the same is renamed, told once."""

from __future__ import annotations

from typing import Any

from tests.unit.generator.diff.edits.source import diff, make_source

from botosmith.generator.diff.change import Action, Kind

#: A kind, an action, and the places that a change is told of.
Told = tuple[Kind, Action, str | None, str | None]

TEXT: dict[str, Any] = {"type": "string"}
NUMBER: dict[str, Any] = {"type": "integer"}


def structure(**members: str) -> dict[str, Any]:
    """A structure, by the shapes of its members."""
    uses = {name: {"shape": shape} for name, shape in members.items()}
    return {"type": "structure", "members": uses}


def listed(shape: str) -> dict[str, Any]:
    """A list of a shape."""
    return {"type": "list", "member": {"shape": shape}}


def tell(
    old: dict[str, Any],
    new: dict[str, Any],
    operations: tuple[dict[str, Any], dict[str, Any]] = ({}, {}),
) -> set[Told]:
    """Return what a diff of shapes, and of operations if there are any, says."""
    changes = diff(
        make_source(old, operations[0]),
        make_source(new, operations[1]),
    )
    told = [(one.kind, one.action, one.old_path, one.new_path) for one in changes]
    assert len(told) == len(set(told))
    return set(told)


def renamed(kind: Kind, old: str, new: str) -> Told:
    """A rename."""
    return (kind, Action.RENAMED, old, new)


def removed(kind: Kind, old: str) -> Told:
    """A removal."""
    return (kind, Action.REMOVED, old, None)


def added(kind: Kind, new: str) -> Told:
    """An addition."""
    return (kind, Action.ADDED, None, new)


def changed(kind: Kind, old: str, new: str | None = None) -> Told:
    """A change in place."""
    return (kind, Action.CHANGED, old, new or old)


def test_operation_is_renamed_with_its_request_and_reply() -> None:
    """Three names are others, and nothing else is told."""
    old = {"GetIn": structure(Id="Id"), "GetOut": structure(Id="Id"), "Id": TEXT}
    new = {"ReadIn": structure(Id="Id"), "ReadOut": structure(Id="Id"), "Id": TEXT}
    get = {"Get": {"input": {"shape": "GetIn"}, "output": {"shape": "GetOut"}}}
    read = {"Read": {"input": {"shape": "ReadIn"}, "output": {"shape": "ReadOut"}}}

    assert tell(old, new, (get, read)) == {
        renamed(Kind.OPERATION, "operations.Get", "operations.Read"),
        renamed(Kind.SHAPE, "shapes.GetIn", "shapes.ReadIn"),
        renamed(Kind.SHAPE, "shapes.GetOut", "shapes.ReadOut"),
    }


def test_operation_on_other_shapes_is_another_one() -> None:
    """A request that has not the same members makes another operation."""
    old = {"GetIn": structure(Id="Id"), "Id": TEXT}
    new = {"ReadIn": structure(Id="Id", Name="Id"), "Id": TEXT}
    get, read = {"Get": {"input": {"shape": "GetIn"}}}, {
        "Read": {"input": {"shape": "ReadIn"}}
    }

    assert tell(old, new, (get, read)) == {
        removed(Kind.OPERATION, "operations.Get"),
        added(Kind.OPERATION, "operations.Read"),
        removed(Kind.SHAPE, "shapes.GetIn"),
        added(Kind.SHAPE, "shapes.ReadIn"),
    }


def test_documentation_of_a_renamed_thing_is_told_beside() -> None:
    """Words do not make another shape."""
    old = {"Old": {**structure(Id="Id"), "documentation": "a"}, "Id": TEXT}
    new = {"New": {**structure(Id="Id"), "documentation": "b"}, "Id": TEXT}

    assert tell(old, new) == {
        renamed(Kind.SHAPE, "shapes.Old", "shapes.New"),
        changed(
            Kind.DOCUMENTATION, "shapes.Old.documentation", "shapes.New.documentation"
        ),
    }


def test_chain_of_shapes_is_renamed() -> None:
    """Each is known by where it stands in the one before, scalars at the end too."""
    old = {"Root": structure(A="A"), "A": listed("B"), "B": structure(C="C"), "C": TEXT}
    new = {"Root": structure(A="P"), "P": listed("Q"), "Q": structure(C="R"), "R": TEXT}

    assert tell(old, new) == {
        renamed(Kind.SHAPE, "shapes.A", "shapes.P"),
        renamed(Kind.SHAPE, "shapes.B", "shapes.Q"),
        renamed(Kind.SHAPE, "shapes.C", "shapes.R"),
    }


def test_chain_with_a_changed_end_is_another_chain() -> None:
    """The holder of another type is not equal, and so on up to a kept name."""
    old = {"Root": structure(A="A"), "A": listed("B"), "B": TEXT}
    new = {"Root": structure(A="P"), "P": listed("Q"), "Q": NUMBER}

    assert tell(old, new) == {
        changed(Kind.TYPE, "shapes.Root.members.A"),
        removed(Kind.SHAPE, "shapes.A"),
        removed(Kind.SHAPE, "shapes.B"),
        added(Kind.SHAPE, "shapes.P"),
        added(Kind.SHAPE, "shapes.Q"),
    }


def test_shapes_that_hold_each_other_are_renamed() -> None:
    """Recursion comes to an end, and both are renamed, whether or not used."""
    old = {"A": structure(B="Bs", A="A"), "Bs": listed("B"), "B": structure(A="A")}
    new = {"P": structure(B="Qs", A="P"), "Qs": listed("Q"), "Q": structure(A="P")}

    assert tell(old, new) == {
        renamed(Kind.SHAPE, "shapes.A", "shapes.P"),
        renamed(Kind.SHAPE, "shapes.Bs", "shapes.Qs"),
        renamed(Kind.SHAPE, "shapes.B", "shapes.Q"),
    }


def test_swapped_names_are_no_rename() -> None:
    """Both names are there before and after: what they stand for has changed."""
    old = {"A": TEXT, "B": NUMBER, "Root": structure(A="A", B="B")}
    new = {"A": NUMBER, "B": TEXT, "Root": structure(A="B", B="A")}

    assert tell(old, new) == {
        changed(Kind.TYPE, "shapes.A.type"),
        changed(Kind.TYPE, "shapes.B.type"),
        changed(Kind.TYPE, "shapes.Root.members.A"),
        changed(Kind.TYPE, "shapes.Root.members.B"),
    }


def test_two_candidates_are_no_rename() -> None:
    """An old shape with two equal successors is not told as renamed."""
    old = {"Old": structure(Id="Id"), "Id": TEXT}
    new = {"New": structure(Id="Id"), "Newer": structure(Id="Id"), "Id": TEXT}

    assert tell(old, new) == {
        removed(Kind.SHAPE, "shapes.Old"),
        added(Kind.SHAPE, "shapes.New"),
        added(Kind.SHAPE, "shapes.Newer"),
    }


def test_candidates_are_told_apart_by_where_they_stand() -> None:
    """The equal shape in the old one's place is the old one."""
    old = {"Old": structure(Id="Id"), "Id": TEXT, "Root": structure(A="Old")}
    new = {
        "New": structure(Id="Id"),
        "Newer": structure(Id="Id"),
        "Id": TEXT,
        "Root": structure(A="New"),
    }

    assert tell(old, new) == {
        renamed(Kind.SHAPE, "shapes.Old", "shapes.New"),
        added(Kind.SHAPE, "shapes.Newer"),
    }


def test_shape_that_is_parted_in_two_is_no_rename() -> None:
    """One shape stood in two places, where now there are two."""
    old = {"Old": TEXT, "Root": structure(A="Old", B="Old")}
    new = {"New": TEXT, "Newer": TEXT, "Root": structure(A="New", B="Newer")}

    assert tell(old, new) == {
        removed(Kind.SHAPE, "shapes.Old"),
        added(Kind.SHAPE, "shapes.New"),
        added(Kind.SHAPE, "shapes.Newer"),
        changed(Kind.TYPE, "shapes.Root.members.A"),
        changed(Kind.TYPE, "shapes.Root.members.B"),
    }


def test_list_is_renamed_while_what_it_holds_is_parted_in_two() -> None:
    """The list goes by its new name where its type is judged (MediaConnect's did)."""
    old = {"In": structure(Ids="Texts", Name="Text"), "Texts": listed("Text")}
    new = {"In": structure(Ids="Words", Name="Arn"), "Words": listed("Word")}
    get = {"Get": {"input": {"shape": "In"}}}

    assert tell(
        {**old, "Text": TEXT}, {**new, "Arn": TEXT, "Word": TEXT}, (get, get)
    ) == {
        renamed(Kind.SHAPE, "shapes.Texts", "shapes.Words"),
        changed(Kind.TYPE, "shapes.Texts.member", "shapes.Words.member"),
        changed(Kind.TYPE, "shapes.In.members.Name"),
        removed(Kind.SHAPE, "shapes.Text"),
        added(Kind.SHAPE, "shapes.Arn"),
        added(Kind.SHAPE, "shapes.Word"),
    }


def test_shapes_that_become_one_are_no_rename() -> None:
    """Two shapes stood where now there is one, used or not."""
    old = {"A": TEXT, "B": TEXT, "Root": structure(A="A", B="B")}
    new = {"New": TEXT, "Root": structure(A="New", B="New")}
    unused = {"C": structure(Id="Root"), "D": structure(Id="Root")}

    assert tell({**old, **unused}, {**new, "Newer": unused["C"]}) == {
        removed(Kind.SHAPE, "shapes.A"),
        removed(Kind.SHAPE, "shapes.B"),
        removed(Kind.SHAPE, "shapes.C"),
        removed(Kind.SHAPE, "shapes.D"),
        added(Kind.SHAPE, "shapes.New"),
        added(Kind.SHAPE, "shapes.Newer"),
        changed(Kind.TYPE, "shapes.Root.members.A"),
        changed(Kind.TYPE, "shapes.Root.members.B"),
    }


def test_shape_that_is_renamed_and_replied_anew() -> None:
    """That replies have begun to hold it is told of both its names."""
    old = {"Old": structure(A="Ids"), "Ids": listed("Id"), "Id": TEXT}
    new = {"New": structure(A="Ids"), "Ids": listed("Id"), "Id": TEXT}
    put = {"Put": {"input": {"shape": "Old"}}}
    get = {"Put": {"input": {"shape": "New"}}, "Get": {"output": {"shape": "New"}}}

    assert tell(old, new, (put, get)) == {
        added(Kind.OPERATION, "operations.Get"),
        renamed(Kind.SHAPE, "shapes.Old", "shapes.New"),
        changed(Kind.DIRECTION, "shapes.Old", "shapes.New"),
    }


def test_two_operations_with_the_same_parts_are_no_rename() -> None:
    """Operations without a request are all alike."""
    old: dict[str, Any] = {"Ping": {}}
    new: dict[str, Any] = {"Pong": {}, "Pang": {}}

    assert tell({}, {}, (old, new)) == {
        removed(Kind.OPERATION, "operations.Ping"),
        added(Kind.OPERATION, "operations.Pong"),
        added(Kind.OPERATION, "operations.Pang"),
    }


def test_scalar_is_renamed_where_it_is_used() -> None:
    """A string is like any other, but it stands where the old one stood."""
    old = {"Old": TEXT, "Root": structure(A="Old", B="Old")}
    new = {"New": TEXT, "Root": structure(A="New", B="New")}

    assert tell(old, new) == {renamed(Kind.SHAPE, "shapes.Old", "shapes.New")}


def test_scalar_that_changes_is_another_one() -> None:
    """With another name and another limit, nothing tells that it is the same."""
    old = {"Old": TEXT, "Root": structure(A="Old")}
    new = {"New": {"type": "string", "max": 5}, "Root": structure(A="New")}

    assert tell(old, new) == {
        removed(Kind.SHAPE, "shapes.Old"),
        added(Kind.SHAPE, "shapes.New"),
        changed(Kind.TYPE, "shapes.Root.members.A"),
    }


def test_unused_shape_is_renamed_if_it_has_members_or_values() -> None:
    """A string that nothing uses is like any other."""
    old = {
        "A": structure(Id="Id"),
        "B": {**TEXT, "enum": ["on"]},
        "C": TEXT,
        "Id": TEXT,
    }
    new = {
        "P": structure(Id="Id"),
        "Q": {**TEXT, "enum": ["on"]},
        "R": TEXT,
        "Id": TEXT,
    }

    assert tell(old, new) == {
        renamed(Kind.SHAPE, "shapes.A", "shapes.P"),
        renamed(Kind.SHAPE, "shapes.B", "shapes.Q"),
        removed(Kind.SHAPE, "shapes.C"),
        added(Kind.SHAPE, "shapes.R"),
    }


def test_error_is_renamed_once_whoever_raises_it() -> None:
    """The lists of errors have not changed by that, nor by their order."""
    old = {"Lost": {**structure(), "exception": True}}
    new = {"Gone": {**structure(), "exception": True}}
    before = {name: {"errors": [{"shape": "Lost"}]} for name in ("Get", "Put")}
    after = {name: {"errors": [{"shape": "Gone"}]} for name in ("Get", "Put")}

    assert tell(old, new, (before, after)) == {
        renamed(Kind.SHAPE, "shapes.Lost", "shapes.Gone")
    }


def test_member_is_renamed() -> None:
    """A member of the same shape, in the same structure, with nothing else new."""
    old = {"Root": {**structure(A="Id", B="Id"), "required": ["A"]}, "Id": TEXT}
    new = {"Root": {**structure(C="Id", B="Id"), "required": ["C"]}, "Id": TEXT}

    assert tell(old, new) == {
        renamed(Kind.MEMBER, "shapes.Root.members.A", "shapes.Root.members.C")
    }


def test_member_is_renamed_while_its_shape_is() -> None:
    """Both are told, and the type of the member has not changed; scalars neither."""
    for shape in (TEXT, structure(B="Other")):
        old = {"Root": structure(A="Old"), "Old": shape, "Other": TEXT}
        new = {"Root": structure(B="New"), "New": shape, "Other": TEXT}

        assert tell(old, new) == {
            renamed(Kind.MEMBER, "shapes.Root.members.A", "shapes.Root.members.B"),
            renamed(Kind.SHAPE, "shapes.Old", "shapes.New"),
        }


def test_member_is_renamed_in_a_shape_that_is() -> None:
    """A shape with other members is another one, where it does not keep its name."""
    old = {"Root": structure(A="Old"), "Old": structure(A="Id"), "Id": TEXT}
    new = {"Root": structure(A="New"), "New": structure(B="Id"), "Id": TEXT}

    assert tell(old, new) == {
        removed(Kind.SHAPE, "shapes.Old"),
        added(Kind.SHAPE, "shapes.New"),
        changed(Kind.TYPE, "shapes.Root.members.A"),
    }


def test_member_of_another_type_is_another_member() -> None:
    """One is removed, and one is added."""
    old = {"Root": structure(A="Id"), "Id": TEXT, "Count": NUMBER}
    new = {"Root": structure(B="Count"), "Id": TEXT, "Count": NUMBER}

    assert tell(old, new) == {
        removed(Kind.MEMBER, "shapes.Root.members.A"),
        added(Kind.MEMBER, "shapes.Root.members.B"),
    }


def test_member_that_is_required_is_another_member() -> None:
    """A member is not the same if callers have to give it."""
    old = {"Root": structure(A="Id"), "Id": TEXT}
    new = {"Root": {**structure(B="Id"), "required": ["B"]}, "Id": TEXT}

    assert tell(old, new) == {
        removed(Kind.MEMBER, "shapes.Root.members.A"),
        added(Kind.MEMBER, "shapes.Root.members.B"),
    }


def test_members_that_are_alike_are_no_rename() -> None:
    """An old member with two equal successors is not told as renamed."""
    old = {"Root": structure(A="Id"), "Id": TEXT}
    new = {"Root": structure(B="Id", C="Id"), "Id": TEXT}

    assert tell(old, new) == {
        removed(Kind.MEMBER, "shapes.Root.members.A"),
        added(Kind.MEMBER, "shapes.Root.members.B"),
        added(Kind.MEMBER, "shapes.Root.members.C"),
    }


def test_traits_may_call_something_a_shape() -> None:
    """A trait may name something that is not among the shapes."""
    old = {"Old": {**structure(Id="Id"), "hint": {"shape": "Nowhere"}}, "Id": TEXT}
    new = {"New": {**structure(Id="Id"), "hint": {"shape": "Elsewhere"}}, "Id": TEXT}

    assert tell(old, new) == {
        removed(Kind.SHAPE, "shapes.Old"),
        added(Kind.SHAPE, "shapes.New"),
    }
