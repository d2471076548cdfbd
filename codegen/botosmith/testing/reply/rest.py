"""Common parts of REST: status, headers, and a body that may be one member."""

from __future__ import annotations

import json
from base64 import b64encode
from binascii import crc32
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from attrs import evolve
from botocore.model import ListShape, OperationModel, Shape, StructureShape
from botocore.utils import is_json_value_header

from botosmith.testing.message import Reply
from botosmith.testing.reply.document import write_base64
from botosmith.testing.reply.location import body_names
from botosmith.testing.wire import format_moment

DEFAULT_STATUS = 200

#: The format of timestamps in headers, where the model says nothing else.
_HEADER_FORMAT = "rfc822"

#: The headers that botocore verifies a body with (`botocore.httpchecksum`).
_CHECKSUM = "x-amz-checksum-"


class RestBody(Protocol):
    """The body of a REST protocol."""

    def document(self, value: Any, shape: Shape, names: list[str]) -> bytes:
        """A structure's members of some names, or another value."""
        ...

    def events(self, events: Any, shape: StructureShape) -> bytes:
        """A stream of events."""
        ...


def write_rest(
    operation: OperationModel, output: Mapping[str, Any], body: RestBody
) -> Reply:
    """A reply whose output is in its status, its headers and its body."""
    shape = operation.output_shape
    if shape is None:
        return Reply(DEFAULT_STATUS, {}, b"")
    reply = Reply(
        _find_status(shape, output),
        write_headers(shape, output),
        _write_body(shape, output, body),
    )
    return evolve(reply, headers=_tell_truth(operation, reply))


def _find_status(shape: StructureShape, output: Mapping[str, Any]) -> int:
    return next(
        (
            output[name]
            for name, member in shape.members.items()
            if member.serialization.get("location") == "statusCode" and name in output
        ),
        DEFAULT_STATUS,
    )


def write_headers(shape: StructureShape, output: Mapping[str, Any]) -> dict[str, str]:
    """The members that are in headers."""
    headers: dict[str, str] = {}
    for name, value in output.items():
        member = shape.members[name]
        traits = member.serialization
        if traits.get("location") == "header":
            headers[traits.get("name", name)] = _write_header(value, member)
        elif traits.get("location") == "headers":
            prefix = traits.get("name", "")
            headers.update((f"{prefix}{key}", item) for key, item in value.items())
    return headers


def _write_header(value: Any, shape: Shape) -> str:
    if is_json_value_header(shape):
        return write_base64(json.dumps(value))
    if isinstance(shape, ListShape):
        return ", ".join(_write_header(item, shape.member) for item in value)
    match value:
        case datetime():
            form = shape.serialization.get("timestampFormat", _HEADER_FORMAT)
            return str(format_moment(value, form))
        case bool():
            return "true" if value else "false"
        case bytes():
            return b64encode(value).decode()
        case _:
            return str(value)


def _write_body(
    shape: StructureShape, output: Mapping[str, Any], body: RestBody
) -> bytes:
    payload = shape.serialization.get("payload")
    if payload is None:
        return body.document(output, shape, body_names(shape))
    member = shape.members[payload]
    value = output.get(payload)
    if member.serialization.get("eventstream"):
        assert isinstance(member, StructureShape)  # noqa: S101 - by botocore's format
        return body.events(value, member)
    match value:
        case bytes():
            return value
        case str():
            return value.encode()
        case None:
            return b""
        case _:
            names = list(member.members) if isinstance(member, StructureShape) else []
            return body.document(value, member, names)


def _tell_truth(operation: OperationModel, reply: Reply) -> dict[str, str]:
    """The headers, with those right that a client verifies the body with."""
    right: dict[str, str | None] = {}
    if operation.http.get("method") != "HEAD":
        right["content-length"] = str(len(reply.body))
    for name in (operation.http_checksum or {}).get("responseAlgorithms", ()):
        right[f"{_CHECKSUM}{name.lower()}"] = None
    if right.keys() & {f"{_CHECKSUM}crc32"}:
        checksum = crc32(reply.body).to_bytes(4, "big")
        right[f"{_CHECKSUM}crc32"] = b64encode(checksum).decode()
    told = (
        (name, right.get(name.lower(), value)) for name, value in reply.headers.items()
    )
    return {name: value for name, value in told if value is not None}
