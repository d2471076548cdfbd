"""The first level of a document that is nested too deeply to be read as a whole."""

from __future__ import annotations

import re

_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]').finditer


#: Elements below these levels of an XML document are not part of an error's code.
_LEVELS = 3


def keep_first_level(body: bytes, content_type: str | None) -> bytes | None:
    """Return a document without what its members hold.

    An error whose members are nested too deeply keeps its code and message so.

    Args:
        body: The document.
        content_type: `application/xml`, `application/cbor`; else it is JSON.

    Returns:
        The document; None where it is cut, or is not one.
    """
    match content_type:
        case "application/xml":
            return _keep_xml(body)
        case "application/cbor":
            return _keep_cbor(body)
        case _:
            return _keep_json(body)


def _keep_xml(body: bytes) -> bytes | None:
    from xml.etree import ElementTree as ET  # botocore has imported it

    try:
        root = ET.fromstring(body)  # noqa: S314 - botocore has parsed it so before
    except ET.ParseError:
        return None
    level = [root]
    for _ in range(_LEVELS):
        level = [child for element in level for child in element]
    for element in level:
        del element[:]
    return ET.tostring(root)


def _keep_cbor(body: bytes) -> bytes | None:
    from botosmith.runtime.protocol import cbor

    try:
        return cbor.encode(cbor.decode_first_level(body))
    except ValueError:
        return None


def _keep_json(body: bytes) -> bytes | None:
    text = body.decode(errors="replace").strip()
    if not text.startswith("{"):
        return None
    kept: list[str] = []
    depth = begin = 0
    for token in _TOKENS(text):
        if token[0] in "[{":
            depth += 1
            if depth == 2:  # noqa: PLR2004 - the first of a value of the object
                kept.append(text[begin : token.start()])
        elif token[0] in "]}":
            depth -= 1
            if depth == 1:
                kept.append("null")
                begin = token.end()
            elif depth == 0:
                kept.append(text[begin : token.end()])
                is_all = token.end() == len(text)
                return "".join(kept).encode() if is_all else None
    return None
