"""Messages of a stream of events, as they come from aiobotocore's network."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from botocore.eventstream import EventStreamMessage
from botocore.exceptions import ResponseStreamingError

from botosmith.runtime.bodies.event_messages import (
    MessageBuffer,
    StreamOfReader,
    StreamTimeoutError,
    take_all,
)


class AsyncCheckedEvents(StreamOfReader):
    """aiobotocore's stream of events, but for what it does about cuts and damage.

    It has the interface of `aiobotocore.eventstream.AioEventStream`.
    """

    async def objects(self) -> AsyncIterator[Any]:
        """Read the events as objects, with the errors of `CheckedEvents.objects`."""
        async for message in self._event_generator:
            event = self.reader.read(message)
            if event is not None:
                yield event

    def __iter__(self) -> Any:
        msg = "these events are awaited: use `async for`"
        raise TypeError(msg)

    async def __aiter__(self) -> AsyncIterator[dict[str, Any]]:
        """Read the events in botocore's form."""
        async for message in self._event_generator:
            parsed = self.reader.parse(message)
            if parsed:
                yield parsed

    async def get_initial_response(self) -> EventStreamMessage:
        """Read the first message, with the errors of `CheckedEvents`'s method."""
        first = await anext(self._event_generator, None)
        return self.reader.check_first(first)

    async def _create_raw_event_generator(self) -> AsyncIterator[EventStreamMessage]:
        buffer = MessageBuffer(self._headers)
        async for chunk in _receive(self._raw_stream):
            buffer.add(chunk)
            for message in take_all(buffer, self.reader):
                yield message
        buffer.finish()


async def _receive(raw: Any) -> AsyncIterator[bytes]:
    """Read the bytes of a reply, in the pieces in which they come.

    Args:
        raw: The response as aiohttp has it, or httpx.

    Raises:
        ResponseStreamingError: The network failed.
    """
    try:
        if hasattr(raw, "aiter_raw"):
            async for chunk in raw.aiter_raw():
                yield chunk
        else:
            # aiohttp's own loop over chunks never ends for the second empty body.
            while chunk := await raw.content.readany():
                yield chunk
    except Exception as error:
        if left := _take_left(raw):
            yield left
        if _is_timeout(error):
            url = str(getattr(raw, "url", None))
            raise StreamTimeoutError(endpoint_url=url, error=error) from error
        raise ResponseStreamingError(error=error) from error


def _is_timeout(error: Exception) -> bool:
    names = {cls.__name__ for cls in type(error).__mro__}
    return isinstance(error, asyncio.TimeoutError) or "ReadTimeout" in names


def _take_left(raw: Any) -> bytes:
    """Return what came before an error, which aiohttp keeps back from then on."""
    take = getattr(getattr(raw, "content", None), "_read_nowait", None)
    try:
        return take(-1) if take is not None else b""
    except Exception:  # noqa: BLE001 - without what was left, the error is told still
        return b""
