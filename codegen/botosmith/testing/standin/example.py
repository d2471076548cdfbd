"""A well-formed reply, made from an output shape.

Every member is there, with the same value each time, except:

- a member of the request that has the same name and shape is echoed;
- a string whose member's name ends in `Arn` names what the request names:
  CreateModel with the ModelName `a` gets the ModelArn
  `arn:aws:sagemaker:us-east-1:123456789012:model/a`;
- a token that could be sent back (`NextToken` and its like) is left out, since a
  paginator would follow it for ever;
- where a shape is within itself, optional members, lists and maps end.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from attrs import frozen
from botocore import xform_name
from botocore.model import ListShape, MapShape, OperationModel, Shape, StructureShape

from botosmith.testing.standin.sample import choose_string, write_arn
from botosmith.testing.wire import wire_name, write_blob, write_timestamp

#: The moment that AWS's reference pages show.
_MOMENT = datetime(2015, 1, 1, tzinfo=UTC)

_TOKENS = ("Token", "Marker")

_UNBOUNDED = float("inf")


def make_output(
    operation: OperationModel, request: Mapping[str, Any], region: str
) -> dict[str, Any]:
    """The reply document to a request document."""
    shape = operation.output_shape
    if shape is None:
        return {}
    given = operation.input_shape.members if operation.input_shape else {}
    maker = _Maker(operation.service_model.signing_name, region, request)
    output: dict[str, Any] = {}
    for name, member in shape.members.items():
        key = wire_name(name, member)
        same = name in given and given[name].name == member.name
        if same and key in request:
            output[key] = request[key]
        elif name in shape.required_members or not (same and name.endswith(_TOKENS)):
            output[key] = maker.make(member, name, (shape.name,))
    return output


@frozen
class _Maker:
    service: str
    region: str
    request: Mapping[str, Any]

    def make(self, shape: Shape, name: str, trail: tuple[str, ...]) -> Any:
        """A wire value of a shape, for a member of some name within some shapes."""
        match shape:
            case StructureShape():
                return self._make_structure(shape, trail)
            case ListShape():
                count = max(shape.metadata.get("min", 0), not _ends(shape, trail))
                return [self.make(shape.member, name, trail) for _ in range(count)]
            case MapShape():
                if _ends(shape, trail):
                    return {}
                key = self.make(shape.key, "", trail)
                return {key: self.make(shape.value, name, trail)}
            case _:
                return self._make_scalar(shape, name)

    def _make_structure(
        self, shape: StructureShape, trail: tuple[str, ...]
    ) -> dict[str, Any]:
        inner = (*trail, shape.name)
        members = {
            name: member
            for name, member in shape.members.items()
            if name in shape.required_members or not _ends(member, inner)
        }
        if shape.is_tagged_union:
            members = dict(list(members.items())[:1])
        return {
            wire_name(name, member): self.make(member, name, inner)
            for name, member in members.items()
        }

    def _make_scalar(self, shape: Shape, name: str) -> Any:
        least = shape.metadata.get("min", 0)
        match shape.type_name:
            case "boolean":
                return True
            case "timestamp":
                return write_timestamp(_MOMENT, shape)
            case "blob":
                return write_blob(b"example".ljust(least))
            case "string":
                return self._make_string(shape, name)
            case _:
                return max(least, min(1, shape.metadata.get("max", 1)))

    def _make_string(self, shape: Shape, name: str) -> str:
        rules = shape.metadata
        if rules.get("enum"):
            return str(rules["enum"][0])
        # The shape of an ARN often tells what it is of, where its member does not.
        named = (text for text in (shape.name, name) if text.endswith("Arn"))
        wishes = tuple(self._wish_arn(text) for text in named)
        longest = rules.get("max", _UNBOUNDED)
        return choose_string(wishes, rules.get("min", 0), longest, rules.get("pattern"))

    def _wish_arn(self, name: str) -> str:
        kind = name.removesuffix("Arn")
        names = self.request.get(f"{kind}Name"), self.request.get("Name")
        named = next((text for text in names if isinstance(text, str)), "example")
        return write_arn(self.service, self.region, xform_name(kind, "-"), named)


def _ends(shape: Shape, trail: tuple[str, ...]) -> bool:
    """Whether a structure, or what a list or map holds, is within itself."""
    match shape:
        case ListShape():
            return _ends(shape.member, trail)
        case MapShape():
            return _ends(shape.value, trail)
        case _:
            return shape.name in trail
