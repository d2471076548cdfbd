"""The stand-in itself."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self
from uuid import UUID

from attrs import evolve
from botocore.model import ServiceModel
from urllib3 import HTTPHeaderDict

from botosmith.testing.message import Reply
from botosmith.testing.standin.answer import Answer, Answerer
from botosmith.testing.standin.call import Call, Request
from botosmith.testing.standin.fault import Fault
from botosmith.testing.standin.listener import Listener
from botosmith.testing.standin.protocol import select_protocol
from botosmith.testing.standin.signature import Verifier

#: The key pair that AWS's documentation uses for examples.
ACCESS_KEY = "AKIAIOSFODNN7EXAMPLE"
SECRET_KEY = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"  # noqa: S105 - see above


class StandIn:
    """A server on 127.0.0.1 that answers any operation of a service.

    It checks each request's signature and parameters, and answers with a well-formed
    example (`botosmith.testing.standin.example` has the rules) or what it is told to.

        with StandIn(load_service("sagemaker")) as standin:
            client = boto3.client("sagemaker", **standin.arguments)
            client.create_model(ModelName="a")
            assert standin.calls[0].parameters == {"ModelName": "a"}

    Attributes:
        service: The service's model.
        url: Where it listens; there while its `with` block runs.
        arguments: What a client needs to call it, as boto3.client names it.

    Args:
        service: The service's model; so far of the protocol `json`.
        access_key: The one access key that may sign requests.
        secret_key: Its secret key.
        region: The region that requests must be signed for.

    Raises:
        ValueError: The service has another protocol.
    """

    def __init__(
        self,
        service: ServiceModel,
        *,
        access_key: str = ACCESS_KEY,
        secret_key: str = SECRET_KEY,
        region: str = "us-east-1",
    ) -> None:
        verifier = Verifier(access_key, secret_key, region, service.signing_name)
        self.service = service
        self._answerer = Answerer(service, select_protocol(service), verifier)
        self._faults: deque[Fault] = deque()
        self._calls: list[Call] = []
        self._lock = threading.Lock()
        self._ending = threading.Event()
        self._listener: Listener | None = None

    @property
    def calls(self) -> list[Call]:
        """The requests that came so far, in the order in which they came."""
        with self._lock:
            return list(self._calls)

    @property
    def url(self) -> str:
        """The URL at which it listens.

        Raises:
            RuntimeError: Its `with` block does not run.
        """
        if self._listener is None:
            message = "a stand-in listens only within its `with` block"
            raise RuntimeError(message)
        return self._listener.url

    @property
    def arguments(self) -> dict[str, Any]:
        """The arguments of `boto3.client` beside the service's name."""
        verifier = self._answerer.verifier
        return {
            "endpoint_url": self.url,
            "region_name": verifier.region,
            "aws_access_key_id": verifier.access_key,
            "aws_secret_access_key": verifier.secret_key,
        }

    def queue(self, *faults: Fault) -> None:
        """Play faults for the next calls, one for each."""
        with self._lock:
            self._faults.extend(faults)

    def reply_with(self, operation: str, document: Mapping[str, Any]) -> None:
        """Answer an operation with a wire document from now on.

        Raises:
            ValueError: The service has no such operation.
        """
        if operation not in self.service.operation_names:
            message = f"{self.service.service_name} has no operation {operation!r}"
            raise ValueError(message)
        self._answerer.fixed[operation] = document

    def __enter__(self) -> Self:
        self._ending.clear()
        self._listener = Listener(self._respond)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        listener, self._listener = self._listener, None
        self._ending.set()
        if listener is None:
            return
        listener.close()
        # A test's own failure says more.
        if listener.failures and error is None:
            message = "the stand-in failed to answer"
            raise BaseExceptionGroup(message, listener.failures)

    def _respond(self, request: Request) -> Reply | None:
        with self._lock:
            fault = self._faults.popleft() if self._faults else Fault()
        answer = self._answerer.answer(request)
        reply = _choose(answer, fault)
        number = self._record(request, answer, reply)
        self._ending.wait(fault.delay)
        return None if reply is None else _number(reply, number)

    def _record(self, request: Request, answer: Answer, reply: Reply | None) -> int:
        call = Call(
            operation=answer.operation,
            parameters=answer.parameters,
            headers=request.headers,
            body=request.body,
            path=request.path,
            status=None if reply is None else reply.status,
        )
        with self._lock:
            self._calls.append(call)
            return len(self._calls)


def _choose(answer: Answer, fault: Fault) -> Reply | None:
    if fault.cut:
        return None
    if fault.status is None:
        return answer.reply
    # Raw replies have the protocol's content type too, unless they bring their own.
    headers = HTTPHeaderDict(answer.reply.headers)
    headers.update(fault.headers)
    return Reply(fault.status, headers, fault.body)


def _number(reply: Reply, number: int) -> Reply:
    """A reply with the id of its request, which counts the calls."""
    headers = HTTPHeaderDict({"x-amzn-RequestId": str(UUID(int=number))})
    headers.update(reply.headers)
    return evolve(reply, headers=headers)
