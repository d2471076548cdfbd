"""Bodies that are not documents: bytes as they come, and events one after the other."""

from __future__ import annotations

from collections.abc import AsyncIterator, Generator, Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import IO, TYPE_CHECKING, Any, Generic, NoReturn, Protocol, Self, TypeVar

if TYPE_CHECKING:
    from botosmith.runtime.bodies.event_errors import Source
    from botosmith.runtime.objects.structure import Union

EventT_co = TypeVar("EventT_co", bound="Union", covariant=True)


class Readable(Protocol):
    """A file, or what else can be read from as one reads from a file."""

    def read(self, size: int = -1, /) -> bytes | str | None:
        """Return the next bytes, or the next text; none at the end."""
        ...


#: The types of a request's body. Text is sent as UTF-8, a file from the place at which
#: it stands.
RequestBody = (
    bytes
    | bytearray
    | memoryview
    | str
    | Readable
    | Iterable[bytes | bytearray | memoryview]
)


class StreamingBody:
    """A reply's body, read as it comes; what botocore's own of that name does.

    Close it, read it to the end, or use it as a context manager: until then it keeps a
    connection.

    One class serves the replies of both clients, since these are of one class as well.
    A body that a `Client` received is read with `read` and `for`, one that an
    `AsyncClient` received with `aread` and `async for`: the methods that begin with an
    a, and those of `async`. The others of either raise a TypeError that says so.

    Attributes:
        raw: botocore's stream.
    """

    def __init__(self, source: Any) -> None:
        """Take botocore's stream, or any bytes, or anything else that can be read."""
        from botocore.response import StreamingBody as BotocoreBody

        if isinstance(source, (bytes, bytearray)):
            source = BotocoreBody(BytesIO(source), len(source))
        elif not isinstance(source, BotocoreBody):
            length: Any = None  # unknown
            source = BotocoreBody(source, length)
        self.raw: Any = source

    def read(self, amt: int | None = None) -> bytes:
        """Read some bytes, or all that are left.

        Raises:
            botocore.exceptions.ResponseStreamingError: The network failed, or the body
                was cut.
            botocore.exceptions.IncompleteReadError: The body is shorter than announced.
            botocore.exceptions.ReadTimeoutError: Nothing came within the client's
                `read_timeout`.
        """
        try:
            data: bytes = self.raw.read(amt)
        except Exception as error:
            _raise_in_botocores_words(error, self.raw)
            raise
        return data

    def readinto(self, buffer: bytearray | memoryview) -> int:
        """Read bytes into a buffer and return their number, with `read`'s errors."""
        try:
            count: int = self.raw.readinto(buffer)
        except Exception as error:
            _raise_in_botocores_words(error, self.raw)
            raise
        return count

    def readable(self) -> bool:
        """Return whether there may be more to read."""
        return bool(self.raw.readable())

    def tell(self) -> int:
        """Return the number of bytes that have been read."""
        position: int = self.raw.tell()
        return position

    def __iter__(self) -> Iterator[bytes]:
        """Read chunks of 1,024 bytes."""
        return self.iter_chunks()

    def __next__(self) -> bytes:
        """Read the next 1,024 bytes."""
        chunk = self.read(1024)
        if not chunk:
            raise StopIteration
        return chunk

    def iter_chunks(self, chunk_size: int = 1024) -> Iterator[bytes]:
        """Read chunks of so many bytes."""
        while chunk := self.read(chunk_size):
            yield chunk

    def iter_lines(
        self, chunk_size: int = 1024, *, keepends: bool = False
    ) -> Iterator[bytes]:
        """Read lines, by chunks of so many bytes."""
        try:
            yield from self.raw.iter_lines(chunk_size, keepends=keepends)
        except Exception as error:
            _raise_in_botocores_words(error, self.raw)
            raise

    def copy_to(self, file: IO[bytes], chunk_size: int = 1 << 16) -> int:
        """Read all into a file, and say how many bytes it was."""
        return sum(file.write(chunk) for chunk in self.iter_chunks(chunk_size))

    def close(self) -> None:
        """Give the connection up."""
        self.raw.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    async def aread(self, amt: int | None = None) -> bytes:
        """Read some bytes, or all that are left."""
        raise not_awaited(self, "read")

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Read chunks of 1,024 bytes."""
        return self.aiter_chunks()

    def aiter_chunks(self, chunk_size: int = 1024) -> AsyncIterator[bytes]:
        """Read chunks of so many bytes."""
        raise not_awaited(self, "iter_chunks")

    def aiter_lines(
        self, chunk_size: int = 1024, *, keepends: bool = False
    ) -> AsyncIterator[bytes]:
        """Read lines, by chunks of so many bytes."""
        raise not_awaited(self, "iter_lines")

    async def acopy_to(self, file: IO[bytes], chunk_size: int = 1 << 16) -> int:
        """Read all into a file, and say how many bytes it was."""
        raise not_awaited(self, "copy_to")

    async def aclose(self) -> None:
        """Give the connection up."""
        raise not_awaited(self, "close")

    async def __aenter__(self) -> Self:
        raise not_awaited(self, "with")

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    def __reduce_ex__(self, _: object) -> NoReturn:
        from botosmith.runtime.objects.pickling import refuse_copy

        advice = "it can be read once, from a connection. Read it, and keep the bytes"
        refuse_copy(f"a {type(self).__name__}", advice)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}, {self.tell()} bytes read>"


def _raise_in_botocores_words(error: Exception, raw: Any) -> None:
    """Raise a bare error of reading a body as botocore tells most of them; no other."""
    from botocore.exceptions import BotoCoreError, ResponseStreamingError
    from urllib3.exceptions import HTTPError

    # `http.client` overflows at a chunk that is said to be too long for any memory.
    is_bare = isinstance(error, (HTTPError, OverflowError))
    if is_bare and not isinstance(error, BotoCoreError):
        raise ResponseStreamingError(error=error) from error
    # botocore compares a length with what came, and reads it as a number only then.
    if isinstance(error, ValueError) and not _has_known_length(raw):
        how = "its Content-Length is not a number, so that it may have been cut"
        raise ResponseStreamingError(error=how) from None


def _has_known_length(raw: Any) -> bool:
    length = getattr(raw, "_content_length", None)
    try:
        int(0 if length is None else length)
    except ValueError:  # also of thousands of digits
        return False
    return True


#: Ways in which a stream of events has come to its end.
ENDED = "has been read to its end"
CLOSED = "was closed"
FAILED = "ended with an error"


class EventStream(Generic[EventT_co]):
    """A reply's events, each an object in which one member is set.

    It is its own iterator and gives each event once. A loop that is left keeps the
    place: `next(events)` and another loop go on from there. The stream closes at its
    end, on an error, by `close()` and at the end of `with`; until then it keeps a
    connection. As with a `StreamingBody`, it is `for` and `with` where a `Client`
    received it, `async for` and `async with` where it was an `AsyncClient`.

    Attributes:
        event: The class of the events.
        raw: botocore's stream, whose events are dictionaries.
    """

    def __init__(self, event: type[EventT_co], raw: Iterable[dict[str, Any]]) -> None:
        """Take the class of the events, and what they are made of."""
        self.event = event
        self.raw = raw
        self._source: Source | None = None
        self._events: Any = None
        self._end: str | None = None
        self._is_reading = False

    def come_from(self, source: Source) -> None:
        """Say which call the events are the reply of."""
        self._source = source

    def __iter__(self) -> Iterator[EventT_co]:
        """Return the stream itself.

        Raises:
            StreamClosedError: The stream has ended or was closed.
        """
        self._check_open()
        return self

    def __next__(self) -> EventT_co:
        """Return the next event.

        Raises:
            ServiceError: The service sent an error in place of an event; it is a
                `botocore.exceptions.EventStreamError`, too.
            ReplyError: A message is damaged, or its event is not what the model
                describes.
            botocore.exceptions.ResponseStreamingError: The network failed, or the
                stream was cut; what came before has been given. It is a
                `botocore.exceptions.ReadTimeoutError`, too, where the next event did
                not come in time.
            StreamClosedError: The stream was closed, or ended with an error.
        """
        if self._end is ENDED:
            raise StopIteration
        self._check_open()
        if self._events is None:
            objects = find_objects(self.raw)
            self._events = self._read_dictionaries() if objects is None else objects
        self._begin_reading()
        try:
            event: EventT_co = next(self._events)
        except StopIteration:
            # Another thread may have closed it while this one was reading.
            self._check_open()
            self._finish(ENDED)
            raise
        except BaseException:
            self._finish(FAILED)
            raise
        finally:
            self._is_reading = False
        return event

    def _check_open(self) -> None:
        if self._end is None:
            return
        from botosmith.runtime.errors import StreamClosedError

        msg = (
            f"this stream of {self.event.__name__} {self._end}: keep the events that "
            "are needed again in a list, or call the operation again"
        )
        raise StreamClosedError(msg)

    def _begin_reading(self) -> None:
        if self._is_reading:
            msg = (
                f"this stream of {self.event.__name__} is being read: "
                "read it in one thread or task"
            )
            raise RuntimeError(msg)
        self._is_reading = True

    def _finish(self, end: str) -> None:
        self._end = self._end or end
        close = getattr(self.raw, "close", None)
        if close is not None:
            close()

    def _read_dictionaries(self) -> Iterator[EventT_co]:
        """Read what somebody has put in the place of botocore's stream."""
        with self._telling():
            for event in self.raw:
                yield self._read(event)

    def _read(self, parsed: dict[str, Any]) -> EventT_co:
        """Make an event from botocore's dictionary."""
        from botosmith.runtime.serde.convert import read_parsed

        event, mismatches = read_parsed(self.event, parsed)
        if not mismatches:
            return event
        if self._source is not None:
            return self._source.settle(event, mismatches)
        from botosmith.runtime.errors import ValidationError

        raise ValidationError(self.event.__name__, mismatches)

    @contextmanager
    def _telling(self) -> Generator[None]:
        """Tell what is wrong with an event as an error of the call."""
        from botocore.eventstream import ParserError
        from botocore.exceptions import EventStreamError, ResponseStreamingError
        from urllib3.exceptions import HTTPError

        from botosmith.runtime.errors import BotosmithError

        source = self._source
        try:
            yield
        except EventStreamError as error:
            if source is None or isinstance(error, BotosmithError):
                raise
            made = source.make_error(error)
            # botocore's own error has the message, also where it is sensitive.
            raise made from (error if made._mask is None else None)
        except ParserError as error:
            if source is None:
                raise
            problem = f"a message of the stream is damaged: {error}"
            raise source.make_reply_error(problem) from error
        except HTTPError as error:
            raise ResponseStreamingError(error=error) from error

    def close(self) -> None:
        """Give the connection up; the events that are left are lost."""
        self._finish(CLOSED)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __aiter__(self) -> AsyncIterator[EventT_co]:
        """Return the stream itself, whose events have the errors of `__next__`."""
        raise not_awaited(self, "for")

    async def __anext__(self) -> EventT_co:
        """Return the next event, with the errors of `__next__`."""
        raise not_awaited(self, "next")

    async def aclose(self) -> None:
        """Give the connection up; the events that are left are lost."""
        raise not_awaited(self, "close")

    async def __aenter__(self) -> Self:
        raise not_awaited(self, "with")

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    def __reduce_ex__(self, _: object) -> NoReturn:
        from botosmith.runtime.objects.pickling import refuse_copy

        advice = "it can be read once, from a connection. Make a list of the events"
        refuse_copy(f"an {type(self).__name__}", advice)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self.event.__name__}>"


def find_objects(raw: object) -> Any:
    """Return the events of `CheckedEvents`, unless something stands before them."""
    # By the type: what wraps a stream, to trace it, has its attributes as well.
    objects: Any = getattr(type(raw), "objects", None)
    return None if objects is None else objects(raw)


def not_awaited(stream: object, word: str) -> TypeError:
    """The error for awaiting a stream that is to be waited for."""
    kind = type(stream).__name__
    return TypeError(f"this {kind} is a Client's, which is not awaited: use `{word}`")
