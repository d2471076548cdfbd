"""The request and reply syntax of an operation: an example with every member.

It is Python that parses; only a choice such as `"Yes" | "No"` is not to be run.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from botosmith.generator.literal import quote
from botosmith.generator.model import MemberModel, Role, ServiceModel, ShapeModel
from botosmith.generator.plan.example import Choice, Expression, Group, Pair, Word
from botosmith.generator.plan.names import Names

_EXAMPLES = {
    "blob": 'b"bytes"',
    "boolean": "True | False",
    "timestamp": "datetime(2015, 1, 1)",
    "float": "123.0",
    "double": "123.0",
    "bigDecimal": "123.0",
    "byte": "123",
    "short": "123",
    "integer": "123",
    "long": "123",
    "bigInteger": "123",
}


#: Of members that are something else than a value of their shape.
_ROLE_EXAMPLES: Mapping[Role, str] = {
    "document": "{}",
    "body": 'b"bytes"',
    "stream": "StreamingBody(...)",
    "octets": 'b"bytes"',
}


@frozen
class Syntax:
    """Writes one example of shapes of a service.

    A structure is written out the first time that it comes, and so are the values of an
    enum; after that, `ContainerDefinition(...)` says which one it is.

    Attributes:
        model: The service.
        names: Its names.
        is_reply: Whether it is what a service sends: enums are shown by their classes
            there, as nobody has to choose.
    """

    model: ServiceModel
    names: Names
    is_reply: bool = False
    _shown: set[str] = field(factory=set[str])

    def call(self, head: str, shape_name: str | None) -> Expression:
        """A call with every member of a structure as an argument."""
        if shape_name is None:
            return Word(f"{head}()")
        self._shown.add(shape_name)
        return self._call(head, self.model.shapes[shape_name])

    def _call(self, head: str, shape: ShapeModel) -> Expression:
        arguments = [
            Pair(Word(attribute), "=", self._member(shape.members[name]))
            for name, attribute in self.names.fields[shape.name].items()
        ]
        return Group(f"{head}(", tuple(arguments), ")")

    def _member(self, member: MemberModel) -> Expression:
        if member.role is None:
            return self._value(member.shape)
        if member.role == "events":
            return Group("[", (self._value(member.shape),), "]")
        is_given = member.role == "stream" and not self.is_reply
        return Word(_ROLE_EXAMPLES["body" if is_given else member.role])

    def _value(self, shape_name: str) -> Expression:
        shape = self.model.shapes[shape_name]
        if shape.enum is not None:
            return self._enum(shape)
        if shape.has_class:
            return self._structure(shape)
        if shape.type == "list" and shape.member:
            return Group("[", (self._value(shape.member.shape),), "]")
        if shape.type == "map" and shape.key and shape.value:
            key = self._value(shape.key.shape)
            entry = Pair(key, ": ", self._value(shape.value.shape))
            return Group("{", (entry,), "}")
        return Word("{}" if shape.document else _EXAMPLES.get(shape.type, '"string"'))

    def _structure(self, shape: ShapeModel) -> Expression:
        head = self._class(shape)
        if shape.members and self._was_shown(shape):
            return Word(f"{head}(...)")
        return self._call(head, shape)

    def _enum(self, shape: ShapeModel) -> Expression:
        if not shape.enum or self.is_reply or self._was_shown(shape):
            return Word(f"{self._class(shape)}(...)")
        return Choice(tuple(map(quote, shape.enum)))

    def _was_shown(self, shape: ShapeModel) -> bool:
        was_shown = shape.name in self._shown
        self._shown.add(shape.name)
        return was_shown

    def _class(self, shape: ShapeModel) -> str:
        return f"{self.names.short_name}.{self.names.classes[shape.name]}"
