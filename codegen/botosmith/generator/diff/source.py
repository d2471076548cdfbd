"""The sides of a diff: a folder of models, or the data of a botocore version."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from attrs import field, frozen
from botocore.exceptions import DataNotFoundError
from botocore.loaders import Loader

from botosmith.generator.build.pipeline import list_services, open_models
from botosmith.generator.diff.service import ServiceData
from botosmith.generator.errors import ModelError, Problem, UsageError
from botosmith.generator.json_type import is_object, name_kind
from botosmith.generator.model import ServiceModel, read_model
from botosmith.generator.model.endpoints import check_endpoints, check_rules
from botosmith.generator.model.reading import read_json
from botosmith.generator.plan import keep_operations
from botosmith.generator.settings import VERSION
from botosmith.generator.update.fetch import fetch_botocore

#: The word for the installed botocore.
INSTALLED = "installed"


@frozen
class Side:
    """One side of a diff.

    Attributes:
        label: Its name in reports.
        folder: Its folder in botocore's data layout; None for the installed botocore's.
        services: The services that it has, sorted.
        is_whole: Whether it has every service of a botocore, and not a selection.
        locks: For services, the names of their packages that the rules would not give.
        operations: For services, the operations to compare; all of them for services
            that are not listed.
    """

    label: str
    folder: Path | None
    services: tuple[str, ...]
    is_whole: bool
    locks: Mapping[str, Mapping[str, str]] = field(
        factory=dict[str, Mapping[str, str]], kw_only=True
    )
    operations: Mapping[str, Collection[str]] = field(
        factory=dict[str, Collection[str]], kw_only=True
    )

    def read(self, service: str) -> ServiceData:
        """Read all data files of a service.

        Raises:
            ModelError: A file cannot be read.
        """
        # A loader of its own, so that not every model stays in memory.
        loader = open_models(self.folder)
        model = read_model(loader, service)
        paginators = _load_table(loader, model, "paginators-1", "pagination")
        waiters = _load_table(loader, model, "waiters-2", "waiters")
        if kept := self.operations.get(service):
            model = keep_operations(model, kept)
            paginators = {key: paginators[key] for key in paginators if key in kept}
            waiters = {
                key: waiter
                for key, waiter in waiters.items()
                if waiter.get("operation") in kept
            }
        return ServiceData(
            model,
            paginators,
            waiters,
            dict(_list_endpoints(loader, model)),
            self.locks.get(service, {}),
        )


def open_side(text: str) -> Side:
    """Return the side that an argument of the command line names.

    Raises:
        UsageError: The argument is not a folder of models, a botocore version or
            `installed`.
        GeneratorError: The version cannot be fetched.
    """
    if text == INSTALLED:
        return _open(f"botocore {version('botocore')}", None, is_whole=True)
    # Path("") would be the current folder.
    if text and Path(text).is_dir():
        side = _open(text, Path(text), is_whole=False)
        if not side.services:
            msg = f"{text} is a folder that holds no models"
            raise UsageError(msg)
        return side
    if VERSION.fullmatch(text):
        folder = fetch_botocore(text) / "botocore" / "data"
        side = _open(f"botocore {text}", folder, is_whole=True)
        if not side.services:
            msg = f"{side.label} is too old: it holds no models in today's layout"
            raise UsageError(msg)
        return side
    msg = (
        f"{text!r} is not a folder of models, a botocore version such as 1.42.1, "
        f"or {INSTALLED!r}"
    )
    raise UsageError(msg)


def _open(label: str, folder: Path | None, *, is_whole: bool) -> Side:
    return Side(label, folder, tuple(list_services(open_models(folder))), is_whole)


def _load_table(
    loader: Loader, model: ServiceModel, kind: str, key: str
) -> dict[str, Any]:
    """Return the table of named entries in a file beside the model."""
    file = _name_file(model, kind)
    table = _load(loader, model, kind).get(key, {})
    if not is_object(table):
        raise ModelError((_refuse(file, key, table),))
    # Comparing looks into each entry, so each has to be an object.
    problems = tuple(
        _refuse(file, f"{key}.{name}", entry)
        for name, entry in table.items()
        if not is_object(entry)
    )
    if problems:
        raise ModelError(problems)
    return table


def _refuse(file: str, path: str, value: Any) -> Problem:
    return Problem(file, path, f"is {name_kind(value)}, not an object")


def _load(loader: Loader, model: ServiceModel, kind: str) -> dict[str, Any]:
    load = partial(loader.load_service_model, model.name, kind, model.api_version)
    return _read(load, _name_file(model, kind))


def _name_file(model: ServiceModel, kind: str) -> str:
    return f"{model.name}/{model.api_version}/{kind}.json"


def _read(load: Callable[[], Any], file: str) -> dict[str, Any]:
    """Return the object that a file holds; an empty one if the file is missing."""
    try:
        data = read_json(load, file)
    except DataNotFoundError:
        return {}
    if not is_object(data):
        raise ModelError((_refuse(file, "", data),))
    return data


def _list_endpoints(loader: Loader, model: ServiceModel) -> Iterator[tuple[str, Any]]:
    """Yield the parts of a service's endpoints: its rules, and its regions."""
    rules = _load(loader, model, "endpoint-rule-set-1")
    check_rules(rules, _name_file(model, "endpoint-rule-set-1"))
    for name, parameter in rules.get("parameters", {}).items():
        yield f"rules.parameters.{name}", parameter
    for key in sorted(rules.keys() - {"parameters"}):
        yield f"rules.{key}", rules[key]
    regions = _read(partial(loader.load_data, "endpoints"), "endpoints.json")
    if regions:
        check_endpoints(regions, "endpoints.json")
    prefix = model.source["metadata"]["endpointPrefix"]
    for partition in regions.get("partitions", ()):
        service = partition["services"].get(prefix, {})
        for region, endpoint in service.get("endpoints", {}).items():
            yield f"{partition['partition']}.{region}", endpoint
        for key in sorted(service.keys() - {"endpoints"}):
            yield f"{partition['partition']}.{key}", service[key]
