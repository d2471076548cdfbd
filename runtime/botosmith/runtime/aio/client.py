"""The client that every generated client whose calls are awaited is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator
from functools import partial
from logging import DEBUG
from typing import Any, Self, TypeVar

from botocore.client import ClientMeta

from botosmith.runtime.aio.method import asynchronous
from botosmith.runtime.aio.pages import AsyncPages
from botosmith.runtime.aio.session import find_session
from botosmith.runtime.aio.transport import AsyncTransport, connect
from botosmith.runtime.aio.waiter_run import wait
from botosmith.runtime.client import AnyClient, BaseClient, hide_login
from botosmith.runtime.log import logged
from botosmith.runtime.objects.structure import Request, Response
from botosmith.runtime.pagination.cursor import Limits
from botosmith.runtime.pagination.paginator import Paginator
from botosmith.runtime.serde.validation_mode import Validation
from botosmith.runtime.transport.botocore_serializer import BotocoreSerializer
from botosmith.runtime.transport.generated_serializer import GeneratedSerializer
from botosmith.runtime.waiters.run import adjust
from botosmith.runtime.waiters.waiter import Waiter, WaiterProgress

R = TypeVar("R", bound=Response)
T = TypeVar("T")


class AsyncBaseClient(AnyClient):
    """Calls one service in one region, each call to be awaited.

    It takes the arguments of `boto3.client`, which `AnyClient` describes, and serves
    one event loop of asyncio, for as many calls at once as `max_pool_connections` of
    its `config` has it. It opens when it is first used, and is to be closed: by
    `close`, or as a context manager.

        async with sagemaker.AsyncClient("us-east-1") as client:
            await client.create_model(model_name="m")

    `client = await sagemaker.AsyncClient(...)` opens it at once, without closing it.

    Raises:
        ModuleNotFoundError: aiobotocore is not installed.
    """

    def _start(self, session: Any, arguments: dict[str, Any]) -> None:
        # Both hold credentials, and nothing needs them once the client is open.
        self._origin: tuple[Any, dict[str, Any]] | None = (
            find_session(session),
            arguments,
        )
        self._lock = asyncio.Lock()
        self._transport: AsyncTransport | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._is_closed = False

    async def _open(self) -> AsyncTransport:
        """The transport of the calls, made when it is first needed."""
        if self._transport is None:
            async with self._lock:
                if self._is_closed:
                    msg = f"{self!r} is closed"
                    raise RuntimeError(msg)
                if self._transport is None:
                    self._transport = await self._connect()
                    self._origin = None
                    self._loop = asyncio.get_running_loop()
        if self._loop is not asyncio.get_running_loop():
            # Or it would be told by aiohttp, in other words for each of its parts.
            msg = f"{self!r} was opened in another event loop, whose it is"
            raise RuntimeError(msg)
        return self._transport

    async def _connect(self) -> AsyncTransport:
        assert self._origin is not None  # noqa: S101 - it is neither open nor closed
        parts = self._service_of_calls, self._data(), *self._origin
        if self._uses_generated_code:
            transport = await connect(*parts, GeneratedSerializer)
            if transport.serializer.is_faithful:
                return transport
            await transport.close()
        return await connect(*parts, BotocoreSerializer)

    @property
    def meta(self) -> ClientMeta:
        """botocore's facts about the client, once it is open.

        `meta.events` takes event handlers as in boto3, coroutine functions too; there
        are `meta.region_name`, `meta.endpoint_url` and `meta.config` as well.

        Raises:
            RuntimeError: It is not open yet, or is closed.
        """
        if self._transport is None:
            how = "enter it with `async with`, or await it"
            state = "is closed" if self._is_closed else f"is not open yet: {how}"
            msg = f"{self!r} {state}"
            raise RuntimeError(msg)
        meta: ClientMeta = self._transport.client.meta
        return meta

    async def send(
        self, request: Request[R], *, validation: Validation | None = None
    ) -> R:
        """Send a request and await the reply.

        Cancelling it gives its connection up.

        Args:
            request: A request object of this service.
            validation: How much of this request is checked, as in `BaseClient.send`.

        Returns:
            The reply, with the facts about the exchange in `response_metadata`.

        Raises:
            RuntimeError: The client is closed, or belongs to another event loop.
            Exception: Whatever `BaseClient.send` raises.
        """
        self._check_call(request)
        mode = self._mode(validation)
        transport = await self._open()
        if not self._logger.isEnabledFor(DEBUG):
            return await transport.send(request, mode)
        with logged(self._logger, request) as tell:
            return tell(await transport.send(request, mode))

    def _paginate(
        self, request: Request[R], paginator: Paginator, **limits: Any
    ) -> AsyncPages[R, Any]:
        """The pages from a request on; the generated functions say what is in them."""
        return AsyncPages(self.send, request, paginator, Limits(**limits))

    async def _wait(
        self,
        request: Request[R],
        waiter: Waiter,
        delay: float | None,
        max_attempts: int | None,
        progress: WaiterProgress | None,
    ) -> R | None:
        """Send a request until a waiter ends; None where it waited for an error."""
        adjusted = adjust(waiter, delay, max_attempts)
        return await wait(partial(self.send, request), adjusted, progress)

    async def _wait_for_reply(
        self,
        request: Request[R],
        waiter: Waiter,
        delay: float | None,
        max_attempts: int | None,
        progress: WaiterProgress | None,
    ) -> R:
        """The same for a waiter to which no error is a good end."""
        reply = await self._wait(request, waiter, delay, max_attempts, progress)
        assert reply is not None, waiter  # noqa: S101 - by how the waiter is defined
        return reply

    generate_presigned_url = asynchronous(BaseClient.generate_presigned_url)

    async def _presign(
        self,
        request: Request[Any],
        expires_in: int,
        http_method: str | None,
        validation: Validation,
    ) -> str:
        transport = await self._open()
        return await transport.presign(request, expires_in, http_method, validation)

    async def _sign(self, make: Callable[[Any], T], method: str, *arguments: Any) -> T:
        """Make something of what a method of aiobotocore's client signs."""
        transport = await self._open()
        return make(await transport.sign(method, *arguments))

    async def close(self) -> None:
        """Close the connections; the client cannot be used again."""
        async with self._lock:
            transport, self._transport, self._is_closed = self._transport, None, True
            self._origin = None
            if transport is not None:
                await transport.close()

    async def __aenter__(self) -> Self:
        await self._open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def __await__(self) -> Generator[Any, Any, Self]:
        """Open it at once, and give it."""
        return self.__aenter__().__await__()

    def __repr__(self) -> str:
        name = f"{self._package}.{type(self).__name__}"
        if self._transport is None:
            return f"<{name}>"
        meta = self._transport.client.meta
        return f"<{name} in {meta.region_name} at {hide_login(meta.endpoint_url)}>"
