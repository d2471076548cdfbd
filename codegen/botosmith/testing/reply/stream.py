"""Streams of events that end with an error."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from attrs import evolve
from botocore.model import OperationModel

from botosmith.testing.message import Reply
from botosmith.testing.reply.document import DocumentWriter
from botosmith.testing.reply.frame import write_error, write_exception
from botosmith.testing.reply.wording import Style
from botosmith.testing.service import find_stream


def list_stream_errors(operation: OperationModel) -> list[str]:
    """The errors that the model has for an operation's events, by their members."""
    shape = operation.output_shape
    name = find_stream(shape)
    if shape is None or name is None:
        return []
    stream: Any = shape.members[name]
    return [
        error
        for error, member in stream.members.items()
        if member.metadata.get("exception")
    ]


def end_with_error(
    reply: Reply, operation: OperationModel, name: str, members: Mapping[str, Any]
) -> Reply:
    """A reply whose events end with an error of the model, in JSON."""
    shape: Any = operation.output_shape
    error = shape.members[find_stream(shape)].members[name]
    payload = json.dumps(DocumentWriter(Style()).write(members, error)).encode()
    return evolve(reply, body=reply.body + write_exception(name, payload))


def end_with_unknown_error(reply: Reply, code: str, message: str) -> Reply:
    """A reply whose events end with an error that the model does not know."""
    return evolve(reply, body=reply.body + write_error(code, message))
