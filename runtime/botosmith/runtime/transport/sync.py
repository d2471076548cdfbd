"""Sends requests through a synchronous botocore client."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from botocore.client import BaseClient
from botocore.exceptions import NoCredentialsError
from botocore.session import Session

from botosmith.runtime.objects.structure import Request, Response
from botosmith.runtime.protocol.truncation import retry_cut_replies
from botosmith.runtime.serde.validation_mode import Validation
from botosmith.runtime.transport.base import Serializer, Transport, put_in_serializer
from botosmith.runtime.transport.connection import (
    Connection,
    adapt_client,
    make_arguments,
    make_components,
)
from botosmith.runtime.transport.patches.signing_key import keep_signing_keys
from botosmith.runtime.transport.service import Service
from botosmith.runtime.transport.service_data import ServiceData
from botosmith.runtime.transport.session import borrow

R = TypeVar("R", bound=Response)


class SyncTransport(Transport):
    """Waits for each call."""

    def send(self, request: Request[R], validation: Validation = "model") -> R:
        """Send a request and read the reply."""
        with self.serializer.write(request, validation) as parameters:
            try:
                parsed = self.client._make_api_call(request._operation, parameters)
            except Exception as error:
                if (told := self.explain(request, error)) is None:
                    raise
                raise told from None
        return self.serializer.read(request, parsed)

    def presign(
        self,
        request: Request[Any],
        expires_in: int,
        http_method: str | None,
        validation: Validation = "model",
    ) -> str:
        """Sign a URL for a call."""
        with self.serializer.write_signed(request, validation) as (method, parameters):
            url: str = self.client.generate_presigned_url(
                method, parameters, expires_in, http_method
            )
        return url

    def sign(self, method: str, *arguments: Any) -> Any:
        """Let a method of botocore's client sign something that is not a call.

        Raises:
            NoCredentialsError: There is nothing to sign with.
        """
        if self.client._request_signer._credentials is None:
            raise NoCredentialsError
        return getattr(self.client, method)(*arguments)

    def close(self) -> None:
        """Close the connections."""
        # The client's own method may be an operation of that name.
        BaseClient.close(self.client)


def connect(
    service: Service,
    data: ServiceData,
    session: Session,
    arguments: Mapping[str, Any],
    kind: type[Serializer],
) -> SyncTransport:
    """Make a botocore client, with a session and the arguments for it.

    Args:
        service: The service.
        data: The data that the client is to know it by.
        session: The session.
        arguments: The arguments of `create_client`, but for the service.
        kind: The class of the serializer to put in.
    """
    parser = kind.find_parser(service)
    components = make_components(session, service, data, kind.model, parser)
    borrowed = borrow(session, components)
    client = borrowed.create_client(**make_arguments(service, arguments))
    adapt_client(client, service, retry_cut_replies)
    serializer = put_in_serializer(Connection(service, data, client), kind)
    keep_signing_keys(client)
    return SyncTransport(service, client, serializer)
