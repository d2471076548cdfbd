"""Packages of any service, generated for a test and imported; black takes no part."""

from __future__ import annotations

import atexit
import importlib
import shutil
import sys
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from types import ModuleType

from botosmith.generator.build.pipeline import build_service, open_models
from botosmith.generator.naming import package_name

#: The package that they belong to.
PARENT = "testaws"


@cache
def import_service(name: str, models: Path | None = None) -> ModuleType:
    """Generate and import a service.

    Args:
        name: botocore's name of it.
        models: A folder in botocore's layout; None for the installed botocore's data.
    """
    files = build_service(open_models(models), name, package=PARENT)
    place = _root() / PARENT / package_name(name)
    for path, text in files.items():
        target = place / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    importlib.invalidate_caches()
    return importlib.import_module(f"{PARENT}.{package_name(name)}")


@cache
def _root() -> Path:
    """A folder for this process, on the path as long as it lives."""
    root = Path(mkdtemp(prefix="botosmith-"))
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    sys.path.insert(0, str(root))
    return root
