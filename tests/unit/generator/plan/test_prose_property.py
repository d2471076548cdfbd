"""Properties of `prose` for any documentation."""

from __future__ import annotations

import re
from html import escape
from itertools import pairwise
from typing import TypeAlias

from bs4 import BeautifulSoup
from bs4.exceptions import ParserRejectedMarkup
from hypothesis import example, given
from hypothesis import strategies as st

from botosmith.generator.prose import summary, to_lines

Tree: TypeAlias = "str | list[Tree]"

BLOCKS = ["p", "pre", "ul", "ol", "li", "dl", "dt", "dd", "h2", "table", "tr", "td"]
OTHERS = ["a", "b", "br", "code", "note", "important", "region", "x-Y", "script"]

# Surrogates cannot be encoded, so no model file has them.
characters = st.characters(exclude_categories=["Cs"])
words = st.text(characters.filter(lambda char: not char.isspace()), min_size=1)
CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)")
MARKER = re.compile(r"|[-*+>|:]|#+|\d+[.)]")

frames = st.sampled_from(["{}", "<ul>{}</ul>", "<p>{}</p>"])
widths = st.integers(24, 100)
hangings = st.integers(0, 24)

# Single hyphens: a long run of them leaves no other place for a break.
url_parts = st.text("abcXYZ0189/?#&=._~%+:@", min_size=1, max_size=60)
url_values = st.lists(url_parts, min_size=1, max_size=8).map(
    lambda parts: "https://" + "-".join(parts)
)

plain_words = st.text("abc", min_size=1)
codes = st.text(" []{}()*+?\\\\^$|.:/-_<>&\"'abc019", min_size=1, max_size=120).filter(
    str.strip
)

tags = st.sampled_from(BLOCKS + OTHERS)
pieces = st.one_of(
    st.text(characters, max_size=40),
    st.text("<>/!?&;-[]=\"' ab", max_size=20),
    tags.map(lambda tag: f"<{tag}>"),
    tags.map(lambda tag: f"</{tag}>"),
    url_values.map(lambda url: f'<a href="{url}">'),
    st.sampled_from(
        ["<!--", "-->", "<![CDATA[", "]]>", "&lt;", "&#0;", "\x00", "\xa0"]
    ),
)
soups = st.lists(pieces, max_size=30).map("".join)


def _is_one_word(line: str) -> bool:
    """Tell whether a line has no place to break it, but within code or after a marker.

    What looks like a marker may have been taken along, and an item may stand in others.
    """
    text = CODE_SPAN.sub("code", line)
    return len([word for word in text.split(" ") if not MARKER.fullmatch(word)]) <= 1


def _squeeze(text: str) -> str:
    return "".join(text.split())


def _read_text(html: str) -> str:
    try:
        return BeautifulSoup(f"<html>{html}", "html.parser").get_text()
    except ParserRejectedMarkup:
        return html


@given(soups, st.integers(48, 100), hangings)
@example("<![a[", 80, 0)
@example("<?xml version='1.0'?><x>", 80, 0)
@example("- - - 1. 1. " * 20, 48, 24)
def test_anything(html: str, width: int, hanging: int) -> None:
    """Any text gives well-formed lines that hold all of its text content in order."""
    lines = to_lines(html, width=width, hanging=hanging)

    assert all(len(line) <= width or _is_one_word(line) for line in lines)
    assert all(line == line.rstrip() for line in lines)
    assert all(line.splitlines() in ([line], []) for line in lines)
    assert all(line.startswith(" " * hanging) for line in lines[1:] if line)
    assert "" not in lines[:1] + lines[-1:]
    assert ("", "") not in pairwise(lines)
    written = iter(_squeeze("".join(lines)))
    assert all(char in written for char in _squeeze(_read_text(html)))


@given(soups)
def test_summary_of_anything(html: str) -> None:
    """Whatever has text content has a summary, and it is one line."""
    sentence = summary(html)

    assert sentence.splitlines() in ([sentence], [])
    assert sentence == " ".join(sentence.split())
    assert sentence or not _squeeze(_read_text(html))


@given(st.lists(words), widths)
def test_escaped_words(text: list[str], width: int) -> None:
    """Escaped text comes out unchanged but for line ends, whatever it looks like."""
    expected = " ".join(text)

    assert " ".join(to_lines(escape(expected), width=10_000_000)) == expected
    broken = "".join(to_lines(escape(expected), width=width))
    assert _squeeze(broken) == _squeeze(expected)


@given(st.lists(st.text("abc", min_size=1, max_size=24)), widths)
def test_words_stay_whole(text: list[str], width: int) -> None:
    """Words that fit are not broken, and lines are as full as they can be."""
    lines = to_lines(" ".join(text), width=width)

    assert " ".join(lines).split() == text
    for line, following in pairwise(lines):
        assert len(f"{line} {following.split()[0]}") > width


@given(st.lists(st.tuples(words, url_values), min_size=1), widths, hangings, frames)
def test_links_are_whole(
    links: list[tuple[str, str]], width: int, hanging: int, frame: str
) -> None:
    """The URL of each link stands on one line, in order, however narrow that is."""
    html = "".join(
        f'<li><a href="{escape(url)}">{escape(text)}</a></li>' for text, url in links
    )
    lines = to_lines(frame.format(html), width=width + hanging, hanging=hanging)

    found = [url for line in lines for url in re.findall("<(https://[^<> ]*)>", line)]
    known = {url for _, url in links}
    assert [url for url in found if url in known] == [url for _, url in links]


@given(st.lists(st.tuples(plain_words, codes), min_size=1), widths, hangings, frames)
def test_code_is_whole(
    pairs: list[tuple[str, str]], width: int, hanging: int, frame: str
) -> None:
    """Each piece of code, a pattern with spaces for example, stands on one line."""
    html = " ".join(f"{word} <code>{escape(code)}</code>" for word, code in pairs)
    lines = to_lines(frame.format(html), width=width + hanging, hanging=hanging)

    found = [code for line in lines for code in re.findall("`([^`]*)`", line)]
    assert found == [" ".join(code.split()) for _, code in pairs]


@given(st.lists(words), st.text("abc:[] ", max_size=30), widths, hangings)
def test_lead(text: list[str], lead: str, width: int, hanging: int) -> None:
    """A lead changes nothing but where the text begins."""
    width += hanging

    lines = to_lines(escape(" ".join(text)), width=width, hanging=hanging, lead=lead)

    assert _squeeze("".join(lines)) == _squeeze(lead + "".join(text))
    assert all(len(line) <= width or _is_one_word(line) for line in lines)


@given(st.recursive(st.just("x"), lambda inner: st.lists(inner, max_size=4)))
def test_nesting(tree: Tree) -> None:
    """Items stand two columns further in for each list that they are nested in."""
    lines = to_lines(_write(tree), width=400)

    assert [line for line in lines if line] == _outline(tree, -1)


def _write(tree: Tree) -> str:
    if isinstance(tree, list):
        return "<ul>" + "".join(f"<li>y{_write(item)}</li>" for item in tree) + "</ul>"
    return ""


def _outline(tree: Tree, depth: int) -> list[str]:
    rows = [f"{'  ' * depth}- y"] if depth >= 0 else []
    if isinstance(tree, list):
        for item in tree:
            rows += _outline(item, depth + 1)
    return rows
