"""One botocore client for operations of both sorts: with wire code, and without.

Those with wire code are known to it by a slim model; those without by the full one,
which is read when the first of them is called.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from botocore import xform_name
from botocore.model import ServiceModel

from botosmith.runtime.protocol.parser import (
    DirectParser,
    HttpResponse,
    PlainParser,
    Reply,
)
from botosmith.runtime.protocol.serializer import DirectSerializer
from botosmith.runtime.transport.service import Service
from botosmith.runtime.transport.service_data import ServiceData


class MixedSerializer:
    """Leaves to botocore the operations that its own serializer is to write."""

    def __init__(self, service: Service, direct: DirectSerializer, plain: Any) -> None:
        """Take the service, and the serializers for the two sorts of operations."""
        self._service = service
        self._direct = direct
        self._plain = plain

    def serialize_to_request(
        self, parameters: dict[str, Any], operation_model: Any
    ) -> dict[str, Any]:
        """Make the dictionary that botocore signs and sends."""
        is_plain = self._service.is_plain(operation_model.name)
        serializer = self._plain if is_plain else self._direct
        request: dict[str, Any] = serializer.serialize_to_request(
            parameters, operation_model
        )
        return request


class MixedParser(DirectParser):
    """Leaves to botocore the operations that its own parser is to read."""

    def _success(self, response: HttpResponse, shape: Any) -> Reply:
        if self.service.is_plain(response["context"]["operation_name"]):
            plain = PlainParser(self.service, self.inner, self.codec, self.is_head)
            return plain._success(response, shape)
        return super()._success(response, shape)


def mix_models(
    service: Service, data: ServiceData, find_slim: Callable[[str], Any]
) -> Callable[[str], Any]:
    """Find operations in the full model where botocore is to do all for them."""

    @cache
    def full() -> ServiceModel:
        return ServiceModel(data.of_service("service-2"), service.name)

    def find(name: str) -> Any:
        is_plain = service.is_plain(name)
        return full().operation_model(name) if is_plain else find_slim(name)

    return find


def find_method(event_name: str, client: Any, **_: Any) -> Callable[..., Any] | None:
    """A method of a botocore client that has none, by its name in an event."""
    method = event_name.rpartition(".")[2]
    known: dict[str, Any] = client.meta.service_model._service_description["operations"]
    # Iterating shows but a few (`QuietOperations`).
    names = known.keys()
    operation = next((name for name in names if xform_name(name) == method), None)
    if operation is None:
        return None

    def call(**parameters: Any) -> Any:
        return client._make_api_call(operation, parameters)

    return call
