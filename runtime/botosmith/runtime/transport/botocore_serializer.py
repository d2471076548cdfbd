"""botocore's serializer and parser, with the full model, below our objects."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar, TypeVar, cast

from botosmith.runtime.bodies.raw import collect_body, mark_events, refuse_events
from botosmith.runtime.errors import ReplyError
from botosmith.runtime.objects.metadata import Parsed
from botosmith.runtime.objects.structure import Request, Response
from botosmith.runtime.protocol.parser import PlainParser, ReplyParser
from botosmith.runtime.serde.convert import (
    from_parsed,
    read_parsed,
    to_boto3,
    to_document,
    to_envelope,
)
from botosmith.runtime.serde.mismatch import describe_mismatches, take_partial
from botosmith.runtime.serde.validation_mode import Validation, checked_as
from botosmith.runtime.transport.connection import Connection
from botosmith.runtime.transport.service import Service
from botosmith.runtime.transport.service_data import Model

R = TypeVar("R", bound=Response)


class BotocoreSerializer:
    """A converter of objects to boto3's parameters, which leaves the rest to botocore.

    Right for every service and protocol, since botocore does the work; and slower.

    Attributes:
        is_faithful: Whether calls are what the generated code means them to be.
    """

    #: The model that the client sees.
    model: ClassVar[Model] = "service-2"

    is_faithful = True

    def __init__(self, connection: Connection) -> None:
        """Take the connection whose parameters and replies are to be converted."""
        self._connection = connection
        self._service = connection.service

    @staticmethod
    def find_parser(_: Service) -> type[ReplyParser]:
        """Return the class of the parsers of replies."""
        return PlainParser

    @contextmanager
    def write(
        self, request: Request[Any], validation: Validation = "model"
    ) -> Generator[Mapping[str, Any]]:
        """Return the context in which botocore makes a call, with its parameters.

        Args:
            request: The request.
            validation: How much of it is checked.
        """
        refuse_events(request)
        with collect_body(request, _as_body) as whole:
            # For their checks, which are more than botocore's.
            document = to_document(whole, validation)
            to_envelope(whole, validation)
            is_parameters = self._service.codec is None
            parameters = document if is_parameters else to_boto3(whole)
            with self._connection.hand_over(request, parameters):
                yield parameters

    @contextmanager
    def write_signed(
        self, request: Request[Any], validation: Validation = "model"
    ) -> Generator[tuple[str, Any]]:
        """Give the method and the parameters of a call that is signed for a URL."""
        names = self._connection.client.meta.method_to_api_mapping
        method = next(
            method for method, name in names.items() if name == request._operation
        )
        model = self._connection.find_model(request._operation)
        # Most programs sign no URLs.
        from botosmith.runtime.transport.presigning import refuse_body

        with (
            checked_as(type(request), validation),
            refuse_body(request, model),
            collect_body(request, _as_body) as whole,
        ):
            to_document(whole, validation)  # for their checks
            to_envelope(whole, validation)
            with self._connection.hand_over(request, to_boto3(whole)) as parameters:
                yield method, parameters

    def read(self, request: Request[R], parsed: Mapping[str, Any]) -> R:
        """Make the reply object from what botocore's call has given."""
        is_wire_form = self._service.codec is None
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
            made = take_partial(error, made, self._service.on_mismatch)
        response = cast("R", made)
        mark_events(response, request._operation, self._service)
        return response


def _as_body(value: Any) -> Any:
    """Return a request's body as botocore takes it."""
    # Few requests have one.
    from botosmith.runtime.bodies.request_body import as_body

    return as_body(value)
