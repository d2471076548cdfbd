"""Requests and replies between objects and a botocore client of either kind.

Nothing here waits for the network. A route says what a botocore client needs to be made
with, makes the parameters of a call, and reads what comes of it; `sync` and
`aio.transport` make the client and the calls.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any, ClassVar, Generic, TypeVar, cast

import attrs
from botocore.exceptions import ParamValidationError
from botocore.regions import EndpointResolver
from botocore.serialize import TIMESTAMP_PRECISION_DEFAULT
from botocore.session import Session

from botosmith.runtime.bodies.raw import collect_body, mark_events, refuse_events
from botosmith.runtime.errors import ReplyError, ServiceError, ValidationError
from botosmith.runtime.objects.metadata import METADATA_KEY, Parsed, ResponseMetadata
from botosmith.runtime.objects.structure import Request, Response
from botosmith.runtime.protocol.lazy_dict import LazyParameters, LazyReply
from botosmith.runtime.protocol.parser import ParserFactory, PlainParser, ReplyParser
from botosmith.runtime.protocol.per_operation import (
    MixedParser,
    MixedSerializer,
    find_method,
    mix_models,
)
from botosmith.runtime.protocol.serializer import DirectSerializer
from botosmith.runtime.protocol.truncation import retry_cut_replies
from botosmith.runtime.serde.convert import (
    from_parsed,
    read_parsed,
    to_boto3,
    to_document,
    to_envelope,
)
from botosmith.runtime.serde.depth import TOO_DEEP, retry_with_stack, with_stack
from botosmith.runtime.serde.mismatch import describe_mismatches, take_partial
from botosmith.runtime.serde.timestamps import keep_odd_expires, write_years_in_full
from botosmith.runtime.serde.validation_mode import Validation, checked_as
from botosmith.runtime.transport.idempotency import fill_in_tokens
from botosmith.runtime.transport.patches.endpoint_rules import skip_absent_parameters
from botosmith.runtime.transport.patches.service_values import GivenSerializer
from botosmith.runtime.transport.service import Service
from botosmith.runtime.transport.service_data import Model, ServiceData, ServiceLoader
from botosmith.runtime.transport.user_agent import keep_user_agent
from botosmith.runtime.violation import Violation

R = TypeVar("R", bound=Response)
M = TypeVar("M", bound=Mapping[str, Any])


class Route:
    """The common part of all routes: a botocore client over our data of the service.

    Attributes:
        service: The service.
        is_faithful: Whether calls this way are what the generated code means them to
            be; known once there is a client.
        client: The botocore client that does everything between the objects and the
            network; there once it has been fitted.
    """

    client: Any
    is_faithful = True

    _model: ClassVar[Model]
    _parser: type[ReplyParser]
    _retry_cut_replies = staticmethod(retry_cut_replies)

    def __init__(self, service: Service, data: ServiceData) -> None:
        """Take the service, and the data that botocore is to know it by."""
        self.service = service
        self._data = data

    @staticmethod
    def _as_body(value: Any) -> Any:
        """Return a request's body as the client below takes it."""
        from botosmith.runtime.bodies.request_body import (
            as_body,  # few requests have one
        )

        return as_body(value)

    def components(self, session: Session) -> dict[str, Any]:
        """Return the parts of a client that replace those of its session."""
        shared = session.get_component
        parsers = ParserFactory(
            shared("response_parser_factory"), self.service, self._parser
        )
        parsers.is_head = self._is_head
        return {
            "data_loader": ServiceLoader(
                self._data, self._model, shared("data_loader")
            ),
            "endpoint_resolver": EndpointResolver(
                self._data.shared("endpoints"), uses_builtin_data=True
            ),
            "response_parser_factory": parsers,
        }

    def arguments(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments of botocore's `Session.create_client`, with those given."""
        name, version = self.service.name, self.service.api_version
        return {"service_name": name, "api_version": version, **given}

    def fit(self, client: Any) -> None:
        """Take the botocore client, and put parts of ours in."""
        self.client = client
        client._exceptions = self.service.errors
        # An operation of this name hides botocore's property by its method.
        vars(client)["exceptions"] = self.service.errors
        client.meta.events.register_first("after-call-error", _count_attempts)
        # Parameter validation wraps the serializer, unless it has been turned off.
        serializer = getattr(client._serializer, "_serializer", client._serializer)
        write_years_in_full(serializer)
        if self.service.name == "s3":
            client.meta.events.register_first("before-parse.s3.*", keep_odd_expires)
        self._retry_cut_replies(client._endpoint)
        keep_user_agent(client)
        if self.service.name == "s3":
            from botosmith.runtime.transport.patches.redirects import stop_circles

            stop_circles(client)
        skip_absent_parameters(client)
        if hasattr(client._serializer, "_param_validator"):
            find_request = self.service.request
            client._serializer = GivenSerializer(client._serializer, find_request)

    def _check_headers(self) -> None:
        """Let nothing into headers that HTTP cannot carry."""
        if self.service.protocol.startswith("rest-"):
            # Members of other protocols do not travel in headers.
            from botosmith.runtime.protocol.header_text import HeaderCheck

            self.client._serializer = HeaderCheck(self.client._serializer)

    def _give_stack(self) -> None:
        """Let requests be as deep as they can be, however much called for them."""
        serializer = self.client._serializer
        serializer.serialize_to_request = retry_with_stack(
            serializer.serialize_to_request, self._fail_for_depth
        )

    def _fail_for_depth(self, operation: str) -> ValidationError:
        subject = self.service.request(operation).__name__
        violation = Violation(subject, None, TOO_DEEP, absent=True)
        return ValidationError(subject, (violation,))

    def _is_head(self, operation: str) -> bool:
        model = self.client.meta.service_model.operation_model(operation)
        return bool(model.http.get("method") == "HEAD")

    def write(
        self, request: Request[Any], validation: Validation = "model"
    ) -> AbstractContextManager[Mapping[str, Any]]:
        """The parameters with which botocore makes a call, while it makes it.

        Args:
            request: The request.
            validation: How much of it is checked.
        """
        return self._write_plain(request, validation)

    @contextmanager
    def _write_plain(
        self, request: Request[Any], validation: Validation
    ) -> Generator[Mapping[str, Any]]:
        """Yield the parameters of a request; botocore does the rest of the call."""
        refuse_events(request)
        with collect_body(request, self._as_body) as whole:
            # For their checks, which are more than botocore's.
            document = to_document(whole, validation)
            to_envelope(whole, validation)
            is_parameters = self.service.codec is None
            parameters = document if is_parameters else to_boto3(whole)
            with self._refusals(request, parameters):
                yield parameters

    def _refusals(self, request: Request[Any], parameters: M) -> _OurRefusals[M]:
        find_model = self.client.meta.service_model.operation_model
        return _OurRefusals(request, parameters, find_model)

    def explain(self, request: Request[Any], error: Exception) -> Exception | None:
        """The documented error for a bare one of botocore's call, if it is bare."""
        # Few calls fail so.
        from botosmith.runtime.transport.error_translation import explain

        return explain(error, self.service, request._operation)

    def read(self, request: Request[R], parsed: Mapping[str, Any]) -> R:
        """Make the reply object from what botocore's call has given."""
        response = self._read(request, parsed)
        mark_events(response, request._operation, self.service)
        return response

    def _read(self, request: Request[R], parsed: Mapping[str, Any]) -> R:
        is_wire_form = self.service.codec is None
        make = from_parsed if is_wire_form else read_parsed
        made, mismatches = make(request._response, parsed)
        if mismatches:
            error = ReplyError(
                request._operation,
                describe_mismatches(mismatches),
                made.response_metadata,
                parsed.body if isinstance(parsed, Parsed) else b"",
                partial=made,
                mismatches=mismatches,
            )
            made = take_partial(error, made, self.service.on_mismatch)
        return cast("R", made)

    @contextmanager
    def write_signed(
        self, request: Request[Any], validation: Validation = "model"
    ) -> Generator[tuple[str, Any]]:
        """A call as botocore signs it for a URL: its method, and the parameters."""
        names = self.client.meta.method_to_api_mapping
        method = next(
            method for method, name in names.items() if name == request._operation
        )
        model = self.client.meta.service_model.operation_model(request._operation)
        # Most programs sign no URLs.
        from botosmith.runtime.transport.presigning import refuse_body

        with (
            checked_as(type(request), validation),
            refuse_body(request, model),
            collect_body(request, self._as_body) as whole,
        ):
            to_document(whole, validation)  # for their checks
            to_envelope(whole, validation)
            with self._refusals(request, to_boto3(whole)) as parameters:
                yield method, parameters


class GeneratedRoute(Route):
    """Generated wire code on both sides, between botocore's events and its network.

    botocore sees a slim model, without shapes. Its event handlers see boto3's
    parameters and replies all the same, made when they look. Operations
    without wire code are left to botocore, within the same client.
    """

    _model = "operations"

    def __init__(self, service: Service, data: ServiceData) -> None:
        """Take the service, and the data that botocore is to know it by."""
        super().__init__(service, data)
        # Without wire code for the service, errors are botocore's to read, too.
        self._parser = MixedParser if service.codec else PlainParser

    def fit(self, client: Any) -> None:
        """Take the botocore client, and put our serializer in."""
        super().fit(client)
        service = self.service
        # Parameter validation wraps the serializer, unless the user has turned it off.
        plain = client._serializer
        envelope = getattr(plain, "_serializer", plain)
        if service.codec is not None:
            direct = DirectSerializer(service, envelope, service.codec)
            client._serializer = MixedSerializer(service, direct, plain)
        slim = client.meta.service_model
        slim.operation_model = mix_models(service, self._data, slim.operation_model)
        names = service.operations.names()
        client.meta._method_to_api_mapping = client._PY_TO_OP_NAME = names
        before_all = client.meta.events.register_first
        before_all("before-parameter-build", fill_in_tokens(service))
        # Some of botocore's own customisations call operations by their methods.
        prefix = f"getattr.{slim.service_id.hyphenize()}"
        client.meta.events.register(prefix, find_method)
        # A handler of `creating-serializer` may have asked for another precision of
        # timestamps than the generated code has; and botocore may have chosen another
        # protocol.
        self.is_faithful = (
            envelope._timestamp_precision == TIMESTAMP_PRECISION_DEFAULT
            and slim.resolved_protocol == service.protocol
        )
        self._check_headers()
        self._give_stack()

    def write(
        self, request: Request[Any], validation: Validation = "model"
    ) -> AbstractContextManager[Mapping[str, Any]]:
        """The parameters with which botocore makes a call, while it makes it."""
        if self.service.codec is None or request._is_plain:
            return self._write_plain(request, validation)
        if validation != "model":
            return self._write_as(request, validation)
        parameters = LazyParameters(request, to_document(request), to_envelope(request))
        return self._refusals(request, parameters)

    @contextmanager
    def _write_as(
        self, request: Request[Any], validation: Validation
    ) -> Generator[Mapping[str, Any]]:
        """The same for another mode, which the serializer needs after hooks."""
        document = to_document(request, validation)
        envelope = to_envelope(request, validation)
        parameters = LazyParameters(request, document, envelope)
        with (
            checked_as(type(request), validation),
            self._refusals(request, parameters) as parameters,
        ):
            yield parameters

    def read(self, request: Request[R], parsed: Mapping[str, Any]) -> R:
        """Take the reply object out, unless a hook has changed the reply."""
        if not isinstance(parsed, LazyReply) or parsed.is_changed():
            return super().read(request, parsed)
        response = parsed.response
        response.response_metadata = ResponseMetadata.from_boto3(parsed[METADATA_KEY])
        return cast("R", response)


class BotocoreRoute(Route):
    """botocore from end to end, with the full model; parameters and replies converted.

    Right for every service and protocol, since botocore does the work; and slower.
    """

    _model = "service-2"
    _parser = PlainParser

    def fit(self, client: Any) -> None:
        """Take the botocore client, and put parts of ours in."""
        super().fit(client)
        self._check_headers()
        self._give_stack()


class _OurRefusals(Generic[M]):
    """Hands parameters to botocore, and tells what it refuses as we do ourselves."""

    def __init__(
        self, request: Request[Any], parameters: M, find_model: Callable[[str], Any]
    ) -> None:
        self._request = request
        self._parameters = parameters
        self._find_model = find_model

    def __enter__(self) -> M:
        return self._parameters

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, ValidationError):
            return
        if isinstance(error, (ParamValidationError, UnicodeEncodeError)):
            violations = self._locate(error)
            if violations:
                subject = type(self._request).__name__
                raise ValidationError(subject, violations) from None

    def _locate(
        self, error: ParamValidationError | UnicodeEncodeError
    ) -> tuple[Violation, ...]:
        from botosmith.runtime.protocol.header_text import (
            HeaderRefused,
            find_bad_headers,
            find_surrogates,
        )

        if isinstance(error, UnicodeEncodeError):
            return with_stack(lambda: tuple(find_surrogates(self._request)))
        report = str(error.kwargs["report"])
        # The second is `botocore.handlers.validate_ascii_metadata`.
        is_metadata = "characters found in S3 metadata" in report
        if is_metadata or isinstance(error, HeaderRefused):
            model = self._find_model(self._request._operation)
            found = find_bad_headers(self._request, model, ascii_only=is_metadata)
            if found:
                return found
        from botosmith.runtime.transport.patches.validation_report import (
            describe_refusal,
        )

        # A hook has changed the parameters, a union holds what only a reply can, or
        # there are rules that no model tells, as for the labels of a host.
        shown = describe_refusal(self._request, report)
        rule = f"is refused by botocore: {shown}"
        return (Violation("parameters", None, rule, absent=True),)


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
