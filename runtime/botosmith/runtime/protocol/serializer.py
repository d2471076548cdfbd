"""The maker of requests that takes the place of botocore's serializer in a client."""

from __future__ import annotations

from copy import copy
from typing import Any

from botocore.serialize import JSONSerializer, RestJSONSerializer
from botocore.utils import has_header

from botosmith.runtime.objects.structure import Request
from botosmith.runtime.protocol.codec import Codec
from botosmith.runtime.protocol.lazy_dict import LazyParameters
from botosmith.runtime.protocol.member_order import arrange
from botosmith.runtime.serde.convert import from_parameters, to_document, to_envelope
from botosmith.runtime.serde.validation_mode import find_mode
from botosmith.runtime.transport.service import Service


class DirectSerializer:
    """Sends the document that the generated wire code makes of a request.

    botocore's serializer makes the envelope (method, path, query string, headers, host
    prefix), for which the slim model suffices; the body is replaced.
    """

    def __init__(self, service: Service, envelope: Any, codec: Codec) -> None:
        """Take the service, botocore's serializer, and the protocol's codec."""
        self._service = service
        self._envelope = envelope
        self._codec = codec
        # botocore's for CBOR also notes that a call uses it, and one of a user's may do
        # whatever it likes.
        self._is_constant = type(envelope) in {JSONSerializer, RestJSONSerializer}
        self._constant: dict[str, dict[str, Any]] = {}

    def serialize_to_request(
        self, parameters: dict[str, Any], operation_model: Any
    ) -> dict[str, Any]:
        """Make the dictionary that botocore signs and sends.

        Args:
            parameters: The `LazyParameters` of the call, or whatever dictionary a hook
                has put in their place.
            operation_model: botocore's model of the operation.

        Raises:
            ValidationError: The parameters break the model's rules, after a hook has
                changed them.
        """
        request_class = self._service.request(operation_model.name)
        document, around = _divide(request_class, parameters)
        request = self._wrap(around, operation_model)
        if request_class._has_body:
            request["body"] = self._codec.encode(document)
            content_type = self._codec.content_type
            if content_type and not has_header("Content-Type", request["headers"]):
                request["headers"]["Content-Type"] = content_type
        return request

    def _wrap(self, around: dict[str, Any], operation_model: Any) -> dict[str, Any]:
        """The envelope; without parameters it is the same for each call."""
        if around or not self._is_constant:
            made: dict[str, Any] = self._envelope.serialize_to_request(
                around, operation_model
            )
            return made
        name = operation_model.name
        known = self._constant.get(name)
        if known is None:
            known = self._envelope.serialize_to_request({}, operation_model)
            self._constant[name] = known
        # Handlers change what they are given.
        query: Any = known["query_string"]
        return {
            **known,
            "headers": known["headers"].copy(),
            "query_string": query if type(query) is str else copy(query),
        }


def _divide(
    request_class: type[Request[Any]], parameters: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the content of the body, and what botocore writes around it."""
    if isinstance(parameters, LazyParameters) and not parameters.is_changed():
        return parameters.document, parameters.envelope
    request = from_parameters(request_class, parameters)
    validation = find_mode(request_class)
    document = arrange(request_class, to_document(request, validation), parameters)
    return document, to_envelope(request, validation)
