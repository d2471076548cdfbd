"""Systems Manager: parameters, their kinds, histories and paths."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from typing import Any

import pytest
from tests.support.packages import import_service

from botosmith.runtime import from_boto3


@pytest.fixture(scope="module")
def ssm() -> Any:
    """The generated package."""
    return import_service("ssm")


@pytest.fixture
def client(connect: Callable[..., Any]) -> Any:
    """A client of moto's server."""
    return connect("ssm")


def test_the_life_of_a_parameter(
    ssm: Any, client: Any, connect_boto3: Callable[..., Any]
) -> None:
    """Put, get, replace, look back, and delete it."""
    put = client.put_parameter(
        name="/depot/size",
        value="7 & <grüß>",
        type=ssm.ParameterType.STRING,
        description="How many",
        allowed_pattern=".*",
        tier=ssm.ParameterTier.STANDARD,
        tags=[ssm.Tag(key="team", value="forge")],
    )
    got = client.get_parameter(name="/depot/size")
    theirs = connect_boto3("ssm").get_parameter(Name="/depot/size")
    again = client.put_parameter(name="/depot/size", value="8", overwrite=True)
    label = client.label_parameter_version(
        name="/depot/size", parameter_version=1, labels=["first"]
    )
    old = client.get_parameter(name="/depot/size:first").parameter
    history = client.get_parameter_history(name="/depot/size").parameters
    client.delete_parameter(name="/depot/size")

    assert (put.version, put.tier) == (1, "Standard")
    assert got.parameter.value == "7 & <grüß>"
    assert got.parameter.type is ssm.ParameterType.STRING
    assert got.parameter.last_modified_date.tzinfo is UTC
    assert from_boto3(ssm.GetParameterResult, theirs) == got
    assert again.version == 2
    assert label.invalid_labels == []
    assert old.value == "7 & <grüß>"
    assert [(found.version, found.value) for found in history] == [
        (1, "7 & <grüß>"),
        (2, "8"),
    ]
    assert history[0].labels == ["first"]
    with pytest.raises(ssm.ParameterNotFound) as caught:
        client.get_parameter(name="/depot/size")
    assert caught.value.code == "ParameterNotFound"
    with pytest.raises(client.exceptions.ParameterNotFound):
        client.delete_parameter(name="/depot/size")


def test_kinds(ssm: Any, client: Any) -> None:
    """A list is text; a secure one is encrypted, unless one asks."""
    client.put_parameter(name="list", value="a,b", type=ssm.ParameterType.STRING_LIST)
    client.put_parameter(
        name="secret", value="sesame", type=ssm.ParameterType.SECURE_STRING
    )

    closed = client.get_parameter(name="secret", with_decryption=False).parameter
    opened = client.get_parameter(name="secret", with_decryption=True).parameter
    several = client.get_parameters(names=["list", "nothing", "secret"])

    assert closed.value != "sesame"
    assert opened.value == "sesame"
    assert "sesame" not in repr(opened)
    assert sorted(found.name for found in several.parameters) == ["list", "secret"]
    assert several.invalid_parameters == ["nothing"]


def test_parameters_by_path(ssm: Any, client: Any) -> None:
    """By pages, by hand; by filters; the branches only if asked for."""
    for name in ("a", "b", "c", "deep/d", "deep/e"):
        client.put_parameter(name=f"/depot/{name}", value=name, type="String")
    client.put_parameter(name="/other/a", value="a", type="String")

    def names(**more: Any) -> list[str]:
        found, token = [], None
        while True:
            page = client.get_parameters_by_path(
                path="/depot", max_results=2, next_token=token, **more
            )
            assert len(page.parameters) <= 2
            found += [parameter.name for parameter in page.parameters]
            token = page.next_token
            if token is None:
                return sorted(found)

    flat = ["/depot/a", "/depot/b", "/depot/c"]
    assert names() == names(recursive=False) == flat
    assert names(recursive=True) == [*flat, "/depot/deep/d", "/depot/deep/e"]
    described = client.describe_parameters(
        parameter_filters=[
            ssm.ParameterStringFilter(
                key="Name", option="BeginsWith", values=["/other"]
            )
        ]
    ).parameters
    assert [found.name for found in described] == ["/other/a"]


def test_a_parameter_is_made_once(ssm: Any, client: Any) -> None:
    """Unless one asks for it to be replaced."""
    client.put_parameter(name="size", value="7", type="String")

    with pytest.raises(ssm.ParameterAlreadyExists) as caught:
        client.put_parameter(name="size", value="8", type="String")
    assert "already exists" in caught.value.message


def test_several_are_deleted(client: Any) -> None:
    """A missing parameter is told."""
    client.put_parameter(name="size", value="7", type="String")

    deleted = client.delete_parameters(names=["size", "nothing"])

    assert deleted.deleted_parameters == ["size"]
    assert deleted.invalid_parameters == ["nothing"]


def test_a_document(ssm: Any, client: Any) -> None:
    """Text that is JSON, with a version that is text."""
    content = '{"schemaVersion": "2.2", "description": "grüß", "mainSteps": []}'
    made = client.create_document(
        name="steps",
        content=content,
        document_type=ssm.DocumentType.COMMAND,
        document_format=ssm.DocumentFormat.JSON,
    ).document_description
    got = client.get_document(name="steps")
    client.delete_document(name="steps")

    assert made.document_version == "1"
    assert made.document_type is ssm.DocumentType.COMMAND
    assert "grüß" in got.content
    with pytest.raises(ssm.InvalidDocument):
        client.get_document(name="steps")
