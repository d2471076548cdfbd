"""A server on the loopback interface, for what only a network can show."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Mapping
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from attrs import field, frozen
from tests.contract.behaviours.network import Sent

#: Only the SHA-256 digest of a longer body is kept.
KEPT = 1 << 20


@frozen
class Reply:
    """An answer of the server.

    Attributes:
        pieces: The body, each piece sent as soon as there is one.
        status: The HTTP status code.
        headers: Headers beside those of the body's length.
        missing: How many bytes more are announced than sent; None announces nothing,
            and sends chunks.
        cut: How many bytes of the chunks are sent before the connection closes; None
            sends all.
    """

    pieces: Iterable[bytes] = ()
    status: int = 200
    headers: Mapping[str, str] = field(factory=dict)
    missing: int | None = 0
    cut: int | None = None


class Loopback:
    """Gives its answers one after the other, the last one to all further requests.

    Attributes:
        answers: The answers that are left.
        sent: What was received.
        connections: How many connections were opened.
        url: Where it listens.
    """

    def __init__(self) -> None:
        self.answers = [Reply()]
        self.sent: list[Sent] = []
        self.connections = 0
        self._open = 0
        self._change = threading.Condition()
        loopback = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def setup(self) -> None:
                super().setup()
                loopback._count(1)

            def finish(self) -> None:
                with suppress(ConnectionError):
                    super().finish()
                loopback._count(-1)

            def _answer(self) -> None:
                loopback._answer(self)

            do_GET = do_HEAD = do_POST = do_PUT = _answer  # noqa: N815
            do_DELETE = _answer  # noqa: N815 - the base class calls them so

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
                pass

        class Server(ThreadingHTTPServer):
            request_queue_size = 32

            def handle_error(self, request: Any, client_address: Any) -> None:
                # A client need not read an answer to its end.
                pass

        self._server = Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.01,), daemon=True
        )
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def _count(self, change: int) -> None:
        with self._change:
            self._open += change
            self.connections += max(change, 0)
            self._change.notify_all()

    def wait_for_open(self, count: int) -> bool:
        """Return whether as many connections are open, or will be in a moment."""
        with self._change:
            return self._change.wait_for(lambda: self._open == count, timeout=5)

    def expect(self, *answers: Reply) -> None:
        """Set the answers, and forget the requests."""
        self.answers = list(answers) or [Reply()]
        self.sent = []

    def _answer(self, handler: Any) -> None:
        headers = {name.lower(): value for name, value in handler.headers.items()}
        body = _receive(handler.rfile, headers)
        url = f"{self.url}{handler.path}"
        self.sent.append(Sent(handler.command, url, headers, body))
        reply = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        handler.send_response_only(reply.status)  # without the date
        for name, value in reply.headers.items():
            handler.send_header(name, value)
        if reply.missing is None:
            handler.send_header("Transfer-Encoding", "chunked")
            handler.end_headers()
            if reply.cut is None:
                _send_chunks(handler.wfile, reply.pieces)
            else:
                handler.wfile.write(encode_chunks(reply.pieces)[: reply.cut])
                handler.close_connection = True
            return
        body = b"".join(reply.pieces)
        handler.send_header("Content-Length", str(len(body) + reply.missing))
        handler.end_headers()
        if handler.command != "HEAD":
            handler.wfile.write(body)
        if reply.missing:
            handler.close_connection = True

    def close(self) -> None:
        """Let the port go."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _receive(file: Any, headers: Mapping[str, str]) -> bytes:
    if headers.get("transfer-encoding") == "chunked":
        return _receive_chunks(file)
    length = int(headers.get("content-length", "0"))
    if length <= KEPT:
        content: bytes = file.read(length)
        return content
    digest = hashlib.sha256()
    while length:
        piece = file.read(min(length, 1 << 16))
        digest.update(piece)
        length -= len(piece)
    return digest.digest()


def _receive_chunks(file: Any) -> bytes:
    received = b""
    while length := int(file.readline().split(b";")[0], 16):
        received += file.read(length)
        file.readline()
    while file.readline().strip():
        pass
    return received


def encode_chunks(pieces: Iterable[bytes]) -> bytes:
    """Return a body as it travels in chunks."""
    chunks = [b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces]
    return b"".join([*chunks, b"0\r\n\r\n"])


def _send_chunks(file: Any, pieces: Iterable[bytes]) -> None:
    for piece in pieces:
        file.write(b"%x\r\n%b\r\n" % (len(piece), piece))
        file.flush()
    file.write(b"0\r\n\r\n")
    file.flush()
