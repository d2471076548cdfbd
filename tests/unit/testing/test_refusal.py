"""The stand-in refuses what the service would refuse."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from typing import Any

import botocore.auth
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

from botosmith.testing import StandIn

HEADERS = {
    "Content-Type": "application/x-amz-json-1.1",
    "X-Amz-Target": "SageMaker.DescribeModel",
}
BODY = b'{"ModelName": "a"}'


def sign(
    standin: StandIn, body: bytes = BODY, **headers: str
) -> tuple[dict[str, str], bytes]:
    """Headers that botocore's signer makes for a body, and the body."""
    arguments = standin.arguments
    key = arguments["aws_access_key_id"], arguments["aws_secret_access_key"]
    signer = SigV4Auth(Credentials(*key), "sagemaker", "us-east-1")
    given = HEADERS | {name.replace("_", "-"): text for name, text in headers.items()}
    request = AWSRequest("POST", standin.url + "/", given, body)
    signer.add_auth(request)
    return dict(request.headers.items()), body


def send(
    standin: StandIn, headers: dict[str, str], body: bytes, path: str = "/"
) -> tuple[int, dict[str, Any]]:
    """The status and the document of the reply to a raw request."""
    connection = HTTPConnection(standin.url.removeprefix("http://"))
    connection.request("POST", path, body, headers)
    response = connection.getresponse()
    document = json.loads(response.read())
    connection.close()
    return response.status, document


def assert_refused(
    reply: tuple[int, dict[str, Any]], status: int, code: str, message: str = ""
) -> None:
    """A reply is an error as AWS writes it, and the call is kept as refused."""
    assert (reply[0], reply[1]["__type"]) == (status, code)
    assert message in reply[1]["message"]


def test_a_raw_signed_request_passes(standin: StandIn) -> None:
    """The request that the tests below spoil is right before."""
    status, document = send(standin, *sign(standin))
    assert (status, document["ModelName"]) == (200, "a")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"aws_secret_access_key": "wrong"}, "SignatureDoesNotMatch"),
        ({"aws_access_key_id": "AKIDUNKNOWN"}, "UnrecognizedClientException"),
        ({"region_name": "eu-west-1"}, "SignatureDoesNotMatch"),
    ],
)
def test_another_key_or_region_is_refused(
    arguments: dict[str, str], code: str, standin: StandIn, connect: Any
) -> None:
    """botocore raises what the stand-in answers; the call is kept, unanswered."""
    with pytest.raises(ClientError) as caught:
        connect(**arguments).list_models()

    (call,) = standin.calls
    response: Any = caught.value.response
    assert response["Error"]["Code"] == code
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 403
    assert (call.operation, call.parameters, call.status) == ("ListModels", None, 403)


def test_a_session_token_is_part_of_the_signature(
    standin: StandIn, connect: Any
) -> None:
    """Temporary credentials pass; their token is signed."""
    temporary = {"aws_session_token": "temporary"}
    connect(**temporary).list_models()

    (call,) = standin.calls
    assert call.status == 200
    assert call.headers["x-amz-security-token"] == "temporary"
    assert "x-amz-security-token" in call.headers["authorization"]


def test_tampering_is_noticed(standin: StandIn) -> None:
    """Body, path, headers: whatever is signed may not change."""
    headers, body = sign(standin)
    code = "SignatureDoesNotMatch"

    assert_refused(send(standin, headers, body.replace(b"a", b"b")), 403, code)
    moved = headers | {"X-Amz-Target": "SageMaker.DeleteModel"}
    assert_refused(send(standin, moved, body), 403, code)
    added = headers | {"X-Amz-Security-Token": "token"}
    assert_refused(send(standin, added, body), 403, code, "x-amz-security-token")
    fewer = {name: text for name, text in headers.items() if name != "Content-Type"}
    assert_refused(send(standin, fewer, body), 403, code, "absent: content-type")
    digest = sign(standin, X_Amz_Content_SHA256="0" * 64)
    assert_refused(send(standin, *digest), 403, code, "not the digest")


def test_a_signature_must_be_there_and_whole(standin: StandIn) -> None:
    """Unsigned, and signed by another scheme."""
    code = "MissingAuthenticationToken"
    assert_refused(send(standin, HEADERS, BODY), 403, code)
    basic = HEADERS | {"Authorization": "Basic YTpi"}
    assert_refused(send(standin, basic, BODY), 403, "IncompleteSignature", "Basic")
    headers, body = sign(standin)
    undated = headers | {"X-Amz-Date": "yesterday"}
    assert_refused(
        send(standin, undated, body), 403, "IncompleteSignature", "'yesterday'"
    )


@pytest.mark.parametrize("minutes", [-16, 16])
def test_a_stale_signature_is_refused(
    minutes: int, standin: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A signature holds for a quarter of an hour, whichever clock is wrong."""
    moment = datetime.now(UTC) + timedelta(minutes=minutes)
    monkeypatch.setattr(botocore.auth, "get_current_datetime", lambda: moment)
    headers, body = sign(standin)
    monkeypatch.undo()

    refused = send(standin, headers, body)
    assert_refused(refused, 403, "SignatureDoesNotMatch", "Signature expired")


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/", "SageMaker.Nothing"),
        ("/", "Other.DescribeModel"),
        ("/", "DescribeModel"),
        ("/x", "SageMaker.DescribeModel"),
    ],
)
def test_an_unknown_operation_is_refused(
    path: str, target: str, standin: StandIn
) -> None:
    """Name, prefix and path must be right."""
    headers, body = sign(standin, X_Amz_Target=target)

    reply = send(standin, headers, body, path)
    assert_refused(reply, 404, "UnknownOperationException", target)
    assert standin.calls[0].operation is None


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff", b"[]", b"null", b'{"a": NaN}', b"[" * 100_000]
)
def test_a_body_must_be_a_json_object(body: bytes, standin: StandIn) -> None:
    """Nothing, half, no text, another value, no JSON number, too deep."""
    reply = send(standin, *sign(standin, body))
    assert_refused(reply, 400, "SerializationException")
    assert standin.calls[0].operation == "DescribeModel"
    assert standin.calls[0].body == body


def test_the_content_type_must_be_that_of_the_protocol(standin: StandIn) -> None:
    """JSON of another version is another protocol."""
    headers, body = sign(standin, Content_Type="application/x-amz-json-1.0")
    code = "UnsupportedMediaTypeException"
    assert_refused(send(standin, headers, body), 415, code, "json-1.0")


@pytest.mark.parametrize(
    ("operation", "document", "problem"),
    [
        ("DescribeModel", {}, 'Missing required parameter in input: "ModelName"'),
        ("DescribeModel", {"ModelName": None}, "Invalid type for parameter ModelName"),
        ("DescribeModel", {"ModelName": 1}, "Invalid type for parameter ModelName"),
        (
            "DescribeModel",
            {"ModelName": "a", "More": 1},
            "More: DescribeModelInput has",
        ),
        ("DescribeModel", {"ModelName": "a" * 64}, "the length 64 is above 63"),
        ("ListModels", {"MaxResults": 0}, "value: 0, valid min value: 1"),
        ("ListModels", {"MaxResults": 101}, "MaxResults: the value 101 is above 100"),
        ("ListModels", {"MaxResults": True}, "MaxResults: True is not a number"),
        ("ListModels", {"MaxResults": 1.0}, "Invalid type for parameter MaxResults"),
        (
            "ListModels",
            {"CreationTimeAfter": "2015"},
            "'2015' is not a valid",
        ),
        ("ListModels", {"CreationTimeAfter": True}, "True is not a valid timestamp"),
        ("ListModels", {"CreationTimeAfter": 1e300}, "1e+300 is not a valid timestamp"),
        (
            "AddTags",
            {"ResourceArn": "a", "Tags": [{"Key": ""}]},
            "parameter in Tags[0]",
        ),
        (
            "AddTags",
            {"ResourceArn": "a", "Tags": [{"Key": "k", "Value": "v" * 257}]},
            "Tags[0].Value: the length 257 is above 256",
        ),
        (
            "CreateModel",
            {"ModelName": "a", "PrimaryContainer": {"Environment": {"k" * 1025: "v"}}},
            "is above 1024",
        ),
    ],
)
def test_wrong_parameters_are_listed(
    operation: str, document: dict[str, Any], problem: str, standin: StandIn
) -> None:
    """botocore's rules, upper bounds, and what its validator is too kind for."""
    target = f"SageMaker.{operation}"
    body = json.dumps(document).encode()

    reply = send(standin, *sign(standin, body, X_Amz_Target=target))
    assert_refused(reply, 400, "ValidationException", problem)
    assert standin.calls[0].parameters is None


def test_all_problems_are_listed(standin: StandIn) -> None:
    """One reply for all that is wrong."""
    body = json.dumps({"MaxResults": 0, "CreationTimeAfter": "", "More": 1}).encode()

    reply = send(standin, *sign(standin, body, X_Amz_Target="SageMaker.ListModels"))
    assert len(reply[1]["message"].splitlines()) == 3
