"""The reading of a service's model through botocore's loader, and its mirror."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from math import ceil, floor
from typing import Any

from attrs import evolve
from botocore.exceptions import DataNotFoundError
from botocore.loaders import Loader

from botosmith.generator.errors import ModelError, Problem
from botosmith.generator.invisible import make_lines_visible
from botosmith.generator.model.botocore_handlers import customise
from botosmith.generator.model.check import check_format, check_support
from botosmith.generator.model.pagination import check_paginators, mirror_paginators
from botosmith.generator.model.protocol import find_protocol
from botosmith.generator.model.reading import check_names, read_json
from botosmith.generator.model.service_model import (
    FLOATS,
    MemberModel,
    OperationModel,
    PaginatorModel,
    Role,
    ServiceModel,
    ShapeModel,
    ShapeReference,
    WaiterModel,
)
from botosmith.generator.model.waiter import check_waiters, mirror_waiters

#: The tables of services without such a file.
_NO_PAGINATORS: Mapping[str, Any] = {"pagination": {}}
_NO_WAITERS: Mapping[str, Any] = {"version": 2, "waiters": {}}


def load_model(loader: Loader, service_name: str) -> ServiceModel:
    """Read and check one service's model.

    Raises:
        ModelError: The model is missing, is not JSON, breaks the format, or has a
            feature without support; lists every problem with its JSON path.
    """
    source, api_version = _read(loader, service_name)
    file = _name_file(service_name, api_version)
    problems = check_format(source, file) or check_support(source, file)
    if problems:
        raise ModelError(tuple(problems))
    model = mirror_model(source, service_name, api_version)
    return evolve(
        model,
        paginators=_load_paginators(loader, model),
        waiters=_load_waiters(loader, model),
    )


def _load_paginators(loader: Loader, model: ServiceModel) -> dict[str, PaginatorModel]:
    source, file = _read_beside(loader, model, "paginators-1", _NO_PAGINATORS)
    found = check_paginators(source, model)
    if problems := tuple(Problem(file, path, message) for path, message in found):
        raise ModelError(problems)
    return mirror_paginators(source, model)


def _load_waiters(loader: Loader, model: ServiceModel) -> dict[str, WaiterModel]:
    source, file = _read_beside(loader, model, "waiters-2", _NO_WAITERS)
    if problems := check_waiters(source, file, model.operations):
        raise ModelError(tuple(problems))
    return mirror_waiters(source)


def _read_beside(
    loader: Loader, model: ServiceModel, kind: str, otherwise: Mapping[str, Any]
) -> tuple[Any, str]:
    """Read a table that some services have beside their model, and name its file."""
    name, version = model.name, model.api_version
    file = f"{name}/{version}/{kind}.json"
    load = partial(loader.load_service_model, name, kind, version)
    try:
        return read_json(load, file), file
    except DataNotFoundError:
        return otherwise, file


def read_model(loader: Loader, service_name: str) -> ServiceModel:
    """Read one service's model, even if code cannot be generated from it.

    Raises:
        ModelError: The model is missing, is not JSON, or breaks the format.
    """
    source, api_version = _read(loader, service_name)
    problems = check_format(source, _name_file(service_name, api_version))
    if problems:
        raise ModelError(tuple(problems))
    return mirror_model(source, service_name, api_version)


def mirror_model(
    source: Mapping[str, Any], service_name: str, api_version: str
) -> ServiceModel:
    """Return a checked model's JSON as frozen values."""
    return customise(_mirror_service(source, service_name, api_version))


def _mirror_service(
    source: Mapping[str, Any], service_name: str, api_version: str
) -> ServiceModel:
    metadata = source["metadata"]
    shapes = source["shapes"]
    ends = {
        use["shape"]
        for operation in source["operations"].values()
        for use in (
            *(operation[end] for end in ("input", "output") if end in operation),
            *operation.get("errors", ()),
        )
    }
    return ServiceModel(
        name=service_name,
        api_version=api_version,
        title=metadata.get("serviceFullName", service_name),
        service_id=metadata["serviceId"],
        documentation=source.get("documentation", ""),
        protocol=find_protocol(metadata) or metadata["protocol"],
        operations={
            name: _mirror_operation(name, operation)
            for name, operation in source["operations"].items()
        },
        shapes={
            name: _mirror_shape(name, shape, shapes, is_end=name in ends)
            for name, shape in shapes.items()
        },
        source=source,
    )


def _read(loader: Loader, service_name: str) -> tuple[Any, str]:
    api_version = "?"
    check_names(service_name)
    kind = "service-2"
    try:
        api_version = loader.determine_latest_version(service_name, kind)
        check_names(service_name, api_version)
        load = partial(loader.load_service_model, service_name, kind, api_version)
        return read_json(load, _name_file(service_name, api_version)), api_version
    except DataNotFoundError as error:
        file = _name_file(service_name, api_version)
        raise ModelError((Problem(file, "", f"no such model: {error}"),)) from error


def _name_file(service_name: str, api_version: str) -> str:
    return f"{service_name}/{api_version}/service-2.json"


def _mirror_operation(name: str, source: Mapping[str, Any]) -> OperationModel:
    return OperationModel(
        name=name,
        documentation=source.get("documentation", ""),
        input=source["input"]["shape"] if "input" in source else None,
        output=source["output"]["shape"] if "output" in source else None,
        errors=tuple(error["shape"] for error in source.get("errors", ())),
        deprecated=_deprecation(source),
    )


def _mirror_shape(
    name: str, source: Mapping[str, Any], shapes: Mapping[str, Any], *, is_end: bool
) -> ShapeModel:
    # `payload` of an inner shape has no meaning.
    payload = source.get("payload") if is_end else None
    is_structure = source["type"] == "structure"
    return ShapeModel(
        name=name,
        type=source["type"],
        documentation=source.get("documentation", ""),
        members={
            member: _mirror_member(
                member,
                reference,
                shapes[reference["shape"]],
                is_payload=member == payload,
            )
            for member, reference in source.get("members", {}).items()
        },
        required=frozenset(source.get("required", ())),
        union=is_structure and source.get("union", False),
        exception=is_structure and source.get("exception", False),
        error_code=source.get("error", {}).get("code"),
        eventstream=is_structure and source.get("eventstream", False),
        payload=payload,
        sparse=source.get("sparse", False) and source["type"] in {"list", "map"},
        document=is_structure and source.get("document", False),
        # An empty enum allows any text, as if there were none.
        enum=tuple(dict.fromkeys(source.get("enum", ()))) or None,
        min=_mirror_bound(source, "min", ceil),
        max=_mirror_bound(source, "max", floor),
        pattern=source.get("pattern"),
        sensitive=source.get("sensitive", False),
        timestamp_format=source.get("timestampFormat"),
        member=_mirror_reference(source.get("member")),
        key=_mirror_reference(source.get("key")),
        value=_mirror_reference(source.get("value")),
    )


def _mirror_bound(
    source: Mapping[str, Any], name: str, settle: Callable[[float], int]
) -> float | None:
    """Return a bound, rounded to an integer for lengths and integers."""
    bound: float | None = source.get(name)
    return bound if bound is None or source["type"] in FLOATS else settle(bound)


def _mirror_member(
    name: str, source: Mapping[str, Any], shape: Mapping[str, Any], *, is_payload: bool
) -> MemberModel:
    # As in botocore (`ShapeResolver.get_shape_by_name`), a member's traits override
    # those of its shape.
    said = {**shape, **source}
    # Without a prefix, a reply's map takes all headers
    # (`botocore.parsers.BaseRestParser._parse_header_map`).
    unnamed = "" if said.get("location") == "headers" else name
    return MemberModel(
        name=name,
        shape=source["shape"],
        documentation=source.get("documentation", ""),
        wire_name=said.get("locationName", unnamed),
        timestamp_format=source.get("timestampFormat"),
        deprecated=_deprecation(source),
        token=said.get("idempotencyToken", False),
        sensitive=source.get("sensitive", False),
        location=said.get("location"),
        host_label=said.get("hostLabel", False),
        role=_find_role(said, is_payload=is_payload),
    )


def _find_role(said: Mapping[str, Any], *, is_payload: bool) -> Role | None:
    if said["type"] == "structure" and said.get("eventstream"):
        return "events"
    # botocore streams every blob that is a whole body, even if the model does not say
    # so (`botocore.model.OperationModel.get_streaming_output`).
    if is_payload and said["type"] == "blob":
        return "stream"
    # In a body, botocore takes and returns the text (`botocore.utils`, `jsonvalue`).
    if said.get("jsonvalue") and said.get("location") == "header":
        return "document"
    return None


def _mirror_reference(source: Mapping[str, Any] | None) -> ShapeReference | None:
    if source is None:
        return None
    return ShapeReference(source["shape"], source.get("documentation", ""))


def _deprecation(source: Mapping[str, Any]) -> str | None:
    if not source.get("deprecated"):
        return None
    # A warning shows it on a terminal.
    message = make_lines_visible(source.get("deprecatedMessage", ""))
    return message or "the model gives no reason"
