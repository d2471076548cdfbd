"""Changes that botocore's handlers make to the models of some services.

The handlers (`botocore.handlers`, `BUILTIN_HANDLERS`) run as they do under boto3; this
module has their effects on the types of parameters and replies.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import evolve

from botosmith.generator.model.service_model import (
    MemberModel,
    Role,
    ServiceModel,
    ShapeModel,
)

#: Members of these shapes whose types differ from their models.
_ROLES: Mapping[str, Mapping[str, Role]] = {
    # `json_decode_template_body`: a template that is JSON comes decoded.
    "cloudformation": {"GetTemplateOutput.TemplateBody": "document"},
    # `base64_encode_user_data`
    "autoscaling": {"CreateLaunchConfigurationType.UserData": "octets"},
    "ec2": {"RunInstancesRequest.UserData": "octets"},
}

#: Members whose types differ in every shape of a service.
_ROLES_EVERYWHERE: Mapping[str, Mapping[str, Role]] = {
    # `sse_md5`, `copy_source_sse_md5`, and `handle_copy_source_param`
    "s3": {
        "SSECustomerKey": "octets",
        "CopySourceSSECustomerKey": "octets",
        "CopySource": "document",
    },
}

_COPY_SOURCE = (
    "<p>It may be given as a dictionary, too: <code>{'Bucket': 'bucket', 'Key': 'key',"
    " 'VersionId': 'id'}</code>, the version being optional.</p>"
)

#: Documentation of such a member, which follows that of its model.
_WORDS: Mapping[tuple[str, str], str] = {("s3", "CopySource"): _COPY_SOURCE}

#: Shapes whose values a handler shortens: `fix_route53_ids` removes the path with
#: which the service returns them.
_SHORTENED: Mapping[str, frozenset[str]] = {
    "route53": frozenset({"ChangeId", "DelegationSetId", "ResourceId"})
}

#: Members that a handler fills in: `inject_account_id`.
_FILLED_IN: Mapping[str, frozenset[str]] = {"glacier": frozenset({"accountId"})}


def customise(model: ServiceModel) -> ServiceModel:
    """Return the model as botocore's users see it."""
    changed = _change_shapes(model, lambda shape: _fill_in(model.name, shape))
    changed = _change_shapes(changed, lambda shape: _retype(model.name, shape))
    changed = _change_shapes(changed, lambda shape: _lengthen(model.name, shape))
    if model.name == "s3":
        return _add_expires_text(changed)
    return _decode_policies(changed) if model.name == "iam" else changed


def _add_expires_text(model: ServiceModel) -> ServiceModel:
    """Add a member with the text of `Expires` to replies (`handle_expires_header`)."""
    replies = {one.output for one in model.operations.values()}

    def add(shape: ShapeModel) -> ShapeModel:
        if shape.name not in replies or "Expires" not in shape.members:
            return shape
        text = evolve(
            shape.members["ContentType"],
            name="ExpiresString",
            wire_name="ExpiresString",
            documentation="<p>The <code>Expires</code> header as it came.</p>",
            location=None,
        )
        return evolve(shape, members={**shape.members, text.name: text})

    return _change_shapes(model, add)


def _change_shapes(
    model: ServiceModel, change: Callable[[ShapeModel], ShapeModel]
) -> ServiceModel:
    shapes = {name: change(shape) for name, shape in model.shapes.items()}
    return evolve(model, shapes=shapes)


def _fill_in(service: str, shape: ShapeModel) -> ShapeModel:
    filled = _FILLED_IN.get(service, frozenset())
    if not filled & shape.required:
        return shape
    return evolve(shape, required=shape.required - filled)


def _lengthen(service: str, shape: ShapeModel) -> ShapeModel:
    if shape.name not in _SHORTENED.get(service, ()):
        return shape
    return evolve(shape, max=None)


def _retype(service: str, shape: ShapeModel) -> ShapeModel:
    everywhere = _ROLES_EVERYWHERE.get(service, {})
    here = _ROLES.get(service, {})

    def retype(member: MemberModel) -> MemberModel:
        role = here.get(f"{shape.name}.{member.name}") or everywhere.get(member.name)
        if role is None:
            return member
        words = _WORDS.get((service, member.name), "")
        return evolve(member, role=role, documentation=member.documentation + words)

    if not here and not everywhere:
        return shape
    members = {name: retype(member) for name, member in shape.members.items()}
    return evolve(shape, members=members)


def _decode_policies(model: ServiceModel) -> ServiceModel:
    """Change policies in replies to dictionaries (`json_decode_policies`)."""
    replies: set[str] = set()
    waiting = [one.output for one in model.operations.values() if one.output]
    while waiting:
        name = waiting.pop()
        if name not in replies:
            replies.add(name)
            waiting.extend(model.shapes[name].used_shapes)

    def decode(shape: ShapeModel) -> ShapeModel:
        if shape.name not in replies:
            return shape
        members = {
            name: (
                evolve(member, role="document")
                if member.shape == "policyDocumentType"
                else member
            )
            for name, member in shape.members.items()
        }
        return evolve(shape, members=members)

    return _change_shapes(model, decode)
