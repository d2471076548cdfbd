"""moto and X-Ray, which reach into botocore, work on the SageMaker client."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import boto3
import pytest
from moto import mock_aws

from botosmith import sagemaker
from botosmith.runtime import ServiceError

ROLE = "arn:aws:iam::123456789012:role/sm"
IMAGE = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/image:1"


@pytest.fixture(params=["generated", "botocore"])
def make(request: pytest.FixtureRequest) -> Callable[..., sagemaker.Client]:
    """Makes clients of either serializer."""
    return lambda **arguments: sagemaker.Client(serializer=request.param, **arguments)


@mock_aws
def test_calls_within_mock_aws(make: Callable[..., sagemaker.Client]) -> None:
    """Create, describe, list, tag and delete a model, all in moto's memory."""
    with make() as client:
        created = client.create_model(
            model_name="one",
            execution_role_arn=ROLE,
            primary_container=sagemaker.ContainerDefinition(image=IMAGE),
            tags=[sagemaker.Tag(key="a", value="b")],
        )
        described = client.describe_model(model_name="one")
        listed = client.list_models()
        tags = client.list_tags(resource_arn=created.model_arn or "")
        client.delete_model(model_name="one")

    assert described.model_arn == created.model_arn
    assert described.primary_container is not None
    assert described.primary_container.image == IMAGE
    assert [model.model_name for model in listed.models or []] == ["one"]
    assert tags.tags == [sagemaker.Tag(key="a", value="b")]


@mock_aws
def test_errors_within_mock_aws(make: Callable[..., sagemaker.Client]) -> None:
    """moto's error replies are typed errors."""
    with make() as client, pytest.raises(ServiceError) as caught:
        client.describe_model(model_name="nowhere")

    assert isinstance(caught.value, sagemaker.SageMakerError)
    assert caught.value.code == "ValidationException"
    assert "nowhere" in caught.value.message


@mock_aws
def test_what_boto3_makes_our_client_sees(
    make: Callable[..., sagemaker.Client],
) -> None:
    """Both talk to the same mock, also over a boto3 session's credentials."""
    session = boto3.session.Session(region_name="eu-west-1")
    theirs = session.client("sagemaker")
    theirs.create_model(ModelName="two", ExecutionRoleArn=ROLE)
    with make(session=session) as client:
        listed = client.list_models()
    theirs.close()

    assert [model.model_name for model in listed.models or []] == ["two"]


def test_a_client_made_before_the_mock_is_mocked(
    make: Callable[..., sagemaker.Client],
) -> None:
    """As with boto3: what counts is that moto was imported before."""
    with make() as client, mock_aws():
        assert client.list_models().models == []


TRACED = """
from aws_xray_sdk.core import patch, xray_recorder
from botosmith import sagemaker
from moto import mock_aws

patch(["botocore"])
xray_recorder.configure(sampling=False, context_missing="LOG_ERROR", service="test")
with mock_aws(), xray_recorder.in_segment("test") as segment:
    with sagemaker.Client("eu-west-1", serializer="SERIALIZER") as client:
        client.list_models()
        try:
            client.describe_model(model_name="nowhere")
        except sagemaker.SageMakerError:
            pass
    for part in segment.subsegments:
        aws, http = part.aws, part.http
        print(part.name, aws["operation"], aws["region"], http["response"])
"""


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
def test_x_ray_traces_calls(serializer: str) -> None:
    """Its patch of `_make_api_call` sees the service, the operation and the reply."""
    done = subprocess.run(
        [sys.executable, "-c", TRACED.replace("SERIALIZER", serializer)],
        env={
            "PYTHONPATH": ":".join(sys.path),
            "AWS_ACCESS_KEY_ID": "a",
            "AWS_SECRET_ACCESS_KEY": "b",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout.splitlines() == [
        "api.sagemaker ListModels eu-west-1 {'status': 200}",
        "api.sagemaker DescribeModel eu-west-1 {'status': 400}",
    ], done.stderr
