"""The data of any botocore version, from its wheel, kept in the user's cache."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from zipfile import BadZipFile, ZipFile

from botosmith.generator.cache import find_folder
from botosmith.generator.problem import GeneratorError, UsageError

#: What pip says, among other things, of a version that there is not; and what it adds
#: when it has found no version at all, or not those of an index that it cannot reach.
_NO_SUCH_VERSION = "No matching distribution"
_NO_VERSIONS = "(from versions: none)"
_NOT_REACHED = "connection broken by"


def fetch_botocore(version: str) -> Path:
    """The unpacked wheel of a botocore version, which pip fetches the first time.

    Args:
        version: Such as `1.42.1`.

    Returns:
        The folder that holds `botocore` and its `dist-info`; it is not to be changed.

    Raises:
        UsageError: There is no such version.
        GeneratorError: pip is missing, or cannot reach its index.
    """
    home = find_folder() / "botocore"
    unpacked = home / version
    if not unpacked.is_dir():
        home.mkdir(parents=True, exist_ok=True)
        with _workplace(home) as work:
            _unpack(_download(version, work), work / version)
            _move(work / version, unpacked)
    return unpacked


@contextmanager
def _workplace(home: Path) -> Generator[Path]:
    # Beside its place, so that the rename stays within a file system.
    work = Path(mkdtemp(prefix=".fetch-", dir=home))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _download(version: str, folder: Path) -> Path:
    # Isolated, or a folder `pip` where the command is run would be executed.
    command = [sys.executable, "-I", "-m", "pip"]
    command += ["--disable-pip-version-check", "download"]
    options = ["--quiet", "--no-deps", "--only-binary=:all:", "--dest", str(folder)]
    done = subprocess.run(  # noqa: S603 - the version has been matched
        [*command, *options, f"botocore=={version}"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 0:
        return next(folder.glob("*.whl"))
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
    try:
        with ZipFile(wheel) as archive:
            archive.extractall(folder)
    except BadZipFile as error:
        msg = f"{wheel.name}, as pip fetched it, is no wheel: {error}"
        raise GeneratorError(msg) from error


def _move(unpacked: Path, place: Path) -> None:
    try:
        unpacked.replace(place)
    except OSError:
        # Another process was faster; what it fetched is the same.
        if not place.is_dir():
            raise
