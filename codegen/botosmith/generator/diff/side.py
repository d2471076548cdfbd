"""What is compared: a folder of models, or the data of a botocore version."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from attrs import field, frozen
from botocore.exceptions import DataNotFoundError
from botocore.loaders import Loader

from botosmith.generator.build import list_services, open_models
from botosmith.generator.diff.service import Service
from botosmith.generator.fetch import fetch_botocore
from botosmith.generator.jsontype import is_object
from botosmith.generator.model import ServiceModel, read_model
from botosmith.generator.problem import UsageError
from botosmith.generator.settings import VERSION

#: The word for the botocore that is there.
INSTALLED = "installed"


@frozen
class Side:
    """One side of a diff.

    Attributes:
        label: What it is, for people.
        folder: Its folder in botocore's data layout; None for the installed botocore's.
        services: The services that it has, sorted.
        is_whole: Whether it has every service of a botocore, and no selection.
        locks: For services, the names that their packages have against the rules.
    """

    label: str
    folder: Path | None
    services: tuple[str, ...]
    is_whole: bool
    locks: Mapping[str, Mapping[str, str]] = field(
        factory=dict[str, Mapping[str, str]], kw_only=True
    )

    def read(self, service: str) -> Service:
        """All that it says of a service.

        Raises:
            ModelError: A file cannot be read.
        """
        # A loader of its own, so that not every model stays in memory.
        loader = open_models(self.folder)
        model = read_model(loader, service)
        paginators = _load(loader, model, "paginators-1").get("pagination", {})
        waiters = _load(loader, model, "waiters-2").get("waiters", {})
        endpoints = dict(_list_endpoints(loader, model))
        return Service(
            model, paginators, waiters, endpoints, self.locks.get(service, {})
        )


def open_side(text: str) -> Side:
    """Find what a word of the command line names.

    Raises:
        UsageError: It is no folder of models, no botocore version, and not `installed`.
        GeneratorError: The version cannot be fetched.
    """
    if text == INSTALLED:
        return _open(f"botocore {version('botocore')}", None, is_whole=True)
    if Path(text).is_dir():
        side = _open(text, Path(text), is_whole=False)
        if not side.services:
            msg = f"{text} is a folder that holds no models"
            raise UsageError(msg)
        return side
    if VERSION.fullmatch(text):
        folder = fetch_botocore(text) / "botocore" / "data"
        return _open(f"botocore {text}", folder, is_whole=True)
    msg = (
        f"{text!r} is no folder of models, no botocore version such as 1.42.1, "
        f"and not {INSTALLED!r}"
    )
    raise UsageError(msg)


def _open(label: str, folder: Path | None, *, is_whole: bool) -> Side:
    return Side(label, folder, tuple(list_services(open_models(folder))), is_whole)


def _load(loader: Loader, model: ServiceModel, kind: str) -> Mapping[str, Any]:
    try:
        data = loader.load_service_model(model.name, kind, model.api_version)
    except DataNotFoundError:
        return {}
    return data if is_object(data) else {}


def _list_endpoints(loader: Loader, model: ServiceModel) -> Iterator[tuple[str, Any]]:
    """What a service's endpoints are made of: its rules, and its regions."""
    rules = _load(loader, model, "endpoint-rule-set-1")
    for name, parameter in rules.get("parameters", {}).items():
        yield f"rules.parameters.{name}", parameter
    for key in sorted(rules.keys() - {"parameters"}):
        yield f"rules.{key}", rules[key]
    try:
        partitions = loader.load_data("endpoints")["partitions"]
    except DataNotFoundError:
        return
    prefix = model.source["metadata"]["endpointPrefix"]
    for partition in partitions:
        service = partition["services"].get(prefix, {})
        for region, endpoint in service.get("endpoints", {}).items():
            yield f"{partition['partition']}.{region}", endpoint
        for key in sorted(service.keys() - {"endpoints"}):
            yield f"{partition['partition']}.{key}", service[key]
