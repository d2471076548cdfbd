"""An update: newer models, the code that they give, and what it means for callers."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from attrs import frozen

from botosmith.generator.build import open_models
from botosmith.generator.diff import diff_sides
from botosmith.generator.diff.change import Diff
from botosmith.generator.diff.report.fragment import PARTS, write_fragment
from botosmith.generator.diff.side import Side
from botosmith.generator.news import has_news
from botosmith.generator.package import Job, Packages, build_packages
from botosmith.generator.pin import list_pinned, list_services, pin_tree, read_version
from botosmith.generator.previous import read_previous
from botosmith.generator.problem import UsageError
from botosmith.generator.progress import Progress
from botosmith.generator.release import Release, find_release
from botosmith.generator.settings import MODELS, UpdateSettings
from botosmith.generator.tree import Changes
from botosmith.generator.write import (
    Tree,
    find_journal,
    package_tree,
    recover,
    write_trees,
)


@frozen
class Update:
    """What an update did.

    Attributes:
        version: The botocore whose models were looked at.
        changes: What became of each folder.
        summary: What there is to say of it; empty where nothing changed.
        part: The part of a version that it raises; None where nothing changed.
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
        UsageError: No service is pinned or named, or there is no such version.
        UnknownName: The release has no such service.
        ModelError: The models, or SOURCE, cannot be used.
        OutputError: A file of someone else stands where one of ours should.
        OSError: A folder cannot be written; all are as they were.
    """
    models = settings.models or MODELS
    recover(find_journal(models))
    progress.start(f"botocore {settings.botocore or '(installed)'}: reading")
    release = find_release(settings.botocore)
    before = read_version(models)
    pinned = pin_tree(settings.services, models, release)
    services = list_services(pinned.files)
    if not services:
        msg = f"no service is named, and {models} holds none that was pinned"
        raise UsageError(msg)
    with TemporaryDirectory() as folder:
        fresh = Path(folder)
        _lay_out(pinned, fresh)
        packages = _build(settings, services, fresh, progress)
        diff = _diff(settings, services, release=release, fresh=fresh, before=before)
    trees = [package_tree(target, files) for target, files in packages.items()]
    if has_news(pinned):
        trees.append(pinned)
    summary = write_fragment(diff) if diff.changes else ""
    if summary:
        name = PurePosixPath(f"botocore-{release.version}.md")
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


def _lay_out(tree: Tree, folder: Path) -> None:
    for path, text in tree.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text.encode())


def _build(
    settings: UpdateSettings, services: list[str], fresh: Path, progress: Progress
) -> Packages:
    jobs = [
        Job(
            service,
            open_models(fresh),
            settings.find_target(service),
            settings.package,
        )
        for service in services
    ]
    return build_packages(jobs, progress, cache=settings.cache)


def _diff(
    settings: UpdateSettings,
    services: list[str],
    *,
    release: Release,
    fresh: Path,
    before: str | None,
) -> Diff:
    models = settings.models or MODELS
    known = set(list_pinned(models))
    old = Side(
        f"botocore {before}" if before else "nothing",
        models,
        tuple(service for service in services if service in known),
        is_whole=False,
        locks={
            service: read_previous(settings.find_target(service), service).lock
            for service in services
        },
    )
    new = Side(f"botocore {release.version}", fresh, tuple(services), is_whole=False)
    return diff_sides(old, new)
