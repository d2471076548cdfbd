"""From a JSON document to botocore's parameters.

Stricter than botocore's parser, which reads replies: a null, a member under another
name or a timestamp in another format is what a client must not send.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

from attrs import Factory, frozen
from botocore.model import ListShape, MapShape, Shape, StructureShape

from botosmith.testing.sample import choose_scalar
from botosmith.testing.wire import read_blob, read_timestamp, wire_name

_NUMBERS = {
    "NaN": float("nan"),
    "Infinity": float("inf"),
    "-Infinity": float("-inf"),
}


@frozen
class Decoder:
    """Turns documents into parameters, and collects what is wrong with them.

    Values of a wrong type are left as they are: botocore's own validator says so.

    Attributes:
        problems: What is wrong, each beginning with the path.
    """

    problems: list[str] = Factory(list[str])

    def decode(self, value: Any, shape: Shape, path: str = "") -> Any:
        """The parameter that a wire value of a shape stands for."""
        match shape:
            case StructureShape() if isinstance(value, dict):
                document = cast("dict[str, Any]", value)
                return self._decode_structure(document, shape, path)
            case ListShape() if isinstance(value, list):
                return [
                    self.decode(item, shape.member, f"{path}[{index}]")
                    for index, item in enumerate(cast("Sequence[Any]", value))
                ]
            case MapShape() if isinstance(value, dict):
                return {
                    key: self.decode(item, shape.value, f"{path}.{key}")
                    for key, item in cast("dict[str, Any]", value).items()
                }
            case _:
                return self._decode_scalar(value, shape, path)

    def _decode_structure(
        self, value: dict[str, Any], shape: StructureShape, path: str
    ) -> dict[str, Any]:
        if shape.is_document_type:
            return value
        names = {
            wire_name(name, member): name for name, member in shape.members.items()
        }
        parameters: dict[str, Any] = {}
        for key, item in value.items():
            place = f"{path}.{key}" if path else key
            if key in names:
                member = shape.members[names[key]]
                parameters[names[key]] = self.decode(item, member, place)
            else:
                self.problems.append(f"{place}: {shape.name} has no such member")
        return parameters

    def _decode_scalar(self, value: Any, shape: Shape, path: str) -> Any:
        kind = shape.type_name
        if kind in ("float", "double") and isinstance(value, str):
            return _NUMBERS.get(value, value)
        try:
            return _READERS[kind](value, shape) if kind in _READERS else value
        except ValueError as error:
            self.problems.append(f"{path}: {value!r} is not a valid {kind}: {error}")
            # With nothing else wrong with it, so that this is not said twice.
            return choose_scalar(shape)


_READERS: dict[str, Callable[[Any, Shape], Any]] = {
    "timestamp": read_timestamp,
    "blob": lambda value, _: read_blob(value),
}
