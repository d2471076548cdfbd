"""The format of a service model, checked before anything is planned.

The format is botocore's (its `botocore.model`), checked as far as the later stages
rely on it. Problems are collected, never raised one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from botosmith.generator.errors import Problem
from botosmith.generator.json_type import is_array, is_object, name_kind
from botosmith.generator.model.protocol import PROTOCOLS, find_protocol
from botosmith.generator.model.schema import MODEL, find_mismatches

#: The metadata that botocore needs to speak a protocol.
_NEEDED_METADATA: Mapping[str, tuple[str, ...]] = {
    "json": ("jsonVersion", "targetPrefix"),
    "smithy-rpc-v2-cbor": ("targetPrefix",),
}

#: The types of botocore's format.
TYPES = frozenset(
    {
        "structure",
        "list",
        "map",
        "string",
        "character",
        "byte",
        "short",
        "integer",
        "long",
        "bigInteger",
        "float",
        "double",
        "bigDecimal",
        "boolean",
        "timestamp",
        "blob",
    }
)


def check_format(source: Any, file: str) -> list[Problem]:
    """Return every problem that keeps a service model from being understood.

    Args:
        source: The decoded JSON.
        file: The file it came from, named in each problem.
    """
    if not is_object(source):
        return [Problem(file, "", f"is {name_kind(source)}, not an object")]
    mismatches = [*find_mismatches(source, MODEL, "")]
    # A value of the wrong type is reported only once.
    told = {path for path, _ in mismatches}
    found = mismatches + [
        (path, message)
        for path, message in (
            *_check_metadata(source.get("metadata")),
            *_check_shapes(source.get("shapes")),
            *_check_operations(source),
        )
        if path not in told
    ]
    # Only valid references can be followed.
    found = found or [*_check_recursion(source["shapes"])]
    return [Problem(file, path, message) for path, message in found]


def check_support(source: Any, file: str) -> list[Problem]:
    """Return the problems that keep code from being generated from a model."""
    if not is_object(source):
        return []
    found: list[tuple[str, str]] = []
    if is_object(metadata := source.get("metadata")):
        found += _check_protocol(metadata)
    if is_object(shapes := source.get("shapes")):
        found += _check_http(metadata, source.get("operations"), shapes)
        found += _check_payloads(shapes)
        found += _check_raised(source.get("operations"), shapes)
    return [Problem(file, path, message) for path, message in found]


Found = Iterator[tuple[str, str]]


def _check_metadata(metadata: Any) -> Found:
    if not is_object(metadata):
        yield "metadata", f"is {name_kind(metadata)}, not an object"
        return
    for key in ("apiVersion", "endpointPrefix", "protocol", "serviceId"):
        if not isinstance(metadata.get(key), str):
            yield f"metadata.{key}", f"is {name_kind(metadata.get(key))}, not a string"


def _check_protocol(metadata: Mapping[str, Any]) -> Found:
    known = ", ".join(sorted(PROTOCOLS))
    if not isinstance(metadata.get("protocol"), str):
        return
    protocol = find_protocol(metadata)
    if protocol is None:
        key = "protocols" if metadata.get("protocols") else "protocol"
        yield f"metadata.{key}", f"is {metadata[key]!r}, which is none of: {known}"
    for key in _NEEDED_METADATA.get(protocol or "", ()):
        value = metadata.get(key)
        if not isinstance(value, str):
            yield f"metadata.{key}", f"is {name_kind(value)}, not a string"


def _check_http(metadata: Any, operations: Any, shapes: Mapping[str, Any]) -> Found:
    """Check that a REST operation has a method and a URI whose labels are filled."""
    protocol = metadata.get("protocol") if is_object(metadata) else None
    if not isinstance(protocol, str) or not protocol.startswith("rest-"):
        return
    for name, operation in operations.items() if is_object(operations) else ():
        http = operation.get("http") if is_object(operation) else None
        for key in ("method", "requestUri"):
            value = http.get(key) if is_object(http) else None
            path = f"operations.{name}.http.{key}"
            if not isinstance(value, str):
                yield path, f"is {name_kind(value)}, not a string"
            elif key == "requestUri":
                for label in _find_labels(value) - _filled_labels(operation, shapes):
                    yield path, f"has the label {label!r}, which no member fills"


def _find_labels(uri: str) -> set[str]:
    # The same pattern as botocore's (`BaseRestSerializer._render_uri_template`).
    return {label.removesuffix("+") for label in re.findall(r"{(.*?)}", uri)}


def _filled_labels(operation: Mapping[str, Any], shapes: Mapping[str, Any]) -> set[str]:
    reference = operation.get("input")
    name = reference.get("shape") if is_object(reference) else None
    shape = shapes.get(name) if isinstance(name, str) else None
    members = shape.get("members") if is_object(shape) else None
    return {
        str(member.get("locationName", name))
        for name, member in (members.items() if is_object(members) else ())
        if is_object(member) and member.get("location") == "uri"
    }


def _check_payloads(shapes: Mapping[str, Any]) -> Found:
    """Check that the member that `payload` names exists."""
    for name, shape in shapes.items():
        if not is_object(shape) or "payload" not in shape:
            continue
        members = shape.get("members")
        payload = shape["payload"]
        if not isinstance(payload, str) or payload not in (members or ()):
            yield f"shapes.{name}.payload", f"names {payload!r}, which is not a member"


def _check_raised(operations: Any, shapes: Mapping[str, Any]) -> Found:
    """Check that the errors of an operation are exceptions."""
    for name, operation in operations.items() if is_object(operations) else ():
        errors = operation.get("errors") if is_object(operation) else None
        for index, error in enumerate(errors if is_array(errors) else ()):
            raised = error.get("shape") if is_object(error) else None
            shape = shapes.get(raised) if isinstance(raised, str) else None
            if is_object(shape) and not shape.get("exception"):
                path = f"operations.{name}.errors[{index}].shape"
                yield path, f"{raised!r} is not an exception"


def _check_shapes(shapes: Any) -> Found:
    if not is_object(shapes):
        yield "shapes", f"is {name_kind(shapes)}, not an object"
        return
    for name, shape in shapes.items():
        path = f"shapes.{name}"
        if not is_object(shape):
            yield path, f"is {name_kind(shape)}, not an object"
        elif not isinstance(shape.get("type"), str) or shape["type"] not in TYPES:
            yield f"{path}.type", f"is {shape.get('type')!r}, which is not a type"
        else:
            yield from _check_shape(shape, path, shapes)


def _check_shape(
    shape: Mapping[str, Any], path: str, shapes: Mapping[str, Any]
) -> Found:
    if shape.get("eventstream") and shape["type"] != "structure":
        yield f"{path}.eventstream", f"is true of a {shape['type']}, not a structure"
    parts = {"list": ("member",), "map": ("key", "value")}.get(shape["type"], ())
    for part in parts:
        yield from _check_reference(shape.get(part), f"{path}.{part}", shapes)
    members = shape.get("members")
    members = members if is_object(members) else {}
    for name, member in members.items():
        yield from _check_reference(member, f"{path}.members.{name}", shapes)
    if not is_object(shape.get("members", {})):
        return
    required = shape.get("required")
    for name in required if is_array(required) else ():
        if isinstance(name, str) and name not in members:
            yield f"{path}.required", f"names {name!r}, which is not a member"


def _check_recursion(shapes: Mapping[str, Any]) -> Found:
    """Refuse lists and maps that hold themselves: their type would be infinite."""
    for name, shape in shapes.items():
        seen: set[str] = set()
        waiting = _held_by(shape)
        while waiting:
            step = waiting.pop()
            if step == name:
                yield f"shapes.{name}", "holds itself with no structure between"
                break
            if step not in seen:
                seen.add(step)
                waiting += _held_by(shapes[step])


def _held_by(shape: Mapping[str, Any]) -> list[str]:
    parts = {"list": ("member",), "map": ("key", "value")}.get(shape["type"], ())
    return [shape[part]["shape"] for part in parts]


def _check_operations(source: Mapping[str, Any]) -> Found:
    operations = source.get("operations")
    if not is_object(operations):
        yield "operations", f"is {name_kind(operations)}, not an object"
        return
    shapes = source.get("shapes")
    if not is_object(shapes):
        return
    for name, operation in operations.items():
        path = f"operations.{name}"
        if not is_object(operation):
            yield path, f"is {name_kind(operation)}, not an object"
            continue
        for key in ("input", "output"):
            if key in operation:
                yield from _check_structure(operation[key], f"{path}.{key}", shapes)
        errors = operation.get("errors", [])
        if not is_array(errors):
            yield f"{path}.errors", f"is {name_kind(errors)}, not an array"
            continue
        for index, error in enumerate(errors):
            yield from _check_structure(error, f"{path}.errors[{index}]", shapes)


def _check_structure(reference: Any, path: str, shapes: Mapping[str, Any]) -> Found:
    found = list(_check_reference(reference, path, shapes))
    yield from found
    if not found:
        shape = shapes[reference["shape"]]
        if is_object(shape) and shape.get("type") != "structure":
            yield f"{path}.shape", f"{reference['shape']!r} is not a structure"


def _check_reference(reference: Any, path: str, shapes: Mapping[str, Any]) -> Found:
    if not is_object(reference) or not isinstance(reference.get("shape"), str):
        yield path, "names no shape"
        return
    if reference["shape"] not in shapes:
        yield f"{path}.shape", f"{reference['shape']!r} is not among the shapes"
    documentation = reference.get("documentation", "")
    if not isinstance(documentation, str):
        yield f"{path}.documentation", f"is {name_kind(documentation)}, not a string"
