"""Tells what a package exports, and whether all of its structures make round trips.

Run as a program: it reads from standard input, as JSON, the package's import root and
name, the folder of its models, the shape of each of its classes, and how many values
are to be drawn for each; what it prints is JSON, too.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import ModuleType
from typing import Any

from attrs import fields_dict
from botocore.model import ServiceModel, Shape
from hypothesis import HealthCheck, Phase, given, settings
from tests.contract.equivalence.round_trip import check_round_trip, exact

from botosmith.runtime import OpenEnum, ServiceError, Union
from botosmith.testing import load_service
from botosmith.testing.strategies import Options, documents

_SETTINGS = settings(
    database=None,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[*HealthCheck.__members__.values()],
)

#: Attributes of structures beside their members.
_OWN = {"response_metadata", "sdk_unknown_member"}


def describe(found: Any) -> Any:
    """A class, and its members."""
    if issubclass(found, OpenEnum):
        return "enum", [str(value) for value in found]
    if issubclass(found, ServiceError):
        return "error", [field.attribute for field in found._fields]
    kind = "union" if issubclass(found, Union) else "structure"
    return kind, [name for name in fields_dict(found) if name not in _OWN]


def travel(made: Any, shape: Shape, examples: int) -> None:
    """Make round trips of documents of a class: with all members, and with some."""
    if issubclass(made, ServiceError):
        check: Any = check_error
    else:
        check = check_round_trip

    @settings(_SETTINGS, max_examples=examples)
    @given(documents(shape))
    def travel_lightly(document: dict[str, Any]) -> None:
        check(made, document)

    @settings(_SETTINGS, max_examples=max(1, examples // 5))
    @given(documents(shape, Options(full=True)))
    def travel_fully(document: dict[str, Any]) -> None:
        check(made, document)

    travel_lightly()
    travel_fully()


def check_error(error: type[ServiceError], document: dict[str, Any]) -> None:
    """An error has what its reply said."""
    made = error({"Error": {}, **document}, "Call")
    told = {
        field.member.wire_name: getattr(made, field.attribute)
        for field in made._fields
        if field.member.wire_name in document
    }
    assert exact(told) == exact(document)


def find_failures(
    package: ModuleType, service: ServiceModel, shapes: dict[str, str], examples: int
) -> Iterator[str]:
    """The classes that fail, with what they say."""
    for name, shape in shapes.items():
        try:
            travel(getattr(package, name), service.shape_for(shape), examples)
        except Exception as error:  # noqa: BLE001 - all of them are to be told
            yield f"{name}: {error!r}"


def main() -> None:
    """Survey one package."""
    told = json.load(sys.stdin)
    sys.path.insert(0, told["root"])
    package = import_module(told["package"])
    modules = [
        import_module(found.name)
        for found in walk_packages(package.__path__, f"{package.__name__}.")
    ]
    service = load_service("sagemaker", Path(told["models"]))
    classes = {name: describe(getattr(package, name)) for name in told["classes"]}
    found = {
        "modules": len(modules),
        "operations": list(package.OPERATIONS),
        "classes": classes,
        "exports": [name for name in dir(package) if name[0].isupper()],
        "failures": list(
            find_failures(package, service, told["shapes"], told["examples"])
        ),
    }
    print(json.dumps(found))  # noqa: T201 - this is what it is for


if __name__ == "__main__":
    main()
