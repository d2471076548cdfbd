"""Tells which modules each operation loads: run as a program, it prints JSON.

Between two measurements all operations and shapes are forgotten again, so that one
process measures every operation as a new one would.
"""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.session import Session

from botosmith import sagemaker
from botosmith.runtime import from_boto3, schema

from .pinned import PACKAGE, Pinned

#: Modules that a new process with a client has loaded before its first call.
KEPT = {PACKAGE, f"{PACKAGE}.client"}
REFUSAL = {"__type": "ResourceNotFound", "Message": "There is no such thing."}


class Raw:
    """The part of a urllib3 response that botocore reads."""

    def __init__(self, body: bytes) -> None:
        """Take the whole body."""
        self.body = body

    def stream(self) -> Iterator[bytes]:
        """Give the body."""
        yield self.body


class Transport:
    """Answers every request in place of the network, and remembers the last one."""

    def __init__(self) -> None:
        """Answer with nothing until told otherwise."""
        self.status = 200
        self.answer: Any = {}
        self.sent: Any = None

    def __call__(self, request: Any, **_: Any) -> Any:
        """Handle botocore's event `before-send`."""
        self.sent = json.loads(request.body)
        raw = Raw(json.dumps(self.answer).encode())
        return AWSResponse(request.url, self.status, HTTPHeaders(), raw)


def loaded() -> list[str]:
    """The generated modules that are loaded now, beside those of every process."""
    return sorted(
        name
        for name in sys.modules
        if name.startswith(f"{PACKAGE}.") and name not in KEPT
    )


def forget() -> None:
    """Unload all operations, shapes and errors."""
    for name in loaded():
        del sys.modules[name]
    parts = {*dir(sagemaker), "errors", "operations", "shapes"}
    for name in parts & vars(sagemaker).keys() - {
        "API_VERSION",
        "BOTOCORE_VERSION",
        "OPERATIONS",
        "AsyncClient",
        "Client",
    }:
        delattr(sagemaker, name)


def measure(
    pinned: Pinned, operation: str, client: Any, transport: Transport
) -> dict[str, Any]:
    """Return what an operation loads when it is touched, and when it is called."""
    found: dict[str, Any] = {}
    forget()
    found["nothing"] = loaded()
    request = getattr(sagemaker, pinned.request(operation))
    found["request"] = loaded()
    getattr(sagemaker, pinned.function(operation))
    found["function"] = loaded()
    document = pinned.example(pinned.request(operation))
    made = from_boto3(request, document)
    arguments = {name: getattr(made, name) for name in made._attribute_names()}
    output = pinned.response(operation)
    transport.status = 200
    transport.answer = pinned.example(output) if output in pinned.shapes else {}
    method = getattr(client, pinned.function(operation))
    schema.fields.cache_clear()
    reply = method(**arguments)
    found["described"] = schema.fields.cache_info().currsize
    found["call"] = loaded()
    found["is sent"] = transport.sent == document
    found["is read"] = reply._to_wire() == transport.answer
    transport.status, transport.answer = 400, REFUSAL
    try:
        client.send(made)
    except Exception as error:  # noqa: BLE001 - the test judges which one it is
        found["error"] = type(error).__name__
    found["refusal"] = loaded()
    return found


def main(models: str) -> None:
    """Measure every operation."""
    # One member is deprecated, and every member is sent.
    warnings.simplefilter("ignore", DeprecationWarning)
    pinned, transport = Pinned(Path(models)), Transport()
    session = Session()
    session.set_credentials("AKID", "secret")
    with sagemaker.Client("us-east-1", session=session) as client:
        client.meta.events.register("before-send", transport)
        found = {
            operation: measure(pinned, operation, client, transport)
            for operation in pinned.operations
        }
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
