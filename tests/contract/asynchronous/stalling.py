"""A server that begins replies and does not end them, and counts its connections."""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress

HEAD = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
END = b"0\r\n\r\n"


class Stalling:
    """Answers each request with the beginning of a reply.

    Attributes:
        piece: What it begins with.
        is_whole: Whether that is all of it.
        open: How many connections are open.
        connections: How many were opened.
        url: Where it listens, once it has started.
    """

    def __init__(self) -> None:
        self.piece = b"first"
        self.is_whole = False
        self.open = 0
        self.connections = 0
        self.url = ""
        self.has_begun = asyncio.Event()

    async def start(self) -> asyncio.Server:
        """Listen on the loopback interface."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = "http://{}:{}".format(*server.sockets[0].getsockname())
        return server

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.open += 1
        self.connections += 1
        try:
            # It ends when the client closes the connection.
            with suppress(asyncio.IncompleteReadError, ConnectionError):
                while True:
                    await self._answer(reader, writer)
        finally:
            self.open -= 1
            writer.close()

    async def _answer(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        found = re.search(rb"content-length: *(\d+)", head, re.IGNORECASE)
        await reader.readexactly(int(found[1]) if found else 0)
        writer.write(HEAD + b"%x\r\n%b\r\n" % (len(self.piece), self.piece))
        if self.is_whole:
            writer.write(END)
        await writer.drain()
        self.has_begun.set()

    async def settles_at(self, count: int) -> bool:
        """Return whether as many connections are open, or will be in a moment."""
        for _ in range(200):
            if self.open == count:
                return True
            await asyncio.sleep(0.01)
        return False
