"""A release of botocore, whose data files models are copies of."""

from __future__ import annotations

import re
from importlib.metadata import distribution
from pathlib import Path

from attrs import frozen
from botocore.loaders import Loader

from botosmith.generator.errors import GeneratorError
from botosmith.generator.update.fetch import fetch_botocore

#: What follows the numbers of a version, from the earliest to the latest (PEP 440); a
#: version without any of it comes between.
_STAGES = {"dev": -4, "a": -3, "b": -2, "rc": -1, "post": 1}
_NONE = (0, 0)

_NUMBERS = re.compile(r"\d+(\.\d+)*")
_STAGE = re.compile(r"\.?(dev|a|b|rc|post)(\d*)")


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


def is_older(version: str, than: str) -> bool:
    """Return whether a version precedes another, by their numbers.

    1.44.9 precedes 1.44.10, and 1.44.10rc1 does, too. What is not a version precedes
    nothing, and nothing precedes it.
    """
    left, right = _order(version), _order(than)
    return bool(left and right) and left < right


def _order(version: str) -> tuple[tuple[int, int], ...]:
    """Return what a version is sorted by; nothing for what is not a version."""
    numbers = _NUMBERS.match(version)
    if numbers is None:
        return ()
    parts = [int(part) for part in numbers[0].split(".")]
    while parts and parts[-1] == 0:
        # 1.44 is 1.44.0.
        parts.pop()
    stages = [
        (_STAGES[name], int(number or 0))
        for name, number in _STAGE.findall(version[numbers.end() :])
    ]
    # A number weighs more than any stage of the version without it.
    return (*((2, part) for part in parts), *stages, _NONE)
