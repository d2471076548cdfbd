"""URLs, forms and tokens that are signed for somebody else to use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from botocore import UNSIGNED, xform_name
from botocore.config import Config
from botocore.exceptions import NoCredentialsError
from tests.traits.trio import ARGUMENTS, Trio
from tests.traits.value import arrange, make

from botosmith.runtime import ValidationError

Trios = Callable[[str], Trio]

KEY = {"Bucket": "parcels", "Key": "a b/é"}

TABLE = {"TableName": "t", "Key": {"k": {"S": "v"}}}

#: Calls, by what is special about them.
CALLS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "s3 get": ("s3", "GetObject", KEY),
    "s3 put": ("s3", "PutObject", KEY | {"ContentType": "text/plain"}),
    "s3 version": ("s3", "GetObject", KEY | {"VersionId": "v", "PartNumber": 1}),
    "s3 names": (
        "s3",
        "GetObject",
        KEY | {"ResponseContentDisposition": 'attachment; filename="é"'},
    ),
    "s3 metadata": ("s3", "PutObject", KEY | {"Metadata": {"a": "b"}}),
    "s3 checksum": ("s3", "PutObject", KEY | {"ChecksumAlgorithm": "SHA256"}),
    "s3 secret": (
        "s3",
        "GetObject",
        KEY | {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": b"k" * 32},
    ),
    "s3 list": ("s3", "ListObjectsV2", {"Bucket": "parcels", "Prefix": "p/"}),
    "s3 part": ("s3", "UploadPart", KEY | {"PartNumber": 1, "UploadId": "u"}),
    "s3 location": ("s3", "GetBucketLocation", {"Bucket": "parcels"}),
    "s3 dots": ("s3", "HeadObject", {"Bucket": "parcels.example", "Key": "k"}),
    "s3 point": (
        "s3",
        "GetObject",
        {"Bucket": "arn:aws:s3:us-east-1:123456789012:accesspoint/a", "Key": "k"},
    ),
    "polly": (
        "polly",
        "SynthesizeSpeech",
        {"OutputFormat": "mp3", "Text": "é", "VoiceId": "Zoe", "LexiconNames": ["a"]},
    ),
    "sts": ("sts", "GetCallerIdentity", {}),
    "sts role": ("sts", "AssumeRole", {"RoleArn": "a" * 20, "RoleSessionName": "me"}),
    "lambda": (
        "lambda",
        "Invoke",
        {"FunctionName": "f", "Payload": b"{}", "InvocationType": "Event"},
    ),
    "lambda query": (
        "lambda",
        "UntagResource",
        {
            "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f",
            "TagKeys": ["a", "b"],
        },
    ),
    "route53": ("route53", "GetChange", {"Id": "/change/C"}),
    "ec2": ("ec2", "DescribeInstances", {"InstanceIds": ["i-1"], "MaxResults": 5}),
    "rds": ("rds", "DescribeDBInstances", {"DBInstanceIdentifier": "d"}),
    "dynamodb": ("dynamodb", "GetItem", TABLE),
    "sqs": ("sqs", "SendMessage", {"QueueUrl": "q", "MessageBody": "b"}),
    "cloudwatch": ("cloudwatch", "PutMetricData", {"Namespace": "n"}),
    "iot": ("iot-data", "Publish", {"topic": "t", "qos": 1}),
    "glacier": ("glacier", "ListVaults", {"limit": "1"}),
    "apigateway": (
        "apigateway",
        "GetExport",
        {
            "restApiId": "a",
            "stageName": "s",
            "exportType": "t",
            "parameters": {"a": "b"},
        },
    ),
    "token": (
        "accessanalyzer",
        "DeleteAnalyzer",
        {"analyzerName": "a", "clientToken": "c"},
    ),
    "prefix": ("stepfunctions", "StartSyncExecution", {"stateMachineArn": "a"}),
    "nobody": ("cognito-identity", "GetId", {"IdentityPoolId": "us-east-1:1"}),
}


def sign(trio: Trio, operation: str, given: dict[str, Any], **how: Any) -> list[Any]:
    """The URL by each client, botocore's first; or the error that it raised."""
    request = trio.package.OPERATIONS[operation].request
    made = make(request, given)
    arguments = {
        {"ExpiresIn": "expires_in", "HttpMethod": "http_method"}[name]: value
        for name, value in how.items()
    }
    signed: list[Any] = []
    trio.expect()
    for client in trio.clients:
        try:
            if client is trio.theirs:
                url = client.generate_presigned_url(
                    xform_name(operation), Params=arrange(request, given), **how
                )
            else:
                url = client.generate_presigned_url(made, **arguments)
        except Exception as error:  # noqa: BLE001 - it is what is compared
            signed.append((type(error), str(error)))
        else:
            signed.append(url)
    for network in trio.networks:
        assert network.sent == []
    return signed


@pytest.mark.parametrize("name", CALLS)
def test_urls(trios: Trios, name: str) -> None:
    """The same URL as botocore's client signs; nothing is sent."""
    service, operation, given = CALLS[name]

    theirs, *ours = sign(trios(service), operation, given)

    assert ours == [theirs] * 2
    assert isinstance(theirs, str)


@pytest.mark.parametrize("name", ["s3 get", "polly", "lambda", "sts", "dynamodb"])
@pytest.mark.parametrize(
    "how", [{"ExpiresIn": 60}, {"HttpMethod": "HEAD"}, {"ExpiresIn": 0}]
)
def test_how_urls_are_signed(trios: Trios, name: str, how: dict[str, Any]) -> None:
    """For how long, and for which method."""
    service, operation, given = CALLS[name]

    theirs, *ours = sign(trios(service), operation, given, **how)

    assert ours == [theirs] * 2
    if "ExpiresIn" in how and name != "s3 get":
        query = parse_qs(urlsplit(theirs).query)
        assert query["X-Amz-Expires"] == [str(how["ExpiresIn"])]


@pytest.mark.parametrize(
    "arguments",
    [
        {"config": Config(signature_version="s3v4")},
        {"config": Config(signature_version="s3")},
        {"config": Config(signature_version=UNSIGNED)},
        {"config": Config(s3={"addressing_style": "path"})},
        {"config": Config(s3={"addressing_style": "virtual"})},
        {"config": Config(s3={"use_accelerate_endpoint": True})},
        {"region_name": "eu-west-1"},
        {"region_name": "cn-north-1"},
        {"endpoint_url": "https://storage.example"},
        {"aws_session_token": "session-token"},
        {"config": Config(use_dualstack_endpoint=True)},
    ],
)
def test_urls_of_s3(connect: Callable[..., Trio], arguments: dict[str, Any]) -> None:
    """By each configuration."""
    trio = connect("s3", **arguments)
    for name in ("s3 get", "s3 put", "s3 dots", "s3 list"):
        _, operation, given = CALLS[name]
        theirs, *ours = sign(trio, operation, given)
        assert ours == [theirs] * 2


@pytest.mark.parametrize("name", ["s3 get", "lambda", "sts"])
def test_urls_of_nobody(connect: Callable[..., Trio], name: str) -> None:
    """Without credentials there is nothing to sign with."""
    service, operation, given = CALLS[name]
    nobody = dict.fromkeys(ARGUMENTS) | {"region_name": "us-east-1"}

    theirs, *ours = sign(connect(service, **nobody), operation, given)

    assert ours == [theirs] * 2
    assert theirs[0] is NoCredentialsError


def test_what_cannot_be_signed(trios: Trios) -> None:
    """A bearer's token is no signature, and bodies that are no JSON have no place."""
    for service, operation, given in (
        ("codecatalyst", "ListSpaces", {}),
        ("eventbridgev2", "ListEventBuses", {"MaxResults": 1}),
        ("iot-data", "Publish", {"topic": "t", "payload": b"\xff"}),
    ):
        theirs, *ours = sign(trios(service), operation, given)

        assert ours == [theirs] * 2
        assert isinstance(theirs, tuple)


@pytest.mark.parametrize("path", ["direct", "plain"])
def test_requests_that_break_a_rule(trios: Trios, path: str) -> None:
    """They are not signed."""
    trio = trios("s3")
    client = trio.ours[path]
    request = trio.package.GetObjectRequest(bucket="parcels", key="k")
    request.key = ""
    with pytest.raises(ValidationError, match="key"):
        client.generate_presigned_url(request)
    request = trio.package.GetObjectRequest(bucket="a b", key="k")
    with pytest.raises(ValidationError, match="Invalid bucket name"):
        client.generate_presigned_url(request)
    other = trios("lambda").package.InvocationRequest(function_name="f")
    with pytest.raises(TypeError, match="expected a request object of"):
        client.generate_presigned_url(other)


def test_calls_after_urls(connect: Callable[..., Trio]) -> None:
    """Signing a URL leaves nothing behind."""
    trio = connect("s3")
    before, *_ = sign(trio, "GetObject", KEY)

    trio.call("GetObject", KEY)
    trio.expect()
    after, *ours = sign(trio, "GetObject", KEY)

    assert [after, *ours] == [before] * 3


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ({}, {}),
        (
            {
                "Fields": {"acl": "public-read"},
                "Conditions": [
                    {"acl": "public-read"},
                    ["content-length-range", 1, 1024],
                ],
                "ExpiresIn": 60,
            },
            {
                "fields": {"acl": "public-read"},
                "conditions": [
                    {"acl": "public-read"},
                    ["content-length-range", 1, 1024],
                ],
                "expires_in": 60,
            },
        ),
    ],
)
@pytest.mark.parametrize("key", ["é", "uploads/${filename}"])
@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"aws_session_token": "session-token"},
        {"config": Config(signature_version="s3v4")},
        {"config": Config(s3={"addressing_style": "path"}), "region_name": "eu-west-1"},
    ],
)
def test_forms(
    connect: Callable[..., Trio],
    theirs: dict[str, Any],
    ours: dict[str, Any],
    key: str,
    arguments: dict[str, Any],
) -> None:
    """The same form as botocore's client signs; what was given is not touched."""
    trio = connect("s3", **arguments)
    given = repr(ours)

    expected = trio.theirs.generate_presigned_post("parcels", key, **theirs)
    for client in trio.ours.values():
        made = client.generate_presigned_post(bucket="parcels", key=key, **ours)
        assert {"url": made.url, "fields": made.fields} == expected
    assert repr(ours) == given


def test_forms_of_nobody(connect: Callable[..., Trio]) -> None:
    """As with URLs."""
    nobody = dict.fromkeys(ARGUMENTS) | {"region_name": "us-east-1"}
    trio = connect("s3", **nobody)
    for client in trio.ours.values():
        with pytest.raises(NoCredentialsError):
            client.generate_presigned_post(bucket="parcels", key="k")


@pytest.mark.parametrize("region", [None, "eu-west-1"])
def test_tokens_of_rds(trios: Trios, region: str | None) -> None:
    """What a database takes for a password."""
    trio = trios("rds")
    expected = trio.theirs.generate_db_auth_token("host", 5432, "me", region)
    for client in trio.ours.values():
        token = client.generate_db_auth_token(
            db_hostname="host", port=5432, db_username="me", region=region
        )
        assert token == expected


@pytest.mark.parametrize("region", [None, "eu-west-1"])
@pytest.mark.parametrize("expires", [900, 60])
@pytest.mark.parametrize("kind", ["", "_admin"])
def test_tokens_of_dsql(
    trios: Trios, region: str | None, expires: int, kind: str
) -> None:
    """What a cluster does."""
    trio = trios("dsql")
    method = f"generate_db_connect{kind}_auth_token"
    expected = getattr(trio.theirs, method)("host", region, expires)
    for client in trio.ours.values():
        token = getattr(client, method)(
            hostname="host", region=region, expires_in=expires
        )
        assert token == expected


def test_signers_for_other_services(trios: Trios) -> None:
    """Neptune and DocumentDB, and all others, sign no tokens, as in botocore."""
    for service in ("neptune", "docdb", "lambda"):
        for client in trios(service).clients:
            assert not hasattr(client, "generate_db_auth_token")
            assert not hasattr(client, "generate_presigned_post")
