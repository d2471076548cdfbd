"""The maker of requests that takes the place of botocore's serializer in a client."""

from __future__ import annotations

import uuid
from functools import cache
from typing import Any

from botosmith.runtime import wire
from botosmith.runtime.codec import Codec
from botosmith.runtime.conversion import from_boto3, to_wire
from botosmith.runtime.lazydict import LazyParameters
from botosmith.runtime.service import Service
from botosmith.runtime.structure import Request


class DirectSerializer:
    """Sends the document that the generated wire code makes of a request.

    botocore's serializer makes the envelope (method, path, headers, host prefix), for
    which the slim model suffices; the body is replaced.
    """

    def __init__(self, service: Service, envelope: Any, codec: Codec) -> None:
        """Take the service, botocore's serializer, and the protocol's codec."""
        self._service = service
        self._envelope = envelope
        self._codec = codec

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
        document = _document(request_class, parameters)
        _add_tokens(request_class, document)
        named = _named_in_envelope(operation_model, parameters)
        request: dict[str, Any] = self._envelope.serialize_to_request(
            named, operation_model
        )
        request["body"] = self._codec.encode(document)
        return request


def _document(
    request_class: type[Request[Any]], parameters: dict[str, Any]
) -> dict[str, Any]:
    if isinstance(parameters, LazyParameters) and not parameters.is_changed():
        return parameters.document
    return to_wire(from_boto3(request_class, parameters))


def _add_tokens(request_class: type[Request[Any]], document: dict[str, Any]) -> None:
    """Fill in idempotency tokens, last as botocore does.

    Each is made once for a call: a retry sends the same request again.
    """
    if request_class._tokens:
        for name in _token_names(request_class):
            if name not in document:
                document[name] = str(uuid.uuid4())


@cache
def _token_names(request_class: type[Request[Any]]) -> tuple[str, ...]:
    return tuple(
        field.member.wire_name
        for field in wire.fields(request_class)
        if field.member.name in request_class._tokens
    )


def _named_in_envelope(
    operation_model: Any, parameters: dict[str, Any]
) -> dict[str, Any]:
    """The parameters that the envelope needs: those that the slim model describes.

    Those are the labels of a host prefix; few operations have any.
    """
    shape = operation_model.input_shape
    if shape is None:
        return {}
    return {name: parameters[name] for name in shape.members if name in parameters}
