"""The botocore version that models come from; SOURCE names it for pinned ones."""

from __future__ import annotations

import json
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

from botocore.loaders import Loader

from botosmith.generator.errors import ModelError, Problem, naming
from botosmith.generator.json_type import is_object, name_kind

#: A file beside pinned models: their botocore, and the digest of each file.
SOURCE = "SOURCE"


def find_version(loader: Loader, service: str) -> str | None:
    """Return the botocore version that a service's model comes from.

    None for a model in a folder of models that SOURCE does not list.

    Raises:
        ModelError: SOURCE is there and cannot be read.
    """
    folder = loader.search_paths[0]
    if folder == Loader.BUILTIN_DATA_PATH:
        return version("botocore")
    try:
        files = read_digests(Path(folder))
    except FileNotFoundError:
        return None
    is_pinned = any(file.startswith(f"{service}/") for file in files)
    return read_version(Path(folder)) if is_pinned else None


def describe_versions(models: Path) -> str:
    """Return a line with the installed botocore version and the pinned one.

    An unreadable SOURCE is not an error here; the functions that need it report it.
    """
    installed = f"botocore {version('botocore')} is installed"
    with suppress(ModelError, OSError):
        if pinned := read_version(models):
            return f"{installed}, {pinned} is pinned in {models}"
    return installed


def read_version(models: Path) -> str | None:
    """Return the botocore version that SOURCE names; None without a SOURCE.

    Raises:
        ModelError: SOURCE cannot be read.
    """
    try:
        found = _read_source(models, "botocore")
    except FileNotFoundError:
        return None
    if not isinstance(found, str):
        raise _refuse(models, "botocore", f"cannot be read: it is {name_kind(found)}")
    return found


def read_digests(models: Path) -> dict[str, str]:
    """Return the digest of each file that SOURCE lists, by its path.

    Raises:
        ModelError: SOURCE cannot be read.
        FileNotFoundError: SOURCE is missing.
    """
    digests = _read_source(models, "sha256")
    if not is_object(digests):
        raise _refuse(models, "sha256", f"cannot be read: it is {name_kind(digests)}")
    return {path: str(digest) for path, digest in digests.items()}


def _read_source(models: Path, key: str) -> Any:
    try:
        with naming(models / SOURCE):
            source: Any = json.loads((models / SOURCE).read_bytes())
    except (ValueError, RecursionError) as error:
        raise _refuse(models, "", f"cannot be read: {error}") from error
    if not is_object(source):
        kind = name_kind(source)
        raise _refuse(models, "", f"cannot be read: it is {kind}, not an object")
    return source.get(key)


def _refuse(models: Path, key: str, message: str) -> ModelError:
    return ModelError((Problem(str(models / SOURCE), key, message),))
