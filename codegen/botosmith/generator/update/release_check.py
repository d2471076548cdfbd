"""A check if a release of botocore has changes for the pinned services.

Endpoints change with nearly every release, but seldom those of a given service. An
update is not due when only another service has come to another region.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from botosmith.generator.json_type import is_object
from botosmith.generator.output.atomic_write import Tree
from botosmith.generator.plan.data import cut_endpoints
from botosmith.generator.update.origin import SOURCE
from botosmith.generator.update.pin import NOTICE, SHARED, list_files, list_services

_ENDPOINTS = PurePosixPath(f"{SHARED[0]}.json")

#: Files that are not compared, or not byte by byte.
_ABOUT = {PurePosixPath(SOURCE), PurePosixPath(NOTICE), _ENDPOINTS}


def is_newer(pinned: Tree) -> bool:
    """Return whether a release's models differ from those that are pinned now.

    Args:
        pinned: The folder of models with the release's data.
    """
    models = pinned.target
    wanted = pinned.files.keys() - _ABOUT
    if wanted != list_files(models) - _ABOUT:
        return True
    if any(_read(models / path) != pinned.files[path].encode() for path in wanted):
        return True
    kept = set(_list_endpoint_names(pinned.files))
    before, after = _read(models / _ENDPOINTS), pinned.files[_ENDPOINTS]
    return _cut(before, kept) != _cut(after.encode(), kept)


def _read(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def _cut(content: bytes | None, kept: set[str]) -> dict[str, Any] | None:
    try:
        return cut_endpoints(json.loads(content or b""), kept)
    except (ValueError, LookupError, TypeError):
        return None


def _list_endpoint_names(files: Mapping[PurePosixPath, str]) -> Iterator[str]:
    """Yield the names of the pinned services in the endpoints' data."""
    yield from list_services(files)
    for path, text in files.items():
        if path.name == "service-2.json":
            # A model that is not an object is refused when the whole model is read.
            source = json.loads(text)
            metadata = source.get("metadata") if is_object(source) else None
            if is_object(metadata):
                yield str(metadata.get("endpointPrefix"))
