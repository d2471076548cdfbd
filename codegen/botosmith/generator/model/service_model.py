"""A service model as frozen values: the JSON's own words, in the JSON's own order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from attrs import evolve, field, frozen

#: The roles of members that are not values of their shape: `document` is any JSON,
#: `body` and `stream` are unencoded bytes of a request or reply, `events` is an event
#: stream, `octets` are bytes that the model declares as text.
Role = Literal["document", "body", "stream", "events", "octets"]

#: The types of shapes whose values and bounds may be any number.
FLOATS = frozenset({"float", "double", "bigDecimal"})

#: The lowest status of a reply that botocore treats as an error.
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
        timestamp_format: The format of its timestamps, if the model names one.
        deprecated: The message of its deprecation; None if it is not deprecated.
        token: Whether it is an idempotency token.
        location: Its place outside the body of a request or reply: `uri`, `header`,
            `headers`, `querystring` or `statusCode`.
        host_label: Whether it is part of the host's name.
        role: Its role if it is not a value of its shape, else None.
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
    """A shape. Its type decides which of the attributes apply."""

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
        """Return whether the shape becomes a class; others are written out in place."""
        return self.enum is not None or (self.type == "structure" and not self.document)

    @property
    def is_choice(self) -> bool:
        """Return whether exactly one member is set: in a union, and in an event."""
        return self.union or self.eventstream

    @property
    def as_sent(self) -> ShapeModel:
        """Return the shape for a request, whose body is given instead of read."""
        members = {
            name: evolve(member, role="body") if member.role == "stream" else member
            for name, member in self.members.items()
        }
        return evolve(self, members=members)

    @property
    def used_shapes(self) -> tuple[str, ...]:
        """Return the shapes of its members or parts, in order, with repetitions."""
        return (
            *(member.shape for member in self.members.values()),
            *(part.shape for part in self.parts),
        )

    @property
    def parts(self) -> tuple[ShapeReference, ...]:
        """Return the parts of a list or map, its keys first; none for other types."""
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
    """The definition of an operation's pages, in the terms of the model.

    Attributes:
        is_inferred: Whether it was inferred from the operation's members.
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
    """A condition on a reply that leads a waiter to a state.

    Attributes:
        state: `success`, `failure` or `retry`.
        matcher: `path`, `pathAll`, `pathAny`, `status` or `error`.
        expected: The value that is expected.
        argument: The JMESPath expression of the first three matchers.
    """

    state: str
    matcher: str
    expected: str | bool | float
    argument: str | None

    @property
    def may_be_error(self) -> bool:
        """Return whether it may accept an error instead of a reply."""
        return may_be_error(self.matcher, self.expected)


def may_be_error(matcher: Any, expected: Any) -> bool:
    """Return whether an acceptor may accept an error."""
    if matcher == "status":
        return isinstance(expected, int) and expected >= _FIRST_ERROR
    return bool(matcher == "error") and expected is not False


@frozen
class WaiterModel:
    """The definition of a waiter: an operation to poll until a state is reached.

    Attributes:
        name: Its name in the model, such as `EndpointInService`.
        operation: The operation that it calls.
        description: The model's description of it.
        delay: The seconds between two calls.
        max_attempts: The most calls.
        acceptors: The conditions on replies; the first that matches decides.
    """

    name: str
    operation: str
    description: str
    delay: float
    max_attempts: int
    acceptors: tuple[AcceptorModel, ...]

    def of_state(self, state: str) -> tuple[AcceptorModel, ...]:
        """Return the acceptors that lead to a state."""
        return tuple(one for one in self.acceptors if one.state == state)


@frozen
class ServiceModel:
    """A whole service.

    Attributes:
        name: botocore's name of the service, such as `sagemaker-runtime`.
        api_version: The version of its API, such as `2017-07-24`.
        title: Its full name.
        service_id: Its service id, such as `SageMaker Runtime`.
        documentation: The model's documentation of it.
        protocol: The protocol that botocore uses for it, such as `rest-json`.
        operations: Its operations by name, in the model's order.
        shapes: Its shapes by name, in the model's order.
        source: The JSON itself, for the data that botocore gets.
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
