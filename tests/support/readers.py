"""Readers for every reply, from the first one on: what `botosmith[speed]` comes to."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

import pytest

from botosmith.runtime import Response
from botosmith.runtime.protocol import msgspec_codec
from botosmith.runtime.protocol.msgspec_codec.reader import Reader, ReaderMaker


class Readers:
    """Does what `Replies` does for what has come often, and never gives up.

    Attributes:
        count: How many replies have been read so.
        missed: How many might have been, and were left to wire code.
    """

    def __init__(self, *, from_text: bool = False) -> None:
        self.count = self.missed = 0
        self._from_text = from_text
        self._maker = ReaderMaker(from_text=from_text)
        self._made: dict[type[Response], Reader | None] = {}

    def read(self, reply: type[Response], body: bytes) -> Response | None:
        """The reply that a body holds, or None where wire code has to read it."""
        if reply not in self._made:
            self._made[reply] = self._maker.make(reply)
        reader = self._made[reply]
        if reader is None:
            return None
        try:
            made = reader(body.decode())
        except Exception:  # noqa: BLE001 - as in `Replies`
            self.missed += body != b""
            return None
        self.count += 1
        return made

    @contextmanager
    def in_use(self) -> Generator[None]:
        """Let clients of the same sort of protocol read with these."""
        with pytest.MonkeyPatch.context() as monkeypatch:
            monkeypatch.setitem(msgspec_codec.REPLIES, self._from_text, self)
            yield
