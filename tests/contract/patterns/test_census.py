"""The census counts each pattern once, and lists those that cannot be checked."""

from __future__ import annotations

from typing import Any

import pytest
from tests.contract.patterns.__main__ import list_translations, main, summarize
from tests.contract.patterns.census import Census, Means, find_means, take_census

MODEL: dict[str, Any] = {
    "shapes": {
        "Request": {
            "type": "structure",
            "members": {
                "Name": {"shape": "Name"},
                "Other": {"shape": "Name"},
                "Names": {"shape": "Names"},
                "Tags": {"shape": "Tags"},
                "Greek": {"shape": "Greek"},
                "Size": {"shape": "Size"},
            },
        },
        "Name": {"type": "string", "pattern": "[a-z]+"},
        "Names": {"type": "list", "member": {"shape": "Name"}},
        "Tags": {"type": "map", "key": {"shape": "Any"}, "value": {"shape": "Long"}},
        "Any": {"type": "string", "pattern": "a.*"},
        "Long": {"type": "string", "pattern": r"\p{L}{3}", "min": 4, "max": 5},
        "Greek": {"type": "string", "pattern": r"\p{IsGreek}+"},
        "Unused": {"type": "string", "pattern": "[a-z]+"},
        "Size": {"type": "string", "pattern": "[A-Z]", "enum": ["S", "M"]},
        "Plain": {"type": "string"},
    }
}


@pytest.fixture
def census() -> Census:
    """The census of one model."""
    found = Census()
    found.add("letters", MODEL)
    return found


def test_census_counts_shapes_members_and_patterns(census: Census) -> None:
    """List items, keys and values count as members; enums are apart."""
    members = {use.shape: use.members for use in census.uses}
    assert members == {"Name": 3, "Any": 1, "Long": 1, "Greek": 1, "Unused": 0}
    assert [use.shape for use in census.enums] == ["Size"]
    assert len(census.patterns) == 4


@pytest.mark.parametrize(
    ("pattern", "means"),
    [
        ("^[a-z]+$", Means.AS_IT_IS),
        ("a.*b", Means.POINTS),
        (r".\p{L}", Means.TRANSLATED),
        (r"\p{IsGreek}", Means.UNCHECKED),
    ],
)
def test_census_tells_means_apart(pattern: str, means: Means) -> None:
    """A translation of points alone is counted by itself."""
    assert find_means(pattern) is means


def test_census_finds_what_no_value_suits(census: Census) -> None:
    """Three characters cannot be four or five."""
    assert [use.shape for use in census.contradictions()] == ["Long"]


def test_summary_lists_what_is_not_checked(census: Census) -> None:
    """With the service, the shape and the pattern."""
    lines = [*summarize(census)]
    assert lines[0] == "1 services have 5 shapes with a pattern,"
    assert lines[lines.index("Not checked:") + 1] == r"  letters Greek: \p{IsGreek}+"
    assert lines[-1] == r"  letters Long: \p{L}{3}"
    assert any(line.startswith("\na.*\na[^") for line in list_translations(census))


def test_every_pattern_of_the_flagship_is_checked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The command says so."""
    main(["sagemaker"])
    assert "Not checked: none" in capsys.readouterr().out
    assert take_census(["sagemaker"]).by_means()[Means.UNCHECKED] == frozenset()
