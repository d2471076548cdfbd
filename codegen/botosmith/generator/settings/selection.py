"""The services and operations that the user's project names, found in the models."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping

from attrs import frozen

from botosmith.generator.build.model_source import Source, find_source
from botosmith.generator.errors import (
    ModelError,
    Problem,
    ProjectError,
    UnknownName,
)
from botosmith.generator.settings import MODELS, MODELS_PLACE, Entry, ModelSettings
from botosmith.generator.suggest import find_name


@frozen
class Selection:
    """The services that a project is about, by botocore's names.

    Attributes:
        services: The services to work on when the command line names none; if empty,
            the pinned ones.
        operations: For services, the operations to keep, by their names in the model;
            all of them for the others.
    """

    services: tuple[str, ...]
    operations: Mapping[str, tuple[str, ...]]


def check_project(settings: ModelSettings) -> None:
    """Refuse a project with mistakes other than unknown names.

    Raises:
        ProjectError: The project has mistakes; lists every one.
    """
    if problems := (*settings.project.problems, *_find_wrong_models(settings)):
        raise ProjectError(problems)


def select(settings: ModelSettings, source: Source | None = None) -> Selection:
    """Find what a project names.

    Args:
        settings: The settings, which hold the project.
        source: The models to look names up in. None for those that the project names,
            whatever the command line says: it cannot make a name in the file wrong.

    Raises:
        ProjectError: The project has mistakes; lists every one.
    """
    project = settings.project
    if source is None:
        if wrong := _find_wrong_models(settings):
            # The project's services may be in there, so none can be looked up.
            raise ProjectError((*project.problems, *wrong))
        source = find_source(project.models or project.folder / MODELS, is_named=False)
    lookup = _Lookup(project.file, source, [*project.problems])
    selection = Selection(
        lookup.find_services(project.services),
        lookup.find_operations(project.operations),
    )
    if lookup.problems:
        raise ProjectError(tuple(lookup.problems))
    return selection


def _find_wrong_models(settings: ModelSettings) -> list[Problem]:
    """Return the problem of a project whose models are not in a folder.

    A missing folder is not a problem: `update` makes it, and until then the models
    are those of the installed botocore.
    """
    project = settings.project
    models = project.models
    if models is None or models != settings.models:
        return []
    if models.is_dir() or not os.path.lexists(models):
        return []
    message = f"{models} is not a folder of models"
    return [Problem(project.file, MODELS_PLACE, message)]


@frozen
class _Lookup:
    """A lookup of names, which collects the unknown ones."""

    file: str
    source: Source
    problems: list[Problem]

    def find_services(self, entries: Iterable[Entry]) -> tuple[str, ...]:
        """Return the services that entries name."""
        return self._find_all("service", entries, self.source.services)

    def find_operations(
        self, operations: Mapping[Entry, tuple[Entry, ...]]
    ) -> dict[str, tuple[str, ...]]:
        """Return the operations that entries name, by their services."""
        found: dict[str, tuple[str, ...]] = {}
        for entry, names in operations.items():
            for service in self.find_services((entry,)):
                if service in found:
                    self._refuse(entry, f"is {service}, which has its operations above")
                found[service] = self._find_kept(service, names)
        return found

    def _find_kept(self, service: str, names: tuple[Entry, ...]) -> tuple[str, ...]:
        try:
            known = self.source.list_operations(service)
        except ModelError:
            # Generating reads the whole model, and reports what is wrong with it.
            return tuple(name.text for name in names)
        return self._find_all(f"operation of {service}", names, known)

    def _find_all(
        self, kind: str, entries: Iterable[Entry], known: Collection[str]
    ) -> tuple[str, ...]:
        # A name that is given twice counts once.
        found: dict[str, None] = {}
        for entry in entries:
            try:
                found[find_name(kind, entry.text, known)] = None
            except UnknownName as error:
                self._refuse(entry, str(error))
        return tuple(found)

    def _refuse(self, entry: Entry, message: str) -> None:
        self.problems.append(Problem(self.file, entry.path, message))
