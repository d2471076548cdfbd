"""Structures, enums and errors, as input of the templates."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve, frozen

from botosmith.generator import ir
from botosmith.generator.literal import quote
from botosmith.generator.model import MemberModel, Role, ShapeModel
from botosmith.generator.naming import ClassName
from botosmith.generator.plan.docstrings.operation import Documenter
from botosmith.generator.plan.expression import (
    Scope,
    annotate,
    describe,
    describe_beside_type,
    is_credential,
    is_sensitive,
    read,
    write,
    write_plain,
)
from botosmith.generator.plan.names import Exchange
from botosmith.generator.plan.wire_support import (
    find_payload,
    has_body,
    has_wire_code,
    in_envelope,
    is_elsewhere,
    is_located,
    takes_plain_path,
)


@frozen
class StructurePlanner:
    """A planner of the classes of one module.

    Attributes:
        scope: The module.
        documenter: The docstrings of the service.
    """

    scope: Scope
    documenter: Documenter

    def enum(self, shape: ShapeModel) -> ir.Enum:
        """Return an enum with every value of the model."""
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
        """Return a structure or union other than an operation's request or reply."""
        base = self.scope.vocabulary.use("Union" if shape.is_choice else "Structure")
        name = self.scope.names.classes[shape.name]
        within = evolve(self, scope=evolve(self.scope, owner=name))
        return within._structure(name, base, self.documenter.shape(shape), shape=shape)

    def response(self, exchange: Exchange) -> ir.Structure:
        """Return an operation's reply."""
        shape = self._shape(exchange.operation.output)
        response = self._structure(
            exchange.response,
            self.scope.vocabulary.use("Response"),
            self.documenter.response(exchange),
            shape=shape,
        )
        response = evolve(
            response,
            located=self._located(shape) if self._is_direct(exchange) else (),
            bodies=self._attributes(shape, "stream"),
            events=self._attributes(shape, "events"),
        )
        payload = find_payload(self.scope.model, exchange.operation.output)
        if payload is None:
            return response
        return self._reading_payload(response, exchange, payload)

    def _reading_payload(
        self, response: ir.Structure, exchange: Exchange, payload: str
    ) -> ir.Structure:
        """Return a reply whose document is one member; headers hold the others."""
        shape = self._shape(exchange.operation.output)
        assert shape is not None  # noqa: S101 - a payload is a member of something
        member = shape.members[payload]
        name = self.scope.names.fields[shape.name][payload]
        scope = self._scope_of(shape)
        whole = read(scope, self._shape_of(member), "data", member)
        elsewhere = f"{scope.vocabulary.use('readers')}.ELSEWHERE"
        members = tuple(
            evolve(one, read=whole if one.name == name else elsewhere)
            for one in response.members
        )
        return evolve(response, members=members, reads_payload=True)

    def request(self, exchange: Exchange) -> ir.Structure:
        """Return an operation's request."""
        operation = exchange.operation
        shape = self._input(exchange)
        raised = self.scope.names.errors
        deprecated = operation.deprecated
        model = self.scope.model
        is_rendered = has_wire_code(model)
        is_direct = self._is_direct(exchange)
        traits = ir.RequestTraits(
            operation=quote(operation.name),
            response=exchange.response,
            errors=_tuple([raised[name] for name in operation.errors]),
            tokens=self._tokens(shape) if is_direct else (),
            deprecated=quote(deprecated) if deprecated is not None else None,
            has_body=not is_rendered or has_body(model, operation),
            is_plain=is_rendered and not is_direct,
        )
        base = f"{self.scope.vocabulary.use('Request')}[{exchange.response}]"
        docstring = self.documenter.request(exchange)
        request = self._structure(
            exchange.request, base, docstring, shape=shape, request=traits
        )
        request = evolve(
            request,
            bodies=self._attributes(shape, "body"),
            events=self._attributes(shape, "events"),
        )
        if shape is None or not is_direct:
            return request
        return self._divided(request, shape, exchange)

    def _is_direct(self, exchange: Exchange) -> bool:
        """Return whether an operation's request and reply have wire code."""
        model = self.scope.model
        return has_wire_code(model) and not takes_plain_path(model, exchange.operation)

    def _tokens(self, shape: ShapeModel | None) -> tuple[str, ...]:
        if shape is None:
            return ()
        within = self._within(shape)
        return tuple(
            within._brief_description(member)
            for member in shape.members.values()
            if member.token
        )

    def _located(self, shape: ShapeModel | None) -> tuple[ir.LocatedMember, ...]:
        if shape is None:
            return ()
        within, fields = self._within(shape), self.scope.names.fields[shape.name]
        return tuple(
            ir.LocatedMember(fields[name], within._brief_description(member))
            for name, member in shape.members.items()
            if is_elsewhere(self.scope.model, member)
        )

    def _attributes(self, shape: ShapeModel | None, role: Role) -> str | None:
        """Return the attributes of the members that are streams of a kind."""
        if shape is None:
            return None
        fields = self.scope.names.fields[shape.name]
        return _tuple(
            [
                fields[name]
                for name, member in shape.members.items()
                if member.role == role
            ]
        )

    def _divided(
        self, request: ir.Structure, shape: ShapeModel, exchange: Exchange
    ) -> ir.Structure:
        """Return a request with its members divided into body and envelope."""
        model = self.scope.model
        pairs = list(zip(shape.members.values(), request.members, strict=True))
        payload = find_payload(model, exchange.operation.input)
        body = [one for member, one in pairs if not is_located(model, member)]
        around = [
            self._in_envelope(one, member, shape)
            for member, one in pairs
            if in_envelope(model, member)
        ]
        return evolve(
            request,
            body=_document(body),
            payload=next(
                (one for member, one in pairs if member.name == payload), None
            ),
            envelope=_document(around) if around else None,
        )

    def _in_envelope(
        self, planned: ir.Member, member: MemberModel, owner: ShapeModel
    ) -> ir.Member:
        """Return a request's member as botocore's serializer takes it."""
        scope, value = self._scope_of(owner), f"self.{planned.name}"
        return evolve(
            planned,
            wire_name=quote(member.name),
            write=write_plain(scope, self._shape_of(member), value, member),
        )

    def parameters(self, exchange: Exchange) -> tuple[ir.Parameter, ...]:
        """Return the parameters of an operation's function."""
        shape = self._input(exchange)
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
        """Return an error that the model lists."""
        within = self._within(shape)
        members = tuple(
            within._error_member(member, shape) for member in shape.members.values()
        )
        name = self.scope.names.errors[shape.name]
        # The same as botocore's ErrorShape.error_code.
        code = shape.error_code or shape.name
        return ir.Error(
            name=name,
            code=None if code == name else quote(code),
            docstring=self.documenter.error(shape),
            # The base class has the message, with its annotation.
            annotated=tuple(one for one in members if one.name != "message"),
            members=members,
            words=within.scope.vocabulary.words,
        )

    def _error_member(self, member: MemberModel, owner: ShapeModel) -> ir.ErrorMember:
        shape = self._shape_of(member)
        annotation = annotate(self.scope, shape, member, only_sent=False)
        return ir.ErrorMember(
            name=self.scope.names.fields[owner.name][member.name],
            annotation=f"{annotation} | None",
            description=self._member_call(
                member,
                [describe(self.scope, shape, member)],
                self._traits(member, shape, owner),
            ),
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
        directions = self._directions(shape, is_request=request is not None)
        members = within._members(shape, name, directions)
        choice = self._choice() if shape is not None and shape.is_choice else None
        within._use_words(members, directions, is_union=choice is not None)
        return ir.Structure(
            name=name,
            decorator=self.scope.vocabulary.use("define"),
            base=base,
            docstring=docstring,
            members=members,
            directions=directions,
            body=ir.Document((), members) if choice else _document(members),
            payload=None,
            envelope=None,
            choice=choice,
            request=request,
            reads_payload=False,
            located=(),
            bodies=None,
            events=None,
            words=within.scope.vocabulary.words,
        )

    def _directions(
        self, shape: ShapeModel | None, *, is_request: bool
    ) -> ir.Directions:
        """Return the directions in which a shape, or a side without one, is sent.

        A shape that no operation uses has wire code in both directions.
        """
        scope = self.scope
        if shape is None:
            is_sent, is_replied = is_request, not is_request
        else:
            is_sent = shape.name in scope.reach.sent
            is_replied = shape.name in scope.reach.replied
        if is_sent == is_replied or not scope.wire_format.is_described:
            return ir.Directions(to_wire=True, from_wire=True, protocol=None)
        protocol = scope.model.protocol
        return ir.Directions(
            to_wire=is_sent,
            from_wire=is_replied,
            protocol=None if protocol == "json" else quote(protocol),
        )

    def _choice(self) -> ir.Choice:
        if self.scope.wire_format.by_name:
            return ir.Choice(write="parameter_union", read="unknown_parameter")
        return ir.Choice(
            write=self.scope.wire_format.union_writer, read="unknown_member"
        )

    def _within(self, shape: ShapeModel | None) -> StructurePlanner:
        """Return the planner for a class's body, in which members hide other names."""
        if shape is None:
            return self
        fields = self.scope.names.fields[shape.name].values()
        vocabulary = self.scope.vocabulary.within(fields)
        return evolve(self, scope=evolve(self.scope, vocabulary=vocabulary))

    def _use_words(
        self, members: Sequence[ir.Member], directions: ir.Directions, *, is_union: bool
    ) -> None:
        words = ["Any", "dict"]
        if members:
            words.append("Annotated")
        if directions.from_wire:
            words += ["Self", "classmethod"]
        if is_union and directions.to_wire:
            words.append("writers")
        if is_union and directions.from_wire:
            words.append("readers")
        for word in words:
            self.scope.vocabulary.use(word)

    def _members(
        self, shape: ShapeModel | None, owner: ClassName, directions: ir.Directions
    ) -> tuple[ir.Member, ...]:
        if shape is None:
            return ()
        return tuple(
            self._member(member, shape, owner, directions)
            for member in shape.members.values()
        )

    def _member(
        self,
        member: MemberModel,
        owner: ShapeModel,
        owner_class: ClassName,
        directions: ir.Directions,
    ) -> ir.Member:
        name = self.scope.names.fields[owner.name][member.name]
        shape = self._shape_of(member)
        scope, form = self.scope, self.scope.wire_format
        key = quote(member.name if form.by_name else member.wire_name)
        read_key = quote(member.name) if form.reads_by_name else key
        return ir.Member(
            name=name,
            annotation=self._annotation(member, owner),
            required=_is_required(member, owner),
            description=self._member_call(
                member,
                describe_beside_type(scope, shape, member),
                self._traits(member, shape, owner),
            ),
            wire_name=key,
            write=(
                write(scope, shape, f"self.{name}", member)
                if directions.to_wire
                else None
            ),
            read=(
                read(scope, shape, f"get({read_key})", member)
                if directions.from_wire
                else None
            ),
            deprecation=(
                self._deprecation(member, f"{owner_class}.{name}")
                if directions.to_wire
                else None
            ),
        )

    def _annotation(self, member: MemberModel, owner: ShapeModel) -> str:
        only_sent = owner.name not in self.scope.reach.replied
        return annotate(self.scope, self._shape_of(member), member, only_sent=only_sent)

    def _traits(
        self, member: MemberModel, shape: ShapeModel, owner: ShapeModel
    ) -> list[str]:
        traits: list[str] = []
        # Every member of a sensitive structure is secret, also if printed by itself.
        is_marked = member.sensitive or owner.sensitive
        is_secret = is_marked or is_sensitive(self.scope.model.shapes, shape)
        if is_secret or is_credential(member, shape):
            traits.append("sensitive=True")
        if member.deprecated is not None:
            traits.append(f"deprecated={quote(member.deprecated)}")
        if member.token:
            traits.append("token=True")
        return traits

    def _brief_description(self, member: MemberModel) -> str:
        """Return a member's description: name, location and type, without its rules."""
        shape = evolve(self._shape_of(member), min=None, max=None, pattern=None)
        return self._member_call(member, [describe(self.scope, shape, member)])

    def _member_call(
        self, member: MemberModel, type_: Sequence[str], traits: Sequence[str] = ()
    ) -> str:
        arguments = [quote(member.name), *type_]
        if member.wire_name != member.name:
            arguments.append(f"wire_name={quote(member.wire_name)}")
        arguments += traits
        if member.location is not None and self.scope.model.protocol == "rest-json":
            arguments.append(f"location={quote(member.location)}")
        return f"{self.scope.vocabulary.use('schema')}.member({', '.join(arguments)})"

    def _deprecation(self, member: MemberModel, subject: str) -> str | None:
        if member.deprecated is None:
            return None
        self.scope.vocabulary.use("warn_deprecated")
        return f"{quote(subject)}, {quote(member.deprecated)}"

    def _shape_of(self, member: MemberModel) -> ShapeModel:
        return self.scope.model.shapes[member.shape]

    def _scope_of(self, shape: ShapeModel) -> Scope:
        return self._within(shape).scope

    def _input(self, exchange: Exchange) -> ShapeModel | None:
        shape = self._shape(exchange.operation.input)
        return shape.as_sent if shape is not None else None

    def _shape(self, name: str | None) -> ShapeModel | None:
        return self.scope.model.shapes[name] if name is not None else None


def _is_required(member: MemberModel, owner: ShapeModel) -> bool:
    return member.name in owner.required and not member.token and not owner.is_choice


def _document(members: Sequence[ir.Member]) -> ir.Document:
    """Return a document, led by the required members before the first optional one."""
    count = 0
    for member in members:
        if not member.required or member.deprecation:
            break
        count += 1
    return ir.Document(tuple(members[:count]), tuple(members[count:]))


def _tuple(items: Sequence[str]) -> str | None:
    if not items:
        return None
    return f"({', '.join(map(quote, items))},)"
