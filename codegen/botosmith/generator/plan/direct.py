"""What the direct path can do, and how it divides a request.

On the direct path rendered wire code writes the body, and botocore's serializer writes
all that is around it: method, path, query string, headers and host, the envelope. What
it needs for that is not part of the body.
"""

from __future__ import annotations

from collections.abc import Iterator

from botosmith.generator.model import (
    MemberModel,
    OperationModel,
    ServiceModel,
    ShapeModel,
)
from botosmith.generator.plan.form import PLAIN, find_form

#: Where botocore's REST serializers have a member outside the body
#: (`botocore.serialize.BaseRestSerializer.KNOWN_LOCATIONS`).
_LOCATIONS = frozenset({"uri", "querystring", "header", "headers"})

#: Traits of operations that botocore serves from shapes which a slim model lacks.
_PLAIN_TRAITS = frozenset({"httpChecksum"})


def has_wire_code(model: ServiceModel) -> bool:
    """Whether wire code is rendered that speaks the service's protocol."""
    return find_form(model.protocol) is not PLAIN


def takes_plain_path(model: ServiceModel, operation: OperationModel) -> bool:
    """Whether an operation is left to botocore, although its service has wire code.

    So are bodies that are no documents: streams of bytes or events, and mere text.
    """
    traits = model.source["operations"][operation.name]
    members = list(_own_members(model, operation))
    return (
        bool(_PLAIN_TRAITS & traits.keys())
        # botocore asks for endpoints with as many members as the operation has.
        or (bool(members) and bool(traits.get("endpointoperation")))
        or any(
            _is_raw(model, member) or _discovers_endpoint(model, member)
            for member in members
        )
    )


def _own_members(
    model: ServiceModel, operation: OperationModel
) -> Iterator[tuple[ShapeModel, MemberModel]]:
    for end in (operation.input, operation.output):
        if end is not None:
            shape = model.shapes[end]
            yield from ((shape, member) for member in shape.members.values())


def _is_raw(model: ServiceModel, use: tuple[ShapeModel, MemberModel]) -> bool:
    owner, member = use
    if member.role in {"body", "stream", "events"}:
        return True
    kind = model.shapes[member.shape].type
    return owner.payload == member.name and kind not in {"structure", "list", "map"}


def _discovers_endpoint(
    model: ServiceModel, use: tuple[ShapeModel, MemberModel]
) -> bool:
    owner, member = use
    source = model.source["shapes"][owner.name]["members"][member.name]
    return bool(source.get("endpointdiscoveryid"))


def in_envelope(model: ServiceModel, member: MemberModel) -> bool:
    """Whether a request's member is needed to write the envelope."""
    return member.host_label or is_located(model, member)


def is_located(model: ServiceModel, member: MemberModel) -> bool:
    """Whether a request's member is outside the body."""
    return model.protocol == "rest-json" and member.location in _LOCATIONS


def has_body(model: ServiceModel, operation: OperationModel) -> bool:
    """Whether a request has a body, be it an empty document.

    As botocore has it: always with `json`, with CBOR for an operation that has an
    input, with REST for one that has members which stand nowhere else.
    """
    if model.protocol == "json":
        return True
    if operation.input is None:
        return False
    members = model.shapes[operation.input].members.values()
    return model.protocol != "rest-json" or not all(
        is_located(model, member) for member in members
    )


def find_payload(model: ServiceModel, end: str | None) -> str | None:
    """The member that is a request's or reply's whole document."""
    if end is None or model.protocol != "rest-json":
        return None
    owner = model.shapes[end]
    if owner.payload is None:
        return None
    is_raw = _is_raw(model, (owner, owner.members[owner.payload]))
    return None if is_raw else owner.payload
