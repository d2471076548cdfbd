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
from typing import Any

from attrs import frozen
from botocore import xform_name
from botocore.model import ListShape, MapShape, OperationModel, Shape, StructureShape

from botosmith.testing.sample import ACCOUNT, choose_scalar
from botosmith.testing.wire import wire_name, write_scalar

_TOKENS = ("Token", "Marker")


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
        if same and name.endswith(_TOKENS) and name not in shape.required_members:
            continue
        if same and key in request:
            output[key] = request[key]
        else:
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
                return write_scalar(
                    choose_scalar(shape, self._wishes(shape, name)), shape
                )

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

    def _wishes(self, shape: Shape, name: str) -> tuple[str, ...]:
        # The shape of an ARN often tells what it is of, where its member does not.
        named = (text for text in (shape.name, name) if text.endswith("Arn"))
        return tuple(self._write_arn(text.removesuffix("Arn")) for text in named)

    def _write_arn(self, kind: str) -> str:
        names = self.request.get(f"{kind}Name"), self.request.get("Name")
        named = next((text for text in names if isinstance(text, str)), "example")
        resource = f"{xform_name(kind, '-')}/{named}"
        return f"arn:aws:{self.service}:{self.region}:{ACCOUNT}:{resource}"


def _ends(shape: Shape, trail: tuple[str, ...]) -> bool:
    """Return whether a structure, or what a list or map holds, is within itself."""
    match shape:
        case ListShape():
            return _ends(shape.member, trail)
        case MapShape():
            return _ends(shape.value, trail)
        case _:
            return shape.name in trail
