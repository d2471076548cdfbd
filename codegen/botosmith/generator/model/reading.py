"""The reading of model files: every error becomes a problem with the file's name."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from typing import Any

from botocore.exceptions import DataNotFoundError

from botosmith.generator.errors import ModelError, Problem

#: Errors of the system, and of a damaged compressed file.
_UNREADABLE = (OSError, EOFError, zlib.error)

#: Errors of a file that is not JSON, or is nested too deeply for Python.
_NOT_JSON = (ValueError, RecursionError)

#: Errors of botocore's merge of a file with its `.sdk-extras`, neither of which it
#: checks.
_NOT_MERGED = (AttributeError, LookupError, TypeError)

#: Names of folders in botocore's layout. They become names of packages and of files,
#: on every system; a file `endpoints.json` lies beside them.
_SERVICE = re.compile(r"[A-Za-z][A-Za-z0-9._-]*(?<!\.json)", re.ASCII)
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*", re.ASCII)


def read_json(load: Callable[[], Any], file: str) -> Any:
    """Load a file with botocore's loader.

    Args:
        load: Loads the file.
        file: The name of the file in problems.

    Raises:
        ModelError: It cannot be read, or is not JSON.
        DataNotFoundError: The file is missing.
    """
    try:
        return load()
    except _NOT_JSON as error:
        message = f"is not JSON: {error}"
    except _UNREADABLE as error:
        reason = getattr(error, "strerror", None) or str(error)
        message = f"cannot be read: {reason}"
    except _NOT_MERGED as error:
        message = f"does not fit its .sdk-extras: {type(error).__name__}: {error}"
    raise ModelError((Problem(file, "", message),))


def read_needed_json(load: Callable[[], Any], file: str) -> Any:
    """Load a required file with botocore's loader.

    Raises:
        ModelError: It cannot be read, is not JSON, or is missing.
    """
    try:
        return read_json(load, file)
    except DataNotFoundError as error:
        raise ModelError((Problem(file, "", f"no such model: {error}"),)) from error


def check_names(service: str, api_version: str | None = None) -> None:
    """Refuse folders of models whose names cannot be those of packages and files.

    Raises:
        ModelError: The name of the service's or the version's folder is not valid.
    """
    if not _SERVICE.fullmatch(service):
        message = (
            "is not a service's name: it begins with a letter, letters, digits, "
            "'.', '_' and '-' follow"
        )
        raise ModelError((Problem(service, "", message),))
    if api_version is not None and not _VERSION.fullmatch(api_version):
        message = "is not a version's name, such as 2024-03-01"
        raise ModelError((Problem(f"{service}/{api_version}", "", message),))
