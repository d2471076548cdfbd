"""The input of an existing package, read from its data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import evolve

from botosmith.generator.errors import ModelError, Problem
from botosmith.generator.json_type import is_object, name_kind
from botosmith.generator.model import (
    ServiceModel,
    WaiterModel,
    check_waiters,
    mirror_model,
    mirror_waiters,
)
from botosmith.generator.model.check import check_format
from botosmith.generator.naming import is_identifier
from botosmith.generator.plan import LOCK, WAITERS, Previous


def read_previous(target: Path, service: str) -> Previous:
    """Read the input of an existing package.

    A model that cannot be read counts as missing, so that generating repairs a damaged
    package. A lock that cannot be read is an error, since its names would be lost.

    Args:
        target: The package's folder, which may be missing.
        service: botocore's name of the service.

    Raises:
        ModelError: The lock cannot be read.
    """
    # The newest, in case the service has changed its API version.
    files = _models(target, service)
    model = _read_model(files[-1], service) if files else None
    return Previous(model, _read_lock(target / LOCK))


def _models(target: Path, service: str) -> list[Path]:
    return sorted((target / "data" / service).glob("*/service-2.json"))


def _read_model(file: Path, service: str) -> ServiceModel | None:
    try:
        source: Any = json.loads(file.read_bytes())
    except (ValueError, RecursionError):
        return None
    if check_format(source, str(file)):
        return None
    model = mirror_model(source, service, file.parent.name)
    return evolve(model, waiters=_read_waiters(file.with_name(WAITERS), model))


def _read_waiters(file: Path, model: ServiceModel) -> dict[str, WaiterModel]:
    try:
        source: Any = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    if check_waiters(source, str(file), model.operations):
        return {}
    return mirror_waiters(source)


def _read_lock(file: Path) -> dict[str, str]:
    try:
        source: Any = json.loads(file.read_bytes())
    except FileNotFoundError:
        return {}
    except (ValueError, RecursionError) as error:
        raise _unreadable(file, "", f"is not JSON: {error}") from error
    names = source.get("names") if is_object(source) else None
    if not is_object(names):
        raise _unreadable(file, "names", f"is {name_kind(names)}, not an object")
    problems = tuple(_check_names(file, names))
    if problems:
        raise ModelError(problems)
    return {place: str(name) for place, name in names.items()}


def _check_names(file: Path, names: dict[str, Any]) -> Iterator[Problem]:
    for place, name in names.items():
        path = f"names.{place}"
        if not isinstance(name, str):
            yield Problem(str(file), path, f"is {name_kind(name)}, not a string")
        elif not is_identifier(name):
            yield Problem(str(file), path, f"is {name!r}, which is not an identifier")


def _unreadable(file: Path, path: str, message: str) -> ModelError:
    return ModelError((Problem(str(file), path, message),))
