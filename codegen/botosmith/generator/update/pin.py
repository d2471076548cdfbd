"""Pinned models: copies of botocore's data that generated code is made from.

They keep botocore's layout, so that `botocore.loaders.Loader` reads them too. SOURCE
names the botocore version they come from and the digest of each file. All pinned
services are of one version, since they share its endpoints and partitions.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from botocore.exceptions import DataNotFoundError
from botocore.loaders import Loader

from botosmith.generator.errors import ModelError, Problem
from botosmith.generator.invisible import make_json_visible
from botosmith.generator.model.reading import check_names, read_json, read_needed_json
from botosmith.generator.output.atomic_write import Tree
from botosmith.generator.suggest import find_name
from botosmith.generator.update.origin import SOURCE, read_digests
from botosmith.generator.update.release import Release

NOTICE = "NOTICE"

#: The data files of a service that bindings need.
KINDS = ("service-2", "paginators-1", "waiters-2", "endpoint-rule-set-1")

#: The data files that a client reads beside its service's.
SHARED = ("endpoints", "partitions")

_PREFACE = """\
The models in this folder are copies of data files of botocore {version}
(https://github.com/boto/botocore), laid out for reading and otherwise unchanged.
botocore is licensed under the Apache License, Version 2.0, whose text is in the file
LICENSE at the root of this repository. botocore's own notice follows.

----

"""


def pin_tree(services: Iterable[str], models: Path, release: Release) -> Tree:
    """Return a folder of models with a botocore release's data of services.

    The services that are pinned there are copied anew; models that SOURCE does not list
    are kept.

    Args:
        services: botocore's names of the services to add.
        models: The folder; it may be missing.
        release: The release whose data is copied.

    Raises:
        UnknownName: The release has no such service.
        ModelError: SOURCE exists and cannot be read.
    """
    pinned = list_files(models)
    ours = {*pinned, PurePosixPath(SOURCE), PurePosixPath(NOTICE)}
    files = read_models({*list_pinned(models), *services}, release)
    return Tree(models, files, is_ours=lambda path, _: path in ours)


def list_pinned(models: Path) -> list[str]:
    """Return the services that SOURCE lists, sorted.

    Raises:
        ModelError: SOURCE is there and cannot be read.
    """
    return list_services(list_files(models))


def list_services(files: Iterable[PurePosixPath]) -> list[str]:
    """Return the services that pinned files belong to, sorted."""
    return sorted({path.parts[0] for path in files if len(path.parts) > 1})


def list_files(models: Path) -> set[PurePosixPath]:
    """Return the files that SOURCE lists, relative to the folder.

    Raises:
        ModelError: SOURCE is there and cannot be read.
    """
    try:
        return {PurePosixPath(path) for path in read_digests(models)}
    except FileNotFoundError:
        return set()


def read_models(services: Iterable[str], release: Release) -> dict[PurePosixPath, str]:
    """Return a release's data of services, SOURCE and NOTICE, by their paths."""
    loader = release.open()
    known = loader.list_available_services("service-2")
    names = [*SHARED]
    for service in sorted(services):
        names += _data_names(loader, find_name("service", service, known))
    files = {PurePosixPath(f"{name}.json"): _read(loader, name) for name in names}
    preface = _PREFACE.format(version=release.version)
    digests = {str(path): _digest(text.encode()) for path, text in files.items()}
    return {
        **files,
        PurePosixPath(NOTICE): preface + release.notice.lstrip(),
        PurePosixPath(SOURCE): _write_source(release.version, digests),
    }


def verify(models: Path) -> list[Problem]:
    """Return the differences between a folder's files and its SOURCE."""
    try:
        return _compare(models, read_digests(models))
    except FileNotFoundError:
        return [Problem(str(models / SOURCE), "", "is missing")]
    except ModelError as error:
        return list(error.problems)


def _compare(models: Path, expected: Mapping[str, str]) -> list[Problem]:
    paths = {path.relative_to(models).as_posix() for path in models.rglob("*.json")}
    problems: list[Problem] = []
    for path in sorted(paths | set(expected)):
        if path not in paths:
            message = "is missing, and SOURCE lists it"
        elif path not in expected:
            message = "is not in SOURCE"
        elif (found := _digest((models / path).read_bytes())) != expected[path]:
            message = f"has the SHA-256 {found}, and SOURCE says {expected[path]}"
        else:
            continue
        problems.append(Problem(str(models / path), "", message))
    return problems


def _data_names(loader: Loader, service: str) -> list[str]:
    """Return botocore's names of the files with a service's latest data."""
    check_names(service)
    version = loader.determine_latest_version(service, "service-2")
    check_names(service, version)
    kinds = [kind + suffix for kind in KINDS for suffix in ("", ".sdk-extras")]
    names = [f"{service}/{version}/{kind}" for kind in kinds]
    return [name for name in names if _has(loader, name)]


def _has(loader: Loader, name: str) -> bool:
    try:
        read_json(partial(loader.load_data, name), f"{name}.json")
    except DataNotFoundError:
        return False
    return True


def _read(loader: Loader, name: str) -> str:
    # load_data returns a file unchanged; load_service_model would merge the extras in.
    return _lay_out(read_needed_json(partial(loader.load_data, name), f"{name}.json"))


def _lay_out(data: Any) -> str:
    text = json.dumps(data, indent=2, ensure_ascii=False)
    # Invisible characters are escaped, so that a reader of the model sees them.
    return make_json_visible(text) + "\n"


def _write_source(version: str, digests: Mapping[str, str]) -> str:
    return _lay_out({"botocore": version, "sha256": dict(sorted(digests.items()))})


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
