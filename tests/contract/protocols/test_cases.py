"""The protocols' own test cases, over HTTP: both serializers do what botocore does.

`BOTOSMITH_PROTOCOL_CASES` names the folder of the cases, if they are not where they
are expected.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.contract.protocols.bench import Bench, open_bench
from tests.contract.protocols.source import MissingError, load_cases, load_suites
from tests.contract.protocols.summary import NOT_TRIED, TRIED

Record = Callable[[str, Any], None]


def list_suites() -> tuple[Any, ...]:
    """Return the suites; without a folder of cases, which has its own test, none."""
    try:
        return load_suites()
    except MissingError:
        return ()


def name_suite(suite: Any) -> str:
    """Return the name of a suite's test."""
    return f"{suite.kind}-{suite.file}-{suite.index}"


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """Return the clients that the suites are tried with."""
    folder = tmp_path_factory.mktemp("protocols")
    with open_bench(load_cases(), load_suites(), folder) as opened:
        yield opened


def test_there_are_cases(record_property: Record) -> None:
    """There is something to try; a run without it says so at its end."""
    try:
        suites = load_suites()
    except MissingError as missing:
        record_property(NOT_TRIED, str(missing))
        if missing.is_asked_for:
            raise
        pytest.skip(str(missing))

    assert suites


@pytest.mark.parametrize("suite", list_suites(), ids=name_suite)
def test_suite(suite: Any, bench: Bench, record_property: Record) -> None:
    """Either serializer passes the cases that botocore passes, strictly if it does."""
    failures: list[str] = []
    for trial in bench.try_suite(suite):
        record_property(TRIED, trial.as_property())
        failures += trial.failures()

    if failures:
        pytest.fail("\n".join(failures), pytrace=False)
