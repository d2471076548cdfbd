"""`--operations`: a package of some operations, and of what these reach."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from botosmith.generator.build.pipeline import build_service, open_models
from botosmith.generator.cli import main

WANTED = "create-model,ListTags"


def generate(models: Path, out: Path, *arguments: str) -> int:
    """Run the command."""
    return main(
        [
            *("generate", *arguments, "--models", str(models)),
            *("--out", str(out), "--package", "myapp.aws"),
        ]
    )


@pytest.fixture(scope="module")
def out(models: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An import root with two operations of SageMaker."""
    out = tmp_path_factory.mktemp("subset")
    assert generate(models, out, "sagemaker", "--operations", WANTED) == 0
    return out


def test_only_what_is_reached_is_there(out: Path) -> None:
    """The operations, their shapes and their errors, in code and in data."""
    home = out / "myapp/aws/sagemaker"
    modules = {path.stem for path in home.glob("operations/*.py")} - {"__init__"}
    shapes = {path.stem for path in home.glob("shapes/*.py")} - {"__init__"}
    errors = {
        statement.name
        for statement in ast.parse((home / "errors.py").read_text()).body
        if isinstance(statement, ast.ClassDef)
    }

    assert modules == {"create_model", "list_tags"}
    assert shapes == {"tag"}
    assert errors == {"SageMakerError", "ResourceLimitExceeded"}
    model = (home / "data/sagemaker/2017-07-24/service-2.json").read_text()
    assert "CreateModelInput" in model
    assert "CreateTrainingJob" not in model


def test_it_is_called_as_ever(out: Path) -> None:
    """Validation, the wire and the client work in what is left."""
    program = (
        "from botosmith.runtime import to_wire\n"
        "from myapp.aws import sagemaker\n"
        "print(to_wire(sagemaker.CreateModelInput(model_name='m')))\n"
        "print(list(sagemaker.OPERATIONS))\n"
        "print(sagemaker.Client('us-east-1'))\n"
    )

    shown = subprocess.run(
        [sys.executable, "-c", program],
        cwd=out,
        capture_output=True,
        check=True,
        text=True,
    ).stdout

    assert shown.splitlines()[:2] == [
        "{'ModelName': 'm'}",
        "['CreateModel', 'ListTags']",
    ]
    assert "myapp.aws.sagemaker.Client in us-east-1" in shown


def test_it_is_typed(out: Path, root: Path) -> None:
    """mypy --strict has nothing to say of what is left."""
    checked = subprocess.run(
        [
            *(sys.executable, "-m", "mypy", "--strict", "--namespace-packages"),
            *("--explicit-package-bases", "--cache-dir", str(out / ".mypy_cache")),
            *("-p", "myapp.aws.sagemaker"),
        ],
        cwd=out,
        env={"MYPYPATH": f"{out}:{root / 'runtime'}"},
        capture_output=True,
        check=False,
        text=True,
    )

    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["sagemaker", "--operations", "CreateModle"], "the nearest: CreateModel"),
        (
            ["sagemaker", "sqs", "--operations", "AddTags"],
            "with one service, not with 2",
        ),
    ],
)
def test_what_cannot_be_cut(
    arguments: list[str],
    told: str,
    models: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """An unknown operation, or no telling whose operation it is: exit 2."""
    assert generate(models, tmp_path, *arguments) == 2
    assert told in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_an_empty_list_is_none(models: Path, tmp_path: Path) -> None:
    """argparse says what a list looks like."""
    with pytest.raises(SystemExit) as ended:
        generate(models, tmp_path, "sagemaker", "--operations", "CreateModel,,")

    assert ended.value.code == 2


def test_what_botocore_calls_itself_is_passed_on() -> None:
    """It asks S3 in which region a bucket is, and for sessions, for any operation."""
    files = build_service(
        open_models(None), "s3", package="myapp.aws", operations=["GetObject"]
    )
    (slim,) = (
        json.loads(text)
        for path, text in files.items()
        if path.name == "operations.json"
    )
    (full,) = (
        json.loads(text)
        for path, text in files.items()
        if path.name == "service-2.json"
    )

    needed = {"CreateSession", "GetObject", "HeadBucket"}
    assert set(slim["operations"]) == set(full["operations"]) == needed
    assert "CreateSessionOutput" in full["shapes"]
    modules = {path.stem for path in files if path.match("operations/*.py")}
    assert modules == {"__init__", "get_object"}
