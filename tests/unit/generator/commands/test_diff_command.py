"""`botosmith diff`: its sides, its forms and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.unit.generator.conftest import Run, make_model, write_model

SIZES = ["S", "M", "L"]


def make(size: dict[str, Any]) -> dict[str, Any]:
    """A service with one operation, whose input has a size."""
    shapes = {
        "OpenInput": {"type": "structure", "members": {"Size": {"shape": "Size"}}},
        "Size": {"type": "string", "max": 9, **size},
    }
    return make_model(shapes, {"Open": {"input": {"shape": "OpenInput"}}})


#: The changes of the size, from the mildest to the worst.
OLD: dict[str, Any] = {"documentation": "<p>Old words.</p>", "enum": SIZES}
EDITS: dict[str, dict[str, Any]] = {
    "nothing": OLD,
    "documentation": {**OLD, "documentation": "<p>New words.</p>"},
    "compatible": {**OLD, "enum": [*SIZES, "XL"]},
    "breaking": {**OLD, "enum": SIZES[1:]},
}


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder with models, old and new."""
    monkeypatch.chdir(tmp_path)
    write_model(Path("old"), make(OLD))
    for name, size in EDITS.items():
        write_model(Path(name), make(size))
    return tmp_path


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("limit", ["breaking", "compatible", "documentation"])
def test_exit_code_is_what_was_asked_for(run: Run, edit: str, limit: str) -> None:
    """1 from the severity on that `--fail-on` names; without it, always 0."""
    order = ["nothing", "documentation", "compatible", "breaking"]

    assert run("diff", "old", edit)[0] == 0
    code, out, _ = run("diff", "old", edit, "--fail-on", limit)

    assert code == (order.index(edit) >= order.index(limit))
    assert out == run("diff", "old", edit)[1]


@pytest.mark.parametrize(
    ("form", "begins", "holds"),
    [
        ("text", "old -> breaking\n", "Size.S (gone)"),
        ("markdown", "## `old` → `breaking`", "`Size.S` (gone)"),
        ("json", "{\n", '"old_names"'),
        ("html", "<!doctype html>", "Size.S"),
    ],
)
def test_every_form_is_printed(run: Run, form: str, begins: str, holds: str) -> None:
    """The same diff, each on stdout and nothing else with it."""
    code, out, err = run("diff", "old", "breaking", "--format", form)

    assert code == 0
    assert out.startswith(begins)
    assert holds in out
    assert "Traceback" not in err
    assert "comparing services" in err


def test_json_is_for_programs(run: Run) -> None:
    """Every change with its place, its verdict and the names that it concerns."""
    _, out, _ = run("diff", "old", "breaking", "--format", "json")

    (service,) = json.loads(out)["services"]
    (change,) = service["changes"]
    assert change["old_path"] == "shapes.Size.enum.S"
    assert change["kind"] == "enum value"
    assert change["action"] == "removed"
    assert change["severity"] == "breaking"
    assert change["old_names"] == ["Size.S"]
    assert change["operations"] == ["Open"]


def test_nothing_differs(run: Run) -> None:
    """It says so, and of how many services."""
    code, out, _ = run("diff", "old", "nothing")

    assert code == 0
    assert "Nothing differs: 1 service compared." in out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["old", "nowhere"], "'nowhere' is not a folder of models, a botocore version"),
        (["old", "."], ". is a folder that holds no models"),
        (["old", "new", "--service", "parcel"], "'new' is not a folder"),
        (["old", "breaking", "--service", "parcel"], "the nearest: parcels"),
    ],
)
def test_sides_and_services_that_are_none(
    run: Run, arguments: list[str], told: str
) -> None:
    """One line, and exit code 2; nothing on stdout."""
    code, out, err = run("diff", *arguments)

    assert (code, out) == (2, "")
    assert told in err


def test_model_that_cannot_be_read(run: Run) -> None:
    """Its problems are told with their places, and no report is printed."""
    write_model(Path("broken"), '{"metadata": 3}')

    code, out, err = run("diff", "old", "broken")

    assert (code, out) == (1, "")
    assert "parcels/2024-03-01/service-2.json: metadata: is 3, not an object" in err


def test_installed_is_compared_with_itself(run: Run) -> None:
    """For a service that cannot be generated yet, too; several may be named."""
    services = ["--service", "sts", "--service", "S3"]

    code, out, _ = run("diff", "installed", "installed", *services)

    assert code == 0
    assert "Nothing differs: 2 services compared." in out
