"""Which replies have readers of their own, and since when."""

from __future__ import annotations

from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from msgspec import ValidationError

from botosmith.runtime.structure import Response

if TYPE_CHECKING:
    from botosmith.runtime.speed.reader import Reader, ReaderMaker

#: How many bytes of an operation's replies have to have come before it gets a reader.
#: Making one takes about as long as it then saves in as many, or in a few times as many
#: where there are hundreds of structures.
WORTHWHILE = 1 << 20


class Replies:
    """Reads the replies of operations that have replied with much already."""

    def __init__(self, worthwhile: int = WORTHWHILE) -> None:
        """Take the number of bytes after which a reader is worth while."""
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
            return reader(body.decode())  # which msgspec would not do for all of it
        except ValidationError:
            # Not the types of the model. Such a service, which has numbers as text for
            # instance, is read more quickly without a vain attempt before each reply.
            self._readers[reply] = None
        except Exception:  # noqa: BLE001, S110 - for the wire code to find the words
            pass
        return None

    @cached_property
    def _maker(self) -> ReaderMaker:
        # Most programs end before they would need one.
        from botosmith.runtime.speed.reader import ReaderMaker

        return ReaderMaker()

    def _find_reader(self, reply: type[Response], size: int) -> Reader | None:
        come = self._come[reply] = self._come.get(reply, 0) + size
        if come < self._worthwhile:
            return None
        with self._lock:
            if reply not in self._readers:
                self._readers[reply] = self._maker.make(reply)
        return self._readers[reply]
