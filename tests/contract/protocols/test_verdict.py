"""When a case counts as failed."""

from __future__ import annotations

import json

import pytest
from tests.contract.protocols.verdict import BOTOCORE, PATHS, Trial, Verdict

RIGHT = Verdict(None, None)
WRONG = Verdict("body: wrong", "body: wrong")
LAX = Verdict(None, "header: wrong")


def make_trial(
    theirs: Verdict, ours: Verdict, path: str, *, is_excused: bool = False
) -> Trial:
    """A trial in which only one of our paths may have been wrong."""
    verdicts = dict.fromkeys((BOTOCORE, *PATHS), RIGHT)
    verdicts |= {BOTOCORE: theirs, path: ours}
    return Trial(
        case="input/json:A",
        group="input json",
        is_excused=is_excused,
        is_own=True,
        verdicts=verdicts,
    )


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("theirs", "ours", "expected"),
    [
        (RIGHT, RIGHT, []),
        (RIGHT, WRONG, ["input/json:A, {} path: body: wrong"]),
        (RIGHT, LAX, ["input/json:A, {} path, strictly: header: wrong"]),
        (LAX, LAX, []),
        (LAX, WRONG, ["input/json:A, {} path: body: wrong"]),
        (WRONG, RIGHT, []),
        (WRONG, WRONG, ["input/json:A, {} path: body: wrong (botocore: body: wrong)"]),
    ],
)
def test_botocore_is_the_measure(
    path: str, theirs: Verdict, ours: Verdict, expected: list[str]
) -> None:
    """A case that is right there, or ought to be, has to be right here."""
    trial = make_trial(theirs, ours, path)

    assert list(trial.failures()) == [line.format(path) for line in expected]


@pytest.mark.parametrize("path", PATHS)
def test_an_excuse_is_botocores(path: str) -> None:
    """Cases that botocore need not pass count where it does pass them."""
    assert not [*make_trial(WRONG, WRONG, path, is_excused=True).failures()]
    assert [*make_trial(RIGHT, WRONG, path, is_excused=True).failures()]
    assert [*make_trial(RIGHT, LAX, path, is_excused=True).failures()]


def test_trials_travel_as_plain_data() -> None:
    """A test worker sends JSON's types at most."""
    trial = make_trial(LAX, WRONG, "plain")

    assert Trial.from_property(json.loads(json.dumps(trial.as_property()))) == trial
