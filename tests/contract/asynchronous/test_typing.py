"""Type checkers know what is awaited, from the signatures of what is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.contract.asynchronous.document import read_examples
from tests.support.checker import (
    Errors,
    expect_errors,
    run_mypy,
    run_pyright,
    write_program,
)

RIGHT = '''\
"""Uses that are right, and the types that they have."""

import asyncio
from typing import assert_type

from botosmith import sagemaker, sagemaker_runtime
from botosmith.runtime import AsyncPages, EventStream, StreamingBody


async def call() -> str:
    async with sagemaker.AsyncClient("us-east-1", serializer="botocore") as client:
        assert_type(client, sagemaker.AsyncClient)
        created = await client.create_model(
            model_name="m", tags=[sagemaker.Tag(key="k", value="v")]
        )
        assert_type(created, sagemaker.CreateModelOutput)
        request = sagemaker.CreateModelInput(model_name="m")
        assert_type(await client.send(request), sagemaker.CreateModelOutput)
        assert_type(await client.generate_presigned_url(request, expires_in=5), str)
        both = await asyncio.gather(
            client.describe_model(model_name="m"), client.list_tags(resource_arn="a")
        )
        assert_type(
            both, tuple[sagemaker.DescribeModelOutput, sagemaker.ListTagsOutput]
        )
        task = asyncio.create_task(client.describe_model(model_name="m"))
        assert_type((await task).model_name, str)
        try:
            await client.delete_model(model_name="m")
        except client.exceptions.ResourceNotFound:
            pass
        client.meta.events.register("before-send", print)
    opened = await sagemaker.AsyncClient("us-east-1")
    assert_type(opened, sagemaker.AsyncClient)
    await opened.close()
    return created.model_arn


async def turn_pages(client: sagemaker.AsyncClient) -> list[str]:
    models = client.paginate_list_models(name_contains="demo", max_items=5)
    assert_type(models, AsyncPages[sagemaker.ListModelsOutput, sagemaker.ModelSummary])
    async for page in models:
        assert_type(page, sagemaker.ListModelsOutput)
    assert_type(models.resume_token, str | None)
    assert_type(await models.build_full_result(), sagemaker.ListModelsOutput)
    return [model.model_name async for model in models.items()]


async def wait(client: sagemaker.AsyncClient) -> str:
    gone = await client.wait_until_endpoint_deleted(endpoint_name="e", delay=1)
    assert_type(gone, sagemaker.DescribeEndpointOutput | None)
    endpoint = await client.wait_until_endpoint_in_service(
        endpoint_name="e", max_attempts=3, progress=print
    )
    assert_type(endpoint, sagemaker.DescribeEndpointOutput)
    return endpoint.endpoint_arn


async def stream(client: sagemaker_runtime.AsyncClient) -> list[bytes]:
    with open("image.png", "rb") as image:
        reply = await client.invoke_endpoint(endpoint_name="e", body=image)
    assert reply.body is not None
    assert_type(reply.body, StreamingBody)
    chunks: list[bytes] = []
    async with reply.body as body:
        assert_type(body, StreamingBody)
        assert_type(await body.aread(), bytes)
        async for chunk in body:
            chunks.append(chunk)
        chunks += [line async for line in body.aiter_lines()]
    answer = await client.invoke_endpoint_with_response_stream(
        endpoint_name="e", body=b""
    )
    assert_type(answer.body, EventStream[sagemaker_runtime.ResponseStream])
    async with answer.body as events:
        async for event in events:
            if event.payload_part is not None and event.payload_part.bytes is not None:
                chunks.append(event.payload_part.bytes)
    return chunks
'''

#: Each line with what mypy and pyright have to say about it.
WRONG = """\
from botosmith import sagemaker


async def wrong(client: sagemaker.AsyncClient, tag: sagemaker.Tag) -> None:
    client.create_model(model_name="m")  # unused-coroutine reportUnusedCoroutine
    client.list_models().models  # attr-defined reportAttributeAccessIssue
    await client.create_model(model_name=1)  # arg-type reportArgumentType
    await client.create_model()  # call-arg reportCallIssue
    await client.create_model(model_name="m", colour="")  # call-arg reportCallIssue
    await client.create_model("m")  # call-arg reportCallIssue
    await client.list_tags(resource_arn=tag)  # arg-type reportArgumentType
    await client.create_models()  # attr-defined reportAttributeAccessIssue
    await client.send(tag)  # arg-type reportArgumentType
    (await client.list_models()).model  # attr-defined reportAttributeAccessIssue
    list(client.paginate_list_models())  # call-overload reportArgumentType
    client.paginate_list_models(next_token="t")  # call-arg reportCallIssue
    client.paginate_list_models(max_items="9")  # arg-type reportArgumentType
    await client.wait_until_endpoint_deleted()  # call-arg reportCallIssue
    with client:  # attr-defined reportGeneralTypeIssues
        pass
    sagemaker.AsyncClient(1)  # arg-type reportArgumentType
    await client.meta  # misc reportGeneralTypeIssues
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with right uses, wrong ones, and the examples of docs/async.md."""
    folder = write_program(tmp_path_factory.mktemp("program"), RIGHT, WRONG)
    for number, example in enumerate(read_examples()):
        (folder / f"example{number}.py").write_text(example)
    return folder


def test_mypy_agrees(program: Path, root: Path) -> None:
    """It is content with right uses, and finds every wrong one, for its reason."""
    found: Errors = run_mypy(program, root)

    assert found == {"wrong.py": expect_errors(WRONG, 0)}


def test_pyright_agrees(program: Path) -> None:
    """It is content with right uses, and finds every wrong one, for its reason."""
    found: Errors = run_pyright(program)

    assert found == {"wrong.py": expect_errors(WRONG, 1)}
