"""The end of all clients' requests, and what else they need of the world."""

from __future__ import annotations

from typing import Any

import botocore.session
from botocore.awsrequest import AWSPreparedRequest
from botocore.loaders import Loader
from botocore.tokens import FrozenAuthToken
from tests.contract.equivalence.transport import Transport

from botosmith.testing.message import Reply

_DISCOVERY = "DescribeEndpoints"
_DISCOVERED = b'{"Endpoints": [{"Address": "example.com", "CachePeriodInMinutes": 60}]}'


class Sent(Exception):  # noqa: N818 - a signal, and no error
    """A request has come to where the network would be; nothing answers."""


class Network(Transport):
    """A transport that need not answer.

    It answers on its own a client that asks for the endpoints of its service first.

    Attributes:
        operation: What is called.
        is_silent: Whether nothing answers.
        body: The body that came last, whatever becomes of what it was read from.
    """

    operation = ""
    is_silent = True
    body = b""

    def answer(self, operation: str, reply: Reply | None) -> None:
        """Set what is called next, and the reply."""
        self.operation = operation
        self.is_silent = reply is None
        if reply is not None:
            self.reply = (reply.status, dict(reply.headers), reply.body)

    def __call__(self, request: AWSPreparedRequest, **arguments: Any) -> Any:
        """Take a request; raise Sent where there is not a reply to give."""
        if self.operation != _DISCOVERY and _names(request, _DISCOVERY):
            answer = Transport((200, {}, _DISCOVERED))
            return answer(request, **arguments)
        response = super().__call__(request, **arguments)
        self.body = _read(request.body)
        if self.is_silent:
            raise Sent
        return response


def _names(request: AWSPreparedRequest, operation: str) -> bool:
    target = request.headers.get("X-Amz-Target", b"")
    text = target if isinstance(target, str) else target.decode()
    return text.endswith(f".{operation}")


def _read(body: Any) -> bytes:
    if body is None:
        return b""
    if hasattr(body, "read"):
        body = body.read()
    return body.encode() if isinstance(body, str) else bytes(body)


class _Tokens:
    """Gives the services that are called with a token one."""

    def load_token(self, **_: Any) -> FrozenAuthToken:
        return FrozenAuthToken("token")


def make_session() -> botocore.session.Session:
    """A session over botocore's own data, that has a token for whoever needs one."""
    session = botocore.session.Session()
    session.register_component("token_provider", _Tokens())
    loader = Loader(include_default_search_paths=False)
    loader.search_paths.append(Loader.BUILTIN_DATA_PATH)
    session.register_component("data_loader", loader)
    return session
