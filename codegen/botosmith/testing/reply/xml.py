"""Elements of XML: what the query, EC2 and REST XML protocols have in common."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from attrs import frozen
from botocore.model import ListShape, MapShape, Shape, StructureShape

from botosmith.testing.reply.wording import FUTURE_NAME, Style
from botosmith.testing.wire import format_moment

_TIMESTAMP = "iso8601"

_UNKNOWN = "SDK_UNKNOWN_MEMBER"


@frozen
class ElementWriter:
    """Puts what botocore's parser gives back into elements."""

    style: Style

    def members(
        self, parent: Element, value: Mapping[str, Any], shape: StructureShape
    ) -> None:
        """A structure's members, within an element."""
        if _UNKNOWN in value:
            SubElement(parent, value[_UNKNOWN]["name"]).text = "?"
            return
        for name, item in value.items():
            self._member(parent, name, item, shape.members[name])
        if self.style.newer and not shape.is_tagged_union:
            SubElement(SubElement(parent, FUTURE_NAME), "Deep").text = "1"

    def _member(self, parent: Element, name: str, value: Any, shape: Shape) -> None:
        key = shape.serialization.get("name", name)
        if shape.serialization.get("xmlAttribute"):
            prefix, colon, _ = key.rpartition(":")
            if colon:
                parent.set(f"xmlns:{prefix}", "http://www.w3.org/2001/XMLSchema")
            parent.set(key, value)
        elif isinstance(shape, ListShape):
            self._list(parent, key, value, shape)
        elif isinstance(shape, MapShape):
            self._map(parent, key, value, shape)
        else:
            self.write(SubElement(parent, key), value, shape)

    def write(self, element: Element, value: Any, shape: Shape) -> None:
        """Fill an element with a value of a shape."""
        match shape:
            case StructureShape():
                self.members(element, value, shape)
            case ListShape():
                self._items(element, value, shape)
            case MapShape():
                self._entries(element, value, shape)
            case _:
                element.text = write_text(value, shape)

    def _list(
        self, parent: Element, key: str, value: list[Any], shape: ListShape
    ) -> None:
        if not shape.serialization.get("flattened"):
            self._items(SubElement(parent, key), value, shape)
            return
        # A flattened list's name for its items goes before its own name.
        name = shape.member.serialization.get("name", key)
        for item in value:
            self.write(SubElement(parent, name), item, shape.member)

    def _items(self, element: Element, value: list[Any], shape: ListShape) -> None:
        name = shape.member.serialization.get("name", "member")
        for item in value:
            self.write(SubElement(element, name), item, shape.member)

    def _map(
        self, parent: Element, key: str, value: dict[str, Any], shape: MapShape
    ) -> None:
        if not shape.serialization.get("flattened"):
            self._entries(SubElement(parent, key), value, shape)
            return
        for name, item in value.items():
            self._entry(SubElement(parent, key), name, item, shape)

    def _entries(
        self, element: Element, value: dict[str, Any], shape: MapShape
    ) -> None:
        for name, item in value.items():
            self._entry(SubElement(element, "entry"), name, item, shape)

    def _entry(self, element: Element, name: str, value: Any, shape: MapShape) -> None:
        key_name = shape.key.serialization.get("name", "key")
        value_name = shape.value.serialization.get("name", "value")
        self.write(SubElement(element, key_name), name, shape.key)
        self.write(SubElement(element, value_name), value, shape.value)


def write_text(value: Any, shape: Shape) -> str:
    """A value that holds no others."""
    match value:
        case bool():
            return "true" if value else "false"
        case datetime():
            form = shape.serialization.get("timestampFormat", _TIMESTAMP)
            return str(format_moment(value, form))
        case bytes():
            return base64.b64encode(value).decode()
        case _:
            return str(value)


def make_root(name: str, namespace: str | None = None) -> Element:
    """The outermost element, in a namespace where there is one."""
    return Element(name, {"xmlns": namespace} if namespace else {})


def write_xml(root: Element) -> bytes:
    """A document, declared as services do."""
    text = tostring(root, encoding="unicode")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + text.encode()
