"""REST JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from attrs import frozen
from botocore.model import OperationModel, ServiceModel, Shape, StructureShape

from botosmith.testing.message import Reply
from botosmith.testing.reply.document import DocumentWriter, TextualWriter
from botosmith.testing.reply.fault import Fault
from botosmith.testing.reply.json import (
    REQUEST_ID,
    query_header,
    write_code,
    write_document,
    write_error_document,
    write_json_events,
)
from botosmith.testing.reply.rest import write_headers, write_rest
from botosmith.testing.reply.wording import Style

_HEADERS = {"x-amzn-RequestId": REQUEST_ID, "Content-Type": "application/json"}


@frozen
class _Body:
    style: Style

    def document(self, value: Any, shape: Shape, names: list[str]) -> bytes:
        writer = TextualWriter(self.style)
        if isinstance(shape, StructureShape) and not shape.is_document_type:
            known = "SDK_UNKNOWN_MEMBER" not in value
            written = (
                writer.members(value, shape, names)
                if known
                else writer.structure(value, shape)
            )
        else:
            written = writer.write(value, shape)
        return write_document(written, self.style)

    def events(self, events: Any, shape: StructureShape) -> bytes:
        # In there, botocore converts nothing.
        return write_json_events(events, shape, DocumentWriter(self.style))


def write_success(
    operation: OperationModel, output: Mapping[str, Any], style: Style
) -> Reply:
    """A reply that carries an output."""
    reply = write_rest(operation, output, _Body(style))
    return Reply(reply.status, {**_HEADERS, **reply.headers}, reply.body)


def list_error_forms(service: ServiceModel) -> tuple[str, ...]:
    """The ways in which an error says its code: in a header, or in the body."""
    more = ("query",) if service.is_query_compatible else ()
    return ("header", "header suffixed", "code", "Code", "plain", "namespaced", *more)


def write_error(service: ServiceModel, fault: Fault, form: str, style: Style) -> Reply:
    """An error."""
    del service
    document = write_error_document(fault, form, TextualWriter(style))
    headers = {**_HEADERS, **query_header(fault, form)}
    if fault.shape is not None:
        headers |= write_headers(fault.shape, fault.members)
    if form.startswith("header"):
        del document["__type"]
        suffixed = "suffixed" if form.endswith("suffixed") else "plain"
        headers["x-amzn-ErrorType"] = write_code(fault, suffixed)
    elif form in {"code", "Code"}:
        del document["__type"]
        document[form] = fault.code
    return Reply(fault.status, headers, json.dumps(document).encode())
