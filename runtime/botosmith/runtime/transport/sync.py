"""Sends requests through a synchronous botocore client."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from botocore.client import BaseClient
from botocore.exceptions import NoCredentialsError
from botocore.session import Session

from botosmith.runtime.objects.structure import Request, Response
from botosmith.runtime.serde.validation_mode import Validation
from botosmith.runtime.transport.base import BotocoreRoute, GeneratedRoute, Route
from botosmith.runtime.transport.patches.signing_key import keep_signing_keys
from botosmith.runtime.transport.service import Service
from botosmith.runtime.transport.service_data import ServiceData
from botosmith.runtime.transport.session import borrow

R = TypeVar("R", bound=Response)


class SyncTransport(Route):
    """A route that is travelled by waiting for each call."""

    def __init__(
        self,
        service: Service,
        data: ServiceData,
        session: Session,
        arguments: Mapping[str, Any],
    ) -> None:
        """Make the botocore client, with a session and the arguments for it."""
        super().__init__(service, data)
        borrowed = borrow(session, self.components(session))
        self.fit(borrowed.create_client(**self.arguments(arguments)))
        keep_signing_keys(self.client)

    def send(self, request: Request[R], validation: Validation = "model") -> R:
        """Send a request and read the reply."""
        with self.write(request, validation) as parameters:
            try:
                parsed = self.client._make_api_call(request._operation, parameters)
            except Exception as error:
                if (told := self.explain(request, error)) is None:
                    raise
                raise told from None
        return self.read(request, parsed)

    def presign(
        self,
        request: Request[Any],
        expires_in: int,
        http_method: str | None,
        validation: Validation = "model",
    ) -> str:
        """Sign a URL for a call."""
        with self.write_signed(request, validation) as (method, parameters):
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


class GeneratedTransport(SyncTransport, GeneratedRoute):
    """Generated wire code, wherever there is some."""


class BotocoreTransport(SyncTransport, BotocoreRoute):
    """botocore from end to end."""
