"""The data of any botocore version comes from its wheel, which pip fetches once."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from zipfile import ZipFile

import pytest
from attrs import define, field
from tests.unit.generator.diff.folder import write_service

from botosmith.generator.cache import DIRECTORY
from botosmith.generator.diff.source import open_side
from botosmith.generator.errors import CacheError, GeneratorError, UsageError
from botosmith.generator.update.fetch import fetch_botocore

#: A message of pip, as it was seen.
NO_SUCH_VERSION = """
ERROR: Could not find a version that satisfies the requirement botocore==1.42.0 \
(from versions: 1.0.0rc1, 1.0.0, 1.42.1)
ERROR: No matching distribution found for botocore==1.42.0
"""
NOT_REACHED = """
WARNING: Retrying (Retry(total=0)) after connection broken by 'Refused': /botocore/
ERROR: Could not find a version that satisfies the requirement botocore==1.42.0 \
(from versions: none)
ERROR: No matching distribution found for botocore==1.42.0
"""
#: pip knows wheels that lie beside the index, and does not say `none` then.
NOT_REACHED_BUT_WHEELS = NOT_REACHED.replace("none", "1.43.106, 1.43.107")
NO_PIP = "/usr/bin/python3: No module named pip\n"


@define
class Pip:
    """Stands in for pip.

    Attributes:
        fill: Makes the wheel, if one is found.
        stderr: What it says if none is.
        asked: What it was asked for, as the command that starts it.
    """

    fill: Callable[[Path], None] | None = None
    stderr: str = ""
    asked: list[list[str]] = field(factory=list[list[str]])

    def run(self, command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        """Download, or fail to."""
        self.asked.append(command)
        if self.fill is None:
            return subprocess.CompletedProcess(command, 1, "", self.stderr)
        folder = Path(command[command.index("--dest") + 1])
        name = command[-1].replace("==", "-")
        self.fill(folder / f"{name}-py3-none-any.whl")
        return subprocess.CompletedProcess(command, 0, "", self.stderr)


@pytest.fixture
def pip(monkeypatch: pytest.MonkeyPatch) -> Pip:
    """A pip that finds nothing, until a test says what."""
    stand_in = Pip()
    monkeypatch.setattr(subprocess, "run", stand_in.run)
    return stand_in


@pytest.fixture
def make_wheel(tmp_path: Path) -> Callable[[Path], None]:
    """Makes a wheel with one service."""
    write_service(tmp_path / "wheel" / "botocore" / "data", "parcels")

    def make(wheel: Path) -> None:
        with ZipFile(wheel, "w") as archive:
            for file in (tmp_path / "wheel").rglob("*.json"):
                archive.write(file, file.relative_to(tmp_path / "wheel"))

    return make


def list_cache(cache: Path) -> list[str]:
    """Return the contents of the cache of versions."""
    return sorted(path.name for path in (cache / "botocore").iterdir())


def test_version_is_a_side(
    pip: Pip, make_wheel: Callable[[Path], None], empty_cache: Path
) -> None:
    """Its wheel is unpacked into the cache, and holds its services."""
    pip.fill = make_wheel

    side = open_side("1.42.1")

    assert (side.label, side.is_whole) == ("botocore 1.42.1", True)
    assert side.services == ("parcels",)
    assert side.read("parcels").model.service_id == "Parcels"
    assert side.folder == empty_cache / "botocore" / "1.42.1" / "botocore" / "data"
    assert list_cache(empty_cache) == ["1.42.1"]


def test_pip_is_asked_once_for_the_wheel_alone(
    pip: Pip, make_wheel: Callable[[Path], None]
) -> None:
    """It is the pip of this Python, which installs nothing and builds nothing."""
    pip.fill = make_wheel

    assert fetch_botocore("1.42.1") == fetch_botocore("1.42.1")

    (command,) = pip.asked
    assert command[:4] == [sys.executable, "-I", "-m", "pip"]
    assert {"download", "--no-deps", "--only-binary=:all:"} <= set(command)
    assert command[-1] == "botocore==1.42.1"


def test_nothing_of_the_current_folder_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder `pip` that lies where the command is run is not the pip of Python."""
    for name in ("pip/__init__.py", "pip/__main__.py", "runpy.py", "encodings.py"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("import pathlib\npathlib.Path('ran').touch()\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    # It has nowhere to look for a version.
    monkeypatch.setenv("PIP_NO_INDEX", "1")

    with pytest.raises(GeneratorError, match=r"^botocore 1\.42\.0 cannot be fetched"):
        fetch_botocore("1.42.0")

    assert not (tmp_path / "ran").exists()


def test_there_is_no_such_version(pip: Pip, empty_cache: Path) -> None:
    """It is the user who asked for something that there is not."""
    pip.stderr = NO_SUCH_VERSION

    with pytest.raises(UsageError) as caught:
        open_side("1.42.0")

    assert str(caught.value) == "botocore 1.42.0: pip finds no such version"
    assert list_cache(empty_cache) == []


def test_version_without_a_wheel(pip: Pip) -> None:
    """A pip that ends well and brings nothing has failed."""
    pip.fill = lambda _: None

    with pytest.raises(GeneratorError, match="cannot be fetched: pip gives no reason"):
        fetch_botocore("1.42.0")


def cut_a_file(folder: Path) -> None:
    """Lose the end of a model."""
    file = next(folder.rglob("service-2.json"))
    file.write_bytes(file.read_bytes()[:-9])


def change_a_file(folder: Path) -> None:
    """Have one other byte in a model."""
    file = next(folder.rglob("service-2.json"))
    file.write_bytes(file.read_bytes().replace(b"P", b"Q", 1))


def lose_a_file(folder: Path) -> None:
    """Have one model less."""
    next(folder.rglob("service-2.json")).unlink()


def add_a_file(folder: Path) -> None:
    """Have a service that botocore has not."""
    shutil.copytree(
        folder / "botocore" / "data" / "parcels",
        folder / "botocore" / "data" / "letters",
    )


def empty(folder: Path) -> None:
    """Lose everything."""
    shutil.rmtree(folder)
    folder.mkdir()


def put_a_file(folder: Path) -> None:
    """Have a file in the folder's place."""
    shutil.rmtree(folder)
    folder.write_bytes(b"")


@pytest.mark.parametrize(
    "damage",
    [cut_a_file, change_a_file, lose_a_file, add_a_file, empty, put_a_file],
)
def test_damaged_version_is_fetched_again(
    pip: Pip,
    make_wheel: Callable[[Path], None],
    empty_cache: Path,
    damage: Callable[[Path], None],
) -> None:
    """A version that was changed since it was fetched counts as missing."""
    pip.fill = make_wheel
    folder = fetch_botocore("1.42.1")
    damage(folder)

    side = open_side("1.42.1")

    assert side.services == ("parcels",)
    assert side.read("parcels").model.service_id == "Parcels"
    assert len(pip.asked) == 2
    assert list_cache(empty_cache) == ["1.42.1"]
    fetch_botocore("1.42.1")
    assert len(pip.asked) == 2


def test_folders_are_the_users_alone(
    pip: Pip, make_wheel: Callable[[Path], None], empty_cache: Path
) -> None:
    """They have one mode, whichever command makes them, and whatever the umask is."""
    pip.fill = make_wheel
    before = os.umask(0)
    try:
        folder = fetch_botocore("1.42.1")
    finally:
        os.umask(before)

    for one in (empty_cache, empty_cache / "botocore", folder):
        assert stat.S_IMODE(one.stat().st_mode) == 0o700


@pytest.mark.parametrize("name", ["", "botocore", "botocore/1.42.1"])
@pytest.mark.parametrize("mode", [0o777, 0o770, 0o720, 0o702])
def test_folder_that_others_may_write_is_refused(
    pip: Pip,
    make_wheel: Callable[[Path], None],
    empty_cache: Path,
    name: str,
    mode: int,
) -> None:
    """A folder that others may write is not read."""
    pip.fill = make_wheel
    fetch_botocore("1.42.1")
    folder = empty_cache / name
    folder.chmod(mode)

    with pytest.raises(CacheError) as caught:
        fetch_botocore("1.42.1")

    assert str(caught.value) == (
        f"the cache {folder} is not used, since others may write to it (its mode is "
        f"{mode:04o}): remove it, or name another folder in BOTOSMITH_CACHE_DIR"
    )


def test_user_without_a_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """No folder called ~ is made where the command is run."""
    monkeypatch.delenv(DIRECTORY)
    monkeypatch.setattr(
        "botosmith.generator.cache.folder.user_cache_dir", lambda *_, **__: "~/.cache/x"
    )

    with pytest.raises(CacheError, match=f"name a folder in {DIRECTORY}"):
        fetch_botocore("1.42.1")


@pytest.mark.parametrize(
    ("stderr", "reason"),
    [
        (NOT_REACHED, "WARNING: Retrying (Retry(total=0)) after connection broken by"),
        (NOT_REACHED_BUT_WHEELS, "WARNING: Retrying (Retry(total=0)) after connection"),
        (NO_PIP, "/usr/bin/python3: No module named pip"),
        ("\n", "pip gives no reason"),
    ],
)
def test_pip_cannot_fetch(
    pip: Pip, stderr: str, reason: str, empty_cache: Path
) -> None:
    """There may well be such a version: what keeps pip from it is told."""
    pip.stderr = stderr

    with pytest.raises(GeneratorError) as caught:
        open_side("1.42.0")

    assert not isinstance(caught.value, UsageError)
    told = f"botocore 1.42.0 cannot be fetched: {reason}"
    assert str(caught.value).startswith(told)
    assert list_cache(empty_cache) == []


def test_file_is_no_wheel(pip: Pip, empty_cache: Path) -> None:
    """Nothing of it stays, so that the next try is a new one."""

    def fill(wheel: Path) -> None:
        wheel.write_bytes(b"<html>")

    pip.fill = fill

    with pytest.raises(
        GeneratorError, match=r"1\.42\.1-py3-none-any\.whl, .* not a wheel"
    ):
        fetch_botocore("1.42.1")

    assert list_cache(empty_cache) == []


def test_version_without_models(pip: Pip, tmp_path: Path) -> None:
    """The oldest wheels have another layout, and all the services."""
    (tmp_path / "nothing").touch()

    def fill(wheel: Path) -> None:
        with ZipFile(wheel, "w") as archive:
            archive.write(tmp_path / "nothing", "botocore/data/aws/sqs.json")

    pip.fill = fill

    with pytest.raises(UsageError, match=r"^botocore 0\.60\.0 is too old"):
        open_side("0.60.0")


def test_two_processes_fetch_at_once(
    pip: Pip, make_wheel: Callable[[Path], None], empty_cache: Path
) -> None:
    """Both download; whoever is second takes what the first has put there."""
    both = Barrier(2, timeout=60)

    def fill(wheel: Path) -> None:
        make_wheel(wheel)
        both.wait()

    pip.fill = fill

    with ThreadPoolExecutor(2) as pool:
        folders = list(pool.map(fetch_botocore, ["1.42.1", "1.42.1"]))

    assert len(pip.asked) == 2
    assert set(folders) == {empty_cache / "botocore" / "1.42.1"}
    assert (folders[0] / "botocore" / "data" / "parcels").is_dir()
    assert list_cache(empty_cache) == ["1.42.1"]


def test_fetch_that_is_interrupted_leaves_nothing(pip: Pip, empty_cache: Path) -> None:
    """Ctrl-C while pip is at work."""

    def fill(wheel: Path) -> None:
        wheel.write_bytes(b"PK")
        raise KeyboardInterrupt

    pip.fill = fill

    with pytest.raises(KeyboardInterrupt):
        fetch_botocore("1.42.1")

    assert list_cache(empty_cache) == []
