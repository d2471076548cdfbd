"""A state of a service, and the package that an update makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from attrs import frozen
from botocore.loaders import Loader

from botosmith.generator.diff.change import ServiceDiff
from botosmith.generator.diff.service import ServiceData, diff_service
from botosmith.generator.model import ServiceModel
from botosmith.generator.plan import Previous, plan_service
from botosmith.generator.plan.name_lock import NOTHING, keep_names
from botosmith.generator.render import render_service


@frozen
class Release:
    """A service as its models have it, and its package.

    Attributes:
        service: All that the data files say of it.
        names: The Python names of the package, by place.
        root: The import root that holds the package.
        package: The package's dotted name.
    """

    service: ServiceData
    names: Mapping[str, str]
    root: Path
    package: str

    @property
    def model(self) -> ServiceModel:
        """The model."""
        return self.service.model

    @property
    def folder(self) -> Path:
        """The folder of the package."""
        return self.root.joinpath(*self.package.split("."))

    def as_previous(self) -> Previous:
        """Return what an update of the package starts from."""
        return Previous(self.model, self.service.lock)


def make_release(
    loader: Loader,
    service: ServiceData,
    root: Path,
    *,
    package: str,
    previous: Release | None = None,
) -> Release:
    """Generate a package, which keeps the names of the one before it.

    It is not formatted: black would take longer than all that is asked of it here.
    """
    before = NOTHING if previous is None else previous.as_previous()
    places, lock = keep_names(service.model, before)
    with_lock = ServiceData(
        service.model, service.paginators, service.waiters, service.endpoints, lock
    )
    release = Release(with_lock, places.as_text(), root, package)
    if not release.folder.is_dir():
        planned = plan_service(loader, service.model, package=package, previous=before)
        for path, text in render_service(planned).items():
            file = release.folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    return release


def diff_releases(old: Release, new: Release) -> ServiceDiff:
    """Return what changed between two states of a service."""
    return diff_service(old.service, new.service)
