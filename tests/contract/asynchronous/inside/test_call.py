"""Calls: the same requests and results as by the client that is not awaited."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib import import_module
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from botocore.config import Config
from tests.contract.behaviours.server import Loopback, Reply

from botosmith import sagemaker, sagemaker_runtime
from botosmith.runtime import (
    ReplyError,
    ValidationError,
    from_boto3,
    to_boto3,
)

#: Parts that differ from one call to the next, and between the libraries.
PASSING = {
    "accept",
    "accept-encoding",
    "amz-sdk-invocation-id",
    "authorization",
    "connection",
    "user-agent",
    "x-amz-date",
}

ONCE = Config(retries={"total_max_attempts": 1, "mode": "standard"})

MOMENT = datetime(2024, 5, 6, 7, 8, 9, 123000, UTC)

JSON = {"content-type": "application/x-amz-json-1.1", "x-amzn-requestid": "r"}

LOST = Reply([b'{"__type": "ResourceNotFound", "Message": "no"}'], 400, JSON)

LISTING = b"""<ListBucketResult><Name>parcels</Name><IsTruncated>false</IsTruncated>
<Contents><Key>a</Key><Size>3</Size><LastModified>2024-05-06T07:08:09.000Z</LastModified>
</Contents></ListBucketResult>"""

#: A package, an operation, its parameters, and the answer.
CALLS: dict[str, tuple[str, str, dict[str, Any], Reply]] = {
    "json": (
        "botosmith.sagemaker",
        "CreateModel",
        {"ModelName": "m", "Tags": [{"Key": "k", "Value": "é"}]},
        Reply([b'{"ModelArn": "arn:aws:sagemaker:us-east-1:1:model/m"}'], headers=JSON),
    ),
    "timestamps": (
        "botosmith.sagemaker",
        "ListModels",
        {"CreationTimeAfter": MOMENT, "MaxResults": 2},
        Reply(
            [b'{"Models": [{"ModelName": "m", "ModelArn": "a", "CreationTime": 1.5}]}'],
            headers=JSON,
        ),
    ),
    "a token": (
        "botosmith.sagemaker",
        "CreatePipeline",
        {
            "PipelineName": "p",
            "RoleArn": "arn:aws:iam::1:role/r",
            "PipelineDefinition": "{}",
            "ClientRequestToken": "t" * 32,
        },
        Reply([b"{}"], headers=JSON),
    ),
    "an error": ("botosmith.sagemaker", "DescribeModel", {"ModelName": "m"}, LOST),
    "an unreadable reply": (
        "botosmith.sagemaker",
        "DescribeModel",
        {"ModelName": "m"},
        Reply([b'{"ModelName": 1}'], headers=JSON),
    ),
    "rest-json": (
        "lab.lambda_",
        "ListFunctions",
        {"MaxItems": 3, "FunctionVersion": "ALL"},
        Reply([b'{"Functions": [{"FunctionName": "f", "Timeout": 3}]}']),
    ),
    "rest-xml": (
        "lab.s3",
        "ListObjectsV2",
        {"Bucket": "parcels", "Prefix": "a b"},
        Reply([LISTING]),
    ),
    "a checksum": (
        "lab.s3",
        "PutObject",
        {"Bucket": "parcels", "Key": "k", "Body": b"content", "Metadata": {"a": "b"}},
        Reply(headers={"ETag": '"e"'}),
    ),
    "a head": (
        "lab.s3",
        "HeadObject",
        {"Bucket": "parcels", "Key": "k"},
        Reply(headers={"ETag": '"e"'}, missing=7),
    ),
    "query": (
        "lab.rds",
        "DescribeDBInstances",
        {"MaxRecords": 20, "Filters": [{"Name": "n", "Values": ["v"]}]},
        Reply(
            [
                b"<R><DescribeDBInstancesResult><DBInstances><DBInstance>",
                b"<DBInstanceIdentifier>d</DBInstanceIdentifier></DBInstance>",
                b"</DBInstances></DescribeDBInstancesResult></R>",
            ]
        ),
    ),
    "a refused query": (
        "lab.rds",
        "DescribeDBInstances",
        {"DBInstanceIdentifier": "d"},
        Reply(
            [
                b"<E><Error><Code>DBInstanceNotFound</Code><Message>no</Message></Error>",
                b"<RequestId>r</RequestId></E>",
            ],
            404,
        ),
    ),
}


def describe(server: Loopback) -> list[tuple[Any, ...]]:
    """Return what the server has received, without what varies."""
    return [
        (sent.method, sent.url, keep(sent.headers), sent.body) for sent in server.sent
    ]


def keep(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers that each client is to send alike."""
    return {name: value for name, value in headers.items() if name not in PASSING}


def settle(error: Exception) -> tuple[Any, ...]:
    """Return the parts of an error that have to be the same."""
    return type(error), str(error)


@pytest.mark.parametrize("name", CALLS)
async def test_calls_are_the_same(
    server: Loopback, arguments: dict[str, Any], serializer: Any, name: str
) -> None:
    """The bytes that are sent, and the reply or the error."""
    package, operation, parameters, answer = CALLS[name]
    service = import_module(package)
    request = from_boto3(service.OPERATIONS[operation].request, parameters)
    arguments |= {"config": ONCE, "serializer": serializer}

    found: list[Any] = []
    server.expect(answer)
    with service.Client(**arguments) as client:
        try:
            found.append(await asyncio.to_thread(client.send, request))
        except Exception as error:  # noqa: BLE001 - whatever it is, both raise it
            found.append(settle(error))
    theirs = describe(server)
    server.expect(answer)
    async with service.AsyncClient(**arguments) as client:
        try:
            found.append(await client.send(request))
        except Exception as error:  # noqa: BLE001 - as above
            found.append(settle(error))

    assert len(theirs) == 1
    assert describe(server) == theirs
    assert found[0] == found[1]
    if not isinstance(found[0], tuple):
        assert found[0].response_metadata == found[1].response_metadata
        assert to_boto3(found[0]) == to_boto3(found[1])


async def test_methods(standin: Any, serializer: Any) -> None:
    """They are the package's functions, and take what these take."""
    async with sagemaker.AsyncClient(
        **standin.arguments, serializer=serializer
    ) as client:
        created = await client.create_model(model_name="m")
        again: Any = sagemaker.create_model(client, model_name="m")  # type: ignore[arg-type]
        assert await again == created

    assert created.model_arn.startswith("arn:aws:sagemaker:")
    assert [call.parameters for call in standin.calls] == [{"ModelName": "m"}] * 2
    assert sagemaker.AsyncClient.create_model.__doc__ == sagemaker.create_model.__doc__


async def test_mistakes_are_told_at_once(standin: Any) -> None:
    """All of them, and nothing is sent."""
    async with sagemaker.AsyncClient(**standin.arguments) as client:
        with pytest.raises(ValidationError, match="2 violations"):
            _ = client.create_model(colour="red")  # type: ignore[call-arg]
        tags = [sagemaker.Tag(key="", value="v")]
        with pytest.raises(ValidationError, match=r"tags\[0\].key: '' has 0 char"):
            await client.create_model(model_name="m", tags=tags)
        with pytest.raises(TypeError, match="expected a request object"):
            await client.send(sagemaker.Tag(key="k", value="v"))  # type: ignore[arg-type]
    assert standin.calls == []


async def test_errors_are_the_services(
    server: Loopback, arguments: dict[str, Any], serializer: Any
) -> None:
    """By their classes, which `client.exceptions` has as well."""
    server.expect(LOST)
    async with sagemaker.AsyncClient(**arguments, serializer=serializer) as client:
        with pytest.raises(client.exceptions.ResourceNotFound) as caught:
            await client.describe_model(model_name="m")
        assert type(caught.value) is sagemaker.ResourceNotFound
        assert caught.value.response_metadata.request_id == "r"
        server.expect(Reply([b"{"], headers=JSON))
        with pytest.raises(ReplyError) as unreadable:
            await client.describe_model(model_name="m")
    assert unreadable.value.response_metadata.attempts == 1


async def test_retries_are_botocores(
    server: Loopback, arguments: dict[str, Any], serializer: Any
) -> None:
    """With the same token each time."""
    server.expect(Reply([b"{}"], 500, JSON), Reply([b"{}"], headers=JSON))
    async with sagemaker.AsyncClient(**arguments, serializer=serializer) as client:
        reply = await client.create_pipeline(
            pipeline_name="p",
            pipeline_definition="{}",
            role_arn="arn:aws:iam::123456789012:role/r",
        )
    assert reply.response_metadata.attempts == 2
    first, second = server.sent
    assert first.body == second.body
    assert len(first.document["ClientRequestToken"]) == 36


async def test_what_is_deprecated(arguments: dict[str, Any], server: Loopback) -> None:
    """The warning is about the line that awaits the call."""
    lambda_: Any = import_module("lab.lambda_")
    server.expect(Reply(status=202))
    async with lambda_.AsyncClient(**arguments) as client:
        with pytest.warns(DeprecationWarning, match="InvokeAsync is depr") as caught:
            await client.invoke_async(function_name="f", invoke_args=b"{}")
    assert [warning.filename for warning in caught] == [__file__]


async def test_hooks(standin: Any, serializer: Any) -> None:
    """Functions and coroutine functions see boto3's parameters, and may change them."""
    seen: list[Any] = []

    async def change(params: dict[str, Any], **_: Any) -> None:
        await asyncio.sleep(0)
        params["ModelName"] = "other"

    def note(parsed: dict[str, Any], **_: Any) -> None:
        seen.append(parsed["ModelArn"])
        parsed["ModelArn"] = "changed"

    async with sagemaker.AsyncClient(
        **standin.arguments, serializer=serializer
    ) as client:
        events: Any = client.meta.events  # of botocore: its stubs know no coroutines
        events.register("before-parameter-build", change)
        events.register("after-call", note)
        reply = await client.create_model(model_name="m")

    assert [call.parameters for call in standin.calls] == [{"ModelName": "other"}]
    assert seen == ["arn:aws:sagemaker:us-east-1:123456789012:model/other"]
    assert reply.model_arn == "changed"


async def test_urls_and_forms_and_tokens_are_signed(
    arguments: dict[str, Any], serializer: Any
) -> None:
    """As by the client that is not awaited, but for the moment."""
    rds, s3 = import_module("lab.rds"), import_module("lab.s3")
    request = s3.GetObjectRequest(bucket="parcels", key="k")
    with s3.Client(**arguments, serializer=serializer) as client:
        expected = client.generate_presigned_url(request, expires_in=60)
        form = client.generate_presigned_post(bucket="parcels", key="k")
    async with s3.AsyncClient(**arguments, serializer=serializer) as client:
        url = await client.generate_presigned_url(request, expires_in=60)
        ours = await client.generate_presigned_post(bucket="parcels", key="k")
    one, other = (urlsplit(signed) for signed in (url, expected))
    assert one[:3] == other[:3]
    assert parse_qs(one.query).keys() == parse_qs(other.query).keys()
    assert (ours.url, ours.fields.keys()) == (form.url, form.fields.keys())
    async with rds.AsyncClient(**arguments, serializer=serializer) as client:
        token = await client.generate_db_auth_token(
            db_hostname="h", port=1, db_username="u"
        )
    assert token.startswith("h:1/?Action=connect&DBUser=u&")


async def test_what_no_header_carries(
    arguments: dict[str, Any], serializer: Any
) -> None:
    """It is a violation of the member, as by the client that is not awaited."""
    s3 = import_module("lab.s3")
    async with s3.AsyncClient(**arguments, serializer=serializer) as client:
        with pytest.raises(ValidationError, match=r"content_type: .* a line feed"):
            await client.put_object(bucket="b", key="k", content_type="a\n b")
        with pytest.raises(ValidationError, match=r"metadata\['a'\]: 'é' has"):
            await client.put_object(bucket="b", key="k", metadata={"a": "é"})


async def test_what_is_not_signed(arguments: dict[str, Any], serializer: Any) -> None:
    """Lifetimes, methods and bodies, as by the client that is not awaited."""
    s3 = import_module("lab.s3")
    empty = s3.PutObjectRequest(bucket="parcels", key="k")
    full = s3.PutObjectRequest(bucket="parcels", key="k", body=b"hello")
    async with s3.AsyncClient(**arguments, serializer=serializer) as client:
        with pytest.raises(ValidationError, match="expires_in: -5 is below"):
            await client.generate_presigned_url(empty, expires_in=-5)
        with pytest.raises(ValidationError, match="http_method: 'FOO' is not"):
            await client.generate_presigned_url(empty, http_method="FOO")
        with pytest.raises(ValidationError, match="body: is sent in the request's"):
            await client.generate_presigned_url(full)
        with pytest.raises(ValidationError, match="expires_in: 0 is below"):
            await client.generate_presigned_post(bucket="b", key="k", expires_in=0)


@pytest.mark.parametrize("kind", ["bytes", "text", "file", "reader", "chunks"])
async def test_bodies(
    server: Loopback,
    arguments: dict[str, Any],
    serializer: Any,
    kind: str,
    tmp_path: Any,
) -> None:
    """Bytes, files and whatever gives some, of which a retry sends all again."""
    (tmp_path / "body").write_bytes(b"content")

    class Reader:
        def __init__(self) -> None:
            self._content = io.BytesIO(b"content")
            self.seek, self.tell = self._content.seek, self._content.tell

        def read(self, size: int = -1, /) -> bytes:
            return self._content.read(size)

    server.expect(Reply(status=503), Reply([b"out"]))
    with (tmp_path / "body").open("rb") as file:
        bodies: dict[str, Any] = {
            "bytes": b"content",
            "text": "content",
            "file": file,
            "reader": Reader(),
            "chunks": iter([b"con", b"tent"]),
        }
        async with sagemaker_runtime.AsyncClient(
            **arguments, serializer=serializer
        ) as client:
            reply = await client.invoke_endpoint(endpoint_name="e", body=bodies[kind])
            assert reply.body is not None
            assert await reply.body.aread() == b"out"
        assert not file.closed

    assert [sent.body for sent in server.sent] == [b"content"] * 2
