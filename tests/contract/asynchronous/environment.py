"""An environment with this project and its extra `async`, which other tests go without.

aiobotocore admits no botocore as new as the one whose models are pinned.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def run_well(*command: str | Path, **variables: str) -> str:
    """Run a command that ends well, and give what it prints."""
    done = subprocess.run(
        command,
        env={**os.environ, **variables},
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def make_environment(root: Path, folder: Path, extras: str = "async") -> Path:
    """Make the environment, and give its Python.

    Args:
        root: The repository.
        folder: Where to make it.
        extras: The extras of the project that it has.
    """
    run_well(sys.executable, "-m", "venv", "--without-pip", folder)
    python = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python)]
    tools = ["pytest>=9.2", "pytest-asyncio>=1.5"]
    what = ["--editable", f"{root}[{extras}]", *tools]
    run_well(*pip, "install", "--quiet", "--no-compile", *what)
    return python
