"""Lambda: functions of zip files; what they are given, moto has them give back."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from tests.contract.scenarios.responder import Answer, Responder
from tests.support.packages import import_service

from botosmith.runtime import from_boto3

ROLE = "arn:aws:iam::123456789012:role/courier"


def archive(text: str) -> bytes:
    """A zip file with a module."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as zipped:
        zipped.writestr("parcels.py", text)
    return file.getvalue()


CODE = archive("def handler(event, context): return event")


@pytest.fixture(scope="module")
def lambda_() -> Any:
    """The generated package."""
    return import_service("lambda")


@pytest.fixture
def client(connect: Callable[..., Any]) -> Any:
    """A client of moto's server."""
    iam = connect("iam")
    iam.create_role(role_name="courier", assume_role_policy_document="{}")
    return connect("lambda")


@pytest.fixture
def function(lambda_: Any, client: Any) -> Any:
    """A function."""
    return client.create_function(
        function_name="parcels",
        runtime=lambda_.Runtime.PYTHON3_13,
        role=ROLE,
        handler="parcels.handler",
        code=lambda_.FunctionCode(zip_file=CODE),
        environment=lambda_.Environment(variables={"LANGUAGE": "grüß & <co>"}),
        architectures=[lambda_.Architecture.ARM64],
        timeout=7,
        publish=False,
        tags={"team": "forge"},
    )


def test_the_life_of_a_function(
    lambda_: Any, client: Any, function: Any, connect_boto3: Callable[..., Any]
) -> None:
    """Create, get, list, configure, replace, publish and delete it."""
    digest = base64.b64encode(sha256(CODE).digest()).decode()
    got = client.get_function(function_name="parcels")
    theirs = connect_boto3("lambda").get_function(FunctionName="parcels")
    listed = client.list_functions().functions
    configured = client.update_function_configuration(
        function_name="parcels", timeout=9, description=""
    )
    replaced = client.update_function_code(
        function_name="parcels", zip_file=archive("other"), publish=True
    )
    versions = client.list_versions_by_function(function_name="parcels").versions
    client.delete_function(function_name="parcels")

    assert function.code_sha256 == got.configuration.code_sha256 == digest
    assert function.code_size == len(CODE)
    assert function.architectures == [lambda_.Architecture.ARM64]
    assert function.environment.variables == {"LANGUAGE": "grüß & <co>"}
    assert "grüß" not in repr(function)
    assert got.configuration.state is lambda_.State.ACTIVE
    assert got.tags == {"team": "forge"}
    assert from_boto3(lambda_.GetFunctionResponse, theirs) == got
    assert [found.function_arn for found in listed] == [got.configuration.function_arn]
    assert configured.timeout == 9
    assert replaced.code_sha256 != digest
    assert {found.version for found in versions} == {"$LATEST", "1"}
    with pytest.raises(lambda_.ResourceNotFoundException) as caught:
        client.get_function(function_name="parcels")
    assert caught.value.response_metadata.status == 404


@pytest.mark.usefixtures("function")
def test_a_call(lambda_: Any, client: Any) -> None:
    """Bytes, text or a file go in, and a stream comes out."""
    event = json.dumps({"text": "grüß"}).encode()

    for payload in (event, event.decode(), io.BytesIO(event), bytearray(event)):
        reply = client.invoke(
            function_name="parcels",
            invocation_type=lambda_.InvocationType.REQUEST_RESPONSE,
            payload=payload,
        )
        assert json.load(reply.payload) == {"text": "grüß"}
        assert reply.status_code == 200
        assert reply.function_error is None


@pytest.mark.usefixtures("function")
def test_a_call_without_an_event(client: Any) -> None:
    """Nothing is sent."""
    with client.invoke(function_name="parcels").payload as payload:
        assert payload.read() == b"Simple Lambda happy path OK"


@pytest.mark.usefixtures("function")
def test_a_call_that_is_not_waited_for(client: Any) -> None:
    """The status is in the reply, and the body is empty."""
    reply = client.invoke(
        function_name="parcels", invocation_type="Event", payload=b"{}"
    )

    assert reply.status_code == 202
    reply.payload.close()


def test_a_call_that_fails(connect: Callable[..., Any], responder: Responder) -> None:
    """No error of the service's: a header tells; moto's functions never fail here."""
    client = connect("lambda", endpoint_url=responder.url)
    log = base64.b64encode(b"START\nEND").decode()
    responder.answers = [
        Answer(
            b'{"errorMessage": "no"}',
            headers={
                "X-Amz-Function-Error": "Unhandled",
                "X-Amz-Log-Result": log,
                "X-Amz-Executed-Version": "$LATEST",
            },
        )
    ]

    reply = client.invoke(
        function_name="parcels", log_type="Tail", payload=b"\x00\xff", qualifier="1"
    )

    assert reply.function_error == "Unhandled"
    assert reply.executed_version == "$LATEST"
    assert reply.log_result == log
    assert json.loads(reply.payload.read()) == {"errorMessage": "no"}
    (received,) = responder.received
    assert received.target == "/2015-03-31/functions/parcels/invocations?Qualifier=1"
    assert received.headers["x-amz-log-type"] == "Tail"
    assert received.body == b"\x00\xff"


@pytest.mark.usefixtures("function")
def test_who_may_call(lambda_: Any, client: Any) -> None:
    """A policy is JSON that stays text, since botocore leaves it so."""
    client.add_permission(
        function_name="parcels",
        statement_id="one",
        action="lambda:InvokeFunction",
        principal="s3.amazonaws.com",
        source_arn="arn:aws:s3:::parcels",
    )
    policy = json.loads(client.get_policy(function_name="parcels").policy)
    client.remove_permission(function_name="parcels", statement_id="one")

    (statement,) = policy["Statement"]
    assert statement["Sid"] == "one"
    with pytest.raises(lambda_.ResourceNotFoundException):
        client.remove_permission(function_name="parcels", statement_id="one")


def test_layers(lambda_: Any, client: Any) -> None:
    """Bytes within a structure, and a version in the path."""
    published = client.publish_layer_version(
        layer_name="wrapping",
        content=lambda_.LayerVersionContentInput(zip_file=CODE),
        compatible_runtimes=["python3.12", lambda_.Runtime.PYTHON3_13],
        license_info="Apache-2.0",
    )
    got = client.get_layer_version(layer_name="wrapping", version_number=1)
    client.delete_layer_version(layer_name="wrapping", version_number=1)

    assert published.version == 1
    assert got.content.code_size == len(CODE)
    assert got.compatible_runtimes[1] is lambda_.Runtime.PYTHON3_13
    assert client.list_layer_versions(layer_name="wrapping").layer_versions == []


@pytest.mark.usefixtures("function")
def test_an_alias(lambda_: Any, client: Any) -> None:
    """Made for a version, and deleted without a reply's body."""
    version = client.publish_version(function_name="parcels").version
    made = client.create_alias(
        function_name="parcels", name="live", function_version=version
    )
    client.delete_alias(function_name="parcels", name="live")

    assert made.alias_arn.endswith(":parcels:live")
    with pytest.raises(lambda_.ResourceNotFoundException):
        client.get_alias(function_name="parcels", name="live")


@pytest.mark.usefixtures("function")
def test_a_function_is_made_once(lambda_: Any, client: Any) -> None:
    """The error of a conflict, with a type beside its message."""
    with pytest.raises(lambda_.ResourceConflictException) as caught:
        client.create_function(
            function_name="parcels",
            runtime="python3.13",
            role=ROLE,
            handler="parcels.handler",
            code=lambda_.FunctionCode(zip_file=CODE),
        )

    assert "parcels" in caught.value.message
