"""Docstrings: the documentation of the model, in sections of plain text."""

from __future__ import annotations

import builtins
from collections.abc import Container, Iterable, Mapping
from html import escape

from attrs import Factory, field, frozen

from botosmith.generator.literal import quote_docstring
from botosmith.generator.model import (
    MemberModel,
    Role,
    ServiceModel,
    ShapeModel,
    ShapeReference,
)
from botosmith.generator.naming import FieldName
from botosmith.generator.plan.docstrings.quantity import tell_limits
from botosmith.generator.plan.docstrings.request_syntax import Syntax
from botosmith.generator.plan.names import Exchange, Names
from botosmith.generator.prose import summary, to_lines

#: Columns of a docstring in a module's function or class: 88 less the indent.
WIDTH = 84

INDENT = "    "

#: Columns of what stands in a section.
_SECTION_WIDTH = WIDTH - len(INDENT)

#: Columns of its first paragraph, which shares its lines with the quotes.
LEAD_WIDTH = WIDTH - 4

#: Columns of a docstring that has one line, with all its quotes.
ONE_LINE_WIDTH = LEAD_WIDTH - 3


def _find_class_names(documenter: Documenter) -> frozenset[str]:
    names = documenter.names
    return frozenset({*names.classes.values(), *names.errors.values()})


@frozen
class Documenter:
    """Writes the docstrings of one service.

    Attributes:
        model: The service.
        names: Its names.
        first_uses: The documentation of each shape's first documented member, for
            shapes that have none of their own.
    """

    model: ServiceModel
    names: Names
    first_uses: Mapping[str, str]
    _taken: frozenset[str] = field(
        init=False, default=Factory(_find_class_names, takes_self=True)
    )

    def package(self) -> tuple[str, ...]:
        """Document the service itself."""
        lines = to_lines(self.model.documentation, width=LEAD_WIDTH)
        return quote_docstring(lines or [f"{self.model.title}."])

    def client(self) -> tuple[str, ...]:
        """Document the client's class."""
        return _finish(_lead(f"Calls {self.model.title}."), self._lines(_CLIENT))

    def async_client(self) -> tuple[str, ...]:
        """Document the class of the client whose calls are awaited."""
        return _finish(
            _lead(f"Calls {self.model.title}, each call to be awaited."),
            self._lines(
                f"{_CLIENT} `AsyncBaseClient` describes its opening and closing."
            ),
        )

    def shape(self, shape: ShapeModel) -> tuple[str, ...]:
        """Document a structure's or enum's class."""
        documentation = shape.documentation or self.first_uses.get(shape.name, "")
        lead = to_lines(documentation, width=LEAD_WIDTH) or _lead(_fallback(shape))
        return _finish(lead, self._members("Attributes", shape))

    def request(self, exchange: Exchange) -> tuple[str, ...]:
        """Document an operation's request class."""
        shape = self._input(exchange)
        return _finish(
            _lead(f"The arguments of `{exchange.function}` as an object."),
            self._lines(shape.documentation) if shape else [],
        )

    def response(self, exchange: Exchange) -> tuple[str, ...]:
        """Document an operation's response class."""
        lead = _lead(f"The reply of `{exchange.function}`.")
        if exchange.operation.output is None:
            return _finish(lead)
        shape = self.model.shapes[exchange.operation.output]
        return _finish(
            lead, self._lines(shape.documentation), self._members("Attributes", shape)
        )

    def error(self, shape: ShapeModel) -> tuple[str, ...]:
        """Document an error's class."""
        lead = to_lines(shape.documentation, width=LEAD_WIDTH)
        lead = lead or _lead(f"The error `{shape.name}`.")
        return _finish(lead, self._members("Attributes", shape))

    def operation(self, exchange: Exchange) -> tuple[str, ...]:
        """Document an operation's function: the whole reference page."""
        return quote_docstring(self.page(exchange))

    def page(self, exchange: Exchange) -> list[str]:
        """Return the reference page of an operation, in the seed page's order."""
        operation = exchange.operation
        title = summary(operation.documentation) or f"Calls {operation.name}."
        sections = [
            to_lines(escape(title), width=LEAD_WIDTH),
            self._deprecation(operation.deprecated),
            section("Description", self._lines(operation.documentation, INDENT)),
            _code_section("Usage", self._usage(exchange)),
            self._arguments(exchange),
            _code_section("Value", self._value(exchange)),
            self._raises(exchange),
            _code_section("Request syntax", self._request_syntax(exchange)),
        ]
        return join_sections(sections)

    def brief_arguments(
        self, exchange: Exchange, words: str, left_out: Container[str] = ()
    ) -> list[str]:
        """Return entries for an operation's arguments: some words, and their bounds.

        Args:
            exchange: The operation.
            words: What to say of each, as HTML.
            left_out: The members of the input that are none of them.
        """
        shape = self._input(exchange)
        if shape is None:
            return []
        fields = self.names.fields[shape.name]
        return [
            line
            for member in shape.members.values()
            if member.name not in left_out
            for line in self._lay_out_member(fields[member.name], member, shape, words)
        ]

    def _arguments(self, exchange: Exchange) -> list[str]:
        client = f"{INDENT}client: [required] The client that sends the call."
        shape = self._input(exchange)
        described = self._described(shape) if shape else []
        return ["Arguments:", client, *described]

    def _members(self, heading: str, shape: ShapeModel) -> list[str]:
        return [f"{heading}:", *self._described(shape)] if shape.members else []

    def _described(self, shape: ShapeModel) -> list[str]:
        fields = self.names.fields[shape.name]
        return [
            line
            for member in shape.members.values()
            for line in self._member(fields[member.name], member, shape)
        ]

    def _member(
        self, field: FieldName, member: MemberModel, owner: ShapeModel
    ) -> list[str]:
        shape = self.model.shapes[member.shape]
        documentation = (member.documentation or shape.documentation) + "".join(
            f"<p>{label}:</p>{part.documentation}"
            for label, part in _labelled_parts(shape)
            if part.documentation
        )
        return self._lay_out_member(field, member, owner, documentation)

    def _lay_out_member(
        self, field: FieldName, member: MemberModel, owner: ShapeModel, words: str
    ) -> list[str]:
        shape = self.model.shapes[member.shape]
        required = " [required]" if member.name in owner.required else ""
        html = words + "".join(f"<p>{fact}</p>" for fact in self._facts(member, shape))
        return list_entry(f"{field}:{required}", html)

    def _facts(self, member: MemberModel, shape: ShapeModel) -> Iterable[str]:
        """Yield the traits of a member that documentation does not tell, as HTML."""
        if member.deprecated is not None:
            yield f"Deprecated: {escape(member.deprecated)}"
        if member.token:
            yield "Filled in with a random UUID when left out."
        if member.role in _ROLE_FACTS:
            yield _ROLE_FACTS[member.role]
        pattern = (
            f"Pattern: <code>{escape(shape.pattern)}</code>"
            if shape.pattern is not None
            else ""
        )
        limits = " ".join(filter(None, (tell_limits(shape), pattern)))
        if limits:
            yield limits

    def _usage(self, exchange: Exchange) -> list[str]:
        shape = self._input(exchange)
        head = f"client.{exchange.function}("
        if shape is None or not shape.members:
            return [f"{head})"]
        arguments = [
            f"{INDENT}{field}={'...' if self._insists_on(shape, name) else 'None'},"
            for name, field in self.names.fields[shape.name].items()
        ]
        return [head, *arguments, ")"]

    def _insists_on(self, shape: ShapeModel, name: str) -> bool:
        return name in shape.required and not shape.members[name].token

    def _syntax(self) -> Syntax:
        return Syntax(self.model, self.names, _SECTION_WIDTH)

    def _value(self, exchange: Exchange) -> list[str]:
        head = f"{self.names.short_name}.{exchange.response}"
        return self._syntax().reply(head, exchange.operation.output)

    def _request_syntax(self, exchange: Exchange) -> list[str]:
        head = f"client.{exchange.function}"
        return self._syntax().request(head, exchange.operation.input)

    def _raises(self, exchange: Exchange) -> list[str]:
        refused = [
            line
            for name in exchange.operation.errors
            for line in list_entry(
                f"{self.names.errors[name]}:", self.model.shapes[name].documentation
            )
        ]
        return [
            "Raises:",
            *refused,
            *self.refusal(),
            *list_entry(f"{self.names.error_root}:", "The service refused the call."),
        ]

    def refusal(self) -> list[str]:
        """Return the entry of the error that is raised when arguments are wrong."""
        return list_entry(
            f"{self.name_error('ValidationError')}:",
            "The arguments break the model's rules; nothing was sent.",
        )

    def name_error(self, name: str) -> str:
        """Return the name of an error of the runtime or of Python's.

        Some services have a class of the same name, as EC2 has a structure
        `ValidationError`: then the name says its module.
        """
        if name not in self._taken:
            return name
        return f"{'builtins' if name in vars(builtins) else 'botosmith.runtime'}.{name}"

    def _deprecation(self, deprecated: str | None) -> list[str]:
        if deprecated is None:
            return []
        return to_lines(escape(deprecated), width=WIDTH, lead="Deprecated:")

    def _input(self, exchange: Exchange) -> ShapeModel | None:
        name = exchange.operation.input
        return self.model.shapes[name].as_sent if name is not None else None

    def _lines(self, html: str, margin: str = "") -> list[str]:
        lines = to_lines(html, width=WIDTH - len(margin))
        return indent(lines) if margin else lines


_CLIENT = (
    "Each operation is a method whose `help` is its reference page. The arguments are"
    " those of `boto3.client`; `AnyClient` describes them."
)

_ROLE_FACTS: Mapping[Role | None, str] = {
    "body": "Bytes, text, an open file, or an iterable of bytes.",
    "stream": "Read as it comes: close it, or read it to the end.",
    "events": "Comes one event after the other: close it, or go through all of it.",
    "octets": "Bytes, or text that is sent as UTF-8; botocore encodes it as base64.",
}


def find_first_uses(model: ServiceModel) -> dict[str, str]:
    """Find the documentation of the first documented member of each shape."""
    found: dict[str, str] = {}
    for shape in model.shapes.values():
        for member in shape.members.values():
            if member.documentation:
                found.setdefault(member.shape, member.documentation)
    return found


def _labelled_parts(shape: ShapeModel) -> Iterable[tuple[str, ShapeReference]]:
    """Return the parts of a list or map with their names in documentation."""
    parts = (("Items", shape.member), ("Keys", shape.key), ("Values", shape.value))
    return [(label, part) for label, part in parts if part is not None]


def _lead(text: str) -> list[str]:
    return to_lines(escape(text), width=LEAD_WIDTH)


def _fallback(shape: ShapeModel) -> str:
    kind = "enum" if shape.enum is not None else "union" if shape.union else "structure"
    return f"The {kind} `{shape.name}`, which the model does not describe."


def list_entry(lead: str, html: str) -> list[str]:
    """Return the lines of one entry of a section: what it begins with, and its text."""
    return indent(to_lines(html, width=_SECTION_WIDTH, lead=lead, hanging=len(INDENT)))


def indent(lines: Iterable[str]) -> list[str]:
    """Indent lines by one level."""
    return [f"{INDENT}{line}" if line else "" for line in lines]


def section(heading: str, lines: list[str]) -> list[str]:
    """Return a section under its heading, or nothing for a section without lines."""
    return [f"{heading}:", *lines] if lines else []


def _code_section(heading: str, lines: list[str]) -> list[str]:
    """Return a section of code under its heading.

    Editors show docstrings as Markdown or as reStructuredText: two colons and an empty
    line make a block of code in both, and `help` shows them as they are.
    """
    return [f"{heading}::", "", *indent(lines)]


def join_sections(sections: Iterable[list[str]]) -> list[str]:
    """Join the sections that are not empty with an empty line between."""
    joined: list[str] = []
    for section in sections:
        if section:
            joined += ["", *section] if joined else section
    return joined


def document_module(sentence: str) -> tuple[str, ...]:
    """Return the docstring of a module; it has the whole line, less its quotes."""
    return quote_docstring(to_lines(escape(sentence), width=WIDTH - 2))


def document_class(sentence: str) -> tuple[str, ...]:
    """Return the docstring of a class that one sentence describes."""
    return _finish([sentence])


def _finish(*sections: list[str]) -> tuple[str, ...]:
    lines = join_sections(sections)
    if len(lines) == 1:
        lines = to_lines(escape(lines[0]), width=ONE_LINE_WIDTH)
    return quote_docstring(lines)
