"""Environments that the suite makes, one for each peer, with its latest version."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from attrs import frozen

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv-bench"

# The commands by which a newer Python may be there, the newest first.
NEWER_PYTHONS = ("python3.14", "python3.13", "python3.12")

_LIST = """
import importlib.metadata, json
print(json.dumps({one.name: one.version for one in importlib.metadata.distributions()}))
"""


@frozen
class Environment:
    """A virtual environment.

    Attributes:
        name: The name of its folder.
        requirements: What pip is to install into it.
        command: The Python that it is made with.
    """

    name: str
    requirements: tuple[str, ...]
    command: str = sys.executable

    @property
    def folder(self) -> Path:
        """The folder of the environment."""
        return FOLDER / self.name

    @property
    def python(self) -> str:
        """Its Python."""
        return self.program("python")

    def program(self, name: str) -> str:
        """A program that is installed in it."""
        return str(self.folder / "bin" / name)

    def prepare(self) -> None:
        """Make it, or bring what is in it up to date."""
        if not Path(self.python).exists():
            _run(self.command, "-m", "venv", str(self.folder))
        # Our own code is reinstalled, since it changes under one version.
        ours = [one for one in self.requirements if one.startswith(str(ROOT))]
        others = [one for one in self.requirements if one not in ours]
        pip = self.python, "-m", "pip", "-qq", "--disable-pip-version-check"
        upgrade = *pip, "install", "--upgrade", "--upgrade-strategy", "eager"
        if ours:
            _run(*upgrade, *ours)
            _run(*pip, "install", "--force-reinstall", "--no-deps", *ours)
        if others:
            _run(*upgrade, *others)

    def versions(self) -> dict[str, str]:
        """The versions of what is installed in it, by names of distributions."""
        found: dict[str, str] = json.loads(_run(self.python, "-c", _LIST))
        return found

    def python_version(self) -> str:
        """The version of its Python."""
        return _run(self.python, "--version").strip()


def _run(*command: str) -> str:
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def environ_of_programs() -> dict[str, str]:
    """The environment variables by which what is measured finds `programs/`."""
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def find_newer_python() -> str | None:
    """A Python of version 3.12 or newer, as some peers need; None without one."""
    for name in NEWER_PYTHONS:
        found = shutil.which(name)
        # A launcher of pyenv's may be there for a version that is not.
        if found is not None and _is_there(found):
            return found
    return None


def _is_there(command: str) -> bool:
    asked = subprocess.run((command, "--version"), capture_output=True, check=False)
    return asked.returncode == 0


# Named beside the bindings, so that its code is renewed as well.
RUNTIME = str(ROOT / "runtime")
OURS = Environment("botosmith", (str(ROOT), RUNTIME, "pyperf"))
OURS_SPEED = Environment("botosmith-speed", (f"{ROOT}[speed]", RUNTIME, "pyperf"))
BOTO3 = Environment("boto3", ("boto3", "pyperf"))
SAGEMAKER_CORE = Environment("sagemaker-core", ("sagemaker-core",))
PYDANTIC = Environment("pydantic", ("pydantic", "pyperf"))
MSGSPEC = Environment("msgspec", ("msgspec", "pyperf"))
CATTRS = Environment("cattrs", ("cattrs", "pyperf"))
CHECKERS = ("mypy", "pyright[nodejs]")
OURS_CHECKED = Environment("botosmith-checked", (str(ROOT), RUNTIME, *CHECKERS))
TYPES = Environment(
    "types-boto3", ("types-boto3-sagemaker", "types-boto3", "boto3", *CHECKERS)
)
