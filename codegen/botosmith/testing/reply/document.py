"""Documents of members by name: what JSON and CBOR have in common."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attrs import frozen
from botocore.model import ListShape, MapShape, Shape, StructureShape

from botosmith.testing.reply.wording import FUTURE_NAME, FUTURE_VALUE, Style
from botosmith.testing.wire import wire_name, write_scalar

_UNKNOWN = "SDK_UNKNOWN_MEMBER"


@frozen
class DocumentWriter:
    """Turns what botocore's parser gives back into what it was given: a JSON value."""

    style: Style

    def write(self, value: Any, shape: Shape) -> Any:
        """The value of a shape as the document has it."""
        if value is None:
            return None
        match shape:
            case StructureShape() if not shape.is_document_type:
                return self.structure(value, shape)
            case ListShape():
                return [self.write(item, shape.member) for item in value]
            case MapShape():
                return {
                    key: self.write(item, shape.value) for key, item in value.items()
                }
            case _:
                return self.scalar(value, shape)

    def structure(
        self, value: Mapping[str, Any], shape: StructureShape
    ) -> dict[str, Any]:
        """An object, whose union members may be unknown to the model."""
        if _UNKNOWN in value:
            return {value[_UNKNOWN]["name"]: FUTURE_VALUE}
        return self.members(value, shape, list(shape.members))

    def members(
        self, value: Mapping[str, Any], shape: StructureShape, names: list[str]
    ) -> dict[str, Any]:
        """An object that holds some of a structure's members."""
        written = {
            self.key(name, shape.members[name]): self.write(
                value[name], shape.members[name]
            )
            for name in names
            if name in value
        }
        if shape.is_tagged_union:
            return written
        if self.style.nulls:
            keys = (self.key(name, shape.members[name]) for name in names)
            written.update((key, None) for key in keys if key not in written)
        if self.style.newer:
            written[FUTURE_NAME] = FUTURE_VALUE
        return written

    def key(self, name: str, member: Shape) -> str:
        """The key of a member."""
        return wire_name(name, member)

    def scalar(self, value: Any, shape: Shape) -> Any:
        """A value that holds no others."""
        return write_scalar(value, shape)


@frozen
class TextualWriter(DocumentWriter):
    """Numbers and booleans are text in a loose style."""

    def scalar(self, value: Any, shape: Shape) -> Any:
        """A value that holds no others."""
        written = write_scalar(value, shape)
        if not self.style.loose or isinstance(value, datetime):
            return written
        match shape.type_name:
            case "boolean":
                return "true" if written else "false"
            case "integer" | "long" | "float" | "double":
                return str(written)
            case _:
                return written


@frozen
class BinaryWriter(DocumentWriter):
    """Scalars as they are: the protocol has types for all of them."""

    def key(self, name: str, member: Shape) -> str:  # noqa: ARG002 - as in its base
        """The member's name, which is the one that botocore looks for."""
        return name

    def scalar(self, value: Any, shape: Shape) -> Any:  # noqa: ARG002 - as in its base
        """The value itself."""
        return value


def write_base64(text: str) -> str:
    """Text as base64 of its UTF-8."""
    return base64.b64encode(text.encode()).decode()
