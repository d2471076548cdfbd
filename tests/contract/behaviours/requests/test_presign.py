"""URLs, forms and tokens that are signed for somebody else to use."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from botocore import UNSIGNED, xform_name
from botocore.config import Config
from botocore.exceptions import NoCredentialsError
from tests.contract.behaviours.trio import ARGUMENTS, Trio
from tests.contract.behaviours.value import arrange, make

from botosmith.runtime import ValidationError

Trios = Callable[[str], Trio]

KEY = {"Bucket": "parcels", "Key": "a b/é"}

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
    "lambda": ("lambda", "Invoke", {"FunctionName": "f", "InvocationType": "Event"}),
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
    "dynamodb": ("dynamodb", "ListTables", {"Limit": 5}),
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
    "how",
    [
        {"ExpiresIn": 1},
        {"ExpiresIn": 604_800},
        {"HttpMethod": "HEAD"},
        {"HttpMethod": "put"},
    ],
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
    """A bearer's token is not a signature: botocore refuses, and so do we."""
    theirs, *ours = sign(trios("codecatalyst"), "ListSpaces", {})

    assert ours == [theirs] * 2
    assert isinstance(theirs, tuple)


#: Lifetimes that no signature may have, and what is wrong with them.
LIFETIMES = {
    -5: "below the minimum",
    0: "below the minimum",
    604_801: "above the maximum",
    timedelta(0): "below the minimum",
    timedelta(hours=-1): "below the minimum",
    timedelta(days=7, seconds=1): "above the maximum",
    timedelta(milliseconds=1500): "not a whole number of seconds",
    1.5: "neither an integer",
    "60": "neither an integer",
    None: "neither an integer",
}


@pytest.mark.parametrize(
    ("lifetime", "rule"), [*LIFETIMES.items(), (True, "neither an integer")]
)
@pytest.mark.parametrize("serializer", ["generated", "botocore"])
def test_lifetimes_that_are_refused(
    trios: Trios, serializer: str, lifetime: Any, rule: str
) -> None:
    """URLs, forms and tokens take whole seconds, from 1 to 7 days."""
    s3, dsql = trios("s3"), trios("dsql")
    request = s3.package.GetObjectRequest(bucket="parcels", key="k")
    signs: list[Callable[[], object]] = [
        lambda: s3.ours[serializer].generate_presigned_url(
            request, expires_in=lifetime
        ),
        lambda: s3.ours[serializer].generate_presigned_post(
            bucket="b", key="k", expires_in=lifetime
        ),
        lambda: dsql.ours[serializer].generate_db_connect_auth_token(
            hostname="h", expires_in=lifetime
        ),
        lambda: dsql.ours[serializer].generate_db_connect_admin_auth_token(
            hostname="h", expires_in=lifetime
        ),
    ]

    for sign_it in signs:
        with pytest.raises(ValidationError, match=rule) as caught:
            sign_it()
        (violation,) = caught.value.violations
        assert (violation.path, violation.value) == ("expires_in", lifetime)


def test_a_timedelta_is_its_seconds(trios: Trios) -> None:
    """As a number of seconds is."""
    s3, dsql, sts = trios("s3"), trios("dsql"), trios("sts")
    request = sts.package.GetCallerIdentityRequest()
    for serializer in ("generated", "botocore"):
        url, post, token = (
            [sign_it(expires_in=lifetime) for lifetime in (3600, timedelta(hours=1))]
            for sign_it in (
                partial(sts.ours[serializer].generate_presigned_url, request),
                partial(
                    s3.ours[serializer].generate_presigned_post, bucket="b", key="k"
                ),
                partial(
                    dsql.ours[serializer].generate_db_connect_auth_token, hostname="h"
                ),
            )
        )

        assert "X-Amz-Expires=3600&" in url[0]
        assert url[0] == url[1]
        assert post[0] == post[1]
        assert token[0] == token[1]


@pytest.mark.parametrize("method", ["FOO", "", " GET", "GET\n", "G T", 5, b"GET"])
@pytest.mark.parametrize("serializer", ["generated", "botocore"])
def test_methods_that_are_refused(trios: Trios, serializer: str, method: Any) -> None:
    """All that is wrong is told at once, beside the methods that there are."""
    trio = trios("s3")
    request = trio.package.GetObjectRequest(bucket="parcels", key="k")

    with pytest.raises(ValidationError, match="expected one of DELETE, GET") as caught:
        trio.ours[serializer].generate_presigned_url(
            request, expires_in=-5, http_method=method
        )

    paths = [violation.path for violation in caught.value.violations]
    assert paths == ["expires_in", "http_method"]


def _holder() -> Any:
    return {"Name": "a.b", "CallerReference": "x", "HostedZoneConfig": {"Comment": "c"}}


#: Requests with a body that a URL cannot carry, and the members that are in the way.
BODIES: dict[str, tuple[str, str, dict[str, Any], list[str]]] = {
    "bytes": (
        "iot-data",
        "Publish",
        {"topic": "t", "payload": b"\xff"},
        ["payload"],
    ),
    "text that is not JSON": (
        "sagemaker-runtime",
        "InvokeEndpoint",
        {"EndpointName": "e", "Body": b"1,2", "ContentType": "text/csv"},
        ["body"],
    ),
    "JSON that is not an object": (
        "lambda",
        "Invoke",
        {"FunctionName": "f", "Payload": b"[1, 2]"},
        ["payload"],
    ),
    "a JSON object, which botocore takes for parameters": (
        "lambda",
        "Invoke",
        {"FunctionName": "f", "Payload": b'{"a": 1}'},
        ["payload"],
    ),
    "a file": (
        "lambda",
        "Invoke",
        {"FunctionName": "f", "Payload": io.BytesIO(b"{}")},
        ["payload"],
    ),
    "an object of S3": ("s3", "PutObject", KEY | {"Body": b"hello"}, ["body"]),
    "XML": (
        "route53",
        "CreateHostedZone",
        _holder(),
        ["name", "caller_reference", "hosted_zone_config"],
    ),
    "XML of S3": (
        "s3",
        "CompleteMultipartUpload",
        KEY | {"UploadId": "u", "MultipartUpload": {"Parts": [{"PartNumber": 1}]}},
        ["multipart_upload"],
    ),
    "CBOR": ("eventbridgev2", "ListEventBuses", {"MaxResults": 1}, ["max_results"]),
    "no signature, JSON": (
        "cognito-identity",
        "GetId",
        {"IdentityPoolId": "us-east-1:1"},
        ["identity_pool_id"],
    ),
    "no signature, a form": (
        "sts",
        "AssumeRoleWithWebIdentity",
        {"RoleArn": "a" * 20, "RoleSessionName": "me", "WebIdentityToken": "hunter2"},
        ["role_arn", "role_session_name", "web_identity_token"],
    ),
    "CBOR without members": ("eventbridgev2", "ListEventBuses", {}, ["ListEventBuses"]),
    "objects in JSON": (
        "dynamodb",
        "GetItem",
        {"TableName": "t", "Key": {"k": {"S": "v"}}},
        ["key"],
    ),
    "objects in a list": (
        "sagemaker-featurestore-runtime",
        "PutRecord",
        {
            "FeatureGroupName": "g",
            "Record": [{"FeatureName": "a", "ValueAsString": "b"}],
        },
        ["record"],
    ),
    "objects in a payload": (
        "pinpoint",
        "CreateApp",
        {"CreateApplicationRequest": {"Name": "n", "tags": {"a": "b"}}},
        ["create_application_request"],
    ),
}


@pytest.mark.parametrize("name", BODIES)
def test_bodies_that_urls_cannot_carry(trios: Trios, name: str) -> None:
    """Both serializers name the members, whichever way botocore would sign."""
    service, operation, given, members = BODIES[name]
    trio = trios(service)
    made = make(trio.package.OPERATIONS[operation].request, given)

    for client in trio.ours.values():
        with pytest.raises(ValidationError, match="a URL") as caught:
            client.generate_presigned_url(made)
        assert [found.path for found in caught.value.violations] == members


def test_members_of_a_payload_that_urls_carry(trios: Trios) -> None:
    """botocore makes query parameters of them."""
    theirs, *ours = sign(
        trios("pinpoint"), "CreateApp", {"CreateApplicationRequest": {"Name": "n"}}
    )

    assert ours == [theirs] * 2
    assert "Name=n" in theirs


def test_a_required_body_of_s3(connect: Callable[..., Trio]) -> None:
    """S3's old signature covers no body: the user of the URL sends it."""
    given = {"Bucket": "b", "Tagging": {"TagSet": [{"Key": "a", "Value": "b"}]}}

    theirs, *ours = sign(connect("s3"), "PutBucketTagging", given)

    assert ours == [theirs] * 2
    assert "Signature" in theirs

    trio = connect("s3", config=Config(signature_version="s3v4"))
    made = make(trio.package.OPERATIONS["PutBucketTagging"].request, given)
    for client in trio.ours.values():
        with pytest.raises(ValidationError, match="tagging: is sent in the"):
            client.generate_presigned_url(made)


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
def test_requests_that_break_a_rule(trios: Trios, serializer: str) -> None:
    """They are not signed."""
    trio = trios("s3")
    client = trio.ours[serializer]
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
    """The token that a database takes for a password."""
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
    """The token that a cluster takes."""
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
