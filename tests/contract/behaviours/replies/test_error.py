"""Errors: how each protocol tells them, and what becomes of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from botocore.exceptions import ClientError
from tests.contract.behaviours.document import PROTOCOLS, XML
from tests.contract.behaviours.network import Answer
from tests.contract.behaviours.service import write_model
from tests.contract.behaviours.trio import Call, Trio, share_trios

from botosmith.runtime import ServiceError
from botosmith.runtime.protocol.cbor import encode

Trios = Callable[[str], Trio]

CBOR = "smithy-rpc-v2-cbor"


def _located(shape: str, location: str, name: str) -> dict[str, Any]:
    return {"shape": shape, "location": location, "locationName": name}


def _make_model(protocol: str) -> Any:
    is_rest = protocol.startswith("rest-")
    headers = {
        "RetryAfter": _located("Whole", "header", "Retry-After"),
        "Since": _located("Moment", "header", "x-since"),
        "Flag": _located("Flag", "header", "x-flag"),
        "Status": _located("Whole", "statusCode", ""),
        "Prefixed": _located("TextMap", "headers", "x-p-"),
    }
    members = {
        "message": {"shape": "Text"},
        "Locker": {"shape": "Locker"},
        "Reasons": {"shape": "Reasons"},
        "Until": {"shape": "Moment"},
        "Count": {"shape": "Whole"},
    }
    raised = [{"shape": name} for name in ("LockerBusy", "LockerGone", "Capital")]
    return write_model(
        protocol,
        {"Open": {"output": {"shape": "Nothing"}, "errors": raised}},
        {
            "Text": {"type": "string"},
            "Whole": {"type": "integer"},
            "Flag": {"type": "boolean"},
            "Moment": {"type": "timestamp"},
            "TextMap": {
                "type": "map",
                "key": {"shape": "Text"},
                "value": {"shape": "Text"},
            },
            "Nothing": {"type": "structure", "members": {}},
            "Locker": {"type": "structure", "members": {"Id": {"shape": "Text"}}},
            "Reason": {"type": "string", "enum": ["full", "broken"]},
            "Reasons": {"type": "list", "member": {"shape": "Reason"}},
            "LockerBusy": {
                "type": "structure",
                "exception": True,
                "error": {"httpStatusCode": 409, "senderFault": True},
                "members": members | (headers if is_rest else {}),
            },
            "LockerGone": {
                "type": "structure",
                "exception": True,
                "error": {"code": "Parcels.Gone", "httpStatusCode": 410},
                "members": {},
            },
            "Capital": {
                "type": "structure",
                "exception": True,
                "members": {"Message": {"shape": "Text"}},
            },
        },
    )


@pytest.fixture(scope="module")
def find_clients() -> Iterator[Callable[[str], Trio]]:
    """Clients of the same service by its protocol."""
    with share_trios(_make_model) as find:
        yield find


@pytest.fixture(params=PROTOCOLS)
def parcels(
    request: pytest.FixtureRequest, find_clients: Callable[[str], Trio]
) -> Trio:
    """Clients of the service in each protocol."""
    return find_clients(request.param)


@pytest.fixture(params=sorted(set(PROTOCOLS) - XML))
def plain(request: pytest.FixtureRequest, find_clients: Callable[[str], Trio]) -> Trio:
    """Clients of the service in each protocol of JSON's kind."""
    return find_clients(request.param)


def tell(trio: Trio, code: str, **members: Any) -> bytes:
    """An error's body; of the members, XML has texts alone."""
    protocol = trio.package.Client._protocol
    if protocol == CBOR:
        if isinstance(members.get("Until"), float):
            members["Until"] = datetime.fromtimestamp(members["Until"], UTC)
        return encode({"__type": code, **members})
    if protocol not in XML:
        return json.dumps({"__type": code, **members}).encode()
    inner = f"<Code>{code}</Code>" + "".join(
        f"<{name}>{value}</{name}>" for name, value in members.items()
    )
    if protocol == "ec2":
        return (
            f"<Response><Errors><Error>{inner}</Error></Errors>"
            "<RequestID>r-1</RequestID></Response>"
        ).encode()
    return (
        f"<ErrorResponse><Error><Type>Sender</Type>{inner}</Error>"
        "<RequestId>r-1</RequestId></ErrorResponse>"
    ).encode()


def fail(trio: Trio, body: bytes, status: int = 400, **headers: Any) -> Call:
    """Make a call that ends with an error."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    call = trio.call("Open", {}, Answer(body, status, named))
    assert isinstance(call.error, ServiceError)
    assert isinstance(call.error, ClientError)
    assert call.error.response_metadata.status == status
    return call


def test_a_status_that_is_hardly_an_error(parcels: Trio) -> None:
    """botocore reads a reply, and then raises an error without a code."""
    assert fail(parcels, tell(parcels, "LockerBusy"), 300).error.code == ""


@pytest.mark.parametrize("status", [301, 400, 404, 409, 500, 503])
def test_errors_of_the_model(parcels: Trio, status: int) -> None:
    """By their code, whatever the status."""
    body = tell(parcels, "LockerBusy", message="é", Count=3)

    error = fail(parcels, body, status).error

    assert type(error) is parcels.package.LockerBusy
    assert error.message == "é"
    assert error.count == 3
    with pytest.raises(parcels.ours["generated"].exceptions.LockerBusy):
        raise error


def test_errors_with_a_code_of_their_own(parcels: Trio) -> None:
    """It is the service's, the class has the shape's name."""
    error = fail(parcels, tell(parcels, "Parcels.Gone")).error

    assert type(error) is parcels.package.LockerGone
    assert error.code == "Parcels.Gone"
    fail(parcels, tell(parcels, "LockerGone"))


def test_capital_messages(parcels: Trio) -> None:
    """Both spellings are the message."""
    assert fail(parcels, tell(parcels, "Capital", Message="M")).error.message == "M"
    fail(parcels, tell(parcels, "Capital", message="m"))
    fail(parcels, tell(parcels, "LockerBusy", Message="M"))


def test_errors_that_the_model_does_not_know(parcels: Trio) -> None:
    """They are the service's root."""
    error = fail(parcels, tell(parcels, "BrandNew", message="m", New="n")).error

    assert type(error) is parcels.package.ParcelsError
    assert error.code == "BrandNew"


MEMBERS: dict[str, Any] = {
    "message": "m",
    "Locker": {"Id": "1", "New": 1},
    "Reasons": ["full", "new"],
    "Until": 1.5,
    "Count": 0,
}


def test_members(plain: Trio) -> None:
    """Errors of every sort come as objects."""
    error = fail(plain, tell(plain, "LockerBusy", **MEMBERS)).error

    assert error.locker == plain.package.Locker(id="1")
    assert error.reasons[0] is plain.package.Reason.FULL
    assert error.until.timestamp() == 1.5
    assert error.count == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"Count": "many"},
        {"Until": "soon"},
        {"Locker": "text"},
        {"Reasons": "full"},
        {"Count": None, "Locker": None},
        {"message": None},
        {"message": 3},
        {"message": {"a": "b"}},
    ],
)
@pytest.mark.parametrize("serializer", ["generated", "botocore"])
def test_members_that_cannot_be_read(
    plain: Trio, wrong: dict[str, Any], serializer: str
) -> None:
    """The readable part of an error is enough."""
    plain.expect(Answer(tell(plain, "LockerBusy", **(MEMBERS | wrong)), 400))

    with pytest.raises(plain.package.LockerBusy) as caught:
        plain.ours[serializer].open()

    assert isinstance(caught.value.message, str)


@pytest.mark.parametrize(
    "code",
    [
        "LockerBusy",
        "com.example.parcels#LockerBusy",
        "LockerBusy:http://internal.example/coral/",
        "com.example#LockerBusy:http://internal.example/",
        "",
        "#",
        ":",
    ],
)
def test_codes_with_something_around_them(plain: Trio, code: str) -> None:
    """botocore takes it off."""
    fail(plain, tell(plain, code, message="m"))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'"text"',
        b"{}",
        b"{",
        b"<html>Bad gateway</html>",
        b"<ErrorResponse/>",
        b"<ErrorResponse><Error/></ErrorResponse>",
        b"<Response><Errors/></Response>",
        b"<Response><Errors><Error/></Errors></Response>",
        b"<Error><Code/><Message/></Error>",
        b"Service Unavailable",
        b"\xff\xfe",
        b'{"__type": 3}',
        b'{"__type": null, "message": "m"}',
        b'{"code": "LockerBusy"}',
        b'{"Code": "LockerBusy", "Message": "M"}',
        b'{"message": "m", "Message": "M"}',
    ],
)
@pytest.mark.parametrize("status", [400, 503])
def test_bodies_that_are_none(parcels: Trio, body: bytes, status: int) -> None:
    """An error all the same, whatever its body is; botocore trips over some."""
    parcels.expect(Answer(body, status, {"x-amzn-RequestId": "r-1"}))
    for serializer in parcels.ours:
        with pytest.raises(ServiceError) as caught:
            parcels.ours[serializer].open()
        assert caught.value.response_metadata.status == status
    try:
        parcels.theirs.open()
    except ClientError as theirs:
        told: Any = theirs.response.get("Error")
        if told is None or isinstance(told.get("Code", ""), str):
            fail(parcels, body, status, x_amzn_RequestId="r-1")
    except Exception:  # noqa: BLE001, S110 - it trips in many ways
        pass


REST = ["rest-json", "rest-xml"]


@pytest.mark.parametrize("protocol", REST)
def test_members_in_headers(find_clients: Callable[[str], Trio], protocol: str) -> None:
    """As in any reply."""
    trio = find_clients(protocol)
    error = fail(
        trio,
        tell(trio, "LockerBusy", message="m"),
        429,
        retry_after="7",
        x_flag="true",
        x_since="Thu, 29 Feb 2024 10:30:15 GMT",
        x_p_one="1",
    ).error

    assert (error.retry_after, error.flag, error.status) == (7, True, 429)
    assert error.prefixed == {"one": "1"}


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
@pytest.mark.parametrize("protocol", REST)
def test_members_in_headers_that_cannot_be_read(
    find_clients: Callable[[str], Trio], protocol: str, serializer: str
) -> None:
    """They are left out."""
    trio = find_clients(protocol)
    headers = {"retry-after": "soon", "x-flag": "true"}
    trio.expect(Answer(tell(trio, "LockerBusy"), 429, headers))

    with pytest.raises(trio.package.LockerBusy) as caught:
        trio.ours[serializer].open()

    assert caught.value.retry_after is None


@pytest.mark.parametrize(
    ("header", "body", "expected"),
    [
        ("LockerBusy", b"{}", "LockerBusy"),
        ("LockerBusy:http://internal.example/", b"{}", "LockerBusy"),
        ("com.example#LockerBusy", b"", "LockerBusy"),
        ("LockerBusy", b'{"code": "Other", "message": "m"}', "LockerBusy"),
        ("LockerBusy", b'{"Count": 3, "Locker": {"Id": "1"}}', "LockerBusy"),
        ("BrandNew", b"no JSON", "BrandNew"),
        (None, b'{"code": "LockerBusy"}', "LockerBusy"),
        (None, b'{"Code": "Parcels.Gone"}', None),
    ],
)
def test_codes_in_a_header(
    find_clients: Callable[[str], Trio],
    header: str | None,
    body: bytes,
    expected: str | None,
) -> None:
    """REST with JSON has them there, too."""
    headers: dict[str, Any] = {}
    if header is not None:
        headers["x_amzn_errortype"] = header

    error = fail(find_clients("rest-json"), body, **headers).error

    if expected is not None:
        assert error.code == expected


def test_request_ids(parcels: Trio) -> None:
    """From the body or a header, as the protocol has it."""
    body = tell(parcels, "LockerBusy")
    error = fail(parcels, body, x_amzn_RequestId="r-1").error

    assert error.response_metadata.request_id == "r-1"
    fail(parcels, body)


def test_sqs_as_it_was(trios: Trios) -> None:
    """The code is the old protocol's, the class the new one's."""
    trio = trios("sqs")
    call = trio.call(
        "SendMessage",
        {"QueueUrl": "https://q/1/n", "MessageBody": "b"},
        Answer(
            {
                "__type": "com.amazonaws.sqs#QueueDoesNotExist",
                "message": "The specified queue does not exist.",
            },
            400,
            {"x-amzn-query-error": "AWS.SimpleQueueService.NonExistentQueue;Sender"},
        ),
    )

    error = call.error
    assert type(error) is trio.package.QueueDoesNotExist
    assert error.code == "AWS.SimpleQueueService.NonExistentQueue"
    assert error.response["Error"]["QueryErrorCode"] == "QueueDoesNotExist"
    assert call.request.headers["x-amzn-query-mode"] == "true"
    for client in (trio.theirs, *trio.ours.values()):
        trio.expect(
            Answer(
                {"__type": "QueueDoesNotExist"},
                400,
                {"x-amzn-query-error": "AWS.SimpleQueueService.NonExistentQueue;x"},
            )
        )
        arguments = (
            {"QueueUrl": "q", "MessageBody": "b"}
            if client is trio.theirs
            else {"queue_url": "q", "message_body": "b"}
        )
        with pytest.raises(client.exceptions.QueueDoesNotExist):
            client.send_message(**arguments)


@pytest.mark.parametrize("header", [None, "", ";", "Old;Sender", "Old", "Old;x;y"])
@pytest.mark.parametrize(
    "code", ["QueueDoesNotExist", "BrandNew", "x#InvalidMessageContents"]
)
def test_headers_of_the_old_protocol(
    trios: Trios, header: str | None, code: str
) -> None:
    """Well-formed or not."""
    headers = {} if header is None else {"x-amzn-query-error": header}

    trios("sqs").call(
        "SendMessage",
        {"QueueUrl": "q", "MessageBody": "b"},
        Answer({"__type": code, "message": "m"}, 400, headers),
    )


@pytest.mark.parametrize("header", [None, "InvalidParameterValue;Sender"])
def test_cloudwatch_as_it_was(trios: Trios, header: str | None) -> None:
    """Its model names both codes."""
    headers = {} if header is None else {"x-amzn-query-error": header}

    trios("cloudwatch").call(
        "PutMetricData",
        {"Namespace": "n"},
        Answer({"__type": "InvalidParameterValueException"}, 400, headers),
    )


@pytest.mark.parametrize("status", [304, 400, 403, 404, 412, 500, 503])
def test_s3_without_a_body(trios: Trios, status: int) -> None:
    """A HEAD's error has none, so that the status is the code."""
    call = trios("s3").call(
        "HeadObject",
        {"Bucket": "parcels", "Key": "k"},
        Answer(b"", status, {"x-amz-request-id": "r-1", "x-amz-id-2": "host"}),
    )

    if status < 500:
        assert call.error.response_metadata.request_id == "r-1"
        assert call.error.response["ResponseMetadata"]["HostId"] == "host"


@pytest.mark.parametrize(
    "body",
    [
        b"<Error><Code>InternalError</Code><Message>m</Message></Error>",
        b"<Error><Code>SlowDown</Code><RequestId>r</RequestId></Error>",
        b"<Error/>",
        b"",
        b"<CopyObjectResult><ETag>e</ETag>",
    ],
)
@pytest.mark.parametrize(
    ("operation", "given"),
    [
        ("CopyObject", {"CopySource": "a/b"}),
        ("CompleteMultipartUpload", {"UploadId": "u"}),
        ("UploadPartCopy", {"CopySource": "a/b", "PartNumber": 1, "UploadId": "u"}),
    ],
)
def test_errors_that_claim_success(
    trios: Trios, operation: str, given: dict[str, Any], body: bytes
) -> None:
    """S3 tells some when the reply has already begun."""
    parameters = {"Bucket": "parcels", "Key": "k", **given}

    trios("s3").call(operation, parameters, Answer(body, 200))


def test_other_replies_of_s3(trios: Trios) -> None:
    """Errors with members that the model does not name stay in the response."""
    call = trios("s3").call(
        "GetObject",
        {"Bucket": "parcels", "Key": "k"},
        Answer(
            b"<Error><Code>InvalidObjectState</Code><StorageClass>GLACIER</StorageClass>"
            b"<AccessTier>NEW</AccessTier><Resource>/k</Resource></Error>",
            403,
        ),
    )

    assert call.error.storage_class == "GLACIER"
    assert call.error.response["Error"]["Resource"] == "/k"


def test_listed_errors_of_an_operation(trios: Trios) -> None:
    """They are the operation's, and found by code in the client's table."""
    trio = trios("lambda")
    operation = trio.package.OPERATIONS["Invoke"]

    assert trio.package.TooManyRequestsException in operation.errors
    call = trio.call(
        "Invoke",
        {"FunctionName": "f"},
        Answer(
            {
                "message": "slow down",
                "Reason": "ReservedFunctionConcurrentLimitExceeded",
            },
            429,
            {"x-amzn-errortype": "TooManyRequestsException", "Retry-After": "3"},
        ),
    )
    assert (call.error.retry_after_seconds, call.error.message) == ("3", "slow down")
