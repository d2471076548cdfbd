"""Members outside the body, in the services whose models have the rarer kinds."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.contract.behaviours.network import Answer
from tests.contract.behaviours.trio import Trio

from botosmith.runtime import ReplyError, ValidationError

Trios = Callable[[str], Trio]

ARN = "arn:aws:lambda:us-east-1:123456789012:function:f"

MOMENT = datetime(2024, 2, 29, 10, 30, 15, 123456, tzinfo=UTC)


def encode(value: Any) -> str:
    """A JSON value as headers have it."""
    return base64.b64encode(json.dumps(value, separators=(",", ":")).encode()).decode()


def test_labels_a_map_in_the_query_and_a_header(trios: Trios) -> None:
    """API Gateway has the keys of a map for names in the query string."""
    call = trios("apigateway").call(
        "GetExport",
        {
            "restApiId": "a/b c",
            "stageName": "prod",
            "exportType": "oas30",
            "parameters": {"extensions": "a,b", "x y": "%&="},
            "accepts": "application/yaml",
        },
        Answer(
            b"openapi: 3",
            headers={"Content-Type": "text/yaml", "content-disposition": "inline"},
        ),
    )

    assert call.request.path == "/restapis/a%2Fb%20c/stages/prod/exports/oas30"
    assert call.request.query == {"extensions": ["a,b"], "x y": ["%&="]}
    assert call.request.headers["accept"] == "application/yaml"
    assert (call.reply.content_type, call.reply.content_disposition) == (
        "text/yaml",
        "inline",
    )


def test_a_body_of_bytes_beside_a_query(trios: Trios) -> None:
    """The URI has a query of its own, to which members are added."""
    call = trios("apigateway").call(
        "ImportRestApi",
        {"failOnWarnings": True, "parameters": {"a": "b"}, "body": b"\x00\xff"},
        Answer({"id": "x", "createdDate": 1.5}, 201),
    )

    assert call.request.query == {
        "mode": ["import"],
        "failonwarnings": ["true"],
        "a": ["b"],
    }
    assert call.request.body == b"\x00\xff"
    assert "content-type" not in call.request.headers


def test_headers_by_a_prefix_both_ways(trios: Trios) -> None:
    """Data Exchange sends a map as headers, and gives all headers of a reply."""
    call = trios("dataexchange").call(
        "SendApiAsset",
        {
            "Body": "grüß",
            "AssetId": "a",
            "DataSetId": "d",
            "RevisionId": "r",
            "QueryStringParameters": {"q": "é"},
            "RequestHeaders": {"Accept": "text/plain", "x": ""},
            "Method": "PUT",
        },
        Answer("grüß".encode(), headers={"X-One": "1", "Content-Type": "text/plain"}),
    )

    assert call.request.headers["x-amzn-dataexchange-header-accept"] == "text/plain"
    assert call.request.headers["x-amzn-dataexchange-header-x"] == ""
    assert call.request.body == "grüß".encode()
    assert call.reply.body == "grüß"
    assert call.reply.response_headers == {"X-One": "1", "Content-Type": "text/plain"}


def test_a_map_of_lists_in_the_query(trios: Trios) -> None:
    """Each key as often as its list has items."""
    call = trios("amp").call(
        "ListScrapers",
        {"filters": {"alias": ["a", "b c"], "status": ["ACTIVE"]}, "maxResults": 1},
        Answer({"scrapers": [], "nextToken": ""}),
    )

    assert call.request.query == {
        "alias": ["a", "b c"],
        "status": ["ACTIVE"],
        "maxResults": ["1"],
    }
    assert (call.reply.scrapers, call.reply.next_token) == ([], "")


@pytest.mark.parametrize(
    ("service", "operation", "given", "written"),
    [
        (
            "groundstation",
            "ListGroundStationReservations",
            {"groundStationId": "Ohio 1", "startTime": MOMENT, "endTime": MOMENT},
            {"startTime": ["1709202615.123456"], "endTime": ["1709202615.123456"]},
        ),
        (
            "application-signals",
            "ListServices",
            {"StartTime": MOMENT, "EndTime": MOMENT.replace(microsecond=0)},
            {
                "StartTime": ["2024-02-29T10:30:15.123456Z"],
                "EndTime": ["2024-02-29T10:30:15Z"],
            },
        ),
        (
            "geo-maps",
            "GetStaticMap",
            {"FileName": "map", "Height": 64, "Width": 64, "Zoom": 1, "Radius": 5},
            {"height": ["64"], "width": ["64"], "zoom": ["1"], "radius": ["5"]},
        ),
        (
            "geo-maps",
            "GetStaticMap",
            {"FileName": "map", "Height": 64, "Width": 64, "Zoom": 0.1},
            {"height": ["64"], "width": ["64"], "zoom": ["0.1"]},
        ),
        (
            "lambda",
            "UntagResource",
            {"Resource": ARN, "TagKeys": ["a", "b c"]},
            {"tagKeys": ["a", "b c"]},
        ),
    ],
)
def test_queries_of_rarer_types(
    trios: Trios, service: str, operation: str, given: Any, written: Any
) -> None:
    """Timestamps in the formats of the models, floats, lists."""
    assert trios(service).call(operation, given).request.query == written


@pytest.mark.parametrize(
    ("service", "operation", "given", "written"),
    [
        (
            "connect",
            "UpdateTestCase",
            {"InstanceId": "i", "TestCaseId": "t", "LastModifiedTime": MOMENT},
            {"x-amz-last-modified-time": "Thu, 29 Feb 2024 10:30:15 GMT"},
        ),
        (
            "entityresolution",
            "BatchDeleteUniqueId",
            {"workflowName": "w", "uniqueIds": ["a", "b,c", '"d"']},
            {"uniqueids": 'a,"b,c","\\"d\\""'},
        ),
        (
            "appconfig",
            "StopDeployment",
            {
                "ApplicationId": "a",
                "EnvironmentId": "e",
                "DeploymentNumber": 0,
                "AllowRevert": False,
            },
            {"allow-revert": "false"},
        ),
    ],
)
def test_headers_of_rarer_types(
    trios: Trios, service: str, operation: str, given: Any, written: Any
) -> None:
    """Timestamps, lists with quotes, booleans."""
    headers = trios(service).call(operation, given).request.headers

    assert {name: headers[name] for name in written} == written


@pytest.mark.parametrize(
    "attributes",
    [{"a": "b"}, {}, [], ["é", 1.5, None], "text", 0, False, {"a": {"b": [True]}}],
)
def test_json_in_headers(trios: Trios, attributes: Any) -> None:
    """Any JSON value goes out as base64, and comes back as a value."""
    call = trios("lex-runtime").call(
        "PostContent",
        {
            "botName": "b",
            "botAlias": "a",
            "userId": "me",
            "contentType": "text/plain; charset=utf-8",
            "inputStream": b"hello",
            "sessionAttributes": attributes,
        },
        Answer(
            b"",
            headers={
                "x-amz-lex-session-attributes": encode(attributes),
                "x-amz-lex-slots": encode({"slot": None}),
                "x-amz-lex-intent-name": "Order",
            },
        ),
    )

    sent = call.request.headers["x-amz-lex-session-attributes"]
    assert sent == encode(attributes)
    assert call.reply.session_attributes == attributes
    assert call.reply.slots == {"slot": None}


def test_json_in_a_header_of_an_operation_without_a_body(trios: Trios) -> None:
    """IoT's user properties, on the wire code's own path but for the body."""
    call = trios("iot-data").call(
        "Publish",
        {
            "topic": "a/b",
            "qos": 0,
            "retain": False,
            "payload": b"\x00",
            "userProperties": [{"k": "v"}, {"k": "é"}],
            "payloadFormatIndicator": "UTF8_DATA",
        },
    )

    headers = call.request.headers
    assert headers["x-amz-mqtt5-user-properties"] == encode([{"k": "v"}, {"k": "é"}])
    assert call.request.path == "/topics/a%2Fb"
    assert call.request.query == {"qos": ["0"], "retain": ["false"]}


def test_json_in_a_header_that_is_none(trios: Trios) -> None:
    """botocore trips over it; ours tell so, with an error of their own."""
    call = trios("lex-runtime").call(
        "PutSession",
        {"botName": "b", "botAlias": "a", "userId": "me", "sessionAttributes": {}},
        Answer(b"audio", headers={"x-amz-lex-session-attributes": "!"}),
    )

    assert isinstance(call.error, ReplyError)


@pytest.mark.parametrize("key", ["a/b//c", "/a", "a/../b", "a b+c%20é", "~", ".", "?#"])
def test_greedy_keys(trios: Trios, key: str) -> None:
    """Slashes of an S3 key stay, all else is escaped; dots are not steps up."""
    s3 = trios("s3").call("HeadObject", {"Bucket": "parcels", "Key": key})
    store = trios("mediastore-data").call("DescribeObject", {"Path": key})

    assert s3.request.path.count("/") == store.request.path.count("/")


def test_metadata_as_headers_both_ways(trios: Trios) -> None:
    """S3's user-defined metadata, and members of all sorts beside it."""
    call = trios("s3").call(
        "HeadObject",
        {
            "Bucket": "parcels",
            "Key": "k",
            "IfModifiedSince": MOMENT,
            "ResponseExpires": MOMENT,
            "PartNumber": 1,
        },
        Answer(
            headers={
                "x-amz-meta-one": "1",
                "X-Amz-Meta-Two": "zwei",
                "Last-Modified": "Thu, 29 Feb 2024 10:30:15 GMT",
                "x-amz-object-lock-retain-until-date": "2024-02-29T10:30:15.123Z",
                "Content-Length": "7",
                "x-amz-delete-marker": "true",
                "x-amz-missing-meta": "0",
                "ETag": '"e"',
            }
        ),
    )

    headers = call.request.headers
    assert headers["if-modified-since"] == "Thu, 29 Feb 2024 10:30:15 GMT"
    assert call.request.query["response-expires"] == ["Thu, 29 Feb 2024 10:30:15 GMT"]
    assert call.reply.metadata == {"one": "1", "Two": "zwei"}
    assert call.reply.content_length == 7
    assert call.reply.delete_marker is True


def test_a_policy_as_the_body(trios: Trios) -> None:
    """A text that is a whole body, both ways."""
    put = trios("s3").call("PutBucketPolicy", {"Bucket": "parcels", "Policy": "{é}"})
    got = trios("s3").call(
        "GetBucketPolicy", {"Bucket": "parcels"}, Answer("{é}".encode())
    )
    empty = trios("s3").call("GetBucketPolicy", {"Bucket": "parcels"}, Answer(b""))

    assert put.request.body == "{é}".encode()
    assert got.reply.policy == "{é}"
    assert empty.reply.policy == ""


@pytest.mark.parametrize("card", [{"name": "a", "skills": [1, None]}, [], "x", 1.5])
def test_a_document_as_the_body(trios: Trios, card: Any) -> None:
    """Any JSON value may be a whole body."""
    call = trios("bedrock-agentcore").call(
        "GetAgentCard",
        {"agentRuntimeArn": "arn:aws:x/y", "runtimeSessionId": "s" * 33},
        Answer(card, 203, {"X-Amzn-Bedrock-AgentCore-Runtime-Session-Id": "s"}),
    )

    assert call.reply.agent_card == card
    assert call.reply.status_code == 203
    assert call.reply.runtime_session_id == "s"


def test_labels_that_are_left_out_are_told(trios: Trios) -> None:
    """Before anything is sent."""
    call = trios("lambda").call("UntagResource", {"TagKeys": []})

    assert isinstance(call.error, ValidationError)
    assert call.requests == ()
