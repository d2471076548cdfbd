"""The shapes of the service model, as classes of a peer.

So that peers work on the same shapes as botosmith, they are made from the same model.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

SCALARS: dict[str, Any] = {
    "string": str,
    "boolean": bool,
    "integer": int,
    "long": int,
    "float": float,
    "double": float,
}


class Member(NamedTuple):
    """A member of a structure: its attribute, its name on the wire and its type."""

    attribute: str
    name: str
    type: Any
    is_required: bool


class Shapes:
    """Makes classes of shapes.

    Args:
        model: The path of the model's `service-2.json`.
        structure: Makes a class from a name and members.
        bound: Adds the bounds of a shape to a type; none where nothing is checked.
        timestamp: The type of instants.
    """

    def __init__(
        self,
        model: str,
        structure: Callable[[str, list[Member]], Any],
        bound: Callable[[Any, Mapping[str, Any]], Any] = lambda made, _: made,
        timestamp: Any = None,
    ) -> None:
        self._shapes: dict[str, Any] = json.loads(Path(model).read_bytes())["shapes"]
        self._structure = structure
        self._bound = bound
        self._timestamp = timestamp
        self.classes: dict[str, Any] = {}

    def make(self, name: str) -> Any:
        """The type of a shape."""
        shape = self._shapes[name]
        match shape["type"]:
            case "structure":
                if name not in self.classes:
                    self.classes[name] = self._structure(name, self._members(shape))
                return self.classes[name]
            case "list":
                item = self.make(shape["member"]["shape"])
                return self._bound(list.__class_getitem__(item), shape)
            case "map":
                parts = [self.make(shape[part]["shape"]) for part in ("key", "value")]
                return dict.__class_getitem__(tuple(parts))
            case "timestamp":
                return self._timestamp
            case "string" if "enum" in shape:
                return StrEnum(
                    name, {re.sub(r"\W", "_", one): one for one in shape["enum"]}
                )
            case scalar:
                return self._bound(SCALARS[scalar], shape)

    def _members(self, shape: Mapping[str, Any]) -> list[Member]:
        required = shape.get("required", ())
        return [
            Member(attribute(name), name, self.make(member["shape"]), name in required)
            for name, member in shape["members"].items()
        ]

    def builder(
        self, name: str, value: Any, classes: Mapping[str, Any]
    ) -> Callable[[], Any]:
        """A function that makes an object class by class, as a person writes it."""
        source = f"lambda: {self._expression(name, value)}"
        names = {**classes, "datetime": dt}
        made: Callable[[], Any] = eval(source, names)  # noqa: S307 - it is our own
        return made

    def _expression(self, name: str, value: Any) -> str:
        shape = self._shapes[name]
        if shape["type"] == "structure":
            given = [
                (key, self._expression(shape["members"][key]["shape"], item))
                for key, item in value.items()
            ]
            return f"{name}({', '.join(f'{attribute(key)}={it}' for key, it in given)})"
        if shape["type"] == "list":
            items = (self._expression(shape["member"]["shape"], item) for item in value)
            return f"[{', '.join(items)}]"
        return repr(value)

    @cached_property
    def structures(self) -> list[str]:
        """The names of all structures."""
        return [
            name for name, shape in self._shapes.items() if shape["type"] == "structure"
        ]


def attribute(name: str) -> str:
    """The name of a member in Python."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
