"""The packages of services: from the cache, where they are in it, or made anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from pathlib import Path, PurePosixPath

from attrs import frozen
from botocore.loaders import Loader

from botosmith.generator.build import build_service, list_operations
from botosmith.generator.cache import (
    PackageEntry,
    Store,
    open_store,
    package_key,
    remember_prose,
)
from botosmith.generator.problem import ModelError, Problem
from botosmith.generator.progress import Progress
from botosmith.generator.suggest import find_name

Files = dict[PurePosixPath, str]

#: The files of packages, by the packages' folders.
Packages = Mapping[Path, Files]


@frozen
class Job:
    """A package to make.

    Attributes:
        service: botocore's name of the service.
        loader: Reads its model.
        target: The package's folder; what is there already keeps its names.
        package: The package that it belongs to.
        operations: The operations to keep, as a user named them; none for all.
    """

    service: str
    loader: Loader
    target: Path
    package: str
    operations: tuple[str, ...] = ()

    def find_entry(self, store: Store) -> PackageEntry:
        """The package's place in a store."""

        def make_key(data: bytes) -> bytes:
            return package_key(
                self.loader,
                self.service,
                package=self.package,
                operations=self.operations,
                extra=data,
            )

        return PackageEntry(store, make_key, self.target)

    def find_operations(self) -> tuple[str, ...]:
        """The names in the model of the operations to keep.

        Raises:
            UnknownName: There is no such operation.
        """
        if not self.operations:
            return ()
        known = list_operations(self.loader, self.service)
        kind = f"operation of {self.service}"
        return tuple(find_name(kind, name, known) for name in self.operations)


@frozen
class _Draft:
    """A package's files, not formatted yet unless they are from the cache."""

    files: Files
    entry: PackageEntry | None
    is_finished: bool = False


def build_packages(jobs: Iterable[Job], progress: Progress, *, cache: bool) -> Packages:
    """Make packages, or find them in the cache.

    Args:
        jobs: The packages to make.
        progress: Is told what is being done.
        cache: Whether to use what earlier runs worked out.

    Returns:
        Their files, formatted.

    Raises:
        ModelError: Models cannot be used; lists the problems of all of them.
    """
    store = open_store() if cache else None
    drafts: dict[Path, _Draft] = {}
    problems: list[Problem] = []
    for job in jobs:
        try:
            drafts[job.target] = _draft(job, progress, store)
        except ModelError as error:
            problems += error.problems
    if problems:
        raise ModelError(tuple(problems))
    return {
        target: _finish(target, draft, progress, store)
        for target, draft in drafts.items()
    }


def _draft(job: Job, progress: Progress, store: Store | None) -> _Draft:
    """A service's package from the cache, else rendered."""
    entry = job.find_entry(store) if store else None
    if entry and (files := entry.read()) is not None:
        progress.start(f"{job.service}: from the cache")
        return _Draft(files, entry, is_finished=True)
    from botosmith.generator.previous import read_previous

    progress.start(f"{job.service}: rendering")
    operations = job.find_operations()
    previous = read_previous(job.target, job.service)
    with remember_prose(store, job.service) if store else nullcontext():
        files = build_service(
            job.loader,
            job.service,
            package=job.package,
            operations=operations,
            previous=previous,
        )
    return _Draft(files, entry)


def _finish(
    target: Path, draft: _Draft, progress: Progress, store: Store | None
) -> Files:
    if draft.is_finished:
        return draft.files
    from botosmith.generator.style import format_modules

    progress.start(f"{target.name}: formatting", len(draft.files))
    files = format_modules(draft.files, progress=progress.advance, store=store)
    if draft.entry:
        draft.entry.write(files)
    return files
