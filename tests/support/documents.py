"""Reads the sections, tables, paths and names of a document in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

#: Code between single back quotes, within a line or over a line's end.
CODE = re.compile(r"(?<!`)`([^`]+)`(?!`)")
#: A path below the repository, which has a folder, or a file's name with its ending.
PATH = re.compile(r"[\w.+-]+(/[\w.+-]+)*(/|\.(md|py|toml|yml|jinja|json))|Makefile")
#: A module of ours, or a name in one.
NAME = re.compile(r"botosmith(\.\w+)+")


def read_prose(text: str) -> str:
    """Return a document without its blocks of code."""
    return re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)


def read_section(text: str, heading: str) -> str:
    """Return what stands below a heading, up to the next of its level or above."""
    pattern = rf"^(#+) {re.escape(heading)}$\n(.*?)(?=^(?!\1#)#+ |\Z)"
    found = re.search(pattern, text, re.DOTALL | re.MULTILINE)
    assert found, heading
    return found[2]


def read_headings(text: str) -> list[str]:
    """Return the headings of a document."""
    return re.findall(r"^#+ (.*)$", read_prose(text), re.MULTILINE)


def read_rows(section: str) -> list[list[str]]:
    """Return the cells of each row of a section's tables, without their heads."""
    rows: list[list[str]] = []
    for table in re.findall(r"(?:^\|.*\|$\n)+", section, re.MULTILINE):
        lines = table.splitlines()[2:]
        rows += [
            [cell.strip() for cell in line.strip("|").split(" |")] for line in lines
        ]
    return rows


def list_codes(text: str) -> list[str]:
    """Return what stands between back quotes in a document's prose."""
    return [re.sub(r"\s+", " ", code) for code in CODE.findall(read_prose(text))]


def list_paths(text: str) -> list[str]:
    """Return the paths that a document's prose names."""
    return [code for code in list_codes(text) if PATH.fullmatch(code)]


def list_links(text: str) -> Iterator[tuple[str, str]]:
    """Yield the target and the anchor of each link within the repository."""
    for target in re.findall(r"\]\(([^)\s]+)\)", read_prose(text)):
        if "://" not in target:
            path, _, anchor = target.partition("#")
            yield path, anchor


def make_anchor(heading: str) -> str:
    """Return the anchor that GitHub gives a heading."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def is_name(dotted: str) -> bool:
    """Return whether a dotted name is that of a module, or of something in one."""
    module, _, attribute = dotted.rpartition(".")
    try:
        import_module(dotted)
    except ModuleNotFoundError:
        return hasattr(import_module(module), attribute)
    return True


def list_folders(folder: Path) -> set[str]:
    """Return the names of the folders in one that hold modules."""
    return {path.name for path in folder.iterdir() if list(path.glob("*.py"))}
