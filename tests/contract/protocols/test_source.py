"""Runs with other cases, and without any: what they say, and how they end."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.contract.protocols.source import (
    DEFAULT,
    MODULE,
    VARIABLE,
    MissingError,
    find_folder,
)
from tests.support.repository import ROOT

Run = Callable[[Path | None], tuple[int, str]]

METADATA = {
    "apiVersion": "2024-03-01",
    "jsonVersion": "1.1",
    "protocol": "json",
    "targetPrefix": "Parcels",
}
SHAPES = {
    "Weight": {
        "type": "structure",
        "members": {"Grams": {"shape": "Integer"}, "Zone": {"shape": "Integer"}},
    },
    "Integer": {"type": "integer"},
}


def make_suite(case: dict[str, Any]) -> dict[str, Any]:
    """A suite of one case, for an operation that tells a weight or is told one."""
    return {
        "description": "Weights",
        "metadata": METADATA,
        "shapes": SHAPES,
        "cases": [
            {
                **case,
                "given": {
                    "name": "Weigh",
                    "http": {"method": "POST", "requestUri": "/"},
                    "input": {"shape": "Weight"},
                    "output": {"shape": "Weight"},
                },
            }
        ],
    }


def make_request(name: str, body: str) -> dict[str, Any]:
    """A suite that expects this body for a weight of 300 grams."""
    serialized = {"method": "POST", "uri": "/", "body": body}
    params = {"Grams": 300, "Zone": -1}
    return make_suite({"id": name, "params": params, "serialized": serialized})


def make_reply(name: str, body: str) -> dict[str, Any]:
    """A suite that expects a weight of 300 grams from this body."""
    response = {"status_code": 200, "headers": {}, "body": body}
    result = {"Grams": 300, "Zone": -1}
    return make_suite({"id": name, "response": response, "result": result})


@pytest.fixture
def make_folder(tmp_path: Path) -> Callable[..., Path]:
    """Lays suites out as the folder of the cases has them, and what reads them."""
    try:
        original = find_folder(os.environ, ROOT)
    except MissingError as missing:
        pytest.skip(str(missing))

    def make(inputs: list[dict[str, Any]], outputs: list[dict[str, Any]]) -> Path:
        folder = tmp_path / "cases-of-mine"
        for kind, suites in (("input", inputs), ("output", outputs)):
            place = folder / "cases" / kind
            place.mkdir(parents=True)
            (place / "parcels.json").write_text(json.dumps(suites), encoding="utf-8")
        shutil.copy(original / f"{MODULE}.py", folder)
        return folder

    return make


@pytest.fixture
def run(root: Path, tmp_path: Path) -> Run:
    """Run the tests in a project without cases beside it."""
    project = tmp_path / "project"
    project.mkdir()
    tests = project / "tests"
    shutil.copy(root / "pyproject.toml", project)
    for folder in (tests, tests / "support", tests / "contract" / "protocols"):
        folder.mkdir(parents=True)
        for file in (root / folder.relative_to(project)).glob("*.py"):
            shutil.copy(file, folder)

    def run_pytest(folder: Path | None) -> tuple[int, str]:
        environment = {
            name: value
            for name, value in os.environ.items()
            if name != VARIABLE and not name.startswith("PYTEST_")
        }
        if folder is not None:
            environment[VARIABLE] = str(folder)
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-v",
            "tests/contract/protocols/test_cases.py",
        ]
        ran = subprocess.run(
            command,
            cwd=project,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        return ran.returncode, ran.stdout + ran.stderr

    return run_pytest


def test_a_run_without_cases_says_so(run: Run, tmp_path: Path) -> None:
    """It passes, since the cases are not ours to hand on; but nobody overlooks it."""
    code, said = run(None)

    assert code == 0, said
    place = tmp_path / "shared" / "protocol-cases" / "protocol_cases.py"
    reason = (
        f"the protocol cases did not run: {place} is not there; "
        "BOTOSMITH_PROTOCOL_CASES says which folder has it"
    )
    lines = said.splitlines()
    assert reason in lines
    assert [line for line in lines if line.startswith("SKIPPED") and reason in line]
    assert " 2 skipped in " in lines[-1]
    assert "passed" not in lines[-1]


def test_a_folder_that_is_named_must_be_there(run: Run, tmp_path: Path) -> None:
    """A user who names a folder wants its cases."""
    code, said = run(tmp_path / "nowhere")

    assert code == 1, said
    assert "MissingError: the protocol cases did not run" in said
    assert str(tmp_path / "nowhere" / "protocol_cases.py") in said


def test_other_cases_are_tried(run: Run, make_folder: Callable[..., Path]) -> None:
    """A folder of the same layout is all that it takes."""
    body = '{"Grams": 300, "Zone": -1}'
    request, reply = make_request("Told", body), make_reply("Tells", body)
    code, said = run(make_folder([request, request], [reply]))

    assert code == 0, said
    lines = [line.split() for line in said.splitlines()]
    everyone = ["2", "(2)"] * 3
    assert ["input", "parcels", "2", "2", *everyone] in lines
    assert ["all", "3", "3", *["3", "(3)"] * 3] in lines


def test_a_case_can_fail(run: Run, make_folder: Callable[..., Path]) -> None:
    """A fault is told with the case and the serializer."""
    request = make_request("Told", '{"Grams": 299, "Zone": -1}')
    reply = make_reply("Tells", '{"Grams": 300}')
    code, said = run(make_folder([request], [reply]))

    assert code == 1, said
    lines = said.splitlines()
    for serializer in ("generated", "botocore"):
        wrong = "body: $.Grams: got 300, want 299"
        assert (
            f"input/parcels:Told, {serializer} serializer: {wrong} "
            f"(botocore's client: {wrong})" in lines
        )
        wrong = "$.Zone: missing, want -1"
        assert (
            f"output/parcels:Tells, {serializer} serializer: {wrong} "
            f"(botocore's client: {wrong})" in lines
        )
    assert " 2 failed, 1 passed in " in lines[-1]


def test_where_the_cases_are(tmp_path: Path) -> None:
    """The variable goes first; an empty one is none."""
    named, usual = tmp_path / "named", tmp_path / "root" / DEFAULT
    for folder in (named, usual):
        folder.mkdir(parents=True)
        (folder / "protocol_cases.py").touch()

    root = tmp_path / "root"
    assert find_folder({VARIABLE: str(named)}, root) == named
    assert find_folder({VARIABLE: ""}, root) == usual
    assert find_folder({}, root) == usual
    with pytest.raises(MissingError) as caught:
        find_folder({VARIABLE: str(tmp_path)}, root)
    assert caught.value.is_asked_for
    with pytest.raises(MissingError) as caught:
        find_folder({}, tmp_path)
    assert not caught.value.is_asked_for
