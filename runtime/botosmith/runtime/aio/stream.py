"""Bodies and events that are awaited.

Whatever ends a read before its time, a cancellation too, gives the connection up: what
has been read by then is lost to the next reader, so that nobody could go on.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Generator, Iterator
from contextlib import contextmanager
from importlib import import_module
from inspect import isawaitable
from typing import IO, Any, Self, TypeVar

from botocore.exceptions import ResponseStreamingError

from botosmith.runtime.bodies.stream import (
    CLOSED,
    ENDED,
    FAILED,
    EventStream,
    StreamingBody,
    find_objects,
)
from botosmith.runtime.objects.structure import Response, Union

EventT_co = TypeVar("EventT_co", bound=Union, covariant=True)


def make_awaited(response: Response) -> None:
    """Put what is awaited in place of a reply's streams."""
    for attribute in response._bodies:
        body = getattr(response, attribute)
        if isinstance(body, StreamingBody):
            setattr(response, attribute, AsyncStreamingBody(body.raw))
    for attribute in response._events:
        events: EventStream[Any] | None = getattr(response, attribute)
        if events is not None:
            setattr(response, attribute, AsyncEventStream.of(events))


async def close_stream(raw: Any) -> None:
    """Close a stream of aiobotocore's, of aiohttp's or of httpx's."""
    close = getattr(raw, "aclose", None) or getattr(raw, "close", None)
    if close is not None:
        await _settle(close())


async def _settle(value: Any) -> Any:
    return await value if isawaitable(value) else value


class AsyncStreamingBody(StreamingBody):
    """A body that an `AsyncClient` received."""

    async def aread(self, amt: int | None = None) -> bytes:
        """Read some bytes, or all that are left."""
        try:
            with _in_botocores_words():
                data: bytes = await _settle(self.raw.read(amt))
        except BaseException:
            await self.aclose()
            raise
        return data

    async def aiter_chunks(self, chunk_size: int = 1024) -> AsyncIterator[bytes]:
        """Read chunks of so many bytes."""
        while chunk := await self.aread(chunk_size):
            yield chunk

    async def aiter_lines(
        self, chunk_size: int = 1024, *, keepends: bool = False
    ) -> AsyncIterator[bytes]:
        """Read lines, by chunks of so many bytes."""
        pending = b""
        async for chunk in self.aiter_chunks(chunk_size):
            *lines, pending = (pending + chunk).splitlines(keepends=True)
            for line in lines:
                yield line if keepends else line.splitlines()[0]
        if pending:
            yield pending if keepends else pending.splitlines()[0]

    async def acopy_to(self, file: IO[bytes], chunk_size: int = 1 << 16) -> int:
        """Read all into a file, and say how many bytes it was."""
        count = 0
        async for chunk in self.aiter_chunks(chunk_size):
            count += file.write(chunk)
        return count

    async def aclose(self) -> None:
        """Give the connection up."""
        await close_stream(self.raw)

    async def __aenter__(self) -> Self:
        return self

    def read(self, amt: int | None = None) -> bytes:
        """Raise a TypeError that names `aread`."""
        raise _awaited(self, "await body.aread()")

    def readinto(self, buffer: bytearray | memoryview) -> int:
        """Raise a TypeError that names `aread`."""
        raise _awaited(self, "await body.aread()")

    def __iter__(self) -> Iterator[bytes]:
        raise _awaited(self, "async for")

    def __next__(self) -> bytes:
        raise _awaited(self, "async for")

    def iter_chunks(self, chunk_size: int = 1024) -> Iterator[bytes]:
        """Raise a TypeError that names `aiter_chunks`."""
        raise _awaited(self, "async for chunk in body.aiter_chunks()")

    def iter_lines(
        self, chunk_size: int = 1024, *, keepends: bool = False
    ) -> Iterator[bytes]:
        """Raise a TypeError that names `aiter_lines`."""
        raise _awaited(self, "async for line in body.aiter_lines()")

    def copy_to(self, file: IO[bytes], chunk_size: int = 1 << 16) -> int:
        """Raise a TypeError that names `acopy_to`."""
        raise _awaited(self, "await body.acopy_to(file)")

    def close(self) -> None:
        """Raise a TypeError that names `aclose`."""
        raise _awaited(self, "await body.aclose()")

    def __enter__(self) -> Self:
        raise _awaited(self, "async with")


class AsyncEventStream(EventStream[EventT_co]):
    """Events that an `AsyncClient` receives."""

    @classmethod
    def of(cls, events: EventStream[Any]) -> Self:
        """Return the same events, to be awaited."""
        made = cls(events.event, events.raw)
        made._source = events._source
        return made

    def __aiter__(self) -> AsyncIterator[EventT_co]:
        """Return the stream itself, whose events have the errors of `__anext__`.

        Raises:
            StreamClosedError: The stream has ended or was closed.
        """
        self._check_open()
        return self

    async def __anext__(self) -> EventT_co:
        """Return the next event, with the errors of `EventStream.__next__`.

        A read that is cancelled closes the stream: what it has read by then is lost.
        """
        if self._end is ENDED:
            raise StopAsyncIteration
        self._check_open()
        if self._events is None:
            objects = find_objects(self.raw)
            self._events = self._await_dictionaries() if objects is None else objects
        self._begin_reading()
        try:
            event: EventT_co = await anext(self._events)
        except StopAsyncIteration:
            # Another task may have closed it while this one was reading.
            self._check_open()
            await self._finish_awaited(ENDED)
            raise
        except BaseException:
            await self._finish_awaited(FAILED)
            raise
        finally:
            self._is_reading = False
        return event

    async def _await_dictionaries(self) -> AsyncIterator[EventT_co]:
        """Read what somebody has put in the place of aiobotocore's stream."""
        with self._telling(), _in_botocores_words():
            async for event in _iterate(self.raw):
                yield self._read(event)

    async def aclose(self) -> None:
        """Give the connection up; the events that are left are lost."""
        await self._finish_awaited(CLOSED)

    async def _finish_awaited(self, end: str) -> None:
        self._end = self._end or end
        await close_stream(self.raw)

    async def __aenter__(self) -> Self:
        return self

    def __iter__(self) -> Iterator[EventT_co]:
        raise _awaited(self, "async for")

    def __next__(self) -> EventT_co:
        raise _awaited(self, "await anext(events)")

    def close(self) -> None:
        """Raise a TypeError that names `aclose`."""
        raise _awaited(self, "await events.aclose()")

    def __enter__(self) -> Self:
        raise _awaited(self, "async with")


async def _iterate(raw: Any) -> AsyncIterator[Any]:
    """Go through events, also where a hook has put other ones in."""
    if hasattr(raw, "__aiter__"):
        async for event in raw:
            yield event
    else:
        for event in raw:
            yield event


@contextmanager
def _in_botocores_words() -> Generator[None]:
    """Tell what aiohttp says of a reply that is cut short as botocore tells it."""
    try:
        yield
    except import_module("aiohttp").ClientError as error:
        raise ResponseStreamingError(error=error) from error


def _awaited(stream: object, word: str) -> TypeError:
    kind = type(stream).__name__.removeprefix("Async")
    return TypeError(f"this {kind} is an AsyncClient's, which is awaited: use `{word}`")
