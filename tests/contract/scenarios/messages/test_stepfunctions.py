"""Step Functions: machines and their executions."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC
from typing import Any

import pytest
from botocore.config import Config
from tests.contract.scenarios.responder import Answer, Responder
from tests.support.packages import import_service

from botosmith.runtime import from_boto3

ROLE = "arn:aws:iam::123456789012:role/courier"
DEFINITION = json.dumps(
    {"StartAt": "Pack", "States": {"Pack": {"Type": "Pass", "End": True}}}
)


@pytest.fixture(scope="module")
def stepfunctions() -> Any:
    """The generated package."""
    return import_service("stepfunctions")


@pytest.fixture
def client(connect: Callable[..., Any]) -> Any:
    """A client of moto's server."""
    return connect("stepfunctions")


@pytest.fixture
def machine(stepfunctions: Any, client: Any) -> str:
    """The ARN of a machine."""
    created = client.create_state_machine(
        name="packing",
        definition=DEFINITION,
        role_arn=ROLE,
        type=stepfunctions.StateMachineType.STANDARD,
        tags=[stepfunctions.Tag(key="team", value="forge")],
    )
    assert created.creation_date.tzinfo is UTC
    arn: str = created.state_machine_arn
    return arn


def test_the_life_of_a_machine(
    stepfunctions: Any,
    client: Any,
    machine: str,
    connect_boto3: Callable[..., Any],
) -> None:
    """Create, describe, list, alter and delete it."""
    described = client.describe_state_machine(state_machine_arn=machine)
    theirs = connect_boto3("stepfunctions").describe_state_machine(
        stateMachineArn=machine
    )
    listed = client.list_state_machines().state_machines
    tags = client.list_tags_for_resource(resource_arn=machine).tags
    altered = client.update_state_machine(
        state_machine_arn=machine, role_arn=f"{ROLE}-2"
    )
    client.delete_state_machine(state_machine_arn=machine)

    assert described.status is stepfunctions.StateMachineStatus.ACTIVE
    assert described.definition == DEFINITION
    assert from_boto3(stepfunctions.DescribeStateMachineOutput, theirs) == described
    assert [found.name for found in listed] == ["packing"]
    assert tags == [stepfunctions.Tag(key="team", value="forge")]
    assert altered.update_date >= described.creation_date
    assert DEFINITION not in repr(described)
    with pytest.raises(stepfunctions.StateMachineDoesNotExist) as caught:
        client.describe_state_machine(state_machine_arn=machine)
    assert caught.value.code == "StateMachineDoesNotExist"


def test_the_life_of_an_execution(
    stepfunctions: Any, client: Any, machine: str
) -> None:
    """Start, describe, list, and stop it."""
    started = client.start_execution(
        state_machine_arn=machine, name="monday", input='{"text": "grüß"}'
    )
    where = {"execution_arn": started.execution_arn}
    described = client.describe_execution(**where)
    running = client.list_executions(
        state_machine_arn=machine,
        status_filter=stepfunctions.ExecutionStatus.RUNNING,
    ).executions
    stopped = client.stop_execution(**where, error="Enough", cause="& <more>")
    ended = client.describe_execution(**where)

    assert described.status is stepfunctions.ExecutionStatus.RUNNING
    assert json.loads(described.input) == {"text": "grüß"}
    assert [found.name for found in running] == ["monday"]
    assert stopped.stop_date.tzinfo is UTC
    assert ended.status is stepfunctions.ExecutionStatus.ABORTED
    assert ended.stop_date == stopped.stop_date
    with pytest.raises(stepfunctions.ExecutionAlreadyExists):
        client.start_execution(state_machine_arn=machine, name="monday", input="{}")
    with pytest.raises(client.exceptions.ExecutionDoesNotExist):
        client.describe_execution(execution_arn=f"{started.execution_arn}-no")


def test_a_history(stepfunctions: Any, client: Any, machine: str) -> None:
    """Events of many kinds, each in a member of its own."""
    arn = client.start_execution(state_machine_arn=machine).execution_arn
    events = client.get_execution_history(
        execution_arn=arn, include_execution_data=True, reverse_order=False
    ).events

    assert events[0].type is stepfunctions.HistoryEventType.EXECUTION_STARTED
    assert events[0].execution_started_event_details.role_arn
    assert [event.id for event in events] == list(range(1, len(events) + 1))
    assert all(event.timestamp.tzinfo is UTC for event in events)


def test_a_call_to_a_host_of_its_own(
    stepfunctions: Any,
    connect: Callable[..., Any],
    connect_boto3: Callable[..., Any],
    responder: Responder,
) -> None:
    """The model puts a word before the host's name, unless one asks it not to."""
    config = Config(retries={"total_max_attempts": 1}, inject_host_prefix=False)
    urls = []

    class Stopped(Exception):  # noqa: N818 - nothing is wrong
        """Nothing is sent to a host that there is not."""

    def stop(request: Any, **_: Any) -> None:
        urls.append(request.url)
        raise Stopped

    arn = "arn:aws:states:us-east-1:123456789012:stateMachine:packing"
    ours, theirs = connect("stepfunctions"), connect_boto3("stepfunctions")
    for client in (ours, theirs):
        client.meta.events.register("before-send", stop)
    with pytest.raises(Stopped):
        ours.start_sync_execution(state_machine_arn=arn)
    with pytest.raises(Stopped):
        theirs.start_sync_execution(stateMachineArn=arn)
    assert urls[0] == urls[1]
    assert urls[0].startswith("http://sync-127.0.0.1:")

    responder.answers = [Answer(b'{"status": "SUCCEEDED", "output": "7"}')]
    client = connect("stepfunctions", endpoint_url=responder.url, config=config)
    reply = client.start_sync_execution(state_machine_arn=arn, input="{}")
    assert reply.status is stepfunctions.SyncExecutionStatus.SUCCEEDED
    assert reply.output == "7"
