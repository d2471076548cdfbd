"""The limits of the generated serializer, and its division of a request.

For the generated serializer, rendered wire code writes the body, and botocore's
serializer writes the envelope: method, path, query string, headers and host. Members of
the envelope are not part of the body.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from botosmith.generator.model import (
    MemberModel,
    OperationModel,
    ServiceModel,
    ShapeModel,
)
from botosmith.generator.plan.reachability import reach
from botosmith.generator.plan.wire_format import PLAIN, find_wire_format

#: Locations outside the body in botocore's REST serializers
#: (`botocore.serialize.BaseRestSerializer.KNOWN_LOCATIONS`).
_LOCATIONS = frozenset({"uri", "querystring", "header", "headers"})

#: Locations outside the body in botocore's REST parsers
#: (`botocore.parsers.BaseRestParser._parse_non_payload_attrs`).
_REPLY_LOCATIONS = frozenset({"header", "headers", "statusCode"})

#: Traits of operations that botocore serves from shapes which a slim model lacks.
_PLAIN_TRAITS = frozenset({"httpChecksum"})


def has_wire_code(model: ServiceModel) -> bool:
    """Return whether wire code can be rendered for the service's protocol."""
    return find_wire_format(model.protocol) is not PLAIN


def takes_plain_path(model: ServiceModel, operation: OperationModel) -> bool:
    """Return whether botocore handles an operation, although its service has wire code.

    This is so for bodies that are not documents (streams of bytes or events, and text),
    and for features of botocore that no model of AWS uses.
    """
    traits = model.source["operations"][operation.name]
    is_left = (
        bool(_PLAIN_TRAITS & traits.keys())
        or _has_odd_documents(model, operation)
        or _has_odd_rules(traits)
        or _discovers_endpoint(model, operation, traits)
    )
    return is_left or any(
        _is_raw(model, shape, member) or (is_input and _is_odd(model, shape, member))
        for is_input, shape in _find_ends(model, operation)
        for member in shape.members.values()
    )


def _has_odd_documents(model: ServiceModel, operation: OperationModel) -> bool:
    """Return whether it has JSON documents, which botocore's CBOR code changes."""
    if model.protocol != "smithy-rpc-v2-cbor":
        return False
    starts = [shape.name for _, shape in _find_ends(model, operation)]
    return any(model.shapes[name].document for name in reach(model.shapes, starts))


def _has_odd_rules(traits: Mapping[str, Any]) -> bool:
    """Return whether a parameter of endpoint rules is computed from all parameters.

    JMESPath's functions accept only a `dict` for that, and no subclass or mapping.
    """
    parameters = traits.get("operationContextParams", {}).values()
    return any("@" in parameter["path"] for parameter in parameters)


def _discovers_endpoint(
    model: ServiceModel, operation: OperationModel, traits: Mapping[str, Any]
) -> bool:
    """Return whether a call takes part in endpoint discovery.

    Either members of its input select the endpoint, also in nested structures, or it is
    the call that returns endpoints
    (`botocore.discovery.EndpointDiscoveryModel`).
    """
    if operation.input is None:
        return False
    if tells_endpoints(model, operation):
        return True
    if "endpointdiscovery" not in traits:
        return False
    sources = model.source["shapes"]
    return any(
        {**sources[member["shape"]], **member}.get("endpointdiscoveryid")
        for name in reach(model.shapes, [operation.input])
        for member in sources[name].get("members", {}).values()
    )


def _find_ends(
    model: ServiceModel, operation: OperationModel
) -> Iterator[tuple[bool, ShapeModel]]:
    for is_input, end in ((True, operation.input), (False, operation.output)):
        if end is not None:
            yield is_input, model.shapes[end]


def _is_raw(model: ServiceModel, owner: ShapeModel, member: MemberModel) -> bool:
    """Return whether a member is a body that is not a document."""
    if member.role in {"stream", "events"}:
        return True
    kind = model.shapes[member.shape].type
    return owner.payload == member.name and kind not in {"structure", "list", "map"}


def _is_odd(model: ServiceModel, owner: ShapeModel, member: MemberModel) -> bool:
    """Return whether botocore writes a request's member in a way of its own."""
    shape = model.shapes[member.shape]
    if owner.payload == member.name:
        return member.token or shape.type != "structure" or shape.document
    if member.token and (shape.type != "string" or _is_beside_payload(owner, member)):
        return True
    return in_envelope(model, member) and _holds_structures(model, shape)


def _is_beside_payload(owner: ShapeModel, member: MemberModel) -> bool:
    """Return whether another member is the whole body, so that this one is not sent."""
    return owner.payload is not None and member.location not in _LOCATIONS


def _holds_structures(model: ServiceModel, shape: ShapeModel) -> bool:
    if shape.type == "structure":
        return True
    return any(
        _holds_structures(model, model.shapes[part.shape]) for part in shape.parts
    )


def tells_endpoints(model: ServiceModel, operation: OperationModel) -> bool:
    """Return whether botocore calls the operation to discover endpoints."""
    return bool(model.source["operations"][operation.name].get("endpointoperation"))


def in_envelope(model: ServiceModel, member: MemberModel) -> bool:
    """Return whether a request's member is needed to write the envelope."""
    return member.host_label or is_located(model, member)


def is_located(model: ServiceModel, member: MemberModel) -> bool:
    """Return whether a request's member is outside the body."""
    return model.protocol == "rest-json" and member.location in _LOCATIONS


def is_elsewhere(model: ServiceModel, member: MemberModel) -> bool:
    """Return whether a reply's member is outside the body."""
    return model.protocol == "rest-json" and member.location in _REPLY_LOCATIONS


def has_body(model: ServiceModel, operation: OperationModel) -> bool:
    """Return whether a request has a body, even if it is an empty document.

    As in botocore, this is always so with `json`, with CBOR if the operation has an
    input, and with REST if the input has members in the body.
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
    """Return the member that is a request's or reply's whole document."""
    if end is None or model.protocol != "rest-json":
        return None
    owner = model.shapes[end]
    if owner.payload is None:
        return None
    is_raw = _is_raw(model, owner, owner.members[owner.payload])
    return None if is_raw else owner.payload
