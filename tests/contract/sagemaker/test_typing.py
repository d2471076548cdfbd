"""Type checkers know the package as its users see it: installed, from elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.checker import (
    Errors,
    expect_errors,
    run_mypy,
    run_pyright,
    write_program,
)

RIGHT = '''\
"""Uses that are right, and the types that they have."""

from collections.abc import Generator, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Literal, assert_type

from botocore.exceptions import ClientError
from botocore.exceptions import WaiterError as BotocoreWaiterError

from botosmith import sagemaker, sagemaker_runtime
from botosmith.runtime import EventStream, Operation, Pages, Response, ResponseMetadata
from botosmith.runtime import ServiceError, StreamingBody, ValidationError
from botosmith.runtime import WaiterAttempt, WaiterError
from botosmith.runtime import from_boto3, to_boto3, validate


def run(client: sagemaker.Client, tags: Sequence[sagemaker.Tag]) -> str:
    vpc = sagemaker.VpcConfig(security_group_ids=["sg"], subnets=["a", "b"])
    created = client.create_model(
        model_name="m",
        vpc_config=vpc,
        tags=tags,
        containers=[
            sagemaker.ContainerDefinition(
                mode=sagemaker.ContainerMode.MULTI_MODEL, environment={"A": "b"}
            ),
            sagemaker.ContainerDefinition(mode="SingleModel"),
            sagemaker.ContainerDefinition(mode=sagemaker.ContainerMode("NextMode")),
        ],
    )
    assert_type(created, sagemaker.CreateModelOutput)
    assert_type(created.model_arn, str)
    assert_type(created.response_metadata, ResponseMetadata)
    assert_type(
        sagemaker.create_model(client, model_name="m"), sagemaker.CreateModelOutput
    )
    request = sagemaker.CreateModelInput(model_name="m")
    assert_type(client.send(request), sagemaker.CreateModelOutput)
    request.enable_network_isolation = True
    validate(request, strict=True)
    assert_type(to_boto3(request), dict[str, Any])
    data = {"ModelName": "m"}
    assert_type(
        from_boto3(sagemaker.CreateModelInput, data), sagemaker.CreateModelInput
    )
    return created.model_arn


def send_text(client: sagemaker.Client, value: str) -> None:
    """Plain text is as good as a member of an enum, and a subclass of str too."""
    variant = sagemaker.ProductionVariant(
        variant_name="v", instance_type="ml.m5.xlarge", accelerator_type=value
    )
    variant.instance_type = value
    variant.instance_type = sagemaker.ProductionVariantInstanceType.ML_M5_XLARGE
    client.list_models(sort_by="Name", sort_order=sagemaker.OrderKey.ASCENDING)


def read(client: sagemaker.Client) -> list[datetime]:
    job = client.describe_training_job(training_job_name="j")
    assert_type(job.training_job_status, sagemaker.TrainingJobStatus | str)
    assert_type(job.hyper_parameters, dict[str, str] | None)
    assert_type(job.training_end_time, datetime | None)
    assert_type(job.billable_time_in_seconds, int | None)
    listed = client.list_training_jobs(creation_time_after=datetime.now(UTC))
    assert_type(listed.training_job_summaries, list[sagemaker.TrainingJobSummary])
    return [one.creation_time for one in listed.training_job_summaries]


def turn_pages(client: sagemaker.Client, after: str | None) -> list[str]:
    jobs = client.paginate_list_training_jobs(
        status_equals=sagemaker.TrainingJobStatus.FAILED,
        page_size=10,
        max_items=100,
        resume_token=after,
    )
    assert_type(
        jobs, Pages[sagemaker.ListTrainingJobsResponse, sagemaker.TrainingJobSummary]
    )
    for page in jobs:
        assert_type(page, sagemaker.ListTrainingJobsResponse)
    assert_type(jobs.items(), Generator[sagemaker.TrainingJobSummary])
    assert_type(jobs.resume_token, str | None)
    assert_type(jobs.build_full_result(), sagemaker.ListTrainingJobsResponse)
    pages = sagemaker.paginate_list_tags(client, resource_arn="arn")
    return [tag.key for tag in pages.items()]


def stream(client: sagemaker_runtime.Client, chunks: Iterable[bytes]) -> bytes:
    with open("image.png", "rb") as file:
        client.invoke_endpoint(endpoint_name="e", body=file)
    client.invoke_endpoint(endpoint_name="e", body="text")
    reply = client.invoke_endpoint(endpoint_name="e", body=chunks)
    assert_type(reply.body, StreamingBody)
    with reply.body as body:
        content = body.read()
    answer = client.invoke_endpoint_with_response_stream(endpoint_name="e", body=b"")
    assert_type(answer.body, EventStream[sagemaker_runtime.ResponseStream])
    with answer.body as events:
        for event in events:
            assert_type(event, sagemaker_runtime.ResponseStream)
            if event.payload_part is not None:
                assert_type(event.payload_part.bytes, bytes | None)
    return content


def wait(client: sagemaker.Client) -> str:
    """A waiter takes what its operation takes, and gives its reply."""
    seen: list[Mapping[str, Any]] = []

    def tell(attempt: WaiterAttempt) -> None:
        assert_type(attempt.state, Literal["success", "failure", "retry"])
        assert_type(attempt.error, ServiceError | None)
        seen.append(attempt.seen)

    endpoint = client.wait_until_endpoint_in_service(
        endpoint_name="e", delay=0.5, max_attempts=2, progress=tell
    )
    assert_type(endpoint, sagemaker.DescribeEndpointOutput)
    gone = sagemaker.wait_until_endpoint_deleted(
        client, endpoint_name="e", delay=1, progress=True
    )
    assert_type(gone, sagemaker.DescribeEndpointOutput | None)
    client.wait_until_image_created(image_name="i", progress=print)
    try:
        client.wait_until_notebook_instance_stopped(notebook_instance_name="n")
    except WaiterError as error:
        assert_type(error.last_reply, Response | ServiceError)
        assert_type(error.seen, Mapping[str, Any])
        return error.reason
    except BotocoreWaiterError as error:
        return str(error)
    return endpoint.endpoint_arn


def choose(value: str) -> bool:
    known = sagemaker.TrainingInstanceType(value)
    assert_type(known, sagemaker.TrainingInstanceType)
    text: str = known.value
    assert_type(known.upper(), str)
    by_name: dict[str, bool] = {known: known.is_known, text: True}
    target = sagemaker.AIBenchmarkTarget(endpoint=None)
    assert target.sdk_unknown_member is None
    return by_name[value]


def call() -> None:
    with sagemaker.Client("us-east-1", serializer="botocore") as client:
        assert_type(client, sagemaker.Client)
        try:
            client.delete_model(model_name="m")
        except client.exceptions.ResourceNotFound:
            raise
        except sagemaker.ResourceInUse as error:
            assert_type(error.message, str)
            assert_type(error.response_metadata, ResponseMetadata)
        except (ValidationError, sagemaker.SageMakerError, ClientError):
            pass
    assert_type(sagemaker.OPERATIONS["CreateModel"], Operation)
'''

#: Each line with what mypy and pyright have to say about it.
WRONG = """\
from botosmith import sagemaker, sagemaker_runtime

client = sagemaker.Client("us-east-1")
runtime = sagemaker_runtime.Client("us-east-1")
tag = sagemaker.Tag(key="k", value="v")
Variant = sagemaker.ProductionVariant
variant = Variant(variant_name="v")

client.create_model(model_name=1)  # arg-type reportArgumentType
client.create_model()  # call-arg reportCallIssue
client.create_model(model_name="m", colour="red")  # call-arg reportCallIssue
client.create_model(ModelName="m")  # call-arg reportCallIssue
client.create_model("m")  # call-arg reportCallIssue
client.create_model(model_name="m", tags=[1])  # list-item reportArgumentType
client.create_model(model_name="m", tags=tag)  # arg-type reportArgumentType
client.create_model(model_name="m", vpc_config=tag)  # arg-type reportArgumentType
client.create_model(model_name="m", vpc_config={})  # arg-type reportArgumentType
client.wait_until_endpoint_in_service()  # call-arg reportCallIssue
client.wait_until_image_created(image_name=1)  # arg-type reportArgumentType
client.wait_until_image_created(image_name="", delay="")  # arg-type reportArgumentType
client.wait_until_image_gone(image_name="i")  # attr-defined reportAttributeAccessIssue
client.create_models(model_name="m")  # attr-defined reportAttributeAccessIssue
client.paginate_list_tags()  # call-arg reportCallIssue
client.paginate_list_tags(resource_arn=1)  # arg-type reportArgumentType
client.paginate_list_models(next_token="t")  # call-arg reportCallIssue
client.paginate_list_models(max_items="9")  # arg-type reportArgumentType
client.paginate_list_models().models  # attr-defined reportAttributeAccessIssue
for model in client.paginate_list_models().items():
    model.name  # attr-defined reportAttributeAccessIssue
sagemaker.create_model(model_name="m")  # call-arg reportCallIssue
sagemaker.create_model("us-east-1", model_name="m")  # arg-type reportArgumentType
client.send(tag)  # arg-type reportArgumentType
client.describe_model(model_name="m").model  # attr-defined reportAttributeAccessIssue
number: int = tag.key  # assignment reportAssignmentType
variant.instance_type.upper()  # union-attr reportOptionalMemberAccess
sagemaker.Tag(key="k")  # call-arg reportCallIssue
sagemaker.Tag("k", "v")  # call-arg reportCallIssue
sagemaker.Tag(key="k", value=None)  # arg-type reportArgumentType
sagemaker.Tag(Key="k", Value="v")  # call-arg reportCallIssue
tag.key = 1  # assignment reportAttributeAccessIssue
tag.colour = "red"  # attr-defined reportAttributeAccessIssue
Variant(variant_name="v", instance_type=1)  # arg-type reportArgumentType
Variant(variant_name="v", instance_type=Variant)  # arg-type reportArgumentType
sagemaker.TrainingInstanceType.ML_M5_HUGE  # attr-defined reportAttributeAccessIssue
runtime.invoke_endpoint(endpoint_name="e", body=1)  # arg-type reportArgumentType
reply = runtime.invoke_endpoint(endpoint_name="e", body=b"")
reply.body.text  # attr-defined reportAttributeAccessIssue
sagemaker.TrainingInstance  # attr-defined reportAttributeAccessIssue
sagemaker.Client(1)  # arg-type reportArgumentType
sagemaker.Client(region="us-east-1")  # call-arg reportCallIssue
sagemaker.Client(serializer="fast")  # arg-type reportArgumentType
sagemaker.OPERATIONS["CreateModel"].output  # attr-defined reportAttributeAccessIssue
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a program of right uses and one of wrong ones."""
    return write_program(tmp_path_factory.mktemp("program"), RIGHT, WRONG)


@pytest.fixture(scope="module")
def mypy(program: Path, root: Path) -> Errors:
    """The codes of mypy's errors by file and line."""
    return run_mypy(program, root)


@pytest.fixture(scope="module")
def pyright(program: Path) -> Errors:
    """The rules of pyright's errors and warnings by file and line."""
    return run_pyright(program)


def test_mypy_is_content_with_right_uses(mypy: Errors) -> None:
    """`mypy --strict` finds nothing, and agrees on every type."""
    assert mypy.keys() == {"wrong.py"}


def test_pyright_is_content_with_right_uses(pyright: Errors) -> None:
    """pyright in strict mode finds nothing, and agrees on every type."""
    assert pyright.keys() == {"wrong.py"}


def test_mypy_finds_every_wrong_use(mypy: Errors) -> None:
    """Each at its line, and for the right reason."""
    assert mypy["wrong.py"] == expect_errors(WRONG, 0)


def test_pyright_finds_every_wrong_use(pyright: Errors) -> None:
    """Each at its line, and for the right reason."""
    assert pyright["wrong.py"] == expect_errors(WRONG, 1)
