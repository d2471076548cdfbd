"""The docstrings of the committed packages keep the rules, which find errors."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.docstrings import (
    RULES,
    Docstring,
    Rule,
    find_broken_spans,
    find_problems,
    find_split_literals,
    find_unmarked_code,
    find_wide_lines,
    find_wrong_counts,
    find_wrong_raises,
    read_docstrings,
)


@pytest.fixture(scope="module")
def docstrings(root: Path) -> list[Docstring]:
    """All docstrings in generated/."""
    return [
        docstring
        for folder in sorted((root / "generated/botosmith").iterdir())
        for docstring in read_docstrings(folder, f"botosmith.{folder.name}")
    ]


@pytest.mark.parametrize("rule", RULES)
def test_generated_docstrings(docstrings: list[Docstring], rule: Rule) -> None:
    """Every docstring of every package keeps each rule."""
    assert len(docstrings) > 4000
    assert find_problems(docstrings, rule) == []


def test_generated_literals(root: Path) -> None:
    """A text of the model is one literal, so that it can be searched for."""
    assert find_split_literals(root / "generated") == []


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (find_broken_spans, "See A (<https://a.b/\nc>)."),
        (find_broken_spans, "Pattern: `[a-z]\n[0-9]`"),
        (find_broken_spans, "The `a\nb` of c."),
        (find_wrong_counts, "A.\n\nAt least 1 items."),
        (find_wrong_counts, "From 1 to 1 item. Pattern: `1`"),
        (find_wrong_counts, "    At most 2 entry."),
        (find_wrong_counts, "Calls every 1 seconds, at most 3 times."),
        (find_wrong_counts, "Calls every 3 seconds, at most 1 times."),
        (find_wrong_raises, "A.\n\nRaises:\n    And so on: a.\n"),
        (find_wrong_raises, "A.\n\nRaises:\n    ValueError: a\n\n    NoSuchError: b\n"),
        (find_wrong_raises, "A.\n\nRaises:\n    ServiceErrors: b\n        c: d\n"),
        (find_unmarked_code, "A.\n\nUsage:\n    a()\n\nRequest syntax:\n    a()\n"),
    ],
)
def test_rules(rule: Rule, text: str) -> None:
    """Each rule finds what breaks it."""
    assert find_problems([Docstring("a.py:1", "botosmith.sagemaker", text)], rule)


def test_wide_line() -> None:
    """A line of more than 88 columns is found, but where it is one word."""
    link = f"    (<https://{'a' * 90}>)."
    code = f"    - `{'a b' * 40}`"
    words = f"    {'a b' * 40}"

    docstring = Docstring("a.py:1", "botosmith.sagemaker", "A.", [link, code, words])

    assert list(find_wide_lines(docstring)) == [words]


def test_split_literal(tmp_path: Path) -> None:
    """A literal in two parts is found, a docstring of two lines is not."""
    source = '"""A\nb."""\na = (\n    "b"\n    r"c"\n)\n'
    (tmp_path / "a.py").write_text(source)

    assert find_split_literals(tmp_path) == [f"{tmp_path / 'a.py'}:4"]
