"""Sends requests through an aiobotocore client."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from typing import Any, TypeVar

from botocore.exceptions import NoCredentialsError
from botocore.session import Session

from botosmith.runtime.aio.parser import AsyncParserFactory
from botosmith.runtime.aio.stream import close_stream, make_awaited
from botosmith.runtime.aio.truncation import retry_cut_replies
from botosmith.runtime.errors import ReplyError
from botosmith.runtime.objects.structure import Request, Response
from botosmith.runtime.protocol.per_operation import find_method
from botosmith.runtime.serde.validation_mode import Validation
from botosmith.runtime.transport.base import BotocoreRoute, GeneratedRoute, Route
from botosmith.runtime.transport.session import borrow

R = TypeVar("R", bound=Response)

#: The bodies that a call has begun to receive, which it closes where it fails.
_streams: ContextVar[list[Any]] = ContextVar("_streams")


class AsyncTransport(Route):
    """A route that is travelled by awaiting each call."""

    _retry_cut_replies = staticmethod(retry_cut_replies)

    def components(self, session: Session) -> dict[str, Any]:
        """Return the parts of a client that replace those of its session."""
        made = super().components(session)
        parsers = made["response_parser_factory"]
        return {**made, "response_parser_factory": AsyncParserFactory(parsers)}

    async def connect(self, session: Any, arguments: Mapping[str, Any]) -> None:
        """Make the aiobotocore client, with a session and the arguments for it."""
        borrowed = borrow(session, self.components(session))
        self._opened = borrowed.create_client(**self.arguments(arguments))
        self.fit(await self._opened.__aenter__())

    def fit(self, client: Any) -> None:
        """Take the aiobotocore client, and put parts of ours in."""
        super().fit(client)
        client.meta.events.register_first("before-parse", _note_stream)
        # botocore's clients ask handlers for methods that they lack; these do not. The
        # class was made for this client alone.
        type(client).__getattr__ = _find_method

    async def send(self, request: Request[R], validation: Validation = "model") -> R:
        """Send a request and read the reply."""
        streams: list[Any] = []
        token = _streams.set(streams)
        try:
            with self.write(request, validation) as parameters:
                call = self.client._make_api_call(request._operation, parameters)
                try:
                    parsed = await call
                except Exception as error:
                    if (told := self.explain(request, error)) is None:
                        raise
                    raise told from None
            response = self.read(request, parsed)
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
        with self.write_signed(request, validation) as (method, parameters):
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


class AsyncGeneratedTransport(AsyncTransport, GeneratedRoute):
    """Generated wire code, wherever there is some."""


class AsyncBotocoreTransport(AsyncTransport, BotocoreRoute):
    """aiobotocore from end to end."""


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
