"""Sends requests through an aiobotocore client."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from contextvars import ContextVar
from typing import Any, TypeVar

from botocore.exceptions import NoCredentialsError

from botosmith.runtime.aio.parser import AsyncParserFactory
from botosmith.runtime.aio.stream import close_stream, make_awaited
from botosmith.runtime.aio.truncation import retry_cut_replies
from botosmith.runtime.errors import ReplyError
from botosmith.runtime.objects.structure import Request, Response
from botosmith.runtime.protocol.per_operation import find_method
from botosmith.runtime.serde.validation_mode import Validation
from botosmith.runtime.transport.base import Serializer, Transport, put_in_serializer
from botosmith.runtime.transport.connection import (
    Connection,
    adapt_client,
    make_arguments,
    make_components,
)
from botosmith.runtime.transport.service import Service
from botosmith.runtime.transport.service_data import ServiceData
from botosmith.runtime.transport.session import borrow

R = TypeVar("R", bound=Response)

#: The bodies that a call has begun to receive, which it closes where it fails.
_streams: ContextVar[list[Any]] = ContextVar("_streams")


class AsyncTransport(Transport):
    """Awaits each call."""

    def __init__(
        self,
        service: Service,
        client: Any,
        serializer: Serializer,
        opened: AbstractAsyncContextManager[Any],
    ) -> None:
        """Take the parts, and the context of the client, which closes it."""
        super().__init__(service, client, serializer)
        self._opened = opened

    async def send(self, request: Request[R], validation: Validation = "model") -> R:
        """Send a request and read the reply."""
        streams: list[Any] = []
        token = _streams.set(streams)
        try:
            with self.serializer.write(request, validation) as parameters:
                call = self.client._make_api_call(request._operation, parameters)
                try:
                    parsed = await call
                except Exception as error:
                    if (told := self.explain(request, error)) is None:
                        raise
                    raise told from None
            response = self.serializer.read(request, parsed)
        except BaseException as error:
            if not _keeps_stream(error):
                for stream in streams:
                    await close_stream(stream)
            raise
        finally:
            _streams.reset(token)
        make_awaited(response)
        return response

    async def presign(
        self,
        request: Request[Any],
        expires_in: int,
        http_method: str | None,
        validation: Validation = "model",
    ) -> str:
        """Sign a URL for a call."""
        with self.serializer.write_signed(request, validation) as (method, parameters):
            url: str = await self.client.generate_presigned_url(
                method, parameters, expires_in, http_method
            )
        return url

    async def sign(self, method: str, *arguments: Any) -> Any:
        """Let a method of aiobotocore's client sign something that is not a call.

        Raises:
            NoCredentialsError: There is nothing to sign with.
        """
        if self.client._request_signer._credentials is None:
            raise NoCredentialsError
        return await getattr(self.client, method)(*arguments)

    async def close(self) -> None:
        """Close the connections."""
        await self._opened.__aexit__(None, None, None)


async def connect(
    service: Service,
    data: ServiceData,
    session: Any,
    arguments: Mapping[str, Any],
    kind: type[Serializer],
) -> AsyncTransport:
    """Make an aiobotocore client, with a session and the arguments for it.

    Args:
        service: The service.
        data: The data that the client is to know it by.
        session: The session of aiobotocore.
        arguments: The arguments of `create_client`, but for the service.
        kind: The class of the serializer to put in.
    """
    parser = kind.find_parser(service)
    components = make_components(session, service, data, kind.model, parser)
    factory = AsyncParserFactory(components["response_parser_factory"])
    borrowed = borrow(session, {**components, "response_parser_factory": factory})
    opened = borrowed.create_client(**make_arguments(service, arguments))
    client = await opened.__aenter__()
    adapt_client(client, service, retry_cut_replies)
    serializer = put_in_serializer(Connection(service, data, client), kind)
    client.meta.events.register_first("before-parse", _note_stream)
    # botocore's clients ask handlers for methods that they lack; these do not. The
    # class was made for this client alone.
    type(client).__getattr__ = _find_method
    return AsyncTransport(service, client, serializer, opened)


def _keeps_stream(error: BaseException) -> bool:
    """Have the stream of a reply that could be read but for some values awaited.

    Returns:
        Whether there is one.
    """
    partial = error.partial if isinstance(error, ReplyError) else None
    if not isinstance(partial, Response):
        return False
    make_awaited(partial)
    streams = (*partial._bodies, *partial._events)
    return any(getattr(partial, name) is not None for name in streams)


def _note_stream(response_dict: Mapping[str, Any], **_: Any) -> None:
    body = response_dict["body"]
    if not isinstance(body, bytes):
        _streams.get([]).append(body)


def _find_method(client: Any, name: str) -> Callable[..., Any]:
    found = None if name.startswith("_") else find_method(name, client)
    if found is None:
        kind = type(client).__name__
        msg = f"{kind!r} object has no attribute {name!r}"
        raise AttributeError(msg, name=name, obj=client)
    return found
