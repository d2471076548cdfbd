"""The packages of services: from the cache, or generated.

The files of finished packages are held compressed until all are finished.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext, suppress
from functools import partial
from importlib.metadata import PackageNotFoundError
from pathlib import Path, PurePosixPath

from attrs import frozen
from botocore.loaders import Loader

from botosmith.generator.build.compressed import PackedFiles
from botosmith.generator.build.pipeline import build_service, list_operations
from botosmith.generator.cache import (
    PackageEntry,
    Store,
    code_key,
    make_key,
    open_store,
    package_key,
    remember_prose,
)
from botosmith.generator.errors import CacheError
from botosmith.generator.naming import package_name
from botosmith.generator.output.clash import refuse_clashes
from botosmith.generator.progress import Progress
from botosmith.generator.suggest import find_name
from botosmith.generator.update.origin import find_version

Files = Mapping[PurePosixPath, str]

#: The files of packages, by the packages' folders.
Packages = Mapping[Path, Files]


@frozen
class Job:
    """A package to make.

    Attributes:
        service: botocore's name of the service.
        loader: Reads its model.
        target: The package's folder; the names of a package there are kept.
        package: The package that it belongs to.
        operations: The operations to keep, as a user named them; none for all.
    """

    service: str
    loader: Loader
    target: Path
    package: str
    operations: tuple[str, ...] = ()

    def find_entry(self, store: Store, code: bytes | None) -> PackageEntry:
        """Return the package's entry in a store.

        Args:
            store: The store.
            code: The key of the generator, where it has just been made.
        """

        def make_inputs_key(data: bytes) -> bytes:
            return package_key(
                self.loader,
                self.service,
                package=self.package,
                operations=self.operations,
                extra=make_key(data, find_version(self.loader, self.service) or ""),
            )

        return PackageEntry(store, make_inputs_key, self.target, code)

    def find_operations(self) -> tuple[str, ...]:
        """Return the model's names of the operations to keep.

        Raises:
            UnknownName: An operation does not exist.
        """
        if not self.operations:
            return ()
        known = list_operations(self.loader, self.service)
        kind = f"operation of {self.service}"
        return tuple(find_name(kind, name, known) for name in self.operations)


def build_packages(jobs: Iterable[Job], progress: Progress, *, cache: bool) -> Packages:
    """Make packages, or find them in the cache.

    Args:
        jobs: The packages to make.
        progress: Shows the progress.
        cache: Whether to use the results of earlier runs.

    Returns:
        Their files, formatted, in the order of the jobs.

    Raises:
        ModelError: Models cannot be used; lists the problems of all of them.
        UnknownName: A service has no operation of a name.
        UsageError: Two services have the same package.
        OutputError: A folder holds the package of another service.
        StyleError: black or the compiler refuses a module.
        GeneratorError: A process was killed, or ran out of memory.
    """
    jobs = tuple(jobs)
    refuse_clashes(
        (job.service, f"{job.package}.{package_name(job.service)}", job.target)
        for job in jobs
    )
    store = _open_store(progress) if cache else None
    services = progress.follow(len(jobs))
    # A single package is written at once, so compressing it would save nothing.
    hold = PackedFiles if len(jobs) > 1 else _leave
    packages: dict[Path, Files] = {}
    missing: list[tuple[Job, PackageEntry | None]] = []
    for job, entry in _find_entries(jobs, store):
        if entry and (files := entry.read()) is not None:
            packages[job.target] = hold(files)
            services.finish(job.service, "from the cache")
        else:
            missing.append((job, entry))

    def keep(number: int, files: Files) -> None:
        job, entry = missing[number]
        if entry:
            entry.write(files)
        packages[job.target] = hold(files)

    if missing:
        from botosmith.generator.build.scheduler import Assembly, Order

        assembly = Assembly(store, services, keep)
        assembly.make(
            Order(job.service, partial(_render, job, store)) for job, _ in missing
        )
    return {job.target: packages[job.target] for job in jobs}


def _open_store(progress: Progress) -> Store | None:
    """Return the user's store; print a line and return None if it is not safe."""
    try:
        return open_store()
    except CacheError as error:
        progress.tell(f"botosmith: {error}")
        return None


def _find_entries(
    jobs: Iterable[Job], store: Store | None
) -> Iterator[tuple[Job, PackageEntry | None]]:
    """Yield each package's entry in the store."""
    code = None
    if store:
        # Each package's key fails in the same way, so its entry is not used.
        with suppress(OSError, PackageNotFoundError):
            code = code_key()
    for job in jobs:
        yield job, job.find_entry(store, code) if store else None


def _leave(files: Files) -> Files:
    return files


def _render(job: Job, store: Store | None) -> dict[PurePosixPath, str]:
    """Render a service's package."""
    from botosmith.generator.output.existing_package import read_previous
    from botosmith.generator.prose import forget

    # This process may hold the texts of many services that it rendered before.
    forget()
    operations = job.find_operations()
    previous = read_previous(job.target, job.service)
    with remember_prose(store, job.service) if store else nullcontext():
        return build_service(
            job.loader,
            job.service,
            package=job.package,
            operations=operations,
            previous=previous,
        )
