"""The stand-in answers a real botocore client, and keeps what it saw."""

from __future__ import annotations

import json
import threading
import warnings
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from http.client import HTTPConnection
from typing import Any

import botocore.session
import pytest
from botocore import xform_name
from botocore.config import Config
from botocore.model import ServiceModel

from botosmith.testing import StandIn, load_service

SHADOW_TEST = {
    "Name": "shadow-1",
    "Type": "ShadowMode",
    "Schedule": {"StartTime": datetime(2026, 1, 1, 0, 0, 0, 250000, UTC)},
    "RoleArn": "arn:aws:iam::123456789012:role/sm",
    "EndpointName": "ep",
    "ModelVariants": [
        {
            "ModelName": "m",
            "VariantName": "v",
            "InfrastructureConfig": {
                "InfrastructureType": "RealTimeInference",
                "RealTimeInferenceConfig": {
                    "InstanceType": "ml.from-the.future",
                    "InstanceCount": 1,
                },
            },
        }
    ],
    "ShadowModeConfig": {
        "SourceModelVariantName": "v",
        "ShadowModelVariants": [
            {"ShadowModelVariantName": "w", "SamplingPercentage": 50}
        ],
    },
}

CALLS: dict[str, dict[str, Any]] = {
    "CreateInferenceExperiment": SHADOW_TEST,
    "CreateModel": {"ModelName": "a", "EnableNetworkIsolation": False},
    "DescribeModel": {"ModelName": "a"},
    "DeleteModel": {"ModelName": "a"},
    "ListModels": {},
    "AddTags": {
        "ResourceArn": "arn:aws:sagemaker:us-east-1:123456789012:model/a",
        "Tags": [{"Key": "é😀", "Value": ""}],
    },
    "Search": {
        "Resource": "TrainingJob",
        "SearchExpression": {
            "SubExpressions": [{"SubExpressions": [{"Operator": "And"}]}]
        },
        "MaxResults": 1,
    },
    "BatchDescribeModelPackage": {"ModelPackageArnList": ["a"]},
    "DescribeTrainingJob": {"TrainingJobName": "t"},
    "CreateEndpoint": {"EndpointName": "e", "EndpointConfigName": "c"},
    "SendPipelineExecutionStepSuccess": {"CallbackToken": "0123456789"},
    "UpdateTrial": {"TrialName": "t"},
}


@pytest.mark.parametrize("name", CALLS)
def test_a_signed_call_is_answered_and_kept(
    name: str, standin: StandIn, connect: Any
) -> None:
    """botocore signs, sends and reads; the parameters come out as they went in."""
    reply = getattr(connect(), xform_name(name))(**CALLS[name])

    (call,) = standin.calls
    sent = dict(call.parameters or {})
    sent.pop("ClientRequestToken", None)
    metadata = reply.pop("ResponseMetadata")
    assert call.operation == name
    assert call.status == 200
    assert sent == CALLS[name]
    assert call.path == "/"
    assert call.headers["x-amz-target"] == f"SageMaker.{name}"
    assert json.loads(call.body).keys() >= CALLS[name].keys()
    assert metadata["RequestId"].endswith("-000000000001")
    assert metadata["HTTPHeaders"]["content-type"] == "application/x-amz-json-1.1"
    assert "date" in metadata["HTTPHeaders"]


def test_the_reply_speaks_of_what_was_asked_for(standin: StandIn, connect: Any) -> None:
    """Names come back, and ARNs are made from them; a token to go on with does not."""
    client = connect()
    arn = "arn:aws:sagemaker:us-east-1:123456789012"

    assert client.create_model(ModelName="a")["ModelArn"] == f"{arn}:model/a"
    experiment = client.create_inference_experiment(**SHADOW_TEST)
    assert (
        experiment["InferenceExperimentArn"] == f"{arn}:inference-experiment/shadow-1"
    )
    model = client.describe_model(ModelName="a")
    assert (model["ModelName"], model["ModelArn"]) == ("a", f"{arn}:model/a")
    page = client.list_models(NextToken="more")
    assert "NextToken" not in page
    assert len(page["Models"]) == 1
    assert len([*client.get_paginator("list_models").paginate()]) == 1
    assert len(standin.calls) == 5


def test_a_reply_can_be_set(standin: StandIn, connect: Any) -> None:
    """A wire document is sent as it is, until the end, for its operation alone."""
    standin.reply_with("DescribeModel", {"ModelName": "set", "CreationTime": 1.5})
    client = connect()

    for _ in range(2):
        model = client.describe_model(ModelName="a")
        assert model["ModelName"] == "set"
        assert model["CreationTime"] == datetime(1970, 1, 1, 0, 0, 1, 500000, UTC)
    assert client.describe_endpoint(EndpointName="e")["EndpointName"] == "e"
    with pytest.raises(ValueError, match="sagemaker has no operation 'Describe'"):
        standin.reply_with("Describe", {})


def test_sixteen_threads_call_at_once(standin: StandIn, connect: Any) -> None:
    """Each gets the reply to its own request, over connections that stay open."""
    client = connect(Config(max_pool_connections=16))
    start = threading.Barrier(16)

    def work(thread: int) -> list[str]:
        start.wait()
        names = [f"m-{thread}-{number}" for number in range(8)]
        return [client.create_model(ModelName=name)["ModelArn"] for name in names]

    with ThreadPoolExecutor(16) as pool:
        arns = [arn for done in pool.map(work, range(16)) for arn in done]
    names = [f"m-{thread}-{number}" for thread in range(16) for number in range(8)]
    assert [arn.rpartition("/")[2] for arn in arns] == names
    assert len(standin.calls) == 128
    assert len({call.headers["amz-sdk-invocation-id"] for call in standin.calls}) == 128


def test_a_connection_is_kept_open(standin: StandIn) -> None:
    """HTTP/1.1: two requests over one connection, and its end is the client's."""
    connection = HTTPConnection(standin.url.removeprefix("http://"))
    statuses: list[int] = []
    for _ in range(2):
        connection.request("POST", "/", b"{}")
        first = connection.sock
        response = connection.getresponse()
        statuses.append(response.status)
        assert response.read()
        assert connection.sock is first
    connection.close()

    assert statuses == [404, 404]


def test_nothing_is_left_behind(
    service: ServiceModel, capfd: pytest.CaptureFixture[str]
) -> None:
    """Threads and sockets end with the block, idle connections too; nothing printed."""
    before = threading.active_count()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with StandIn(service) as standin:
            connection = HTTPConnection(standin.url.removeprefix("http://"))
            connection.request("GET", "/nowhere")
            assert connection.getresponse().read()
            assert threading.active_count() == before + 2
        connection.close()

    assert threading.active_count() == before
    assert capfd.readouterr() == ("", "")
    with pytest.raises(RuntimeError, match="only within its `with` block"):
        _ = standin.url


def test_one_stand_in_can_be_entered_again(service: ServiceModel) -> None:
    """It listens anew, and keeps its calls."""
    standin = StandIn(service)
    for count in (1, 2):
        with standin:
            connection = HTTPConnection(standin.url.removeprefix("http://"))
            connection.request("POST", "/", b"")
            connection.getresponse().read()
            connection.close()
        assert len(standin.calls) == count


def test_an_error_of_the_stand_in_comes_out(
    service: ServiceModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bug of ours is not mistaken for a connection that was cut."""

    def fail(*_: Any) -> None:
        message = "a bug"
        raise LookupError(message)

    monkeypatch.setattr("botosmith.testing.standin.server._choose", fail)
    standin = StandIn(service)
    standin.__enter__()
    connection = HTTPConnection(standin.url.removeprefix("http://"))
    connection.request("POST", "/", b"")
    with pytest.raises(ConnectionError):
        connection.getresponse()
    connection.close()
    with pytest.raises(BaseExceptionGroup, match="failed to answer") as caught:
        standin.__exit__(None, None, None)
    assert caught.group_contains(LookupError, match="a bug")


def test_other_protocols_are_refused() -> None:
    """A service of another protocol is told from the start."""
    with pytest.raises(ValueError, match="sts speaks query; known: json"):
        StandIn(load_service("sts"))


def test_another_service_is_served() -> None:
    """JSON 1.0, with blobs and with structures within themselves: DynamoDB."""
    with StandIn(load_service("dynamodb"), region="eu-west-1") as standin:
        session = botocore.session.Session()
        client: Any = session.create_client("dynamodb", **standin.arguments)
        item = {"a": {"B": b"\x00"}, "b": {"M": {"c": {"L": [{"N": "1"}]}}}}
        client.put_item(TableName="t", Item=item)
        reply = client.get_item(TableName="t", Key={"a": {"B": b"\xff"}})
        client.close()
        assert standin.calls[0].parameters == {"TableName": "t", "Item": item}
        assert standin.calls[1].parameters == {
            "TableName": "t",
            "Key": {"a": {"B": b"\xff"}},
        }
    assert reply["Item"]["example"]["B"] == b"example"
