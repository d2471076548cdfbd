"""Replies' documents in each protocol, written from the same plain values."""

from __future__ import annotations

import json
from typing import Any
from xml.sax.saxutils import escape

from botosmith.runtime.protocol import cbor

XML = frozenset({"query", "ec2", "rest-xml"})

#: Every protocol that botocore speaks.
PROTOCOLS = ("json", "rest-json", "smithy-rpc-v2-cbor", "query", "ec2", "rest-xml")


class Entries(dict[str, Any]):
    """A map, which XML has in another form than a structure."""


def encode_document(protocol: str, operation: str, document: Any) -> bytes:
    """The body of a reply.

    Args:
        protocol: The protocol.
        operation: The operation that is answered, after which `query` names things.
        document: Dictionaries, lists and texts; other leaves are for JSON and CBOR.
    """
    if protocol == "smithy-rpc-v2-cbor":
        return cbor.encode(_plain(document))
    if protocol not in XML:
        return json.dumps(document).encode()
    content = _xml_children(document)
    if protocol == "query":
        content = f"<{operation}Result>{content}</{operation}Result>"
    return f"<Reply>{content}</Reply>".encode()


def _plain(document: Any) -> Any:
    if isinstance(document, dict):
        return {key: _plain(value) for key, value in document.items()}
    if isinstance(document, list):
        return [_plain(item) for item in document]
    return document


def _xml_children(document: Any) -> str:
    if isinstance(document, Entries):
        return "".join(
            f"<entry><key>{escape(key)}</key>{_element('value', value)}</entry>"
            for key, value in document.items()
        )
    if isinstance(document, dict):
        return "".join(_element(name, value) for name, value in document.items())
    if isinstance(document, list):
        return "".join(_element("member", item) for item in document)
    if isinstance(document, bool):
        return "true" if document else "false"
    return escape(str(document))


def _element(name: str, value: Any) -> str:
    return f"<{name}>{_xml_children(value)}</{name}>"
