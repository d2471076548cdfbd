"""Compresses the models of a wheel, which are text in the repository.

Here they are text, for reviews to show what an update brings; where a package is
installed, only botocore's serializer reads them
(`botosmith.runtime.transport.service_data`).
"""

from __future__ import annotations

import gzip
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

#: As pyproject.toml leaves them out.
MODELS = "generated/**/service-2.json"


class CompressModels(BuildHookInterface[Any]):
    """Puts each model into a wheel as botocore has its own: `service-2.json.gz`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compress them for a wheel; an editable install reads them where they are."""
        if version == "editable":
            return
        self._folder = TemporaryDirectory()
        for number, model in enumerate(sorted(Path(self.root).glob(MODELS))):
            packed = Path(self._folder.name) / str(number)
            # Without a date, which would be another one in each build.
            packed.write_bytes(gzip.compress(model.read_bytes(), mtime=0))
            place = model.relative_to(Path(self.root) / "generated")
            build_data["force_include"][str(packed)] = f"{place.as_posix()}.gz"

    def finalize(
        self,
        version: str,
        build_data: dict[str, Any],  # noqa: ARG002 - hatchling's interface
        artifact_path: str,  # noqa: ARG002 - as above
    ) -> None:
        """Throw away what only the build needed."""
        if version != "editable":
            self._folder.cleanup()
