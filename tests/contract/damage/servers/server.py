"""A server that sends any bytes at all."""

from __future__ import annotations

import re
import socket
import threading
from contextlib import suppress

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)

#: The longest time in which a client sends a request, in seconds.
_PATIENCE = 10.0


class ByteServer:
    """Answers each request with the same bytes, and closes the connection.

    Attributes:
        answer: The bytes.
        url: Where it listens.
    """

    def __init__(self) -> None:
        self.answer = b""
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:  # it was closed
                return
            with connection, suppress(OSError):
                connection.settimeout(_PATIENCE)
                self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        # All of the request is read first: a connection that is closed with bytes
        # unread is reset, and takes what the client has not read yet with it.
        _receive(connection)
        connection.sendall(self.answer)

    def close(self) -> None:
        """Let the port go."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()


def _receive(connection: socket.socket) -> None:
    """Read a request: its headers, and as much of a body as they say."""
    received = b""
    while b"\r\n\r\n" not in received:
        piece = connection.recv(1 << 16)
        if not piece:
            return
        received += piece
    head, _, body = received.partition(b"\r\n\r\n")
    found = _LENGTH.search(head + b"\r\n")
    missing = (int(found[1]) if found else 0) - len(body)
    while missing > 0:
        piece = connection.recv(1 << 16)
        if not piece:
            return
        missing -= len(piece)
