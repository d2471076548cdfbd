"""Runs towncrier as the project has it configured."""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path

from click.testing import CliRunner

ROOT = Path(__file__).resolve().parents[2]


def draft_changelog(folder: Path) -> str:
    """Return the entry that towncrier makes of a folder's `changelog.d/`.

    Args:
        folder: The folder that holds `changelog.d/`.
    """
    (command,) = entry_points(group="console_scripts", name="towncrier")
    arguments = ["build", "--draft", "--version", "1.2.3", "--date", "2026-01-02"]
    places = ["--config", str(ROOT / "pyproject.toml"), "--dir", str(folder)]
    done = CliRunner().invoke(command.load(), [*arguments, *places])
    assert done.exit_code == 0, done.output
    return done.stdout
