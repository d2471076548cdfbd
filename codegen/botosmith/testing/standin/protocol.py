"""Operations, parameters, replies and errors on the wire of JSON 1.0 and 1.1."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, NoReturn, Protocol, cast

from attrs import frozen
from botocore.model import OperationModel, ServiceModel
from botocore.validate import ParamValidator

from botosmith.testing.message import Reply
from botosmith.testing.standin.call import Refusal, Request
from botosmith.testing.standin.decode import Decoder
from botosmith.testing.standin.limit import find_excesses


class ServerProtocol(Protocol):
    """The server's side of one of botocore's protocols."""

    def find_operation(self, request: Request) -> OperationModel:
        """The operation that a request is for; raises Refusal where there is none."""
        ...

    def read_parameters(
        self, request: Request, operation: OperationModel
    ) -> dict[str, Any]:
        """The checked parameters of a request; raises Refusal where some are wrong."""
        ...

    def write_output(self, document: Mapping[str, Any]) -> Reply:
        """A reply that carries an output document."""
        ...

    def write_error(self, refusal: Refusal) -> Reply:
        """A reply that carries an error."""
        ...


@frozen
class JsonProtocol:
    """JSON 1.0 and 1.1: one path, and the operation in X-Amz-Target."""

    service: ServiceModel

    def find_operation(self, request: Request) -> OperationModel:
        """The operation that X-Amz-Target names."""
        target = request.headers.get("x-amz-target", "")
        prefix, _, name = target.rpartition(".")
        expected = self.service.metadata["targetPrefix"], "POST", "/"
        names = self.service.operation_names
        if (prefix, request.method, request.path) != expected or name not in names:
            place = f"{request.method} {request.path} for target {target!r}"
            raise Refusal(404, "UnknownOperationException", place)
        return self.service.operation_model(name)

    def read_parameters(
        self, request: Request, operation: OperationModel
    ) -> dict[str, Any]:
        """The parameters of a JSON body."""
        content_type = request.headers.get("content-type")
        if content_type != self._content_type:
            message = f"{content_type!r} is not {self._content_type!r}"
            raise Refusal(415, "UnsupportedMediaTypeException", message)
        return check_parameters(_read_object(request.body), operation)

    def write_output(self, document: Mapping[str, Any]) -> Reply:
        """A reply with status 200."""
        return self._write(200, document)

    def write_error(self, refusal: Refusal) -> Reply:
        """A reply whose `__type` is the error's code."""
        document = {"__type": refusal.code, "message": refusal.message}
        return self._write(refusal.status, document)

    def _write(self, status: int, document: Mapping[str, Any]) -> Reply:
        body = json.dumps(document).encode()
        return Reply(status, {"Content-Type": self._content_type}, body)

    @property
    def _content_type(self) -> str:
        return f"application/x-amz-json-{self.service.metadata['jsonVersion']}"


#: The protocols that a stand-in speaks, by botocore's names.
PROTOCOLS: Mapping[str, Callable[[ServiceModel], ServerProtocol]] = {
    "json": JsonProtocol
}


def select_protocol(service: ServiceModel) -> ServerProtocol:
    """The protocol that a botocore client of the service would use.

    Raises:
        ValueError: A stand-in does not speak it.
    """
    name = service.resolved_protocol
    if name not in PROTOCOLS:
        message = f"{service.service_name} speaks {name}; known: {', '.join(PROTOCOLS)}"
        raise ValueError(message)
    return PROTOCOLS[name](service)


def check_parameters(
    document: dict[str, Any], operation: OperationModel
) -> dict[str, Any]:
    """The parameters of a document, once botocore's validator has passed them.

    Raises:
        Refusal: A ValidationException that lists every problem.
    """
    shape = operation.input_shape
    if shape is None:
        return {} if not document else _refuse_input(operation)
    decoder = Decoder()
    parameters: dict[str, Any] = decoder.decode(document, shape)
    report = ParamValidator().validate(parameters, shape)
    problems = [*decoder.problems, *report.generate_report().splitlines()]
    # A path that botocore finds no fault with can be walked.
    if not report.has_errors():
        problems += find_excesses(parameters, shape)
    if problems:
        raise Refusal(400, "ValidationException", "\n".join(problems))
    return parameters


def _refuse_input(operation: OperationModel) -> NoReturn:
    raise Refusal(400, "ValidationException", f"{operation.name} takes no input")


def _read_object(body: bytes) -> dict[str, Any]:
    try:
        document: Any = json.loads(body.decode(), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise Refusal(400, "SerializationException", str(error)) from error
    if not isinstance(document, dict):
        message = f"the body is not a JSON object but {type(document).__name__}"
        raise Refusal(400, "SerializationException", message)
    return cast("dict[str, Any]", document)


def _refuse_constant(name: str) -> NoReturn:
    message = f"{name} is not JSON"
    raise ValueError(message)
