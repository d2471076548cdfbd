"""The settings of a run: the command line, else the project, else the defaults."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from botosmith.generator.settings.command import DiffSettings, Settings
from botosmith.generator.settings.command_line import read_line
from botosmith.generator.settings.project import Project, find_project
from botosmith.generator.settings.value import CHANGELOG, MODELS, OUT, PACKAGE


def parse_arguments(arguments: Sequence[str] | None = None) -> Settings:
    """Read a command line, and the project that it is run in.

    A project's mistakes are kept with it, so that the command can report them together
    with unknown names.

    Args:
        arguments: The words after the command's name; None for the process's own.

    Raises:
        ProjectError: A pyproject.toml is not TOML, or its `models` is not valid.
    """
    kind, given = read_line(arguments)
    if kind is DiffSettings:
        # `diff` reads nothing from the project.
        return DiffSettings(**given)
    return kind(**_join(given, find_project()))


def _join(given: dict[str, Any], project: Project) -> dict[str, Any]:
    said = {
        "models": project.models,
        "out": project.out,
        "package": project.package,
    }
    usual = {
        "models": project.folder / MODELS,
        "out": project.folder / OUT,
        "package": PACKAGE,
        "changelog": project.folder / CHANGELOG,
    }
    joined = {
        key: _find_first(value, said.get(key), usual.get(key))
        for key, value in given.items()
    }
    is_named = given["models"] is not None
    return {**joined, "is_named": is_named, "project": project}


def _find_first(*values: Any) -> Any:
    # An empty tuple and False are values, too, so `or` would not do.
    return next((value for value in values if value is not None), None)
