"""The commands, without what they print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from botocore.loaders import Loader

from botosmith.generator.build import build_service, list_operations, reference_page
from botosmith.generator.naming import package_name
from botosmith.generator.pin import SOURCE, verify
from botosmith.generator.problem import ModelError, Problem, UsageError
from botosmith.generator.progress import Progress
from botosmith.generator.settings import (
    GenerateSettings,
    ListSettings,
    ShowSettings,
)
from botosmith.generator.source import Source, Summary, find_source
from botosmith.generator.style import format_modules
from botosmith.generator.suggest import find_name
from botosmith.generator.tree import Changes
from botosmith.generator.write import compare_package, write_package

#: The files of packages, by the packages' folders.
Packages = Mapping[Path, Mapping[PurePosixPath, str]]


def generate(settings: GenerateSettings, progress: Progress) -> dict[Path, Changes]:
    """Write packages; none where one has a problem.

    Returns:
        What became of each package's folder.
    """
    packages = _build(settings, find_source(settings.models), progress)
    changes: dict[Path, Changes] = {}
    for target, files in packages.items():
        progress.start(f"{target.name}: writing")
        changes[target] = write_package(target, files)
    return changes


def check(settings: GenerateSettings, progress: Progress) -> dict[Path, str | None]:
    """Compare packages with what their models give, and pinned models with SOURCE.

    Returns:
        A diff of each package's folder, empty where nothing differs; None where
        there is no such folder.

    Raises:
        ModelError: Pinned models are not those that SOURCE tells of, or as `generate`.
    """
    source = find_source(settings.models)
    if source.models and (source.models / SOURCE).exists():
        problems = verify(source.models)
        if problems:
            raise ModelError(tuple(problems))
    packages = _build(settings, source, progress)
    return {
        target: compare_package(target, files) if target.exists() else None
        for target, files in packages.items()
    }


def summarise_services(settings: ListSettings) -> Iterator[Summary]:
    """Every service, each when its model has been read."""
    source = find_source(settings.models)
    return map(source.summarise, source.services)


def show_operation(settings: ShowSettings) -> str:
    """An operation's reference page.

    Raises:
        UnknownName: There is no such service or operation.
    """
    source = find_source(settings.models)
    (service,) = source.find_services((settings.service,))
    loader = source.open(service)
    (operation,) = _find_operations((settings.operation,), loader, service)
    return reference_page(loader, service, operation, package=settings.package)


def _build(
    settings: GenerateSettings, source: Source, progress: Progress
) -> dict[Path, dict[PurePosixPath, str]]:
    root = settings.out.joinpath(*settings.package.split("."))
    packages: dict[Path, dict[PurePosixPath, str]] = {}
    problems: list[Problem] = []
    services = source.find_services(settings.services)
    if settings.operations and len(services) != 1:
        msg = f"--operations goes with one service, not with {len(services)}"
        raise UsageError(msg)
    for service in services:
        progress.start(f"{service}: rendering")
        loader = source.open(service)
        try:
            files = build_service(
                loader,
                service,
                package=settings.package,
                operations=_find_operations(settings.operations, loader, service),
            )
        except ModelError as error:
            problems += error.problems
        else:
            packages[root / package_name(service)] = files
    if problems:
        raise ModelError(tuple(problems))
    return {
        target: _format(target, files, progress) for target, files in packages.items()
    }


def _find_operations(
    names: tuple[str, ...], loader: Loader, service: str
) -> tuple[str, ...]:
    if not names:
        return ()
    known = list_operations(loader, service)
    return tuple(find_name(f"operation of {service}", name, known) for name in names)


def _format(
    target: Path, files: Mapping[PurePosixPath, str], progress: Progress
) -> dict[PurePosixPath, str]:
    progress.start(f"{target.name}: formatting", len(files))
    return format_modules(files, progress=progress.advance)
