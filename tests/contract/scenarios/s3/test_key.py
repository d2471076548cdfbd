"""S3: objects, whatever they are called."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.contract.scenarios.responder import Answer, Responder

from botosmith.runtime import from_boto3

#: Names that have to be written differently in a path, in a query, in XML, or in all.
ODD_KEYS = [
    "a b",
    "a+b",
    "a&b<c>",
    "100%",
    "50%25",
    "q?x=1#f",
    "quote\"'",
    "tab\there",
    "return\rhere",
    "ü/ñ/日本",
    "😀",
    "line\u2028separator",
    "//two",
    "./here",
    "up/../down",
    "~*()!;:@,$=",
    "\\back",
]


def test_odd_keys(
    s3: Any, client: Any, bucket: str, connect_boto3: Callable[..., Any]
) -> None:
    """Each is found under its name, listed by it, copied from it, and deleted."""
    for key in ODD_KEYS:
        client.put_object(bucket=bucket, key=key, body=key.encode())
    for key in ODD_KEYS:
        assert client.get_object(bucket=bucket, key=key).body.read() == key.encode()
    listed = client.list_objects_v2(bucket=bucket)
    theirs = connect_boto3("s3").list_objects_v2(Bucket=bucket)

    assert {found.key for found in listed.contents} == set(ODD_KEYS)
    assert {found.key for found in client.list_objects(bucket=bucket).contents} == set(
        ODD_KEYS
    )
    assert from_boto3(s3.ListObjectsV2Output, theirs) == listed
    assert listed.contents[0].checksum_algorithm == [s3.ChecksumAlgorithm.CRC32]

    for key in ODD_KEYS:
        copied = client.copy_object(
            bucket=bucket, key=f"copy of {key}", copy_source=f"{bucket}/{key}"
        )
        assert copied.copy_object_result.e_tag
    names = [s3.ObjectIdentifier(key=key) for key in ODD_KEYS]
    deleted = client.delete_objects(bucket=bucket, delete=s3.Delete(objects=names))
    left = client.list_objects_v2(bucket=bucket).contents

    # moto does not write a carriage return as XML has to.
    expected = [key.replace("\r", "\n") for key in ODD_KEYS]
    assert [found.key for found in deleted.deleted] == expected
    assert {found.key for found in left} == {f"copy of {key}" for key in ODD_KEYS}


def test_a_key_of_two_lines(connect: Callable[..., Any], responder: Responder) -> None:
    """moto finds no path with a line feed; what is sent and read is S3's."""
    client = connect("s3", endpoint_url=responder.url)
    client.put_object(bucket="parcels", key="two\nlines", body=b"")
    listing = Answer(
        b'<?xml version="1.0"?>\n'
        b'<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">'
        b"<EncodingType>url</EncodingType><Contents><Key>two%0Alines</Key></Contents>"
        b"<Contents><Key>a+b</Key></Contents></ListBucketResult>"
    )
    responder.answers = [listing]
    listed = client.list_objects_v2(bucket="parcels", prefix="two\nlines & +")

    assert responder.received[0].target == "/parcels/two%0Alines"
    assert responder.received[1].target == (
        "/parcels?list-type=2&prefix=two%0Alines%20%26%20%2B&encoding-type=url"
    )
    assert [found.key for found in listed.contents] == ["two\nlines", "a b"]


def test_a_key_with_a_carriage_return(
    s3: Any, connect: Callable[..., Any], responder: Responder
) -> None:
    """XML has to spell it, in both directions, or it is read as a line feed."""
    client = connect("s3", endpoint_url=responder.url)
    responder.answers = [
        Answer(b"<DeleteResult><Deleted><Key>a&#13;b</Key></Deleted></DeleteResult>")
    ]

    deleted = client.delete_objects(
        bucket="parcels",
        delete=s3.Delete(objects=[s3.ObjectIdentifier(key="a\rb")]),
    )

    assert b"<Key>a&#xD;b</Key>" in responder.received[0].body
    assert [found.key for found in deleted.deleted] == ["a\rb"]


def test_pages_of_a_listing(client: Any, bucket: str) -> None:
    """By hand, with the token; prefixes are listed once."""
    for number in range(7):
        client.put_object(bucket=bucket, key=f"box {number}/a", body=b"")
    client.put_object(bucket=bucket, key="top", body=b"")

    pages, token = [], None
    while True:
        page = client.list_objects_v2(
            bucket=bucket, delimiter="/", max_keys=3, continuation_token=token
        )
        pages.append(page)
        token = page.next_continuation_token
        if token is None:
            break

    assert [page.key_count for page in pages] == [3, 3, 2]
    assert [page.is_truncated for page in pages] == [True, True, False]
    prefixes = [found.prefix for page in pages for found in page.common_prefixes or []]
    assert prefixes == [f"box {number}/" for number in range(7)]
    assert [found.key for page in pages for found in page.contents or []] == ["top"]
