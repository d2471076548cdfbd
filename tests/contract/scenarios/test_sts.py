"""STS: who one is, and who else one may be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.support.packages import import_service

from botosmith.runtime import ValidationError, from_boto3

ROLE = "arn:aws:iam::123456789012:role/courier"


@pytest.fixture(scope="module")
def sts() -> Any:
    """The generated package."""
    return import_service("sts")


@pytest.fixture
def client(connect: Callable[..., Any]) -> Any:
    """A client of moto's server."""
    return connect("sts")


def test_who_one_is(sts: Any, client: Any, connect_boto3: Callable[..., Any]) -> None:
    """The account, the user and the ARN."""
    identity = client.get_caller_identity()
    theirs = connect_boto3("sts").get_caller_identity()

    assert identity.account == "123456789012"
    assert identity.arn == "arn:aws:sts::123456789012:user/moto"
    assert from_boto3(sts.GetCallerIdentityResponse, theirs) == identity


def test_another_role(sts: Any, client: Any, connect: Callable[..., Any]) -> None:
    """Its credentials are hidden in print, end some day, and make a client."""
    assumed = client.assume_role(
        role_arn=ROLE,
        role_session_name="monday",
        duration_seconds=900,
        tags=[sts.Tag(key="team", value="forge")],
        transitive_tag_keys=["team"],
    )
    credentials = assumed.credentials
    other = connect(
        "sts",
        aws_access_key_id=credentials.access_key_id,
        aws_secret_access_key=credentials.secret_access_key,
        aws_session_token=credentials.session_token,
    )

    assert credentials.expiration > datetime.now(UTC)
    assert credentials.secret_access_key not in repr(assumed)
    assert assumed.assumed_role_user.arn.endswith("assumed-role/courier/monday")
    assert assumed.packed_policy_size == 6
    assert other.get_caller_identity().arn == assumed.assumed_role_user.arn


def test_a_role_by_a_token(client: Any) -> None:
    """The call is not signed, since whoever makes it has no credentials yet."""
    seen = []

    def look(request: Any, **_: Any) -> None:
        seen.append(dict(request.headers))

    client.meta.events.register("before-send.sts", look)
    assumed = client.assume_role_with_web_identity(
        role_arn=ROLE, role_session_name="monday", web_identity_token="t" * 20
    )

    assert assumed.credentials.access_key_id
    assert "Authorization" not in seen[0]


def test_other_tokens(client: Any) -> None:
    """Credentials of a session, and of a federated user, come."""
    session = client.get_session_token(duration_seconds=900)
    federated = client.get_federation_token(name="guest", policy="{}")

    assert session.credentials.session_token
    assert federated.federated_user.arn.endswith("federated-user/guest")


def test_arguments_that_are_never_sent(client: Any) -> None:
    """All of them are told at once."""
    with pytest.raises(ValidationError) as caught:
        client.assume_role(role_arn="short", role_session_name="", duration_seconds=1)

    assert [violation.path for violation in caught.value.violations] == [
        "role_arn",
        "role_session_name",
        "duration_seconds",
    ]
