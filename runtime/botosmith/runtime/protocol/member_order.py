"""The order of members in a body that event handlers have had a hand in.

A request object has its members in the model's order, and so have the parameters that
handlers see. What they add or replace is sent where they have put it, as botocore does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from botosmith.runtime import schema
from botosmith.runtime.objects.structure import Request, Structure
from botosmith.runtime.serde.writers import is_list, is_map


def arrange(
    request_class: type[Request[Any]],
    document: dict[str, Any],
    parameters: Mapping[str, Any],
) -> dict[str, Any]:
    """Return a document with its members in the order of the parameters.

    Args:
        request_class: The class of the request.
        document: What wire code has made of the parameters.
        parameters: boto3's parameters.
    """
    fields = schema.fields(request_class)
    if document.keys() <= {field.member.wire_name for field in fields}:
        return _arrange_members(request_class, document, parameters)
    # The document of a request with a payload is that of one member.
    for field in fields:
        given = parameters.get(field.member.name)
        if field.member.location is None and is_map(given):
            arranged: dict[str, Any] = _arrange(field.member.type, document, given)
            return arranged
    return document


def _arrange_members(
    structure: type[Structure], document: dict[str, Any], given: Mapping[str, Any]
) -> dict[str, Any]:
    members = schema.members(structure)
    arranged = {
        member.wire_name: _arrange(member.type, document[member.wire_name], value)
        for name, value in given.items()
        if name in members and (member := members[name].member).wire_name in document
    }
    # A token that was filled in is not among the parameters: it goes last.
    return {
        **arranged,
        **{key: document[key] for key in document if key not in arranged},
    }


def _arrange(type_: schema.Type, written: Any, given: Any) -> Any:
    match type_:
        case schema.Structure() if is_map(written) and is_map(given):
            return _arrange_members(type_.structure, written, given)
        case schema.List() if is_list(written) and is_list(given):
            pairs = zip(written, given, strict=True)
            return [_arrange(type_.member, item, one) for item, one in pairs]
        case schema.Map() if is_map(written) and is_map(given):
            pairs = zip(written.items(), given.values(), strict=True)
            return {key: _arrange(type_.value, item, one) for (key, item), one in pairs}
        case _:
            return written
