"""SNS: topics, subscriptions, and messages that arrive in a queue."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from tests.support.packages import import_service

from botosmith.runtime import from_boto3


@pytest.fixture(scope="module")
def sns() -> Any:
    """The generated package."""
    return import_service("sns")


@pytest.fixture
def client(connect: Callable[..., Any]) -> Any:
    """A client of moto's server."""
    return connect("sns")


def test_the_life_of_a_topic(
    sns: Any, client: Any, connect_boto3: Callable[..., Any]
) -> None:
    """Create, configure, tag, list and delete it."""
    arn = client.create_topic(
        name="parcels",
        attributes={"DisplayName": "Parcels & <more>"},
        tags=[sns.Tag(key="team", value="forge")],
    ).topic_arn
    client.set_topic_attributes(
        topic_arn=arn, attribute_name="DisplayName", attribute_value="grüß +"
    )
    described = client.get_topic_attributes(topic_arn=arn)
    theirs = connect_boto3("sns").get_topic_attributes(TopicArn=arn)
    listed = client.list_topics()
    tags = client.list_tags_for_resource(resource_arn=arn)
    client.delete_topic(topic_arn=arn)

    assert arn == "arn:aws:sns:us-east-1:123456789012:parcels"
    assert described.attributes["DisplayName"] == "grüß +"
    assert from_boto3(sns.GetTopicAttributesResponse, theirs) == described
    assert [topic.topic_arn for topic in listed.topics] == [arn]
    assert tags.tags == [sns.Tag(key="team", value="forge")]
    assert client.list_topics().topics == []
    assert described.response_metadata.request_id
    with pytest.raises(sns.NotFoundException, match="Topic does not exist") as caught:
        client.get_topic_attributes(topic_arn=arn)
    assert caught.value.code == "NotFound"
    assert isinstance(caught.value, client.exceptions.NotFoundException)


def test_a_message_arrives(sns: Any, client: Any, connect: Callable[..., Any]) -> None:
    """In a queue, as JSON, with its attributes, bytes among them."""
    queues = connect("sqs")
    queue = queues.create_queue(queue_name="inbox").queue_url
    topic = client.create_topic(name="parcels").topic_arn
    subscribed = client.subscribe(
        topic_arn=topic,
        protocol="sqs",
        endpoint="arn:aws:sqs:us-east-1:123456789012:inbox",
        attributes={"FilterPolicy": json.dumps({"kind": ["letter"]})},
        return_subscription_arn=True,
    )
    value = sns.MessageAttributeValue
    attributes = {
        "kind": value(data_type="String", string_value="letter"),
        "stamp": value(data_type="Binary", binary_value=b"\x00\xff"),
    }
    sent = client.publish(
        topic_arn=topic,
        message="hello & <you>\n+",
        subject="A letter",
        message_attributes=attributes,
    )
    client.publish(topic_arn=topic, message="unwanted")
    (message,) = queues.receive_message(
        queue_url=queue, max_number_of_messages=10
    ).messages
    envelope = json.loads(message.body)

    assert envelope["MessageId"] == sent.message_id
    assert envelope["Message"] == "hello & <you>\n+"
    assert envelope["Subject"] == "A letter"
    assert envelope["MessageAttributes"] == {
        "kind": {"Type": "String", "Value": "letter"},
        "stamp": {"Type": "Binary", "Value": "AP8="},
    }
    found = client.list_subscriptions_by_topic(topic_arn=topic).subscriptions
    assert [one.subscription_arn for one in found] == [subscribed.subscription_arn]
    assert found[0].protocol == "sqs"


def test_a_batch(sns: Any, client: Any) -> None:
    """Entries of a list of structures, in the query protocol."""
    topic = client.create_topic(name="parcels").topic_arn
    entries = [
        sns.PublishBatchRequestEntry(id=name, message=f"message {name}")
        for name in ("one", "two")
    ]

    sent = client.publish_batch(topic_arn=topic, publish_batch_request_entries=entries)

    assert [entry.id for entry in sent.successful] == ["one", "two"]
    assert sent.failed == []
    same = [sns.PublishBatchRequestEntry(id="same", message="a")] * 2
    with pytest.raises(sns.BatchEntryIdsNotDistinctException) as caught:
        client.publish_batch(topic_arn=topic, publish_batch_request_entries=same)
    assert caught.value.code == "BatchEntryIdsNotDistinct"
