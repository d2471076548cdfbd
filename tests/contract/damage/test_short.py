"""A short form of the harness; `make test-all` runs the long one."""

from __future__ import annotations

from pathlib import Path

from tests.contract.damage.__main__ import show_case
from tests.contract.damage.run import WAITED, Plan, run
from tests.contract.damage.subject import SHORT

PLAN = Plan(services=SHORT, replies=150, streams=30, seed=0)


def test_damaged_replies_end_as_documented(tmp_path: Path) -> None:
    """Those of a `Client`; `contract.asynchronous` has those of an `AsyncClient`."""
    totals = run(PLAN, tmp_path, WAITED, jobs=2)

    assert "\n".join(map(str, totals.failures)) == ""
    assert totals.replies >= PLAN.replies
    assert totals.streams >= PLAN.streams
    assert len(totals.protocols) == 6
    seen = totals.outcomes["waited"]
    # Damage of every sort is done: some replies are read all the same.
    assert min(seen[kind] for kind in KINDS) > seen.total() // 50


KINDS = ("reply", "service error", "reply error", "network error")


def test_a_case_can_be_repeated(tmp_path: Path) -> None:
    """By its name alone, always with the same bytes."""
    first, second = (
        list(show_case("7:lab-json:Describe:3", tmp_path / name)) for name in "ab"
    )

    assert first == second
    assert first[0].startswith("damages: ")
