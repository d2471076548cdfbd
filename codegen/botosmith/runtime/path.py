"""The two ways from a request object to a reply object, both through botocore."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar, TypeVar, cast

import attrs
from botocore.client import BaseClient
from botocore.exceptions import ParamValidationError
from botocore.regions import EndpointResolver
from botocore.serialize import TIMESTAMP_PRECISION_DEFAULT
from botocore.session import Session

from botosmith.runtime.conversion import (
    from_boto3,
    from_parsed,
    to_boto3,
    to_envelope,
    to_wire,
)
from botosmith.runtime.data import Model, ServiceData, ServiceLoader
from botosmith.runtime.errors import ReplyError, ValidationError
from botosmith.runtime.lazydict import METADATA_KEY, LazyParameters, LazyReply
from botosmith.runtime.metadata import Parsed, ResponseMetadata
from botosmith.runtime.mixed import (
    MixedParser,
    MixedSerializer,
    find_method,
    mix_models,
)
from botosmith.runtime.parser import ParserFactory, PlainParser, ReplyParser
from botosmith.runtime.rawbody import collect_body, mark_events, refuse_events
from botosmith.runtime.serializer import DirectSerializer
from botosmith.runtime.service import Service
from botosmith.runtime.session import create_client
from botosmith.runtime.structure import Request, Response
from botosmith.runtime.token import fill_in_tokens
from botosmith.runtime.violation import Violation

R = TypeVar("R", bound=Response)


class Path:
    """What the paths share: a botocore client that knows the service by our data.

    Attributes:
        client: The botocore client that does everything between the objects and the
            network.
    """

    _model: ClassVar[Model]
    _reads_timestamps: ClassVar[bool] = False
    _parser: type[ReplyParser]

    def __init__(
        self,
        service: Service,
        data: ServiceData,
        session: Session,
        arguments: Mapping[str, Any],
    ) -> None:
        """Make the botocore client, with a session and the arguments for it."""
        shared = session.get_component
        parsers = ParserFactory(
            shared("response_parser_factory"), service, self._parser
        )
        parsers.reads_timestamps = self._reads_timestamps
        components = {
            "data_loader": ServiceLoader(data, self._model, shared("data_loader")),
            "endpoint_resolver": EndpointResolver(
                data.shared("endpoints"), uses_builtin_data=True
            ),
            "response_parser_factory": parsers,
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
        # Where an operation is called so, its method hides botocore's property.
        vars(self.client)["exceptions"] = service.errors
        parsers.is_head = self._is_head
        self.client.meta.events.register_first("after-call-error", _count_attempts)

    def _is_head(self, operation: str) -> bool:
        model = self.client.meta.service_model.operation_model(operation)
        return bool(model.http.get("method") == "HEAD")

    def send(self, request: Request[R]) -> R:
        """Send a request and read the reply."""
        raise NotImplementedError

    def close(self) -> None:
        """Close the connections."""
        # Not the client's own method, which may be an operation that is called so.
        BaseClient.close(self.client)

    def presign(
        self, request: Request[Any], expires_in: int, http_method: str | None
    ) -> str:
        """Sign a URL for a call."""
        names = self.client.meta.method_to_api_mapping
        method = next(
            method for method, name in names.items() if name == request._operation
        )
        with collect_body(request) as whole, _refused_by_botocore(request):
            to_wire(whole)  # for its checks
            url: str = self.client.generate_presigned_url(
                method, to_boto3(whole), expires_in, http_method
            )
        return url

    def _call(self, request: Request[Any], parameters: dict[str, Any]) -> Any:
        """Let botocore make a call."""
        with _refused_by_botocore(request):
            return self.client._make_api_call(request._operation, parameters)

    def _send_plain(self, request: Request[R]) -> R:
        """Let botocore do all, from its parameters to its parsed reply."""
        refuse_events(request)
        with collect_body(request) as whole:
            document = to_wire(whole)  # and its checks, which are more than botocore's
            is_parameters = self.service.codec is None
            parsed = self._call(request, document if is_parameters else to_boto3(whole))
        response = self._read(request, parsed)
        mark_events(response, request._operation, self.service.errors.from_code)
        return response

    def _read(self, request: Request[R], parsed: Mapping[str, Any]) -> R:
        """Make the reply object from botocore's dictionary."""
        try:
            if self.service.codec is None:
                return cast("R", from_parsed(request._response, parsed))
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
    parameters and replies all the same, made when they look. Operations for which there
    is no wire code go the plain path, within the same client.
    """

    _model = "operations"
    _reads_timestamps = True

    def __init__(
        self,
        service: Service,
        data: ServiceData,
        session: Session,
        arguments: Mapping[str, Any],
    ) -> None:
        """Make the botocore client, and put our serializer in."""
        # Without wire code for the service, errors are botocore's to read, too.
        self._parser = MixedParser if service.codec else PlainParser
        super().__init__(service, data, session, arguments)
        client = self.client
        # Parameter validation wraps the serializer, unless the user has turned it off.
        plain = client._serializer
        envelope = getattr(plain, "_serializer", plain)
        if service.codec is not None:
            direct = DirectSerializer(service, envelope, service.codec)
            client._serializer = MixedSerializer(service, direct, plain)
        slim = client.meta.service_model
        slim.operation_model = mix_models(service, data, slim.operation_model)
        names = service.operations.names()
        client.meta._method_to_api_mapping = client._PY_TO_OP_NAME = names
        before_all = client.meta.events.register_first
        before_all("before-parameter-build", fill_in_tokens(service))
        # Some of botocore's own customisations call operations by their methods.
        prefix = f"getattr.{slim.service_id.hyphenize()}"
        client.meta.events.register(prefix, find_method)
        #: Whether botocore would send timestamps as the generated code does: a handler
        #: of `creating-serializer` may have asked for another precision. And whether it
        #: would speak the same protocol.
        self.is_faithful = (
            envelope._timestamp_precision == TIMESTAMP_PRECISION_DEFAULT
            and slim.resolved_protocol == service.protocol
        )

    def send(self, request: Request[R]) -> R:
        """Send a request and read the reply."""
        if self.service.codec is None or request._is_plain:
            return self._send_plain(request)
        parameters = LazyParameters(request, to_wire(request), to_envelope(request))
        parsed = self._call(request, parameters)
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
        return self._send_plain(request)


@contextmanager
def _refused_by_botocore(request: Request[Any]) -> Generator[None]:
    """Tell what botocore refuses as what we refuse ourselves."""
    try:
        yield
    except ValidationError:
        raise
    except ParamValidationError as error:
        # A hook has changed the parameters, a union holds what only a reply can, or
        # there are rules that no model tells, as for the labels of a host.
        rule = f"is refused by botocore: {error.kwargs['report']}"
        violation = Violation("parameters", None, rule, absent=True)
        raise ValidationError(type(request).__name__, (violation,)) from None


def _count_attempts(exception: Exception, context: Mapping[str, Any], **_: Any) -> None:
    """Tell a reply's error what its parser could not know."""
    if isinstance(exception, ReplyError):
        attempts = context.get("retries", {}).get("attempt", 1)
        exception.response_metadata = attrs.evolve(
            exception.response_metadata, attempts=attempts
        )
