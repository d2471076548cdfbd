"""The request and reply syntax of an operation: an example with every enum value.

It is Python that parses; only a choice such as `"Yes" | "No"` is not to be run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from textwrap import TextWrapper

from attrs import field, frozen

from botosmith.generator.literal import quote
from botosmith.generator.model import MemberModel, Role, ServiceModel, ShapeModel
from botosmith.generator.naming import FieldName
from botosmith.generator.plan.names import Names

#: Two columns, since requests and replies nest deeply, and lines have 88 columns.
INDENT = "  "

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


#: An argument `name=value`, or an entry `"key": value` of a dictionary.
_PAIR = re.compile(r"""(?P<indent> *)(?P<name>\w+=|.*?["\)]:(?= )) ?(?P<value>.*)""")


@frozen
class Syntax:
    """Writes examples of one service's shapes.

    Attributes:
        model: The service.
        names: Its names.
        width: How many columns a line may take.
        brief: Whether an enum is shown by its class, and a structure's members only
            the first time; replies hold far more than anyone would write out.
    """

    model: ServiceModel
    names: Names
    width: int
    brief: bool = False
    _shown: set[str] = field(factory=set[str])

    def call(
        self, head: str, shape_name: str | None, fields: Mapping[str, FieldName]
    ) -> list[str]:
        """A call with every member of a structure as an argument."""
        if shape_name is None or not fields:
            return [f"{head}()"]
        lines = [f"{head}("]
        for name, attribute in fields.items():
            member = self.model.shapes[shape_name].members[name]
            lines += self._member(f"{INDENT}{attribute}=", member, (shape_name,))
        return [*self._fit(lines), ")"]

    def _fit(self, lines: Iterable[str]) -> Iterator[str]:
        """Break a line that is too long where Python allows it."""
        for line in lines:
            pair = _PAIR.fullmatch(line)
            if len(line) <= self.width or pair is None:
                yield line
            else:
                yield f"{pair['indent']}{pair['name']}"
                yield f"{pair['indent']}{INDENT}{pair['value']}"

    def _member(
        self, lead: str, member: MemberModel, within: tuple[str, ...]
    ) -> list[str]:
        if member.role is None:
            return self._value(lead, member.shape, within)
        if member.role != "events":
            is_given = member.role == "stream" and not self.brief
            example = _ROLE_EXAMPLES["body" if is_given else member.role]
            return [f"{lead}{example},"]
        indent = lead[: len(lead) - len(lead.lstrip())]
        event = self._value(f"{indent}{INDENT}", member.shape, within)
        return [f"{lead}[", *event, f"{indent}],"]

    def _value(  # noqa: PLR0911 - one for each kind of shape
        self, lead: str, shape_name: str, within: tuple[str, ...]
    ) -> list[str]:
        """Lines that start with `lead` and end with a comma."""
        shape = self.model.shapes[shape_name]
        indent = lead[: len(lead) - len(lead.lstrip())]
        if shape_name in within:
            return [f"{lead}...,"]
        if shape.enum and not self.brief:
            return self._choice(lead, indent, shape)
        if shape.enum is not None:
            return [f"{lead}{self._class(shape)}(...),"]
        below = (*within, shape_name)
        if shape.has_class:
            return self._structure(lead, indent, shape, below)
        if shape.type == "list" and shape.member:
            items = self._value(f"{indent}{INDENT}", shape.member.shape, below)
            return [f"{lead}[", *items, f"{indent}],"]
        if shape.type == "map" and shape.key and shape.value:
            *keys, key = self._value(f"{indent}{INDENT}", shape.key.shape, below)
            items = self._value(f"{key[:-1]}: ", shape.value.shape, below)
            return [f"{lead}{{", *keys, *items, f"{indent}}},"]
        example = "{}" if shape.document else _EXAMPLES.get(shape.type, '"string"')
        return [f"{lead}{example},"]

    def _structure(
        self, lead: str, indent: str, shape: ShapeModel, within: tuple[str, ...]
    ) -> list[str]:
        head = f"{lead}{self._class(shape)}("
        if not shape.members:
            return [f"{head}),"]
        if self.brief and shape.name in self._shown:
            return [f"{head}...),"]
        self._shown.add(shape.name)
        fields = self.names.fields[shape.name]
        lines = [
            line
            for name, member in shape.members.items()
            for line in self._member(f"{indent}{INDENT}{fields[name]}=", member, within)
        ]
        return [head, *lines, f"{indent}),"]

    def _class(self, shape: ShapeModel) -> str:
        return f"{self.names.short_name}.{self.names.classes[shape.name]}"

    def _choice(self, lead: str, indent: str, shape: ShapeModel) -> list[str]:
        values = [quote(value) for value in shape.enum or ()]
        # A value is one unit: its own spaces are no place to break a line.
        units = [f"{value.replace(' ', _HELD)} |" for value in values[:-1]]
        wrapper = TextWrapper(
            width=self.width,
            initial_indent=lead,
            subsequent_indent=f"{indent}{INDENT}",
            break_long_words=False,
            break_on_hyphens=False,
        )
        held = " ".join([*units, f"{values[-1].replace(' ', _HELD)},"])
        lines = wrapper.wrap(held.replace(" |", f"{_HELD}|"))
        return [line.replace(_HELD, " ") for line in lines]


#: Stands for a space that must stay within its line.
_HELD = "\N{NO-BREAK SPACE}"
