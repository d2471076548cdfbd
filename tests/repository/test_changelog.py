"""Tests of the changelog and of the fragments that a release builds it from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from tests.support.changelog import draft_changelog

#: A name that towncrier reads, of a fragment that belongs to no issue.
NAME = re.compile(r"\+[\w.-]+\.(feature|change|fix)\.md")


@pytest.fixture(scope="module")
def fragments(root: Path) -> dict[str, str]:
    """The text of each fragment by its file's name."""
    files = sorted((root / "changelog.d").glob("*"))
    return {file.name: file.read_text("utf-8") for file in files}


def test_fragments_are_named_for_towncrier(fragments: dict[str, str]) -> None:
    """Each fragment is called `+NAME.TYPE.md`; towncrier passes over other names."""
    assert [name for name in fragments if not NAME.fullmatch(name)] == []


def test_draft_holds_every_fragment(root: Path, fragments: dict[str, str]) -> None:
    """The next entry has each line of each fragment, and no name of a file."""
    draft = draft_changelog(root)

    assert draft.lstrip().startswith("## 1.2.3 (2026-01-02)")
    lines = {line.strip().removeprefix("- ") for line in draft.splitlines()}
    for name, text in fragments.items():
        assert text.strip(), name
        for line in text.strip().splitlines():
            assert line.strip().removeprefix("- ") in lines, name
        assert f"({name.removeprefix('+').partition('.')[0]})" not in draft


def test_types_are_those_of_the_names(root: Path, fragments: dict[str, str]) -> None:
    """The configuration has a heading for each type that a name may hold."""
    settings = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    types = settings["tool"]["towncrier"]["type"]

    kinds = {match[1] for name in fragments if (match := NAME.fullmatch(name))}
    assert {one["directory"] for one in types} == kinds == {"feature", "change", "fix"}


def test_changelog_has_the_mark_of_releases(root: Path) -> None:
    """The changelog has the line below which towncrier writes a release."""
    settings = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    mark: str = settings["tool"]["towncrier"]["start_string"]

    assert (root / "CHANGELOG.md").read_text("utf-8").count(mark) == 1
