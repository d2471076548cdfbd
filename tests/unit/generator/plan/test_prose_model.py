"""Every documentation string of real models, laid out and compared with its HTML.

What `to_lines` adds to the text content is known: a marker for each item, back quotes
around code, a label before notes, and URLs. The tests put the same additions into
BeautifulSoup's tree of the original and ask it for the text content, so that both
sides must agree in every character (`_write`), and once more in every word: the
original's blocks then are words of their own, and a space before a closing mark,
which AWS's formatter left after code, does not count on either side (`_split`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TypeAlias

import pytest
from botocore.loaders import Loader
from bs4 import BeautifulSoup, Tag
from tests.support.repository import MODELS

from botosmith.generator.prose import summary, to_lines

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | None"

HANGING = 8
MARKER = re.compile(r"(?:-|\d+\.)(?= )")

# Services whose documentation is malformed in more ways than SageMaker's.
ODD_SERVICES = [
    "codecommit/2015-04-13",
    "codeguruprofiler/2019-07-18",
    "elasticache/2015-02-02",
    "es/2015-01-01",
    "inspector2/2020-06-08",
    "mturk/2017-01-17",
    "sdb/2009-04-15",
]


def _load_documentation(version: str) -> list[str]:
    loader = Loader(extra_search_paths=[str(MODELS)])
    return sorted(set(_find_documentation(loader.load_data(f"{version}/service-2"))))


def _find_documentation(node: Json) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "documentation" and isinstance(value, str):
                yield value
            else:
                yield from _find_documentation(value)
    elif isinstance(node, list):
        for value in node:
            yield from _find_documentation(value)


@pytest.fixture(scope="module")
def sagemaker() -> list[str]:
    """Give all distinct documentation strings of SageMaker's pinned model."""
    return _load_documentation("sagemaker/2017-07-24")


def _parse(html: str) -> BeautifulSoup:
    return BeautifulSoup(f"<html>{html}", "html.parser")


def _find_hrefs(html: str) -> list[str]:
    hrefs = [str(a.get("href") or "").strip() for a in _parse(html).find_all("a")]
    return [href for href in hrefs if href]


def _mark(item: Tag) -> str:
    """Return the marker of an <li>."""
    if item.parent is None or item.parent.name != "ol":
        return "-"
    return f"{len(item.find_previous_siblings('li')) + 1}."


def _write(html: str) -> str:
    """Return the text content with all that `to_lines` adds, blocks apart."""
    soup = _parse(html)
    for link in soup.find_all("a"):
        href = str(link.get("href") or "").strip()
        if href and link.get_text(strip=True) == href:
            link.string = f"<{href}>"
        elif href:
            end = " " if link.get_text()[-1:].isspace() else ""
            (link.find_parent("code") or link).insert_after(f" (<{href}>){end}")
    for code in soup.find_all("code"):
        code.string = f"`{code.get_text().strip()}`"
    for item in soup.find_all("li"):
        item.insert(0, f"{_mark(item)} ")
    for note in soup.find_all(["note", "important"]):
        note.insert(0, f"{note.name.capitalize()}: ")
    for block in soup.find_all(["p", "li", "dt", "dd", "note", "important"]):
        block.insert_before(" ")
        block.insert_after(" ")
    return soup.get_text()


def _squeeze(text: str) -> str:
    return "".join(text.split())


def _split(text: str) -> list[str]:
    return re.sub(r"\s+(?=[.,;:)])", "", text).split()


def _indent_items(html: str) -> list[tuple[int, str]]:
    """Return indentation and marker of each <li>, from what it stands in."""
    return [
        (sum(_indent(parent) for parent in item.parents), _mark(item))
        for item in _parse(html).find_all("li")
    ]


def _indent(element: Tag) -> int:
    if element.name == "li":
        return len(_mark(element)) + 1
    return 4 if element.name == "dd" else 0


def _read_items(lines: list[str]) -> list[tuple[int, str]]:
    found = [(line, MARKER.match(line.lstrip(" "))) for line in lines]
    return [(len(line) - len(line.lstrip(" ")), m[0]) for line, m in found if m]


def _find_urls(lines: list[str]) -> list[str]:
    return [url for line in lines for url in re.findall(r"<(\w+:[^<> ]*)>", line)]


def _is_one_word(line: str) -> bool:
    """Tell whether a line has no place to break it but those within code."""
    text = re.sub(r"`[^`]*`", "code", line.lstrip(" ")).removeprefix("- ")
    return " " not in text


def _check_shape(lines: list[str], width: int) -> None:
    assert [one for one in lines if len(one) > width and not _is_one_word(one)] == []
    assert all(line == line.rstrip() for line in lines)
    assert all(line.startswith(" " * HANGING) for line in lines[1:] if line)
    assert "" not in lines[:1] + lines[-1:]
    assert ("", "") not in pairwise(lines)


def test_whole_model(sagemaker: list[str]) -> None:
    """The corpus is the whole of SageMaker's documentation."""
    assert len(sagemaker) > 6000
    assert sum(map(len, sagemaker)) > 1_000_000


@pytest.mark.parametrize("width", [84, 60])
def test_shape(sagemaker: list[str], width: int) -> None:
    """Lines keep the width and the margin; empty ones stand between paragraphs.

    A line that holds but one word may be longer.
    """
    for html in sagemaker:
        _check_shape(to_lines(html, width=width, hanging=HANGING), width)


@pytest.mark.parametrize("width", [84, 60])
def test_text(sagemaker: list[str], width: int) -> None:
    """Line ends apart, the lines are the HTML's text content and our additions."""
    for html in sagemaker:
        text = "".join(to_lines(html, width=width, hanging=HANGING))
        assert _squeeze(text) == _squeeze(_write(html))


def test_words(sagemaker: list[str]) -> None:
    """The words are the HTML's words if no line is too short for one."""
    for html in sagemaker:
        text = "\n".join(to_lines(html, width=100_000))
        assert _split(text) == _split(_write(html))


@pytest.mark.parametrize("width", [84, 60])
def test_links(sagemaker: list[str], width: int) -> None:
    """Every link's URL stands whole on a line, in order, and no other does."""
    hrefs = [_find_hrefs(html) for html in sagemaker]
    assert sum(map(len, hrefs)) > 600
    for html, expected in zip(sagemaker, hrefs, strict=True):
        lines = to_lines(html, width=width, hanging=HANGING)
        assert _find_urls(lines) == expected


@pytest.mark.parametrize("width", [84, 40])
def test_code(sagemaker: list[str], width: int) -> None:
    """Every piece of code stands whole on a line, in order."""
    found = 0
    for html in sagemaker:
        lines = iter(to_lines(html, width=width, hanging=HANGING))
        codes = [" ".join(one.get_text().split()) for one in _parse(html)("code")]
        line = ""
        for code in filter(None, codes):
            while f"`{code}`" not in line:
                line = next(lines)
            line = line.partition(f"`{code}`")[2]
            found += 1
    assert found > 3000


@pytest.mark.parametrize("width", [84, 60])
def test_items(sagemaker: list[str], width: int) -> None:
    """Each item has its marker, indented by what it stands in, and nothing else has."""
    for html in sagemaker:
        lines = to_lines(html, width=width, hanging=HANGING, lead="x:")
        expected = [(HANGING + column, mark) for column, mark in _indent_items(html)]
        assert _read_items(lines) == expected


def test_no_html(sagemaker: list[str]) -> None:
    """Neither tags nor entities are left, but those that the text speaks of."""
    html = re.compile(r"</?[a-z]\w*(?:\s[^<>]*)?/?>|&(?:#\w+|[a-z]+);")
    for text in sagemaker:
        left = html.findall(" ".join(to_lines(text, width=100_000)))
        assert left == html.findall(_parse(text).get_text())


def test_summaries(sagemaker: list[str]) -> None:
    """A summary is how the text without its links begins, on one line."""
    for html in sagemaker:
        sentence = summary(html)
        assert "\n" not in sentence
        assert "<http" not in sentence
        unlinked = _squeeze(_write(re.sub(r"</?a\b[^>]*>", "", html)))
        assert unlinked.startswith(_squeeze(sentence))
        assert bool(unlinked) == bool(sentence)


@pytest.mark.parametrize("version", ODD_SERVICES)
def test_odd_documentation(version: str) -> None:
    """Malformed documentation loses no text and no link, and keeps the shape."""
    for html in _load_documentation(version):
        lines = to_lines(html, width=72, hanging=HANGING)
        _check_shape(lines, 72)
        written = iter(_squeeze("".join(lines)))
        assert all(char in written for char in _squeeze(_parse(html).get_text()))
        expected = {href for href in _find_hrefs(html) if href.startswith("http")}
        assert expected <= set(_find_urls(lines))
