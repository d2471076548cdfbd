"""Structures, enums and errors as the templates see them."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve, frozen

from botosmith.generator import ir
from botosmith.generator.literal import quote
from botosmith.generator.model import MemberModel, ShapeModel
from botosmith.generator.naming import ClassName
from botosmith.generator.plan.document import Documenter
from botosmith.generator.plan.expression import (
    Scope,
    annotate,
    describe,
    is_sensitive,
    read,
    write,
)
from botosmith.generator.plan.names import Exchange


@frozen
class StructurePlanner:
    """Plans the classes of one module.

    Attributes:
        scope: The module.
        documenter: The docstrings of the service.
    """

    scope: Scope
    documenter: Documenter

    def enum(self, shape: ShapeModel) -> ir.Enum:
        """An enum with every value of the model."""
        values = shape.enum or ()
        names = self.scope.names.values[shape.name]
        return ir.Enum(
            name=self.scope.names.classes[shape.name],
            base=self.scope.vocabulary.use("OpenEnum"),
            docstring=self.documenter.shape(shape),
            members=tuple(
                ir.EnumMember(names[value], quote(value)) for value in values
            ),
        )

    def shape(self, shape: ShapeModel) -> ir.Structure:
        """A structure or union that is no operation's own request or reply."""
        base = self.scope.vocabulary.use("Union" if shape.union else "Structure")
        name = self.scope.names.classes[shape.name]
        within = evolve(self, scope=evolve(self.scope, owner=name))
        return within._structure(name, base, self.documenter.shape(shape), shape=shape)

    def response(self, exchange: Exchange) -> ir.Structure:
        """An operation's reply."""
        return self._structure(
            exchange.response,
            self.scope.vocabulary.use("Response"),
            self.documenter.response(exchange),
            shape=self._shape(exchange.operation.output),
        )

    def request(self, exchange: Exchange) -> ir.Structure:
        """An operation's request."""
        operation = exchange.operation
        shape = self._shape(operation.input)
        raised = self.scope.names.errors
        tokens = (
            [member.name for member in shape.members.values() if member.token]
            if shape
            else []
        )
        deprecated = operation.deprecated
        traits = ir.RequestTraits(
            operation=quote(operation.name),
            response=exchange.response,
            errors=_tuple([raised[name] for name in operation.errors]),
            tokens=_tuple(tokens),
            deprecated=quote(deprecated) if deprecated is not None else None,
        )
        base = f"{self.scope.vocabulary.use('Request')}[{exchange.response}]"
        docstring = self.documenter.request(exchange)
        return self._structure(
            exchange.request, base, docstring, shape=shape, request=traits
        )

    def parameters(self, exchange: Exchange) -> tuple[ir.Parameter, ...]:
        """The parameters of an operation's function."""
        shape = self._shape(exchange.operation.input)
        if shape is None:
            return ()
        return tuple(
            ir.Parameter(
                name=self.scope.names.fields[shape.name][member.name],
                annotation=self._annotation(member, shape),
                required=_is_required(member, shape),
            )
            for member in shape.members.values()
        )

    def error(self, shape: ShapeModel) -> ir.Error:
        """An error that the model lists."""
        within = self._within(shape)
        members = tuple(
            within._error_member(member, shape) for member in shape.members.values()
        )
        name = self.scope.names.errors[shape.name]
        # As botocore has it (ErrorShape.error_code).
        code = shape.error_code or shape.name
        return ir.Error(
            name=name,
            code=None if code == name else quote(code),
            docstring=self.documenter.error(shape),
            # The base class has a message already, and says what it is.
            annotated=tuple(one for one in members if one.name != "message"),
            members=members,
            words=within.scope.vocabulary.words,
        )

    def _error_member(self, member: MemberModel, owner: ShapeModel) -> ir.ErrorMember:
        shape = self.scope.model.shapes[member.shape]
        return ir.ErrorMember(
            name=self.scope.names.fields[owner.name][member.name],
            annotation=f"{annotate(self.scope, shape, only_sent=False)} | None",
            metadata=self._metadata(member, shape),
        )

    def _structure(
        self,
        name: ClassName,
        base: str,
        docstring: tuple[str, ...],
        *,
        shape: ShapeModel | None,
        request: ir.RequestTraits | None = None,
    ) -> ir.Structure:
        within = self._within(shape)
        members = within._members(shape, name)
        is_union = shape is not None and shape.union
        within._use_words(members, is_union=is_union)
        leading = () if is_union else _leading(members)
        return ir.Structure(
            name=name,
            decorator=self.scope.vocabulary.use("define"),
            base=base,
            docstring=docstring,
            members=members,
            leading=leading,
            following=members[len(leading) :],
            is_union=is_union,
            request=request,
            words=within.scope.vocabulary.words,
        )

    def _within(self, shape: ShapeModel | None) -> StructurePlanner:
        """The planner for the body of a class, where its members hide other names."""
        if shape is None:
            return self
        fields = self.scope.names.fields[shape.name].values()
        vocabulary = self.scope.vocabulary.within(fields)
        return evolve(self, scope=evolve(self.scope, vocabulary=vocabulary))

    def _use_words(self, members: Sequence[ir.Member], *, is_union: bool) -> None:
        vocabulary = self.scope.vocabulary
        for word in ("Any", "Self", "classmethod", "dict"):
            vocabulary.use(word)
        if members:
            vocabulary.use("field")
        if is_union:
            vocabulary.use("read")
            vocabulary.use("write")

    def _members(
        self, shape: ShapeModel | None, owner: ClassName
    ) -> tuple[ir.Member, ...]:
        if shape is None:
            return ()
        return tuple(
            self._member(member, shape, owner) for member in shape.members.values()
        )

    def _member(
        self, member: MemberModel, owner: ShapeModel, owner_class: ClassName
    ) -> ir.Member:
        name = self.scope.names.fields[owner.name][member.name]
        shape = self.scope.model.shapes[member.shape]
        return ir.Member(
            name=name,
            annotation=self._annotation(member, owner),
            required=_is_required(member, owner),
            metadata=self._metadata(member, shape),
            wire_name=quote(member.wire_name),
            write=write(self.scope, shape, f"self.{name}", member),
            read=read(self.scope, shape, f"get({quote(member.wire_name)})"),
            deprecation=self._deprecation(member, f"{owner_class}.{name}"),
        )

    def _annotation(self, member: MemberModel, owner: ShapeModel) -> str:
        shape = self.scope.model.shapes[member.shape]
        only_sent = owner.name not in self.scope.reach.replied
        return annotate(self.scope, shape, only_sent=only_sent)

    def _metadata(self, member: MemberModel, shape: ShapeModel) -> str:
        arguments = [quote(member.name), describe(self.scope, shape, member)]
        if member.wire_name != member.name:
            arguments.append(f"wire_name={quote(member.wire_name)}")
        if member.sensitive or is_sensitive(self.scope.model.shapes, shape):
            arguments.append("sensitive=True")
        if member.deprecated is not None:
            arguments.append(f"deprecated={quote(member.deprecated)}")
        if member.token:
            arguments.append("token=True")
        return f"{self.scope.vocabulary.use('wire')}.member({', '.join(arguments)})"

    def _deprecation(self, member: MemberModel, subject: str) -> str | None:
        if member.deprecated is None:
            return None
        self.scope.vocabulary.use("warn_deprecated")
        return f"{quote(subject)}, {quote(member.deprecated)}"

    def _shape(self, name: str | None) -> ShapeModel | None:
        return self.scope.model.shapes[name] if name else None


def _is_required(member: MemberModel, owner: ShapeModel) -> bool:
    return member.name in owner.required and not member.token and not owner.union


def _leading(members: Sequence[ir.Member]) -> tuple[ir.Member, ...]:
    """The required members before the first optional one: always in the document."""
    count = 0
    for member in members:
        if not member.required or member.deprecation:
            break
        count += 1
    return tuple(members[:count])


def _tuple(items: Sequence[str]) -> str | None:
    if not items:
        return None
    return f"({', '.join(map(quote, items))},)"
