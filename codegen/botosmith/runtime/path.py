"""The two ways from a request object to a reply object, both through botocore."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar, cast

import attrs
from botocore.exceptions import ParamValidationError
from botocore.regions import EndpointResolver
from botocore.serialize import TIMESTAMP_PRECISION_DEFAULT
from botocore.session import Session

from botosmith.runtime.codec import CODECS
from botosmith.runtime.conversion import from_boto3, to_boto3, to_wire
from botosmith.runtime.data import Model, ServiceData, ServiceLoader
from botosmith.runtime.errors import ReplyError, ValidationError
from botosmith.runtime.lazydict import METADATA_KEY, LazyParameters, LazyReply
from botosmith.runtime.metadata import Parsed, ResponseMetadata
from botosmith.runtime.parser import (
    DirectParser,
    ParserFactory,
    PlainParser,
    ReplyParser,
)
from botosmith.runtime.serializer import DirectSerializer
from botosmith.runtime.service import Service
from botosmith.runtime.session import create_client
from botosmith.runtime.structure import Request, Response
from botosmith.runtime.violation import Violation

R = TypeVar("R", bound=Response)


class Path:
    """What the paths share: a botocore client that knows the service by our data.

    Attributes:
        client: The botocore client that does everything between the objects and the
            network.
    """

    _model: ClassVar[Model]
    _parser: ClassVar[type[ReplyParser]]

    def __init__(
        self,
        service: Service,
        data: ServiceData,
        session: Session,
        arguments: Mapping[str, Any],
    ) -> None:
        """Make the botocore client, with a session and the arguments for it."""
        shared = session.get_component
        components = {
            "data_loader": ServiceLoader(data, self._model, shared("data_loader")),
            "endpoint_resolver": EndpointResolver(
                data.shared("endpoints"), uses_builtin_data=True
            ),
            "response_parser_factory": ParserFactory(
                shared("response_parser_factory"), service, self._parser
            ),
        }
        self.service = service
        self.client: Any = create_client(
            session,
            components,
            service_name=service.name,
            api_version=service.api_version,
            **arguments,
        )
        self.client._exceptions = service.errors
        self.client.meta.events.register_first("after-call-error", _count_attempts)

    def send(self, request: Request[R]) -> R:
        """Send a request and read the reply."""
        raise NotImplementedError

    def _read(self, request: Request[R], parsed: Mapping[str, Any]) -> R:
        """Make the reply object from botocore's dictionary."""
        try:
            return cast("R", from_boto3(request._response, parsed))
        except ValidationError as error:
            raise ReplyError(
                request._operation,
                "; ".join(map(str, error.violations)),
                ResponseMetadata.from_boto3(parsed.get(METADATA_KEY, {})),
                parsed.body if isinstance(parsed, Parsed) else b"",
            ) from None


class DirectPath(Path):
    """Generated wire code on both sides, between botocore's events and its network.

    botocore sees a slim model, without shapes. Its event handlers see boto3's
    parameters and replies all the same, made when they look.
    """

    _model = "operations"
    _parser = DirectParser

    def __init__(self, service: Service, *arguments: Any) -> None:
        """Make the botocore client, and put our serializer in."""
        super().__init__(service, *arguments)
        client = self.client
        # Parameter validation wraps the serializer, unless the user has turned it off.
        envelope = getattr(client._serializer, "_serializer", client._serializer)
        codec = CODECS[client.meta.service_model.resolved_protocol]
        client._serializer = DirectSerializer(service, envelope, codec)
        client.meta._method_to_api_mapping = service.operations.names()
        #: Whether botocore would send timestamps as the generated code does: a handler
        #: of `creating-serializer` may have asked for another precision.
        self.is_faithful = envelope._timestamp_precision == TIMESTAMP_PRECISION_DEFAULT

    def send(self, request: Request[R]) -> R:
        """Send a request and read the reply."""
        parameters = LazyParameters(request, to_wire(request))
        parsed = self.client._make_api_call(request._operation, parameters)
        if not isinstance(parsed, LazyReply) or parsed.is_changed():
            return self._read(request, parsed)
        response = parsed.response
        response.response_metadata = ResponseMetadata.from_boto3(parsed[METADATA_KEY])
        return cast("R", response)


class PlainPath(Path):
    """botocore from end to end, with the full model; parameters and replies converted.

    Right for every service and protocol, since botocore does the work; and slower.
    """

    _model = "service-2"
    _parser = PlainParser

    def send(self, request: Request[R]) -> R:
        """Send a request and read the reply."""
        to_wire(request)  # for its checks: they are ours, and more than botocore's
        try:
            parsed = self.client._make_api_call(request._operation, to_boto3(request))
        except ParamValidationError as error:
            # A hook has changed the parameters, or a union holds what only a reply can.
            rule = f"is refused by botocore: {error.kwargs['report']}"
            violation = Violation("parameters", None, rule, absent=True)
            raise ValidationError(type(request).__name__, (violation,)) from None
        return self._read(request, parsed)


def _count_attempts(exception: Exception, context: Mapping[str, Any], **_: Any) -> None:
    """Tell a reply's error what its parser could not know."""
    if isinstance(exception, ReplyError):
        attempts = context.get("retries", {}).get("attempt", 1)
        exception.response_metadata = attrs.evolve(
            exception.response_metadata, attempts=attempts
        )
