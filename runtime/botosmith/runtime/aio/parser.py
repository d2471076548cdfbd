"""Our readers of replies, as aiobotocore calls them.

They do not wait for anything, and neither do aiobotocore's own, except for the first of
the events where that is part of the reply. So ours stay as they are: what is to be
waited for is read before.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from botosmith.runtime.protocol.parser import (
    FIRST_ERROR_STATUS,
    HttpResponse,
    ParserFactory,
    Reply,
    ReplyParser,
)


class SettledParser:
    """Calls aiobotocore's parser as botocore's own is called, without waiting.

    Attributes:
        inner: aiobotocore's parser.
    """

    def __init__(self, inner: Any) -> None:
        """Take aiobotocore's parser."""
        self.inner = inner
        self._ready: Callable[[], Reply] | None = None

    async def wait(self, response: HttpResponse, shape: Any) -> None:
        """Read ahead what is to be waited for; `parse` gives or raises it later."""
        try:
            parsed = await self.inner.parse(response, shape)
        except Exception as error:  # noqa: BLE001 - `ReplyParser` has a use for each
            self._ready = _raising(error)
        else:
            self._ready = lambda: parsed

    def parse(self, response: HttpResponse, shape: Any) -> Reply:
        """Read a reply."""
        ready, self._ready = self._ready, None
        return self._run(response, shape) if ready is None else ready()

    def _run(self, response: HttpResponse, shape: Any) -> Reply:
        coroutine = self.inner.parse(response, shape)
        try:
            coroutine.send(None)
        except StopIteration as end:
            parsed: Reply = end.value
            return parsed
        coroutine.close()
        msg = f"aiobotocore waits for more than the reply of {response['context']}"
        raise RuntimeError(msg)


def _raising(error: Exception) -> Callable[[], Reply]:
    def fail() -> Reply:
        raise error

    return fail


class AsyncParser:
    """One of our parsers, with aiobotocore's interface."""

    def __init__(self, parser: ReplyParser) -> None:
        """Take a parser of ours that has one of aiobotocore's for its own."""
        self._settled = parser.inner = SettledParser(parser.inner)
        self._parser = parser

    async def parse(self, response: HttpResponse, shape: Any) -> Reply:
        """Read a reply, as aiobotocore's `AioResponseParser.parse` does."""
        is_success = response["status_code"] < FIRST_ERROR_STATUS
        if is_success and shape is not None and shape.event_stream_name:
            self._check_events(response["context"]["operation_name"])
            await self._settled.wait(response, shape)
        return self._parser.parse(response, shape)

    def _check_events(self, operation: str) -> None:
        """Have aiobotocore's parser make streams that tell cuts and damage."""
        service, codec = self._parser.service, self._parser.codec
        if operation not in service.operations:
            return
        from botosmith.runtime.aio.event_messages import AsyncCheckedEvents
        from botosmith.runtime.bodies.event_errors import make_events

        reply = service.response(operation)
        create = make_events(AsyncCheckedEvents, reply, codec, service)
        self._settled.inner._create_event_stream = create


class AsyncParserFactory:
    """Makes parsers that are awaited."""

    def __init__(self, factory: ParserFactory) -> None:
        """Take the factory of those that are not."""
        self._factory = factory

    def create_parser(self, protocol: str) -> AsyncParser:
        """Make a parser for one reply."""
        return AsyncParser(self._factory.create_parser(protocol))
