"""Replies that are not quite the model's, answers of hooks, and odd tokens, awaited."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.stub import Stubber
from tests.contract.asynchronous.frame import event
from tests.contract.behaviours.server import Loopback, Reply

from botosmith import sagemaker
from botosmith.runtime import ReplyError, ReplyWarning
from botosmith.runtime.objects.metadata import NO_EXCHANGE

NAMED = b'{"ProcessingJobName": 1.50, "ExitMessage": true, %s}'


async def test_what_loses_nothing_is_converted(
    arguments: dict[str, Any], serializer: Any, server: Loopback
) -> None:
    """A number to the text that was written, text to the number that it spells."""
    server.expect(Reply([NAMED % b'"CreationTime": "1.5"']))
    async with sagemaker.AsyncClient(**arguments, serializer=serializer) as client:
        reply = await client.describe_processing_job(processing_job_name="a")

    assert (reply.processing_job_name, reply.exit_message) == ("1.50", "true")
    assert reply.creation_time.timestamp() == 1.5


async def test_what_cannot_be_read_comes_with_the_rest(
    arguments: dict[str, Any], serializer: Any, server: Loopback
) -> None:
    """In an error, or with a warning where the client says so."""
    wrong = Reply([NAMED % b'"CreationTime": "soon"'])
    server.expect(wrong)
    async with sagemaker.AsyncClient(**arguments, serializer=serializer) as client:
        with pytest.raises(ReplyError, match="creation_time: 'soon'") as caught:
            await client.describe_processing_job(processing_job_name="a")
    partial: Any = caught.value.partial
    assert partial.processing_job_name == "1.50"
    assert partial.response_metadata.status == 200
    assert [found.path for found in caught.value.mismatches] == ["creation_time"]

    server.expect(wrong)
    lax = sagemaker.AsyncClient(**arguments, serializer=serializer, on_mismatch="warn")
    async with lax as client:
        with pytest.warns(ReplyWarning, match="creation_time") as warned:
            reply = await client.describe_processing_job(processing_job_name="a")
    assert len(warned) == 1
    assert warned[0].filename == __file__
    assert reply == partial


@pytest.mark.parametrize("body", [b"null", b"", b"{}"])
async def test_empty_documents(
    arguments: dict[str, Any], serializer: Any, server: Loopback, body: bytes
) -> None:
    """A null is one where nothing is required."""
    server.expect(Reply([body]))
    async with sagemaker.AsyncClient(**arguments, serializer=serializer) as client:
        reply = await client.delete_model(model_name="a")

    assert type(reply).__name__ == "DeleteModelResponse"
    assert reply.response_metadata.status == 200


async def test_xml(
    arguments: dict[str, Any], serializer: Any, server: Loopback
) -> None:
    """A text that botocore's parser refuses is converted, or told with the rest."""
    from lab import s3  # type: ignore[import-not-found,unused-ignore]

    body = b"<R><KeyCount>2.0</KeyCount><MaxKeys>%s</MaxKeys><Name>n</Name></R>"
    server.expect(Reply([body % b"3"]))
    async with s3.AsyncClient(**arguments, serializer=serializer) as client:
        reply = await client.list_objects_v2(bucket="bucket")
        assert (reply.key_count, reply.max_keys) == (2, 3)

        server.expect(Reply([body % b"many"]))
        with pytest.raises(ReplyError, match="max_keys: 'many'") as caught:
            await client.list_objects_v2(bucket="bucket")
    partial: Any = caught.value.partial
    assert (partial.key_count, partial.max_keys, partial.name) == (2, None, "n")


async def test_headers_beside_a_stream(
    arguments: dict[str, Any], serializer: Any, server: Loopback
) -> None:
    """The stream can be read, from the error's reply as from the warned one."""
    from lab import s3  # type: ignore[import-not-found,unused-ignore]

    wrong = Reply([b"content"], headers={"Last-Modified": "soon"})
    server.expect(wrong)
    lax = s3.AsyncClient(**arguments, serializer=serializer, on_mismatch="warn")
    async with lax as client:
        with pytest.warns(ReplyWarning, match="in the header Last-Modified"):
            reply = await client.get_object(bucket="bucket", key="k")
        assert await reply.body.aread() == b"content"
        assert reply.last_modified is None

    server.expect(wrong)
    async with s3.AsyncClient(**arguments, serializer=serializer) as client:
        with pytest.raises(ReplyError, match="Last-Modified") as caught:
            await client.get_object(bucket="bucket", key="k")
        partial: Any = caught.value.partial
        assert await partial.body.aread() == b"content"


async def test_events(
    arguments: dict[str, Any], serializer: Any, server: Loopback
) -> None:
    """Those of a stream are converted, and read past, as replies are."""
    from lab import kinesis  # type: ignore[import-not-found,unused-ignore]

    record = {"SequenceNumber": 7, "Data": "AAE=", "PartitionKey": "k"}
    payload = {"Records": [record], "MillisBehindLatest": "x"}
    frames = [
        event("initial-response", {}),
        event("SubscribeToShardEvent", {"Records": [record]}),
        event("SubscribeToShardEvent", payload),
    ]
    server.expect(Reply(frames))
    lax = kinesis.AsyncClient(**arguments, serializer=serializer, on_mismatch="warn")
    async with lax as client:
        reply = await client.subscribe_to_shard(
            consumer_arn="arn:aws:kinesis:us-east-1:123456789012:stream/s/consumer/c:1",
            shard_id="s",
            starting_position=kinesis.StartingPosition(type="LATEST"),
        )
        async with reply.event_stream as events:
            first = await anext(events)
            with pytest.warns(ReplyWarning, match="millis_behind_latest"):
                second = await anext(events)

    for found in (first, second):
        assert found.subscribe_to_shard_event.records[0].sequence_number == "7"
    assert second.subscribe_to_shard_event.millis_behind_latest is None


@pytest.mark.parametrize("facts", [{}, {"ResponseMetadata": None}])
async def test_answers_of_hooks(
    arguments: dict[str, Any], serializer: Any, facts: dict[str, Any]
) -> None:
    """Without the facts about an exchange."""
    untyped: Any = AWSResponse
    http = untyped("", 200, {}, None)
    parsed = {"NextToken": "t", **facts}
    answer: Any = lambda **_: (http, parsed)  # noqa: E731 - botocore-stubs have None
    async with sagemaker.AsyncClient(**arguments, serializer=serializer) as client:
        client.meta.events.register("before-call", answer)
        reply = await client.list_models()

    assert reply.next_token == "t"  # noqa: S105 - of a page
    assert reply.response_metadata == NO_EXCHANGE


async def test_stubs(arguments: dict[str, Any], serializer: Any) -> None:
    """botocore's `Stubber`, of a service whose replies botocore reads."""
    from lab import s3  # type: ignore[import-not-found,unused-ignore]

    async with s3.AsyncClient(**arguments, serializer=serializer) as client:
        stubber = Stubber(client)
        stubber.add_response("head_object", {"ContentLength": 3})
        with stubber:
            reply = await client.head_object(bucket="bucket", key="k")

    assert reply.content_length == 3
    assert reply.response_metadata == NO_EXCHANGE


async def test_tokens_go_back_unchecked(
    arguments: dict[str, Any], serializer: Any, server: Loopback
) -> None:
    """Longer than the model has them."""
    token = "t" * 9_000
    server.expect(
        Reply([json.dumps({"Models": [], "NextToken": token}).encode()]),
        Reply([b'{"Models": []}']),
    )
    async with sagemaker.AsyncClient(**arguments, serializer=serializer) as client:
        pages = [page async for page in client.paginate_list_models()]

    assert len(pages) == 2
    assert json.loads(server.sent[1].body) == {"NextToken": token}


async def test_facts_about_the_exchange(
    arguments: dict[str, Any], serializer: Any, server: Loopback
) -> None:
    """S3's second id and the checksum are there, as in boto3."""
    from lab import s3  # type: ignore[import-not-found,unused-ignore]

    headers = {"x-amz-request-id": "r", "x-amz-id-2": "h"}
    server.expect(
        Reply([b"hello"], headers={**headers, "x-amz-checksum-crc32": "NhCmhg=="})
    )
    async with s3.AsyncClient(**arguments, serializer=serializer) as client:
        reply = await client.get_object(bucket="bucket", key="k")
        assert await reply.body.aread() == b"hello"

    metadata = reply.response_metadata
    assert (metadata.host_id, metadata.checksum_algorithm) == ("h", "crc32")
