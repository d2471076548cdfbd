"""The source of models: a folder of pinned ones, then the installed botocore."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from attrs import frozen
from botocore.loaders import Loader

from botosmith.generator.build.pipeline import list_services, open_models
from botosmith.generator.errors import ModelError, Problem, UsageError
from botosmith.generator.json_type import is_object, name_kind
from botosmith.generator.model.reading import check_names, read_needed_json
from botosmith.generator.suggest import find_name
from botosmith.generator.update.pin import list_pinned
from botosmith.generator.update.release import Release


@frozen
class Summary:
    """A service, as `list` shows it.

    Attributes:
        name: botocore's name of it.
        api_version: The version of its model, such as `2017-07-24`.
        operations: The number of its operations.
        pinned: Whether its model is a pinned one.
    """

    name: str
    api_version: str
    operations: int
    pinned: bool


@frozen
class Source:
    """The models that a command works with.

    Attributes:
        models: The folder of pinned models, which need not be there.
        pinned: The services to take from it, sorted.
        services: All services, sorted: the pinned ones and those of botocore.
        botocore: The data of that botocore; None for the installed one's.
    """

    models: Path
    pinned: tuple[str, ...]
    services: tuple[str, ...]
    botocore: Path | None = None

    def find_services(self, names: tuple[str, ...]) -> list[str]:
        """Return the services that were named; the pinned ones if none was.

        Raises:
            UnknownName: A service does not exist.
            UsageError: No service was named, and none is pinned.
        """
        if names:
            found = (find_name("service", name, self.services) for name in names)
            return list(dict.fromkeys(found))
        if not self.pinned:
            msg = (
                f"no service is named, and {self.models} holds no models "
                "to take them from"
            )
            raise UsageError(msg)
        return list(self.pinned)

    def open(self, service: str) -> Loader:
        """Return the loader for a service's model."""
        return open_models(self.models if service in self.pinned else self.botocore)

    def list_operations(self, service: str) -> list[str]:
        """Return the names of a service's operations, even if its model has problems.

        Raises:
            ModelError: The model cannot be read.
        """
        return self._read(service)[1]

    def summarise(self, service: str) -> Summary:
        """Read as much of a service's model as `list` shows.

        Raises:
            ModelError: The model cannot be read.
        """
        version, operations = self._read(service)
        return Summary(service, version, len(operations), service in self.pinned)

    def _read(self, service: str) -> tuple[str, list[str]]:
        # A loader of its own, so that not every model stays in memory.
        loader = self.open(service)
        check_names(service)
        version = loader.determine_latest_version(service, "service-2")
        check_names(service, version)
        name = f"{service}/{version}/service-2"
        # load_service_model would list every folder first, which takes longer.
        data: Any = read_needed_json(partial(loader.load_data, name), f"{name}.json")
        operations = data.get("operations") if is_object(data) else None
        if not is_object(operations):
            message = f"cannot be read: it is {name_kind(operations)}, not an object"
            raise ModelError((Problem(f"{name}.json", "operations", message),))
        return version, list(operations)


def find_source(models: Path, *, is_named: bool) -> Source:
    """Return the models that are available.

    Args:
        models: The folder of pinned models.
        is_named: Whether the user named it, so that it must exist.

    Raises:
        UsageError: It is named and does not exist.
    """
    if is_named and not models.is_dir():
        msg = f"{models} is not a folder of models"
        raise UsageError(msg)
    pinned = _list_services(models)
    return Source(models, pinned, _list_all(pinned, open_models(None)))


def find_source_after(models: Path, release: Release) -> Source:
    """Return the models that are available after an update to a release.

    Models in the folder that SOURCE does not list stay as they are.

    Raises:
        ModelError: SOURCE is there and cannot be read.
    """
    ours = set(list_pinned(models))
    kept = tuple(name for name in _list_services(models) if name not in ours)
    return Source(models, kept, _list_all(kept, release.open()), release.data)


def _list_services(models: Path) -> tuple[str, ...]:
    return tuple(list_services(open_models(models))) if models.is_dir() else ()


def _list_all(pinned: tuple[str, ...], botocore: Loader) -> tuple[str, ...]:
    return tuple(sorted({*pinned, *list_services(botocore)}))
