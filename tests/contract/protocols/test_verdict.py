"""When a case counts as failed."""

from __future__ import annotations

import json

import pytest
from tests.contract.protocols.verdict import BOTOCORE, SERIALIZERS, Trial, Verdict

RIGHT = Verdict(None, None)
WRONG = Verdict("body: wrong", "body: wrong")
LAX = Verdict(None, "header: wrong")


def make_trial(
    theirs: Verdict, ours: Verdict, serializer: str, *, is_excused: bool = False
) -> Trial:
    """A trial in which only one of our serializers may have been wrong."""
    verdicts = dict.fromkeys((BOTOCORE, *SERIALIZERS), RIGHT)
    verdicts |= {BOTOCORE: theirs, serializer: ours}
    return Trial(
        case="input/json:A",
        group="input json",
        is_excused=is_excused,
        is_own=True,
        verdicts=verdicts,
    )


@pytest.mark.parametrize("serializer", SERIALIZERS)
@pytest.mark.parametrize(
    ("theirs", "ours", "expected"),
    [
        (RIGHT, RIGHT, []),
        (RIGHT, WRONG, ["input/json:A, {} serializer: body: wrong"]),
        (RIGHT, LAX, ["input/json:A, {} serializer, strictly: header: wrong"]),
        (LAX, LAX, []),
        (LAX, WRONG, ["input/json:A, {} serializer: body: wrong"]),
        (WRONG, RIGHT, []),
        (
            WRONG,
            WRONG,
            [f"input/json:A, {{}} serializer: body: wrong ({BOTOCORE}: body: wrong)"],
        ),
    ],
)
def test_botocore_is_the_measure(
    serializer: str, theirs: Verdict, ours: Verdict, expected: list[str]
) -> None:
    """A case that is right there, or ought to be, has to be right here."""
    trial = make_trial(theirs, ours, serializer)

    assert list(trial.failures()) == [line.format(serializer) for line in expected]


@pytest.mark.parametrize("serializer", SERIALIZERS)
def test_an_excuse_is_botocores(serializer: str) -> None:
    """Cases that botocore need not pass count where it does pass them."""
    assert not [*make_trial(WRONG, WRONG, serializer, is_excused=True).failures()]
    assert [*make_trial(RIGHT, WRONG, serializer, is_excused=True).failures()]
    assert [*make_trial(RIGHT, LAX, serializer, is_excused=True).failures()]


def test_trials_travel_as_plain_data() -> None:
    """A test worker sends JSON's types at most."""
    trial = make_trial(LAX, WRONG, "botocore")

    assert Trial.from_property(json.loads(json.dumps(trial.as_property()))) == trial
