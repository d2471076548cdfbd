"""The report for a browser, without one."""

from __future__ import annotations

import base64
import hashlib
import json
import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from tests.unit.generator.diff.report import example

from botosmith.generator.diff.change import Diff
from botosmith.generator.diff.report import write_report
from botosmith.generator.diff.report.pagedata import list_changes


def read(diff: Diff) -> BeautifulSoup:
    """The page of a diff."""
    return BeautifulSoup(write_report(diff, "html"), "html.parser")


def read_rows(page: BeautifulSoup, *, service: int = 0) -> list[list[str]]:
    """The names and numbers of a service's resources."""
    rows = page.select("nav details")[service].select("tbody tr")
    return [
        [cell.get_text(" ", strip=True) for cell in row.select("a, .hint, td")]
        for row in rows
    ]


def test_resources_are_listed_worst_first() -> None:
    """A change counts for every resource that it reaches, or for the service."""
    assert read_rows(read(example.ONE)) == [
        ["All resources", "3", "3", "1"],
        ["Parcel", "2", "1", "0"],
        ["Locker", "2", "0", "1"],
        ["Operation", "0", "1", "0"],
        ["Service", "of no operation", "0", "1", "0"],
    ]


def test_resource_may_be_called_service() -> None:
    """It is another row than the one of changes that reach no operation."""
    rows = read_rows(read(example.TWO), service=1)

    assert rows[1:] == [
        ["Service", "of no operation", "0", "1", "0"],
        ["Service", "0", "1", "0"],
    ]


def test_totals_are_there_without_javascript() -> None:
    """The page's HTML has what it shows in the first place."""
    page = read(example.ONE)

    figures = [one.get_text() for one in page.select(".figures dd:not(.meaning)")]
    assert figures == ["3", "3", "1"]
    rows = [row.get_text(" ", strip=True) for row in page.select(".things tr")]
    assert rows[2:] == ["shapes 1 1 0", "members 1 0 1", "enum values 0 2 0"]
    assert page.select_one("noscript") is not None


def test_nothing_is_asked_for() -> None:
    """The page names no address but places of its own."""
    text = write_report(example.TWO, "html")
    page = BeautifulSoup(text, "html.parser")

    assert not page.select("img, iframe, object, embed, base, [src], [srcset]")
    links = {str(tag["href"]) for tag in page.select("[href]")}
    assert all(link.startswith("#") or link == "data:," for link in links)
    assert not re.search(r"url\(|@import|https?://", text)


def test_only_our_script_may_run() -> None:
    """The policy names the script by its hash, and lets nothing be fetched."""
    page = read(example.ONE)

    policy = page.select("meta[http-equiv]")[0]["content"]
    (script,) = page.select("script:not([type])")
    digest = hashlib.sha256(script.get_text().encode()).digest()
    assert f"script-src 'sha256-{base64.b64encode(digest).decode()}'" in policy
    assert "default-src 'none'" in policy


@given(example.diffs.filter(lambda diff: diff.services))
def test_script_gets_the_data(diff: Diff) -> None:
    """Whatever a model says, the page has two scripts, and one is the changes."""
    data, _script = read(diff).select("script")

    assert json.loads(data.get_text()) == json.loads(json.dumps(list_changes(diff)))


@pytest.mark.parametrize("text", example.HOSTILE)
def test_hostile_text_makes_no_elements(text: str) -> None:
    """A page of hostile text has the elements of any page."""
    plain, hostile = read(example.make_hostile("x")), read(example.make_hostile(text))

    # The number of places for a line break depends on the text.
    tags = [[one.name for one in page.select(":not(wbr)")] for page in (plain, hostile)]
    assert tags[0] == tags[1]
    assert not hostile.select("[onerror], [onmouseover]")


def test_operations_are_listed_once() -> None:
    """Thousands of changes reach the same few lists of operations."""
    data = list_changes(example.make_many(1000))

    assert len(data["reaches"]) == 50
    assert len(data["changes"]) == 1000


def test_numbers_are_not_rounded() -> None:
    """JavaScript knows integers up to 2**53, models have larger ones."""
    data = list_changes(example.ONE)

    afters = [change["after"] for change in data["changes"]]
    assert "9223372036854775807" in afters
