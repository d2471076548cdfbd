"""The facts about an exchange: all that boto3 has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from botocore.config import Config
from tests.contract.behaviours.network import Answer
from tests.contract.behaviours.trio import Call, Trio

from botosmith.runtime import ResponseMetadata
from botosmith.runtime.serde.convert import to_parsed

Trios = Callable[[str], Trio]

S3_HEADERS = {"x-amz-request-id": "r-1", "x-amz-id-2": "h-1"}


def _compare(call: Call) -> ResponseMetadata:
    """See that our dictionaries are boto3's, and give the facts."""
    theirs = call.theirs.reply["ResponseMetadata"]
    for outcome in call.ours.values():
        assert to_parsed(outcome.reply)["ResponseMetadata"] == theirs
    metadata: ResponseMetadata = call.reply.response_metadata
    assert ResponseMetadata.from_boto3(metadata.to_boto3()) == metadata
    return metadata


def _compare_errors(call: Call) -> Iterator[ResponseMetadata]:
    theirs: Any = call.theirs.error
    for outcome in call.ours.values():
        ours: Any = outcome.error
        assert ours.response_metadata.to_boto3() == theirs.response["ResponseMetadata"]
        yield ours.response_metadata


def test_hosts_of_s3(trios: Trios) -> None:
    """The second id that S3's support asks for."""
    call = trios("s3").call(
        "HeadObject", {"Bucket": "b", "Key": "k"}, Answer(headers=S3_HEADERS)
    )

    assert _compare(call).host_id == "h-1"


def test_checksums(trios: Trios) -> None:
    """The algorithm by which a body was validated."""
    call = trios("s3").call(
        "GetObject",
        {"Bucket": "b", "Key": "k"},
        Answer(b"hello", headers={"x-amz-checksum-crc32": "NhCmhg=="}),
    )

    assert _compare(call).checksum_algorithm == "crc32"


def test_other_facts(trios: Trios) -> None:
    """SimpleDB tells what a call costs."""
    body = (
        b"<GetAttributesResponse><GetAttributesResult/><ResponseMetadata>"
        b"<RequestId>r-1</RequestId><BoxUsage>0.5</BoxUsage></ResponseMetadata>"
        b"</GetAttributesResponse>"
    )
    call = trios("sdb").call(
        "GetAttributes", {"DomainName": "d", "ItemName": "i"}, Answer(body)
    )

    metadata = _compare(call)
    assert metadata.request_id == "r-1"
    assert metadata.others == {"BoxUsage": "0.5"}


def test_an_ordinary_exchange(connect: Callable[..., Trio]) -> None:
    """The usual four facts, and no others."""
    answer = Answer(b'{"TableNames": []}', headers={"x-amzn-RequestId": "r-1"})
    trio = connect("dynamodb", config=Config())

    metadata = _compare(trio.call("ListTables", {}, answer))

    assert metadata == ResponseMetadata(
        request_id="r-1", status=200, headers={"x-amzn-requestid": "r-1"}
    )
    assert (metadata.max_attempts_reached, metadata.checksum_algorithm) == (False, None)


@pytest.mark.parametrize("mode", ["legacy", "standard"])
def test_attempts_that_were_all_there_are(
    connect: Callable[..., Trio], mode: Any
) -> None:
    """An error says whether botocore would have gone on."""
    config = Config(retries={"total_max_attempts": 2, "mode": mode})
    trio = connect("dynamodb", config=config)
    body = b'{"__type": "InternalServerError"}'

    call = trio.call("ListTables", {}, Answer(body, 500))

    for metadata in _compare_errors(call):
        assert metadata.max_attempts_reached is True
        assert metadata.attempts == 2


def test_a_quota_that_is_used_up(connect: Callable[..., Trio]) -> None:
    """botocore gives up when too many requests of a client fail."""
    config = Config(retries={"total_max_attempts": 10, "mode": "standard"})
    trio = connect("dynamodb", config=config)
    body = b'{"__type": "InternalServerError"}'
    calls = [trio.call("ListTables", {}, Answer(body, 500)) for _ in range(12)]

    for metadata in _compare_errors(calls[-1]):
        assert metadata.retry_quota_reached is True


def test_a_dictionary_that_lacks_everything() -> None:
    """As hooks may give it."""
    metadata = ResponseMetadata.from_boto3({})

    assert metadata.to_boto3() == {
        "HTTPStatusCode": 0,
        "HTTPHeaders": {},
        "RetryAttempts": 0,
    }
