"""S3: buckets, and what they are told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from typing import Any

import pytest

from botosmith.runtime import from_boto3


def test_the_life_of_a_bucket(
    s3: Any, client: Any, connect_boto3: Callable[..., Any]
) -> None:
    """Create, find, configure and delete one in another region."""
    place = s3.BucketLocationConstraint.EU_WEST_1
    created = client.create_bucket(
        bucket="abroad",
        create_bucket_configuration=s3.CreateBucketConfiguration(
            location_constraint=place
        ),
    )
    listed = client.list_buckets()
    theirs = connect_boto3("s3").list_buckets()
    located = client.get_bucket_location(bucket="abroad")
    headed = client.head_bucket(bucket="abroad")
    client.delete_bucket(bucket="abroad")

    assert created.location == "/abroad"
    assert [found.name for found in listed.buckets] == ["abroad"]
    assert listed.buckets[0].creation_date.tzinfo is UTC
    assert listed.owner.id
    assert from_boto3(s3.ListBucketsOutput, theirs) == listed
    assert located.location_constraint is place
    assert headed.bucket_region == "eu-west-1"
    assert client.list_buckets().buckets == []
    with pytest.raises(s3.NoSuchBucket) as caught:
        client.get_bucket_versioning(bucket="abroad")
    assert caught.value.code == "NoSuchBucket"
    assert caught.value.response["Error"]["BucketName"] == "abroad"


def test_a_bucket_is_made_once(s3: Any, client: Any) -> None:
    """The second attempt, outside us-east-1, is an error of its own."""
    request = s3.CreateBucketRequest(
        bucket="mine",
        create_bucket_configuration=s3.CreateBucketConfiguration(
            location_constraint="eu-central-1"
        ),
    )
    client.send(request)

    with pytest.raises(s3.BucketAlreadyOwnedByYou, match="you already own it"):
        client.send(request)
    with pytest.raises(client.exceptions.BucketAlreadyOwnedByYou):
        client.send(request)


def test_what_a_bucket_is_told_it_tells(
    s3: Any, client: Any, bucket: str, connect_boto3: Callable[..., Any]
) -> None:
    """Rules, grants and tags, in XML with lists, attributes and dates."""
    rule = s3.LifecycleRule(
        id="old & <gone>",
        status=s3.ExpirationStatus.ENABLED,
        filter=s3.LifecycleRuleFilter(prefix="logs/"),
        expiration=s3.LifecycleExpiration(days=30),
        transitions=[
            s3.Transition(days=10, storage_class=s3.TransitionStorageClass.GLACIER)
        ],
    )
    client.put_bucket_lifecycle_configuration(
        bucket=bucket,
        lifecycle_configuration=s3.BucketLifecycleConfiguration(rules=[rule]),
    )
    tags = [s3.Tag(key="team", value="forge"), s3.Tag(key="b", value="a/b c")]
    client.put_bucket_tagging(bucket=bucket, tagging=s3.Tagging(tag_set=tags))
    owner = client.get_bucket_acl(bucket=bucket).owner
    everyone = s3.Grantee(
        type=s3.Type.GROUP, uri="http://acs.amazonaws.com/groups/global/AllUsers"
    )
    policy = s3.AccessControlPolicy(
        owner=owner,
        grants=[s3.Grant(grantee=everyone, permission=s3.Permission.READ)],
    )
    client.put_bucket_acl(bucket=bucket, access_control_policy=policy)
    granted = client.get_bucket_acl(bucket=bucket)

    rules = client.get_bucket_lifecycle_configuration(bucket=bucket).rules
    assert [(found.id, found.status, found.expiration.days) for found in rules] == [
        (rule.id, "Enabled", 30)
    ]
    assert rules[0].filter == rule.filter
    assert rules[0].transitions == rule.transitions
    assert client.get_bucket_tagging(bucket=bucket).tag_set == tags
    assert granted.grants == policy.grants
    theirs = connect_boto3("s3").get_bucket_acl(Bucket=bucket)
    assert from_boto3(s3.GetBucketAclOutput, theirs) == granted
