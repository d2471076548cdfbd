"""Property: what we send is what botocore sends."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from typing import Any

from hypothesis import given
from tests.contract.services.properties.compare import same
from tests.contract.services.properties.effort import Effort
from tests.contract.services.properties.network import Sent
from tests.contract.services.properties.subject import SERIALIZERS, Subject
from tests.support import crt

from botosmith.runtime import from_boto3, to_boto3
from botosmith.testing.strategies import Options, parameters

#: The headers that name the program that sent a request.
PASSING = frozenset({"user-agent"})

#: Every structure twice: more, and some requests would be megabytes.
FULL = Options(full=True, recursion=1, repeats=2)
SOME = Options(without_tokens=True)


def check_requests(
    subject: Subject, effort: Effort, name: str, counts: Counter[str]
) -> None:
    """Draw parameters of an operation, and send them by every path."""
    shape = subject.operation(name).input_shape
    if shape is None:
        _check(subject, name, {})
        counts["requests"] += 1
        return

    @effort.settings()
    @given(parameters(shape, SOME))
    def some(parameters: dict[str, Any]) -> None:
        counts["requests"] += 1
        _check(subject, name, parameters)

    @effort.settings(full=True)
    @given(parameters(shape, FULL))
    def full(parameters: dict[str, Any]) -> None:
        counts["requests"] += 1
        _check(subject, name, parameters)

    some()
    full()


def _check(subject: Subject, name: str, parameters: dict[str, Any]) -> None:
    operation = subject.package.OPERATIONS[name]
    request = from_boto3(operation.request, parameters)
    same(to_boto3(request), parameters, "to_boto3(from_boto3(parameters))")
    theirs = _send(subject, name, lambda: _call_reference(subject, name, request))
    for serializer in SERIALIZERS:
        ours = _send(subject, name, partial(subject.clients[serializer].send, request))
        same(ours, theirs, f"the {serializer} serializer's request")
    body = _find_body(subject, name) if parameters else ""
    if body in parameters:
        _check_files(subject, name, parameters, body)


def _call_reference(subject: Subject, name: str, request: Any) -> None:
    # Handlers of botocore change the parameters that they are given.
    subject.reference._make_api_call(name, to_boto3(request))


def _find_body(subject: Subject, name: str) -> str:
    """The member that is a request's whole body, where that is bytes."""
    shape: Any = subject.operation(name).input_shape
    payload: str = shape.serialization.get("payload", "")
    return payload if payload and shape.members[payload].type_name == "blob" else ""


def _check_files(
    subject: Subject, name: str, parameters: dict[str, Any], body: str
) -> None:
    """The same for a body that is read from a file, or comes piece by piece."""
    content: bytes = parameters[body]
    kind = subject.package.OPERATIONS[name].request

    def make(value: Any) -> Any:
        return from_boto3(kind, {**parameters, body: value})

    def send(serializer: str, value: Any) -> Any:
        request = make(value)
        return _send(subject, name, lambda: subject.clients[serializer].send(request))

    request = make(BytesIO(content))
    theirs = _send(subject, name, lambda: _call_reference(subject, name, request))
    for serializer in SERIALIZERS:
        where = f"the {serializer} serializer's request"
        same(send(serializer, BytesIO(content)), theirs, f"{where}, from a file")
        same(send(serializer, _in_pieces(content)), theirs, f"{where}, in pieces")


def _in_pieces(content: bytes) -> Iterator[bytes]:
    yield content[:1]
    yield content[1:]


def _send(subject: Subject, name: str, call: Callable[[], Any]) -> Any:
    """Return what a call sends."""
    subject.network.answer(name, None)
    subject.network.sent = None
    try:
        call()
    except Sent:
        pass
    else:
        message = "nothing was sent"
        raise AssertionError(message)
    return read_sent(subject)


def read_sent(subject: Subject) -> Any:
    """Method, URL, headers and body of the last request, as far as they must agree."""
    request: Any = subject.network.sent
    headers = {
        name.lower(): value.decode() if isinstance(value, bytes) else value
        for name, value in request.headers.items()
        if name.lower() not in PASSING
    }
    if "authorization" in headers:
        headers["authorization"] = crt.strip_signature(headers["authorization"])
    body = subject.network.body
    if headers.get("content-encoding") == "gzip":
        body = gzip.decompress(body)
    return {
        "method": request.method,
        "url": request.url,
        "headers": headers,
        "body": body,
    }
