"""EventBridge: rules, and events that arrive in a queue."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.contract.scenarios.responder import Answer, Responder
from tests.support.packages import import_service

from botosmith.runtime import from_boto3

QUEUE_ARN = "arn:aws:sqs:us-east-1:123456789012:inbox"


@pytest.fixture(scope="module")
def events() -> Any:
    """The generated package."""
    return import_service("events")


@pytest.fixture
def client(connect: Callable[..., Any]) -> Any:
    """A client of moto's server."""
    return connect("events")


def test_the_life_of_a_rule(
    events: Any, client: Any, connect_boto3: Callable[..., Any]
) -> None:
    """Put, describe, list, disable and delete it."""
    put = client.put_rule(
        name="hourly",
        schedule_expression="rate(1 hour)",
        state=events.RuleState.ENABLED,
        description="grüß & <co>",
        tags=[events.Tag(key="team", value="forge")],
    )
    described = client.describe_rule(name="hourly")
    theirs = connect_boto3("events").describe_rule(Name="hourly")
    client.disable_rule(name="hourly")
    (listed,) = client.list_rules(name_prefix="hour").rules
    client.delete_rule(name="hourly")

    assert put.rule_arn == described.arn
    assert described.state is events.RuleState.ENABLED
    assert described.description == "grüß & <co>"
    assert from_boto3(events.DescribeRuleResponse, theirs) == described
    assert listed.state is events.RuleState.DISABLED
    with pytest.raises(events.ResourceNotFoundException, match="hourly"):
        client.describe_rule(name="hourly")


def test_an_event_arrives(
    events: Any, client: Any, connect: Callable[..., Any]
) -> None:
    """In a queue, if the pattern fits."""
    queues = connect("sqs")
    queue = queues.create_queue(queue_name="inbox").queue_url
    client.put_rule(
        name="letters", event_pattern=json.dumps({"detail": {"kind": ["letter"]}})
    )
    targets = client.put_targets(
        rule="letters", targets=[events.Target(id="inbox", arn=QUEUE_ARN)]
    )

    def entry(kind: str) -> Any:
        return events.PutEventsRequestEntry(
            time=datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC),
            source="depot",
            detail_type="sorted",
            detail=json.dumps({"kind": kind, "text": "grüß"}),
            resources=["arn:aws:s3:::parcels"],
        )

    put = client.put_events(entries=[entry("letter"), entry("box")])
    (message,) = queues.receive_message(
        queue_url=queue, max_number_of_messages=10
    ).messages
    arrived = json.loads(message.body)

    assert targets.failed_entry_count == 0
    assert put.failed_entry_count == 0
    assert len({found.event_id for found in put.entries}) == 2
    assert arrived["id"] == put.entries[0].event_id
    assert arrived["detail"] == {"kind": "letter", "text": "grüß"}
    assert arrived["time"] == "2030-01-02T03:04:05Z"
    assert arrived["resources"] == ["arn:aws:s3:::parcels"]


def test_targets(events: Any, client: Any) -> None:
    """Structures within, and failures that are not errors."""
    client.put_rule(name="all", event_pattern='{"source": ["depot"]}')
    target = events.Target(
        id="inbox",
        arn=QUEUE_ARN,
        input_transformer=events.InputTransformer(
            input_paths_map={"kind": "$.detail.kind"}, input_template='"<kind>"'
        ),
        retry_policy=events.RetryPolicy(
            maximum_retry_attempts=0, maximum_event_age_in_seconds=60
        ),
    )
    client.put_targets(rule="all", targets=[target])

    listed = client.list_targets_by_rule(rule="all").targets
    rules = client.list_rule_names_by_target(target_arn=QUEUE_ARN).rule_names
    removed = client.remove_targets(rule="all", ids=["inbox"])

    assert listed == [target]
    assert rules == ["all"]
    assert removed.failed_entries == []
    assert client.list_targets_by_rule(rule="all").targets == []


def test_an_entry_that_fails(events: Any, client: Any) -> None:
    """The call succeeds, and the reply tells."""
    entries = [
        events.PutEventsRequestEntry(source="a", detail_type="b", detail="no JSON")
    ]

    put = client.put_events(entries=entries)

    assert put.failed_entry_count == 1
    assert put.entries[0].error_code == "MalformedDetail"
    assert put.entries[0].event_id is None


def test_the_life_of_a_bus(events: Any, client: Any) -> None:
    """Create, describe, list and delete one beside the default one."""
    made = client.create_event_bus(name="depot")
    described = client.describe_event_bus(name="depot")
    names = [bus.name for bus in client.list_event_buses().event_buses]
    client.delete_event_bus(name="depot")

    assert described.arn == made.event_bus_arn
    assert sorted(names) == ["default", "depot"]
    with pytest.raises(events.ResourceAlreadyExistsException):
        client.create_event_bus(name="default")
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        client.describe_event_bus(name="depot")


def test_a_pattern(connect: Callable[..., Any], responder: Responder) -> None:
    """A boolean, either way, which moto does not work out."""
    client = connect("events", endpoint_url=responder.url)
    responder.answers = [Answer(b'{"Result": true}'), Answer(b'{"Result": false}')]

    def fits(pattern: str) -> Any:
        return client.test_event_pattern(event_pattern=pattern, event="{}").result

    assert fits('{"source": ["depot"]}') is True
    assert fits('{"source": ["other"]}') is False
    assert json.loads(responder.received[0].body) == {
        "EventPattern": '{"source": ["depot"]}',
        "Event": "{}",
    }
    assert responder.received[0].headers["x-amz-target"] == "AWSEvents.TestEventPattern"


def test_an_archive(events: Any, client: Any) -> None:
    """With times, numbers and states."""
    (bus,) = client.list_event_buses().event_buses
    made = client.create_archive(
        archive_name="past", event_source_arn=bus.arn, retention_days=0
    )
    described = client.describe_archive(archive_name="past")

    assert made.state is events.ArchiveState.ENABLED
    assert described.creation_time.tzinfo is UTC
    assert described.retention_days == 0
    assert described.event_count == 0
