"""A release of botocore, whose data files models are copies of."""

from __future__ import annotations

from importlib.metadata import distribution
from pathlib import Path

from attrs import frozen
from botocore.loaders import Loader

from botosmith.generator.fetch import fetch_botocore
from botosmith.generator.problem import GeneratorError


@frozen
class Release:
    """A release of botocore.

    Attributes:
        version: Such as `1.44.5`.
        data: The folder of its data.
        notice: Its NOTICE file, which has to go with every copy of its data.
    """

    version: str
    data: Path
    notice: str

    def open(self) -> Loader:
        """A loader of its data alone.

        Users may keep models of their own in ~/.aws, which a default one would mix in.
        """
        return Loader([str(self.data)], include_default_search_paths=False)


def find_installed() -> Release:
    """The release that this Python has."""
    package = distribution("botocore")
    notice = package.read_text("NOTICE") or ""
    return Release(package.version, Path(Loader.BUILTIN_DATA_PATH), notice)


def find_release(version: str | None) -> Release:
    """A release by its version; the installed one if none is named.

    Raises:
        UsageError: There is no such version.
        GeneratorError: It cannot be fetched.
    """
    installed = find_installed()
    if version in {None, installed.version}:
        return installed
    folder = fetch_botocore(version or "")
    notices = [
        *folder.glob("*.dist-info/NOTICE"),
        *folder.glob("*.dist-info/**/NOTICE"),
    ]
    if not notices:
        msg = f"botocore {version} comes without the NOTICE that copies have to carry"
        raise GeneratorError(msg)
    return Release(
        version or "", folder / "botocore" / "data", notices[0].read_text("utf-8")
    )
