"""The state that a transport has, whether its calls are waited for or awaited."""

from __future__ import annotations

from typing import Any

from botosmith.runtime.objects.structure import Request
from botosmith.runtime.transport.botocore_serializer import BotocoreSerializer
from botosmith.runtime.transport.connection import Connection, guard_serializer
from botosmith.runtime.transport.generated_serializer import GeneratedSerializer
from botosmith.runtime.transport.service import Service

Serializer = GeneratedSerializer | BotocoreSerializer


class Transport:
    """A client of botocore, and the serializer that its calls go through.

    Attributes:
        service: The service.
        client: The botocore client between the serializer and the network.
        serializer: Makes the parameters of calls, and reads what comes of them.
    """

    def __init__(self, service: Service, client: Any, serializer: Serializer) -> None:
        """Take the service, its client, and the serializer that was put into it."""
        self.service = service
        self.client = client
        self.serializer = serializer

    def explain(self, request: Request[Any], error: Exception) -> Exception | None:
        """Return the documented error for a bare one of botocore's, or None."""
        # Few calls fail so.
        from botosmith.runtime.transport.error_translation import explain

        return explain(error, self.service, request._operation)


def put_in_serializer(connection: Connection, kind: type[Serializer]) -> Serializer:
    """Put a serializer into a client of botocore, and return it."""
    serializer = kind(connection)
    guard_serializer(connection)
    return serializer
