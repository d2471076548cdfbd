"""botocore clients that know one service by the data of its generated package."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import attrs
from botocore.regions import EndpointResolver
from botocore.session import Session

from botosmith.runtime.errors import ReplyError, ServiceError, ValidationError
from botosmith.runtime.objects.structure import Request, Response
from botosmith.runtime.protocol.parser import ParserFactory, ReplyParser
from botosmith.runtime.serde.depth import TOO_DEEP, retry_with_stack
from botosmith.runtime.serde.timestamps import keep_odd_expires, write_years_in_full
from botosmith.runtime.transport.patches.endpoint_rules import skip_absent_parameters
from botosmith.runtime.transport.patches.service_values import GivenSerializer
from botosmith.runtime.transport.refusals import Refusals
from botosmith.runtime.transport.service import Service
from botosmith.runtime.transport.service_data import Model, ServiceData, ServiceLoader
from botosmith.runtime.transport.user_agent import keep_user_agent
from botosmith.runtime.violation import Violation

M = TypeVar("M", bound=Mapping[str, Any])


class Connection:
    """A botocore client, of either kind, for the calls of one service.

    Attributes:
        service: The service.
        data: The data that the client knows the service by.
        client: The client; it does everything between parameters and the network.
    """

    def __init__(self, service: Service, data: ServiceData, client: Any) -> None:
        """Take the service, its data, and the client that has been made with them."""
        self.service = service
        self.data = data
        self.client = client

    def find_model(self, operation: str) -> Any:
        """Return botocore's model of an operation."""
        return self.client.meta.service_model.operation_model(operation)

    def hand_over(self, request: Request[Any], parameters: M) -> Refusals[M]:
        """Return the context in which botocore makes a call with parameters."""
        return Refusals(request, parameters, self.find_model)


def make_components(
    session: Session,
    service: Service,
    data: ServiceData,
    model: Model,
    parser: type[ReplyParser],
) -> dict[str, Any]:
    """Return the components of a client that take the place of its session's own.

    Args:
        session: The session.
        service: The service.
        data: The data of its package.
        model: The model that the client is to see.
        parser: The class of the parsers of its replies.
    """
    shared = session.get_component
    loader = ServiceLoader(data, model, shared("data_loader"))
    return {
        "data_loader": loader,
        "endpoint_resolver": EndpointResolver(
            data.shared("endpoints"), uses_builtin_data=True
        ),
        "response_parser_factory": ParserFactory(
            shared("response_parser_factory"), service, parser, loader.is_head
        ),
    }


def make_arguments(service: Service, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of botocore's `Session.create_client`, with those given."""
    name, version = service.name, service.api_version
    return {"service_name": name, "api_version": version, **given}


def adapt_client(
    client: Any, service: Service, retry_cut_replies: Callable[[Any], None]
) -> None:
    """Put those parts of ours into a botocore client that each call needs.

    Args:
        client: The client, of botocore or aiobotocore.
        service: The service that it calls.
        retry_cut_replies: Has the client's endpoint retry replies that were cut.
    """
    client._exceptions = service.errors
    # An operation of this name hides botocore's property by its method.
    vars(client)["exceptions"] = service.errors
    client.meta.events.register_first("after-call-error", _count_attempts)
    # Parameter validation wraps the serializer, unless it has been turned off.
    serializer = getattr(client._serializer, "_serializer", client._serializer)
    write_years_in_full(serializer)
    if service.name == "s3":
        client.meta.events.register_first("before-parse.s3.*", keep_odd_expires)
    retry_cut_replies(client._endpoint)
    keep_user_agent(client)
    if service.name == "s3":
        from botosmith.runtime.transport.patches.redirects import stop_circles

        stop_circles(client)
    skip_absent_parameters(client)
    if hasattr(client._serializer, "_param_validator"):
        client._serializer = GivenSerializer(client._serializer, service.request)


def guard_serializer(connection: Connection) -> None:
    """Wrap the serializer of a client: its headers can be sent, and it can go deep."""
    service, client = connection.service, connection.client
    if service.protocol.startswith("rest-"):
        # Members of other protocols do not travel in headers.
        from botosmith.runtime.protocol.header_text import HeaderCheck

        client._serializer = HeaderCheck(client._serializer)

    def fail_for_depth(operation: str) -> ValidationError:
        subject = service.request(operation).__name__
        violation = Violation(subject, None, TOO_DEEP, absent=True)
        return ValidationError(subject, (violation,))

    # Requests may be as deep as they can be, however deep in a program the call is.
    serializer = client._serializer
    serializer.serialize_to_request = retry_with_stack(
        serializer.serialize_to_request, fail_for_depth
    )


def _count_attempts(exception: Exception, context: Mapping[str, Any], **_: Any) -> None:
    """Tell a reply's error what its parser could not know."""
    if isinstance(exception, (ReplyError, ServiceError)):
        attempts = context.get("retries", {}).get("attempt", 1)
        exception.response_metadata = attrs.evolve(
            exception.response_metadata, attempts=attempts
        )
        partial = getattr(exception, "partial", None)
        if isinstance(partial, Response):
            partial.response_metadata = exception.response_metadata
