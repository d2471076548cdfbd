"""A quick run's part of the cases tries each value, and is always the same."""

from __future__ import annotations

from itertools import product

import pytest
from tests.support.sweep import Case, Sweep


def make_cases(**counts: int) -> list[Case]:
    """Combine every value of parameters that have so many values each."""
    combined = product(*(range(count) for count in counts.values()))
    return [dict(zip(counts, values, strict=True)) for values in combined]


@pytest.mark.parametrize("counts", [{"a": 3, "b": 5}, {"b": 5, "a": 3, "c": 2}])
def test_each_value_is_tried_in_few_cases(counts: dict[str, int]) -> None:
    """As many cases are kept as the parameter with the most values has."""
    cases = make_cases(**counts)

    kept = [cases[at] for at in Sweep().choose(cases)]

    assert len(kept) == max(counts.values())
    for name, count in counts.items():
        assert {case[name] for case in kept} == set(range(count))


def test_values_are_left_out() -> None:
    """One value in so many is taken, of a named parameter or the only one."""
    alone, beside = make_cases(a=9), make_cases(a=9, b=2)

    assert Sweep(4).choose(alone) == {0, 4, 8}
    kept = [beside[at] for at in Sweep(4, of="a").choose(beside)]
    assert {case["a"] for case in kept} == {0, 4, 8}
    assert {case["b"] for case in kept} == {0, 1}


def test_one_case_is_kept() -> None:
    """A case that is asked for by its name runs."""
    assert Sweep(4).choose([{"a": 3}]) == {0}
