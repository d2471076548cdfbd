"""HTTP on the loopback interface, without a thread or socket left behind."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any, cast

from urllib3 import HTTPHeaderDict

from botosmith.testing.message import Reply
from botosmith.testing.standin.call import Request

#: Gives the reply to a request; None to cut the connection.
Respond = Callable[[Request], Reply | None]

#: Seconds between two looks of the accepting thread whether it is to end.
_POLL = 0.05


class Listener(ThreadingHTTPServer):
    """Accepts connections from when it is made until it is closed.

    Attributes:
        url: Where it listens, such as `http://127.0.0.1:49152`.
        failures: Errors of ours that kept requests from being answered.
    """

    # Threads that are not daemons are joined by server_close.
    daemon_threads = False
    request_queue_size = 128

    def __init__(self, respond: Respond) -> None:
        self.respond = respond
        self.failures: list[BaseException] = []
        self._connections: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self._thread = threading.Thread(target=self.serve_forever, args=(_POLL,))
        self._thread.start()

    def close(self) -> None:
        """End every connection and thread."""
        self.shutdown()
        self._thread.join()
        with self._lock:
            # Clients keep connections open; their threads wait for a next request.
            for connection in self._connections:
                # A client that is gone has ended its connection already.
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        self.server_close()

    def server_bind(self) -> None:
        """Bind without HTTPServer's look-up of the host's name, which may take long."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", self.socket.getsockname()[1]

    def process_request(self, request: Any, client_address: Any) -> None:
        """Note a connection, and hand it to a thread of its own."""
        with self._lock:
            self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forget a connection that ends."""
        with self._lock:
            self._connections.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002
        """Keep an error of ours instead of printing it; clients may come and go."""
        error = sys.exception()
        if error is not None and not isinstance(error, ConnectionError):
            self.failures.append(error)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # A reply leaves in one piece: in two, it would wait for the client's delayed ACK.
    wbufsize = -1
    disable_nagle_algorithm = True

    def _handle(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        headers = {
            name.lower(): ",".join(self.headers.get_all(name, []))
            for name in self.headers
        }
        body = self.rfile.read(length)
        request = Request(self.command, self.path, headers, body)
        reply = cast("Listener", self.server).respond(request)
        if reply is None:
            self.close_connection = True
        else:
            self._send(reply)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = _handle  # noqa: N815

    def _send(self, reply: Reply) -> None:
        length = str(len(reply.body))
        headers = HTTPHeaderDict(
            {"Date": self.date_time_string(), "Content-Length": length}
        )
        headers.update(reply.headers)
        if headers["Content-Length"] != length:
            self.close_connection = True
        self.send_response_only(reply.status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - as inherited
        """Print nothing."""
