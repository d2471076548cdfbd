"""Replies that are events, one after the other, and operations that send some."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from threading import Event
from typing import Any

import pytest
from botocore import xform_name
from botocore.exceptions import ClientError, EventStreamError
from tests.contract.behaviours.frame import CONTENT_TYPE, event, exception, failure
from tests.contract.behaviours.network import Answer
from tests.contract.behaviours.server import Loopback, Reply
from tests.contract.behaviours.service import write_model
from tests.contract.behaviours.trio import Trio

from botosmith.runtime import (
    EventStream,
    ReplyError,
    ServiceError,
    StreamClosedError,
    UnsupportedError,
    from_boto3,
)

Trios = Callable[[str], Trio]

SUBSCRIBE = {
    "ConsumerARN": "arn:aws:kinesis:us-east-1:123456789012:stream/s/consumer/c:1",
    "ShardId": "s",
    "StartingPosition": {"Type": "LATEST"},
}

SELECT: dict[str, Any] = {
    "Bucket": "parcels",
    "Key": "k",
    "Expression": "select * from S3Object",
    "ExpressionType": "SQL",
    "InputSerialization": {"CSV": {"FileHeaderInfo": "USE"}},
    "OutputSerialization": {"JSON": {"RecordDelimiter": "\n"}},
}

RECORD = {"SequenceNumber": "1", "Data": "AAE=", "ApproximateArrivalTimestamp": 1.5}

SHARD_EVENT = {
    "Records": [RECORD],
    "ContinuationSequenceNumber": "2",
    "MillisBehindLatest": 0,
    "New": {"er": "than the model"},
}


def answer(*frames: bytes, **headers: str) -> Answer:
    """A reply of events."""
    return Answer(b"".join(frames), headers={**CONTENT_TYPE, **headers})


def test_kinesis(trios: Trios) -> None:
    """The first event of a JSON protocol is the rest of the reply."""
    trio = trios("kinesis")
    call = trio.call(
        "SubscribeToShard",
        SUBSCRIBE,
        answer(
            event("initial-response", {}),
            event("SubscribeToShardEvent", SHARD_EVENT),
            event("SubscribeToShardEvent", {"Records": []}),
        ),
    )

    first, second = call.theirs.content["EventStream"]
    assert first["SubscribeToShardEvent"]["Records"][0]["Data"] == ("bytes", b"\0\1")
    assert second["SubscribeToShardEvent"] == {"Records": []}
    assert type(call.reply.event_stream) is EventStream
    assert call.reply.event_stream.event is trio.package.SubscribeToShardEventStream


def test_events_are_objects(trios: Trios) -> None:
    """One member of each is set, of its own class."""
    trio = trios("kinesis")
    trio.expect(
        answer(
            event("initial-response", {}),
            event("SubscribeToShardEvent", SHARD_EVENT),
        )
    )
    for client in trio.ours.values():
        reply = client.subscribe_to_shard(
            consumer_arn=SUBSCRIBE["ConsumerARN"],
            shard_id="s",
            starting_position=trio.package.StartingPosition(type="LATEST"),
        )
        with reply.event_stream as stream:
            (found,) = stream

        assert type(found) is trio.package.SubscribeToShardEventStream
        inner = found.subscribe_to_shard_event
        assert type(inner) is trio.package.SubscribeToShardEvent
        assert inner.records[0].data == b"\0\1"
        assert found.resource_not_found_exception is None


def test_a_json_reply_without_its_first_event(trios: Trios) -> None:
    """botocore has an error for that."""
    trios("kinesis").call("SubscribeToShard", SUBSCRIBE, answer())


def test_logs(trios: Trios) -> None:
    """A reply that begins with members of its own, on a host of its own."""
    call = trios("logs").call(
        "StartLiveTail",
        {"logGroupIdentifiers": ["arn:aws:logs:us-east-1:123456789012:log-group:g"]},
        answer(
            event("initial-response", {}),
            event("sessionStart", {"requestId": "r", "logGroupIdentifiers": ["g"]}),
            event(
                "sessionUpdate",
                {
                    "sessionMetadata": {"sampled": False},
                    "sessionResults": [{"message": "é", "timestamp": 1}],
                },
            ),
        ),
    )

    assert call.request.host == "stream-logs.us-east-1.amazonaws.com"
    assert len(call.theirs.content["responseStream"]) == 2


def test_lambda(trios: Trios) -> None:
    """Bytes that are an event's payload, and an event of members."""
    call = trios("lambda").call(
        "InvokeWithResponseStream",
        {"FunctionName": "f", "Payload": b"{}"},
        answer(
            event("PayloadChunk", b"\x00\xff"),
            event("PayloadChunk", b""),
            event("InvokeComplete", {"ErrorCode": "x", "LogResult": None}),
            **{"X-Amz-Executed-Version": "1"},
        ),
    )

    first, empty, last = call.theirs.content["EventStream"]
    assert first == {"PayloadChunk": {"Payload": ("bytes", b"\x00\xff")}}
    assert empty == {"PayloadChunk": {"Payload": ("bytes", b"")}}
    assert last == {"InvokeComplete": {"ErrorCode": ("str", "x")}}
    assert call.reply.executed_version == "1"


def test_bedrock(trios: Trios) -> None:
    """Base64 in JSON, and unions within the events."""
    trio = trios("bedrock-runtime")
    chunks = trio.call(
        "InvokeModelWithResponseStream",
        {"modelId": "m", "body": b"{}"},
        answer(
            event("chunk", {"bytes": "AP8="}), **{"X-Amzn-Bedrock-Content-Type": "x"}
        ),
    )
    words = trio.call(
        "ConverseStream",
        {"modelId": "m", "messages": [{"role": "user", "content": [{"text": "hi"}]}]},
        answer(
            event("messageStart", {"role": "assistant"}),
            event(
                "contentBlockDelta", {"delta": {"text": "he"}, "contentBlockIndex": 0}
            ),
            event("contentBlockDelta", {"delta": {"new": 1}, "contentBlockIndex": 0}),
            event("messageStop", {"stopReason": "a_new_one"}),
            event("metadata", {"usage": {"inputTokens": 1}, "metrics": {}}),
        ),
    )

    (chunk,) = chunks.theirs.content["body"]
    assert chunk == {"chunk": {"bytes": ("bytes", b"\x00\xff")}}
    assert len(words.theirs.content["stream"]) == 5


def test_sagemaker(trios: Trios) -> None:
    """The flagship's other half."""
    call = trios("sagemaker-runtime").call(
        "InvokeEndpointWithResponseStream",
        {"EndpointName": "e", "Body": b"in"},
        answer(event("PayloadPart", b"one"), event("PayloadPart", b"two")),
    )

    parts = call.theirs.content["Body"]
    assert [part["PayloadPart"]["Bytes"][1] for part in parts] == [b"one", b"two"]


def test_s3(trios: Trios) -> None:
    """XML within events, and events of nothing."""
    details = b"<Details><BytesScanned>1</BytesScanned><New>2</New></Details>"
    call = trios("s3").call(
        "SelectObjectContent",
        SELECT,
        answer(
            event("Records", b'{"a": 1}\n'),
            event("Progress", details),
            event("Cont", b""),
            event("Stats", details),
            event("End", b""),
        ),
    )

    kinds = [next(iter(found)) for found in call.theirs.content["Payload"]]
    assert kinds[0] == "Records"
    assert kinds[-1] == "End"
    assert call.theirs.content["Payload"][1]["Progress"]["Details"] == {
        "BytesScanned": ("int", 1)
    }


@pytest.fixture(scope="module", params=["rest-json", "rest-xml", "json"])
def parcels(request: pytest.FixtureRequest) -> Iterator[Trio]:
    """Clients of a service whose events have members of all types in headers."""
    leaves = {
        "Flag": "boolean",
        "Whole": "integer",
        "Long": "long",
        "Octets": "blob",
        "Text": "string",
        "Moment": "timestamp",
    }
    headers = {name: {"shape": name, "eventheader": True} for name in leaves}
    shapes: dict[str, Any] = {name: {"type": kind} for name, kind in leaves.items()}
    shapes |= {
        "Inner": {"type": "structure", "members": {"Text": {"shape": "Text"}}},
        "InHeaders": {
            "type": "structure",
            "event": True,
            "members": headers | {"Rest": {"shape": "Text"}},
        },
        "OfText": {
            "type": "structure",
            "event": True,
            "members": {"Text": {"shape": "Text", "eventpayload": True}},
        },
        "OfInner": {
            "type": "structure",
            "event": True,
            "members": {
                "Flag": headers["Flag"],
                "Inner": {"shape": "Inner", "eventpayload": True},
            },
        },
        "Events": {
            "type": "structure",
            "eventstream": True,
            "members": {
                kind: {"shape": kind} for kind in ("InHeaders", "OfText", "OfInner")
            },
        },
        "ListenResponse": {
            "type": "structure",
            "payload": "Events",
            "members": {"Events": {"shape": "Events"}},
        },
    }
    models = write_model(
        request.param, {"Listen": {"output": {"shape": "ListenResponse"}}}, shapes
    )
    with closing(Trio.make("parcels", models=models)) as trio:
        yield trio


def test_members_in_the_headers_of_events(parcels: Trio) -> None:
    """Each of its own type, instants by the millisecond."""
    protocol = parcels.package.Client._protocol
    is_xml = protocol == "rest-xml"
    first = [event("initial-response", {})] if protocol == "json" else []
    rest = b"<Rest><Text>r</Text></Rest>" if is_xml else b'{"Text": "r"}'
    moment = datetime(2024, 2, 29, 10, 30, 15, 123000, tzinfo=UTC)

    call = parcels.call(
        "Listen",
        {},
        answer(
            *first,
            event(
                "InHeaders",
                b"<R><Rest>r</Rest></R>" if is_xml else {"Rest": "r"},
                Flag=True,
                Whole=-1,
                Long=1 << 40,
                Octets=b"\0",
                Text="é",
                Moment=moment,
                Unknown="?",
            ),
            event("OfText", "grüß".encode()),
            event("OfInner", rest, Flag=False),
        ),
    )

    in_headers, of_text, of_inner = call.theirs.content["Events"]
    assert in_headers["InHeaders"] == {
        "Flag": ("bool", True),
        "Whole": ("int", -1),
        "Long": ("int", 1 << 40),
        "Octets": ("bytes", b"\0"),
        "Text": ("str", "é"),
        "Moment": moment,
        "Rest": ("str", "r"),
    }
    assert of_text == {"OfText": {"Text": ("str", "grüß")}}
    assert of_inner["OfInner"]["Inner"] == {"Text": ("str", "r")}


def test_events_that_the_model_does_not_know(trios: Trios) -> None:
    """They are passed over, as botocore does it."""
    call = trios("lambda").call(
        "InvokeWithResponseStream",
        {"FunctionName": "f"},
        answer(event("Heartbeat", b"?"), event("PayloadChunk", b"a")),
    )

    assert len(call.theirs.content["EventStream"]) == 1


@pytest.mark.parametrize(
    ("service", "operation", "given", "kind", "name"),
    [
        (
            "kinesis",
            "SubscribeToShard",
            SUBSCRIBE,
            "KMSThrottlingException",
            "KMSThrottlingException",
        ),
        (
            "kinesis",
            "SubscribeToShard",
            SUBSCRIBE,
            "ResourceInUseException",
            "ResourceInUseException",
        ),
        (
            "bedrock-runtime",
            "InvokeModelWithResponseStream",
            {"modelId": "m", "body": b"{}"},
            "modelStreamErrorException",
            "ModelStreamErrorException",
        ),
        (
            "bedrock-runtime",
            "ConverseStream",
            {"modelId": "m", "messages": []},
            "throttlingException",
            "ThrottlingException",
        ),
        (
            "sagemaker-runtime",
            "InvokeEndpointWithResponseStream",
            {"EndpointName": "e", "Body": b""},
            "ModelStreamError",
            "ModelStreamError",
        ),
        (
            "logs",
            "StartLiveTail",
            {"logGroupIdentifiers": ["g"]},
            "SessionTimeoutException",
            "SessionTimeoutException",
        ),
    ],
)
def test_errors_in_the_stream(  # noqa: PLR0913, PLR0917 - what a call is made of
    trios: Trios,
    service: str,
    operation: str,
    given: dict[str, Any],
    kind: str,
    name: str,
) -> None:
    """They are raised as the class of the model, and nothing comes after them."""
    trio = trios(service)
    first = [event("initial-response", {})] if service in {"kinesis", "logs"} else []
    frames = [*first, exception(kind, {"message": "no more", "Message": "no more"})]

    call = trio.call(operation, given, answer(*frames, event("any", b"")))

    error = call.error
    assert isinstance(error, getattr(trio.package, name))
    assert error.message == "no more"
    assert error.operation_name == operation
    assert isinstance(error, EventStreamError)
    for client in trio.ours.values():
        with pytest.raises(client.exceptions.from_code(name)):
            raise error


def test_members_of_errors_in_the_stream(trios: Trios) -> None:
    """All of them, where botocore reads the message alone; and the exchange's facts."""
    trio = trios("bedrock-runtime")
    payload = {"message": "m", "originalStatusCode": 500, "originalMessage": "o"}

    call = trio.call(
        "InvokeModelWithResponseStream",
        {"modelId": "m"},
        answer(
            exception("modelStreamErrorException", payload),
            **{"x-amzn-requestid": "request-1"},
        ),
    )

    error = call.error
    assert (error.code, error.message) == ("modelStreamErrorException", "m")
    assert (error.original_status_code, error.original_message) == (500, "o")
    assert error.response_metadata.request_id == "request-1"


@pytest.mark.parametrize("message", ["message", "Message", None])
def test_errors_that_the_model_does_not_know(trios: Trios, message: str | None) -> None:
    """They are the root of the service's errors, with their code and their text."""
    trio = trios("lambda")
    last = (
        failure("InternalError", "sorry")
        if message is None
        else exception("InternalError", {message: "sorry", "New": 1})
    )

    call = trio.call(
        "InvokeWithResponseStream",
        {"FunctionName": "f"},
        answer(event("PayloadChunk", b"a"), last),
    )

    error = call.error
    assert (error.code, error.message) == ("InternalError", "sorry")
    assert isinstance(error, trio.package.LambdaError)
    assert isinstance(error, ClientError)


def test_what_comes_before_an_error_is_there(trios: Trios) -> None:
    """Events are given as they come."""
    trio = trios("lambda")
    trio.expect(answer(event("PayloadChunk", b"a"), failure("x", "y")))
    for client in trio.ours.values():
        reply = client.invoke_with_response_stream(function_name="f")
        events = iter(reply.event_stream)

        assert next(events).payload_chunk.payload == b"a"
        with pytest.raises(ServiceError, match="y"):
            next(events)
        with pytest.raises(StreamClosedError, match="ended with an error"):
            list(events)


def test_frames_that_are_broken(trios: Trios) -> None:
    """A checksum that is wrong."""
    broken = bytearray(event("PayloadChunk", b"abc"))
    broken[-6] ^= 1

    call = trios("lambda").call(
        "InvokeWithResponseStream", {"FunctionName": "f"}, answer(bytes(broken))
    )

    assert isinstance(call.error, ReplyError)
    assert "damaged in message 1" in str(call.error)


def test_events_that_are_not_what_the_model_says(trios: Trios) -> None:
    """Told as of any reply; the plain values of botocore would go on unseen."""
    trio = trios("kinesis")
    trio.expect(
        answer(
            event("initial-response", {}),
            event("SubscribeToShardEvent", {"MillisBehindLatest": "soon"}),
        )
    )
    for client in trio.ours.values():
        reply = client.subscribe_to_shard(
            consumer_arn=SUBSCRIBE["ConsumerARN"],
            shard_id="s",
            starting_position=trio.package.StartingPosition(type="LATEST"),
        )
        with pytest.raises(ReplyError, match="millis_behind_latest: 'soon' is of"):
            list(reply.event_stream)


def test_errors_before_the_stream(trios: Trios) -> None:
    """A reply of another status is not a stream."""
    trio = trios("kinesis")

    call = trio.call(
        "SubscribeToShard",
        SUBSCRIBE,
        Answer({"__type": "ResourceNotFoundException", "message": "gone"}, 400),
    )

    assert type(call.error) is trio.package.ResourceNotFoundException


@pytest.mark.parametrize("name", ["generated", "botocore"])
def test_events_come_as_they_are_sent(serve: Callable[..., Trio], name: str) -> None:
    """The first is there before the last was sent."""
    seen = Event()

    def frames() -> Iterator[bytes]:
        yield event("PayloadChunk", b"first")
        assert seen.wait(10)
        yield event("PayloadChunk", b"last")

    trio = serve("lambda")
    trio.networks[0].expect(Reply(frames(), headers=CONTENT_TYPE, missing=None))
    reply = trio.ours[name].invoke_with_response_stream(function_name="f")
    events = iter(reply.event_stream)

    assert next(events).payload_chunk.payload == b"first"
    seen.set()
    assert next(events).payload_chunk.payload == b"last"
    assert list(events) == []


@pytest.mark.parametrize("name", ["generated", "botocore"])
@pytest.mark.parametrize("way", ["with", "close", "break", "end", "error"])
def test_connections_are_let_go(
    connect: Callable[..., Trio], name: str, way: str
) -> None:
    """By whatever way one leaves a stream."""
    last = failure("x", "y") if way == "error" else event("PayloadChunk", b"last")
    frames = [event("PayloadChunk", b"a" * 5000)] * 50 + [last]
    with closing(Loopback()) as server:
        trio = connect("lambda", server=server)
        server.expect(Reply(frames, headers=CONTENT_TYPE, missing=None))
        reply = trio.ours[name].invoke_with_response_stream(function_name="f")
        stream = reply.event_stream
        assert server.wait_for_open(1)

        match way:
            case "with":
                with stream as entered:
                    assert entered is stream
                    next(iter(stream))
            case "close":
                stream.close()
            case "break":
                for _ in stream:
                    break
                assert len(list(stream)) == 50
            case "end":
                assert len(list(stream)) == 51
            case _:
                with pytest.raises(ServiceError):
                    list(stream)

        if way not in {"break", "end"}:
            assert server.wait_for_open(0)
        trio.close()


#: The operations that botocore takes out of its clients, with what they require.
SENDING: dict[str, tuple[str, dict[str, Any]]] = {
    "bedrock-runtime": (
        "InvokeModelWithBidirectionalStream",
        {"modelId": "m", "body": []},
    ),
    "connecthealth": (
        "StartMedicalScribeListeningSession",
        {
            "sessionId": "12345678-1234-1234-1234-123456789012",
            "domainId": "hai-" + "0" * 20,
            "subscriptionId": "sub-" + "0" * 20,
            "languageCode": "en-US",
            "mediaSampleRateHertz": 16000,
            "mediaEncoding": "pcm",
            "inputStream": [],
        },
    ),
    "lexv2-runtime": (
        "StartConversation",
        {
            "botId": "B" * 10,
            "botAliasId": "A" * 10,
            "localeId": "en_US",
            "sessionId": "ab",
            "requestEventStream": [],
        },
    ),
    "polly": (
        "StartSpeechSynthesisStream",
        {"Engine": "generative", "OutputFormat": "mp3", "VoiceId": "Zoe"},
    ),
    "qbusiness": ("Chat", {"applicationId": "a" * 36, "inputStream": []}),
}


@pytest.mark.parametrize("service", SENDING)
def test_operations_that_send_events(trios: Trios, service: str) -> None:
    """botocore has no method for them; ours says so before anything is sent."""
    operation, given = SENDING[service]
    trio = trios(service)
    request = from_boto3(trio.package.OPERATIONS[operation].request, given)

    assert not hasattr(trio.theirs, xform_name(operation))
    for client, network in zip(trio.ours.values(), trio.networks[1:], strict=True):
        network.expect()
        with pytest.raises(UnsupportedError, match=f"{operation} sends events"):
            client.send(request)
        assert network.sent == []
