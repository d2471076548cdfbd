"""A server that sends any bytes for a reply, and closes the connection behind them."""

from __future__ import annotations

import re
import socket
import threading
from contextlib import suppress

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE).search


class Cutter:
    """Gives its answers one after the other, the last one to all further requests.

    Attributes:
        answers: The answers that are left.
        count: How many requests have come.
        url: Where it listens.
    """

    def __init__(self) -> None:
        self.answers = [b""]
        self.count = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def expect(self, *answers: bytes) -> None:
        """Set the answers, and forget the requests."""
        self.answers = list(answers)
        self.count = 0

    def _serve(self) -> None:
        with suppress(OSError):  # it is closed
            while True:
                connection, _ = self._socket.accept()
                with connection, suppress(OSError):
                    self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        connection.settimeout(5)
        received = b""
        while not _is_whole(received):
            piece = connection.recv(1 << 16)
            if not piece:
                return
            received += piece
        self.count += 1
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        connection.sendall(answer)
        connection.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        """Let the port go."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()


def _is_whole(received: bytes) -> bool:
    head, end, body = received.partition(b"\r\n\r\n")
    found = _LENGTH(head)
    return bool(end) and len(body) >= (int(found[1]) if found else 0)
