"""A release of botocore, whose data files models are copies of."""

from __future__ import annotations

import re
from importlib.metadata import distribution
from pathlib import Path

from attrs import frozen
from botocore.loaders import Loader

from botosmith.generator.errors import GeneratorError
from botosmith.generator.update.fetch import fetch_botocore

#: The suffixes of a version, from the earliest to the latest (PEP 440); a version
#: without a suffix comes between `rc` and `post`.
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
        notice: The text of its NOTICE, which its licence requires beside copies.
    """

    version: str
    data: Path
    notice: str

    def open(self) -> Loader:
        """Return a loader of this release's data alone.

        A default loader would also read a user's own models in ~/.aws.
        """
        return Loader([str(self.data)], include_default_search_paths=False)


def find_installed() -> Release:
    """Return the release that is installed in this Python."""
    package = distribution("botocore")
    notice = package.read_text("NOTICE") or ""
    return Release(package.version, Path(Loader.BUILTIN_DATA_PATH), notice)


def find_release(version: str | None) -> Release:
    """Return a release by its version; the installed one for None.

    Raises:
        UsageError: The version does not exist.
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

    1.44.9 and 1.44.10rc1 precede 1.44.10. A text that is not a version neither precedes
    nor follows one.
    """
    left, right = _order(version), _order(than)
    return bool(left and right) and left < right


def _order(version: str) -> tuple[tuple[int, int], ...]:
    """Return the sort key of a version; an empty one if the text is not a version."""
    numbers = _NUMBERS.match(version)
    if numbers is None:
        return ()
    parts = [int(part) for part in numbers[0].split(".")]
    while parts and parts[-1] == 0:
        # 1.44 and 1.44.0 are the same version.
        parts.pop()
    stages = [
        (_STAGES[name], int(number or 0))
        for name, number in _STAGE.findall(version[numbers.end() :])
    ]
    # 1.44.1 comes after 1.44.post1, so a number sorts after every suffix.
    return (*((2, part) for part in parts), *stages, _NONE)
