"""A service model as frozen values: the JSON's own words, in the JSON's own order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from attrs import evolve, field, frozen

#: What makes a member something else than a value of its shape: `document` is any JSON
#: value, `body` and `stream` are bytes that are sent or come as they are, `events` come
#: one after the other, `octets` are bytes that the model has for text.
Role = Literal["document", "body", "stream", "events", "octets"]

#: The types of shapes whose values and bounds may be any number.
FLOATS = frozenset({"float", "double", "bigDecimal"})

#: From this status on, botocore takes a reply for an error.
_FIRST_ERROR = 300


@frozen
class ShapeReference:
    """A use of a shape: by a list's member, a map's key or value, or an operation."""

    shape: str
    documentation: str = ""


@frozen
class MemberModel:
    """A member of a structure.

    Attributes:
        name: Its name in the model.
        shape: The name of its shape.
        wire_name: Its name on the wire.
        timestamp_format: How its instants are written, where the model says so.
        deprecated: What to do instead of using it; None when it is not deprecated.
        token: Whether it is an idempotency token.
        location: Where a request or reply has it outside the body: `uri`, `header`,
            `headers`, `querystring` or `statusCode`.
        host_label: Whether it is part of the host's name.
        role: What it is instead of a value of its shape; None for nothing else.
    """

    name: str
    shape: str
    documentation: str
    wire_name: str
    timestamp_format: str | None
    deprecated: str | None
    token: bool
    sensitive: bool
    location: str | None = None
    host_label: bool = False
    role: Role | None = None


@frozen
class ShapeModel:
    """A shape. Which of the attributes mean something depends on its type."""

    name: str
    type: str
    documentation: str = ""
    members: Mapping[str, MemberModel] = field(factory=dict[str, MemberModel])
    required: frozenset[str] = frozenset()
    union: bool = False
    exception: bool = False
    eventstream: bool = False
    payload: str | None = None
    sparse: bool = False
    error_code: str | None = None
    document: bool = False
    enum: tuple[str, ...] | None = None
    min: float | None = None
    max: float | None = None
    pattern: str | None = None
    sensitive: bool = False
    timestamp_format: str | None = None
    member: ShapeReference | None = None
    key: ShapeReference | None = None
    value: ShapeReference | None = None

    @property
    def has_class(self) -> bool:
        """Whether the shape becomes a class; the others are written out where used."""
        return self.enum is not None or (self.type == "structure" and not self.document)

    @property
    def is_choice(self) -> bool:
        """Whether exactly one member is set: in a union, and in an event."""
        return self.union or self.eventstream

    @property
    def as_sent(self) -> ShapeModel:
        """The shape as a request has it, whose body is given and not read."""
        members = {
            name: evolve(member, role="body") if member.role == "stream" else member
            for name, member in self.members.items()
        }
        return evolve(self, members=members)

    @property
    def used_shapes(self) -> tuple[str, ...]:
        """The shapes that this one is made of, in order, as often as they are used."""
        return (
            *(member.shape for member in self.members.values()),
            *(part.shape for part in self.parts),
        )

    @property
    def parts(self) -> tuple[ShapeReference, ...]:
        """What a list or map holds, its keys first; nothing for other types."""
        parts = (self.member, self.key, self.value)
        return tuple(part for part in parts if part is not None)


@frozen
class OperationModel:
    """An operation; `input` and `output` are shape names."""

    name: str
    documentation: str
    input: str | None
    output: str | None
    errors: tuple[str, ...]
    deprecated: str | None


@frozen
class PaginatorModel:
    """How the pages of an operation follow each other, in the words of the model.

    Attributes:
        is_inferred: Whether the model has none, and the operation's members say so.
    """

    input_token: tuple[str, ...]
    output_token: tuple[str, ...]
    result_key: tuple[str, ...]
    limit_key: str | None = None
    more_results: str | None = None
    non_aggregate_keys: tuple[str, ...] = ()
    is_inferred: bool = False


@frozen
class AcceptorModel:
    """What a reply has to be like for a waiter to come to a state.

    Attributes:
        state: `success`, `failure` or `retry`.
        matcher: `path`, `pathAll`, `pathAny`, `status` or `error`.
        expected: What is looked for.
        argument: The JMESPath expression of the first three.
    """

    state: str
    matcher: str
    expected: str | bool | float
    argument: str | None

    @property
    def may_be_error(self) -> bool:
        """Whether what it is content with may be an error, and no reply."""
        return may_be_error(self.matcher, self.expected)


def may_be_error(matcher: Any, expected: Any) -> bool:
    """Whether what an acceptor is content with may be an error."""
    if matcher == "status":
        return isinstance(expected, int) and expected >= _FIRST_ERROR
    return bool(matcher == "error") and expected is not False


@frozen
class WaiterModel:
    """What to ask until something has come about.

    Attributes:
        name: Its name in the model, such as `EndpointInService`.
        operation: The operation that it calls.
        description: What its model says of it.
        delay: How many seconds lie between two calls.
        max_attempts: How many calls there are at most.
        acceptors: What replies mean; the first that matches decides.
    """

    name: str
    operation: str
    description: str
    delay: float
    max_attempts: int
    acceptors: tuple[AcceptorModel, ...]

    def of_state(self, state: str) -> tuple[AcceptorModel, ...]:
        """The acceptors that lead to a state."""
        return tuple(one for one in self.acceptors if one.state == state)


@frozen
class ServiceModel:
    """A whole service.

    Attributes:
        name: botocore's name of the service, such as `sagemaker-runtime`.
        api_version: The version of its API, such as `2017-07-24`.
        title: Its full name.
        service_id: Its service id, such as `SageMaker Runtime`.
        documentation: What its model says of it.
        protocol: The one of its protocols that botocore speaks, such as `rest-json`.
        operations: Its operations by name, in the model's order.
        shapes: Its shapes by name, in the model's order.
        source: The JSON itself, for what is passed on to botocore.
        paginators: Its paginators by operation.
        waiters: Its waiters by name, in their file's order.
    """

    name: str
    api_version: str
    title: str
    service_id: str
    documentation: str
    protocol: str
    operations: Mapping[str, OperationModel]
    shapes: Mapping[str, ShapeModel]
    source: Mapping[str, Any] = field(repr=False)
    paginators: Mapping[str, PaginatorModel] = field(
        factory=dict[str, PaginatorModel], repr=False
    )
    waiters: Mapping[str, WaiterModel] = field(factory=dict[str, WaiterModel])
