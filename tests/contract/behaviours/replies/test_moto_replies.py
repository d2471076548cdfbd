"""Replies of moto that are not quite the model's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws
from tests.contract.behaviours.service import import_operations
from tests.contract.behaviours.trio import ARGUMENTS

from botosmith.runtime import ReplyError, ReplyWarning

REGION: Any = {"region_name": "us-east-1"}


@pytest.fixture(autouse=True)
def moto(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """moto stands in for AWS."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "b")
    with mock_aws():
        yield


@pytest.fixture(params=["generated", "botocore"])
def connect(request: pytest.FixtureRequest) -> Callable[..., Any]:
    """Makes clients of either serializer."""

    def make(service: str, **arguments: Any) -> tuple[Any, Any]:
        package = import_operations(service)
        client = package.Client(serializer=request.param, **ARGUMENTS, **arguments)
        return package, client

    return make


def test_kms_answers_null(connect: Callable[..., Any]) -> None:
    """A null means an empty object."""
    kms, client = connect("kms")
    key = client.create_key().key_metadata.key_id

    for reply in (
        client.create_alias(alias_name="alias/a", target_key_id=key),
        client.disable_key(key_id=key),
        client.enable_key(key_id=key),
        client.tag_resource(key_id=key, tags=[kms.Tag(tag_key="a", tag_value="b")]),
    ):
        assert reply == type(reply)()
        assert reply.response_metadata.status == 200


def test_textract_nests_a_number(connect: Callable[..., Any]) -> None:
    """The error has the rest of the reply; a warning returns it."""
    s3: Any = boto3.client("s3", **REGION)
    s3.create_bucket(Bucket="bucket1")
    s3.put_object(Bucket="bucket1", Key="k", Body=b"x")
    textract, client = connect("textract")
    place = textract.S3Object(bucket="bucket1", name="k")
    job = client.start_document_text_detection(
        document_location=textract.DocumentLocation(s3_object=place)
    ).job_id

    with pytest.raises(ReplyError) as caught:
        client.get_document_text_detection(job_id=job)

    partial: Any = caught.value.partial
    assert [found.path for found in caught.value.mismatches] == [
        "document_metadata.pages"
    ]
    assert partial.job_status == "SUCCEEDED"
    assert partial.document_metadata == textract.DocumentMetadata()

    _, lax = connect("textract", on_mismatch="warn")
    with pytest.warns(ReplyWarning, match=r"document_metadata\.pages"):
        assert lax.get_document_text_detection(job_id=job) == partial
