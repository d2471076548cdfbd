"""EC2: machines, their networks and their tags, in the protocol of its own."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import UTC
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.support.packages import import_service

from botosmith.runtime import from_boto3

IMAGE = "ami-1234567890abcdef0"


@pytest.fixture(scope="module")
def ec2() -> Any:
    """The generated package."""
    return import_service("ec2")


@pytest.fixture
def client(connect: Callable[..., Any]) -> Any:
    """A client of moto's server."""
    return connect("ec2")


@pytest.fixture
def sent(client: Any) -> list[dict[str, list[str]]]:
    """The bodies of what the client sends from here on."""
    bodies: list[dict[str, list[str]]] = []

    def look(request: Any, **_: Any) -> None:
        body = request.body
        bodies.append(parse_qs(body.decode() if isinstance(body, bytes) else body))

    client.meta.events.register("before-send.ec2", look)
    return bodies


def run(ec2: Any, client: Any, count: int = 1, **more: Any) -> list[str]:
    """Run machines, and give their identifiers."""
    ran = client.run_instances(
        image_id=IMAGE,
        min_count=count,
        max_count=count,
        instance_type=ec2.InstanceType.T3_MICRO,
        **more,
    )
    return [instance.instance_id for instance in ran.instances]


def test_the_life_of_machines(
    ec2: Any, client: Any, connect_boto3: Callable[..., Any]
) -> None:
    """Run, find by tags, stop, start and terminate them."""
    tags = ec2.TagSpecification(
        resource_type=ec2.ResourceType.INSTANCE,
        tags=[ec2.Tag(key="team", value="forge & <co>"), ec2.Tag(key="b", value="")],
    )
    ids = run(ec2, client, 2, tag_specifications=[tags])
    run(ec2, client)
    filters = [
        ec2.Filter(name="tag:team", values=["forge & <co>", "other"]),
        ec2.Filter(name="instance-state-name", values=["running"]),
    ]
    found = client.describe_instances(filters=filters)
    theirs = connect_boto3("ec2").describe_instances(InstanceIds=ids)
    stopped = client.stop_instances(instance_ids=ids[:1])
    states = client.describe_instance_status(
        instance_ids=ids, include_all_instances=True
    )
    client.start_instances(instance_ids=ids[:1])
    ended = client.terminate_instances(instance_ids=ids)

    instances = [one for group in found.reservations for one in group.instances]
    assert [one.instance_id for one in instances] == ids
    assert instances[0].state.name is ec2.InstanceStateName.RUNNING
    assert instances[0].state.code == 16
    assert instances[0].instance_type is ec2.InstanceType.T3_MICRO
    assert instances[0].launch_time.tzinfo is UTC
    assert instances[0].tags == tags.tags
    assert instances[0].ebs_optimized is False
    assert from_boto3(ec2.DescribeInstancesResult, theirs) == found
    (change,) = stopped.stopping_instances
    assert (change.previous_state.name, change.current_state.name) == (
        "running",
        "stopping",
    )
    assert {
        status.instance_id: status.instance_state.name
        for status in states.instance_statuses
    } == {ids[0]: "stopped", ids[1]: "running"}
    assert [one.current_state.name for one in ended.terminating_instances] == [
        "shutting-down"
    ] * 2


def test_user_data_and_a_token(
    ec2: Any, client: Any, sent: list[dict[str, list[str]]]
) -> None:
    """Text is sent as base64, and each call has a token of its own."""
    (first,) = run(ec2, client, user_data="#!/bin/sh\necho grüß")
    run(ec2, client)
    told = client.describe_instance_attribute(
        instance_id=first, attribute=ec2.InstanceAttributeName.USER_DATA
    )

    assert b64decode(told.user_data.value).decode() == "#!/bin/sh\necho grüß"
    assert sent[0]["Action"] == ["RunInstances"]
    assert sent[0]["ClientToken"] != sent[1]["ClientToken"]


def test_structures_and_lists_within_lists(
    ec2: Any, client: Any, sent: list[dict[str, list[str]]]
) -> None:
    """Each has its place in the names of the query; so have booleans."""
    run(
        ec2,
        client,
        monitoring=ec2.RunInstancesMonitoringEnabled(enabled=False),
        block_device_mappings=[
            ec2.BlockDeviceMapping(
                device_name="/dev/sda1",
                ebs=ec2.EbsBlockDevice(
                    volume_size=50,
                    volume_type=ec2.VolumeType.GP3,
                    delete_on_termination=False,
                ),
            )
        ],
    )
    (group,) = client.describe_instances().reservations
    (mapping,) = group.instances[0].block_device_mappings

    assert sent[0]["Monitoring.Enabled"] == ["false"]
    assert sent[0]["BlockDeviceMapping.1.Ebs.VolumeType"] == ["gp3"]
    assert sent[0]["BlockDeviceMapping.1.Ebs.DeleteOnTermination"] == ["false"]
    assert mapping.device_name == "/dev/sda1"
    assert mapping.ebs.delete_on_termination is False


def test_a_dry_run(ec2: Any, client: Any) -> None:
    """Success is an error here."""
    with pytest.raises(ec2.EC2Error) as caught:
        run(ec2, client, dry_run=True)

    assert caught.value.code == "DryRunOperation"
    assert "would have succeeded" in caught.value.message
    assert client.describe_instances().reservations == []


def test_what_is_not_there(ec2: Any, client: Any) -> None:
    """EC2's model lists no errors: all are its root, and told apart by their codes."""
    with pytest.raises(ec2.EC2Error) as caught:
        client.describe_instances(instance_ids=["i-1234567890abcdef0"])
    with pytest.raises(ec2.EC2Error) as malformed:
        client.terminate_instances(instance_ids=["nothing"])

    assert caught.value.code == "InvalidInstanceID.NotFound"
    assert caught.value.response_metadata.request_id
    assert caught.value.response_metadata.status == 400
    assert malformed.value.code.startswith("InvalidInstanceID")


def test_the_life_of_a_security_group(
    ec2: Any, client: Any, connect_boto3: Callable[..., Any]
) -> None:
    """Create it in a network, open and close ports, describe and delete it."""
    vpc = client.create_vpc(cidr_block="10.0.0.0/16").vpc
    group = client.create_security_group(
        group_name="doors", description="Doors & <windows>", vpc_id=vpc.vpc_id
    ).group_id
    permission = ec2.IpPermission(
        ip_protocol="tcp",
        from_port=0,
        to_port=443,
        ip_ranges=[ec2.IpRange(cidr_ip="192.0.2.0/24", description="office")],
        ipv6_ranges=[ec2.Ipv6Range(cidr_ipv6="2001:db8::/32")],
    )
    allowed = client.authorize_security_group_ingress(
        group_id=group, ip_permissions=[permission]
    )
    with pytest.raises(ec2.EC2Error) as caught:
        client.authorize_security_group_ingress(
            group_id=group, ip_permissions=[permission]
        )
    described = client.describe_security_groups(group_ids=[group])
    theirs = connect_boto3("ec2").describe_security_groups(GroupIds=[group])
    client.revoke_security_group_ingress(group_id=group, ip_permissions=[permission])
    (closed,) = client.describe_security_groups(group_ids=[group]).security_groups
    client.delete_security_group(group_id=group)

    assert vpc.cidr_block == "10.0.0.0/16"
    assert vpc.is_default is False
    assert allowed.return_ is True
    assert len(allowed.security_group_rules) == 2
    (found,) = described.security_groups
    assert found.description == "Doors & <windows>"
    assert found.ip_permissions[0].from_port == 0
    assert found.ip_permissions[0].ip_ranges == permission.ip_ranges
    assert from_boto3(ec2.DescribeSecurityGroupsResult, theirs) == described
    assert caught.value.code == "InvalidPermission.Duplicate"
    assert closed.ip_permissions == []


def test_tags(ec2: Any, client: Any) -> None:
    """Added to, listed for, and taken from whatever has an identifier."""
    vpc = client.create_vpc(cidr_block="10.0.0.0/16").vpc.vpc_id
    tags = [ec2.Tag(key="a", value="1"), ec2.Tag(key="b", value="2")]
    client.create_tags(resources=[vpc], tags=tags)
    client.delete_tags(resources=[vpc], tags=[ec2.Tag(key="a")])

    told = client.describe_tags(
        filters=[ec2.Filter(name="resource-id", values=[vpc])]
    ).tags

    assert told == [
        ec2.TagDescription(
            key="b", value="2", resource_id=vpc, resource_type=ec2.ResourceType.VPC
        )
    ]


def test_pages(ec2: Any, client: Any) -> None:
    """By hand, with a token."""
    for _ in range(7):
        run(ec2, client)

    sizes, token = [], None
    while True:
        page = client.describe_instances(max_results=5, next_token=token)
        sizes.append(len(page.reservations))
        token = page.next_token
        if not token:
            break

    assert sizes == [5, 2]


def test_a_key(ec2: Any, client: Any, sent: list[dict[str, list[str]]]) -> None:
    """Its bytes go as base64; the secret half of a new one is hidden in print."""
    numbers = b"\0\0\0\x0bssh-ed25519\0\0\0 " + bytes(range(32))
    key = b"ssh-ed25519 " + b64encode(numbers) + b" gr\xc3\xbc\xc3\x9f"
    imported = client.import_key_pair(key_name="old", public_key_material=key)
    made = client.create_key_pair(key_name="new", key_type=ec2.KeyType.ED25519)

    assert b64decode(sent[0]["PublicKeyMaterial"][0]) == key
    assert imported.key_fingerprint
    assert made.key_material.startswith("-----BEGIN")
    assert "BEGIN" not in repr(made)
    with pytest.raises(ec2.EC2Error) as caught:
        client.create_key_pair(key_name="new")
    assert caught.value.code == "InvalidKeyPair.Duplicate"


def test_a_copy_from_elsewhere(client: Any, sent: list[dict[str, list[str]]]) -> None:
    """A URL is sent along, signed for the other region."""
    volume = client.create_volume(availability_zone="us-east-1a", size=8)
    snapshot = client.create_snapshot(volume_id=volume.volume_id).snapshot_id
    copied = client.copy_snapshot(
        source_region="us-east-1", source_snapshot_id=snapshot
    )

    url = sent[-1]["PresignedUrl"][0]
    query = parse_qs(urlsplit(url).query)
    assert query["Action"] == ["CopySnapshot"]
    assert query["SourceSnapshotId"] == [snapshot]
    assert query["DestinationRegion"] == sent[-1]["DestinationRegion"] == ["us-east-1"]
    assert copied.snapshot_id != snapshot
