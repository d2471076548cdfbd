"""The linters and type checkers have nothing to say, over all there is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

CHECKS = {
    "ruff": ["ruff", "check", "--quiet"],
    "black": [
        "black",
        "--check",
        "--quiet",
        "--diff",
        "benchmarks",
        "codegen",
        "examples",
        "runtime",
        "tests",
    ],
    "mypy": ["mypy", "--no-error-summary"],
    "pyright": ["pyright", "--pythonpath", sys.executable],
}


@pytest.mark.parametrize("name", CHECKS)
def test_checker_is_content(root: Path, name: str) -> None:
    """Run as `make lint` runs it, the checker ends well."""
    command = [sys.executable, "-m", *CHECKS[name]]

    done = subprocess.run(
        command, cwd=root, check=False, capture_output=True, text=True
    )

    assert done.returncode == 0, f"{done.stdout}{done.stderr}"
