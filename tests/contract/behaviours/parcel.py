"""A service whose one operation gives values of every type, in each protocol."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.contract.behaviours.document import XML, Entries, encode_document
from tests.contract.behaviours.service import write_model

from botosmith.runtime.protocol.cbor import encode

CBOR = "smithy-rpc-v2-cbor"

TYPES: dict[str, Any] = {
    "Text": {"type": "string"},
    "Secret": {"type": "string", "sensitive": True},
    "Color": {"type": "string", "enum": ["red", "blue", "12"]},
    "Whole": {"type": "integer"},
    "SecretWhole": {"type": "integer", "sensitive": True},
    "Long": {"type": "long"},
    "Real": {"type": "double"},
    "Flag": {"type": "boolean"},
    "Moment": {"type": "timestamp"},
    "Octets": {"type": "blob"},
    "Texts": {"type": "list", "member": {"shape": "Text"}},
    "Wholes": {"type": "list", "member": {"shape": "Whole"}},
    "Secrets": {"type": "list", "member": {"shape": "Secret"}},
    "WholeMap": {
        "type": "map",
        "key": {"shape": "Text"},
        "value": {"shape": "Whole"},
    },
    "Choice": {
        "type": "structure",
        "union": True,
        "members": {"Text": {"shape": "Text"}, "Whole": {"shape": "Whole"}},
    },
}


def _located(shape: str, location: str, name: str) -> dict[str, Any]:
    return {"shape": shape, "location": location, "locationName": name}


#: Members that a reply of a REST protocol has in its headers.
HEADERS: Mapping[str, Any] = {
    "HeadWhole": _located("Whole", "header", "h-whole"),
    "HeadReal": _located("Real", "header", "h-real"),
    "HeadFlag": _located("Flag", "header", "h-flag"),
    "HeadMoment": _located("Moment", "header", "h-moment"),
    "HeadWholes": _located("Wholes", "header", "h-wholes"),
    "HeadSecret": _located("SecretWhole", "header", "h-secret"),
}


def write_parcels(protocol: str, **operation: Any) -> Path:
    """Write the model, and say in which folder.

    Args:
        protocol: The protocol of the service.
        operation: Traits of the operation `Read` beside its output and errors.
    """
    values: dict[str, Any] = {name: {"shape": name} for name in TYPES}
    inner: dict[str, Any] = {"type": "structure", "members": values}
    whole = {**values, "Inner": {"shape": "Inner"}, "Inners": {"shape": "Inners"}}
    located = HEADERS if protocol.startswith("rest-") else {}
    if protocol == "rest-json":
        values = {**values, "Free": {"shape": "Free"}}
        whole["Free"] = {"shape": "Free"}
    got = {"shape": "ReadResponse"}
    if protocol == "query":
        got["resultWrapper"] = "ReadResult"
    return write_model(
        protocol,
        {"Read": {"output": got, "errors": [{"shape": "Torn"}], **operation}},
        {
            **TYPES,
            "Free": {"type": "structure", "document": True, "members": {}},
            "Inner": inner,
            "Inners": {"type": "list", "member": {"shape": "Inner"}},
            "ReadResponse": {"type": "structure", "members": {**whole, **located}},
            "Torn": {
                "type": "structure",
                "exception": True,
                "members": {**values, "message": {"shape": "Text"}, **located},
            },
        },
    )


def write_reply(protocol: str, document: Mapping[str, Any] | bytes) -> bytes:
    """The body of a reply; bytes are the JSON text of a document."""
    if isinstance(document, bytes):
        if protocol not in XML and protocol != CBOR:
            return document
        return write_reply(protocol, json.loads(document))
    return encode_document(protocol, "Read", _as_entries(document))


def write_error(protocol: str, document: Mapping[str, Any]) -> bytes:
    """The body of the error `Torn` with some members."""
    if protocol == CBOR:
        return encode({"__type": "Torn", **document})
    if protocol not in XML:
        return json.dumps({"__type": "Torn", **document}).encode()
    content = write_reply("rest-xml", {"Code": "Torn", **document})
    inner = content.removeprefix(b"<Reply>").removesuffix(b"</Reply>")
    if protocol == "ec2":
        return b"<Response><Errors><Error>" + inner + b"</Error></Errors></Response>"
    return b"<ErrorResponse><Error>" + inner + b"</Error></ErrorResponse>"


def _as_entries(document: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: (
            Entries(value) if name == "WholeMap" and isinstance(value, dict) else value
        )
        for name, value in document.items()
    }
