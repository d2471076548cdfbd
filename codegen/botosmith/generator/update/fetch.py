"""The data of any botocore version, from its wheel, kept in the user's cache."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zlib
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from zipfile import BadZipFile, ZipFile

from botosmith.generator.cache import (
    DIRECTORY,
    digest_folder,
    find_folder,
    make_key,
    make_private,
    refuse_shared,
)
from botosmith.generator.errors import CacheError, GeneratorError, UsageError

#: A file in the folder of a version: the digest of all others.
_DIGEST = ".sha256"

#: The errors that zipfile raises for a damaged file, or an unknown compression.
_NO_WHEEL = (BadZipFile, EOFError, RuntimeError, ValueError, zlib.error)

#: Parts of pip's messages: the version is missing; the index lists no version at all;
#: the index cannot be reached.
_NO_SUCH_VERSION = "No matching distribution"
_NO_VERSIONS = "(from versions: none)"
_NOT_REACHED = "connection broken by"


def fetch_botocore(version: str) -> Path:
    """Return the unpacked wheel of a botocore version; pip fetches it the first time.

    Args:
        version: Such as `1.42.1`.

    Returns:
        The folder of `botocore` and its `dist-info`, which callers must not change.

    Raises:
        UsageError: The version does not exist.
        GeneratorError: pip is missing, or cannot reach its index.
        CacheError: Others can write to the cache.
    """
    home = _make_home()
    unpacked = home / version
    refuse_shared(unpacked)
    if not _is_whole(unpacked):
        with _workplace(home) as work:
            _unpack(_download(version, work), work / version)
            (work / version / _DIGEST).write_bytes(_digest(work / version))
            _move(work, version, unpacked)
    return unpacked


def _make_home() -> Path:
    """Return the folder of all versions, which only the user can write to."""
    folder = find_folder()
    if folder.parts[:1] == ("~",):
        msg = f"no home is known to keep a botocore in: name a folder in {DIRECTORY}"
        raise CacheError(msg)
    make_private(folder)
    make_private(folder / "botocore")
    return folder / "botocore"


def _is_whole(unpacked: Path) -> bool:
    """Return whether a version is in its folder, and unchanged in every byte."""
    try:
        return (unpacked / _DIGEST).read_bytes() == _digest(unpacked)
    except OSError:
        return False


def _digest(unpacked: Path) -> bytes:
    names = sorted(path.name for path in unpacked.iterdir() if path.name != _DIGEST)
    return make_key(*names, *(digest_folder(unpacked / name) for name in names))


@contextmanager
def _workplace(home: Path) -> Generator[Path]:
    # Beside its place, so that the rename stays within a file system.
    work = Path(mkdtemp(prefix=".fetch-", dir=home))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _download(version: str, folder: Path) -> Path:
    # Isolated mode: a folder `pip` in the current folder must not be executed.
    command = [sys.executable, "-I", "-m", "pip"]
    command += ["--disable-pip-version-check", "download"]
    options = ["--quiet", "--no-deps", "--only-binary=:all:", "--dest", str(folder)]
    done = subprocess.run(  # noqa: S603 - the version has been matched
        [*command, *options, f"botocore=={version}"],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode == 0 and (wheel := next(folder.glob("*.whl"), None)):
        return wheel
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    failures = [line for line in lines if _NOT_REACHED in line]
    is_sure = not failures and _NO_VERSIONS not in done.stderr
    if is_sure and _NO_SUCH_VERSION in done.stderr:
        msg = f"botocore {version}: pip finds no such version"
        raise UsageError(msg)
    reason = next(reversed(failures or lines), "pip gives no reason")
    msg = f"botocore {version} cannot be fetched: {reason}"
    raise GeneratorError(msg)


def _unpack(wheel: Path, folder: Path) -> None:
    make_private(folder)
    try:
        with ZipFile(wheel) as archive:
            archive.extractall(folder)
    except _NO_WHEEL as error:
        msg = f"{wheel.name}, as pip fetched it, is not a wheel: {error}"
        raise GeneratorError(msg) from error


def _move(work: Path, version: str, place: Path) -> None:
    """Move a fetched version to its place; other processes may do the same."""
    if not _is_whole(place) and os.path.lexists(place):
        # A folder cannot be renamed to an existing one.
        with suppress(FileNotFoundError):
            place.rename(work / "damaged")
    try:
        (work / version).rename(place)
    except OSError:
        # Another process was faster, and has fetched the same version.
        if not place.is_dir():
            raise
