"""Every version of the history generates, imports, and makes its round trips."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from tests.contract.history.callers.api import Api, Role
from tests.contract.history.release import Release
from tests.contract.history.version import FIGURES, VERSIONS, find_models
from tests.support.sweep import THOROUGH

Releases = Mapping[str, Release]

pytestmark = pytest.mark.parametrize("version", VERSIONS)

#: Exports of a package beside the classes of its shapes.
OWN = {
    "API_VERSION",
    "AsyncClient",
    "BOTOCORE_VERSION",
    "Client",
    "OPERATIONS",
    "SageMakerError",
}


@pytest.fixture(scope="module")
def surveys(
    releases: Releases, packages: Path, root: Path
) -> Mapping[str, dict[str, Any]]:
    """Return what each package says of itself."""
    return {
        version: survey(release, find_models(version, packages / "cache"), root)
        for version, release in releases.items()
    }


def survey(release: Release, models: Path, root: Path) -> dict[str, Any]:
    """Ask one package, in a process of its own."""
    api = Api.of(release)
    shapes = {
        one.name: one.shape
        for one in api.classes
        if one.role is not Role.ENUM and one.shape is not None
    }
    told = {
        "root": str(release.root),
        "package": release.package,
        "models": str(models),
        "classes": [one.name for one in api.classes],
        # A quick run takes one shape in four on a round trip.
        "shapes": shapes if THOROUGH else dict([*shapes.items()][::4]),
        "examples": max(2, settings().max_examples // 100),
    }
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.contract.history.survey"],
        cwd=root,
        input=json.dumps(told),
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_model_has_as_many_as_were_counted(version: str, releases: Releases) -> None:
    """Operations, shapes and values of the JSON."""
    source = releases[version].model.source
    shapes = source["shapes"]

    assert len(source["operations"]) == FIGURES[version].operations
    assert len(shapes) == FIGURES[version].shapes
    values = sum(len(shape.get("enum", ())) for shape in shapes.values())
    assert values == FIGURES[version].values


def test_package_imports(
    version: str, surveys: Mapping[str, dict[str, Any]], releases: Releases
) -> None:
    """Every module does, and there is one for each file."""
    files = list(releases[version].folder.rglob("*.py"))

    # Without the package's own, which is imported first.
    assert surveys[version]["modules"] == len(files) - 1


def test_package_has_all_operations(
    version: str, surveys: Mapping[str, dict[str, Any]], releases: Releases
) -> None:
    """They are those of the JSON."""
    expected = releases[version].model.source["operations"]

    assert surveys[version]["operations"] == list(expected)
    assert len(expected) == FIGURES[version].operations


def test_package_has_all_classes(
    version: str, surveys: Mapping[str, dict[str, Any]], releases: Releases
) -> None:
    """One for each structure, enum and error; a reply without a shape has one, too."""
    source = releases[version].model.source
    shapes = source["shapes"]
    named = {
        name
        for name, shape in shapes.items()
        if shape["type"] == "structure" or "enum" in shape
    }
    replies = {
        f"{name}Response"
        for name, operation in source["operations"].items()
        if "output" not in operation
    }

    assert set(surveys[version]["exports"]) == named | replies | OWN


def test_package_has_all_members_and_values(
    version: str, surveys: Mapping[str, dict[str, Any]], releases: Releases
) -> None:
    """Every class has what the JSON says, under the names that were planned."""
    api = Api.of(releases[version])
    found = surveys[version]["classes"]

    for one in api.classes:
        kind, contents = found[one.name]
        shape = api.shapes.get(one.shape or "", {})
        if one.role is Role.ENUM:
            assert (kind, contents) == ("enum", shape["enum"])
            continue
        expected = "union" if shape.get("union") else "structure"
        assert kind == ("error" if one.role is Role.ERROR else expected)
        attributes = [
            api.attribute(one.shape or "", name) for name in api.members(one.shape)
        ]
        assert contents == attributes
    values = sum(len(held) for kind, held in found.values() if kind == "enum")
    assert values == FIGURES[version].values


def test_round_trips(version: str, surveys: Mapping[str, dict[str, Any]]) -> None:
    """Every structure, from the wire and back."""
    assert surveys[version]["failures"] == []
