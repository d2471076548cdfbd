"""Three clients that make the same call: botocore's own, and our two."""

from __future__ import annotations

import copy
import uuid
from collections.abc import Callable, Generator, Mapping
from contextlib import ExitStack, closing, contextmanager
from functools import cache, partial
from pathlib import Path
from types import ModuleType
from typing import Any, Self, cast
from unittest.mock import patch

from attrs import define, frozen
from botocore.config import Config
from botocore.eventstream import ParserError
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    EventStreamError,
    ParamValidationError,
)
from botocore.parsers import ResponseParserError
from tests.contract.behaviours.document import encode_document
from tests.contract.behaviours.network import Answer, Network, Sent
from tests.contract.behaviours.server import Loopback, Reply
from tests.contract.behaviours.service import import_operations, share_session
from tests.contract.behaviours.value import arrange, drain, make
from tests.support import crt
from tests.support.errortext import expect_text

from botosmith.runtime import ReplyError, ServiceError, ValidationError, schema
from botosmith.runtime.objects.metadata import ResponseMetadata
from botosmith.runtime.protocol.truncation import requires_document
from botosmith.runtime.transport.botocore_serializer import BotocoreSerializer
from botosmith.runtime.transport.generated_serializer import GeneratedSerializer

SERIALIZERS = {"generated": GeneratedSerializer, "botocore": BotocoreSerializer}

ARGUMENTS: dict[str, Any] = {
    "region_name": "us-east-1",
    "aws_access_key_id": "AKIAIOSFODNN7EXAMPLE",
    "aws_secret_access_key": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
}

#: Names of buckets are not hosts of a server on the loopback interface.
PATH_STYLE: Any = {"addressing_style": "path"}

#: One attempt alone, for the tests that are not about retries.
ONCE = Config(retries={"total_max_attempts": 1, "mode": "standard"})


@frozen
class Outcome:
    """The outcome of a call by one of the clients.

    Attributes:
        sent: The requests that it sent.
        reply: What it gave: a dictionary by botocore's, an object by ours.
        error: What it raised instead.
        content: What the reply holds, with its streams read.
    """

    sent: tuple[Sent, ...]
    reply: Any = None
    error: Exception | None = None
    content: Any = None


@frozen
class Call:
    """A call that all three clients have made, to the same effect.

    Attributes:
        theirs: What came of it by botocore's client.
        ours: And by ours, by their serializers.
    """

    theirs: Outcome
    ours: Mapping[str, Outcome]

    @property
    def requests(self) -> tuple[Sent, ...]:
        """Return what each of the clients sent."""
        return self.theirs.sent

    @property
    def request(self) -> Sent:
        """The one request that each of the clients sent."""
        if len(self.theirs.sent) != 1:
            raise AssertionError(self.theirs.sent) from self.theirs.error
        return self.theirs.sent[0]

    @property
    def reply(self) -> Any:
        """The reply as our client gave it."""
        return self.ours["generated"].reply

    @property
    def error(self) -> Any:
        """The error as our client raised it."""
        return self.ours["generated"].error


@define
class Trio:
    """Clients that differ in who made them alone, each with a network of its own.

    Attributes:
        package: The generated package.
        theirs: botocore's client.
        ours: Our clients by their serializers.
        networks: Their networks, botocore's first; one server may be all of them.
    """

    package: ModuleType
    theirs: Any
    ours: Mapping[str, Any]
    networks: tuple[Any, ...]

    @classmethod
    def make(
        cls,
        service: str,
        *,
        models: Path | None = None,
        session: Callable[[], Any] | None = None,
        server: Loopback | None = None,
        **arguments: Any,
    ) -> Self:
        """Make the clients.

        Args:
            service: botocore's name of the service.
            models: Where its model is; None for botocore's own.
            session: Makes a session for each; by default one without configuration.
            server: What they call; by default nothing leaves them.
            arguments: The arguments of the clients beside the usual ones.
        """
        package = import_operations(service, models)
        arguments = {"config": ONCE} | ARGUMENTS | arguments
        if server is not None:
            arguments = {"endpoint_url": server.url} | arguments
        sessions = session or (lambda: share_session(models))
        theirs: Any = sessions().create_client(service, **arguments)
        ours = {
            serializer: package.Client(
                serializer=serializer, session=sessions(), **arguments
            )
            for serializer in SERIALIZERS
        }
        for serializer, client in ours.items():
            # Else it would be the other serializer that passes.
            assert (
                type(client._transport.serializer) is SERIALIZERS[serializer]
            ), serializer
        clients = [theirs, *ours.values()]
        if server is not None:
            return cls(package, theirs, ours, (server,) * len(clients))
        networks = tuple(Network() for _ in clients)
        for client, network in zip(clients, networks, strict=True):
            client.meta.events.register_last("before-send", network)
        return cls(package, theirs, ours, networks)

    @property
    def clients(self) -> tuple[Any, ...]:
        """All of them, botocore's first."""
        return self.theirs, *self.ours.values()

    def expect(self, *answers: Answer | Reply) -> None:
        """Have each of the networks forget what was sent, and answer as told."""
        for network in self.networks:
            network.expect(*answers)

    def close(self) -> None:
        """Close the clients."""
        for client in self.clients:
            client.close()

    def call(
        self,
        operation: str,
        parameters: Mapping[str, Any] | None = None,
        *answers: Answer | Reply,
        ours: Mapping[str, Any] | None = None,
    ) -> Call:
        """Have all make a call, and see that the same comes of it.

        Args:
            operation: The operation's name in the model.
            parameters: What boto3 would be given. A function gives what can be used
                but once.
            answers: What the network answers; the last one as often as needed. By
                default that is a document without members where the model or botocore's
                parser requires one, and nothing elsewhere.
            ours: What our clients are given, where that is not the same.
        """
        described = self.package.OPERATIONS[operation]
        request = described.request

        def call_theirs() -> Any:
            arranged = arrange(request, _thaw(parameters or {}))
            return self.theirs._make_api_call(operation, arranged)

        def call_ours(client: Any) -> Any:
            given = _thaw(parameters or {} if ours is None else ours)
            made = make(request, given)
            reply = described.function(client, **_arguments(made))
            assert type(reply) is described.response
            return reply

        is_empty_refused = self.package.Client._protocol in {"ec2", "query"}
        if not answers and (is_empty_refused or requires_document(described.response)):
            answers = (self._make_empty_answer(operation),)
        first, *others = self.networks
        theirs = _try(first, answers, call_theirs)
        outcomes = {
            serializer: _try(network, answers, partial(call_ours, client))
            for (serializer, client), network in zip(
                self.ours.items(), others, strict=True
            )
        }
        for serializer, outcome in outcomes.items():
            _compare(theirs, outcome, serializer)
        return Call(theirs, outcomes)

    def _make_empty_answer(self, operation: str) -> Answer | Reply:
        protocol = self.package.Client._protocol
        body = encode_document(protocol, operation, {})
        is_served = isinstance(self.networks[0], Loopback)
        return Reply([body]) if is_served else Answer(body)


@contextmanager
def share_trios(make_models: Callable[[str], Any]) -> Generator[Callable[[str], Trio]]:
    """Find clients of an inline service by its protocol; each is made once.

    Args:
        make_models: Writes the models of a protocol, as `Trio.make` takes them.
    """
    with ExitStack() as stack:

        @cache
        def find(protocol: str) -> Trio:
            trio = Trio.make("parcels", models=make_models(protocol))
            return stack.enter_context(closing(trio))

        yield find


def _thaw(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters for one call: botocore adds to what it is given."""
    return {
        name: value() if callable(value) else copy.deepcopy(value)
        for name, value in parameters.items()
    }


def _arguments(request: Any) -> dict[str, Any]:
    kind: Any = type(request)
    return {
        field.attribute: value
        for field in schema.fields(kind)
        if (value := getattr(request, field.attribute)) is not None
    }


def _try(network: Any, answers: tuple[Any, ...], call: Callable[[], Any]) -> Outcome:
    network.expect(*answers)
    reply: Any = None
    try:
        with numbered_tokens():
            reply = call()
            content = drain(_without_facts(reply))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is compared
        return Outcome(tuple(network.sent), reply, error)
    return Outcome(tuple(network.sent), reply, content=content)


def _without_facts(reply: Any) -> Any:
    if not isinstance(reply, dict):
        return reply
    return {
        key: item
        for key, item in reply.items()
        # A member that is None is as good as absent.
        if key != "ResponseMetadata" and item is not None
    }


@contextmanager
def numbered_tokens() -> Generator[None]:
    """Within, what is meant to be random counts up from one."""
    numbers = iter(range(1, 1000))
    with patch.object(uuid, "uuid4", lambda: uuid.UUID(int=next(numbers))):
        yield


def _compare(theirs: Outcome, ours: Outcome, serializer: str) -> None:
    if theirs.error is not None or ours.error is not None:
        _compare_errors(theirs, ours, serializer)
    _same(f"{serializer}, number of requests", len(ours.sent), len(theirs.sent))
    for one, other in zip(ours.sent, theirs.sent, strict=True):
        for name in ("method", "url", "body"):
            _same(f"{serializer}, {name}", getattr(one, name), getattr(other, name))
        _same(f"{serializer}, headers", _steady(one.headers), _steady(other.headers))
    _same(f"{serializer}, content", ours.content, theirs.content)
    if isinstance(theirs.reply, dict):
        metadata = ResponseMetadata.from_boto3(theirs.reply["ResponseMetadata"])
        _same(f"{serializer}, metadata", ours.reply.response_metadata, metadata)


def _steady(headers: Mapping[str, str]) -> dict[str, str]:
    return {
        name: crt.strip_signature(value) if name == "authorization" else value
        for name, value in headers.items()
    }


def _same(what: str, ours: object, theirs: object) -> None:
    if ours != theirs:
        if isinstance(ours, dict) and isinstance(theirs, dict):
            names = ours.keys() | theirs.keys()
            for key in sorted(names):
                _same(f"{what}, {key}", ours.get(key), theirs.get(key))
        msg = f"{what}:\n  ours   {ours!r}\n  theirs {theirs!r}"
        raise AssertionError(msg)


def _compare_errors(one: Outcome, other: Outcome, serializer: str) -> None:
    """See that an error of ours tells what botocore's does."""
    theirs, ours = one.error, other.error
    match theirs:
        case None:
            raise AssertionError(serializer) from ours
        case ClientError():
            expected: type[Exception] = ServiceError
        case ParamValidationError():
            expected = ValidationError
        case ResponseParserError() | ParserError():
            expected = ReplyError
        case BotoCoreError():
            expected = type(theirs)
        case _:  # botocore tripped over the reply, or over what it was given
            expected = ReplyError if one.sent else type(theirs)
    if not isinstance(ours, expected):
        msg = f"{serializer}: {theirs!r}, but ours {ours!r}"
        raise AssertionError(msg) from ours or theirs  # noqa: TRY004 - of a test
    if isinstance(theirs, ClientError) and isinstance(ours, ServiceError):
        _compare_service_errors(theirs, ours, serializer)
    elif expected is type(theirs):
        _same(f"{serializer}, message", str(ours), str(theirs))


def _compare_service_errors(
    theirs: ClientError, ours: ServiceError, serializer: str
) -> None:
    _same(f"{serializer}, operation", ours.operation_name, theirs.operation_name)
    if isinstance(theirs, EventStreamError):
        # botocore keeps the code and the text alone, and of new errors not even these.
        told = cast("Any", theirs.response)["Error"]
        if told["Code"]:
            _same(f"{serializer}, error", ours.response.get("Error"), told)
        return
    _same(f"{serializer}, response", ours.response, theirs.response)
    _same(f"{serializer}, message", str(ours), expect_text(ours, theirs))
    if type(theirs) is not ClientError:
        names = (type(ours).__name__, type(ours)._code)
        assert type(theirs).__name__ in names, (serializer, theirs, ours)
