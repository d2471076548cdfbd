"""Generated wire code on both sides, between botocore's events and its network."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any, ClassVar, TypeVar, cast

from botocore.serialize import TIMESTAMP_PRECISION_DEFAULT

from botosmith.runtime.objects.metadata import METADATA_KEY, ResponseMetadata
from botosmith.runtime.objects.structure import Request, Response
from botosmith.runtime.protocol.lazy_dict import LazyParameters, LazyReply
from botosmith.runtime.protocol.parser import PlainParser, ReplyParser
from botosmith.runtime.protocol.per_operation import (
    MixedParser,
    MixedSerializer,
    find_method,
    mix_models,
)
from botosmith.runtime.protocol.serializer import DirectSerializer
from botosmith.runtime.serde.convert import to_document, to_envelope
from botosmith.runtime.serde.validation_mode import Validation, checked_as
from botosmith.runtime.transport.botocore_serializer import BotocoreSerializer
from botosmith.runtime.transport.connection import Connection
from botosmith.runtime.transport.idempotency import fill_in_tokens
from botosmith.runtime.transport.service import Service
from botosmith.runtime.transport.service_data import Model

R = TypeVar("R", bound=Response)


class GeneratedSerializer:
    """A serializer by generated wire code, for the operations with such code.

    botocore sees a slim model, without shapes. Its event handlers see boto3's
    parameters and replies all the same, made when they look. Operations without
    wire code are left to botocore's serializer, within the same client.

    Attributes:
        is_faithful: Whether calls are what the generated code means them to be.
    """

    #: The model that the client sees.
    model: ClassVar[Model] = "operations"

    def __init__(self, connection: Connection) -> None:
        """Put our serializer and the methods of the service into a client."""
        self._connection = connection
        self._service = service = connection.service
        self._botocore = BotocoreSerializer(connection)
        self.write_signed = self._botocore.write_signed
        client = connection.client
        # Parameter validation wraps the serializer, unless the user has turned it off.
        plain = client._serializer
        envelope = getattr(plain, "_serializer", plain)
        if service.codec is not None:
            direct = DirectSerializer(service, envelope, service.codec)
            client._serializer = MixedSerializer(service, direct, plain)
        slim = client.meta.service_model
        slim.operation_model = mix_models(
            service, connection.data, slim.operation_model
        )
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

    @staticmethod
    def find_parser(service: Service) -> type[ReplyParser]:
        """Return the class of the parsers of replies."""
        # Without wire code for the service, errors are botocore's to read, too.
        return MixedParser if service.codec else PlainParser

    def write(
        self, request: Request[Any], validation: Validation = "model"
    ) -> AbstractContextManager[Mapping[str, Any]]:
        """Return the context in which botocore makes a call, with its parameters."""
        if self._service.codec is None or request._is_plain:
            return self._botocore.write(request, validation)
        if validation != "model":
            return self._write_as(request, validation)
        parameters = LazyParameters(request, to_document(request), to_envelope(request))
        return self._connection.hand_over(request, parameters)

    @contextmanager
    def _write_as(
        self, request: Request[Any], validation: Validation
    ) -> Generator[Mapping[str, Any]]:
        """Do the same for another mode, which the serializer needs after hooks."""
        document = to_document(request, validation)
        envelope = to_envelope(request, validation)
        parameters = LazyParameters(request, document, envelope)
        with (
            checked_as(type(request), validation),
            self._connection.hand_over(request, parameters) as parameters,
        ):
            yield parameters

    def read(self, request: Request[R], parsed: Mapping[str, Any]) -> R:
        """Take the reply object out, unless a hook has changed the reply."""
        if not isinstance(parsed, LazyReply) or parsed.is_changed():
            return self._botocore.read(request, parsed)
        response = parsed.response
        response.response_metadata = ResponseMetadata.from_boto3(parsed[METADATA_KEY])
        return cast("R", response)
