"""JSON 1.0 and 1.1."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from botocore.model import OperationModel, ServiceModel, StructureShape

from botosmith.testing.message import Reply
from botosmith.testing.reply.document import DocumentWriter
from botosmith.testing.reply.fault import Fault
from botosmith.testing.reply.frame import write_events, write_initial
from botosmith.testing.reply.location import body_names
from botosmith.testing.reply.wording import FUTURE_NAME, FUTURE_VALUE, Style
from botosmith.testing.service import find_stream

REQUEST_ID = "request-1"


def write_success(
    operation: OperationModel, output: Mapping[str, Any], style: Style
) -> Reply:
    """A reply that carries an output, with its events behind it."""
    shape = operation.output_shape
    name = find_stream(shape)
    if shape is not None and name is not None:
        return _write_stream((shape, name), output, style)
    document: Any = {}
    if shape is not None:
        document = DocumentWriter(style).write(output, shape)
    headers = _headers(operation.service_model)
    return Reply(200, headers, write_document(document, style))


def _headers(service: ServiceModel) -> dict[str, str]:
    version = service.metadata["jsonVersion"]
    return {
        "x-amzn-RequestId": REQUEST_ID,
        "Content-Type": f"application/x-amz-json-{version}",
    }


def write_document(document: Any, style: Style) -> bytes:
    """The body that carries a document, which may be no body where it is empty."""
    return b"" if style.loose and document == {} else json.dumps(document).encode()


def _write_stream(
    place: tuple[StructureShape, str], output: Mapping[str, Any], style: Style
) -> Reply:
    shape, name = place
    writer = DocumentWriter(style)
    others = [member for member in shape.members if member != name]
    initial = writer.members(output, shape, others)
    body = write_initial(json.dumps(initial).encode())
    body += write_json_events(output[name], shape.members[name], writer)
    headers = {"x-amzn-RequestId": REQUEST_ID}
    return Reply(200, headers, body)


def write_json_events(events: Any, shape: Any, writer: DocumentWriter) -> bytes:
    """Events whose payloads are JSON."""
    return write_events(
        events,
        shape,
        lambda value, part: json.dumps(writer.write(value, part)).encode(),
    )


def list_error_forms(service: ServiceModel) -> tuple[str, ...]:
    """The ways in which an error says its code."""
    more = ("query",) if service.is_query_compatible else ()
    return ("plain", "namespaced", "suffixed", *more)


def write_error(service: ServiceModel, fault: Fault, form: str, style: Style) -> Reply:
    """An error whose body says which it is."""
    headers = {**_headers(service), **query_header(fault, form)}
    document = write_error_document(fault, form, DocumentWriter(style))
    return Reply(fault.status, headers, json.dumps(document).encode())


def query_header(fault: Fault, form: str) -> dict[str, str]:
    """For clients that knew the service when it spoke the query protocol."""
    return {"x-amzn-query-error": f"{fault.code};Sender"} if form == "query" else {}


def write_error_document(
    fault: Fault, form: str, writer: DocumentWriter
) -> dict[str, Any]:
    """The members of an error, and its code in one of the forms."""
    members = {}
    if fault.shape is not None:
        names = body_names(fault.shape)
        members = writer.members(fault.members, fault.shape, names)
    elif writer.style.newer:
        members = {FUTURE_NAME: FUTURE_VALUE}
    said = {} if "message" in members or "Message" in members else {"message": None}
    members |= dict.fromkeys(said, fault.message)
    return {"__type": write_code(fault, form), **members}


def write_code(fault: Fault, form: str) -> str:
    """An error's code as JSON and CBOR have it."""
    name = fault.shape.name if form == "query" and fault.shape else fault.code
    match form:
        case "namespaced" | "query":
            return f"com.amazonaws.example#{name}"
        case "suffixed":
            return f"{name}:http://internal.amazon.com/coral/"
        case _:
            return name
