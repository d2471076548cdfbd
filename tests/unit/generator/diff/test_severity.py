"""Each sort of edit, by whether callers send a shape, read it, both or neither.

The expectations are written by hand, from what the generated Python lets callers do.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve
from tests.unit.generator.diff.edits.source import Model, diff, make_source

from botosmith.generator.diff.change import Action, Kind, Severity, worst

SEVERITIES = {
    "B": Severity.BREAKING,
    "C": Severity.COMPATIBLE,
    "D": Severity.DOCUMENTATION,
}

#: The columns of the tables: the operations by which callers know `Thing`.
WAYS: dict[str, Model] = {
    "sent": {"Put": {"input": {"shape": "Holder"}}},
    "read": {"Get": {"output": {"shape": "Holder"}}},
    "both": {
        "Put": {"input": {"shape": "Holder"}},
        "Get": {"output": {"shape": "Holder"}},
    },
    "neither": {},
}

Edit = Callable[[Model], None]


def use(shape: str, **said: Any) -> Model:
    """A use of a shape."""
    return {"shape": shape, **said}


def make_shapes() -> Model:
    """A structure with members of all types, each of which has a shape of its own."""
    members = {
        "Name": use("Name"),
        "Count": use("Count"),
        "Ratio": use("Ratio"),
        "State": use("State"),
        "Names": use("Names"),
        "Table": use("Table"),
        "Part": use("Part"),
        "Token": use("Text"),
        "Choice": use("Choice"),
        "Free": use("Anything"),
        "Data": use("Data"),
    }
    held = {"Thing": use("Thing"), "Data": use("Data")}
    return {
        "Holder": {"type": "structure", "members": held},
        "Thing": {"type": "structure", "members": members, "required": ["Name"]},
        "Name": {"type": "string", "min": 2, "max": 8, "pattern": "[a-z]+"},
        "Text": {"type": "string"},
        "Count": {"type": "integer", "min": 2, "max": 8},
        "Ratio": {"type": "double"},
        "Flag": {"type": "boolean"},
        "State": {"type": "string", "enum": ["on", "off"]},
        "Names": {"type": "list", "member": use("Item"), "max": 8},
        "Item": {"type": "string"},
        "Table": {"type": "map", "key": use("Key"), "value": use("Value")},
        "Key": {"type": "string"},
        "Value": {"type": "string"},
        "Part": {"type": "structure", "members": {"Id": use("Text")}},
        "Other": {"type": "structure", "members": {"Id": use("Text")}, "box": True},
        "Choice": {"type": "structure", "members": {"A": use("Flag")}, "union": True},
        "Anything": {"type": "structure", "members": {}, "document": True},
        "Short": {"type": "string", "max": 4},
        "Data": {"type": "blob"},
    }


def say(place: str, value: Any) -> Edit:
    """Says something at a place in the shapes."""
    *path, key = place.split(".")

    def edit(shapes: Model) -> None:
        home = shapes
        for step in path:
            home = home[step]
        if value is None:
            del home[key]
        else:
            home[key] = value

    return edit


def retarget(member: str, shape: str) -> Edit:
    """Gives a member of `Thing` another shape."""
    return say(f"Thing.members.{member}.shape", shape)


def together(*edits: Edit) -> Edit:
    """Several edits at once."""

    def edit(shapes: Model) -> None:
        for one in edits:
            one(shapes)

    return edit


def rename(old: str, new: str, member: str) -> Edit:
    """Renames the shape of a member."""

    def edit(shapes: Model) -> None:
        shapes[new] = shapes.pop(old)
        shapes["Thing"]["members"][member]["shape"] = new

    return edit


def reorder(shapes: Model) -> None:
    """Turns the members of `Thing` round."""
    thing = shapes["Thing"]
    thing["members"] = dict(reversed(thing["members"].items()))


#: For each edit of shapes: whether it breaks callers who send, read, do both, do
#: neither; of several changes the worst counts.
SHAPES: dict[str, tuple[str, Edit]] = {
    # Members.
    "optional member added": ("CCCC", say("Thing.members.New", use("Text"))),
    "required member added": (
        "BCBC",
        together(
            say("Thing.members.New", use("Text")),
            say("Thing.required", ["Name", "New"]),
        ),
    ),
    "required token added": (
        "CCCC",
        together(
            say("Thing.members.New", use("Text", idempotencyToken=True)),
            say("Thing.required", ["Name", "New"]),
        ),
    ),
    "optional member removed": ("BBBC", say("Thing.members.Count", None)),
    "required member removed": (
        "BBBC",
        together(say("Thing.members.Name", None), say("Thing.required", [])),
    ),
    "member renamed": (
        "BBBC",
        together(
            say("Thing.members.Count", None), say("Thing.members.Amount", use("Count"))
        ),
    ),
    "members in another order": ("CCCC", reorder),
    # The arguments that callers have to give.
    "member required": ("BCBC", say("Thing.required", ["Name", "Count"])),
    "member required no more": ("CBBC", say("Thing.required", [])),
    "required member is a token": (
        "CBBC",
        say("Thing.members.Name.idempotencyToken", value=True),
    ),
    "optional member is a token": (
        "CCCC",
        say("Thing.members.Token.idempotencyToken", value=True),
    ),
    "token required": (
        "CCCC",
        together(
            say("Thing.members.Count.idempotencyToken", value=True),
            say("Thing.required", ["Name", "Count"]),
        ),
    ),
    # Enums are open, but their values have names.
    "enum value added": ("CCCC", say("State.enum", ["on", "new", "off"])),
    "enum value removed": ("BBBB", say("State.enum", ["on"])),
    "enum in another order": ("CCCC", say("State.enum", ["off", "on"])),
    "string becomes enum": ("CCCC", say("Name.enum", ["a"])),
    "item of a list becomes enum": ("CCCC", say("Item.enum", ["a"])),
    "enum becomes string": ("BBBB", say("State.enum", None)),
    # Types of members.
    "text becomes number": ("BBBC", retarget("Name", "Count")),
    "text becomes list": ("BBBC", retarget("Name", "Names")),
    "text becomes structure": ("BBBC", retarget("Name", "Part")),
    "text becomes enum": ("CCCC", retarget("Token", "State")),
    "enum becomes text": ("CCCC", retarget("State", "Text")),
    "integer becomes double": ("CBBC", retarget("Count", "Ratio")),
    "double becomes integer": ("BCBC", retarget("Ratio", "Count")),
    "integer becomes boolean": ("BCBC", retarget("Count", "Flag")),
    "structure becomes another": ("BBBC", retarget("Part", "Other")),
    "structure becomes itself within": ("BBBC", retarget("Part", "Thing")),
    "structure becomes document": ("BBBC", retarget("Part", "Anything")),
    "document becomes structure": ("BBBC", retarget("Free", "Part")),
    "document becomes text": ("BCBC", retarget("Free", "Text")),
    "text becomes document": ("CBBC", retarget("Token", "Anything")),
    "text becomes another text": ("CCCC", retarget("Token", "Item")),
    "text becomes a shorter text": ("BCBC", retarget("Token", "Short")),
    # Types of shapes.
    "string is a number": ("BBBC", say("Item.type", "integer")),
    "integer is a double": ("CBBC", say("Count.type", "double")),
    "integer is a long": ("CCCC", say("Count.type", "long")),
    "structure is a string": (
        "BBBB",
        together(say("Part.type", "string"), say("Part.members", None)),
    ),
    "list is a map": (
        "BBBC",
        say(
            "Names", {"type": "map", "key": use("Key"), "value": use("Item"), "max": 8}
        ),
    ),
    "items are numbers": ("BBBC", say("Names.member.shape", "Count")),
    "keys are numbers": ("BBBC", say("Table.key.shape", "Count")),
    "values are numbers": ("BBBC", say("Table.value.shape", "Count")),
    "items are shorter": ("BCBC", say("Names.member.shape", "Short")),
    # Limits: requests are validated, and replies are not.
    "minimum length added": ("BCBC", say("Item.min", 1)),
    "minimum length of 0 added": ("CCCC", say("Item.min", 0)),
    "minimum length raised": ("BCBC", say("Name.min", 3)),
    "minimum length lowered": ("CCCC", say("Name.min", 1)),
    "minimum length removed": ("CCCC", say("Name.min", None)),
    "maximum length added": ("BCBC", say("Item.max", 99)),
    "maximum length lowered": ("BCBC", say("Name.max", 7)),
    "maximum length raised": ("CCCC", say("Name.max", 9)),
    "maximum length removed": ("CCCC", say("Name.max", None)),
    "minimum raised": ("BCBC", say("Count.min", 3)),
    "minimum lowered below 0": ("CCCC", say("Count.min", -1)),
    "negative minimum added": ("BCBC", say("Ratio.min", -0.5)),
    "maximum lowered": ("BCBC", say("Count.max", 7)),
    "maximum raised": ("CCCC", say("Count.max", 9)),
    "maximum of items lowered": ("BCBC", say("Names.max", 7)),
    "maximum of entries added": ("BCBC", say("Table.max", 7)),
    "maximum of what has no length added": ("CCCC", say("Flag.max", 1)),
    "pattern added": ("CCCC", say("Item.pattern", "[a-z]")),
    "pattern changed": ("CCCC", say("Name.pattern", "[a-z]")),
    "pattern removed": ("CCCC", say("Name.pattern", None)),
    # Names of shapes: those with classes are names of the code.
    "shape added": ("CCCC", say("New", {"type": "structure", "members": {}})),
    "scalar removed": (
        "CCCC",
        together(
            retarget("Token", "Item"),
            say("Part.members.Id.shape", "Item"),
            say("Other.members.Id.shape", "Item"),
            say("Text", None),
        ),
    ),
    "structure removed": ("BBBB", say("Other", None)),
    "structure renamed": ("BBBB", rename("Part", "Piece", "Part")),
    "enum renamed": ("BBBB", rename("State", "Mode", "State")),
    "string renamed": ("CCCC", rename("Name", "Title", "Name")),
    "list renamed": ("CCCC", rename("Names", "Titles", "Names")),
    # The other statements.
    "member deprecated": ("CCCC", say("Thing.members.Count.deprecated", value=True)),
    "member on the wire": ("CCCC", say("Thing.members.Count.locationName", "count")),
    "shape sensitive": ("CCCC", say("Part.sensitive", value=True)),
    "structure becomes union": ("BCBC", say("Part.union", value=True)),
    "structure with a certain member becomes union": (
        "BBBC",
        say("Thing.union", value=True),
    ),
    "union becomes structure": ("BBBC", say("Choice.union", None)),
    "structure becomes error": ("BBBB", say("Part.exception", value=True)),
    "structure is a stream of events": ("BBBC", say("Part.eventstream", value=True)),
    "list is sparse": ("CBBC", say("Names.sparse", value=True)),
    "map is sparse": ("CBBC", say("Table.sparse", value=True)),
    "blob is the whole body": ("BBBC", say("Holder.payload", "Data")),
    "blob is the whole body of no request": ("CCCC", say("Thing.payload", "Data")),
    "structure is the whole body": ("CCCC", say("Holder.payload", "Thing")),
    "text in a header is JSON": (
        "BBBC",
        together(
            say("Thing.members.Token.location", "header"),
            say("Thing.members.Token.jsonvalue", value=True),
        ),
    ),
    "text in a header": ("CCCC", say("Thing.members.Token.location", "header")),
    "structure is a document": ("BBBB", say("Part.document", value=True)),
    "shape documented": ("DDDD", say("Part.documentation", "<p>Words.</p>")),
    "member documented": ("DDDD", say("Thing.members.Name.documentation", "Words.")),
    "items documented": ("DDDD", say("Names.member.documentation", "Words.")),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", SHAPES)
def test_edit_of_a_shape_is_judged_by_the_ways_it_travels(name: str, way: str) -> None:
    """As the table has it."""
    row, edit = SHAPES[name]
    old = make_source(make_shapes(), WAYS[way])
    new = old.copy()
    edit(new.model["shapes"])

    changes = diff(old, new)

    expected = SEVERITIES[row[list(WAYS).index(way)]]
    assert worst(change.severity for change in changes) is expected, changes


def end(name: str, shape: str, **operation: Any) -> Model:
    """An operation with a request or reply."""
    return {"Call": {name: use(shape), **operation}}


ERROR = {"errors": [use("Lost")]}

#: For each edit of an operation: what it means, the operations before, and those after.
OPERATIONS: dict[str, tuple[str, Model, Model]] = {
    "operation added": ("C", {}, {"Call": {}}),
    "operation removed": ("B", {"Call": {}}, {}),
    "operation renamed": ("B", {"Call": {}}, {"Shout": {}}),
    "operation deprecated": ("C", {"Call": {}}, {"Call": {"deprecated": True}}),
    "operation documented": ("D", {"Call": {}}, {"Call": {"documentation": "a"}}),
    "error added": ("C", {"Call": {}}, {"Call": ERROR}),
    "error removed": ("C", {"Call": ERROR}, {"Call": {}}),
    "request of optional members added": ("C", {"Call": {}}, end("input", "Free")),
    "request of required members added": ("B", {"Call": {}}, end("input", "Strict")),
    "request with members removed": ("B", end("input", "Free"), {"Call": {}}),
    "request without members removed": ("C", end("input", "Empty"), {"Call": {}}),
    "request of the same members": ("C", end("input", "Free"), end("input", "Twin")),
    "request of more members": ("C", end("input", "Empty"), end("input", "Free")),
    "request of fewer members": ("B", end("input", "Free"), end("input", "Empty")),
    "request requires more": ("B", end("input", "Free"), end("input", "Strict")),
    "request requires less": ("C", end("input", "Strict"), end("input", "Free")),
    "request of another type": ("B", end("input", "Free"), end("input", "Number")),
    "reply added": ("C", {"Call": {}}, end("output", "Free")),
    "reply with members removed": ("B", end("output", "Free"), {"Call": {}}),
    "reply of more members": ("C", end("output", "Empty"), end("output", "Free")),
    "reply of fewer members": ("B", end("output", "Free"), end("output", "Empty")),
    "reply has more for certain": ("C", end("output", "Free"), end("output", "Strict")),
    "reply has less for certain": ("B", end("output", "Strict"), end("output", "Free")),
    "reply of another type": ("B", end("output", "Free"), end("output", "Number")),
}


def make_ends() -> Model:
    """Shapes for requests and replies; an error holds each, so that no class goes."""
    members = {"Id": use("Text")}
    shapes: Model = {
        "Text": {"type": "string"},
        "Count": {"type": "integer"},
        "Empty": {"type": "structure", "members": {}},
        "Free": {"type": "structure", "members": members},
        "Twin": {"type": "structure", "members": members},
        "Strict": {"type": "structure", "members": members, "required": ["Id"]},
        "Number": {"type": "structure", "members": {"Id": use("Count")}},
    }
    held = {name: use(name) for name in shapes}
    lost = {"type": "structure", "members": held, "exception": True}
    return {**shapes, "Lost": lost}


@pytest.mark.parametrize("name", OPERATIONS)
def test_edit_of_an_operation_is_judged(name: str) -> None:
    """As the table has it."""
    severity, before, after = OPERATIONS[name]

    changes = diff(make_source(make_ends(), before), make_source(make_ends(), after))

    expected = SEVERITIES[severity]
    assert worst(change.severity for change in changes) is expected, changes


TABLES: dict[str, tuple[str, Model, Model]] = {
    "paginators": ("BCC", {"Get": {"result_key": "A"}}, {"Get": {"result_key": "B"}}),
    "waiters": ("BCC", {"Done": {"delay": 1}}, {"Done": {"delay": 2}}),
    "endpoints": ("CCC", {"aws.eu-west-1": {"a": 1}}, {"aws.eu-west-1": {"a": 2}}),
}


@pytest.mark.parametrize("table", TABLES)
def test_edit_of_a_table_is_judged(table: str) -> None:
    """Removed, added and changed; where a call goes is nothing that callers name."""
    row, before, after = TABLES[table]
    empty = make_source({}, {"Get": {}})

    def judge(old: Model, new: Model) -> Severity:
        sides = [evolve(empty, **{table: one}) for one in (old, new)]
        (change,) = diff(*sides)
        return change.severity

    assert judge(before, {}) is SEVERITIES[row[0]]
    assert judge({}, before) is SEVERITIES[row[1]]
    assert judge(before, after) is SEVERITIES[row[2]]


@pytest.mark.parametrize(
    ("key", "before", "after", "severity"),
    [
        ("operation", "Get", "Put", "B"),
        ("delay", 1, 2, "C"),
        ("acceptors", [], [["path", "a"]], "C"),
        ("acceptors", [["path", "a"]], [["error", "Lost"]], "B"),  # None is given now
        ("acceptors", [["path", "a"]], [["error", True]], "B"),
        ("acceptors", [["path", "a"]], [["error", False]], "C"),
        ("acceptors", [["path", "a"]], [["status", 404]], "B"),
        ("acceptors", [["path", "a"]], [["status", 200]], "C"),
        ("acceptors", [["error", "Lost"]], [["status", 404]], "C"),
        ("acceptors", [["error", "Lost"]], [["path", "a"]], "C"),
        ("acceptors", None, "odd", "C"),
    ],
)
def test_edit_of_a_waiter_is_judged(
    key: str, before: Any, after: Any, severity: str
) -> None:
    """By what its function is given, and what it gives."""

    def make(value: Any) -> Any:
        if key == "acceptors" and isinstance(value, list):
            value = [
                {"state": "success", "matcher": matcher, "expected": expected}
                for matcher, expected in value
            ]
        waiter = {"operation": "Get", key: value}
        return evolve(make_source({}, {"Get": {}, "Put": {}}), waiters={"Done": waiter})

    (change,) = diff(make(before), make(after))

    assert change.severity is SEVERITIES[severity]


@pytest.mark.parametrize(
    ("before", "after", "severity"),
    [
        ("sent", "both", "B"),  # sequences may have been given
        ("both", "sent", "B"),  # lists may have been read
        ("sent", "read", "B"),
        ("read", "sent", "B"),
        ("read", "neither", "B"),
        ("neither", "read", "C"),  # nobody has used it
        ("neither", "sent", None),
        ("read", "both", None),
        ("both", "both", None),
    ],
)
def test_what_is_replied_holds_lists_and_not_sequences(
    before: str, after: str, severity: str | None
) -> None:
    """The type of an attribute with a list depends on whether replies hold it."""
    told = find_direction("Names", before, after)

    assert told == ([] if severity is None else [SEVERITIES[severity]])


@pytest.mark.parametrize("member", ["Text", "Part"])
def test_what_holds_no_list_is_the_same_in_both_ways(member: str) -> None:
    """The type of other attributes does not depend on it."""
    assert find_direction(member, "sent", "both") == []


def find_direction(member: str, before: str, after: str) -> list[Severity]:
    """A structure with a member begins to travel in other ways."""
    thing = {"type": "structure", "members": {"It": use(member)}}
    shapes = {**make_shapes(), "Thing": thing}
    old, new = (make_source(shapes, WAYS[way]) for way in (before, after))
    return [
        change.severity
        for change in diff(old, new)
        if (change.kind, change.path) == (Kind.DIRECTION, "shapes.Thing")
    ]


def test_what_is_new_in_two_ways_is_judged_as_it_was() -> None:
    """A member required of a shape that was never sent breaks no caller."""
    old = make_source(make_shapes(), WAYS["read"])
    new = make_source(make_shapes(), WAYS["both"])
    say("Thing.required", ["Name", "Count"])(new.model["shapes"])

    changes = {change.kind: change.severity for change in diff(old, new)}

    assert changes[Kind.REQUIRED] is Severity.COMPATIBLE
    assert changes[Kind.OPERATION] is Severity.COMPATIBLE


def test_error_is_read_whoever_raises_it() -> None:
    """The shapes of errors are replied, with all that they hold."""
    old = make_source({**make_ends(), "Extra": {"type": "integer"}})
    old.model["shapes"]["Free"]["members"]["Extra"] = use("Extra")
    new = old.copy()
    new.model["shapes"]["Extra"]["type"] = "string"

    (change,) = diff(old, new)

    assert (change.kind, change.action) == (Kind.TYPE, Action.CHANGED)
    assert change.severity is Severity.BREAKING
