"""Rendered modules come out as black lays them out, or the fault is named."""

from __future__ import annotations

import pickle
from pathlib import Path, PurePosixPath

import black
import pytest
from black.mode import Mode, TargetVersion

from botosmith.generator.build import formatting
from botosmith.generator.build.formatting import Draft, format_modules
from botosmith.generator.errors import StyleError

UGLY = "x = {'a':1,\n 'b':2}\ndef f( a,b = 2 ):\n  return a\n"
PRETTY = 'x = {"a": 1, "b": 2}\n\n\ndef f(a, b=2):\n    return a\n'

Files = dict[PurePosixPath, str]


def module(text: str, name: str = "module.py") -> Files:
    """A package of one file."""
    return {PurePosixPath(name): text}


def many(count: int) -> Files:
    """Return a package of several modules, with a file that is not a module."""
    modules = {PurePosixPath(f"m{n}.py"): f"{UGLY}y = {n}\n" for n in range(count)}
    return {**modules, PurePosixPath("data/x.json"): "{ }"}


def test_module_is_laid_out_as_black_does() -> None:
    """The result is black's, and black has nothing to change in it."""
    (text,) = format_modules(module(UGLY)).values()

    assert text == PRETTY
    mode = Mode(line_length=88, target_versions={TargetVersion.PY311})
    assert black.format_str(text, mode=mode) == text


def test_stub_is_laid_out_as_a_stub() -> None:
    """A stub's empty bodies stay on their lines, without blank lines between."""
    stub = "def f() -> int:\n    ...\n\n\ndef g() -> int: ...\n"

    (text,) = format_modules(module(stub, "__init__.pyi")).values()

    assert text == "def f() -> int: ...\ndef g() -> int: ...\n"


def test_users_configuration_plays_no_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pyproject.toml around does not change a byte."""
    config = "[tool.black]\nline-length = 10\nskip-string-normalization = true\n"
    (tmp_path / "pyproject.toml").write_text(config)
    monkeypatch.chdir(tmp_path)

    assert list(format_modules(module(UGLY)).values()) == [PRETTY]


@pytest.mark.parametrize("name", ["data/x.json", "py.typed", "notes.pyx", "py"])
def test_other_files_pass_through(name: str) -> None:
    """A file that is not a module stays as it is, Python or not."""
    assert format_modules(module(UGLY, name)) == module(UGLY, name)


def test_order_and_names_are_kept() -> None:
    """The same files in the same order come out."""
    assert list(format_modules(many(5))) == list(many(5))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("def f(:\n", "cannot parse"),
        ("x = '''\n", "cannot parse"),
        ("return 1\n", "'return' outside function"),
        ("x = '\\d'\n", "invalid escape sequence"),
        ("x = '\0'\n", "null bytes"),
        ("x = '\ud800'\n", "surrogates not allowed"),
        ("def f(a, a): ...\n", "duplicate argument 'a'"),
    ],
)
@pytest.mark.parametrize("name", ["operations/send.py", "__init__.pyi"])
def test_fault_names_the_module(text: str, reason: str, name: str) -> None:
    """A module that cannot be parsed or compiled is named, with what is wrong."""
    with pytest.raises(StyleError) as caught:
        format_modules({**module("x = 1\n"), **module(text, name)})

    assert caught.value.module == PurePosixPath(name)
    assert reason in caught.value.reason
    assert str(caught.value).startswith(f"{name}: ")
    assert "\n" not in str(caught.value)


def test_progress_counts_every_file() -> None:
    """In one process too, the numbers add up to that of the files."""
    done: list[int] = []

    format_modules(many(10), progress=done.append)

    assert sum(done) == len(many(10))


def test_first_fault_is_told() -> None:
    """The first of several faulty modules that are alike is named."""
    faulty = {PurePosixPath(f"{name}.py"): "1 +\n" for name in ("first", "second")}

    with pytest.raises(StyleError) as caught:
        format_modules({**many(20), **faulty, **many(4)})

    assert caught.value.module == PurePosixPath("first.py")


def test_chunks_are_of_a_size() -> None:
    """Long modules come first and alone, short ones together; none is lost."""
    lengths = [3, formatting.LONG, 5, formatting.LONG * 9, 1, 2, 4, 6, 7, 8]
    sources = {PurePosixPath(f"m{n}.py"): "#" * n for n in lengths}

    chunks = Draft({**sources, PurePosixPath("py.typed"): ""}, None).chunks

    modules = [module for chunk in chunks for module in chunk]
    assert sorted(modules) == sorted(sources.items())
    assert [len(text) for _, text in modules] == sorted(lengths)[::-1]
    assert [len(chunk) for chunk in chunks] == [1, 1, 4, 4]


def test_fault_survives_pickling() -> None:
    """The error comes out of another process as it was raised there."""
    error = StyleError(PurePosixPath("a/b.py"), "is wrong")

    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes

    assert (copy.module, copy.reason) == (error.module, error.reason)
    assert str(copy) == "a/b.py: is wrong"
