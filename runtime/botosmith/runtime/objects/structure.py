"""The bases of generated structures: data, with equality and repr for all of them.

Once here instead of once a class: attrs' own methods would double the time that
importing a class takes.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache
from inspect import Parameter, Signature, signature
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NoReturn, Self, TypeVar

import attrs

from botosmith.runtime import schema
from botosmith.runtime.objects.metadata import NO_EXCHANGE, ResponseMetadata
from botosmith.runtime.objects.pickling import public_name, restore_structure
from botosmith.runtime.serde.depth import TooDeep, go_deeper
from botosmith.runtime.serde.readers import Mismatch
from botosmith.runtime.violation import MASK

ResponseT_co = TypeVar("ResponseT_co", bound="Response", covariant=True)

_make = type.__call__

#: An annotation as the compiler writes it down; see `schema`.
_DESCRIBED = re.compile(r"_?Annotated\[(.+?), _?schema\.member\(.+\)\]", re.DOTALL)


def _without_description(parameter: Parameter) -> Parameter:
    """A parameter with its type alone, which is what people want to see."""
    described = _DESCRIBED.fullmatch(str(parameter.annotation))
    return parameter.replace(annotation=described[1]) if described else parameter


class StructureType(type):
    """Turns a wrong argument of a generated class into a `ValidationError`."""

    # Type checkers look at the class's own signature, and must not see this one.
    if not TYPE_CHECKING:

        def __call__(cls, /, *args: Any, **kwargs: Any) -> Any:
            """Make an object, or tell all that is wrong with the arguments."""
            try:
                return _make(cls, *args, **kwargs)
            except TypeError as error:
                from botosmith.runtime.advice.arguments import constructor_error

                raise (constructor_error(cls, args, kwargs) or error) from None

        @property
        def __signature__(cls) -> Signature:
            # `help` and editors would show the arguments of `__call__` otherwise.
            own = signature(cls.__init__)
            _, *parameters = own.parameters.values()
            return own.replace(parameters=[*map(_without_description, parameters)])


class _Hidden:
    """Stands in print for a sensitive value."""

    def __repr__(self) -> str:
        return MASK


class NoDictionary:
    """The method `get` that objects do not have, and what is said of it."""

    def __get__(self, instance: object | None, owner: type) -> NoReturn:
        from botosmith.runtime.advice.missing_names import MissingName

        message = f"{owner.__name__!r} object has no attribute 'get'"

        def advise() -> str:
            return "it is not a dictionary: write the attribute, which may be None"

        raise MissingName(message, "get", advise)


def refuse_key(value: Any, key: object) -> TypeError:
    """Make the error for an object that is used as a dictionary."""
    from botosmith.runtime.advice.names import about_key

    advice = about_key(value, key)
    return TypeError(f"{type(value).__name__} is not a dictionary: {advice}")


class Structure(metaclass=StructureType):
    """Base of every generated structure."""

    __slots__ = ()

    # The protocol of its documents, which descriptions do not say. It is unannotated,
    # as `get_type_hints` is to give nothing but members.
    _protocol = "json"

    def _to_wire(self) -> dict[str, Any]:
        """Write by the members' descriptions, where a class has no code for that."""
        from botosmith.runtime.serde import interpreter

        return interpreter.to_wire(self)

    @classmethod
    def _from_wire(cls, data: dict[str, Any]) -> Self:
        """Read by the members' descriptions, where a class has no code for that."""
        from botosmith.runtime.serde import interpreter

        return interpreter.from_wire(cls, data)

    @classmethod
    def _read(cls, value: Any) -> Any:
        if type(value) is dict:
            # The members' readers find out what a dictionary of JSON holds.
            data: Any = value  # pyright: ignore[reportUnknownVariableType]
            try:
                return cls._from_wire(data)
            except TooDeep:
                raise
            except RecursionError:
                return go_deeper(cls._from_wire, data)
        if value is None:
            return None
        raise Mismatch

    # boto3 gives dictionaries. Type checkers know that these are none.
    if not TYPE_CHECKING:
        __iter__ = None
        get = NoDictionary()

        def __getitem__(self, key: Any) -> Any:
            """Say which attribute to write."""
            raise refuse_key(self, key)

        def __setitem__(self, key: Any, _: Any) -> None:
            """Say which attribute to write."""
            raise refuse_key(self, key)

        def __contains__(self, key: Any) -> bool:
            """Say which attribute to write."""
            raise refuse_key(self, key)

        def __dir__(self) -> list[str]:
            """Leave out what is there for the error alone."""
            hidden = set() if "get" in self._attribute_names() else {"get"}
            return sorted(set(super().__dir__()) - hidden)

    @classmethod
    def _attribute_names(cls) -> tuple[str, ...]:
        return _attribute_names(cls)

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        try:
            return all(
                getattr(self, name) == getattr(other, name)
                for name in _compared_names(self.__class__)
            )
        except TooDeep:
            raise
        except RecursionError:
            return go_deeper(self.__eq__, other)

    # Objects are mutable, so a hash of their values would not hold.
    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        if "pprint" in sys.modules:
            from botosmith.runtime.objects.pretty_print import break_lines

            break_lines(Structure.__repr__)
        try:
            members = (f"{name}={value!r}" for name, value in self.__rich_repr__())
            shown = ", ".join(members)
        except RecursionError:
            shown = "..."
        return f"{self.__class__.__name__}({shown})"

    def __rich_repr__(self) -> Iterator[tuple[str, Any]]:
        """Yield what is shown: the members that are set, sensitive ones masked.

        So is a dictionary in an object's place, which may have a secret among the rest.
        By this name rich asks for it, which would print every attribute otherwise.
        """
        near_secrets = schema.has_secrets(self.__class__)
        for field in schema.fields(self.__class__):
            value = getattr(self, field.attribute)
            if value is None:
                continue
            is_hidden = field.member.sensitive or (
                near_secrets and not schema.has_form(field.member.type, value)
            )
            yield field.attribute, _Hidden() if is_hidden else value

    def __reduce_ex__(self, protocol: Any) -> Any:
        name = public_name(self.__class__)
        if name is None:
            return super().__reduce_ex__(protocol)
        state = {name: getattr(self, name) for name in self._attribute_names()}
        return restore_structure, (*name, state)


@cache
def _attribute_names(structure: Any) -> tuple[str, ...]:
    return tuple(attribute.name for attribute in attrs.fields(structure))


@cache
def _compared_names(structure: Any) -> tuple[str, ...]:
    return tuple(field.name for field in attrs.fields(structure) if field.eq)


@attrs.frozen
class UnknownMember:
    """A union's member that the service knows and the model does not.

    Attributes:
        name: The member's name on the wire.
        value: What came with it, as decoded JSON; None where botocore's parser, which
            keeps only the name, did the reading. It takes no part in comparisons. It
            is not printed: no model says whether it is sensitive.
    """

    name: str
    value: Any = attrs.field(default=None, eq=False, repr=False)


@attrs.define(kw_only=True, eq=False, repr=False)
class Union(Structure):
    """Base of every tagged union: exactly one of its members is set.

    `sdk_unknown_member` is the one that is set when a reply holds a member newer than
    the model; the name is botocore's (`SDK_UNKNOWN_MEMBER`).
    """

    sdk_unknown_member: UnknownMember | None = None

    @classmethod
    def _unknown(cls, name: str, value: Any) -> UnknownMember | None:
        return None if name in _wire_names(cls) else UnknownMember(name, value)

    def _has_choice(self) -> bool:
        """Return whether a member is set, while the reading goes on."""
        names = self._attribute_names()
        return any(getattr(self, name, None) is not None for name in names)

    def __rich_repr__(self) -> Iterator[tuple[str, Any]]:
        if self.sdk_unknown_member is not None:
            yield "sdk_unknown_member", self.sdk_unknown_member
        yield from Structure.__rich_repr__(self)


@cache
def _wire_names(structure: Any) -> frozenset[str]:
    fields = schema.fields(structure)
    names = {field.member.wire_name for field in fields}
    return frozenset(names.union(field.member.name for field in fields))


@attrs.define(kw_only=True, eq=False, repr=False)
class Response(Structure):
    """Base of every operation's reply."""

    # True if one member is the whole document, of any type.
    _reads_payload: ClassVar[bool] = False
    # The members that headers and the status have, as far as it takes to read them.
    _located: ClassVar[tuple[schema.Field, ...]] = ()
    # The attributes that hold streams, of bytes and of events.
    _bodies: ClassVar[tuple[str, ...]] = ()
    _events: ClassVar[tuple[str, ...]] = ()

    response_metadata: ResponseMetadata = attrs.field(default=NO_EXCHANGE, eq=False)

    # Wire code makes replies without their constructor. Type checkers look at that
    # one, and must not see this.
    if not TYPE_CHECKING:

        def __new__(cls, *_args: Any, **_kwargs: Any) -> Self:
            """Make a reply that no exchange was behind so far."""
            made = super().__new__(cls)
            made.response_metadata = NO_EXCHANGE
            return made


# Generated modules do not import these types, and `get_type_hints` of an `__init__`
# would look for their names there. `attrs.resolve_types` sets them too, in 18
# milliseconds.
for _inherited, _type in (
    (attrs.fields(Response).response_metadata, ResponseMetadata),
    (attrs.fields(Union).sdk_unknown_member, UnknownMember | None),
):
    object.__setattr__(_inherited, "type", _type)


class Request(Structure, Generic[ResponseT_co]):
    """Base of every operation's request; `Client.send` turns one into its reply."""

    __slots__ = ()

    _operation: ClassVar[str]
    _response: ClassVar[type[Response]]
    _errors: ClassVar[tuple[str, ...]] = ()
    # The idempotency tokens, as far as it takes to fill them in.
    _tokens: ClassVar[tuple[schema.Member, ...]] = ()
    _deprecated: ClassVar[str | None] = None
    # True if the request has a document to send, maybe an empty one.
    _has_body: ClassVar[bool] = True
    # True if botocore does everything, although the service has wire code.
    _is_plain: ClassVar[bool] = False
    # The attributes that hold streams, of bytes and of events.
    _bodies: ClassVar[tuple[str, ...]] = ()
    _events: ClassVar[tuple[str, ...]] = ()

    def _to_envelope(self) -> dict[str, Any]:
        """The parameters that botocore writes around the document."""
        return {}
