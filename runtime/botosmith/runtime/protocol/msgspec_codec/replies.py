"""Replies with readers of their own, made after some bytes."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from msgspec import ValidationError

from botosmith.runtime.objects.structure import Response

if TYPE_CHECKING:
    from botosmith.runtime.protocol.msgspec_codec.reader import Reader, ReaderMaker

#: The bytes of an operation's replies that have to have come before it gets a reader.
#: Making one takes about as long as it then saves in as many bytes; some times as long
#: where there are hundreds of structures.
WORTHWHILE = 1 << 20


class Replies:
    """Reads the replies of operations that have replied with much already."""

    def __init__(self, *, from_text: bool, worthwhile: int = WORTHWHILE) -> None:
        """Say whether numbers may be text, and after how many bytes to make readers."""
        self._from_text = from_text
        self._worthwhile = worthwhile
        self._come: dict[type[Response], int] = {}
        self._readers: dict[type[Response], Reader | None] = {}
        self._lock = Lock()

    def read(self, reply: type[Response], body: bytes) -> Response | None:
        """The reply that a body holds, or None where the wire code has to read it."""
        try:
            reader = self._readers[reply]
        except KeyError:
            reader = self._find_reader(reply, len(body))
        if reader is None:
            return None
        try:
            # msgspec would not look whether all of it is UTF-8.
            return reader(body.decode())
        except ValidationError:
            # The types differ from the model's, or a number is out of bounds. A service
            # that goes on so, with numbers as text for instance, is read in less time
            # without a vain attempt before each reply.
            self._readers[reply] = None
        except Exception:  # noqa: BLE001, S110 - for the wire code to find the words
            pass
        return None

    @cached_property
    def _maker(self) -> ReaderMaker:
        # Most programs end before they would need one.
        from botosmith.runtime.protocol.msgspec_codec.reader import ReaderMaker

        return ReaderMaker(from_text=self._from_text)

    def _find_reader(self, reply: type[Response], size: int) -> Reader | None:
        come = self._come[reply] = self._come.get(reply, 0) + size
        # While one thread makes a reader, the others have wire code.
        if come < self._worthwhile or not self._lock.acquire(blocking=False):
            return None
        try:
            return self._make_reader(reply)
        finally:
            self._lock.release()

    def _make_reader(self, reply: type[Response]) -> Reader | None:
        reader: Reader | None = None
        with suppress(Exception):  # wire code reads it without a reader
            reader = self._maker.make(reply)
        return self._readers.setdefault(reply, reader)
