"""Patterns of models become strings that match them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from botocore.model import ServiceModel
from hypothesis import given, settings
from hypothesis import strategies as st

from botosmith import sagemaker
from botosmith.runtime import from_boto3
from botosmith.runtime.serde.pattern import matches
from botosmith.runtime.serde.validation import find_violations
from botosmith.testing.pattern import read_pattern
from botosmith.testing.sample import choose_string
from botosmith.testing.strategies import parameters
from botosmith.testing.strategies.text import strings


def list_rules(service: ServiceModel) -> list[tuple[int, int | None, str]]:
    """The different pairs of length and pattern in a model."""
    found = {
        (rules.get("min", 0), rules.get("max"), rules["pattern"])
        for name in service.shape_names
        if "pattern" in (rules := service.shape_for(name).metadata)
    }
    return sorted(found, key=str)


def test_all_patterns_are_read(service: ServiceModel) -> None:
    """No pattern is without a tree."""
    patterns = {pattern for _, _, pattern in list_rules(service)}
    assert {text for text in patterns if read_pattern(text) is None} == set()


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


def check_strictly(made: Any, shape: Any) -> None:
    """Draw some parameters, and find no violation but enum values of the future."""

    @settings(max_examples=2, database=None, derandomize=True)
    @given(parameters(shape))
    def check(drawn: dict[str, Any]) -> None:
        found = find_violations(from_boto3(made, drawn), "strict")
        assert [one for one in found if "is not a value that" not in one.rule] == []

    check()


def test_drawn_parameters_pass_strict_validation(service: ServiceModel) -> None:
    """Patterns are drawn from and checked by one translation."""
    for name in [*sagemaker.OPERATIONS][::20]:
        shape = service.operation_model(name).input_shape
        check_strictly(sagemaker.OPERATIONS[name].request, shape)


@pytest.mark.parametrize(
    "pattern",
    [
        r"\p{IsAlphabetic}{3}",
        r"(?i)(true|false)",
        r"[a-z&&[^aeiou]]{2,4}",
        r"(?>a|bc)++d",
        r"(-?)a\1b",
    ],
)
def test_what_java_alone_has_is_drawn(pattern: str) -> None:
    """The strings pass the check of strict validation."""
    check_drawn(0, None, pattern)


#: Patterns without anchors: characters, sets, groups and alternatives, repeated.
PATTERNS = r"(([ab.\-]|\\d|\[\^?[a-c]+\]|\(a(\|bc)?\))([*+?]|\{[12],[34]\})?\|?){1,4}"


@given(st.data(), st.from_regex(re.compile(PATTERNS), fullmatch=True))
def test_any_pattern_has_strings(data: st.DataObject, pattern: str) -> None:
    """Python's own matcher takes the example and what is drawn."""
    assert re.fullmatch(pattern, choose_string((), 0, 1000, pattern))
    assert re.fullmatch(pattern, data.draw(strings(0, None, pattern)))


def test_what_cannot_be_read_matches_anything() -> None:
    """Lengths still hold where a pattern cannot be checked."""
    for pattern in ("(", r"[\p{IsGreek}]", r"a{1,99999999999}"):
        assert read_pattern(pattern) is None
        assert matches(pattern, "anything")
        assert len(choose_string((), 3, 5, pattern)) in range(3, 6)
