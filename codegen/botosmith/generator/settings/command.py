"""Typed settings for each command."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

from botosmith.generator.naming import package_name
from botosmith.generator.settings.project import Project


@frozen(kw_only=True)
class ModelSettings:
    """The settings of every command that reads models.

    Attributes:
        models: The folder of pinned models.
        is_named: Whether the command line names the folder, so that it must exist.
        project: The user's project; the command line takes precedence.
    """

    models: Path
    is_named: bool
    project: Project


@frozen(kw_only=True)
class OutputSettings(ModelSettings):
    """The settings of every command that writes or reads packages.

    Attributes:
        out: The import root that the package is below.
        package: The package that the services' packages belong to.
    """

    out: Path
    package: str

    @property
    def packages(self) -> Path:
        """Return the folder of all services' packages."""
        return self.out.joinpath(*self.package.split("."))

    def find_target(self, service: str) -> Path:
        """Return the folder of a service's package."""
        return self.packages / package_name(service)


@frozen(kw_only=True)
class GenerateSettings(OutputSettings):
    """The settings of `generate`.

    Attributes:
        services: The services that the command line names; if empty, the project's,
            else all that are pinned.
        operations: The operations to keep of the one service; if empty, the project's.
        cache: Whether to use the results of earlier runs.
    """

    services: tuple[str, ...]
    operations: tuple[str, ...]
    cache: bool


@frozen(kw_only=True)
class CheckSettings(GenerateSettings):
    """The settings of `check`, which compares what `generate` would write.

    Attributes:
        latest: Whether to compare the installed botocore's models, too.
    """

    latest: bool


@frozen(kw_only=True)
class UpdateSettings(OutputSettings):
    """The settings of `update`.

    Attributes:
        services: The services to pin, beside those that are pinned; if empty, the
            project's.
        botocore: The version to take the models of; None for the installed one.
        downgrade: Whether the installed one may be older than the pinned models.
        changelog: The folder of changelog fragments.
        cache: Whether to use the results of earlier runs.
    """

    services: tuple[str, ...]
    botocore: str | None
    downgrade: bool
    changelog: Path
    cache: bool


@frozen(kw_only=True)
class DiffSettings:
    """The settings of `diff`.

    Attributes:
        old: A folder of models, a botocore version, or `installed`.
        new: The same.
        services: The services to compare; all of them if empty.
        format: The form of the report.
        fail_on: The lowest severity for which the exit code is 1.
    """

    old: str
    new: str
    services: tuple[str, ...]
    format: str
    fail_on: str | None


@frozen(kw_only=True)
class ListSettings(ModelSettings):
    """The settings of `list`."""


@frozen(kw_only=True)
class ShowSettings(OutputSettings):
    """The settings of `show`."""

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
