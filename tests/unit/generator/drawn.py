"""Packages of drawn models: generated, imported, and forgotten again."""

from __future__ import annotations

import copy
import importlib
import json
import linecache
import os
import subprocess
import sys
from functools import cache
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any

from attrs import frozen
from botocore.loaders import Loader
from tests.support.repository import ROOT
from tests.unit.generator.conftest import write_model

from botosmith.generator.build.pipeline import build_service, open_models
from botosmith.generator.plan.data import cut_endpoints

Model = dict[str, Any]

#: As `write_model` calls it.
SERVICE = "parcels"
VERSION = "2024-03-01"
_RULES = "endpoint-rule-set-1"


#: mypy's knowledge of attrs, botocore and the run time from the last time.
_CACHE = ROOT / ".mypy_cache" / "drawn"

_numbers = count(1)


def import_model(model: Model, home: Path, rules: Any = None) -> ModuleType:
    """Generate a package of a model below a folder, and import all of it.

    black takes no part.

    Args:
        model: The model.
        home: The folder.
        rules: The service's endpoint rules; none by default.

    Raises:
        ModelError: Nothing can be generated of the model.
    """
    parent = f"drawn{next(_numbers)}"
    models = home / f"models_of_{parent}"
    write_model(models, model)
    (models / "endpoints.json").write_text(_endpoints())
    if rules is not None:
        place = models / SERVICE / VERSION / f"{_RULES}.json"
        place.write_text(json.dumps(rules))
    files = build_service(open_models(models), SERVICE, package=parent)
    for path, text in files.items():
        place = home / parent / SERVICE / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    sys.path.insert(0, str(home))
    try:
        importlib.invalidate_caches()
        package = importlib.import_module(f"{parent}.{SERVICE}")
        for name in package.__all__:
            getattr(package, name)
    except BaseException:
        forget(parent)
        raise
    finally:
        sys.path.remove(str(home))
    return package


def forget(name: str) -> None:
    """Let go of a package's modules, and of what is remembered of its classes."""
    parent = name.partition(".")[0]
    for one in [one for one in sys.modules if one.partition(".")[0] == parent]:
        del sys.modules[one]
    for module in [*sys.modules.values()]:
        if module.__name__.startswith("botosmith.runtime."):
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()
    linecache.clearcache()


def check_types(home: Path) -> str:
    """Return what mypy finds wrong with the packages below a folder."""
    found = subprocess.run(
        [
            *(sys.executable, "-m", "mypy", "--strict", "--explicit-package-bases"),
            *("--cache-dir", str(_CACHE), "--exclude", "models_of_", "."),
        ],
        cwd=home,
        env={**os.environ, "MYPYPATH": f"{ROOT / 'runtime'}:{home}"},
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if found.returncode == 0 else found.stdout + found.stderr


@frozen
class MemoryLoader:
    """Stands in for botocore's loader of data.

    Attributes:
        model: The only model.
        rules: Its endpoint rules, if any.
    """

    model: Model
    rules: Any

    def load_service_model(
        self, service_name: str, type_name: str, api_version: str | None = None
    ) -> Any:
        """The model, and nothing else about the service."""
        if type_name == "service-2":
            return copy.deepcopy(self.model)
        if type_name == _RULES and self.rules is not None:
            return self.rules
        return _shared().load_service_model(service_name, type_name, api_version)

    def load_data(self, name: str) -> Any:
        """Whatever is about no single service."""
        return json.loads(_endpoints()) if name == "endpoints" else _load(name)

    def load_data_with_path(self, name: str) -> tuple[Any, str]:
        """The same, and from where."""
        return self.load_data(name), ""

    def is_builtin_path(self, path: str) -> bool:
        """Return whether it is botocore's own."""
        del path
        return True

    def determine_latest_version(self, service: str, kind: str) -> str:
        """The only one."""
        del service, kind
        return VERSION


@cache
def _endpoints() -> str:
    # botocore's own takes longer to read than all the rest.
    return json.dumps(cut_endpoints(_shared().load_data("endpoints"), ()))


@cache
def _load(name: str) -> Any:
    return _shared().load_data(name)


@cache
def _shared() -> Loader:
    return Loader()
