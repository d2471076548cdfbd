"""Typed settings for each command."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

from botosmith.generator.naming import package_name
from botosmith.generator.settings.project import Project


@frozen(kw_only=True)
class ModelSettings:
    """Which models there are to work with.

    Attributes:
        models: The folder of pinned models.
        is_named: Whether the command line names it, so that it has to be there.
        project: What the user's project says beside that; the command line goes first.
    """

    models: Path
    is_named: bool
    project: Project


@frozen(kw_only=True)
class OutputSettings(ModelSettings):
    """Where packages are.

    Attributes:
        out: The import root that the package is below.
        package: The package that the services' packages belong to.
    """

    out: Path
    package: str

    @property
    def packages(self) -> Path:
        """The folder of all services' packages."""
        return self.out.joinpath(*self.package.split("."))

    def find_target(self, service: str) -> Path:
        """Return the folder of a service's package."""
        return self.packages / package_name(service)


@frozen(kw_only=True)
class GenerateSettings(OutputSettings):
    """What `generate` does.

    Attributes:
        services: The services that the command line names; none for the project's, or
            for all that are pinned.
        operations: The operations to keep of the one service; none for the project's.
        cache: Whether to use what earlier runs worked out.
    """

    services: tuple[str, ...]
    operations: tuple[str, ...]
    cache: bool


@frozen(kw_only=True)
class CheckSettings(GenerateSettings):
    """What `check` compares: what `generate` would write.

    Attributes:
        latest: Whether to ask also if the installed botocore is ahead.
    """

    latest: bool


@frozen(kw_only=True)
class UpdateSettings(OutputSettings):
    """What `update` does.

    Attributes:
        services: The services to pin, beside those that are pinned; none for the
            project's.
        botocore: The version to take the models of; None for the installed one.
        downgrade: Whether the installed one may be older than the pinned models.
        changelog: The folder of changelog fragments.
        cache: Whether to use what earlier runs worked out.
    """

    services: tuple[str, ...]
    botocore: str | None
    downgrade: bool
    changelog: Path
    cache: bool


@frozen(kw_only=True)
class DiffSettings:
    """What `diff` compares, and how it tells.

    Attributes:
        old: A folder of models, a botocore version, or `installed`.
        new: The same.
        services: The services to compare; none for all.
        format: The form of the report.
        fail_on: The severity from which on the exit code says so.
    """

    old: str
    new: str
    services: tuple[str, ...]
    format: str
    fail_on: str | None


@frozen(kw_only=True)
class ListSettings(ModelSettings):
    """What `list` lists."""


@frozen(kw_only=True)
class ShowSettings(OutputSettings):
    """What `show` shows."""

    service: str
    operation: str


Settings = (
    GenerateSettings
    | CheckSettings
    | UpdateSettings
    | DiffSettings
    | ListSettings
    | ShowSettings
)
