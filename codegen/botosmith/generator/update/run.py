"""An update: newer models, the code generated from them, and a changelog fragment."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from attrs import evolve, frozen

from botosmith.generator.build.model_source import find_source_after
from botosmith.generator.build.package_builder import Job, Packages, build_packages
from botosmith.generator.build.pipeline import open_models
from botosmith.generator.diff import diff_sides
from botosmith.generator.diff.change import Diff
from botosmith.generator.diff.report.fragment import PARTS, write_fragment
from botosmith.generator.diff.source import Side
from botosmith.generator.errors import UsageError, naming
from botosmith.generator.output.atomic_write import (
    Tree,
    find_journal,
    find_packages_journal,
    package_tree,
    recover,
    write_trees,
)
from botosmith.generator.output.existing_package import read_previous
from botosmith.generator.output.folder_plan import Changes
from botosmith.generator.progress import Progress
from botosmith.generator.settings import UpdateSettings
from botosmith.generator.settings.selection import Selection, select
from botosmith.generator.suggest import find_name
from botosmith.generator.update.origin import read_version
from botosmith.generator.update.pin import list_pinned, list_services, pin_tree
from botosmith.generator.update.release import Release, find_release, is_older
from botosmith.generator.update.release_check import is_newer


@frozen
class Update:
    """The result of an update.

    Attributes:
        version: The botocore version whose models were compared.
        changes: The changes in each folder.
        summary: The changelog fragment; empty if nothing changed for callers.
        part: The part of the version to raise; None if nothing changed for callers.
    """

    version: str
    changes: dict[Path, Changes]
    summary: str
    part: str | None

    def __bool__(self) -> bool:
        return any(self.changes.values())


def update(settings: UpdateSettings, progress: Progress) -> Update:
    """Pin newer models, and generate what they change.

    Raises:
        UsageError: No service is pinned or named, the version does not exist, or the
            installed one is older than the models and --downgrade is not given.
        UnknownName: The release has no such service.
        ProjectError: The project has mistakes, or names a service that the release
            lacks.
        ModelError: The models, or SOURCE, cannot be used.
        OutputError: A file that botosmith did not write is in the way.
        OSError: A folder cannot be written; all are as they were.
    """
    models = settings.models
    recover(find_journal(models))
    recover(find_packages_journal(settings.packages))
    progress.start(f"botocore {settings.botocore or '(installed)'}: reading")
    release = find_release(settings.botocore)
    before = read_version(models)
    if before and settings.botocore is None and not settings.downgrade:
        _refuse_older(release.version, before)
    pinned, selection = _pin(settings, release)
    with TemporaryDirectory() as folder:
        fresh = Path(folder)
        _lay_out(pinned, fresh)
        # Models without changes are kept, with the botocore version they come from.
        source = fresh if is_newer(pinned) else models
        packages = _build(settings, selection, source, progress)
        diff = _diff(settings, selection, release=release, fresh=fresh, before=before)
    trees = [package_tree(target, files) for target, files in packages.items()]
    if is_newer(pinned):
        trees.append(pinned)
    summary = write_fragment(diff) if diff.changes else ""
    if summary:
        name = PurePosixPath(f"+botocore-{release.version}.change.md")
        trees.append(
            Tree(settings.changelog, {name: summary}, lambda path, _: path == name)
        )
    progress.start("writing")
    changes = write_trees(trees, journal=find_journal(models))
    return Update(
        release.version,
        {tree.target: change for tree, change in zip(trees, changes, strict=True)},
        summary,
        PARTS[diff.severity] if diff.severity else None,
    )


def _refuse_older(version: str, pinned: str) -> None:
    """Refuse to go back to an older botocore that happens to be installed.

    Another package may require the older one, e.g. aiobotocore, which allows few.
    """
    if is_older(version, pinned):
        msg = (
            f"botocore {version} is installed, which is older than {pinned}, whose "
            f"models are pinned: install botocore {pinned} or newer, take the models "
            "of a version with --botocore, or go back with --downgrade"
        )
        raise UsageError(msg)


def _lay_out(tree: Tree, folder: Path) -> None:
    for path, text in tree.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        with naming(folder / path):
            (folder / path).write_bytes(text.encode())


def _pin(settings: UpdateSettings, release: Release) -> tuple[Tree, Selection]:
    """Return the new folder of models, and the services to generate."""
    models = settings.models
    source = find_source_after(models, release)
    selection = select(settings, source)
    # A release must not replace models that SOURCE does not list.
    ours = [name for name in selection.services if name not in source.pinned]
    tree = pin_tree(settings.services or ours, models, release)
    pinned = list_services(tree.files)
    if not pinned:
        msg = f"no service is named, and {models} holds none that was pinned"
        raise UsageError(msg)
    named = {find_name("service", name, pinned) for name in settings.services}
    wanted = {*ours, *named} if selection.services else {*pinned}
    services = tuple(name for name in pinned if name in wanted)
    return tree, evolve(selection, services=services)


def _build(
    settings: UpdateSettings, selection: Selection, fresh: Path, progress: Progress
) -> Packages:
    jobs = [
        Job(
            service,
            open_models(fresh),
            settings.find_target(service),
            settings.package,
            selection.operations.get(service, ()),
        )
        for service in selection.services
    ]
    return build_packages(jobs, progress, cache=settings.cache)


def _diff(
    settings: UpdateSettings,
    selection: Selection,
    *,
    release: Release,
    fresh: Path,
    before: str | None,
) -> Diff:
    services, operations = selection.services, selection.operations
    known = set(list_pinned(settings.models))
    old = Side(
        f"botocore {before}" if before else "nothing",
        settings.models,
        tuple(service for service in services if service in known),
        is_whole=False,
        locks={
            service: read_previous(settings.find_target(service), service).lock
            for service in services
        },
        operations=operations,
    )
    label = f"botocore {release.version}"
    new = Side(label, fresh, services, is_whole=False, operations=operations)
    return diff_sides(old, new)
