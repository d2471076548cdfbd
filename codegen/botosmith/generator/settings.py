"""The command line, and what it comes to: typed settings for each command."""

from __future__ import annotations

import argparse
import keyword
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from attrs import frozen

from botosmith.generator.naming import package_name

#: Where pinned models are, and where packages go, when nothing else is said.
MODELS = Path("models")
OUT = Path("generated")
PACKAGE = "botosmith"
CHANGELOG = Path("changelog.d")

#: A release of botocore.
VERSION = re.compile(r"\d+\.\d+\.\d+(\.?(a|b|rc|dev|post)\d+)*")

#: The forms of a diff's report, and how severe a change can be, the worst first.
FORMATS = ("text", "markdown", "json", "html")
SEVERITIES = ("breaking", "compatible", "documentation")


@frozen
class OutputSettings:
    """Where packages are.

    Attributes:
        models: The folder of pinned models, if one was named.
        out: The import root that the package is below.
        package: The package that the services' packages belong to.
    """

    models: Path | None
    out: Path
    package: str

    def find_target(self, service: str) -> Path:
        """The folder of a service's package."""
        return self.out.joinpath(*self.package.split("."), package_name(service))


@frozen(kw_only=True)
class GenerateSettings(OutputSettings):
    """What `generate` does.

    Attributes:
        services: The services to generate; none for all that are pinned.
        operations: The operations to keep of the one service named; none for all.
        cache: Whether to use what earlier runs worked out.
    """

    services: tuple[str, ...]
    operations: tuple[str, ...] = ()
    cache: bool = True


@frozen(kw_only=True)
class CheckSettings(GenerateSettings):
    """What `check` compares: what `generate` would write.

    Attributes:
        latest: Whether to ask also if the installed botocore is ahead.
    """

    latest: bool = False


@frozen(kw_only=True)
class UpdateSettings(OutputSettings):
    """What `update` does.

    Attributes:
        services: The services to pin, beside those that are pinned.
        botocore: The version to take the models of; None for the installed one.
        changelog: The folder of changelog fragments.
        cache: Whether to use what earlier runs worked out.
    """

    services: tuple[str, ...]
    botocore: str | None
    changelog: Path
    cache: bool = True


@frozen
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


@frozen
class ListSettings:
    """What `list` lists."""

    models: Path | None


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


def parse_arguments(arguments: Sequence[str] | None = None) -> Settings:
    """Read a command line; argparse ends the process where it makes no sense.

    Args:
        arguments: The words after the command's name; None for the process's own.
    """
    values = vars(_make_parser().parse_args(arguments))
    kind: type[Settings] = values.pop("kind")
    if "services" in values:
        values["services"] = tuple(values["services"])
    return kind(**values)


def _make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="botosmith",
        description="Generates typed Python bindings from botocore's service models.",
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for kind, name, text in (
        (GenerateSettings, "generate", "write the packages of services"),
        (CheckSettings, "check", "exit 1, with a diff, when packages are stale"),
        (UpdateSettings, "update", "pin newer models, and generate what changed"),
    ):
        command = _add_command(commands, name, text, kind)
        _add_services(command, pins=kind is UpdateSettings)
        _add_output(command)
        _add_cache(command)
        if kind is not UpdateSettings:
            _add_operations(command)
        if kind is CheckSettings:
            _add_latest(command)
        if kind is UpdateSettings:
            _add_update(command)
    _add_diff(_add_command(commands, "diff", "tell what changed", DiffSettings))
    _add_models(_add_command(commands, "list", "list the services", ListSettings))
    _add_show(_add_command(commands, "show", "show an operation", ShowSettings))
    return parser


def _add_command(
    commands: Any, name: str, text: str, kind: type[Settings]
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=text, description=f"{text[0].upper()}{text[1:]}."
    )
    parser.set_defaults(kind=kind)
    return parser


def _add_show(command: argparse.ArgumentParser) -> None:
    command.add_argument("service", metavar="SERVICE", help="botocore's name of it")
    command.add_argument(
        "operation",
        metavar="OPERATION",
        help="such as CreateModel, create_model or create-model",
    )
    _add_output(command)


def _add_services(command: argparse.ArgumentParser, *, pins: bool) -> None:
    command.add_argument(
        "services",
        nargs="*",
        type=str,
        metavar="SERVICE",
        help=(
            "botocore's name of a service to pin beside those that are pinned"
            if pins
            else "botocore's name of a service (default: all that are pinned)"
        ),
    )


def _add_latest(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--latest",
        action="store_true",
        help="exit 1 also when the installed botocore has newer models",
    )


def _add_update(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--botocore",
        type=_version,
        metavar="VERSION",
        help="the version to take the models of (default: the installed one)",
    )
    command.add_argument(
        "--changelog",
        type=Path,
        default=CHANGELOG,
        metavar="DIR",
        help="where the changelog fragment goes (default: %(default)s/)",
    )


def _add_diff(command: argparse.ArgumentParser) -> None:
    for side in ("old", "new"):
        command.add_argument(
            side,
            metavar=side.upper(),
            help="a folder of models, a botocore version, or `installed`",
        )
    command.add_argument(
        "--service",
        action="append",
        default=[],
        dest="services",
        metavar="SERVICE",
        help="compare only this one; may be given again (default: all)",
    )
    command.add_argument(
        "--format",
        choices=FORMATS,
        default=FORMATS[0],
        help="the form of the report (default: %(default)s)",
    )
    command.add_argument(
        "--fail-on",
        choices=SEVERITIES,
        help="exit 1 when a change is so severe, or more so",
    )


def _add_output(command: argparse.ArgumentParser) -> None:
    _add_models(command)
    _add_out(command)
    _add_package(command)


def _add_models(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--models",
        type=Path,
        metavar="DIR",
        help="models in botocore's layout (default: models/, where there is one); "
        "services that are not there are taken from the installed botocore",
    )


def _add_out(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--out",
        type=Path,
        default=OUT,
        metavar="DIR",
        help="the import root for the packages (default: %(default)s/)",
    )


def _add_package(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--package",
        type=_package,
        default=PACKAGE,
        metavar="NAME",
        help="the package that they belong to (default: %(default)s)",
    )


def _add_operations(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--operations",
        type=_names,
        default=(),
        metavar="A,B",
        help="only these operations of the one SERVICE, and the shapes they reach",
    )


def _add_cache(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--no-cache",
        action="store_false",
        dest="cache",
        help="work everything out anew, and keep nothing of it",
    )


def _names(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(","))
    if not all(names):
        msg = f"{text!r} is not a list of operations, such as CreateModel,ListModels"
        raise argparse.ArgumentTypeError(msg)
    return names


def _version(text: str) -> str:
    if not VERSION.fullmatch(text):
        msg = f"{text!r} is not a version of botocore, such as 1.44.5"
        raise argparse.ArgumentTypeError(msg)
    return text


def _package(text: str) -> str:
    for part in text.split("."):
        if not part.isidentifier() or keyword.iskeyword(part):
            msg = f"{text!r} is not a package's name: {part!r} is not an identifier"
            raise argparse.ArgumentTypeError(msg)
    return text
