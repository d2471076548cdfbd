"""A service that has every kind of member, in each protocol."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.contract.behaviours.service import write_model

JSON = "json"
REST_JSON = "rest-json"
REST_XML = "rest-xml"
CBOR = "smithy-rpc-v2-cbor"

PROTOCOLS = (JSON, REST_JSON, REST_XML, CBOR, "query", "ec2")

_REST = frozenset({REST_JSON, REST_XML})
#: Protocols in which replies may be events.
_STREAMING = frozenset({JSON, REST_JSON, REST_XML, CBOR})


def _structure(members: Mapping[str, Any], **traits: Any) -> dict[str, Any]:
    described = {
        name: {"shape": shape} if isinstance(shape, str) else shape
        for name, shape in members.items()
    }
    return {"type": "structure", "members": described, **traits}


def _list(shape: str) -> dict[str, Any]:
    return {"type": "list", "member": {"shape": shape}}


def _map(key: str, value: str) -> dict[str, Any]:
    return {"type": "map", "key": {"shape": key}, "value": {"shape": value}}


_SHAPES: dict[str, Any] = {
    "Text": {"type": "string"},
    "Colour": {"type": "string", "enum": ["red", "green"]},
    "Whole": {"type": "integer"},
    "Long": {"type": "long"},
    "Real": {"type": "double"},
    "Flag": {"type": "boolean"},
    "Moment": {"type": "timestamp"},
    "Written": {"type": "timestamp", "timestampFormat": "iso8601"},
    "Bytes": {"type": "blob"},
    "Secret": {"type": "string", "sensitive": True},
    "SecretWhole": {"type": "integer", "sensitive": True},
    "SecretMoment": {"type": "timestamp", "sensitive": True},
    "SecretBytes": {"type": "blob", "sensitive": True},
    "SecretBox": _structure({"Inner": "Text", "Count": "Whole"}, sensitive=True),
    "Texts": _list("Text"),
    "Colours": _list("Colour"),
    "Secrets": _list("Secret"),
    "SecretTable": _map("Secret", "Text"),
    "Table": _map("Text", "Text"),
    "Counts": _map("Text", "Whole"),
    "Holder": _structure({"Key": "Text", "Value": "Secret"}, required=["Key"]),
    "Holders": _list("Holder"),
    "HolderTable": _map("Text", "Holder"),
    "Tree": _structure(
        {"Name": "Text", "Code": "Secret", "Child": "Tree", "Children": "Trees"}
    ),
    "Trees": _list("Tree"),
    "Choice": _structure(
        {"Book": "Text", "Letter": "Secret", "Box": "Tree"}, union=True
    ),
    "Nothing": _structure({}),
}

_MEMBERS: dict[str, Any] = {
    "Name": "Text",
    "Colour": "Colour",
    "Whole": "Whole",
    "Long": "Long",
    "Real": "Real",
    "Flag": "Flag",
    "Moment": "Moment",
    "Written": "Written",
    "Bytes": "Bytes",
    "Secret": "Secret",
    "SecretWhole": "SecretWhole",
    "SecretMoment": "SecretMoment",
    "SecretBytes": "SecretBytes",
    "SecretBox": "SecretBox",
    "Texts": "Texts",
    "Colours": "Colours",
    "Secrets": "Secrets",
    "SecretTable": "SecretTable",
    "Counts": "Counts",
    "Holder": "Holder",
    "Holders": "Holders",
    "HolderTable": "HolderTable",
    "Tree": "Tree",
    "Choice": "Choice",
}


def _header(shape: str, name: str) -> dict[str, Any]:
    return {"shape": shape, "location": "header", "locationName": name}


_LOCATED: dict[str, Any] = {
    "Label": _header("Text", "x-label"),
    "Since": _header("Moment", "x-since"),
    "Count": _header("Whole", "x-count"),
    "Share": _header("Real", "x-share"),
    "Ready": _header("Flag", "x-ready"),
    "Shade": _header("Colour", "x-shade"),
    "Marks": _header("Texts", "x-marks"),
    "Password": _header("Secret", "x-password"),
    "Expiry": _header("SecretMoment", "x-expiry"),
    "Entries": {"shape": "Table", "location": "headers", "locationName": "x-entry-"},
    "Status": {"shape": "Whole", "location": "statusCode"},
}

_EVENTS: dict[str, Any] = {
    "Note": _structure(
        {
            "Text": "Text",
            "Code": "Secret",
            "Holders": "Holders",
            "Whole": "Whole",
            "Box": "SecretBox",
        },
        event=True,
    ),
    "Chunk": _structure(
        {
            "Payload": {"shape": "Bytes", "eventpayload": True},
            "Number": {"shape": "Whole", "eventheader": True},
            "At": {"shape": "Moment", "eventheader": True},
            "Key": {"shape": "Secret", "eventheader": True},
        },
        event=True,
    ),
    "Whisper": _structure(
        {"Payload": {"shape": "Tree", "eventpayload": True}}, event=True
    ),
    "Mark": _structure({}, event=True),
    "Events": _structure(
        {
            "Note": "Note",
            "Chunk": "Chunk",
            "Whisper": "Whisper",
            "Mark": "Mark",
            "Busy": "Busy",
        },
        eventstream=True,
    ),
}

_ERRORS: dict[str, Any] = {
    "Busy": _structure(
        {"message": "Text", "Pin": "Secret", "Tree": "Tree", "Until": "Moment"},
        exception=True,
    ),
    # Some services of AWS call their messages sensitive.
    "Private": _structure({"message": "Secret", "Whole": "Whole"}, exception=True),
}


def _document() -> dict[str, Any]:
    return {"type": "structure", "members": {}, "document": True}


def lab_shapes(protocol: str) -> dict[str, Any]:
    """The shapes of the service in a protocol."""
    members = dict(_MEMBERS)
    shapes = {**_SHAPES, **_ERRORS}
    if protocol in {JSON, REST_JSON}:
        shapes["Anything"] = _document()
        members["Anything"] = "Anything"
    shapes["Reply"] = _structure(members, required=["Name"])
    shapes["Question"] = _structure(members)
    if protocol in _REST:
        shapes["Located"] = _structure({**_LOCATED, "Rest": "Text"})
        shapes["Paid"] = _structure({"Label": _LOCATED["Label"], "Tree": "Tree"})
        shapes["Paid"]["payload"] = "Tree"
        for name, shape in (("PaidBytes", "SecretBytes"), ("PaidText", "Secret")):
            shapes[name] = _structure(
                {"Label": _LOCATED["Label"], "Content": shape}, payload="Content"
            )
        shapes["Flow"] = {"type": "blob", "streaming": True}
        shapes["Load"] = _structure(
            {"Label": _LOCATED["Label"], "Content": "Flow"}, payload="Content"
        )
    if protocol in _STREAMING:
        shapes |= _EVENTS
        payload = {"payload": "Events"} if protocol in _REST else {}
        first = {"Label": _LOCATED["Label"]} if protocol in _REST else {"Label": "Text"}
        shapes["Watched"] = _structure({**first, "Events": "Events"}, **payload)
    return shapes


def lab_operations(protocol: str) -> dict[str, Any]:
    """The operations of the service in a protocol."""
    outputs = {"Describe": "Reply", "Touch": "Nothing"}
    if protocol in _REST:
        outputs |= {
            "Locate": "Located",
            "Pay": "Paid",
            "PayBytes": "PaidBytes",
            "PayText": "PaidText",
            "Download": "Load",
        }
    if protocol in _STREAMING:
        outputs["Watch"] = "Watched"
    errors = [{"shape": name} for name in _ERRORS]
    made: dict[str, Any] = {}
    for name, shape in outputs.items():
        output = {"shape": shape}
        if protocol == "query":
            output["resultWrapper"] = f"{name}Result"
        made[name] = {"output": output, "errors": errors}
        if protocol in _REST:
            made[name]["http"] = {"method": "POST", "requestUri": f"/{name}"}
    # The name is that of the root in XML.
    made["Describe"]["input"] = {"shape": "Question", "locationName": "Question"}
    return made


def make_lab(protocol: str) -> Path:
    """Write the model of the service `parcels`, and return its folder of models."""
    return write_model(protocol, lab_operations(protocol), lab_shapes(protocol))
