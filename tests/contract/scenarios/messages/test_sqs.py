"""SQS: messages with attributes, and errors under the names of its older protocol."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError
from tests.support.packages import import_service

from botosmith.runtime import from_boto3


@pytest.fixture(scope="module")
def sqs() -> Any:
    """The generated package."""
    return import_service("sqs")


@pytest.fixture
def client(connect: Callable[..., Any]) -> Any:
    """A client of moto's server."""
    return connect("sqs")


def test_the_life_of_a_queue(
    sqs: Any, client: Any, connect_boto3: Callable[..., Any]
) -> None:
    """Create, find, describe, tag and delete it."""
    url = client.create_queue(
        queue_name="parcels",
        attributes={sqs.QueueAttributeName.VISIBILITY_TIMEOUT: "7"},
        tags={"team": "forge"},
    ).queue_url
    found = client.get_queue_url(queue_name="parcels")
    listed = client.list_queues(queue_name_prefix="par")
    described = client.get_queue_attributes(
        queue_url=url,
        attribute_names=[
            sqs.QueueAttributeName.VISIBILITY_TIMEOUT,
            sqs.QueueAttributeName.QUEUE_ARN,
        ],
    )
    theirs = connect_boto3("sqs").get_queue_attributes(
        QueueUrl=url, AttributeNames=["VisibilityTimeout", "QueueArn"]
    )
    tags = client.list_queue_tags(queue_url=url)
    client.delete_queue(queue_url=url)

    assert found.queue_url == url
    assert listed.queue_urls == [url]
    assert described.attributes == {
        sqs.QueueAttributeName.VISIBILITY_TIMEOUT: "7",
        "QueueArn": "arn:aws:sqs:us-east-1:123456789012:parcels",
    }
    assert from_boto3(sqs.GetQueueAttributesResult, theirs) == described
    assert tags.tags == {"team": "forge"}
    assert not client.list_queues().queue_urls


def test_the_life_of_a_message(sqs: Any, client: Any) -> None:
    """Send, receive, hide, and delete."""
    url = client.create_queue(queue_name="parcels").queue_url
    value = sqs.MessageAttributeValue
    attributes = {
        "text": value(data_type="String", string_value="grüß"),
        "number": value(data_type="Number", string_value="7"),
        "bytes": value(data_type="Binary", binary_value=b"\x00\xff"),
    }
    sent = client.send_message(
        queue_url=url, message_body="hello & <you>", message_attributes=attributes
    )
    received = client.receive_message(
        queue_url=url,
        message_attribute_names=["All"],
        message_system_attribute_names=[sqs.MessageSystemAttributeName.ALL],
        max_number_of_messages=10,
    )
    (message,) = received.messages
    client.change_message_visibility(
        queue_url=url, receipt_handle=message.receipt_handle, visibility_timeout=0
    )
    (again,) = client.receive_message(queue_url=url).messages
    client.delete_message(queue_url=url, receipt_handle=again.receipt_handle)

    assert message.message_id == sent.message_id
    assert message.body == "hello & <you>"
    assert message.md5_of_body == sent.md5_of_message_body
    assert message.message_attributes == attributes
    count = sqs.MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT
    assert message.attributes[count] == "1"
    assert client.receive_message(queue_url=url).messages is None


def test_a_batch(sqs: Any, client: Any) -> None:
    """Some of it may fail, which is not an error of the call."""
    url = client.create_queue(queue_name="parcels").queue_url
    entries = [
        sqs.SendMessageBatchRequestEntry(id=str(number), message_body=f"body {number}")
        for number in range(3)
    ]
    sent = client.send_message_batch(queue_url=url, entries=entries)
    received = client.receive_message(queue_url=url, max_number_of_messages=10)
    handles = [
        sqs.DeleteMessageBatchRequestEntry(
            id=str(index), receipt_handle=message.receipt_handle
        )
        for index, message in enumerate(received.messages)
    ]
    handles.append(
        sqs.DeleteMessageBatchRequestEntry(id="bad", receipt_handle="no handle")
    )
    deleted = client.delete_message_batch(queue_url=url, entries=handles)

    assert [entry.id for entry in sent.successful] == ["0", "1", "2"]
    assert {message.body for message in received.messages} == {
        f"body {number}" for number in range(3)
    }
    assert [entry.id for entry in deleted.successful] == ["0", "1", "2"]
    assert [entry.id for entry in deleted.failed] == ["bad"]
    assert deleted.failed[0].code == "ReceiptHandleIsInvalid"
    with pytest.raises(sqs.EmptyBatchRequest):
        client.send_message_batch(queue_url=url, entries=[])


def test_a_queue_that_is_not_there(
    sqs: Any, client: Any, connect_boto3: Callable[..., Any]
) -> None:
    """The class has the model's name, and the code that of the query protocol."""
    url = "http://127.0.0.1/123456789012/nowhere"
    with pytest.raises(sqs.QueueDoesNotExist) as caught:
        client.receive_message(queue_url=url)
    with pytest.raises(client.exceptions.QueueDoesNotExist):
        client.get_queue_url(queue_name="nowhere")
    theirs = connect_boto3("sqs")
    with pytest.raises(theirs.exceptions.QueueDoesNotExist) as expected:
        theirs.receive_message(QueueUrl=url)

    assert caught.value.code == "AWS.SimpleQueueService.NonExistentQueue"
    assert caught.value.response["Error"] == expected.value.response["Error"]
    assert isinstance(caught.value, ClientError)


def test_attributes_that_contradict_those_of_a_queue(client: Any) -> None:
    """Another error with a code of the query protocol."""
    client.create_queue(queue_name="parcels", attributes={"VisibilityTimeout": "7"})

    with pytest.raises(client.exceptions.QueueNameExists) as caught:
        client.create_queue(queue_name="parcels", attributes={"VisibilityTimeout": "8"})

    assert caught.value.code == "QueueAlreadyExists"
