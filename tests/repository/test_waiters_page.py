"""The example of docs/waiters.md: it runs, it is typed, and prints what is shown."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from tests.contract.scenarios.responder import Answer, Responder
from tests.repository.test_readme import read_blocks

REPLIES = (
    {"EndpointStatus": "Creating"},
    {"EndpointStatus": "Failed", "FailureReason": "The image has no entry point."},
)


@pytest.fixture(scope="module")
def blocks(root: Path) -> dict[str, str]:
    """The program and what it prints, by their languages."""
    return dict(read_blocks((root / "docs" / "waiters.md").read_text("utf-8")))


@pytest.fixture
def program(blocks: dict[str, str], tmp_path: Path) -> Path:
    """The program, as a file."""
    path = tmp_path / "example.py"
    path.write_text(blocks["python"], "utf-8")
    return path


def test_example_prints_what_is_shown(blocks: dict[str, str], program: Path) -> None:
    """An endpoint fails before the attempts are used up."""
    with closing(Responder()) as responder:
        responder.answers = [Answer(json.dumps(reply).encode()) for reply in REPLIES]
        found = subprocess.run(
            [sys.executable, "-W", "error", str(program)],
            env={
                **os.environ,
                "AWS_ENDPOINT_URL_SAGEMAKER": responder.url,
                "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
                "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            },
            cwd=program.parent,
            capture_output=True,
            text=True,
            check=False,
        )

    assert found.returncode == 0, found.stderr
    assert found.stdout == blocks["text"]
    assert len(responder.received) == len(REPLIES)


@pytest.mark.parametrize("checker", [["mypy", "--strict"], ["pyright"]])
def test_example_is_typed(checker: list[str], program: Path, root: Path) -> None:
    """mypy --strict and pyright have nothing to say about it."""
    found = subprocess.run(
        [sys.executable, "-m", *checker, str(program)],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )

    assert found.returncode == 0, found.stdout
