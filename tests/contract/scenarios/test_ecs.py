"""ECS: clusters, and what runs on them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from typing import Any

import pytest
from tests.support.packages import import_service

from botosmith.runtime import from_boto3


@pytest.fixture(scope="module")
def ecs() -> Any:
    """The generated package."""
    return import_service("ecs")


@pytest.fixture
def client(connect: Callable[..., Any]) -> Any:
    """A client of moto's server."""
    return connect("ecs")


@pytest.fixture
def cluster(ecs: Any, client: Any) -> Any:
    """A cluster."""
    return client.create_cluster(
        cluster_name="depot",
        tags=[ecs.Tag(key="team", value="forge")],
        settings=[
            ecs.ClusterSetting(
                name=ecs.ClusterSettingName.CONTAINER_INSIGHTS, value="enabled"
            )
        ],
    ).cluster


@pytest.fixture
def task(ecs: Any, client: Any) -> Any:
    """Return the task to run."""
    return client.register_task_definition(
        family="sorter",
        network_mode=ecs.NetworkMode.AWSVPC,
        requires_compatibilities=[ecs.Compatibility.FARGATE],
        cpu="256",
        memory="512",
        container_definitions=[
            ecs.ContainerDefinition(
                name="main",
                image="sorter:1",
                essential=True,
                memory=128,
                command=[],
                environment=[ecs.KeyValuePair(name="LANGUAGE", value="grüß")],
                port_mappings=[
                    ecs.PortMapping(
                        container_port=80, protocol=ecs.TransportProtocol.TCP
                    )
                ],
                log_configuration=ecs.LogConfiguration(
                    log_driver=ecs.LogDriver.AWSLOGS, options={"awslogs-group": "a"}
                ),
                readonly_root_filesystem=False,
            )
        ],
    ).task_definition


@pytest.fixture
def network(ecs: Any, connect_boto3: Callable[..., Any]) -> Any:
    """Return the cluster that tasks run in."""
    subnet, *_ = connect_boto3("ec2").describe_subnets()["Subnets"]
    return ecs.NetworkConfiguration(
        awsvpc_configuration=ecs.AwsVpcConfiguration(
            subnets=[subnet["SubnetId"]],
            security_groups=[],
            assign_public_ip=ecs.AssignPublicIp.DISABLED,
        )
    )


def test_the_life_of_a_cluster(
    ecs: Any, client: Any, cluster: Any, connect_boto3: Callable[..., Any]
) -> None:
    """Create, describe, list and delete it; what there is not is a failure."""
    described = client.describe_clusters(
        clusters=["depot", "nowhere"], include=[ecs.ClusterField.TAGS]
    )
    theirs = connect_boto3("ecs").describe_clusters(
        clusters=["depot", "nowhere"], include=["TAGS"]
    )
    listed = client.list_clusters()
    deleted = client.delete_cluster(cluster="depot").cluster

    assert cluster.status == "ACTIVE"
    assert cluster.registered_container_instances_count == 0
    assert described.clusters[0].tags == [ecs.Tag(key="team", value="forge")]
    assert [failure.reason for failure in described.failures] == ["MISSING"]
    assert from_boto3(ecs.DescribeClustersResponse, theirs) == described
    assert listed.cluster_arns == [cluster.cluster_arn]
    assert deleted.status == "INACTIVE"
    with pytest.raises(ecs.ClusterNotFoundException) as caught:
        client.list_services(cluster="nowhere")
    assert caught.value.message == "Cluster not found."


def test_the_life_of_a_definition(
    ecs: Any, client: Any, task: Any, connect_boto3: Callable[..., Any]
) -> None:
    """Register, describe, register again, and deregister it."""
    got = client.describe_task_definition(task_definition="sorter:1")
    theirs = connect_boto3("ecs").describe_task_definition(taskDefinition="sorter:1")
    again = client.register_task_definition(
        family="sorter", container_definitions=task.container_definitions
    )
    listed = client.list_task_definitions(family_prefix="sorter").task_definition_arns
    gone = client.deregister_task_definition(task_definition="sorter:1")

    (container,) = got.task_definition.container_definitions
    assert container.environment == [ecs.KeyValuePair(name="LANGUAGE", value="grüß")]
    assert container.essential is True
    assert container.readonly_root_filesystem is False
    assert container.command == []
    assert container.log_configuration.log_driver is ecs.LogDriver.AWSLOGS
    assert container.log_configuration.options == {"awslogs-group": "a"}
    assert from_boto3(ecs.DescribeTaskDefinitionResponse, theirs) == got
    assert again.task_definition.revision == 2
    assert [arn.rpartition(":")[2] for arn in listed] == ["1", "2"]
    assert gone.task_definition.status is ecs.TaskDefinitionStatus.INACTIVE


@pytest.mark.usefixtures("cluster", "task")
def test_the_life_of_a_service(ecs: Any, client: Any, network: Any) -> None:
    """Create, alter, and delete it; zero is a number like others."""
    made = client.create_service(
        cluster="depot",
        service_name="sorting",
        task_definition="sorter",
        desired_count=0,
        launch_type=ecs.LaunchType.FARGATE,
        network_configuration=network,
    ).service
    client.update_service(cluster="depot", service="sorting", desired_count=2)
    (described,) = client.describe_services(
        cluster="depot", services=["sorting"]
    ).services
    listed = client.list_services(cluster="depot").service_arns
    gone = client.delete_service(cluster="depot", service="sorting", force=True)

    assert made.desired_count == 0
    assert made.deployments[0].created_at.tzinfo is UTC
    assert made.network_configuration == network
    assert described.desired_count == 2
    assert listed == [made.service_arn]
    assert gone.service.service_name == "sorting"
    with pytest.raises(ecs.ServiceNotFoundException):
        client.update_service(cluster="depot", service="nothing")


@pytest.mark.usefixtures("cluster", "task")
def test_the_life_of_a_task(ecs: Any, client: Any, network: Any) -> None:
    """Run, describe, and stop it, with what is altered for this run alone."""
    ran = client.run_task(
        cluster="depot",
        task_definition="sorter",
        launch_type="FARGATE",
        network_configuration=network,
        overrides=ecs.TaskOverride(
            container_overrides=[ecs.ContainerOverride(name="main", command=["ls"])]
        ),
        started_by="me",
    )
    (task,) = ran.tasks
    (described,) = client.describe_tasks(cluster="depot", tasks=[task.task_arn]).tasks
    stopped = client.stop_task(
        cluster="depot", task=task.task_arn, reason="enough & more"
    ).task

    assert ran.failures == []
    assert task.launch_type is ecs.LaunchType.FARGATE
    assert described.overrides.container_overrides[0].command == ["ls"]
    assert described.started_by == "me"
    assert (stopped.desired_status, stopped.stopped_reason) == (
        "STOPPED",
        "enough & more",
    )
