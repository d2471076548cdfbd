"""The command line: the arguments of each command, and the values given."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from attrs import frozen

from botosmith.generator.settings.command import (
    CheckSettings,
    DiffSettings,
    GenerateSettings,
    ListSettings,
    Settings,
    ShowSettings,
    UpdateSettings,
)
from botosmith.generator.settings.value import (
    CHANGELOG,
    FORMATS,
    MODELS,
    OUT,
    PACKAGE,
    SEVERITIES,
    VERSION,
    explain_package,
    normalise_package,
)


def read_line(
    arguments: Sequence[str] | None,
) -> tuple[type[Settings], dict[str, Any]]:
    """Read a command line; argparse ends the process if it is not valid.

    Args:
        arguments: The words after the command's name; None for the process's own.

    Returns:
        The class of the command's settings, and their values. None stands for a value
        that was not given and has another source.
    """
    values = vars(_make_parser().parse_args(arguments))
    kind: type[Settings] = values.pop("kind")
    if "services" in values:
        values["services"] = tuple(values["services"])
    return kind, values


def _make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="botosmith",
        description="Generates typed Python bindings from botocore's service models.",
    )
    ours, theirs = _find_version("botosmith-tools"), _find_version("botocore")
    parser.add_argument(
        "--version",
        action="version",
        version=f"botosmith {ours} (botocore {theirs})",
        help="show the versions of botosmith and of the installed botocore, and exit",
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for command in _COMMANDS:
        text = command.text
        added = commands.add_parser(
            command.name,
            help=text,
            description=f"{text[0].upper()}{text[1:]}.",
            epilog=None if command.kind is DiffSettings else _EPILOG,
        )
        added.set_defaults(kind=command.kind)
        for argument in command.arguments:
            added.add_argument(*argument.names, **argument.options)
    return parser


def _find_version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "of unknown version"


@frozen
class _Argument:
    """An argument of a command, as argparse takes it."""

    names: tuple[str, ...]
    options: dict[str, Any]


@frozen
class _Command:
    """A command, with the class of its settings and its arguments."""

    kind: type[Settings]
    name: str
    text: str
    arguments: tuple[_Argument, ...]


def _argument(*names: str, **options: Any) -> _Argument:
    return _Argument(names, options)


def _read_names(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(","))
    if not all(names):
        msg = f"{text!r} is not a list of operations, such as CreateModel,ListModels"
        raise argparse.ArgumentTypeError(msg)
    return names


def _read_version(text: str) -> str:
    if not VERSION.fullmatch(text):
        msg = f"{text!r} is not a version of botocore, such as 1.44.5"
        raise argparse.ArgumentTypeError(msg)
    return text


def _read_package(text: str) -> str:
    package = normalise_package(text)
    if wrong := explain_package(package):
        raise argparse.ArgumentTypeError(wrong)
    return package


_EPILOG = (
    "Defaults are those of the table [tool.botosmith] in your pyproject.toml, "
    "where there is one."
)

_MODELS = _argument(
    "--models",
    type=Path,
    metavar="DIR",
    help=f"models in botocore's layout (default: {MODELS}/, where there is one); "
    "services that are not there are taken from the installed botocore",
)
_OUTPUT = (
    _MODELS,
    _argument(
        "--out",
        type=Path,
        metavar="DIR",
        help=f"the import root for the packages (default: {OUT}/)",
    ),
    _argument(
        "--package",
        type=_read_package,
        metavar="NAME",
        help=f"the package that they belong to (default: {PACKAGE})",
    ),
)
_CACHE = _argument(
    "--no-cache",
    action="store_false",
    dest="cache",
    help="use no results of earlier runs, and keep none",
)
_GENERATE = (
    _argument(
        "services",
        nargs="*",
        metavar="SERVICE",
        help="botocore's name of a service (default: all that are pinned)",
    ),
    *_OUTPUT,
    _CACHE,
    _argument(
        "--operations",
        type=_read_names,
        default=(),
        metavar="A,B",
        help="only these operations of the one SERVICE, and the shapes they reach",
    ),
)
_CHECK = (
    *_GENERATE,
    _argument(
        "--latest",
        action="store_true",
        help="exit 1 also when the installed botocore has newer models",
    ),
)
_UPDATE = (
    _argument(
        "services",
        nargs="*",
        metavar="SERVICE",
        help="botocore's name of a service to pin beside those that are pinned",
    ),
    *_OUTPUT,
    _CACHE,
    _argument(
        "--botocore",
        type=_read_version,
        metavar="VERSION",
        help="the version to take the models of (default: the installed one)",
    ),
    _argument(
        "--downgrade",
        action="store_true",
        help="go back to the installed botocore where it is older than what is pinned",
    ),
    _argument(
        "--changelog",
        type=Path,
        metavar="DIR",
        help=f"where the changelog fragment goes (default: {CHANGELOG}/)",
    ),
)
_SIDE = "a folder of models, a botocore version, or `installed`"
_DIFF = (
    _argument("old", metavar="OLD", help=_SIDE),
    _argument("new", metavar="NEW", help=_SIDE),
    _argument(
        "--service",
        action="append",
        default=[],
        dest="services",
        metavar="SERVICE",
        help="compare only this one; may be given again (default: all)",
    ),
    _argument(
        "--format",
        choices=FORMATS,
        default=FORMATS[0],
        help="the form of the report (default: %(default)s)",
    ),
    _argument(
        "--fail-on",
        choices=SEVERITIES,
        help="exit 1 when a change has this severity, or a worse one",
    ),
)
_SHOW = (
    _argument("service", metavar="SERVICE", help="botocore's name of it"),
    _argument(
        "operation",
        metavar="OPERATION",
        help="such as CreateModel, create_model or create-model",
    ),
    *_OUTPUT,
)

_COMMANDS = (
    _Command(GenerateSettings, "generate", "write the packages of services", _GENERATE),
    _Command(
        CheckSettings, "check", "exit 1, with a diff, when packages are stale", _CHECK
    ),
    _Command(
        UpdateSettings, "update", "pin newer models, and generate what changed", _UPDATE
    ),
    _Command(DiffSettings, "diff", "tell what changed", _DIFF),
    _Command(ListSettings, "list", "list the services", (_MODELS,)),
    _Command(ShowSettings, "show", "show an operation", _SHOW),
)
