"""S3: objects, their headers, tags, copies, versions and checksums."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from botocore.exceptions import ClientError, FlexibleChecksumError
from tests.contract.scenarios.responder import Answer, Responder

from botosmith.runtime import from_boto3, to_boto3


def test_the_life_of_an_object(
    s3: Any, client: Any, bucket: str, connect_boto3: Callable[..., Any]
) -> None:
    """Put, get, head and delete, with what goes into headers."""
    expires = datetime(2030, 1, 1, 12, tzinfo=UTC)
    put = client.put_object(
        bucket=bucket,
        key="letter",
        body=b"hello",
        content_type="text/plain",
        cache_control="no-cache",
        expires=expires,
        metadata={"From": "me", "with-dash": "a b"},
        tagging="team=forge&empty=",
    )
    with client.get_object(bucket=bucket, key="letter").body as body:
        assert body.read() == b"hello"
    got = client.get_object(bucket=bucket, key="letter")
    assert b"".join(got.body) == b"hello"
    headed = client.head_object(bucket=bucket, key="letter")
    theirs = connect_boto3("s3").head_object(Bucket=bucket, Key="letter")

    assert put.e_tag == got.e_tag == '"5d41402abc4b2a76b9719d911017c592"'
    assert (got.content_length, got.content_type) == (5, "text/plain")
    assert (got.cache_control, got.expires) == ("no-cache", expires)
    assert got.metadata == {"from": "me", "with-dash": "a b"}
    assert got.tag_count == 2
    assert got.last_modified.tzinfo is UTC
    assert got.response_metadata.headers["etag"] == got.e_tag
    assert headed.metadata == got.metadata
    assert from_boto3(s3.HeadObjectOutput, theirs) == headed

    client.delete_object(bucket=bucket, key="letter")
    with pytest.raises(s3.NoSuchKey):
        client.get_object(bucket=bucket, key="letter")


def test_what_is_not_there(s3: Any, client: Any, bucket: str) -> None:
    """An error that the model has; for HEAD, whose replies have no body, its status."""
    with pytest.raises(s3.NoSuchKey) as key:
        client.get_object(bucket=bucket, key="nothing")
    with pytest.raises(client.exceptions.NoSuchBucket) as other:
        client.get_object(bucket="nowhere", key="nothing")
    with pytest.raises(s3.S3Error) as head:
        client.head_object(bucket=bucket, key="nothing")
    with pytest.raises(s3.S3Error) as head_bucket:
        client.head_bucket(bucket="nowhere")

    assert key.value.response["Error"]["Key"] == "nothing"
    assert key.value.response_metadata.status == 404
    assert other.value.operation_name == "GetObject"
    assert (head.value.code, head.value.message) == ("404", "Not Found")
    assert head_bucket.value.response["Error"]["Code"] == "404"
    assert isinstance(head_bucket.value, ClientError)


def test_a_part_of_an_object(s3: Any, client: Any, bucket: str) -> None:
    """A range that there is, and one that there is not."""
    client.put_object(bucket=bucket, key="letter", body=b"hello")

    part = client.get_object(bucket=bucket, key="letter", range="bytes=1-3")

    assert part.body.read() == b"ell"
    assert part.content_range == "bytes 1-3/5"
    assert part.response_metadata.status == 206
    with pytest.raises(s3.S3Error) as caught:
        client.get_object(bucket=bucket, key="letter", range="bytes=9-")
    assert caught.value.code == "InvalidRange"


def test_a_copy_with_other_metadata(s3: Any, client: Any, bucket: str) -> None:
    """The directive decides; copied dates are dates."""
    client.put_object(bucket=bucket, key="a", body=b"x", metadata={"old": "1"})
    source = f"{bucket}/a"

    client.copy_object(bucket=bucket, key="b", copy_source=source)
    copied = client.copy_object(
        bucket=bucket,
        key="c",
        copy_source=source,
        metadata={"new": "2"},
        metadata_directive=s3.MetadataDirective.REPLACE,
    )

    assert client.head_object(bucket=bucket, key="b").metadata == {"old": "1"}
    assert client.head_object(bucket=bucket, key="c").metadata == {"new": "2"}
    assert copied.copy_object_result.last_modified.tzinfo is UTC


def test_a_source_in_two_parts(client: Any, bucket: str) -> None:
    """As boto3 takes it: a dictionary, in which the key is as it is."""
    client.put_object(bucket=bucket, key="a b?versionId=7", body=b"x")
    source = {"Bucket": bucket, "Key": "a b?versionId=7"}

    client.copy_object(bucket=bucket, key="b", copy_source=source)

    assert client.get_object(bucket=bucket, key="b").body.read() == b"x"


def test_a_key_of_the_customer_s(
    s3: Any,
    connect: Callable[..., Any],
    connect_boto3: Callable[..., Any],
    responder: Responder,
) -> None:
    """Bytes or text, sent as base64 with its digest; moto does not look at it."""
    prefix = "x-amz-server-side-encryption-customer-"
    for secret in (b"\x00\xff" * 16, "0" * 32):
        request = s3.HeadObjectRequest(
            bucket="parcels",
            key="a",
            sse_customer_algorithm="AES256",
            sse_customer_key=secret,
        )
        assert "key=***" in repr(request)
        connect("s3", endpoint_url=responder.url).send(request)
        theirs = connect_boto3("s3", endpoint_url=responder.url)
        theirs.head_object(**to_boto3(request))

        mine, other = (
            {name: value for name, value in received.headers.items() if prefix in name}
            for received in responder.received[-2:]
        )
        assert mine == other
        assert sorted(mine) == [
            f"{prefix}{name}" for name in ("algorithm", "key", "key-md5")
        ]


def test_an_error_within_success(
    s3: Any, connect: Callable[..., Any], responder: Responder
) -> None:
    """S3 may begin a reply before it knows the end; moto never does."""
    client = connect("s3", endpoint_url=responder.url)
    responder.answers = [
        Answer(b"<Error><Code>SlowDown</Code><Message>Not so fast.</Message></Error>")
    ]

    with pytest.raises(s3.S3Error) as caught:
        client.copy_object(bucket="a", key="b", copy_source="c/d")

    assert (caught.value.code, caught.value.message) == ("SlowDown", "Not so fast.")


def test_tags_of_an_object(s3: Any, client: Any, bucket: str) -> None:
    """Replaced, read, deleted."""
    client.put_object(bucket=bucket, key="a", body=b"", tagging="old=1")
    tags = [s3.Tag(key="team", value="forge"), s3.Tag(key="b", value="")]

    client.put_object_tagging(bucket=bucket, key="a", tagging=s3.Tagging(tag_set=tags))
    assert client.get_object_tagging(bucket=bucket, key="a").tag_set == tags
    client.delete_object_tagging(bucket=bucket, key="a")
    assert client.get_object_tagging(bucket=bucket, key="a").tag_set == []


def test_conditions(s3: Any, client: Any, bucket: str) -> None:
    """An unmodified object is an error, as in boto3; so is a failed condition."""
    e_tag = client.put_object(bucket=bucket, key="a", body=b"x").e_tag
    later = datetime(2099, 1, 1, tzinfo=UTC)

    def code(call: Any, **arguments: Any) -> str:
        with pytest.raises(s3.S3Error) as caught:
            call(bucket=bucket, key="a", **arguments)
        found: str = caught.value.code
        return found

    assert client.get_object(bucket=bucket, key="a", if_match=e_tag).body.read() == b"x"
    assert code(client.get_object, if_none_match=e_tag) == "304"
    assert code(client.head_object, if_none_match=e_tag) == "304"
    assert code(client.get_object, if_modified_since=later) == "304"
    assert code(client.get_object, if_match='"other"') == "PreconditionFailed"
    assert code(client.put_object, body=b"", if_none_match="*") == "PreconditionFailed"


def test_versions(s3: Any, client: Any, bucket: str) -> None:
    """Each put is kept, and a delete is a marker."""
    client.put_bucket_versioning(
        bucket=bucket,
        versioning_configuration=s3.VersioningConfiguration(
            status=s3.BucketVersioningStatus.ENABLED
        ),
    )
    first = client.put_object(bucket=bucket, key="a", body=b"1").version_id
    second = client.put_object(bucket=bucket, key="a", body=b"2").version_id
    deleted = client.delete_object(bucket=bucket, key="a")
    listed = client.list_object_versions(bucket=bucket)
    old = client.get_object(bucket=bucket, key="a", version_id=first)

    assert old.body.read() == b"1"
    assert deleted.delete_marker is True
    assert {version.version_id for version in listed.versions} == {first, second}
    assert [marker.is_latest for marker in listed.delete_markers] == [True]


@pytest.mark.parametrize(
    ("algorithm", "expected"),
    [
        ("CRC32", "NhCmhg=="),
        ("SHA1", "qvTGHdzF6KLavt4PO0gs2a6pQ00="),
        ("SHA256", "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="),
    ],
)
def test_checksums(
    s3: Any, client: Any, bucket: str, algorithm: str, expected: str
) -> None:
    """botocore works the checksum out, sends it, and compares it while reading."""
    put = client.put_object(
        bucket=bucket,
        key="a",
        body=b"hello",
        checksum_algorithm=s3.ChecksumAlgorithm(algorithm),
    )
    got = client.get_object(
        bucket=bucket, key="a", checksum_mode=s3.ChecksumMode.ENABLED
    )

    attribute = f"checksum_{algorithm.lower()}"
    assert getattr(put, attribute) == getattr(got, attribute) == expected
    assert got.body.read() == b"hello"


def test_a_checksum_that_does_not_fit(
    connect: Callable[..., Any], responder: Responder
) -> None:
    """Bytes that differ from the stored ones are an error; moto's never do."""
    client = connect("s3", endpoint_url=responder.url)
    responder.answers = [Answer(b"hellO", headers={"x-amz-checksum-crc32": "NhCmhg=="})]

    got = client.get_object(bucket="a", key="b", checksum_mode="ENABLED")

    with pytest.raises(FlexibleChecksumError, match="did not match"):
        got.body.read()
