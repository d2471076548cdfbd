"""Kinesis: records of bytes, in and out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.support.packages import import_service

from botosmith.runtime import from_boto3

BYTES = bytes(range(256))


@pytest.fixture(scope="module")
def kinesis() -> Any:
    """The generated package."""
    return import_service("kinesis")


@pytest.fixture
def client(connect: Callable[..., Any]) -> Any:
    """A client of moto's server."""
    return connect("kinesis")


@pytest.fixture
def stream(client: Any) -> str:
    """A stream of one shard."""
    client.create_stream(stream_name="parcels", shard_count=1)
    return "parcels"


def read(client: Any, **position: Any) -> Any:
    """The records from a position of the first shard."""
    iterator = client.get_shard_iterator(shard_id="shardId-000000000000", **position)
    return client.get_records(shard_iterator=iterator.shard_iterator)


def test_the_life_of_a_stream(
    kinesis: Any, client: Any, connect_boto3: Callable[..., Any]
) -> None:
    """Create, describe, tag, list and delete it."""
    client.create_stream(
        stream_name="parcels",
        stream_mode_details=kinesis.StreamModeDetails(
            stream_mode=kinesis.StreamMode.ON_DEMAND
        ),
    )
    client.add_tags_to_stream(stream_name="parcels", tags={"team": "forge"})
    summary = client.describe_stream_summary(stream_name="parcels")
    theirs = connect_boto3("kinesis").describe_stream_summary(StreamName="parcels")
    listed = client.list_streams()
    tags = client.list_tags_for_stream(stream_name="parcels").tags
    client.delete_stream(stream_name="parcels", enforce_consumer_deletion=True)

    described = summary.stream_description_summary
    assert described.stream_status is kinesis.StreamStatus.ACTIVE
    assert described.stream_mode_details.stream_mode == "ON_DEMAND"
    assert described.stream_creation_timestamp.tzinfo is UTC
    assert from_boto3(kinesis.DescribeStreamSummaryOutput, theirs) == summary
    assert listed.stream_names == ["parcels"]
    assert listed.stream_summaries[0].stream_arn == described.stream_arn
    assert tags == [kinesis.Tag(key="team", value="forge")]
    with pytest.raises(kinesis.ResourceNotFoundException, match="parcels"):
        client.describe_stream(stream_name="parcels")


def test_records(kinesis: Any, client: Any, stream: str) -> None:
    """Every byte, none at all, and many in one call."""
    put = client.put_record(stream_name=stream, data=BYTES, partition_key="ü")
    many = client.put_records(
        stream_name=stream,
        records=[
            kinesis.PutRecordsRequestEntry(data=data, partition_key="b")
            for data in (b"", bytearray(b"two"), b"x" * 100_000)
        ],
    )
    start = kinesis.ShardIteratorType.TRIM_HORIZON
    got = read(client, stream_name=stream, shard_iterator_type=start)

    assert put.shard_id == "shardId-000000000000"
    assert many.failed_record_count == 0
    assert [record.data for record in got.records] == [
        BYTES,
        b"",
        b"two",
        b"x" * 100_000,
    ]
    assert got.records[0].partition_key == "ü"
    assert got.records[0].sequence_number == put.sequence_number
    assert got.millis_behind_latest == 0
    moment = got.records[0].approximate_arrival_timestamp
    assert abs(moment - datetime.now(UTC)) < timedelta(minutes=1)


def test_positions(client: Any, stream: str) -> None:
    """After a number, and at a moment."""
    first = client.put_record(stream_name=stream, data=b"1", partition_key="a")
    client.put_record(stream_name=stream, data=b"2", partition_key="a")
    where = {"stream_name": stream}

    after = read(
        client,
        **where,
        shard_iterator_type="AFTER_SEQUENCE_NUMBER",
        starting_sequence_number=first.sequence_number,
    )
    past = datetime.now(UTC) - timedelta(hours=1)
    since = read(client, **where, shard_iterator_type="AT_TIMESTAMP", timestamp=past)
    ahead = datetime.now(UTC) + timedelta(hours=1)
    until = read(client, **where, shard_iterator_type="AT_TIMESTAMP", timestamp=ahead)

    assert [record.data for record in after.records] == [b"2"]
    assert [record.data for record in since.records] == [b"1", b"2"]
    assert until.records == []


def test_shards(kinesis: Any, client: Any, stream: str) -> None:
    """A stream grows, and its shards have large numbers as text."""
    client.update_shard_count(
        stream_name=stream,
        target_shard_count=2,
        scaling_type=kinesis.ScalingType.UNIFORM_SCALING,
    )

    shards = client.list_shards(stream_name=stream).shards

    assert len(shards) > 1
    last = max(int(shard.hash_key_range.ending_hash_key) for shard in shards)
    assert last == 2**128 - 1


def test_a_stream_that_is_there(client: Any, stream: str) -> None:
    """An error that the model has."""
    with pytest.raises(client.exceptions.ResourceInUseException) as caught:
        client.create_stream(stream_name=stream, shard_count=1)

    assert caught.value.code == "ResourceInUseException"
