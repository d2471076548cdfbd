"""S3: objects that are sent in parts."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest

from botosmith.runtime import from_boto3

MEBIBYTE = 1 << 20

#: S3's smallest part, but for the last.
PART = 5 * MEBIBYTE


def test_an_upload_in_parts(
    s3: Any, client: Any, bucket: str, connect_boto3: Callable[..., Any]
) -> None:
    """Begin, send, list, complete; and the parts are one object."""
    begun = client.create_multipart_upload(
        bucket=bucket, key="large & co", content_type="text/plain", metadata={"a": "b"}
    )
    where = {"bucket": bucket, "key": "large & co", "upload_id": begun.upload_id}
    contents = [b"a" * PART, iter([b"b" * MEBIBYTE] * 5), io.BytesIO(b"end")]
    sent = [
        client.upload_part(**where, part_number=number, body=content)
        for number, content in enumerate(contents, 1)
    ]
    pending = client.list_multipart_uploads(bucket=bucket)
    listed = client.list_parts(**where)
    theirs = connect_boto3("s3").list_parts(
        Bucket=bucket, Key="large & co", UploadId=begun.upload_id
    )
    completed = client.complete_multipart_upload(
        **where,
        multipart_upload=s3.CompletedMultipartUpload(
            parts=[
                s3.CompletedPart(e_tag=part.e_tag, part_number=number)
                for number, part in enumerate(sent, 1)
            ]
        ),
    )
    got = client.get_object(bucket=bucket, key="large & co")

    assert begun.key == completed.key == "large & co"
    assert [upload.upload_id for upload in pending.uploads] == [begun.upload_id]
    assert [(part.part_number, part.size) for part in listed.parts] == [
        (1, PART),
        (2, PART),
        (3, 3),
    ]
    assert listed.parts[0].e_tag == sent[0].e_tag
    assert from_boto3(s3.ListPartsOutput, theirs) == listed
    assert completed.e_tag.endswith('-3"')
    assert (got.content_type, got.metadata) == ("text/plain", {"a": "b"})
    assert got.body.read() == b"a" * PART + b"b" * PART + b"end"


def test_an_upload_given_up(s3: Any, client: Any, bucket: str) -> None:
    """Its parts are gone, and so is its name."""
    begun = client.create_multipart_upload(bucket=bucket, key="a")
    where = {"bucket": bucket, "key": "a", "upload_id": begun.upload_id}
    client.upload_part(**where, part_number=1, body=b"x")
    client.abort_multipart_upload(**where)

    with pytest.raises(s3.NoSuchUpload):
        client.list_parts(**where)
    assert client.list_multipart_uploads(bucket=bucket).uploads is None


def test_a_part_copied_from_an_object(s3: Any, client: Any, bucket: str) -> None:
    """Whole, or a range of it."""
    client.put_object(bucket=bucket, key="ü +", body=b"a" * PART + b"tail")
    begun = client.create_multipart_upload(bucket=bucket, key="b")
    where = {"bucket": bucket, "key": "b", "upload_id": begun.upload_id}
    copied = [
        client.upload_part_copy(
            **where,
            part_number=number,
            copy_source=f"{bucket}/ü +",
            copy_source_range=part,
        )
        for number, part in enumerate(
            (f"bytes=0-{PART - 1}", f"bytes={PART}-{PART + 3}"), 1
        )
    ]
    parts = [
        s3.CompletedPart(e_tag=part.copy_part_result.e_tag, part_number=number)
        for number, part in enumerate(copied, 1)
    ]
    client.complete_multipart_upload(
        **where, multipart_upload=s3.CompletedMultipartUpload(parts=parts)
    )

    tail = client.get_object(bucket=bucket, key="b", range="bytes=-5").body.read()
    assert tail == b"atail"
