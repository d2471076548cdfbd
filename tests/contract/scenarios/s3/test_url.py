"""S3: URLs that others may use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import urllib3
from botocore.config import Config
from botocore.exceptions import ClientError

from botosmith.runtime import ValidationError


def test_a_url_to_get(
    s3: Any, client: Any, bucket: str, http: urllib3.PoolManager
) -> None:
    """A holder of the URL gets the object, with the headers that were asked for."""
    client.put_object(bucket=bucket, key="a b+ü/c", body=b"hello")

    url = client.generate_presigned_url(
        s3.GetObjectRequest(
            bucket=bucket, key="a b+ü/c", response_content_type="text/x-special"
        ),
        expires_in=60,
    )
    reply = http.request("GET", url)

    assert urlsplit(url).path == "/parcels/a%20b%2B%C3%BC/c"
    assert (reply.status, reply.data) == (200, b"hello")
    assert reply.headers["Content-Type"].startswith("text/x-special")


def test_a_url_to_put(
    s3: Any, client: Any, bucket: str, http: urllib3.PoolManager
) -> None:
    """A holder of the URL may store the object, under this name and as this type."""
    url = client.generate_presigned_url(
        s3.PutObjectRequest(bucket=bucket, key="a&b", content_type="text/x-special")
    )
    headers = {"Content-Type": "text/x-special"}
    reply = http.request("PUT", url, body=b"hello", headers=headers)
    got = client.get_object(bucket=bucket, key="a&b")

    assert reply.status == 200
    assert (got.body.read(), got.content_type) == (b"hello", "text/x-special")


def test_a_url_is_boto3_s(
    s3: Any, connect: Callable[..., Any], connect_boto3: Callable[..., Any]
) -> None:
    """The same but for the moment of signing, whichever way of signing is set."""
    for version in (None, "s3", "s3v4"):
        config = Config(signature_version=version, s3={"addressing_style": "path"})
        ours = connect("s3", config=config).generate_presigned_url(
            s3.ListObjectsV2Request(bucket="parcels", prefix="a b"),
            expires_in=90,
            http_method="POST",
        )
        theirs = connect_boto3("s3", config=config).generate_presigned_url(
            "list_objects_v2",
            {"Bucket": "parcels", "Prefix": "a b"},
            ExpiresIn=90,
            HttpMethod="POST",
        )

        assert urlsplit(ours)[:3] == urlsplit(theirs)[:3]
        found, expected = (parse_qs(urlsplit(url).query) for url in (ours, theirs))
        moment = {"X-Amz-Date", "X-Amz-Signature", "Expires", "Signature"}
        assert set(found) == set(expected)
        assert {name: found[name] for name in set(found) - moment} == {
            name: expected[name] for name in set(found) - moment
        }


def test_a_url_for_no_request(s3: Any, client: Any, bucket: str) -> None:
    """Only requests of this service, and only valid ones, are signed."""
    with pytest.raises(TypeError, match="expected a request object"):
        client.generate_presigned_url(s3.Tag(key="a", value="b"))
    with pytest.raises(ValidationError, match="key"):
        client.generate_presigned_url(s3.GetObjectRequest(bucket=bucket, key=""))
    with pytest.raises(ClientError):
        client.get_object(bucket=bucket, key="a")
