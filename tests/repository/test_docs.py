"""The examples of the other documents: they run, and they are typed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.repository.test_readme import read_blocks

from botosmith.testing import StandIn, load_service

#: The answers of the stand-in for the examples of a document.
REPLIES = {
    "pages": {
        "ListModels": {
            "Models": [{"ModelName": "a", "ModelArn": "arn", "CreationTime": 0}]
        }
    },
    "validation": {},
}


@pytest.fixture(params=REPLIES)
def document(request: pytest.FixtureRequest) -> str:
    """Each document with examples in Python."""
    name: str = request.param
    return name


@pytest.fixture
def programs(document: str, root: Path, tmp_path: Path) -> list[Path]:
    """Its examples, as files."""
    blocks = read_blocks((root / "docs" / f"{document}.md").read_text())
    texts = [text for language, text in blocks if language == "python"]
    assert texts
    paths = [tmp_path / f"example{number}.py" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text)
    return paths


def test_examples_run(document: str, programs: list[Path], models: Path) -> None:
    """Each ends well."""
    with StandIn(load_service("sagemaker", models)) as standin:
        for operation, reply in REPLIES[document].items():
            standin.reply_with(operation, reply)
        environment = {
            **os.environ,
            "AWS_ENDPOINT_URL_SAGEMAKER": standin.url,
            "AWS_ACCESS_KEY_ID": standin.arguments["aws_access_key_id"],
            "AWS_SECRET_ACCESS_KEY": standin.arguments["aws_secret_access_key"],
        }
        for program in programs:
            done = subprocess.run(
                [sys.executable, "-W", "error", str(program)],
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("checker", [["mypy", "--strict"], ["pyright"]])
def test_examples_are_typed(
    checker: list[str], programs: list[Path], root: Path
) -> None:
    """mypy --strict and pyright have nothing to say about them."""
    done = subprocess.run(
        [sys.executable, "-m", *checker, *map(str, programs)],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout
