"""Makes readers of replies: msgspec fills structs, of which objects are made.

A struct has the members of a generated class. Once msgspec has looked at their types,
the code that makes an object of it has nothing to ask but what is there; it is written
when a reader is made, as attrs writes a class's constructor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import count
from typing import Any, NamedTuple

import msgspec

from botosmith.runtime import schema
from botosmith.runtime.objects.structure import Response, Structure, Union
from botosmith.runtime.serde import readers

Reader = Callable[[str], Response]


class _Kind(NamedTuple):
    """A type of msgspec for a value, and the step that makes ours of it.

    Attributes:
        sent: The type that msgspec is to read.
        convert: Gives the expression that makes an object of an expression's value;
            None where it stays what msgspec has read.
        function: The name of a function that does the same.
        item_function: The name of one that does it for each item of a list.
    """

    sent: Any
    convert: Callable[[str], str] | None = None
    function: str | None = None
    item_function: str | None = None


_LEAVES: dict[type[schema.Type], _Kind] = {
    schema.String: _Kind(str),
    schema.Boolean: _Kind(bool),
    schema.Integer: _Kind(int),
    schema.Float: _Kind(int | float),
    schema.Timestamp: _Kind(Any, "timestamp({})".format),
    schema.Blob: _Kind(Any, "blob({})".format),
    schema.Octets: _Kind(Any, "octets({})".format),
    schema.Document: _Kind(Any),
}


#: Wire code makes floats of all numbers if they may be text.
_LOOSE_FLOAT = _Kind(int | float, "number({})".format)


class ReaderMaker:
    """Makes readers; a structure that several replies hold has one for all."""

    def __init__(self, *, from_text: bool) -> None:
        """Say whether numbers of replies may be text, as a codec knows."""
        self._leaves = _LEAVES | ({schema.Float: _LOOSE_FLOAT} if from_text else {})
        # The names that the code of every reader may use.
        self._names: dict[str, Any] = {
            "UTC": UTC,
            "instant": datetime.fromtimestamp,
            "number": readers.number_or_text,
            "timestamp": readers.timestamp,
            "blob": readers.blob,
            "octets": readers.octets,
        }
        self._numbers = count()
        self._structures: dict[type[Structure], _Kind] = {}

    def make(self, reply: type[Response]) -> Reader | None:
        """A reader of a reply's JSON; None for what is not read as a whole object."""
        if reply._reads_payload or reply._bodies or reply._events:
            return None
        sent, _, function, _ = self._structure(reply)
        convert = self._names[str(function)]
        decode: Callable[[str], Any] = msgspec.json.Decoder(sent).decode
        return lambda body: convert(decode(body))

    def _kind(self, type_: schema.Type) -> _Kind:
        match type_:
            case schema.Enum():
                return _Kind(type_.enum)
            case schema.Timestamp() if type_.format.lower() == "unixtimestamp":
                return _Kind(int | float, "instant({}, UTC)".format)
            case schema.List():
                return self._list(type_)
            case schema.Map():
                return self._map(type_)
            case schema.Structure():
                return self._structure(type_.structure)
            case _:
                return self._leaves[type(type_)]

    def _list(self, type_: schema.List) -> _Kind:
        item = self._kind(type_.member)
        sent = list.__class_getitem__(item.sent | None)
        if item.convert is None:
            return _Kind(sent)
        made = _unless_none(item.convert, "item")

        def convert(value: str) -> str:
            return f"[{made} for item in {value}]"

        return _Kind(
            sent, convert, item_function=None if type_.sparse else item.function
        )

    def _map(self, type_: schema.Map) -> _Kind:
        # A key is text, whichever type it has.
        key = type_.key.enum if isinstance(type_.key, schema.Enum) else str
        item = self._kind(type_.value)
        sent = dict.__class_getitem__((key, item.sent | None))
        if item.convert is None:
            return _Kind(sent)
        made = _unless_none(item.convert, "item")

        def convert(value: str) -> str:
            return f"{{key: {made} for key, item in {value}.items()}}"

        return _Kind(sent, convert)

    def _structure(self, structure: type[Structure]) -> _Kind:
        known = self._structures.get(structure)
        if known is None:
            # Structures that hold themselves are read so, too, and unions, whose rule
            # is about names that they do not know.
            known = _call(Any, self._name(structure._read))
            self._structures[structure] = known
            if not issubclass(structure, Union):
                known = self._structures[structure] = self._new_structure(structure)
        return known

    def _new_structure(self, structure: type[Structure]) -> _Kind:
        members: list[tuple[str, Any, None]] = []
        wire_names: dict[str, str] = {}
        code = [f"made = {self._name(partial(structure.__new__, structure))}()"]
        for field in schema.fields(structure):
            kind = self._kind(field.member.type)
            members.append((field.attribute, kind.sent | None, None))
            wire_names[field.attribute] = field.member.wire_name
            code += _member(field.attribute, kind)
        struct = msgspec.defstruct(
            structure.__name__, members, rename=wire_names, gc=False
        )
        return _call(struct, self._function(code))

    def _function(self, code: list[str]) -> str:
        name = f"read_{next(self._numbers)}"
        lines = "".join(f"    {line}\n" for line in (*code, "return made"))
        exec(f"def {name}(sent):\n{lines}", self._names)  # noqa: S102 - see the module
        return name

    def _name(self, value: Any) -> str:
        name = f"name_{next(self._numbers)}"
        self._names[name] = value
        return name


def _unless_none(convert: Callable[[str], str], value: str) -> str:
    return f"None if {value} is None else {convert(value)}"


def _call(sent: Any, function: str) -> _Kind:
    return _Kind(sent, f"{function}({{}})".format, function)


def _member(attribute: str, kind: _Kind) -> Iterator[str]:
    """The statements that set an attribute."""
    if kind.convert is None:
        yield f"made.{attribute} = sent.{attribute}"
        return
    yield f"value = sent.{attribute}"
    if kind.item_function is None:
        yield f"made.{attribute} = {_unless_none(kind.convert, 'value')}"
        return
    # The list stays, so that the garbage collector has no second one to look through.
    yield f"if value: value[:] = map({kind.item_function}, value)"
    yield f"made.{attribute} = value"
