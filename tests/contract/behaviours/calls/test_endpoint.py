"""Addresses of calls: the endpoint rules, with all that they ask for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import EndpointConnectionError
from tests.contract.behaviours.network import Answer
from tests.contract.behaviours.service import (
    import_operations,
    make_session,
    write_model,
)
from tests.contract.behaviours.trio import ONCE, Trio

Trios = Callable[[str], Trio]

STREAM = "arn:aws:kinesis:us-east-1:123456789012:stream/s"

TABLE = "arn:aws:dynamodb:us-east-1:123456789012:table/t"

KEY = {"k": {"S": "v"}}

PARTNER = {"PartnerEventSourceArn": "arn:aws:eventsv2:us-east-1::source/s"}

ACCOUNT = {"aws_account_id": "210987654321"}

#: Operations of each sort of rules, with what they need.
CALLS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "lambda": ("lambda", "Invoke", {"FunctionName": "f"}),
    "sts": ("sts", "GetCallerIdentity", {}),
    "iam": ("iam", "GetUser", {}),
    "s3": ("s3", "HeadObject", {"Bucket": "parcels", "Key": "k"}),
    "s3control": ("s3control", "GetPublicAccessBlock", {"AccountId": "1" * 12}),
    "dynamodb": ("dynamodb", "GetItem", {"TableName": "t", "Key": KEY}),
    "kinesis": ("kinesis", "PutRecord", {"Data": b"", "StreamARN": STREAM}),
    "cloudwatch": ("cloudwatch", "PutMetricData", {"Namespace": "n"}),
}


def _name_region(region: str | None) -> dict[str, Any]:
    return {"region_name": region}


@pytest.mark.parametrize(
    "name", ["lambda", "sts", "iam", "s3", "s3control", "dynamodb", "kinesis"]
)
@pytest.mark.parametrize(
    "arguments",
    [
        {"config": Config(use_fips_endpoint=True)},
        {"config": Config(use_dualstack_endpoint=True)},
        {"config": Config(use_fips_endpoint=True, use_dualstack_endpoint=True)},
        _name_region("cn-north-1"),
        _name_region("us-gov-west-1"),
        _name_region("eu-west-1"),
        _name_region("xx-brandnew-1"),
        _name_region("fips-us-west-2"),
        {"use_ssl": False},
        {"endpoint_url": "http://localhost:4566/base"},
    ],
    ids=[
        "fips",
        "dualstack",
        "both",
        "cn",
        "gov",
        "eu",
        "new",
        "pseudo",
        "http",
        "own",
    ],
)
def test_regions_and_variants(
    connect: Callable[..., Trio], name: str, arguments: dict[str, Any]
) -> None:
    """Each as botocore resolves it, or refuses it."""
    service, operation, given = CALLS[name]
    trio = connect(service, **arguments)

    call = trio.call(operation, given)

    if "endpoint_url" in arguments:
        assert call.request.host.endswith("localhost:4566")
        assert call.request.path.startswith("/base")
    for client in trio.ours.values():
        assert client.meta.endpoint_url == trio.theirs.meta.endpoint_url
        assert client.meta.region_name == trio.theirs.meta.region_name
        assert client.meta.partition == trio.theirs.meta.partition


@pytest.mark.parametrize(
    "region", [None, "", "bad region!", "us east 1", "aws-global", "US-EAST-1"]
)
@pytest.mark.parametrize("name", ["lambda", "iam", "s3", "sts"])
def test_regions_that_are_none(name: str, region: str | None) -> None:
    """The client is not made, by the same error as botocore's."""
    service, operation, given = CALLS[name]
    errors: list[tuple[type[Exception], str] | None] = []
    package = import_operations(service)
    session = make_session()

    def attempt(make: Callable[[], Any]) -> None:
        try:
            made = make()
        except Exception as error:  # noqa: BLE001 - it is what is compared
            errors.append((type(error), str(error)))
        else:
            made.close()
            errors.append(None)

    credentials = {"aws_access_key_id": "a", "aws_secret_access_key": "b"}
    arguments: Any = {"region_name": region, **credentials}
    attempt(lambda: session.create_client(service, **arguments))
    for serializer in ("generated", "botocore"):
        attempt(
            partial(package.Client, serializer=serializer, session=session, **arguments)
        )

    assert operation in package.OPERATIONS
    assert given is not None
    assert errors[1:] == [errors[0]] * 2


@pytest.mark.parametrize(
    ("service", "operation", "given", "host"),
    [
        # Static parameters.
        ("acm", "ListCertificates", {}, "acm"),
        ("kinesis", "PutRecord", {"Data": b"", "StreamName": "s"}, "kinesis"),
        # Members of the request.
        (
            "kinesis",
            "PutRecord",
            {"Data": b"", "StreamARN": STREAM},
            "123456789012.data-kinesis",
        ),
        (
            "kinesis",
            "SubscribeToShard",
            {
                "ConsumerARN": f"{STREAM}/consumer/c:1",
                "ShardId": "s",
                "StartingPosition": {"Type": "LATEST"},
            },
            "123456789012.data-kinesis",
        ),
        (
            "dynamodb",
            "GetItem",
            {"TableName": TABLE, "Key": KEY},
            "123456789012.ddb",
        ),
        # Members below it.
        (
            "dynamodb",
            "BatchGetItem",
            {"RequestItems": {TABLE: {"Keys": [KEY]}}},
            "123456789012.ddb",
        ),
        (
            "dynamodb",
            "BatchGetItem",
            {"RequestItems": {"t": {"Keys": [KEY]}, TABLE: {"Keys": [KEY]}}},
            None,
        ),
        (
            "dynamodb",
            "TransactGetItems",
            {"TransactItems": [{"Get": {"TableName": TABLE, "Key": KEY}}]},
            "123456789012.ddb",
        ),
        (
            "dynamodb",
            "TransactWriteItems",
            {
                "TransactItems": [
                    {"Put": {"TableName": TABLE, "Item": KEY}},
                    {"Delete": {"TableName": TABLE, "Key": KEY}},
                ]
            },
            None,
        ),
        (
            "dynamodb",
            "ImportTable",
            {
                "S3BucketSource": {"S3Bucket": "b"},
                "InputFormat": "CSV",
                "TableCreationParameters": {
                    "TableName": TABLE,
                    "AttributeDefinitions": [
                        {"AttributeName": "a", "AttributeType": "S"}
                    ],
                    "KeySchema": [{"AttributeName": "a", "KeyType": "HASH"}],
                },
            },
            "123456789012.ddb",
        ),
        ("dynamodb", "ListTables", {}, "dynamodb"),
        (
            "events",
            "PutEvents",
            {"Entries": [{"Source": "s"}], "EndpointId": "abc.def"},
            None,
        ),
        ("events", "PutEvents", {"Entries": [{"Source": "s"}]}, "events"),
        (
            "eventbridgev2",
            "CreateEventSource",
            {
                "Name": "n",
                "EventBusArn": "arn:aws:eventsv2:us-east-1:123456789012:bus/b",
                "Configuration": {"PartnerEventsConfiguration": PARTNER},
                "ClientToken": "t",
            },
            None,
        ),
        (
            "cloudfront-keyvaluestore",
            "GetKey",
            {
                "KvsARN": "arn:aws:cloudfront::123456789012:key-value-store/a",
                "Key": "k",
            },
            None,
        ),
        (
            "sqs",
            "SendMessage",
            {"QueueUrl": "https://elsewhere/1/n", "MessageBody": "b"},
            None,
        ),
    ],
)
def test_parameters_of_rules(
    trios: Trios,
    service: str,
    operation: str,
    given: dict[str, Any],
    host: str | None,
) -> None:
    """The rules get each part of a request that they ask for, at whatever depth."""
    answers = [Answer(b"\xa0")] if service == "eventbridgev2" else []
    call = trios(service).call(operation, given, *answers)

    if host is not None:
        assert call.request.host.startswith(f"{host}.")


@pytest.mark.parametrize("mode", ["preferred", "required", "disabled"])
@pytest.mark.parametrize("account", [{}, ACCOUNT], ids=["nobody", "account"])
@pytest.mark.parametrize("table", ["t", TABLE])
def test_endpoints_of_accounts(
    connect: Callable[..., Trio], mode: str, account: dict[str, str], table: str
) -> None:
    """The account is the client's, or that of the resource."""
    chosen: Any = mode
    config = Config(account_id_endpoint_mode=chosen)
    trio = connect("dynamodb", config=config, **account)

    given = {"TableName": table, "Key": KEY}
    call = trio.call("GetItem", given, Answer({"Item": KEY}))

    if mode == "preferred" and account:
        assert call.request.host[:12] in {"210987654321", "123456789012"}


BUCKETS = {
    "plain": "parcels",
    "dotted": "parcels.example",
    "upper": "Parcels",
    "underscore": "par_cels",
    "short": "ab",
    "point": "arn:aws:s3:us-east-1:123456789012:accesspoint/a",
    "point elsewhere": "arn:aws:s3:us-west-2:123456789012:accesspoint/a",
    "lambda": "arn:aws:s3-object-lambda:us-east-1:123456789012:accesspoint/a",
    "outpost": (
        "arn:aws:s3-outposts:us-east-1:123456789012:outpost/op-1/accesspoint/a"
    ),
    "alias": "a-1-s3alias",
    "outpost alias": "a-" + "0" * 34 + "e1234567890abcdef0--op-s3",
    "wrong": "arn:aws:s3:us-east-1:123456789012:bucket/b",
}


@pytest.mark.parametrize("bucket", BUCKETS.values(), ids=BUCKETS)
@pytest.mark.parametrize(
    "config",
    [
        {},
        {"s3": {"addressing_style": "path"}},
        {"s3": {"addressing_style": "virtual"}},
        {"s3": {"use_arn_region": True}},
        {"s3": {"use_arn_region": False}},
        {"s3": {"use_accelerate_endpoint": True}},
        {"s3": {"us_east_1_regional_endpoint": "legacy"}},
        {"use_dualstack_endpoint": True},
        {"use_fips_endpoint": True},
    ],
    ids=[
        "default",
        "path",
        "virtual",
        "their region",
        "our region",
        "accelerate",
        "legacy",
        "dualstack",
        "fips",
    ],
)
def test_buckets(
    configured: Callable[..., Trio], bucket: str, config: dict[str, Any]
) -> None:
    """Names and ARNs work in each style of address; other texts are refused."""
    trio = configured("s3", **config)

    trio.call("HeadObject", {"Bucket": bucket, "Key": "k"})


@pytest.fixture(scope="module")
def configured() -> Any:
    """Clients by their configuration, each made once."""
    made: dict[str, Trio] = {}

    def find(service: str, **config: Any) -> Trio:
        key = f"{service} {config}"
        if key not in made:
            made[key] = Trio.make(service, config=ONCE.merge(Config(**config)))
        return made[key]

    yield find
    for trio in made.values():
        trio.close()


@pytest.mark.parametrize(
    "variables",
    [
        {"AWS_ENDPOINT_URL": "http://all.example:1"},
        {"AWS_ENDPOINT_URL_S3": "http://s3.example:2"},
        {
            "AWS_ENDPOINT_URL": "http://all.example:1",
            "AWS_ENDPOINT_URL_S3": "http://s3.example:2",
        },
        {"AWS_ENDPOINT_URL_LAMBDA": "http://other.example:3"},
        {
            "AWS_ENDPOINT_URL": "http://all.example:1",
            "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true",
        },
        {"AWS_USE_FIPS_ENDPOINT": "true"},
        {"AWS_USE_DUALSTACK_ENDPOINT": "true"},
        {"AWS_S3_USE_ARN_REGION": "true"},
        {"AWS_DEFAULT_REGION": "eu-west-1"},
    ],
    ids="-".join,
)
@pytest.mark.parametrize("name", ["s3", "sts", "cloudwatch"])
def test_environment(
    connect: Callable[..., Trio],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    variables: dict[str, str],
) -> None:
    """Variables have their say."""
    for variable, value in variables.items():
        monkeypatch.setenv(variable, value)
    region = None if "AWS_DEFAULT_REGION" in variables else "us-east-1"
    service, operation, given = CALLS[name]
    trio = connect(service, session=make_session, region_name=region)

    call = trio.call(operation, given)

    if name == "s3" and "AWS_ENDPOINT_URL_S3" in variables:
        assert call.request.host.endswith("s3.example:2")


def test_configuration_files(
    connect: Callable[..., Trio], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As has the section of a service, and the profile."""
    config = tmp_path / "configured"
    config.write_text(
        "[profile shop]\nregion = eu-west-1\nservices = ours\n"
        "sts_regional_endpoints = legacy\nmax_attempts = 1\n"
        "s3 =\n  addressing_style = path\n  use_dualstack_endpoint = true\n"
        "[services ours]\nlambda =\n  endpoint_url = http://lambda.example:1\n"
        "cloudwatch =\n  endpoint_url = http://cloudwatch.example:2\n"
    )
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    monkeypatch.setenv("AWS_PROFILE", "shop")
    hosts: dict[str, str] = {}
    for name in ("lambda", "cloudwatch", "s3", "sts"):
        service, operation, given = CALLS[name]
        trio = connect(service, session=make_session, region_name=None)
        hosts[name] = trio.call(operation, given).request.host

    assert hosts["lambda"] == "lambda.example:1"
    assert hosts["cloudwatch"] == "cloudwatch.example:2"
    assert hosts["s3"] == "s3.dualstack.eu-west-1.amazonaws.com"


@pytest.mark.parametrize("url", ["", "localhost", "ftp://x", "http://", "http://a b"])
def test_urls_that_are_none(url: str) -> None:
    """botocore refuses them when the client is made."""
    package = import_operations("lambda")
    session = make_session()
    found: list[str] = []
    makers: list[Callable[..., Any]] = [
        partial(session.create_client, "lambda"),
        partial(package.Client, serializer="generated"),
        partial(package.Client, serializer="botocore"),
    ]
    for make in makers:
        try:
            client = make(region_name="us-east-1", endpoint_url=url)
        except ValueError as error:
            found.append(str(error))
        else:
            client.close()
            found.append(client.meta.endpoint_url)

    assert found[1:] == [found[0]] * 2


def test_a_host_that_nobody_is(connect: Callable[..., Trio]) -> None:
    """The network's error is botocore's."""
    trio = connect("lambda")

    call = trio.call(
        "Invoke",
        {"FunctionName": "f"},
        Answer(error=EndpointConnectionError(endpoint_url="https://nowhere/")),
    )

    assert type(call.error) is EndpointConnectionError


@pytest.mark.parametrize("protocol", ["json", "rest-json", "query"])
def test_a_model_without_rules(connect: Callable[..., Trio], protocol: str) -> None:
    """botocore then goes by its list of endpoints."""
    models = write_model(protocol, {"Ping": {}}, {}, rules=None)

    body = b"<R/>" if protocol == "query" else b""
    call = connect("parcels", models=models).call("Ping", {}, Answer(body))

    assert call.request.host == "parcels.us-east-1.amazonaws.com"
