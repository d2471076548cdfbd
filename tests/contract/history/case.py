"""Small models and what becomes of them: each kind of change, breaking or not.

History has few kinds of breaks. Each case here is an edit of one model; its name says
what it does, and the table that it stands in what that is to callers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from itertools import permutations
from typing import Any

from attrs import frozen
from tests.unit.generator.conftest import make_model

Model = dict[str, Any]
Edit = Callable[[Model], None]


@frozen
class Case:
    """A model before and after.

    Attributes:
        old: The model before.
        new: The model after.
    """

    old: Model
    new: Model


def structure(members: dict[str, str], *required: str, **traits: Any) -> Model:
    """A structure whose members have just a shape."""
    uses = {name: {"shape": shape} for name, shape in members.items()}
    shape: Model = {"type": "structure", "members": uses, **traits}
    return {**shape, "required": list(required)} if required else shape


def list_of(shape: str, **limits: int) -> Model:
    """A list."""
    return {"type": "list", "member": {"shape": shape}, **limits}


def map_of(key: str, value: str, **limits: int) -> Model:
    """A map."""
    return {"type": "map", "key": {"shape": key}, "value": {"shape": value}, **limits}


def use(shape: str) -> dict[str, str]:
    """A use of a shape."""
    return {"shape": shape}


def make_base() -> Model:
    """A model with a bit of everything, used in every way."""
    shapes: dict[str, Model] = {
        # Box is sent and replied, Crate only sent, Shelf only replied, Idle nothing.
        "Box": structure({"Id": "Text", "Labels": "Labels", "Size": "Count"}, "Id"),
        "Crate": structure(
            {"Lid": "Text", "Slats": "Slats", "Nails": "Nails", "Snag": "Snag"}, "Lid"
        ),
        "Shelf": structure({"Row": "Text", "Boards": "Labels", "At": "When"}, "Row"),
        "Slab": structure({"Top": "Text", "Base": "Count"}),
        "Idle": structure({"Name": "Text", "Mood": "Mood", "Names": "Labels"}, "Name"),
        "Choice": structure({"Word": "Text", "Number": "Count"}, union=True),
        "Verdict": structure({"Good": "Text", "Bad": "Count"}, union=True),
        "Extra": structure({}, document=True),
        "Full": structure({"Message": "Text", "Room": "Count"}, exception=True),
        "Snag": structure({"Message": "Text", "Why": "Text"}, exception=True),
        "Gone": structure({"Message": "Text"}, exception=True),
        "PutRequest": structure(
            {
                "Name": "Text",
                "Note": "Text",
                "Token": "Text",
                "Box": "Box",
                "Crate": "Crate",
                "Choice": "Choice",
                "State": "State",
                "Colors": "Colors",
                "Extra": "Extra",
                "Memo": "Memo",
            },
            "Name",
            "Token",
        ),
        "PutResponse": structure({"Arn": "Text", "Note": "Text"}, "Arn"),
        "GetRequest": structure({"Name": "Text", "Deep": "Flag"}, "Name"),
        "GetResponse": structure(
            {
                "Box": "Box",
                "Shelf": "Shelf",
                "Slab": "Slab",
                "States": "States",
                "State": "State",
                "Choice": "Choice",
                "Verdict": "Verdict",
                "Extra": "Extra",
                "Odd": "Odd",
            },
            "Box",
        ),
        "Odd": structure({"Text": "Text", "Texts": "Labels"}),
        "ManyRequest": structure({"Texts": "Slats"}),
        "PeekRequest": structure({"Name": "Text"}, "Name"),
        "PeekResponse": structure({"Note": "Text", "Look": "Text"}, "Note"),
        "State": {"type": "string", "enum": ["open", "half-shut", "shut"]},
        "Color": {"type": "string", "enum": ["red", "blue"]},
        "Mood": {"type": "string", "enum": ["calm"]},
        "States": list_of("State"),
        "Colors": list_of("Color"),
        "Labels": list_of("Text"),
        "Slats": list_of("Text"),
        "Nails": map_of("Text", "Count"),
        "Text": {"type": "string"},
        "Fresh": {"type": "string"},
        "Memo": {"type": "string", "min": 1, "max": 5, "pattern": "a+"},
        "Count": {"type": "integer"},
        "Flag": {"type": "boolean"},
        "When": {"type": "timestamp"},
    }
    shapes["PutRequest"]["members"]["Token"]["idempotencyToken"] = True
    operations = {
        "Put": {
            "input": use("PutRequest"),
            "output": use("PutResponse"),
            "errors": [use("Full"), use("Gone")],
        },
        "Get": {"input": use("GetRequest"), "output": use("GetResponse")},
        "Peek": {"input": use("PeekRequest"), "output": use("PeekResponse")},
        "Many": {"input": use("ManyRequest")},
        "Ping": {},
    }
    # Parts that all models have in common are not to be edited.
    return deepcopy(make_model(shapes, operations))


def edit(change: Edit) -> Case:
    """A case of the model with a bit of everything."""
    new = make_base()
    change(new)
    return Case(make_base(), new)


def rename_shape(old: str, new: str) -> Edit:
    """Call a shape something else, wherever it is used."""

    def change(model: Model) -> None:
        shapes = model["shapes"]
        for name in list(shapes):
            shapes[new if name == old else name] = shapes.pop(name)
        _rename_uses(model, old, new)

    return change


def _rename_uses(value: Any, old: str, new: str) -> None:
    if isinstance(value, dict):
        if value.get("shape") == old:
            value["shape"] = new
        for inner in value.values():
            _rename_uses(inner, old, new)
    elif isinstance(value, list):
        for inner in value:
            _rename_uses(inner, old, new)


def rename(path: str, new: str) -> Edit:
    """Call an operation or a member something else, in its place."""

    def change(model: Model) -> None:
        home, _, old = path.rpartition(".")
        table = find(model, home)
        for name in list(table):
            table[new if name == old else name] = table.pop(name)
        holder = find(model, home.rpartition(".")[0])
        if old in holder.get("required", ()):
            required = [new if name == old else name for name in holder["required"]]
            holder["required"] = required
        if home == "operations":
            table[new]["name"] = new

    return change


def find(model: Model, path: str) -> Any:
    """Return what is at a place."""
    found: Any = model
    for part in path.split(".") if path else ():
        found = found[part]
    return found


def put(path: str, value: Any) -> Edit:
    """Say something else at a place."""

    def change(model: Model) -> None:
        home, _, key = path.rpartition(".")
        find(model, home)[key] = deepcopy(value)

    return change


def drop(path: str) -> Edit:
    """Remove what is at a place, and from what is required."""

    def change(model: Model) -> None:
        home, _, key = path.rpartition(".")
        del find(model, home)[key]
        holder = find(model, home.rpartition(".")[0])
        if home.endswith(".members") and key in holder.get("required", ()):
            holder["required"].remove(key)

    return change


def require(shape: str, *names: str) -> Edit:
    """Require these members of a structure, and no others."""
    return put(f"shapes.{shape}.required", list(names))


def all_of(*edits: Edit) -> Edit:
    """Several edits at once."""

    def change(model: Model) -> None:
        for one in edits:
            one(model)

    return change


_TEXT = {"type": "string"}
_NEW = {"shape": "Text"}

#: Edits after which some callers fail.
BREAKING: dict[str, Edit] = {
    "an operation goes": drop("operations.Peek"),
    "an operation is renamed": rename("operations.Peek", "Look"),
    "a structure that nothing uses goes": drop("shapes.Idle"),
    "a structure is renamed": rename_shape("Box", "Carton"),
    "a structure that nothing uses is renamed": rename_shape("Idle", "Lazy"),
    "an enum is renamed": rename_shape("State", "Condition"),
    "an error goes": all_of(
        drop("shapes.Gone"), put("operations.Put.errors", [use("Full")])
    ),
    "an error is renamed": rename_shape("Gone", "Away"),
    "a member of a request goes": drop("shapes.PutRequest.members.Note"),
    "a member of a request is renamed": rename(
        "shapes.PutRequest.members.Memo", "Text"
    ),
    "a required member of a request goes": drop("shapes.GetRequest.members.Name"),
    "a member of a reply goes": drop("shapes.PutResponse.members.Note"),
    "a member of a reply is renamed": rename("shapes.PutResponse.members.Arn", "Id"),
    "a member of what is sent goes": drop("shapes.Crate.members.Slats"),
    "a member of what is sent and replied goes": drop("shapes.Box.members.Size"),
    "a member of an error goes": drop("shapes.Full.members.Room"),
    "a member of a union goes": drop("shapes.Choice.members.Number"),
    "a request has a new required member": all_of(
        put("shapes.GetRequest.members.More", _NEW),
        require("GetRequest", "Name", "More"),
    ),
    "what is sent has a new required member": all_of(
        put("shapes.Crate.members.More", _NEW), require("Crate", "Lid", "More")
    ),
    "what is sent and replied has a new required member": all_of(
        put("shapes.Box.members.More", _NEW), require("Box", "Id", "More")
    ),
    "a member of a request becomes required": require("GetRequest", "Name", "Deep"),
    "a member of what is sent becomes required": require("Crate", "Lid", "Nails"),
    "a member of what is sent and replied becomes required": require(
        "Box", "Id", "Size"
    ),
    "a member of a reply is required no more": require("PutResponse"),
    "a member of what is replied is required no more": require("Shelf"),
    "a member of what is sent and replied is required no more": require("Box"),
    "an error that is sent as data has a new required member": all_of(
        put("shapes.Snag.members.More", _NEW), require("Snag", "More")
    ),
    "the message of an error that is data, too, goes": drop(
        "shapes.Snag.members.Message"
    ),
    "a token has to be given": drop("shapes.PutRequest.members.Token.idempotencyToken"),
    "a value of an enum goes": put("shapes.State.enum", ["open", "shut"]),
    "a value of an enum is renamed": put(
        "shapes.State.enum", ["open", "half-closed", "shut"]
    ),
    "a value of an enum is spelled otherwise": put(
        "shapes.State.enum", ["open", "half_shut", "shut"]
    ),
    "an enum becomes text": put("shapes.State", _TEXT),
    "an enum that is only sent becomes text": put("shapes.Color", _TEXT),
    "an enum that nothing uses becomes text": put("shapes.Mood", _TEXT),
    "a list of text becomes one of numbers": put("shapes.Labels.member", use("Count")),
    "what is sent is replied as well": put(
        "shapes.GetResponse.members.Crate", use("Crate")
    ),
    "what is sent and replied is only sent": all_of(
        drop("shapes.GetResponse.members.Box"),
    ),
    "a union becomes a structure": drop("shapes.Choice.union"),
    "a union that is only replied becomes a structure": drop("shapes.Verdict.union"),
    "a structure becomes a union": put("shapes.Box.union", value=True),
    "a structure that is only sent becomes a union": put(
        "shapes.Crate.union", value=True
    ),
    "a structure that is only replied becomes a union": put(
        "shapes.Shelf.union", value=True
    ),
    "a document becomes a structure": drop("shapes.Extra.document"),
    "a structure becomes a document": put("shapes.Box.document", value=True),
    "a structure that nothing uses becomes a document": put(
        "shapes.Idle.document", value=True
    ),
    "an error becomes a structure": all_of(
        drop("shapes.Full.exception"), put("operations.Put.errors", [use("Gone")])
    ),
    "a structure that nothing uses becomes an error": put(
        "shapes.Idle.exception", value=True
    ),
    "a request has another shape": put("operations.Get.input", use("PeekRequest")),
    "a request has another shape that asks for more": put(
        "operations.Peek.input", use("Crate")
    ),
    "a request has no shape any more": drop("operations.Get.input"),
    "a request has a shape": put("operations.Ping.input", use("PeekRequest")),
    "a reply has another shape": put("operations.Peek.output", use("PutResponse")),
    "a reply has no shape any more": drop("operations.Peek.output"),
    "a member is of another class": put("shapes.PutRequest.members.Box", use("Crate")),
    "a request has another shape that is replied, too": all_of(
        put("operations.Peek.input", use("Odd")),
        put("operations.Ping.output", use("Odd")),
    ),
    "a request has another shape with lists for sequences": all_of(
        put("operations.Many.input", use("Odd")),
        put("operations.Ping.output", use("Odd")),
    ),
    "a member is spelled otherwise and of another type": all_of(
        drop("shapes.GetRequest.members.Deep"),
        put("shapes.GetRequest.members.deep", use("Text")),
    ),
    "a member is spelled otherwise and becomes required": all_of(
        drop("shapes.GetRequest.members.Deep"),
        put("shapes.GetRequest.members.deep", use("Flag")),
        require("GetRequest", "Name", "deep"),
    ),
    "a member of a reply is spelled otherwise and required no more": all_of(
        drop("shapes.PutResponse.members.Arn"),
        put("shapes.PutResponse.members.ARN", use("Text")),
    ),
    "a member of a reply is of another class": put(
        "shapes.GetResponse.members.Shelf", use("Slab")
    ),
    "a member takes a type that changes, too": all_of(
        put("shapes.PutRequest.members.Note", use("Fresh")),
        put("shapes.Fresh", {"type": "integer"}),
    ),
}

#: Edits that no caller fails for.
COMPATIBLE: dict[str, Edit] = {
    "nothing but words": put("shapes.Box.documentation", "A box."),
    "a new operation": put(
        "operations.Pong",
        {"name": "Pong", "http": {"method": "POST", "requestUri": "/"}},
    ),
    "a new structure": put("shapes.New", structure({"Name": "Text"}, "Name")),
    "a new member of a request": put("shapes.PutRequest.members.More", _NEW),
    "a new member of what is sent": put("shapes.Crate.members.More", _NEW),
    "a new member of an error": put("shapes.Full.members.More", _NEW),
    "a new required member of a reply": all_of(
        put("shapes.PutResponse.members.More", _NEW),
        require("PutResponse", "Arn", "More"),
    ),
    "a new required member of what is replied": all_of(
        put("shapes.Shelf.members.More", _NEW), require("Shelf", "Row", "More")
    ),
    "a new required member of a union": all_of(
        put("shapes.Choice.members.More", _NEW), require("Choice", "More")
    ),
    "a new required token": all_of(
        put("shapes.PutRequest.members.More", {**_NEW, "idempotencyToken": True}),
        require("PutRequest", "Name", "Token", "More"),
    ),
    "a member of a reply becomes required": require("PutResponse", "Arn", "Note"),
    "a member of an error becomes required": require("Full", "Room"),
    "a member of a request is required no more": require("PutRequest", "Token"),
    "a member of what is sent is required no more": require("Crate"),
    "a token is required no more": require("PutRequest", "Name"),
    "a required member becomes a token": put(
        "shapes.GetRequest.members.Name.idempotencyToken", value=True
    ),
    "a member of what nothing uses goes": drop("shapes.Idle.members.Name"),
    "a member of what nothing uses is of another type": put(
        "shapes.Idle.members.Name", use("Count")
    ),
    "the message of an error is of another type": put(
        "shapes.Full.members.Message", use("Count")
    ),
    "the message of an error goes": drop("shapes.Full.members.Message"),
    "a new value of an enum": put(
        "shapes.State.enum", ["ajar", "open", "half-shut", "shut"]
    ),
    "a list of an enum becomes one of text": put("shapes.States.member", use("Text")),
    "an enum in a list becomes another": put("shapes.States.member", use("Color")),
    "text in a list becomes an enum": put("shapes.Labels.member", use("State")),
    "text becomes an enum": put("shapes.Memo.enum", ["a"]),
    "members in another order": put(
        "shapes.Crate.members",
        {name: use(name) for name in ("Nails", "Slats", "Snag")} | {"Lid": use("Text")},
    ),
    "an operation has another error": put(
        "operations.Get.errors", [use("Full"), use("Gone")]
    ),
    "an operation has an error less": put("operations.Put.errors", [use("Full")]),
    "a list is renamed": rename_shape("Labels", "Words"),
    "text is renamed": rename_shape("Text", "String"),
    "a request is renamed": rename_shape("PutRequest", "PutInput"),
    "a reply is renamed": rename_shape("PutResponse", "PutResult"),
    "a member has another shape of the same type": all_of(
        put("shapes.Other", _TEXT), put("shapes.Box.members.Id", use("Other"))
    ),
    "a pattern": put("shapes.Text.pattern", "b+"),
    "another pattern": put("shapes.Memo.pattern", "b+"),
    "a member is deprecated": put("shapes.Box.members.Id.deprecated", value=True),
    "an operation is deprecated": put("operations.Put.deprecated", value=True),
    "text is sensitive": put("shapes.Text.sensitive", value=True),
    "a member has another wire name": put("shapes.Box.members.Id.locationName", "I"),
    "instants are written otherwise": put("shapes.When.timestampFormat", "iso8601"),
    "an error has another code": put("shapes.Full.error", {"code": "TooFull"}),
    "the service has another name": put("metadata.serviceFullName", "Parcels"),
    "the service has another id": put("metadata.serviceId", "Packets"),
    "a member is spelled otherwise": rename("shapes.GetRequest.members.Name", "name"),
    "a member is spelled otherwise and has another shape": all_of(
        put("shapes.Other", _TEXT),
        drop("shapes.GetRequest.members.Name"),
        put("shapes.GetRequest.members.name", use("Other")),
        require("GetRequest", "name"),
    ),
    "an operation is spelled otherwise": rename("operations.Peek", "peek"),
    "a structure is spelled otherwise": rename_shape("Idle", "idle"),
    "what nothing uses is replied": put("shapes.GetResponse.members.Idle", use("Idle")),
    "what nothing uses is sent": put("shapes.PutRequest.members.Idle", use("Idle")),
    "what is replied is sent as well": put(
        "shapes.PutRequest.members.Shelf", use("Shelf")
    ),
    "a structure without required members that is only replied becomes a union": put(
        "shapes.Slab.union", value=True
    ),
}


#: Shapes of every type, by words for them.
_TYPES: dict[str, Model] = {
    "Text": _TEXT,
    "Enum": {"type": "string", "enum": ["a", "b"]},
    "Blob": {"type": "blob"},
    "Flag": {"type": "boolean"},
    "Int": {"type": "integer"},
    "Float": {"type": "double"},
    "Time": {"type": "timestamp"},
    "Any": structure({}, document=True),
    "Class": structure({"Text": "Text"}),
    "Texts": list_of("Text"),
    "Enums": list_of("Enum"),
    "Flags": list_of("Flag"),
    "Ints": list_of("Int"),
    "Floats": list_of("Float"),
    "TextMap": map_of("Text", "Text"),
    "EnumMap": map_of("Enum", "Text"),
    "IntMap": map_of("Text", "Int"),
}

#: The use that callers make of the structure that changes.
_WAYS = {
    "sent": {"Put": {"input": use("Thing")}},
    "replied": {"Get": {"output": use("Thing")}},
    "sent and replied": {
        "Put": {"input": use("Thing")},
        "Get": {"output": use("Thing")},
    },
}


def spread(members: dict[str, str]) -> dict[str, Model]:
    """Structures that share many members, since type checkers get slow with wide ones.

    Args:
        members: The shape of each member.
    """
    names = sorted(members)
    parts = [names[at : at + 20] for at in range(0, len(names), 20)]
    structures = {
        f"Part{number}": structure({name: members[name] for name in part})
        for number, part in enumerate(parts)
    }
    return {**structures, "Thing": structure({name: name for name in structures})}


def make_type_cases() -> Iterator[tuple[str, Case]]:
    """Members of each type that come to be of each other type."""
    pairs = list(permutations(_TYPES, 2))
    for way, operations in _WAYS.items():
        old, new = (
            make_model(
                {**_TYPES, **spread({f"{a}To{b}": (a, b)[at] for a, b in pairs})},
                operations,
            )
            for at in (0, 1)
        )
        yield f"members of another type, {way}", Case(old, new)


def make_shape_cases() -> Iterator[tuple[str, Case]]:
    """Shapes of each type that are of each other type themselves from now on."""
    pairs = list(permutations(_TYPES, 2))
    for way, operations in _WAYS.items():
        old, new = (
            make_model(
                {
                    **_TYPES,
                    **{f"{a}To{b}": _TYPES[(a, b)[at]] for a, b in pairs},
                    **{f"ListOf{a}To{b}": list_of(f"{a}To{b}") for a, b in pairs},
                    **spread(
                        {
                            f"{part}{a}To{b}": f"{part}{a}To{b}"
                            for part in ("", "ListOf")
                            for a, b in pairs
                        }
                    ),
                },
                operations,
            )
            for at in (0, 1)
        )
        yield f"shapes of another type, {way}", Case(old, new)


#: Bounds before and after.
_BOUNDS = {
    "Comes": (None, 5),
    "Goes": (5, None),
    "Rises": (5, 6),
    "Falls": (6, 5),
    "Zero": (None, 0),
    "BelowZero": (None, -1),
    "FromZero": (0, 1),
}


def make_limit_cases() -> Iterator[tuple[str, Case]]:
    """Each type's limits, set and lifted, raised and lowered."""
    types = ("string", "blob", "integer", "long", "float", "double", "list", "map")
    bounds = [
        (type_, key, name)
        for type_ in types
        for key in ("min", "max")
        for name in _BOUNDS
        # There is nothing of which there are fewer than none.
        if not (key == "max" and name == "BelowZero" and type_ in types[:2])
        and not (key == "max" and name == "BelowZero" and type_ in types[6:])
    ]
    for way, operations in _WAYS.items():
        old, new = (_limit(bounds, operations, at) for at in (0, 1))
        yield f"other limits, {way}", Case(old, new)


def _limit(
    bounds: list[tuple[str, str, str]], operations: dict[str, Any], at: int
) -> Model:
    shapes: dict[str, Model] = {"Text": _TEXT}
    for type_, key, name in bounds:
        made: Model = {"type": type_}
        if type_ == "list":
            made = list_of("Text")
        elif type_ == "map":
            made = map_of("Text", "Text")
        bound = _BOUNDS[name][at]
        shape = f"{type_.title()}{key.title()}{name}"
        shapes[shape] = made if bound is None else {**made, key: bound}
        # Within a list and a map, too, unless that is what it is itself.
        if type_ not in {"list", "map"}:
            shapes[f"ListOf{shape}"] = list_of(shape)
        if type_ == "string":
            shapes[f"MapOf{shape}"] = map_of(shape, shape)
    members = {name: name for name in shapes}
    return make_model({**shapes, **spread(members)}, operations)


def make_move_cases() -> Iterator[tuple[str, Case]]:
    """Members that are of a shape with other limits from now on."""
    limits: dict[str, Model] = {"Free": {}, "Low": {"max": 3}, "High": {"min": 2}}
    shapes = {
        f"{limit}{type_.title()}": {"type": type_, **said}
        for limit, said in limits.items()
        for type_ in ("string", "blob", "integer", "long", "float")
    }
    lists = {f"{name}s": list_of(name) for name in shapes}
    pairs = list(permutations(shapes, 2))
    for way, operations in _WAYS.items():
        old, new = (
            make_model(
                {
                    **shapes,
                    **lists,
                    **spread(
                        {
                            f"{a}To{b}{end}": f"{(a, b)[at]}{end}"
                            for a, b in pairs
                            for end in ("", "s")
                        }
                    ),
                },
                operations,
            )
            for at in (0, 1)
        )
        yield f"members with other limits, {way}", Case(old, new)


def make_cases() -> dict[str, Case]:
    """All cases by their names."""
    edits = {**BREAKING, **COMPATIBLE}
    return {
        **{name: edit(change) for name, change in edits.items()},
        **dict(make_type_cases()),
        **dict(make_shape_cases()),
        **dict(make_limit_cases()),
        **dict(make_move_cases()),
    }
