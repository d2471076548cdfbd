"""The report for GitHub, read with another implementation of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import example as with_example
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from tests.unit.generator.diff.report import example

from botosmith.generator.diff.report import write_report
from botosmith.generator.diff.report.escaping import write_code, write_prose
from botosmith.generator.diff.report.markdown import write_markdown
from botosmith.generator.diff.report.wording import show_controls

OURS = {"<details>", "</details>", "<!-- -->"}


def read(markdown: str) -> Iterator[Token]:
    """The tokens of a document, those inside of others too."""
    for token in MarkdownIt("commonmark").enable("table").parse(markdown):
        yield token
        yield from token.children or ()


def read_texts(markdown: str, kind: str) -> list[str]:
    """Return the texts of the tokens of a kind."""
    return [token.content for token in read(markdown) if token.type == kind]


def test_what_breaks_is_in_full_view() -> None:
    """Breaking changes are listed, compatible ones folded, words only counted."""
    report = write_report(example.ONE, "markdown")

    breaking, _, folded = report.partition("<details>")
    assert "### `parcels`: 3 breaking changes" in breaking
    assert (
        "- **type changed** `shapes.Parcel.members.Weight`: `integer` → `string`"
        in (breaking)
    )
    assert (
        "Python: `CreateLockerInput.locker_name` → `CreateLockerInput.name`" in breaking
    )
    assert "<summary><code>parcels</code>: 3 compatible changes</summary>" in folded
    assert "`Operation3` and 8 more" in folded
    assert "operations.CreateLocker" not in report


def test_summary_comes_first() -> None:
    """Two tables tell what there is, before any change."""
    report = write_report(example.TWO, "markdown")

    summary = report.partition("###")[0]
    assert "| shapes | 1 | 1 | 0 |" in summary
    assert "| enum values | 0 | 2 | 0 |" in summary
    assert "| orders (2025-01-01, a new service) | 0 | 2 | 0 |" in summary
    assert "| parcels (2024-03-01) | 3 | 3 | 1 |" in summary


def test_nothing_is_cut_that_fits() -> None:
    """A limit of exactly the length cuts nothing, one character less cuts a change."""
    whole = write_markdown(example.TWO, limit=1_000_000)

    assert write_markdown(example.TWO, limit=len(whole)) == whole
    cut = write_markdown(example.TWO, limit=len(whole) - 1)
    assert cut.count("- **") == whole.count("- **") - 1
    assert "- … and 1 more\n" in cut


def test_compatible_changes_are_cut_first() -> None:
    """Breaking changes are still there when little else is."""
    report = write_report(example.make_many(4000), "markdown")

    assert 63_500 < len(report) <= 64_000
    assert report.count("**member removed**") == 400
    listed = report.count("**member added**")
    assert 0 < listed < 3600
    assert f"- … and {3600 - listed:,} more\n" in report


def test_breaking_changes_are_cut_at_last() -> None:
    """Even they are too many at some point, and it is said of how many."""
    report = write_report(example.make_many(6000), "markdown")

    listed = report.count("**member removed**")
    assert f"- … and {600 - listed} more\n" in report
    assert report.endswith("… and 5,400 more changes in 1 service.\n")


@pytest.mark.parametrize("limit", [0, 700, 1000, 5000, 20_000, 100_000])
def test_cut_lists_say_what_is_left_out(limit: int) -> None:
    """Changes that are listed and those that are not come to all there are."""
    report = write_markdown(example.make_many(1000), limit=limit)

    lines = report.splitlines()
    listed = sum(line.startswith("- **") for line in lines)
    rests = re.findall(r"^(?:- )?… and ([\d,]+) more", report, re.MULTILINE)
    left_out = sum(int(number.replace(",", "")) for number in rests)
    assert listed + left_out == 1000
    assert len(report) <= max(limit, 700)


@pytest.mark.parametrize("text", example.HOSTILE)
def test_hostile_text_is_no_markup(text: str) -> None:
    """Links, images, tags and emphasis of a model are shown, not obeyed."""
    tokens = list(read(write_report(example.make_hostile(text), "markdown")))

    kinds = {token.type for token in tokens}
    assert kinds.isdisjoint({"link_open", "image", "em_open", "fence", "code_block"})
    tags = {token.content for token in tokens if token.type == "html_inline"}
    assert tags <= OURS
    blocks = [token.content for token in tokens if token.type == "html_block"]
    assert all("<summary>" in block or block.strip() in OURS for block in blocks)
    assert not any("<script" in block or "<img" in block for block in blocks)


@given(example.texts)
@with_example("`a")
@with_example("``")
@with_example(" ` ")
@with_example("  ")
@with_example("a\\")
def test_code_spans_say_what_was_put_in(text: str) -> None:
    """One span, and its content is the text."""
    spans = read_texts(f"- {write_code(text)} after", "code_inline")

    assert spans == [show_controls(text) or " "]


@given(st.text("ab \\`*_[]<>&|~$!()#@-+.:").map(lambda text: f"x{text}x"))
def test_prose_says_what_was_put_in(text: str) -> None:
    """A paragraph of a text is the text, and nothing in it is markup."""
    prose = write_prose(text)

    assert "".join(read_texts(prose, "text")) == text
    kinds = {token.type for token in read(prose)}
    ours = {"paragraph_open", "inline", "text", "html_inline", "paragraph_close"}
    assert kinds <= ours


def test_nobody_is_told() -> None:
    """GitHub finds a mention in @ and a letter, in paragraphs and headings."""
    assert write_prose("ask @someone of #12") == "ask @<!-- -->someone of #<!-- -->12"
