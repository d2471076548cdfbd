"""A stand-in for the network: it keeps what is sent, and answers as told."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs, urlsplit

from attrs import define, field, frozen
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders


@frozen
class Answer:
    """A reply.

    Attributes:
        body: What is sent; a value that is not bytes becomes JSON.
        status: The HTTP status code.
        headers: Its headers.
        error: What the network does instead of answering.
    """

    body: Any = b""
    status: int = 200
    headers: Mapping[str, str] = field(factory=dict)
    error: Exception | None = None

    @property
    def content(self) -> bytes:
        """The body's bytes."""
        if isinstance(self.body, bytes):
            return self.body
        return json.dumps(self.body).encode()


@frozen
class Sent:
    """A request as it would have gone out; its headers by lower-case names."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def host(self) -> str:
        """The host that it goes to."""
        return urlsplit(self.url).netloc

    @property
    def path(self) -> str:
        """The path of the URL, undecoded."""
        return urlsplit(self.url).path

    @property
    def query(self) -> dict[str, list[str]]:
        """The query string, decoded."""
        return parse_qs(urlsplit(self.url).query, keep_blank_values=True)

    @property
    def form(self) -> dict[str, str]:
        """The body as what a form would have sent."""
        entries = parse_qs(self.body.decode(), keep_blank_values=True)
        return {name: value for name, (value,) in entries.items()}

    @property
    def document(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


class Raw(BytesIO):
    """A body as urllib3 would stream it."""

    def stream(self, **_: Any) -> Iterator[bytes]:
        """The body, in pieces."""
        while piece := self.read(7):
            yield piece


@define
class Network:
    """Takes requests as a handler of botocore's `before-send` event.

    Attributes:
        answers: The answers that are left; the last one is given to all that follow.
        sent: The requests so far.
    """

    answers: list[Answer] = field(factory=lambda: [Answer()])
    sent: list[Sent] = field(factory=list)

    def expect(self, *answers: Answer) -> None:
        """Set the answers, and forget the requests."""
        self.answers = list(answers) or [Answer()]
        self.sent = []

    def __call__(self, request: AWSPreparedRequest, **_: Any) -> AWSResponse:
        """Take a request."""
        self.sent.append(read_request(request))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if answer.error is not None:
            raise answer.error
        headers = HTTPHeaders.from_dict(dict(answer.headers))
        raw: Any = Raw(answer.content)
        return AWSResponse(request.url, answer.status, headers, raw)


def read_request(request: AWSPreparedRequest) -> Sent:
    """Return what a request would send."""
    method: Any = request.method
    return Sent(
        method=method,
        url=request.url,
        headers={
            name.lower(): _text(request.headers[name]) for name in request.headers
        },
        body=_bytes(request.body),
    )


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


def _bytes(body: Any) -> bytes:
    if body is None:
        return b""
    if hasattr(body, "read"):
        return bytes(body.read())
    return body.encode() if isinstance(body, str) else bytes(body)
