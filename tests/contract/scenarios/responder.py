"""A server that answers as told, for replies that moto does not give."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from attrs import field, frozen


@frozen
class Answer:
    """A reply.

    Attributes:
        body: What is sent; botocore's parsers take its type from the service.
        status: The HTTP status code.
        headers: Headers beside the body's length.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(factory=dict)


@frozen
class Received:
    """A request as it came: its headers by lower-case names, its target undecoded."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


class Responder:
    """Gives its answers one after the other, the last one to all further requests.

    Attributes:
        url: Where it listens.
        answers: The answers that are left.
        received: The requests so far.
    """

    def __init__(self) -> None:
        self.answers = [Answer()]
        self.received: list[Received] = []
        responder = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def __getattr__(self, name: str) -> Any:
                if name.startswith("do_"):  # the method, whichever it is
                    return self._answer
                raise AttributeError(name)

            def _answer(self) -> None:
                length = int(self.headers.get("Content-Length", "0"))
                headers = {name.lower(): value for name, value in self.headers.items()}
                body = self.rfile.read(length)
                request = Received(self.command, self.path, headers, body)
                answer = responder.take(request)
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(answer.body)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.01,), daemon=True
        )
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def take(self, request: Received) -> Answer:
        """Note a request, and give the next answer."""
        self.received.append(request)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def close(self) -> None:
        """Let the port go."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
