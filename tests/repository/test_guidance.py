"""The documents for contributors: what they name exists, what they show works."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
from tests.repository.test_readme import read_blocks
from tests.support.documents import (
    NAME,
    is_name,
    list_codes,
    list_links,
    list_paths,
    make_anchor,
    read_headings,
    read_rows,
    read_section,
)

from botosmith.generator.settings import parse_arguments

DOCUMENTS = (
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "README.md",
    "SECURITY.md",
    "docs/ARCHITECTURE.md",
)
GUIDES = tuple(f"docs/{name}.md" for name in ("async", "pages", "updating", "waiters"))
#: The commands of git that the documents show.
GIT = {"add", "clone", "commit", "diff"}


@pytest.fixture(scope="module", params=DOCUMENTS)
def document(request: pytest.FixtureRequest, root: Path) -> str:
    """Each document's text."""
    name: str = request.param
    return (root / name).read_text("utf-8")


@pytest.fixture(scope="module")
def contributing(root: Path) -> str:
    """The text of CONTRIBUTING.md."""
    return (root / "CONTRIBUTING.md").read_text("utf-8")


def test_paths_exist(document: str, root: Path) -> None:
    """Each path between back quotes is that of a file or folder."""
    assert [path for path in list_paths(document) if not (root / path).exists()] == []


def test_dotted_names_exist(document: str) -> None:
    """Each dotted name is that of a module, or of something in one."""
    names = {code for code in list_codes(document) if NAME.fullmatch(code)}

    assert [name for name in sorted(names) if not is_name(name)] == []


@pytest.mark.parametrize("name", [*DOCUMENTS, *GUIDES])
def test_links_lead_somewhere(name: str, root: Path) -> None:
    """Each link within the repository leads to a file, and to a heading in it."""
    file = root / name
    for path, anchor in list_links(file.read_text("utf-8")):
        target = (file.parent / path) if path else file
        assert target.exists(), path
        if anchor:
            headings = read_headings(target.read_text("utf-8"))
            assert anchor in map(make_anchor, headings), f"{path}#{anchor}"


def test_wrong_links_and_names_are_found() -> None:
    """The tests above find a wrong path, and a wrong command."""
    text = "See `runtime/none.py`, `botosmith.none`, [it](docs/pages.md#none)."

    assert list_paths(text) == ["runtime/none.py"]
    assert not is_name("botosmith.none")
    assert list(list_links(text)) == [("docs/pages.md", "none")]


def list_commands(text: str) -> Iterator[list[str]]:
    """Yield the words of each command that a document shows."""
    for language, block in read_blocks(text):
        if language == "console":
            for line in block.splitlines():
                assert line.startswith("$ "), line
                yield shlex.split(line[2:].partition(" > ")[0], comments=True)


def check_make(words: list[str], makefile: str) -> None:
    """Check that the Makefile has a target, and the variables that are set."""
    (target,) = (word for word in words if "=" not in word)
    assert f"\n{target}:" in makefile, words
    for word in words:
        if "=" in word:
            assert f"\n{word.partition('=')[0]} ?=" in makefile, words


def check_botosmith(words: list[str]) -> None:
    """Check that the command line is one that botosmith takes."""
    if words == ["--version"]:
        with pytest.raises(SystemExit, match="0"):
            parse_arguments(words)
    else:
        parse_arguments(words)


def check_pip(words: list[str], extras: set[str]) -> None:
    """Check that the extras of botosmith that a command names exist."""
    assert words[0] == "install", words
    for word in words:
        named = re.search(r"\[([\w,]+)\]", word)
        assert named is None or set(named[1].split(",")) <= extras, words


def check_towncrier(words: list[str]) -> None:
    """Check that towncrier has a command and its options."""
    (entry,) = entry_points(group="console_scripts", name="towncrier")
    command: Any = entry.load().commands[words[0]]
    options = {option for one in command.params for option in one.opts}
    assert {word for word in words if word.startswith("--")} <= options, words


def test_commands_work(
    document: str, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each command that a document shows is one that its program takes."""
    monkeypatch.chdir(tmp_path)
    makefile = (root / "Makefile").read_text("utf-8")
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    hook = project["tool"]["hatch"]["metadata"]["hooks"]["custom"]
    for program, *words in list_commands(document):
        match program.rpartition("/")[2]:
            case "make":
                check_make(words, makefile)
            case "botosmith":
                check_botosmith(words)
            case "pip":
                check_pip(words, set(hook["optional-dependencies"]))
            case "towncrier":
                check_towncrier(words)
            case "git":
                assert words[0] in GIT, words
            case _:
                pytest.fail(f"no test knows how to check {program}")


def test_targets_are_shown(root: Path) -> None:
    """Each target that the Makefile lists for people is in a document."""
    makefile = (root / "Makefile").read_text("utf-8")
    listed = set(re.findall(r"^#   make ([\w-]+)", makefile, re.MULTILINE))
    shown: set[str] = set()
    for name in ("CONTRIBUTING.md", "README.md"):
        text = (root / name).read_text("utf-8")
        commands = [*list_commands(text), *map(str.split, list_codes(text))]
        shown |= {words[1] for words in commands if words[0] == "make" and words[1:]}

    assert "test-damage" in listed
    assert shown == listed


def test_example_runs(
    contributing: str,
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The example of CONTRIBUTING.md prints what is shown below it."""
    blocks = read_blocks(contributing)
    (example,) = (text for language, text in blocks if language == "python")
    (shown,) = (text for language, text in blocks if language == "text")
    monkeypatch.chdir(root)

    exec(compile(example, "CONTRIBUTING.md", "exec"), {})  # noqa: S102 - our own

    assert capsys.readouterr().out == shown


def test_kinds_of_tests_have_a_row(contributing: str, root: Path) -> None:
    """Each folder of tests has a row that says when to write one there."""
    rows = read_rows(read_section(contributing, "Tests"))
    told = {code for row in rows for code in list_codes(row[0])}

    folders = {
        f"{path.relative_to(root).as_posix()}/"
        for parent in (root / "tests", root / "tests" / "contract")
        for path in parent.iterdir()
        if path.name != "contract" and any(path.rglob("*.py"))
    }
    assert folders <= told


def read_tasks(contributing: str) -> dict[str, list[str]]:
    """Return the steps of each task of CONTRIBUTING.md."""
    parts = re.split(r"^### ", read_section(contributing, "Tasks"), flags=re.MULTILINE)
    tasks: dict[str, list[str]] = {}
    for part in parts[1:]:
        title, _, text = part.partition("\n")
        tasks[title] = re.split(r"^\d+\. ", text, flags=re.MULTILINE)[1:]
    return tasks


def test_tasks_name_their_files(contributing: str) -> None:
    """Each of at least ten tasks names its files, those of its tests among them."""
    tasks = read_tasks(contributing)

    assert len(tasks) >= 10
    for title, steps in tasks.items():
        paths = {path for step in steps for path in list_paths(step)}
        assert len(paths) >= 2, title
        assert any(path.startswith("tests/") for path in paths), title


def test_steps_name_what_their_files_hold(contributing: str, root: Path) -> None:
    """Each identifier of a step stands in a file of the same step."""
    for title, steps in read_tasks(contributing).items():
        for step in steps:
            files = [root / path for path in list_paths(step)]
            texts = [file.read_text("utf-8") for file in files if file.is_file()]
            for code in list_codes(step):
                if code.isidentifier():
                    assert any(code in text for text in texts), f"{title}: {code}"
