"""Findings of mypy and pyright in a program, by line."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

#: wrong.py reads attributes without using them, some of which do not exist; then their
#: type is unknown as well, which need not be said twice.
SETTINGS = {
    "typeCheckingMode": "strict",
    "reportUnusedExpression": False,
    "reportUnknownMemberType": False,
}

#: The errors in each file: their codes by line.
Errors = dict[str, dict[int, set[str]]]


def write_program(folder: Path, right: str, wrong: str) -> Path:
    """Fill a folder with a program of right uses and one of wrong ones."""
    (folder / "right.py").write_text(right)
    (folder / "wrong.py").write_text(wrong)
    (folder / "pyrightconfig.json").write_text(json.dumps(SETTINGS))
    return folder


def run_mypy(program: Path, root: Path) -> Errors:
    """The codes of mypy's errors by file and line."""
    cache = root / ".mypy_cache" / "user"
    options = ["--strict", "--config-file=", f"--cache-dir={cache}"]
    done = _run(program, "mypy", *options, "--no-error-summary", ".")
    found: Errors = {}
    for file, line, code in re.findall(
        r"^([\w/.]+):(\d+): error: .*\[([\w-]+)\]$", done, flags=re.MULTILINE
    ):
        found.setdefault(file, {}).setdefault(int(line), set()).add(code)
    return found


def run_pyright(program: Path) -> Errors:
    """The rules of pyright's errors and warnings by file and line."""
    done = _run(program, "pyright", "--outputjson", "--pythonpath", sys.executable)
    found: Errors = {}
    for one in json.loads(done)["generalDiagnostics"]:
        line = one["range"]["start"]["line"] + 1
        lines = found.setdefault(Path(one["file"]).name, {})
        lines.setdefault(line, set()).add(one.get("rule", one["message"]))
    return found


def _run(folder: Path, checker: str, *arguments: str) -> str:
    """Run a type checker and give what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", checker, *arguments],
        cwd=folder,
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 1, done.stderr
    return done.stdout


def expect_errors(wrong: str, column: int) -> dict[int, set[str]]:
    """Findings that wrong.py says a checker has: the first or second word."""
    return {
        number: set(line.split("  # ")[1].split()[column].split(","))
        for number, line in enumerate(wrong.splitlines(), start=1)
        if "  # " in line
    }
