"""A ten-line model in, an imported package out."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import version
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from botosmith.generator.build.formatting import format_modules
from botosmith.generator.build.pipeline import build_service, open_models
from botosmith.generator.cli import main
from botosmith.generator.output.atomic_write import write_package

Generate = Callable[..., ModuleType]

#: Runs a command line in this process: exit code, stdout, stderr.
Run = Callable[..., tuple[int, str, str]]

METADATA = {
    "apiVersion": "2024-03-01",
    "endpointPrefix": "parcels",
    "jsonVersion": "1.1",
    "protocol": "json",
    "serviceAbbreviation": "Parcels",
    "serviceFullName": "Amazon Parcels",
    "serviceId": "Parcels",
    "signatureVersion": "v4",
    "targetPrefix": "Parcels",
    "uid": "parcels-2024-03-01",
}

_numbers = count(1)

#: The line with which results begin where nothing is pinned.
FIRST_LINE = f"botocore {version('botocore')} is installed\n"


def read_results(out: str) -> str:
    """Return the text that a command printed after the line that names the botocore."""
    assert out.startswith(FIRST_LINE)
    return out.removeprefix(FIRST_LINE)


def make_model(
    shapes: dict[str, Any], operations: dict[str, Any] | None = None
) -> dict[str, Any]:
    """A whole service model; an operation needs to say only what is special."""
    complete = {
        name: {
            "name": name,
            "http": {"method": "POST", "requestUri": "/"},
            **operation,
        }
        for name, operation in (operations or {}).items()
    }
    return {
        "version": "2.0",
        "metadata": METADATA,
        "operations": complete,
        "shapes": shapes,
    }


def write_model(folder: Path, model: Any) -> None:
    """Put a model where botocore's loader looks for it."""
    home = folder / "parcels" / "2024-03-01"
    home.mkdir(parents=True, exist_ok=True)
    text = model if isinstance(model, str) else json.dumps(model)
    (home / "service-2.json").write_text(text)


@pytest.fixture
def generate(tmp_path: Path) -> Iterator[Generate]:
    """Generates a package from shapes and operations, and imports it."""
    roots: list[str] = []

    def run(
        shapes: dict[str, Any], operations: dict[str, Any] | None = None
    ) -> ModuleType:
        number = next(_numbers)
        models, out = tmp_path / f"models{number}", tmp_path / f"out{number}"
        write_model(models, make_model(shapes, operations))
        package = f"inline{number}"
        sources = build_service(open_models(models), "parcels", package=package)
        write_package(out / package / "parcels", format_modules(sources))
        roots.append(str(out))
        sys.path.insert(0, str(out))
        return importlib.import_module(f"{package}.parcels")

    yield run
    for root in roots:
        sys.path.remove(root)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command line in this process."""

    def run_line(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(arguments)
        out, err = capsys.readouterr()
        return code, out, err

    return run_line
