"""The request and reply syntax of an operation: an example with every member.

It is Python that parses; only a choice such as `"Yes" | "No"` is not to be run.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from math import inf

from attrs import field, frozen

from botosmith.generator.literal import quote
from botosmith.generator.model import MemberModel, Role, ServiceModel, ShapeModel
from botosmith.generator.plan.docstrings.example import (
    Choice,
    Expression,
    Group,
    Pair,
    Word,
    lay_out,
)
from botosmith.generator.plan.names import Names
from botosmith.generator.prose import to_lines

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


#: Examples of members that are something else than a value of their shape.
_ROLE_EXAMPLES: Mapping[Role, str] = {
    "document": "{}",
    "body": 'b"bytes"',
    "stream": "StreamingBody(...)",
    "octets": 'b"bytes"',
}


#: Lines that a reply may take before its deeper structures are named only.
_MAX_REPLY_LINES = 100


@frozen
class Syntax:
    """Writes examples of shapes of a service.

    A structure is written out the first time that it comes, and so are the values of an
    enum; after that, `ContainerDefinition(...)` names its class.

    Attributes:
        model: The service.
        names: Its names.
        width: The columns of a line.
    """

    model: ServiceModel
    names: Names
    width: int

    def request(self, head: str, shape_name: str | None) -> list[str]:
        """Return the lines of a call with every member and every value of an enum."""
        return self._lay_out(_Example(self.model, self.names), head, shape_name)

    def reply(self, head: str, shape_name: str | None) -> list[str]:
        """Return the lines of an object with every member.

        A reply may hold half the service, and each class has a docstring of its own.
        A longer one is written out to the deepest level at which it takes 100 lines at
        most, and to its first level at least.
        """
        best: list[str] = []
        for levels in count(1):
            example = _Example(self.model, self.names, levels, is_reply=True)
            lines = self._lay_out(example, head, shape_name)
            if best and len(lines) > _MAX_REPLY_LINES:
                break
            best = [*self._explain(example.cut), *lines]
            if not example.cut:
                break
        return best

    def _lay_out(
        self, example: _Example, head: str, shape_name: str | None
    ) -> list[str]:
        return lay_out(example.call(head, shape_name), self.width)

    def _explain(self, cut: list[str]) -> list[str]:
        if not cut:
            return []
        words = f"For the members behind (...), see the class: help({cut[0]})."
        return [f"# {line}" for line in to_lines(words, width=self.width - 2)]


@frozen
class _Example:
    """One example.

    Attributes:
        model: The service.
        names: Its names.
        levels: The levels of structures that are written out.
        is_reply: True for a reply, which names the classes of enums only: the caller
            chooses no value.
        cut: The classes that lie deeper than the levels.
    """

    model: ServiceModel
    names: Names
    levels: float = inf
    is_reply: bool = False
    cut: list[str] = field(factory=list[str], init=False)
    _shown: set[str] = field(factory=set[str], init=False)

    def call(self, head: str, shape_name: str | None) -> Expression:
        """Return a call with every member of a structure as an argument."""
        if shape_name is None:
            return Word(f"{head}()")
        self._shown.add(shape_name)
        return self._call(head, self.model.shapes[shape_name], 1)

    def _call(self, head: str, shape: ShapeModel, level: int) -> Expression:
        arguments = [
            Pair(Word(attribute), "=", self._member(shape.members[name], level))
            for name, attribute in self.names.fields[shape.name].items()
        ]
        return Group(f"{head}(", tuple(arguments), ")")

    def _member(self, member: MemberModel, level: int) -> Expression:
        if member.role is None:
            return self._value(member.shape, level)
        if member.role == "events":
            return Group("[", (self._value(member.shape, level),), "]")
        is_given = member.role == "stream" and not self.is_reply
        return Word(_ROLE_EXAMPLES["body" if is_given else member.role])

    def _value(self, shape_name: str, level: int) -> Expression:
        shape = self.model.shapes[shape_name]
        if shape.enum is not None:
            return self._enum(shape)
        if shape.has_class:
            return self._structure(shape, level + 1)
        if shape.type == "list" and shape.member:
            return Group("[", (self._value(shape.member.shape, level),), "]")
        if shape.type == "map" and shape.key and shape.value:
            key = self._value(shape.key.shape, level)
            entry = Pair(key, ": ", self._value(shape.value.shape, level))
            return Group("{", (entry,), "}")
        return Word("{}" if shape.document else _EXAMPLES.get(shape.type, '"string"'))

    def _structure(self, shape: ShapeModel, level: int) -> Expression:
        head = self._class(shape)
        if shape.members:
            if shape.name in self._shown:
                return Word(f"{head}(...)")
            if level > self.levels:
                self.cut.append(head)
                return Word(f"{head}(...)")
        self._shown.add(shape.name)
        return self._call(head, shape, level)

    def _enum(self, shape: ShapeModel) -> Expression:
        if not shape.enum or self.is_reply or shape.name in self._shown:
            return Word(f"{self._class(shape)}(...)")
        self._shown.add(shape.name)
        return Choice(tuple(map(quote, shape.enum)))

    def _class(self, shape: ShapeModel) -> str:
        return f"{self.names.short_name}.{self.names.classes[shape.name]}"
