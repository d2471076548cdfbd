"""The data that a generated package carries for botocore, in botocore's own layout."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import PurePosixPath
from typing import Any

from botocore.exceptions import DataNotFoundError
from botocore.loaders import Loader

from botosmith.generator.jsontype import is_array, is_object
from botosmith.generator.model import ServiceModel

#: What a slim operation leaves out: all that leads to shapes, and prose. Its errors
#: stay, since botocore's retries ask whether a modelled error is to be retried; of its
#: input stays what endpoints depend on.
_SHAPED = frozenset({"input", "output", "documentation", "documentationUrl"})

#: Traits of members from which botocore makes the endpoint of a call.
_ENDPOINT_TRAITS = frozenset({"contextParam", "hostLabel"})

#: Traits of operations that botocore serves from shapes which a slim model lacks.
_PLAIN_TRAITS = frozenset({"endpointdiscovery", "endpointoperation", "httpChecksum"})

#: What botocore asks of an error's shape.
_ERROR_TRAITS = frozenset({"type", "exception", "error", "retryable", "fault"})

Files = tuple[tuple[PurePosixPath, str], ...]


#: Where a package says which names the rules alone would not give.
LOCK = PurePosixPath("data/names.json")


def plan_data(loader: Loader, model: ServiceModel, lock: Mapping[str, str]) -> Files:
    """The files below a package's `data/` folder.

    Args:
        loader: Reads the endpoint data: that beside the model, else botocore's own.
        model: The service.
        lock: The names that the rules alone would not give, by place.
    """
    home = PurePosixPath("data") / model.name / model.api_version
    files = [
        (home / "operations.json", _slim(model)),
        (home / "service-2.json", _full(model)),
        (PurePosixPath("data/endpoints.json"), _endpoints(loader, model)),
        (PurePosixPath("data/partitions.json"), _dump(_load(loader, "partitions"))),
    ]
    if lock:
        files.append((LOCK, _dump({"names": lock})))
    try:
        rules = loader.load_service_model(
            model.name, "endpoint-rule-set-1", model.api_version
        )
    except DataNotFoundError:
        return tuple(files)
    return (*files, (home / "endpoint-rule-set-1.json", _dump(rules)))


def _slim(model: ServiceModel) -> str:
    """The model without shapes: a client over it is made in a third of the time."""
    operations = {
        name: {key: value for key, value in operation.items() if key not in _SHAPED}
        for name, operation in model.source["operations"].items()
    }
    errors: dict[str, Any] = {
        name: {"members": {}, **_keep(shape, _ERROR_TRAITS)}
        for name, shape in model.source["shapes"].items()
        if model.shapes[name].exception
    }
    inputs: dict[str, Any] = {}
    for name, operation in model.operations.items():
        if operation.input and (kept := _endpoint_shapes(model, operation.input)):
            operations[name]["input"] = {"shape": operation.input}
            inputs |= kept
    slim: dict[str, Any] = {
        "version": "2.0",
        "metadata": model.source["metadata"],
        "operations": operations,
        "shapes": errors | inputs,
    }
    return _dump(slim)


def _endpoint_shapes(model: ServiceModel, name: str) -> dict[str, Any]:
    """An input shape with only the members that endpoints depend on, and theirs."""
    shapes = model.source["shapes"]
    members = {
        member: _without_documentation(reference)
        for member, reference in shapes[name].get("members", {}).items()
        if _ENDPOINT_TRAITS & reference.keys()
    }
    if not members:
        return {}
    held = {
        reference["shape"]: _keep(shapes[reference["shape"]], frozenset({"type"}))
        for reference in members.values()
    }
    return {name: {"type": "structure", "members": members}, **held}


def allows_direct_path(model: ServiceModel) -> bool:
    """Whether a slim model tells botocore all that it needs of this service."""
    return not any(
        _PLAIN_TRAITS & operation.keys()
        for operation in model.source["operations"].values()
    )


def _keep(source: Mapping[str, Any], keys: frozenset[str]) -> dict[str, Any]:
    return {key: value for key, value in source.items() if key in keys}


def _full(model: ServiceModel) -> str:
    """The model without prose, for the plain path."""
    return _dump(_without_documentation(model.source))


def _endpoints(loader: Loader, model: ServiceModel) -> str:
    prefix = model.source["metadata"]["endpointPrefix"]
    kept = {prefix, model.name}
    return _dump(cut_endpoints(_load(loader, "endpoints"), kept))


def cut_endpoints(
    endpoints: Mapping[str, Any], kept: Collection[str]
) -> dict[str, Any]:
    """botocore's endpoints with but a few of the services that they list."""
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
        return loader.load_data(name)
    except DataNotFoundError:
        return Loader().load_data(name)


def _without_documentation(source: Any) -> Any:
    if is_object(source):
        return {
            key: _without_documentation(value)
            for key, value in source.items()
            # A member may be called so, too; then its value is no text.
            if not (key == "documentation" and isinstance(value, str))
        }
    if is_array(source):
        return [_without_documentation(value) for value in source]
    return source


def _dump(source: Mapping[str, Any]) -> str:
    """JSON with a line for each entry of the second level, to keep diffs small."""
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
