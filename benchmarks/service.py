"""Services that the suite generates for itself."""

from __future__ import annotations

from pathlib import Path

from botosmith.generator.build.pipeline import build_service, open_models
from botosmith.generator.naming import package_name

#: The package that they are generated into.
PACKAGE = "benched"


def write_service(name: str, folder: Path) -> str:
    """Generate a service into a folder, and give the name of its package."""
    package = package_name(name)
    files = build_service(open_models(None), name, package=PACKAGE)
    for path, text in files.items():
        target = folder / PACKAGE / package / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return f"{PACKAGE}.{package}"
