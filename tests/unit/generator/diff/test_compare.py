"""Cases that drawn edits have brought to light, at their smallest."""

from __future__ import annotations

from typing import Any

from attrs import evolve
from tests.unit.generator.diff.edits.draft import Expected, tell
from tests.unit.generator.diff.edits.source import Source, diff, make_source

from botosmith.generator.diff.change import Action, Change, Kind, apply_to_names
from botosmith.generator.diff.totals import count


def check_mirrored(old: Source, new: Source) -> tuple[Change, ...]:
    """The diff, which has to mirror that of the other direction."""
    changes = diff(old, new)
    mirrored = (Expected.of(change).mirrored() for change in diff(new, old))

    assert tell(map(Expected.of, changes)) == tell(mirrored)
    return changes


def make_errors(*names: str) -> dict[str, Any]:
    """Errors that differ from each other."""
    error = {"type": "structure", "members": {}, "exception": True}
    return {name: {**error, "error": {"code": name[0]}} for name in names}


def make_users(*lists: tuple[str, ...]) -> dict[str, Any]:
    """Operations, by the errors that they raise."""
    return {
        f"Op{number}": {"errors": [{"shape": name} for name in names]}
        for number, names in enumerate(lists)
    }


def test_one_is_not_true_however_deep() -> None:
    """Python takes 1 for True, and JSON does not."""
    for before, after in ((1, True), ({"a": [1]}, {"a": [True]}), ([0], [False])):
        old = make_source({"Text": {"type": "string", "custom": before}})
        new = make_source({"Text": {"type": "string", "custom": after}})

        (change,) = check_mirrored(old, new)

        assert (change.kind, change.new_path) == (Kind.TRAIT, "shapes.Text.custom")


def test_error_that_is_renamed_and_raised_no_more_has_its_old_place() -> None:
    """Its old place has its old name."""
    old = make_source(make_errors("Lost"), make_users(("Lost",), ("Lost",)))
    new = make_source(make_errors("Lose"), make_users((), ("Lose",)))

    changes = check_mirrored(old, new)

    assert [(one.kind, one.old_path, one.new_path) for one in changes] == [
        (Kind.ERROR, "operations.Op0.errors.Lost", None),
        (Kind.SHAPE, "shapes.Lost", "shapes.Lose"),
    ]


def test_order_is_told_in_the_names_of_each_model() -> None:
    """Each model's word on the order is told as the model says it."""
    old = make_source(
        make_errors("Lost", "Busy"), make_users(("Lost", "Busy"), ("Lost",))
    )
    new = make_source(
        make_errors("Lose", "Busy"), make_users(("Busy", "Lose"), ("Lose",))
    )

    order = check_mirrored(old, new)[0]

    assert order.kind is Kind.ORDER
    assert (order.before, order.after) == (["Lost", "Busy"], ["Busy", "Lose"])


def test_words_on_a_renamed_error_have_a_place_in_each_model() -> None:
    """The place of a use has the name that its own model gives the shape."""
    old = make_source(make_errors("Lost"), make_users(("Lost",)))
    new = make_source(make_errors("Lose"), make_users(("Lose",)))
    new.model["operations"]["Op0"]["errors"][0]["documentation"] = "<p>Words.</p>"

    words = check_mirrored(old, new)[0]

    assert words.old_path == "operations.Op0.errors.Lost.documentation"
    assert words.new_path == "operations.Op0.errors.Lose.documentation"


def test_waiter_is_told_for_the_operation_that_it_asks() -> None:
    """A waiter, or a trait of the service, may be called as an operation is."""
    old = make_source({}, {"Get": {}, "Put": {}, "uid": {}})
    waiter = {"operation": "Get", "delay": 5}
    new = evolve(old.copy(), waiters={"Put": waiter})
    new.model["metadata"] = {**old.model["metadata"], "uid": "another"}

    assert [(one.new_path, one.operations) for one in check_mirrored(old, new)] == [
        ("metadata.uid", ()),
        ("waiters.Put", ("Get",)),
    ]


def test_values_of_a_shape_that_is_called_members_are_values() -> None:
    """Things that came or went with a shape are counted by their place in it."""
    old = make_source({})
    new = make_source({"members": {"type": "string", "enum": ["a", "b.members.c"]}})

    totals = count(check_mirrored(old, new))

    assert (totals.members.added, totals.values.added) == (0, 2)


def test_names_that_begin_with_a_renamed_one_stay() -> None:
    """A dot in a name does not put it inside of another thing."""
    rename = (Kind.SHAPE, Action.RENAMED, "shapes.ml", "shapes.Ml")
    old = make_source(
        {"ml": {"type": "string", "enum": ["a"]}, "ml.m5": {"type": "string"}}
    )
    new = make_source(
        {"Ml": {"type": "string", "enum": ["a"]}, "ml.m5": {"type": "string"}}
    )

    changes = check_mirrored(old, new)

    assert [(one.kind, one.action, one.old_path, one.new_path) for one in changes] == [
        rename
    ]
    assert apply_to_names(old.names(), changes) == new.names()


def test_operation_that_calls_itself_otherwise_is_told() -> None:
    """It says its name itself, and may say another one than the model has for it."""
    old, new = (make_source({}, {"Get": {"name": name}}) for name in ("Get", "get"))

    (change,) = check_mirrored(old, new)

    assert (change.kind, change.new_path) == (Kind.TRAIT, "operations.Get.name")


def test_documentation_that_is_no_text_is_a_trait() -> None:
    """Whatever else is called so may mean something."""
    old = make_source({}, {"Get": {}})
    new = make_source({}, {"Get": {"documentation": {"en": "Words."}}})

    (change,) = check_mirrored(old, new)

    assert (change.kind, change.new_path) == (
        Kind.TRAIT,
        "operations.Get.documentation",
    )
