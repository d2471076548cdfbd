"""The properties fail where they should: each sees one small thing that is wrong."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from typing import Any

import pytest
from tests.contract.services.properties.compare import same
from tests.contract.services.properties.effort import Effort
from tests.contract.services.properties.outcome import check_each
from tests.contract.services.properties.properties import check_property
from tests.contract.services.properties.subject import Subject

from botosmith.runtime import Acceptor
from botosmith.runtime.protocol.codec import JsonCodec
from botosmith.runtime.protocol.parser import DirectParser, PlainParser
from botosmith.runtime.serde import readers, writers

SERVICE = "sqs"
OPERATION = "ReceiveMessage"


def find_problems(name: str, operation: str = OPERATION) -> str:
    """Return what a property finds in one operation."""
    subject = Subject.open(SERVICE)
    outcome = check_property(subject, name, Effort(examples=2), [operation])
    return "\n".join(failure.problem for failure in outcome.failures)


def test_a_changed_byte_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a body that the generated serializer sends."""
    encode = JsonCodec.encode
    monkeypatch.setattr(JsonCodec, "encode", lambda *args: encode(*args) + b" ")

    assert "the generated serializer's request" in find_problems("requests")


def test_a_changed_value_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a reply that the generated serializer reads."""
    string = readers.string
    monkeypatch.setattr(readers, "string", lambda value: string(value) and "other")

    assert "the generated serializer's reply" in find_problems("replies")


@pytest.mark.parametrize("parser", [DirectParser, PlainParser])
def test_a_changed_error_is_seen(parser: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """On either serializer."""
    inner = parser._error

    def other(self: Any, response: Any, shape: Any) -> Any:
        parsed = inner(self, response, shape)
        parsed["Error"]["Message"] = "other"
        return parsed

    monkeypatch.setattr(parser, "_error", other)

    assert "the error's response" in find_problems("errors")


def test_a_changed_round_trip_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the wire."""
    integer = writers.integer
    monkeypatch.setattr(writers, "integer", lambda *args: integer(*args) + 1)

    assert "from_wire(to_wire(object))" in find_problems("round-trips")


@pytest.mark.parametrize(
    ("attribute", "changed", "told"),
    [
        ("matches", lambda *_: False, "its end"),
        ("matches", lambda *_: True, "its end"),
        ("explanation", "other", "the reason"),
    ],
)
def test_a_changed_decision_is_seen(
    attribute: str, changed: Any, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The end of a waiter is compared: where it stops, and why."""
    monkeypatch.setattr(Acceptor, attribute, changed)

    subject = Subject.open("cloudcontrol")
    (operation,) = subject.waiters
    outcome = check_property(subject, "waiters", Effort(), [operation])

    (failure,) = outcome.failures
    assert told in failure.problem or "what it slept" in failure.problem


def test_a_missing_waiter_is_seen() -> None:
    """It is exported, or the structure is not right."""
    subject = Subject.open("cloudcontrol")
    ((operation, waiters),) = subject.waiters.items()
    subject.waiters[operation] = {**waiters, "Other": next(iter(waiters.values()))}

    (failure,) = check_property(subject, "structure", Effort()).failures

    assert "the waiters that are exported" in failure.problem


@pytest.mark.parametrize("part", ["operation", "member", "value", "shape"])
def test_what_is_missing_is_seen(part: str) -> None:
    """Whatever the JSON has and the package has not."""
    subject = Subject.open(SERVICE)
    model: Any = subject.model
    source = deepcopy(model._service_description)
    shapes = source["shapes"]
    match part:
        case "operation":
            source["operations"]["Other"] = {"name": "Other"}
        case "member":
            shapes["ReceiveMessageRequest"]["members"]["Other"] = {"shape": "String"}
        case "value":
            shapes["QueueAttributeName"]["enum"].append("Other")
        case _:
            shapes["Other"] = {"type": "structure", "members": {}}
    model._service_description = source

    assert check_property(subject, "structure", Effort()).failures


def test_one_failure_is_not_all() -> None:
    """The rest is looked at, too; the report's command leads there again."""
    seen: list[str] = []

    def check(subject: str, counts: Counter[str]) -> None:
        seen.append(subject)
        counts["tried"] += 1
        same({"a": [1, 2]}, {"a": [1, 3 if subject == "one" else 2]}, "the whole")

    outcome = check_each("service", "requests", ["one", "two"], check)

    assert seen == ["one", "two"]
    assert outcome.counts == {"tried": 2}
    (failure,) = outcome.failures
    assert "the whole['a'][1]: 2 (int) is not 3 (int)" in failure.problem
    assert "python -m tests.contract.services service --only one" in str(failure)
