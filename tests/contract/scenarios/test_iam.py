"""IAM: roles, users and policies, whose documents are JSON within XML."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC
from typing import Any

import pytest
from tests.support.packages import import_service

from botosmith.runtime import from_boto3

TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"Service": "lambda.amazonaws.com"},
            "Action": "sts:AssumeRole",
            "Condition": {"StringEquals": {"aws:PrincipalTag/note": "a+b & <grüß>%"}},
        }
    ],
}
OTHER_TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"AWS": ["123456789012"]},
            "Action": ["sts:AssumeRole", "sts:TagSession"],
        }
    ],
}
READ = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}],
}
WRITE = {
    "Version": "2012-10-17",
    "Statement": {"Effect": "Deny", "Action": ["s3:Put*"], "Resource": ["*"]},
}


@pytest.fixture(scope="module")
def iam() -> Any:
    """The generated package."""
    return import_service("iam")


@pytest.fixture
def client(connect: Callable[..., Any]) -> Any:
    """A client of moto's server."""
    return connect("iam")


@pytest.fixture
def role(iam: Any, client: Any) -> Any:
    """A role."""
    return client.create_role(
        role_name="courier",
        path="/depot/",
        assume_role_policy_document=json.dumps(TRUST),
        description="Carries & fetches",
        max_session_duration=7200,
        tags=[iam.Tag(key="team", value="forge")],
    ).role


def test_the_life_of_a_role(
    iam: Any, client: Any, role: Any, connect_boto3: Callable[..., Any]
) -> None:
    """Create, find, alter and delete it; its document comes as a dictionary."""
    got = client.get_role(role_name="courier")
    theirs = connect_boto3("iam").get_role(RoleName="courier")
    listed = client.list_roles(path_prefix="/depot/").roles
    client.update_role(role_name="courier", description="Fetches")
    client.update_assume_role_policy(
        role_name="courier", policy_document=json.dumps(OTHER_TRUST)
    )
    altered = client.get_role(role_name="courier").role
    tags = client.list_role_tags(role_name="courier").tags
    client.delete_role(role_name="courier")

    assert role.arn == "arn:aws:iam::123456789012:role/depot/courier"
    assert (role.path, role.max_session_duration) == ("/depot/", 7200)
    assert role.create_date.tzinfo is UTC
    assert role.assume_role_policy_document == TRUST
    assert got.role.assume_role_policy_document == TRUST
    assert theirs["Role"]["AssumeRolePolicyDocument"] == TRUST
    assert from_boto3(iam.GetRoleResponse, theirs) == got
    assert [found.role_name for found in listed] == ["courier"]
    assert listed[0].assume_role_policy_document == TRUST
    assert altered.description == "Fetches"
    assert altered.assume_role_policy_document == OTHER_TRUST
    assert tags == [iam.Tag(key="team", value="forge")]
    with pytest.raises(iam.NoSuchEntityException, match="courier") as caught:
        client.get_role(role_name="courier")
    assert caught.value.code == "NoSuchEntity"


def test_a_policy_within_a_role(client: Any, role: Any) -> None:
    """Put, got as a dictionary, listed, deleted."""
    where = {"role_name": role.role_name, "policy_name": "read"}
    client.put_role_policy(**where, policy_document=json.dumps(READ))
    got = client.get_role_policy(**where)
    listed = client.list_role_policies(role_name=role.role_name)
    client.delete_role_policy(**where)

    assert got.policy_document == READ
    assert (listed.policy_names, listed.is_truncated) == (["read"], False)
    with pytest.raises(client.exceptions.NoSuchEntityException):
        client.get_role_policy(**where)


def test_the_life_of_a_policy(iam: Any, client: Any, role: Any) -> None:
    """Create, attach, version and delete it."""
    policy = client.create_policy(
        policy_name="read", policy_document=json.dumps(READ)
    ).policy
    client.attach_role_policy(role_name=role.role_name, policy_arn=policy.arn)
    attached = client.list_attached_role_policies(role_name=role.role_name)
    version = client.create_policy_version(
        policy_arn=policy.arn, policy_document=json.dumps(WRITE), set_as_default=True
    ).policy_version
    got = client.get_policy_version(
        policy_arn=policy.arn, version_id=version.version_id
    ).policy_version
    first = client.get_policy_version(policy_arn=policy.arn, version_id="v1")
    with pytest.raises(iam.DeleteConflictException, match="must detach"):
        client.delete_role(role_name=role.role_name)
    client.detach_role_policy(role_name=role.role_name, policy_arn=policy.arn)
    client.delete_policy(policy_arn=policy.arn)

    assert attached.attached_policies == [
        iam.AttachedPolicy(policy_name="read", policy_arn=policy.arn)
    ]
    assert (got.is_default_version, got.document) == (True, WRITE)
    assert first.policy_version.document == READ
    with pytest.raises(iam.NoSuchEntityException):
        client.get_policy(policy_arn=policy.arn)
    with pytest.raises(iam.EntityAlreadyExistsException):
        client.create_role(role_name="courier", assume_role_policy_document="{}")
    with pytest.raises(iam.MalformedPolicyDocumentException) as caught:
        client.create_policy(policy_name="bad", policy_document="no JSON")
    assert caught.value.code == "MalformedPolicyDocument"


def test_users_by_pages(iam: Any, client: Any) -> None:
    """By hand, with a marker; a key's secret is told once, and hidden in print."""
    for number in range(5):
        client.create_user(user_name=f"user-{number}")
    key = client.create_access_key(user_name="user-0").access_key

    names, marker, truncated = [], None, True
    while truncated:
        page = client.list_users(max_items=2, marker=marker)
        names += [user.user_name for user in page.users]
        marker, truncated = page.marker, page.is_truncated

    assert names == [f"user-{number}" for number in range(5)]
    assert key.status is iam.StatusType.ACTIVE
    assert key.secret_access_key
    assert key.secret_access_key not in repr(key)


def test_the_whole_account(iam: Any, client: Any, role: Any) -> None:
    """Documents deep within a reply are dictionaries, too."""
    client.put_role_policy(
        role_name=role.role_name, policy_name="read", policy_document=json.dumps(READ)
    )

    told = client.get_account_authorization_details(filter=[iam.EntityType.ROLE])

    (found,) = told.role_detail_list
    assert found.assume_role_policy_document == TRUST
    assert [policy.policy_document for policy in found.role_policy_list] == [READ]


def test_a_profile_with_a_role(iam: Any, client: Any, role: Any) -> None:
    """A structure within a structure within a list."""
    client.create_instance_profile(instance_profile_name="box")
    client.add_role_to_instance_profile(
        instance_profile_name="box", role_name=role.role_name
    )

    profile = client.get_instance_profile(instance_profile_name="box").instance_profile

    assert [found.arn for found in profile.roles] == [role.arn]
    assert profile.roles[0].assume_role_policy_document == TRUST
    with pytest.raises(iam.LimitExceededException):
        client.add_role_to_instance_profile(
            instance_profile_name="box", role_name=role.role_name
        )
