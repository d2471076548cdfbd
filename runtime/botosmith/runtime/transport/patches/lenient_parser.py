"""Has botocore's parser go on where it would give a whole reply up, or guess.

A parser of botocore's stops at the first text that it cannot convert. Here, such a text
stays in its place in the dictionary as an `Unread`, for
`botosmith.runtime.serde.diagnosis` to convert or to name.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any, cast
from xml.etree.ElementTree import Element, iselement

from botocore.parsers import BaseXMLResponseParser, QueryParser, RestJSONParser

from botosmith.runtime.serde.literal_text import Unread
from botosmith.runtime.serde.readers import boolean
from botosmith.runtime.serde.writers import is_list

_METADATA_TAGS = frozenset({"ResponseMetadata", "requestId", "RequestId"})


def refuse_other_booleans(parser: Any) -> None:
    """Have a parser raise for the text of a boolean that is neither true nor false.

    botocore takes every text but `true` for false, such as `yes`, and `TRUE` of XML.
    An empty element of XML stays false.
    """
    if isinstance(parser, BaseXMLResponseParser):
        vars(parser)["_handle_boolean"] = _read_boolean_of_xml
    elif isinstance(parser, RestJSONParser):
        vars(parser)["_handle_boolean"] = _read_boolean


def _read_boolean(shape: Any, value: Any) -> Any:
    del shape
    return boolean(value)


def _read_boolean_of_xml(shape: Any, node: Any) -> Any:
    text = _text(node).strip()
    return _read_boolean(shape, text) if text else False


@contextmanager
def tolerating(parser: Any, shape: Any) -> Generator[None]:
    """Have a parser leave what it cannot convert as it is.

    Args:
        parser: botocore's parser.
        shape: The shape of the whole reply, for which nothing can stand in.
    """
    parse: Callable[[Any, Any], Any] = parser._parse_shape
    header: str | None = None

    def parse_or_keep(part: Any, node: Any) -> Any:
        nonlocal header
        outer = header
        if part.serialization.get("location") == "header":
            header = part.serialization.get("name")
        try:
            return parse(part, node)
        except Exception:
            if part is shape:
                raise
            return _keep(node, header)
        finally:
            header = outer

    own = cast("dict[str, Any]", vars(parser))
    own["_parse_shape"] = parse_or_keep
    if isinstance(parser, QueryParser):
        own["_find_result_wrapped_shape"] = _find_wrapped
    try:
        yield
    finally:
        own.pop("_parse_shape")
        own.pop("_find_result_wrapped_shape", None)


def _keep(node: Any, header: str | None) -> Any:
    """Return a value in place of one that cannot be made of a node of any protocol."""
    is_text = isinstance(node, str) or iselement(node) or is_list(node)
    return Unread(_text(node), header) if is_text else node


def _text(node: Any) -> str:
    if is_list(node):  # elements of one name
        return _text(node[-1]) if node else ""
    return (node.text or "") if iselement(node) else str(node)


def _find_wrapped(name: str, root: Any) -> Any:
    """Find the element with a reply's members; an empty one in a reply of nothing."""
    tags = {_local_name(child): child for child in root}
    # A page of a proxy is not a reply of nothing.
    is_reply = bool(tags) or _local_name(root).endswith("Response")
    if is_reply and name not in tags and not tags.keys() - _METADATA_TAGS:
        return Element(name)
    return tags[name]


def _local_name(node: Any) -> str:
    name: str = node.tag.rpartition("}")[2]
    return name
