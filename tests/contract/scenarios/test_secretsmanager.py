"""Secrets Manager: secrets of text and of bytes, and their versions."""

# ruff: noqa: S105, S106 - nothing here is a secret

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.support.packages import import_service

from botosmith.runtime import from_boto3

BYTES = bytes(range(256))


@pytest.fixture(scope="module")
def secretsmanager() -> Any:
    """The generated package."""
    return import_service("secretsmanager")


@pytest.fixture
def client(connect: Callable[..., Any]) -> Any:
    """A client of moto's server."""
    return connect("secretsmanager")


def test_the_life_of_a_secret(
    secretsmanager: Any, client: Any, connect_boto3: Callable[..., Any]
) -> None:
    """Create, read, replace, describe, delete and restore it."""
    created = client.create_secret(
        name="depot/key",
        secret_string="open & <sesame>",
        tags=[secretsmanager.Tag(key="team", value="forge")],
    )
    first = client.get_secret_value(secret_id="depot/key")
    theirs = connect_boto3("secretsmanager").get_secret_value(SecretId="depot/key")
    replaced = client.put_secret_value(
        secret_id=created.arn,
        secret_string="new",
    )
    second = client.get_secret_value(secret_id="depot/key")
    old = client.get_secret_value(secret_id="depot/key", version_stage="AWSPREVIOUS")
    described = client.describe_secret(secret_id="depot/key")

    assert first.secret_string == "open & <sesame>"
    assert from_boto3(secretsmanager.GetSecretValueResponse, theirs) == first
    assert first.created_date.tzinfo is UTC
    assert second.secret_string == "new"
    assert old.secret_string == first.secret_string
    assert described.version_ids_to_stages == {
        created.version_id: ["AWSPREVIOUS"],
        replaced.version_id: ["AWSCURRENT"],
    }
    assert described.tags == [secretsmanager.Tag(key="team", value="forge")]
    assert "sesame" not in repr(first)

    deleted = client.delete_secret(secret_id="depot/key", recovery_window_in_days=7)
    assert deleted.deletion_date > datetime.now(UTC) + timedelta(days=6)
    with pytest.raises(secretsmanager.InvalidRequestException):
        client.get_secret_value(secret_id="depot/key")
    client.restore_secret(secret_id="depot/key")
    client.delete_secret(secret_id="depot/key", force_delete_without_recovery=True)
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        client.get_secret_value(secret_id="depot/key")


def test_a_secret_of_bytes(client: Any, connect_boto3: Callable[..., Any]) -> None:
    """Every byte comes back, and is hidden in print."""
    created = client.create_secret(name="key", secret_binary=BYTES)
    got = client.get_secret_value(secret_id="key")
    theirs = connect_boto3("secretsmanager").get_secret_value(SecretId="key")

    assert got.secret_binary == theirs["SecretBinary"] == BYTES
    assert got.secret_string is None
    assert got.version_id == created.version_id
    assert "***" in repr(got)


def test_a_secret_is_made_once(secretsmanager: Any, client: Any) -> None:
    """A token that is left out is filled in, and makes each call another."""
    client.create_secret(name="key", secret_string="a")

    with pytest.raises(secretsmanager.ResourceExistsException) as caught:
        client.create_secret(name="key", secret_string="b")
    assert "already exists" in caught.value.message


def test_secrets_by_pages(secretsmanager: Any, client: Any) -> None:
    """With a filter, by hand."""
    for number in range(5):
        client.create_secret(name=f"key-{number}", secret_string="a")
    client.create_secret(name="other", secret_string="a")
    filters = [
        secretsmanager.Filter(
            key=secretsmanager.FilterNameStringType.NAME, values=["key"]
        )
    ]

    names, token = [], None
    while True:
        page = client.list_secrets(filters=filters, max_results=2, next_token=token)
        names += [secret.name for secret in page.secret_list]
        token = page.next_token
        if token is None:
            break

    assert names == [f"key-{number}" for number in range(5)]


def test_a_password(client: Any) -> None:
    """Made as asked: a number and two booleans, one of them false."""
    made = client.get_random_password(
        password_length=40, exclude_punctuation=True, include_space=False
    )

    assert len(made.random_password) == 40
    assert made.random_password.isalnum()
    assert made.random_password not in repr(made)
