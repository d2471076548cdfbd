"""Patterns of models become strings that match them."""

from __future__ import annotations

import re

import pytest
from botocore.model import ServiceModel
from hypothesis import given, settings
from hypothesis import strategies as st

from botosmith.testing.pattern import compile_pattern, matches, read_pattern
from botosmith.testing.sample import choose_string
from botosmith.testing.strategies.text import strings

UNREADABLE = {
    # A repeated `$`, and surrogates that Java joins to characters.
    r"([\p{L}\p{Z}\p{N}_.:\/=+\-@]*)${1,128}",
    r"([\p{L}\p{Z}\p{N}_.:\/=+\-@]*)${1,256}",
    "[\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF\\t]*",
}


def list_rules(service: ServiceModel) -> list[tuple[int, int | None, str]]:
    """The different pairs of length and pattern in a model."""
    found = {
        (rules.get("min", 0), rules.get("max"), rules["pattern"])
        for name in service.shape_names
        if "pattern" in (rules := service.shape_for(name).metadata)
    }
    return sorted(found, key=str)


def test_all_patterns_are_read_but_three(service: ServiceModel) -> None:
    """What Python cannot read is known by name."""
    patterns = {pattern for _, _, pattern in list_rules(service)}
    assert {text for text in patterns if read_pattern(text) is None} == UNREADABLE
    assert {text for text in patterns if compile_pattern(text) is None} == UNREADABLE


def test_examples_have_the_length_and_the_pattern(service: ServiceModel) -> None:
    """For every pattern of the model."""
    for least, most, pattern in list_rules(service):
        text = choose_string((), least, 10**6 if most is None else most, pattern)
        assert least <= len(text) <= (most or len(text))
        assert matches(pattern, text)


def check_drawn(least: int, most: int | None, pattern: str) -> None:
    """Draw some strings, and check each."""

    @settings(max_examples=5, database=None, derandomize=True)
    @given(strings(least, most, pattern))
    def check(text: str) -> None:
        assert least <= len(text) <= (most or len(text))
        assert matches(pattern, text)

    check()


def test_drawn_strings_have_the_length_and_the_pattern(service: ServiceModel) -> None:
    """For every pattern of the model; none is too hard to draw."""
    for rule in list_rules(service):
        check_drawn(*rule)


@pytest.mark.parametrize(
    ("pattern", "right", "wrong"),
    [
        (r"\d+", "09", "٣"),
        (r"\p{L}+", "Aé日", "1"),
        (r"[\p{Alnum}\-]+", "a-1", "_"),
        (r"[^a[]b", "xb", "[b"),
        (r"[&&~~||]", "&", "a"),
        (r"(a|bc|)x{2}", "bcxx", "bx"),
        (r"(?!\s*$).+", " a", "  "),
        (r"a\\p{2}", r"a\pp", "aa"),
    ],
)
def test_a_pattern_means_what_java_means(pattern: str, right: str, wrong: str) -> None:
    """Classes are Java's, digits are ASCII, sets may hold any character."""
    assert matches(pattern, right)
    assert not matches(pattern, wrong)


#: Patterns without anchors: characters, sets, groups and alternatives, repeated.
PATTERNS = r"(([ab.\-]|\\d|\[\^?[a-c]+\]|\(a(\|bc)?\))([*+?]|\{[12],[34]\})?\|?){1,4}"


@given(st.data(), st.from_regex(re.compile(PATTERNS), fullmatch=True))
def test_any_pattern_has_strings(data: st.DataObject, pattern: str) -> None:
    """Python's own matcher takes the example and what is drawn."""
    assert re.fullmatch(pattern, choose_string((), 0, 1000, pattern))
    assert re.fullmatch(pattern, data.draw(strings(0, None, pattern)))


def test_what_cannot_be_read_matches_anything() -> None:
    """Lengths still hold where a pattern cannot."""
    for pattern in ("(", r"[\p{Klingon}]", r"a{1,99999999999}"):
        assert read_pattern(pattern) is None
        assert matches(pattern, "anything")
        assert len(choose_string((), 3, 5, pattern)) in range(3, 6)
