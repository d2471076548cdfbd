"""Messages of a stream of events, as they come from the network.

botocore ends its stream quietly when the connection is cut, and raises bare errors for
damaged messages. `CheckedEvents` stands in for it: a cut is botocore's own
`ResponseStreamingError`, after the messages that came before it; damage is a
`ReplyError`.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from botocore.eventstream import EventStream, EventStreamBuffer, EventStreamMessage
from botocore.exceptions import ReadTimeoutError, ResponseStreamingError
from urllib3.exceptions import ReadTimeoutError as Urllib3ReadTimeoutError
from urllib3.response import HTTPResponse

if TYPE_CHECKING:
    from botosmith.runtime.bodies.event_errors import EventReader

    class _EventStream:
        """botocore's class, with the attributes that its types leave out."""

        _raw_stream: Any
        _event_generator: Any

        def __init__(self, *args: Any) -> None: ...

        def close(self) -> None: ...

else:
    _EventStream = EventStream

# The prelude: the length of the message, the length of its headers, and a checksum.
_PRELUDE = struct.Struct(">III")
# A message is at least the prelude and its own checksum.
_LEAST = _PRELUDE.size + 4

_READ_AT_ONCE = 1 << 16
_MOST_DIGITS = 20  # of a length in bytes


class StreamTimeoutError(  # type: ignore[misc] # of botocore's two `kwargs`
    ResponseStreamingError, ReadTimeoutError
):
    """A stream of events did not go on within the client's `read_timeout`."""


class DamagedMessage(Exception):  # noqa: N818 - a signal to the caller, never shown
    """A message breaks the rules of its encoding.

    Attributes:
        how: The damage, in words that follow `the reply`.
    """

    def __init__(self, number: int, how: object) -> None:
        super().__init__(number, how)
        self.how = f"is damaged in message {number} of its stream of events: {how}"


class MessageBuffer:
    """Cuts the bytes of a stream into messages and checks each.

    Args:
        headers: The reply's HTTP headers, which may announce its length.
    """

    def __init__(self, headers: Mapping[str, str]) -> None:
        self._expected = _announced(headers)
        self._received = 0
        self._data = bytearray()
        self._number = 1
        self._length: int | None = None  # of the message that the data begins with
        self._message = EventStreamBuffer()

    def add(self, chunk: bytes) -> None:
        """Add bytes in the order in which they came."""
        self._received += len(chunk)
        self._data += chunk

    def take(self) -> EventStreamMessage | None:
        """Take the next message out; None where it is not complete yet.

        Raises:
            DamagedMessage: The next message breaks the rules of the encoding.
        """
        if self._length is None:
            if len(self._data) < _PRELUDE.size:
                return None
            self._length = self._read_prelude()
        if len(self._data) < self._length:
            return None
        self._message.add_data(bytes(self._data[_PRELUDE.size : self._length]))
        message: EventStreamMessage = self._run(self._message.next)
        del self._data[: self._length]
        self._length = None
        self._number += 1
        return message

    def _read_prelude(self) -> int:
        prelude = bytes(self._data[: _PRELUDE.size])
        length, headers_length, _ = _PRELUDE.unpack(prelude)
        self._message = EventStreamBuffer()
        self._message.add_data(prelude)
        # botocore reads the prelude, checks it, and asks for the rest.
        with suppress(StopIteration):
            self._run(self._message.next)
        if length < headers_length + _LEAST:
            how = f"its length is {length} bytes, of which {headers_length} are headers"
            raise DamagedMessage(self._number, how)
        return int(length)

    def _run(self, step: Callable[[], Any]) -> Any:
        try:
            return step()
        except StopIteration:
            raise
        except Exception as error:
            how = f"{type(error).__name__}: {error}"
            raise DamagedMessage(self._number, how) from error

    def finish(self) -> None:
        """See that the stream has ended where it should have.

        Raises:
            ResponseStreamingError: It ended within a message, or is shorter than its
                HTTP headers announce.
        """
        if self._data:
            how = f"it ended within message {self._number}"
        elif self._expected is not None and self._received < self._expected:
            how = f"it ended after {self._received} of {self._expected} bytes"
        else:
            return
        raise ResponseStreamingError(error=f"the stream of events was cut: {how}")


def _announced(headers: Mapping[str, str]) -> int | None:
    """Return the announced length in bytes; None where none is, or it is of no use."""
    length = headers.get("content-length", "")
    # int() refuses thousands of digits.
    is_length = length.isascii() and length.isdigit() and len(length) < _MOST_DIGITS
    is_encoded = "content-encoding" in headers or "transfer-encoding" in headers
    return int(length) if is_length and not is_encoded else None


class StreamOfReader(_EventStream):
    """botocore's stream of events, with a reader of ours and the HTTP headers.

    Attributes:
        reader: Reads the events in the messages.
    """

    def __init__(
        self, response: Mapping[str, Any], shape: Any, reader: EventReader
    ) -> None:
        """Take botocore's dictionary of the HTTP response, and the events' shape."""
        self.reader = reader
        self._headers: Mapping[str, str] = response["headers"]
        super().__init__(response["body"], shape, None, reader.operation_name)


class CheckedEvents(StreamOfReader):
    """botocore's stream of events, but for what it does about cuts and damage.

    Iterated, it gives dictionaries as botocore's own does.
    """

    def objects(self) -> Iterator[Any]:
        """Read the events as objects; those that are newer than the model are left out.

        Raises:
            ServiceError: The service sent an error in place of an event.
            ReplyError: A message is damaged, or its event is not what the model
                describes.
            ResponseStreamingError: The network failed or the stream was cut.
        """
        for message in self._event_generator:
            event = self.reader.read(message)
            if event is not None:
                yield event

    def get_initial_response(self) -> EventStreamMessage:
        """Read the first message, which protocols other than REST expect.

        Raises:
            ServiceError: It is an error instead.
            ReplyError: It is something else, or there is none.
        """
        try:
            return self.reader.check_first(next(self._event_generator, None))
        except BaseException:
            self.close()
            raise

    def _parse_event(self, event: EventStreamMessage) -> dict[str, Any]:
        return self.reader.parse(event)

    def _create_raw_event_generator(self) -> Generator[EventStreamMessage]:
        buffer = MessageBuffer(self._headers)
        for chunk in _receive(self._raw_stream):
            buffer.add(chunk)
            yield from take_all(buffer, self.reader)
        buffer.finish()


def take_all(
    buffer: MessageBuffer, reader: EventReader
) -> Generator[EventStreamMessage]:
    """Take the messages that are complete.

    Raises:
        ReplyError: One of them is damaged; raised after those before it.
    """
    try:
        while (message := buffer.take()) is not None:
            yield message
    except DamagedMessage as damaged:
        problem = f"the reply {damaged.how}"
        raise reader.make_reply_error(problem) from damaged


def _receive(raw: Any) -> Iterator[bytes]:
    """Read the bytes of a reply, in the pieces in which they come.

    Raises:
        ResponseStreamingError: The network failed.
    """
    try:
        if _reads_chunks(raw):
            while chunk := raw.read1(_READ_AT_ONCE):
                yield chunk
        else:
            yield from raw.stream()
    except ResponseStreamingError:
        raise
    except Urllib3ReadTimeoutError as error:
        raise StreamTimeoutError(endpoint_url=error.url, error=error) from error
    except Exception as error:
        # Below urllib3, a connection that another thread closes fails in many ways.
        raise ResponseStreamingError(error=error) from error


def _reads_chunks(raw: Any) -> bool:
    """Return whether a reply in chunks can be read by `read1`.

    urllib3's `stream` loses a chunk whose end is cut off. Versions before 2 have no
    `read1`, nor have all files that tests put into a response.
    """
    if not isinstance(raw, HTTPResponse) or not hasattr(raw, "read1"):
        return False
    return bool(getattr(raw, "chunked", False)) and raw.supports_chunked_reads()
