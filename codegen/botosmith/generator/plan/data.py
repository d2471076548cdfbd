"""The data that a generated package carries for botocore, in botocore's own layout."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from attrs import asdict
from botocore.exceptions import DataNotFoundError
from botocore.loaders import Loader

from botosmith.generator.json_type import is_array, is_object
from botosmith.generator.model import OperationModel, ServiceModel
from botosmith.generator.model.endpoints import (
    check_endpoints,
    check_object,
    check_rules,
)
from botosmith.generator.model.reading import read_json
from botosmith.generator.plan.wire_support import (
    has_wire_code,
    in_envelope,
    tells_endpoints,
)

#: The keys that an operation leaves out: those of shapes, and prose. Its errors are
#: kept, since botocore's retries ask whether a modelled error is to be retried.
_SHAPED = frozenset({"input", "output", "documentation", "documentationUrl"})

#: Traits of members from which botocore makes the endpoint of a call.
_ENDPOINT_TRAITS = frozenset({"contextParam", "hostLabel"})

#: Traits of members that wire code handles.
_WRITTEN_TRAITS = frozenset({"idempotencyToken"})

#: The keys that botocore reads in the shape of a member outside the body.
_LEAF_TRAITS = frozenset(
    {
        *("type", "member", "key", "value", "timestampFormat", "jsonvalue"),
        *("location", "locationName", "hostLabel", "contextParam"),
    }
)

#: The keys about a service's clients; botocore requires even their documentation.
_CLIENT_TRAITS = frozenset({"clientContextParams"})

#: The keys that botocore reads in an error's shape.
_ERROR_TRAITS = frozenset({"type", "exception", "error", "retryable", "fault"})

Files = tuple[tuple[PurePosixPath, str], ...]


#: A package's file of the names that the rules alone would not give.
LOCK = PurePosixPath("data/names.json")

#: A package's file of its waiters, beside its model.
WAITERS = "waiters-2.json"


def plan_data(loader: Loader, model: ServiceModel, lock: Mapping[str, str]) -> Files:
    """Return the files below a package's `data/` folder.

    Args:
        loader: Reads the endpoint data: that beside the model, else botocore's own.
        model: The service.
        lock: The names that the rules alone would not give, by place.

    Raises:
        ModelError: Endpoint data cannot be read, or breaks its format.
    """
    home = PurePosixPath("data") / model.name / model.api_version
    files = [
        (home / "operations.json", _slim(model)),
        (home / "service-2.json", _full(model)),
        (PurePosixPath("data/endpoints.json"), _endpoints(loader, model)),
        (PurePosixPath("data/partitions.json"), _dump(_partitions(loader))),
    ]
    if lock:
        files.append((LOCK, _dump({"names": lock})))
    if model.waiters:
        files.append((home / WAITERS, _waiters(model)))
    kind = "endpoint-rule-set-1"
    load = partial(loader.load_service_model, model.name, kind, model.api_version)
    file = f"{model.name}/{model.api_version}/{kind}.json"
    try:
        rules = read_json(load, file)
    except DataNotFoundError:
        return tuple(files)
    check_rules(rules, file)
    return (*files, (home / "endpoint-rule-set-1.json", _dump(rules)))


def _slim(model: ServiceModel) -> str:
    """Return the model without shapes: a client of it is made in a third of the time.

    Inputs keep the members that botocore needs to write the envelope of a call, and to
    find its endpoint; botocore's serializer looks operations up in the full model.
    """
    operations = {
        name: {key: value for key, value in operation.items() if key not in _SHAPED}
        for name, operation in model.source["operations"].items()
    }
    errors: dict[str, Any] = {}
    leaves: dict[str, Any] = {}
    inputs: dict[str, Any] = {}
    is_written, is_searched = has_wire_code(model), _asks_for_members(model)
    if is_written:
        errors = {
            name: {"members": {}, **_keep(shape, _ERROR_TRAITS)}
            for name, shape in model.source["shapes"].items()
            if shape.get("exception")
        }
    for name, operation in model.operations.items():
        if not (is_written or tells_endpoints(model, operation)):
            continue
        members = _envelope_members(model, operation)
        if operation.input is None or not (members or is_searched):
            continue
        operations[name]["input"] = {"shape": operation.input}
        inputs[operation.input] = {"type": "structure", "members": members}
        for reference in members.values():
            leaves |= _leaf_shapes(model.source["shapes"], reference["shape"])
    slim: dict[str, Any] = {
        "version": "2.0",
        "metadata": model.source["metadata"],
        "operations": operations,
        "shapes": errors | leaves | inputs,
        **_keep(model.source, _CLIENT_TRAITS),
    }
    return _dump(slim)


def _envelope_members(
    model: ServiceModel, operation: OperationModel
) -> dict[str, dict[str, Any]]:
    """Return the members of an operation's input that its envelope needs."""
    if operation.input is None:
        return {}
    shape = model.shapes[operation.input]
    is_asked = tells_endpoints(model, operation)
    sources = model.source["shapes"][operation.input].get("members", {})
    return {
        member: {
            key: value
            for key, value in _without_documentation(reference).items()
            if key not in _WRITTEN_TRAITS
        }
        for member, reference in sources.items()
        if is_asked
        or _ENDPOINT_TRAITS
        & {**model.source["shapes"][reference["shape"]], **reference}.keys()
        or in_envelope(model, shape.members[member])
    }


def _asks_for_members(model: ServiceModel) -> bool:
    """Return whether botocore reads the members of all inputs.

    It does so to write a URI, and to find the endpoint of a call, cached by members.
    """
    return model.protocol == "rest-json" or any(
        "endpointdiscovery" in operation
        for operation in model.source["operations"].values()
    )


def _leaf_shapes(shapes: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return a member's shape and its parts, with the keys that botocore reads."""
    kept = _without_documentation(_keep(shapes[name], _LEAF_TRAITS))
    if kept["type"] == "structure":
        return {name: {**kept, "members": {}}}
    found = {name: kept}
    for part in ("member", "key", "value"):
        if part in kept:
            found |= _leaf_shapes(shapes, kept[part]["shape"])
    return found


def _keep(source: Mapping[str, Any], keys: frozenset[str]) -> dict[str, Any]:
    return {key: value for key, value in source.items() if key in keys}


def _full(model: ServiceModel) -> str:
    """Return the model without prose, for botocore's serializer."""
    kept = _keep(model.source, _CLIENT_TRAITS)
    return _dump({**_without_documentation(model.source), **kept})


def _waiters(model: ServiceModel) -> str:
    """Return the waiters, so that they keep their names; clients do not read them."""
    waiters = {
        waiter.name: {
            "operation": waiter.operation,
            "delay": waiter.delay,
            "maxAttempts": waiter.max_attempts,
            "acceptors": [
                asdict(acceptor, filter=lambda _, value: value is not None)
                for acceptor in waiter.acceptors
            ],
        }
        for waiter in model.waiters.values()
    }
    return _dump({"version": 2, "waiters": waiters})


def _endpoints(loader: Loader, model: ServiceModel) -> str:
    prefix = model.source["metadata"]["endpointPrefix"]
    kept = {prefix, model.name}
    endpoints = _load(loader, "endpoints")
    check_endpoints(endpoints, "endpoints.json")
    return _dump(cut_endpoints(endpoints, kept))


def _partitions(loader: Loader) -> Any:
    partitions = _load(loader, "partitions")
    check_object(partitions, "partitions.json")
    return partitions


def cut_endpoints(
    endpoints: Mapping[str, Any], kept: Collection[str]
) -> dict[str, Any]:
    """Return botocore's endpoints for some of the services that they list."""
    partitions = [
        {
            **partition,
            "services": {
                name: service
                for name, service in partition["services"].items()
                if name in kept
            },
        }
        for partition in endpoints["partitions"]
    ]
    return {**endpoints, "partitions": partitions}


def _load(loader: Loader, name: str) -> Any:
    try:
        return read_json(partial(loader.load_data, name), f"{name}.json")
    except DataNotFoundError:
        return Loader().load_data(name)


def _without_documentation(source: Any) -> Any:
    if is_object(source):
        return {
            key: _without_documentation(value)
            for key, value in source.items()
            # A member may have this name, too; then its value is not text.
            if not (key == "documentation" and isinstance(value, str))
        }
    if is_array(source):
        return [_without_documentation(value) for value in source]
    return source


def _dump(source: Mapping[str, Any]) -> str:
    """Return JSON with a line for each entry of the second level, for small diffs."""
    sections: list[str] = []
    for key, value in source.items():
        if is_object(value) and value:
            entries = ",\n".join(
                f"    {json.dumps(name)}: {_compact(entry)}"
                for name, entry in value.items()
            )
            sections.append(f"  {json.dumps(key)}: {{\n{entries}\n  }}")
        elif is_array(value) and value:
            entries = ",\n".join(f"    {_compact(entry)}" for entry in value)
            sections.append(f"  {json.dumps(key)}: [\n{entries}\n  ]")
        else:
            sections.append(f"  {json.dumps(key)}: {_compact(value)}")
    body = ",\n".join(sections)
    return f"{{\n{body}\n}}\n"


def _compact(value: Any) -> str:
    return json.dumps(value, separators=(", ", ": "))
