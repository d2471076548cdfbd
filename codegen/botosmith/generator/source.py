"""Where models come from: a folder of pinned ones, then the installed botocore."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from attrs import frozen
from botocore.exceptions import DataNotFoundError
from botocore.loaders import Loader

from botosmith.generator.build import list_services, open_models
from botosmith.generator.problem import ModelError, Problem, UsageError
from botosmith.generator.settings import MODELS
from botosmith.generator.suggest import find_name

#: What reading a model raises that is null, not JSON, or not of the format.
_UNREADABLE = (
    DataNotFoundError,
    ValueError,
    LookupError,
    TypeError,
    RecursionError,
)


@frozen
class Summary:
    """A service, as `list` shows it.

    Attributes:
        name: botocore's name of it.
        api_version: The version of its model, such as `2017-07-24`.
        operations: How many operations it has.
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
        models: The folder of pinned models; None where there is none.
        pinned: The services that it holds, sorted.
        services: All services, sorted: the pinned ones and those of botocore.
    """

    models: Path | None
    pinned: tuple[str, ...]
    services: tuple[str, ...]

    def find_services(self, names: tuple[str, ...]) -> list[str]:
        """The services that were meant; the pinned ones if none was named.

        Raises:
            UnknownName: There is no such service.
            UsageError: No service was named, and none is pinned.
        """
        if names:
            found = (find_name("service", name, self.services) for name in names)
            return list(dict.fromkeys(found))
        if not self.pinned:
            place = self.models or MODELS
            msg = f"no service is named, and {place} holds no models to take them from"
            raise UsageError(msg)
        return list(self.pinned)

    def open(self, service: str) -> Loader:
        """The loader to read a service's model with."""
        return open_models(self.models if service in self.pinned else None)

    def summarise(self, service: str) -> Summary:
        """Read as much of a service's model as `list` shows.

        Raises:
            ModelError: The model cannot be read.
        """
        # A loader of its own, so that not every model stays in memory.
        loader = self.open(service)
        version = loader.determine_latest_version(service, "service-2")
        name = f"{service}/{version}/service-2"
        try:
            # Unlike load_service_model, this does not look at every folder first.
            data: Any = loader.load_data(name)
            count = len(data["operations"])
        except _UNREADABLE as error:
            problem = Problem(f"{name}.json", "operations", f"cannot be read: {error}")
            raise ModelError((problem,)) from error
        return Summary(service, version, count, service in self.pinned)


def find_source(models: Path | None) -> Source:
    """Look at what models there are.

    Args:
        models: The folder of pinned models; None for `models/`, where there is one.

    Raises:
        UsageError: The folder does not exist.
    """
    if models is None and MODELS.is_dir():
        models = MODELS
    if models is not None and not models.is_dir():
        msg = f"{models} is not a folder of models"
        raise UsageError(msg)
    pinned = list_services(open_models(models)) if models else []
    services = {*pinned, *list_services(open_models(None))}
    return Source(models, tuple(pinned), tuple(sorted(services)))
