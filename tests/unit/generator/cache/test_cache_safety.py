"""Entries of the cache are the user's own and stay in their place, or are not used."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
import zlib
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.generator.conftest import Run, make_model, write_model

from botosmith.generator import cache
from botosmith.generator.cache import Store
from botosmith.generator.cache.store import MOST_VALUE
from botosmith.generator.output.folder_plan import is_inside

HERE = Path("generated/botosmith/parcels")

SHAPES: dict[str, Any] = {
    "OpenRequest": {
        "type": "structure",
        "members": {
            "Id": {"shape": "Id", "documentation": "<p>Some <b>words</b>.</p>"}
        },
    },
    "Id": {"type": "string"},
}

#: Makes a value of the cache from the one that was there.
Craft = Callable[[bytes], bytes]


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder, deep below another, with one pinned model."""
    folder = tmp_path / "a" / "b" / "c"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    write_model(
        Path("models"),
        make_model(SHAPES, {"Open": {"input": {"shape": "OpenRequest"}}}),
    )
    return tmp_path


def read(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def is_package(value: bytes) -> bool:
    """Tell a value that holds a package."""
    return value.startswith(b"{") and "client.py" in json.loads(value)


def is_prose(value: bytes) -> bool:
    """Tell a value that holds documentation."""
    return value.startswith(b"{") and not is_package(value)


def is_module(value: bytes) -> bool:
    """Tell a value that holds a module."""
    return value.startswith(b"# Generated")


def pack(value: bytes) -> bytes:
    """Pack a value as the store does."""
    return zlib.compress(value)


def replace(
    file: Path, kind: Callable[[bytes], bool], craft: Craft, pack: Craft = pack
) -> None:
    """Replace values in a cache by others, whose checksums are right."""
    with closing(sqlite3.connect(file)) as connection, connection:
        rows = connection.execute("SELECT key, value FROM entries").fetchall()
        found = [(key, zlib.decompress(packed)) for key, packed in rows]
        chosen = [(key, value) for key, value in found if kind(value)]
        assert chosen
        for key, value in chosen:
            packed = pack(craft(value))
            connection.execute(
                "UPDATE entries SET value = ?, checksum = ? WHERE key = ?",
                (packed, sha256(key + packed).digest(), key),
            )


def generate_over(run: Run, file: Path, change: Callable[[], None]) -> None:
    """See that a changed cache changes neither the output nor anything else."""
    run("generate")
    before = read(HERE)
    change()
    shutil.rmtree("generated")
    # The places that an entry could escape to.
    outside = read(Path("../../.."))

    code, _, err = run("generate")

    assert code == 0, err
    assert "Traceback" not in err
    assert read(HERE) == before
    shutil.rmtree("generated")
    assert read(Path("../../..")) == outside
    assert file.exists()


def add(path: str) -> Craft:
    """Put a file with this path among those of a package."""

    def craft(value: bytes) -> bytes:
        return json.dumps({**json.loads(value), path: "ESCAPED = True\n"}).encode()

    return craft


#: Paths that lead out of a folder, on one system or another.
OUTSIDE = (
    "../ESCAPED.py",
    "../../../ESCAPED.py",
    "a/../../ESCAPED.py",
    "data/../../ESCAPED.py",
    "/tmp/ESCAPED.py",  # noqa: S108 - nothing is written there
    "//host/share/ESCAPED.py",
    "C:/ESCAPED.py",
    "C:ESCAPED.py",
    "c:\\ESCAPED.py",
    "..\\ESCAPED.py",
    "\\\\host\\share\\ESCAPED.py",
    "client.py:stream",
    "",
    ".",
    "..",
    "a//b.py",
    "a/./b.py",
    "a/",
    "a\0.py",
    "a\n.py",
)


@pytest.mark.parametrize("path", OUTSIDE)
def test_file_stays_inside(run: Run, empty_cache: Path, path: str) -> None:
    """A package with a file that leads out of its folder is made anew."""
    file = empty_cache / cache.FILE

    generate_over(run, file, lambda: replace(file, is_package, add(path)))

    assert not is_inside(path)


def test_paths_of_packages_are_inside(run: Run) -> None:
    """The rule takes every file that a package has."""
    run("generate")

    assert all(map(is_inside, read(HERE)))
    assert is_inside("data/sagemaker-runtime/2017-05-13/service-2.json")


def nest(_: bytes) -> bytes:
    """Nest arrays deeper than Python can."""
    return b"[" * 100_000


#: Values that are none of a package, of documentation or of a module.
WRONG: dict[str, Craft] = {
    "nothing": lambda _: b"",
    "null": lambda _: b"null",
    "number": lambda _: b"3",
    "array": lambda _: b"[]",
    "text": lambda _: b'"text"',
    "empty": lambda _: b"{}",
    "cut": lambda value: value[:-5],
    "bytes": lambda _: b"\xff\xfe",
    "numbers": lambda _: b'{"__init__.py": 3, "1<p>": 3}',
    "nulls": lambda _: b'{"__init__.py": null}',
    "objects": lambda _: b'{"__init__.py": {"a": []}}',
    "nested": nest,
    "surrogates": lambda _: b'{"__init__.py": "\\ud800"}',
    "surrogate_path": lambda _: b'{"__init__.py": "", "\\ud800": ""}',
    "big_number": lambda _: b"9" * 5000,
    "pickle": lambda _: b"cos\nsystem\n(S'touch ESCAPED'\ntR.",
}


@pytest.mark.parametrize("craft", WRONG.values(), ids=WRONG)
@pytest.mark.parametrize("kind", [is_package, is_prose])
def test_wrong_value_is_as_good_as_none(
    run: Run, empty_cache: Path, kind: Callable[[bytes], bool], craft: Craft
) -> None:
    """Whatever an entry holds that its checksum vouches for."""
    file = empty_cache / cache.FILE

    def change() -> None:
        if kind is is_prose:
            replace(file, is_package, lambda _: b"")
        replace(file, kind, craft)

    generate_over(run, file, change)


def test_module_that_is_not_text(run: Run, empty_cache: Path) -> None:
    """Bytes that are not UTF-8 are formatted anew."""
    file = empty_cache / cache.FILE

    def change() -> None:
        replace(file, is_package, lambda _: b"")
        replace(file, is_module, lambda value: b"\xff" + value)

    generate_over(run, file, change)


def pack_much(_: bytes) -> bytes:
    """Pack more than a value can be, in a few bytes."""
    packer = zlib.compressobj(9)
    block = bytes(2**24)
    size = MOST_VALUE + 1
    parts = [packer.compress(block) for _ in range(size // len(block) + 1)]
    return b"".join([*parts, packer.flush()])


@pytest.mark.parametrize(
    "pack",
    [
        lambda value: value,
        lambda _: b"",
        lambda value: zlib.compress(value)[:-1],
        lambda value: zlib.compress(value) + b"x",
        pack_much,
    ],
    ids=["unpacked", "empty", "cut", "longer", "bomb"],
)
def test_value_that_cannot_be_unpacked(
    run: Run, empty_cache: Path, pack: Craft
) -> None:
    """It is dropped, and the next run finds a whole one."""
    file = empty_cache / cache.FILE

    generate_over(
        run, file, lambda: replace(file, is_package, lambda value: value, pack)
    )

    assert "from the cache" in run("generate")[2]


@given(st.data())
def test_any_damage_is_survived(data: st.DataObject) -> None:
    """A byte that is changed, or an end that is lost, costs entries at most."""
    folder = Path("store")
    shutil.rmtree(folder, ignore_errors=True)
    file = folder / "file"
    values = {bytes([number]): bytes([number]) * 999 for number in range(40)}
    Store(file).write(values)
    content = bytearray(file.read_bytes())
    if data.draw(st.booleans()):
        del content[data.draw(st.integers(0, len(content))) :]
    else:
        for _ in range(data.draw(st.integers(1, 9))):
            at = data.draw(st.integers(0, len(content) - 1))
            content[at] ^= data.draw(st.integers(1, 255))
    file.write_bytes(content)

    found = Store(file).read(values)

    assert found.items() <= values.items()
    Store(file).write(values)
    assert Store(file).read(values).items() <= values.items()


def test_message_that_is_not_text_is_survived() -> None:
    """SQLite quotes a name that is not UTF-8, which Python's module cannot read."""
    file = Path("store", "file")
    Store(file).write({b"k": b"value"})
    content = file.read_bytes().replace(b"tableentries", b"table\xb8ntries")
    file.write_bytes(content.replace(b"CREATE TABLE", b"CREATE TABLX"))
    with (
        closing(sqlite3.connect(file)) as connection,
        pytest.raises(UnicodeDecodeError),
    ):
        connection.execute("SELECT * FROM entries")

    assert Store(file).read([b"k"]) == {}
    Store(file).write({b"k": b"value"})
    assert Store(file).read([b"k"]) == {b"k": b"value"}


def test_cache_is_the_users_alone(run: Run, empty_cache: Path) -> None:
    """Its folder, those above that are missing, and its file, whatever the umask."""
    deep = empty_cache / "x" / "y"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(cache.DIRECTORY, str(deep))
        before = os.umask(0)
        try:
            run("generate")
        finally:
            os.umask(before)

    for folder in (empty_cache, deep.parent, deep):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((deep / cache.FILE).stat().st_mode) == 0o600


def list_told(err: str) -> list[str]:
    """The lines that are not progress."""
    return [line for line in err.splitlines() if line.startswith("botosmith: ")]


@pytest.mark.parametrize("mode", [0o777, 0o1777, 0o770, 0o720, 0o702])
@pytest.mark.parametrize("command", ["generate", "check"])
def test_folder_that_others_may_write(
    run: Run, empty_cache: Path, mode: int, command: str
) -> None:
    """One line says so; the cache is neither read nor written."""
    run("generate")
    file = empty_cache / cache.FILE
    before = file.read_bytes()
    empty_cache.chmod(mode)

    code, _, err = run(command)

    assert code == 0
    (told,) = list_told(err)
    assert told == (
        f"botosmith: the cache {empty_cache} is not used, since others may write to it "
        f"(its mode is {mode:04o}): remove it, or name another folder in "
        "BOTOSMITH_CACHE_DIR"
    )
    assert "parcels: rendering" in err
    assert file.read_bytes() == before
    assert list_told(run(command, "--no-cache")[2]) == []


@pytest.mark.parametrize("name", ["", cache.FILE])
def test_place_of_another_user(
    run: Run, empty_cache: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """As root sees it that runs in the home of another, and the other way round."""
    run("generate")
    real = Path.lstat
    place = empty_cache / name

    def pretend(path: Path) -> os.stat_result:
        found = real(path)
        if path != place:
            return found
        values = list(found)
        values[4] = os.geteuid() + 1
        return os.stat_result(values)

    monkeypatch.setattr(Path, "lstat", pretend)

    code, _, err = run("generate")

    assert code == 0
    (told,) = list_told(err)
    assert told.startswith(
        f"botosmith: the cache {place} is not used, since another user owns it: "
    )


def put_link(file: Path) -> None:
    """Put a link to a file in the place of the cache's."""
    file.unlink()
    file.symlink_to("elsewhere")
    (file.parent / "elsewhere").write_bytes(b"mine")


def put_pipe(file: Path) -> None:
    """Put a pipe there, on which a reader would wait for ever."""
    file.unlink()
    os.mkfifo(file)


@pytest.mark.parametrize("obstacle", [put_link, put_pipe])
def test_file_that_is_not_plain(
    run: Run, empty_cache: Path, obstacle: Callable[[Path], None]
) -> None:
    """Nothing is read from it, and nothing written to it."""
    run("generate")
    file = empty_cache / cache.FILE
    obstacle(file)

    code, _, err = run("generate")

    assert code == 0
    (told,) = list_told(err)
    assert f"{file} is not used, since it is not a plain file" in told
    elsewhere = empty_cache / "elsewhere"
    assert not elsewhere.exists() or elsewhere.read_bytes() == b"mine"


def test_link_to_a_folder_of_the_user(
    run: Run, empty_cache: Path, tmp_path: Path
) -> None:
    """A cache on another disk is the user's as well."""
    (tmp_path / "disk").mkdir(mode=0o700)
    empty_cache.symlink_to(tmp_path / "disk")
    run("generate")

    _, _, err = run("generate")

    assert "parcels: from the cache" in err


def test_file_that_others_could_write_is_begun_anew(
    run: Run, empty_cache: Path
) -> None:
    """Its content may be theirs, even where their way to it is closed now."""
    run("generate")
    file = empty_cache / cache.FILE
    file.chmod(0o666)

    code, _, err = run("generate")

    assert (code, list_told(err)) == (0, [])
    assert "parcels: rendering" in err
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "parcels: from the cache" in run("generate")[2]
