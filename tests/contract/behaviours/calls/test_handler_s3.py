"""botocore's handlers for S3 serve our clients as well."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from botocore.config import Config
from tests.contract.behaviours.network import Answer
from tests.contract.behaviours.trio import Trio

from botosmith.runtime import ValidationError

Trios = Callable[[str], Trio]

KEY: dict[str, Any] = {"Bucket": "parcels", "Key": "k"}

#: A customer's key that is not text, and one that is.
SECRETS: list[Any] = [bytes(range(32)), "k" * 32, "é" * 16]


@pytest.fixture
def s3(trios: Trios) -> Trio:
    """Clients of S3."""
    return trios("s3")


@pytest.mark.parametrize(
    "bucket", ["", "a/b", "a b", "é", "a" * 256, "arn:aws:s3:::b", "arn:", "a?b"]
)
@pytest.mark.parametrize("operation", ["HeadObject", "GetObject", "PutObject"])
def test_names_of_buckets(s3: Trio, operation: str, bucket: str) -> None:
    """A value that cannot be right is not sent."""
    call = s3.call(operation, KEY | {"Bucket": bucket})

    assert isinstance(call.error, ValidationError)
    assert call.requests == ()


def test_a_bucket_is_no_part_of_the_path(s3: Trio) -> None:
    """At the first call and at those that follow."""
    for _ in range(2):
        assert s3.call("HeadObject", KEY).request.path == "/k"
        listed = s3.call("ListObjects", {"Bucket": "parcels"}, Answer(b"<R/>"))
        assert listed.request.path == "/"


def test_the_location_of_a_bucket(s3: Trio) -> None:
    """Its reply is one element, and none stands for the first region."""
    for body, location in (
        (b"<LocationConstraint>eu-west-1</LocationConstraint>", "eu-west-1"),
        (b'<LocationConstraint xmlns="http://x/">EU</LocationConstraint>', "EU"),
        (b"<LocationConstraint/>", None),
    ):
        given = {"Bucket": "parcels"}
        call = s3.call("GetBucketLocation", given, Answer(body))
        assert call.reply.location_constraint == location
        assert call.request.path == "/parcels"


LISTS: dict[str, bytes] = {
    "ListObjects": (
        b"<R><EncodingType>url</EncodingType><Marker>a%20b</Marker>"
        b"<NextMarker>c%2Bd</NextMarker><Delimiter>%2F</Delimiter><Prefix>p%20</Prefix>"
        b"<Contents><Key>a%20b%2F%C3%A9</Key></Contents><Contents><Key>+</Key></Contents>"
        b"<CommonPrefixes><Prefix>x%20</Prefix></CommonPrefixes></R>"
    ),
    "ListObjectsV2": (
        b"<R><EncodingType>url</EncodingType><StartAfter>a%20b</StartAfter>"
        b"<Prefix>p%20</Prefix><Delimiter>%2F</Delimiter><Contents><Key>a%20b</Key>"
        b"</Contents><CommonPrefixes><Prefix>x%20</Prefix></CommonPrefixes></R>"
    ),
    "ListObjectVersions": (
        b"<R><EncodingType>url</EncodingType><KeyMarker>a%20b</KeyMarker>"
        b"<NextKeyMarker>c%20</NextKeyMarker><Prefix>p%20</Prefix>"
        b"<Version><Key>a%20b</Key></Version><DeleteMarker><Key>d%20</Key></DeleteMarker>"
        b"<CommonPrefixes><Prefix>x%20</Prefix></CommonPrefixes></R>"
    ),
}


@pytest.mark.parametrize("operation", LISTS)
@pytest.mark.parametrize("encoding", [None, "url", "new"])
def test_encoded_keys(s3: Trio, operation: str, encoding: str | None) -> None:
    """They are decoded where nobody asked for the encoding."""
    given = {"Bucket": "parcels"}
    if encoding is not None:
        given["EncodingType"] = encoding

    call = s3.call(operation, given, Answer(LISTS[operation]))

    assert call.request.query["encoding-type"] == [encoding or "url"]
    entries = call.reply.versions if "Versions" in operation else call.reply.contents
    assert (" " in entries[0].key) == (encoding is None)


def test_keys_that_were_not_encoded_after_all(s3: Trio) -> None:
    """They stay as they are."""
    body = LISTS["ListObjectsV2"].replace(b"<EncodingType>url</EncodingType>", b"")

    call = s3.call("ListObjectsV2", {"Bucket": "parcels"}, Answer(body))

    assert call.reply.contents[0].key == "a%20b"


SOURCES: dict[str, tuple[Any, str]] = {
    "text": ("bucket/a b/é", "bucket/a%20b/%C3%A9"),
    "encoded": ("bucket/a%20b", "bucket/a%2520b"),
    "version": ("bucket/k?versionId=v 1", "bucket/k%3FversionId%3Dv%201"),
    "versions": ("bucket/a b?versionId=v/1", "bucket/a%20b?versionId=v/1"),
    "dictionary": ({"Bucket": "b", "Key": "a b?c"}, "b/a%20b%3Fc"),
    "with version": (
        {"Bucket": "b", "Key": "k", "VersionId": "v+1"},
        "b/k?versionId=v+1",
    ),
    "point": (
        {
            "Bucket": "arn:aws:s3:us-east-1:123456789012:accesspoint/a",
            "Key": "k",
        },
        "arn%3Aaws%3As3%3Aus-east-1%3A123456789012%3Aaccesspoint/a/object/k",
    ),
}

COPIES: dict[str, dict[str, Any]] = {
    "CopyObject": KEY,
    "UploadPartCopy": KEY | {"PartNumber": 1, "UploadId": "u"},
}


@pytest.mark.parametrize("operation", COPIES)
@pytest.mark.parametrize("name", SOURCES)
def test_sources_of_copies(s3: Trio, operation: str, name: str) -> None:
    """A text or a dictionary."""
    source, header = SOURCES[name]
    answer = Answer(b"<Result><ETag>e</ETag></Result>")

    call = s3.call(operation, COPIES[operation] | {"CopySource": source}, answer)

    assert call.request.headers["x-amz-copy-source"] == header


@pytest.mark.parametrize("source", [{"Bucket": "b"}, {}, 7, ["b", "k"]])
@pytest.mark.parametrize("operation", COPIES)
def test_sources_that_are_none(s3: Trio, operation: str, source: Any) -> None:
    """Told before anything is sent."""
    call = s3.call(operation, COPIES[operation] | {"CopySource": source})

    assert isinstance(call.error, ValidationError)
    assert call.requests == ()


@pytest.mark.parametrize("metadata", [{"k": "é"}, {"é": "v"}, {"k": "a", "l": "日本"}])
@pytest.mark.parametrize(
    ("operation", "given"),
    [
        ("PutObject", KEY),
        ("CopyObject", KEY | {"CopySource": "a/b"}),
        ("CreateMultipartUpload", KEY),
    ],
)
def test_metadata_that_is_not_ascii(
    s3: Trio, operation: str, given: dict[str, Any], metadata: dict[str, str]
) -> None:
    """It is told at the key."""
    call = s3.call(operation, given | {"Metadata": metadata})

    assert call.requests == ()
    places = [
        f"metadata['{key}']" if key.isascii() else f"metadata (key '{key}')"
        for key, value in metadata.items()
        if not (key + value).isascii()
    ]
    for outcome in call.ours.values():
        assert isinstance(outcome.error, ValidationError)
        assert [found.path for found in outcome.error.violations] == places


KEYED: dict[str, dict[str, Any]] = {
    "HeadObject": KEY,
    "GetObject": KEY,
    "PutObject": KEY | {"Body": b"b"},
    "CopyObject": KEY | {"CopySource": "a/b"},
    "CreateMultipartUpload": KEY,
    "UploadPart": KEY | {"PartNumber": 1, "UploadId": "u", "Body": b"b"},
    "UploadPartCopy": KEY | {"PartNumber": 1, "UploadId": "u", "CopySource": "a/b"},
    "CompleteMultipartUpload": KEY | {"UploadId": "u"},
    "SelectObjectContent": KEY
    | {
        "Expression": "e",
        "ExpressionType": "SQL",
        "InputSerialization": {},
        "OutputSerialization": {},
    },
}

DIGEST = "x-amz-server-side-encryption-customer-key-md5"


@pytest.mark.parametrize("operation", KEYED)
@pytest.mark.parametrize("secret", SECRETS)
def test_keys_of_customers(s3: Trio, operation: str, secret: Any) -> None:
    """Bytes or text; the header is base64 of it, and its digest is beside it."""
    given = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": secret}

    answer = Answer(b"" if operation == "SelectObjectContent" else b"<Result/>")
    call = s3.call(operation, KEYED[operation] | given, answer)

    content = secret.encode() if isinstance(secret, str) else secret
    digest = base64.b64encode(hashlib.md5(content).digest()).decode()  # noqa: S324
    headers = call.request.headers
    assert headers[DIGEST] == digest
    encoded = base64.b64encode(content).decode()
    assert headers["x-amz-server-side-encryption-customer-key"] == encoded


def test_keys_with_a_digest(s3: Trio) -> None:
    """A caller that brings the digest has encoded the key."""
    given = KEY | {"SSECustomerKey": "encoded", "SSECustomerKeyMD5": "digest"}

    headers = s3.call("HeadObject", given).request.headers

    assert headers["x-amz-server-side-encryption-customer-key"] == "encoded"
    assert headers[DIGEST] == "digest"


@pytest.mark.parametrize("operation", COPIES)
@pytest.mark.parametrize("secret", SECRETS)
def test_keys_of_sources(s3: Trio, operation: str, secret: Any) -> None:
    """As with an object's own."""
    given = {"CopySource": "a/b", "CopySourceSSECustomerKey": secret}

    call = s3.call(operation, COPIES[operation] | given, Answer(b"<Result/>"))

    assert (
        "x-amz-copy-source-server-side-encryption-customer-key-md5"
        in call.request.headers
    )


@pytest.mark.parametrize(
    "expires",
    [
        "Thu, 29 Feb 2024 10:30:15 GMT",
        "2024-02-29T10:30:15Z",
        "1709202615",
    ],
)
@pytest.mark.parametrize("operation", ["GetObject", "HeadObject"])
def test_when_an_object_expires(s3: Trio, operation: str, expires: str) -> None:
    """A date, and the text that it was."""
    answer = Answer(b"", headers={"Expires": expires})

    call = s3.call(operation, KEY, answer)

    assert call.reply.expires == datetime(2024, 2, 29, 10, 30, 15, tzinfo=UTC)


@pytest.mark.parametrize("expires", ["never", "Thu, 99 Feb 2024", "{}"])
@pytest.mark.parametrize("operation", ["GetObject", "HeadObject"])
def test_dates_that_are_none(s3: Trio, operation: str, expires: str) -> None:
    """No error, since anybody can have stored them; the text is there."""
    call = s3.call(operation, KEY, Answer(b"", headers={"Expires": expires}))

    assert call.reply.expires is None
    assert call.reply.expires_string == expires


def test_what_is_expected_before_a_body(s3: Trio) -> None:
    """A file is sent when the server has agreed to it."""
    body = s3.call("PutObject", KEY | {"Body": lambda: io.BytesIO(b"b")}).request
    none = s3.call("PutObject", KEY).request
    policy = s3.call("PutBucketPolicy", {"Bucket": "parcels", "Policy": "{}"}).request

    assert body.headers["expect"] == "100-continue"
    assert "expect" not in none.headers
    assert "expect" not in policy.headers


def test_nothing_is_expected_before_no_body(
    s3: Trio, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a variable of botocore's."""
    monkeypatch.setenv("BOTO_EXPERIMENTAL__NO_EMPTY_CONTINUE", "true")

    empty = s3.call("PutObject", KEY | {"Body": io.BytesIO}).request
    body = s3.call("PutObject", KEY | {"Body": lambda: io.BytesIO(b"b")}).request

    assert "expect" not in empty.headers
    assert "expect" in body.headers


@pytest.mark.parametrize("text", ["a\rb", "a\nb", "a\r\nb", "<&>\t"])
def test_lines_in_keys(s3: Trio, text: str) -> None:
    """They survive what XML would make of them."""
    delete = {"Objects": [{"Key": text}]}
    rule = {"ID": text, "Status": "Enabled", "Filter": {"Prefix": text}}

    deleted = s3.call(
        "DeleteObjects", {"Bucket": "parcels", "Delete": delete}, Answer(b"<R/>")
    )
    put = s3.call(
        "PutBucketLifecycleConfiguration",
        {"Bucket": "parcels", "LifecycleConfiguration": {"Rules": [rule]}},
    )

    for call in (deleted, put):
        assert b"\r" not in call.request.body
        assert b"\n" not in call.request.body


ELSEWHERE = {"x-amz-bucket-region": "eu-west-1"}


@pytest.mark.parametrize(
    ("operation", "moved"),
    [
        ("GetObject", Answer(b"", 301, ELSEWHERE)),
        ("GetObject", Answer(b"", 307, ELSEWHERE)),
        (
            "GetObject",
            Answer(b"<Error><Code>PermanentRedirect</Code></Error>", 301, ELSEWHERE),
        ),
        (
            "PutObject",
            Answer(
                b"<Error><Code>AuthorizationHeaderMalformed</Code>"
                b"<Region>eu-west-1</Region></Error>",
                400,
            ),
        ),
        (
            "GetObject",
            Answer(
                b"<Error><Code>IllegalLocationConstraintException</Code></Error>",
                400,
                ELSEWHERE,
            ),
        ),
        ("HeadObject", Answer(b"", 301, ELSEWHERE)),
        ("HeadObject", Answer(b"", 400, ELSEWHERE)),
        ("HeadBucket", Answer(b"", 400, ELSEWHERE)),
    ],
)
def test_buckets_in_other_regions(
    connect: Callable[..., Trio], operation: str, moved: Answer
) -> None:
    """The call is made again where the bucket is, and so are those that follow."""
    config = Config(retries={"total_max_attempts": 2})
    trio = connect("s3", config=config, region_name="us-west-2")
    given: dict[str, Any] = dict(KEY)
    if operation == "PutObject":
        given["Body"] = lambda: io.BytesIO(b"content")
    elif operation == "HeadBucket":
        del given["Key"]

    first = trio.call(operation, given, moved, Answer(b""))
    second = trio.call(operation, given, Answer(b""))

    before, after = first.requests
    assert before.host == "parcels.s3.us-west-2.amazonaws.com"
    assert after.host == "parcels.s3.eu-west-1.amazonaws.com"
    assert "/eu-west-1/s3/" in after.headers["authorization"]
    assert before.body == after.body
    assert second.request.host == after.host


def test_buckets_whose_region_must_be_asked_for(connect: Callable[..., Trio]) -> None:
    """botocore asks within the call."""
    config = Config(retries={"total_max_attempts": 2})
    trio = connect("s3", config=config, region_name="us-west-2")

    call = trio.call(
        "GetObject",
        KEY,
        Answer(b"<Error><Code>PermanentRedirect</Code></Error>", 301),
        Answer(b"", 403, ELSEWHERE),
        Answer(b"content"),
    )

    assert [request.method for request in call.requests] == ["GET", "HEAD", "GET"]
    assert call.theirs.content["Body"] == ("bytes", b"content")


def test_buckets_that_cannot_be_found(connect: Callable[..., Trio]) -> None:
    """The error is the first one."""
    config = Config(retries={"total_max_attempts": 2})
    trio = connect("s3", config=config, region_name="us-west-2")
    moved = b"<Error><Code>PermanentRedirect</Code><Endpoint>e</Endpoint></Error>"

    call = trio.call("GetObject", KEY, Answer(moved, 301), Answer(b"", 404))

    assert call.error is not None


def test_creating_buckets(s3: Trio) -> None:
    """A request whose body may be empty, and whose reply is a header."""
    plain = s3.call(
        "CreateBucket", {"Bucket": "b-1"}, Answer(headers={"Location": "/b"})
    )
    located = s3.call(
        "CreateBucket",
        {
            "Bucket": "b-1",
            "CreateBucketConfiguration": {"LocationConstraint": "eu-west-1"},
        },
    )

    assert plain.request.body == b""
    assert plain.reply.location == "/b"
    assert b"<LocationConstraint>eu-west-1</LocationConstraint>" in located.request.body
