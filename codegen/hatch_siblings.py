"""Writes the requirements among the distributions of this repository.

`codegen/` holds a copy, since each source distribution carries its own hook. In a
clone the siblings are on no index, so pip gets references to their folders. Everything
else gets the version: files that `python -m build` or `make dist` makes are published.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, cast

from hatchling.metadata.plugin.interface import MetadataHookInterface

#: Set by `make dist`, and where all siblings are installed together.
RELEASE = "BOTOSMITH_RELEASE"
#: Set by pip while it builds what it installs; other front ends do not set it.
PIP = "PIP_BUILD_TRACKER"

Table = dict[str, Any]


class Siblings(MetadataHookInterface):
    """Completes the requirements that the table of this hook lists."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set what the distribution requires of its siblings."""
        # hatchling does not say what the keys and values are.
        table = cast("Table", self.config)  # pyright: ignore[reportUnknownMemberType]
        pins = {
            name: self._pin(folder, metadata["version"])
            for name, folder in table["siblings"].items()
        }
        metadata["dependencies"] = _complete(table["dependencies"], pins)
        if "optional-dependencies" in table:
            metadata["optional-dependencies"] = {
                extra: _complete(requirements, pins)
                for extra, requirements in table["optional-dependencies"].items()
            }

    def _pin(self, folder: str, version: str) -> str:
        place = Path(self.root, folder).resolve()
        is_published = RELEASE in os.environ or PIP not in os.environ
        if is_published or not (place / "pyproject.toml").is_file():
            return f"=={version}"
        return f" @ {place.as_uri()}"


def _complete(requirements: list[str], pins: dict[str, str]) -> list[str]:
    return [f"{one}{pins[one.partition('[')[0]]}" for one in requirements]
