"""The command line, and what it comes to: typed settings for each command."""

from __future__ import annotations

import argparse
import keyword
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from attrs import frozen

#: Where pinned models are, and where packages go, when nothing else is said.
MODELS = Path("models")
OUT = Path("generated")
PACKAGE = "botosmith"


@frozen
class GenerateSettings:
    """What `generate` does.

    Attributes:
        services: The services to generate; none for all that are pinned.
        models: The folder of pinned models, if one was named.
        out: The import root that the package is below.
        package: The package that the services' packages belong to.
        operations: The operations to keep of the one service named; none for all.
    """

    services: tuple[str, ...]
    models: Path | None
    out: Path
    package: str
    operations: tuple[str, ...] = ()


@frozen
class CheckSettings(GenerateSettings):
    """What `check` compares: what `generate` would write."""


@frozen
class ListSettings:
    """What `list` lists."""

    models: Path | None


@frozen
class ShowSettings:
    """What `show` shows."""

    service: str
    operation: str
    models: Path | None
    package: str


Settings = GenerateSettings | CheckSettings | ListSettings | ShowSettings


def parse_arguments(arguments: Sequence[str] | None = None) -> Settings:
    """Read a command line; argparse ends the process where it makes no sense.

    Args:
        arguments: The words after the command's name; None for the process's own.
    """
    values = vars(_make_parser().parse_args(arguments))
    kind: type[Settings] = values.pop("kind")
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
    ):
        command = _add_command(commands, name, text, kind)
        command.add_argument(
            "services",
            nargs="*",
            type=str,
            metavar="SERVICE",
            help="botocore's name of a service (default: all that are pinned)",
        )
        _add_models(command)
        _add_out(command)
        _add_package(command)
        _add_operations(command)
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
    _add_models(command)
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


def _names(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(","))
    if not all(names):
        msg = f"{text!r} is not a list of operations, such as CreateModel,ListModels"
        raise argparse.ArgumentTypeError(msg)
    return names


def _package(text: str) -> str:
    for part in text.split("."):
        if not part.isidentifier() or keyword.iskeyword(part):
            msg = f"{text!r} is not a package's name: {part!r} is not an identifier"
            raise argparse.ArgumentTypeError(msg)
    return text
