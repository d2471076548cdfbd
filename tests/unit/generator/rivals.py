"""Clients of a drawn model: botocore's own, and ours with both serializers."""

from __future__ import annotations

import copy
import gzip
import shutil
import uuid
import warnings
from collections.abc import Callable, Generator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp
from types import ModuleType, SimpleNamespace
from typing import Any, Self
from unittest.mock import patch

from attrs import define, field
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.config import Config
from botocore.model import OperationModel, ServiceModel
from botocore.session import Session
from tests.support.hostile import DISCOVERY, spell_bounds
from tests.unit.generator.drawn import (
    SERVICE,
    MemoryLoader,
    Model,
    forget,
    import_model,
)
from tests.unit.generator.outcome import SERIALIZERS, THEIRS, Outcome, drain

from botosmith.runtime import from_boto3, to_boto3
from botosmith.testing.message import Reply
from botosmith.testing.reply import write_reply

ARGUMENTS: dict[str, Any] = {
    "region_name": "us-east-1",
    "aws_access_key_id": "AKIAIOSFODNN7EXAMPLE",
    "aws_secret_access_key": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
}

#: One attempt alone; bodies of any size are compressed, endpoints asked for.
CONFIG = Config(
    endpoint_discovery_enabled=True,
    retries={"total_max_attempts": 1, "mode": "standard"},
    request_min_compression_size_bytes=1,
)

#: Headers that name the moment of a request or the program that sent it.
PASSING = {"amz-sdk-invocation-id", "authorization", "user-agent", "x-amz-date", "date"}


class NoRivalError(Exception):
    """botocore can make no client of a model, as for an operation called `__init__`."""


@define
class Network:
    """Keeps what is sent, and answers what it is told.

    Attributes:
        reply: What is answered.
        discovery: What is answered to who asks where to call.
        sent: All that was sent, of each request method, URL, headers, body and what
            it has signed.
    """

    reply: Reply = field(factory=lambda: Reply(200, {}, b""))
    discovery: Reply | None = None
    sent: tuple[Any, ...] = ()

    def answer(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        """Give this reply from now on."""
        self.reply = Reply(status, headers, body)

    def forget(self) -> None:
        """Forget what was sent."""
        self.sent = ()

    def __call__(self, request: Any, *, event_name: str, **_: Any) -> Any:
        """Take a request, as a handler of botocore's `before-send` event."""
        headers = {
            name.lower(): _text(value)
            for name, value in request.headers.items()
            if name.lower() not in PASSING
        }
        signed = _text(request.headers.get("Authorization", ""))
        signed = signed.partition("SignedHeaders=")[2].partition(",")[0]
        body = request.body
        content = body.read() if hasattr(body, "read") else body
        self.sent += request.method, request.url, headers, content, signed
        is_discovery = event_name.endswith(f".{DISCOVERY}")
        reply = self.discovery if is_discovery and self.discovery else self.reply
        raw: Any = _Raw(reply.body)
        answered = HTTPHeaders.from_dict(dict(reply.headers))
        return AWSResponse(request.url, reply.status, answered, raw)


class _Raw(BytesIO):
    """A body as urllib3 would stream it."""

    def stream(self, **_: Any) -> Generator[bytes]:
        """The body, whole."""
        yield self.getvalue()


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


@define
class Rivals:
    """Clients that should not differ.

    Attributes:
        model: The service, as values can be drawn of it.
        package: The generated package.
        theirs: botocore's client.
        ours: Our clients, by their serializers.
        network: The network of all of them.
        stack: What is to be taken back.
    """

    model: ServiceModel
    package: ModuleType
    theirs: Any
    ours: Mapping[str, Any]
    network: Network
    stack: ExitStack

    @classmethod
    def make(cls, model: Model, rules: Any = None) -> Self:
        """Generate, import and connect; `close` takes it all back.

        Raises:
            ModelError: Nothing can be generated of the model.
            NoRivalError: There is nothing to compare with.
        """
        home = Path(mkdtemp(prefix="botosmith-"))
        with ExitStack() as stack:
            stack.callback(shutil.rmtree, home)
            package = import_model(model, home, rules)
            stack.callback(forget, package.__name__)
            session = Session()
            session.register_component("data_loader", MemoryLoader(model, rules))
            arguments: dict[str, Any] = {**ARGUMENTS, "config": CONFIG}
            theirs = _connect(session, arguments)
            stack.callback(theirs.close)
            ours = {
                serializer: package.Client(
                    serializer=serializer, session=session, **arguments
                )
                for serializer in SERIALIZERS
            }
            network = Network()
            for client in (theirs, *ours.values()):
                client.meta.events.register_last("before-send", network)
                stack.callback(client.close)
            service = ServiceModel(spell_bounds(model), SERVICE)
            network.discovery = _tell_endpoint(service)
            return cls(service, package, theirs, ours, network, stack.pop_all())

    @property
    def operations(self) -> list[OperationModel]:
        """The operations of the service."""
        return [self.model.operation_model(name) for name in self.model.operation_names]

    def close(self) -> None:
        """Forget the package, and remove it."""
        self.stack.close()

    def call(self, operation: str, parameters: Mapping[str, Any]) -> dict[str, Outcome]:
        """Make a call by all clients.

        Args:
            operation: The operation.
            parameters: botocore's, in the order of the model, as objects send them.
        """
        request = self.package.OPERATIONS[operation].request

        def call_theirs() -> Any:
            return self.theirs._make_api_call(operation, copy.deepcopy(parameters))

        def call_ours(client: Any) -> Any:
            return client.send(from_boto3(request, copy.deepcopy(parameters)))

        outcomes = {THEIRS: self._try(call_theirs)}
        for serializer, client in self.ours.items():
            outcomes[serializer] = self._try(partial(call_ours, client))
        return outcomes

    def _try(self, call: Callable[[], Any]) -> Outcome:
        self.network.forget()
        with stopped_world(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                reply = call()
                plain = reply if isinstance(reply, dict) else to_boto3(reply)
                return Outcome(self.network.sent or None, reply=drain(plain))
            except Exception as error:  # noqa: BLE001 - whatever it is, it is compared
                return Outcome(self.network.sent or None, error=error)


def _tell_endpoint(service: ServiceModel) -> Reply | None:
    if DISCOVERY not in service.operation_names:
        return None
    endpoint = {"Address": "discovered.example", "CachePeriodInMinutes": 5}
    operation = service.operation_model(DISCOVERY)
    return write_reply(operation, {"Endpoints": [endpoint]})


def _connect(session: Session, arguments: dict[str, Any]) -> Any:
    try:
        return session.create_client(
            SERVICE,  # type: ignore[call-overload,unused-ignore]
            **arguments,
        )
    except Exception as error:
        raise NoRivalError from error


@contextmanager
def stopped_world() -> Generator[None]:
    """Within, idempotency tokens and times of compression are always the same."""
    token = uuid.UUID("12345678-1234-4123-8123-123456789012")
    clock = SimpleNamespace(time=lambda: 0)
    with patch.object(uuid, "uuid4", lambda: token), patch.object(gzip, "time", clock):
        yield
