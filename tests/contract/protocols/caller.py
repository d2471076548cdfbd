"""Callers: botocore's own client, and the generated client with either serializer."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from contextlib import ExitStack, closing
from types import ModuleType
from typing import Any

from attrs import define, field, frozen
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.session import Session

from botosmith.runtime import Request, ServiceError, Structure, from_boto3, to_boto3
from botosmith.runtime.protocol.codec import CODECS
from botosmith.runtime.transport.botocore_serializer import BotocoreSerializer
from botosmith.runtime.transport.generated_serializer import GeneratedSerializer

#: Makes the call of a case at a URL: the reply by the names of the model's members, or
#: the error if the case is of one.
Call = Callable[[Any, str], Mapping[str, Any]]

#: One attempt alone: one reply is set for each call.
CONFIG = Config(
    retries={"total_max_attempts": 1, "mode": "standard"},
    proxies={},
    connect_timeout=5,
    read_timeout=5,
)

CLASSES = {"generated": GeneratedSerializer, "botocore": BotocoreSerializer}


class WrongError(Exception):
    """The outcome of a call is not what its types promise."""


def make_arguments(url: str) -> dict[str, Any]:
    """The arguments of a client, whoever makes it."""
    return {
        "region_name": "us-east-1",
        "endpoint_url": url,
        "use_ssl": False,
        "aws_access_key_id": "AKIDEXAMPLE",
        "aws_secret_access_key": "wJalrXUtnFEMI",
    }


@define
class Botocore:
    """botocore's own client.

    Attributes:
        service: The service, whose model the session finds.
        session: Makes the clients.
        stack: Closes them.
    """

    service: str
    session: Session
    stack: ExitStack
    _clients: dict[str, Any] = field(factory=dict)

    # As in botocore's own tests: some cases pass None, and nothing must come of it.
    _config = CONFIG.merge(Config(parameter_validation=False))

    def call(self, case: Any, url: str) -> Mapping[str, Any]:
        """Make the call of a case."""
        # botocore adds to the parameters that it is given.
        parameters = copy.deepcopy(case.params)
        try:
            reply = self._client(url)._make_api_call(case.operation, parameters)
        except ClientError as error:
            if not case.is_error:
                raise
            return dict[str, Any](error.response)
        return drain(reply)

    def _client(self, url: str) -> Any:
        if url not in self._clients:
            client: Any = self.session.create_client(
                self.service,  # type: ignore[call-overload,unused-ignore]
                **make_arguments(url),
                config=self._config,
            )
            self._clients[url] = self.stack.enter_context(closing(client))
        return self._clients[url]


@frozen
class NoClient:
    """Stands for a generated client where its package could not be made.

    Attributes:
        error: Why not.
    """

    error: Exception

    def send(self, case: Any, url: str) -> Mapping[str, Any]:
        """Fail, as every call would."""
        del case, url
        raise self.error

    call = send

    def is_own(self, case: Any) -> bool:
        """Wire code is missing."""
        del case
        return False


@define
class Generated:
    """A generated client.

    Attributes:
        suite: The suite whose model it was generated from.
        package: The package.
        serializer: The serializer of its clients.
        session: What they stand on.
        stack: Closes them.
    """

    suite: Any
    package: ModuleType
    serializer: str
    session: Session
    stack: ExitStack
    _clients: dict[str, Any] = field(factory=dict)

    def send(self, case: Any, url: str) -> Mapping[str, Any]:
        """Make the call of a case with a request object."""
        return self._call(case, self._client(url).send)

    def call(self, case: Any, url: str) -> Mapping[str, Any]:
        """Make the call of a case by the operation's function and its arguments."""
        client, function = self._client(url), self._operation(case).function
        return self._call(
            case, lambda request: function(client, **name_arguments(request))
        )

    def _call(
        self, case: Any, send: Callable[[Request[Any]], Any]
    ) -> Mapping[str, Any]:
        operation = self._operation(case)
        try:
            reply = send(from_boto3(operation.request, case.params))
        except ServiceError as error:
            if not case.is_error:
                raise
            return read_error(error, self._error_class(case))
        if type(reply) is not operation.response:
            msg = f"the reply is of {type(reply).__name__}"
            raise WrongError(msg)
        return drain(to_boto3(reply))

    def is_own(self, case: Any) -> bool:
        """Return whether there is wire code for a case."""
        request = self._operation(case).request
        return self.package.Client._protocol in CODECS and not request._is_plain

    def _operation(self, case: Any) -> Any:
        return self.package.OPERATIONS[case.operation]

    def _error_class(self, case: Any) -> Any:
        listed = self.suite.model["operations"][case.operation]["errors"]
        names = [error["shape"] for error in listed]
        return self._operation(case).errors[names.index(case.error_shape)]

    def _client(self, url: str) -> Any:
        if url not in self._clients:
            client = self.package.Client(
                **make_arguments(url),
                config=CONFIG,
                session=self.session,
                serializer=self.serializer,
            )
            self._clients[url] = self.stack.enter_context(client)
            # Else it would be botocore that passes.
            assert type(client._transport.serializer) is CLASSES[self.serializer]
        return self._clients[url]


def name_arguments(request: Request[Any]) -> dict[str, Any]:
    """The arguments of an operation's function that make this request."""
    return {
        name: value
        for name in request._attribute_names()
        if (value := getattr(request, name)) is not None
    }


def read_error(error: ServiceError, expected: type[ServiceError]) -> dict[str, Any]:
    """Return what an error's attributes say, in the form that cases compare.

    Raises:
        WrongError: It is of another class than the model's.
    """
    if type(error) is not expected:
        msg = f"raised {type(error).__name__}, not {expected.__name__}: {error}"
        raise WrongError(msg)
    members = {
        item.member.name: make_plain(getattr(error, item.attribute))
        for item in error._fields
    }
    return {"Error": {"Code": error.code, "Message": error.message}, **members}


def make_plain(value: Any) -> Any:
    """A member of an error as boto3 gives it."""
    if isinstance(value, Structure):
        return to_boto3(value)
    if isinstance(value, list):
        return [make_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: make_plain(item) for key, item in value.items()}
    return value


def drain(reply: Mapping[str, Any]) -> dict[str, Any]:
    """A reply whose streams have been read, as they can be once."""
    drained = dict(reply)
    for name, value in reply.items():
        if hasattr(value, "read"):
            drained[name] = value.read()
        if hasattr(value, "close"):
            value.close()
    return drained
