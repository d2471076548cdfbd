"""Values of requests and replies, between boto3's dictionaries and our objects."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from botosmith.runtime import EventStream, StreamingBody, Structure, Union, schema
from botosmith.runtime.serde.readers import SDK_UNKNOWN_MEMBER


def make(structure: type[Structure], parameters: Mapping[str, Any]) -> Structure:
    """An object as a person would write it; values of members stay as they are.

    Args:
        structure: The generated class.
        parameters: boto3's dictionary.
    """
    fields = {field.member.name: field for field in schema.fields(structure)}
    return structure(
        **{
            fields[name].attribute: _make_value(fields[name].member.type, value)
            for name, value in parameters.items()
        }
    )


def _make_value(type_: schema.Type, value: Any) -> Any:
    match type_:
        case schema.Structure() if isinstance(value, dict):
            return make(type_.structure, value)
        case schema.List() if isinstance(value, list):
            return [_make_value(type_.member, item) for item in value]
        case schema.Map() if isinstance(value, dict):
            return {key: _make_value(type_.value, item) for key, item in value.items()}
        case _:
            return value


def arrange(
    structure: type[Structure], parameters: Mapping[str, Any]
) -> dict[str, Any]:
    """boto3's dictionary in the order of the model, in which our objects are sent."""
    return {
        field.member.name: _arrange_value(field.member.type, parameters[name])
        for field in schema.fields(structure)
        if (name := field.member.name) in parameters
    }


def _arrange_value(type_: schema.Type, value: Any) -> Any:
    match type_:
        case schema.Structure() if isinstance(value, dict):
            return arrange(type_.structure, value)
        case schema.List() if isinstance(value, list):
            return [_arrange_value(type_.member, item) for item in value]
        case schema.Map() if isinstance(value, dict):
            return {
                key: _arrange_value(type_.value, item) for key, item in value.items()
            }
        case _:
            return value


def _members(value: Structure) -> dict[str, Any]:
    """Return the members that are set in an object, by the names of the model.

    As `to_boto3` has it, but for streams, which stay ours.
    """
    members = {
        field.member.name: item
        for field in schema.fields(type(value))
        if (item := getattr(value, field.attribute)) is not None
    }
    if isinstance(value, Union) and value.sdk_unknown_member is not None:
        members[SDK_UNKNOWN_MEMBER] = {"name": value.sdk_unknown_member.name}
    return members


def drain(value: Any) -> Any:  # noqa: C901, PLR0911 - a case for each kind
    """A reply's value with its streams read, each type told apart from the others."""
    match value:
        case EventStream():
            return [drain(event) for event in value]
        case StreamingBody():
            with value:
                return ("bytes", value.read())
        case Structure():
            return drain(_members(value))
        case dict():
            return {key: drain(item) for key, item in value.items()}
        case list():
            return [drain(item) for item in value]
        case datetime():
            return value.astimezone(UTC)
        case None:
            return None
        case _ if hasattr(value, "read"):
            content = value.read()
            value.close()
            return (type(content).__name__, content)
        case _ if hasattr(value, "__next__") or hasattr(value, "get_initial_response"):
            return [drain(event) for event in value]
        case str():
            return ("str", str.__str__(value))
        case float():
            return ("float", repr(value))  # as NaN is not itself
        case _:
            return (type(value).__name__, value)
