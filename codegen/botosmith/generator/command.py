"""The commands; printing their results is left to `cli`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from botosmith.generator.build.model_source import Summary, find_source
from botosmith.generator.build.package_builder import Job, Packages, build_packages
from botosmith.generator.build.pipeline import list_operations, reference_page
from botosmith.generator.errors import ModelError, UsageError
from botosmith.generator.output.atomic_write import (
    compare_package,
    find_journal,
    find_packages_journal,
    package_tree,
    recover,
    write_trees,
)
from botosmith.generator.output.folder_plan import Changes
from botosmith.generator.progress import Progress
from botosmith.generator.settings import (
    DiffSettings,
    GenerateSettings,
    ListSettings,
    ShowSettings,
)
from botosmith.generator.settings.selection import Selection, check_project, select
from botosmith.generator.suggest import find_name
from botosmith.generator.update.origin import SOURCE
from botosmith.generator.update.pin import verify

if TYPE_CHECKING:
    from botosmith.generator.diff.change import Diff


def generate(settings: GenerateSettings, progress: Progress) -> dict[Path, Changes]:
    """Write packages: all of them, or none where one has a problem.

    Returns:
        The changes in each package's folder.

    Raises:
        OSError: A file cannot be written; all folders are as they were.
    """
    journal = _recover(settings)
    packages = _build(settings, select(settings), progress)
    trees = [package_tree(target, files) for target, files in packages.items()]
    changes = write_trees(
        trees,
        # A single folder is put in its place by one rename.
        journal=journal if len(trees) > 1 else None,
        progress=lambda tree: progress.start(f"{tree.target.name}: writing"),
    )
    return dict(zip(packages, changes, strict=True))


def _recover(settings: GenerateSettings) -> Path:
    """Undo interrupted writes of earlier runs, and return this run's journal."""
    journal = find_packages_journal(settings.packages)
    recover(find_journal(settings.models))
    recover(journal)
    return journal


def check(settings: GenerateSettings, progress: Progress) -> dict[Path, str | None]:
    """Compare packages with what their models give, and pinned models with SOURCE.

    Returns:
        A diff of each package's folder, empty where nothing differs; None where
        the folder is missing.

    Raises:
        ModelError: Pinned models differ from SOURCE, or as `generate`.
    """
    _recover(settings)
    selection, models = select(settings), settings.models
    if (models / SOURCE).exists() and (problems := verify(models)):
        raise ModelError(tuple(problems))
    packages = _build(settings, selection, progress)
    return {
        target: compare_package(target, files) if target.exists() else None
        for target, files in packages.items()
    }


@frozen
class ReleaseCheck:
    """A comparison of the installed botocore's models with the pinned ones.

    Attributes:
        text: The difference, as a sentence.
        is_due: Whether the installed models are newer, so that an update is due.
    """

    text: str
    is_due: bool


def check_release(models: Path) -> ReleaseCheck | None:
    """Compare the pinned models with those of the installed botocore.

    Returns:
        None where they are the same.

    Raises:
        UsageError: No models are pinned.
    """
    from botosmith.generator.update.origin import read_version
    from botosmith.generator.update.pin import list_pinned, pin_tree
    from botosmith.generator.update.release import find_installed, is_older
    from botosmith.generator.update.release_check import is_newer

    release, pinned = find_installed(), read_version(models)
    if pinned is None:
        msg = f"{models} holds no models that were pinned"
        raise UsageError(msg)
    if is_older(release.version, pinned):
        text = (
            f"botocore {release.version} is installed, which is older than {pinned}, "
            f"whose models {models} holds"
        )
        return ReleaseCheck(text, is_due=False)
    if not is_newer(pin_tree([], models, release)):
        return None
    services = ", ".join(list_pinned(models))
    text = f"botocore {release.version} has other models of {services} than {pinned}"
    return ReleaseCheck(text, is_due=True)


def diff(settings: DiffSettings, progress: Progress) -> Diff:
    """Compare two sets of models.

    Raises:
        UsageError: A side, or a service, does not exist.
        ModelError: A model cannot be read.
    """
    from botosmith.generator.diff import diff_sides, find_services
    from botosmith.generator.diff.source import open_side

    progress.start(f"{settings.old}: opening")
    old = open_side(settings.old)
    progress.start(f"{settings.new}: opening")
    new = open_side(settings.new)
    services = find_services(old, new, settings.services)
    progress.start("comparing services", len(services))
    return diff_sides(old, new, services=services, progress=progress.advance)


def summarise_services(settings: ListSettings) -> Iterator[Summary]:
    """Yield a summary of every service; a model is read when its turn comes."""
    check_project(settings)
    source = find_source(settings.models, is_named=settings.is_named)
    return map(source.summarise, source.services)


def show_operation(settings: ShowSettings) -> str:
    """Return an operation's reference page.

    Raises:
        UnknownName: The service or the operation does not exist.
    """
    from botosmith.generator.output.existing_package import read_previous

    selection = select(settings)
    source = find_source(settings.models, is_named=settings.is_named)
    (service,) = source.find_services((settings.service,))
    loader = source.open(service)
    known = list_operations(loader, service)
    operation = find_name(f"operation of {service}", settings.operation, known)
    kept = selection.operations.get(service)
    return reference_page(
        loader,
        service,
        operation,
        package=settings.package,
        # An operation that the project does not keep is shown as if it were kept.
        operations=(*kept, operation) if kept else (),
        previous=read_previous(settings.find_target(service), service),
    )


def _build(
    settings: GenerateSettings, selection: Selection, progress: Progress
) -> Packages:
    source = find_source(settings.models, is_named=settings.is_named)
    services = source.find_services(settings.services or selection.services)
    if settings.operations and len(services) != 1:
        msg = f"--operations goes with one service, not with {len(services)}"
        raise UsageError(msg)
    jobs = [
        Job(
            service,
            source.open(service),
            settings.find_target(service),
            settings.package,
            settings.operations or selection.operations.get(service, ()),
        )
        for service in services
    ]
    return build_packages(jobs, progress, cache=settings.cache)
