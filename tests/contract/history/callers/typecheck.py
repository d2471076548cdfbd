"""pyright's verdict on programs, each with a package that stands for another one."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from attrs import frozen
from tests.contract.history.callers.program import Line, Program

#: Strict where it is about what the package has, and silent about our style.
_SETTINGS = {
    "typeCheckingMode": "standard",
    "pythonVersion": "3.11",
    "reportMissingModuleSource": "error",
}


_PYRIGHT = [
    *(sys.executable, "-m", "pyright", "--outputjson"),
    *("--pythonpath", sys.executable),
]


@frozen
class Setting:
    """A program, and the package that it finds.

    Attributes:
        program: The program.
        root: The import root of the package.
        name: What to call the program there.
    """

    program: Program
    root: Path
    name: str

    def files(self) -> Iterator[tuple[Path, tuple[Line, ...]]]:
        """The program's files."""
        # A file belongs to the environment, and so to the package, that it lies in.
        for number, file in enumerate(self.program.files):
            yield self.root / self.name / f"part_{number}.py", file


@frozen
class Complaint:
    """An error of the type checker: where, and what it says."""

    setting: Setting
    line: Line
    message: str


def check_types(settings: Iterable[Setting], folder: Path) -> list[Complaint]:
    """Check programs, all in one run.

    Args:
        settings: The programs.
        folder: A folder that holds the import roots.
    """
    lines: dict[Path, tuple[Setting, tuple[Line, ...]]] = {}
    for one in settings:
        for path, file in one.files():
            path.parent.mkdir(exist_ok=True)
            path.write_text("".join(f"{line.text}\n" for line in file), "utf-8")
            lines[path] = one, file
    roots = sorted({one.root for one, _ in lines.values()})
    configuration = {
        **_SETTINGS,
        "include": sorted({_below(path.parent, folder) for path in lines}),
        "executionEnvironments": [{"root": _below(root, folder)} for root in roots],
    }
    file_ = folder / "pyrightconfig.json"
    file_.write_text(json.dumps(configuration))
    found: list[Complaint] = []
    for path, row, message in _run(file_):
        setting, file = lines[path]
        found.append(Complaint(setting, file[row], message))
    return found


def _below(path: Path, folder: Path) -> str:
    # pyright takes no other paths here.
    return str(path.relative_to(folder))


def _run(configuration: Path) -> Iterator[tuple[Path, int, str]]:
    done = subprocess.run(
        [*_PYRIGHT, "-p", str(configuration)],
        capture_output=True,
        check=False,
        text=True,
    )
    for one in json.loads(done.stdout)["generalDiagnostics"]:
        row = one["range"]["start"]["line"]
        yield Path(one["file"]), row, one["message"]
