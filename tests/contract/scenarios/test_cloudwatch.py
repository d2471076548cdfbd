"""CloudWatch: metrics in, some of them compressed, and statistics out."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.support.packages import import_service

from botosmith.runtime import from_boto3, to_boto3

HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def cloudwatch() -> Any:
    """The generated package."""
    return import_service("cloudwatch")


@pytest.fixture
def client(connect: Callable[..., Any]) -> Any:
    """A client of moto's server."""
    return connect("cloudwatch")


def test_metrics(
    cloudwatch: Any, client: Any, connect_boto3: Callable[..., Any]
) -> None:
    """Put with a moment, and summed up by periods."""
    depot = cloudwatch.Dimension(name="depot", value="north & <grüß>")
    moment = datetime.now(UTC).replace(second=0, microsecond=0)
    data = [
        cloudwatch.MetricDatum(
            metric_name="parcels",
            dimensions=[depot],
            timestamp=moment,
            value=value,
            unit=cloudwatch.StandardUnit.COUNT,
        )
        for value in (0.0, 1.5, 6)
    ]
    client.put_metric_data(namespace="Depot", metric_data=data)
    request = cloudwatch.GetMetricStatisticsInput(
        namespace="Depot",
        metric_name="parcels",
        dimensions=[depot],
        start_time=moment - HOUR,
        end_time=moment + HOUR,
        period=60,
        statistics=[cloudwatch.Statistic.SUM, "Average", "Minimum", "SampleCount"],
    )
    got = client.send(request)
    theirs = connect_boto3("cloudwatch").get_metric_statistics(**to_boto3(request))
    listed = client.list_metrics(namespace="Depot")

    (point,) = got.datapoints
    assert (point.sum, point.average, point.minimum) == (7.5, 2.5, 0.0)
    assert (point.sample_count, point.maximum) == (3, None)
    assert point.timestamp == moment
    assert point.unit is cloudwatch.StandardUnit.COUNT
    assert from_boto3(cloudwatch.GetMetricStatisticsOutput, theirs) == got
    assert listed.metrics == [
        cloudwatch.Metric(namespace="Depot", metric_name="parcels", dimensions=[depot])
    ]


def test_a_query(cloudwatch: Any, client: Any) -> None:
    """Lists of moments and of numbers."""
    moment = datetime.now(UTC).replace(second=0, microsecond=0)
    for minutes, value in ((0, 2), (1, 3)):
        datum = cloudwatch.MetricDatum(
            metric_name="parcels",
            timestamp=moment - timedelta(minutes=minutes),
            value=value,
        )
        client.put_metric_data(namespace="Depot", metric_data=[datum])
    metric = cloudwatch.Metric(namespace="Depot", metric_name="parcels")
    query = cloudwatch.MetricDataQuery(
        id="all",
        metric_stat=cloudwatch.MetricStat(metric=metric, period=60, stat="Sum"),
        return_data=True,
    )

    got = client.get_metric_data(
        metric_data_queries=[query],
        start_time=moment - HOUR,
        end_time=moment + HOUR,
        scan_by=cloudwatch.ScanBy.TIMESTAMP_ASCENDING,
    )

    (result,) = got.metric_data_results
    assert result.status_code is cloudwatch.StatusCode.COMPLETE
    assert result.timestamps == [moment - timedelta(minutes=1), moment]
    assert result.values == [3, 2]


def test_much_is_compressed(cloudwatch: Any, client: Any) -> None:
    """botocore does it, from 10,240 bytes on."""
    sent = []

    def look(request: Any, **_: Any) -> None:
        sent.append((dict(request.headers), request.body))

    client.meta.events.register("before-send.cloudwatch", look)
    for count in (1, 400):
        data = [
            cloudwatch.MetricDatum(metric_name=f"metric {number}", value=number)
            for number in range(count)
        ]
        client.put_metric_data(namespace=f"Depot {count}", metric_data=data)

    (little, plain), (much, packed) = sent
    assert "Content-Encoding" not in little
    assert json.loads(plain)["Namespace"] == "Depot 1"
    assert much["Content-Encoding"] in {"gzip", b"gzip"}
    assert len(packed) < 5_000
    document = json.loads(gzip.decompress(packed))
    assert [datum["Value"] for datum in document["MetricData"]] == list(range(400))
    assert len(client.list_metrics(namespace="Depot 400").metrics) == 400


def test_the_life_of_an_alarm(
    cloudwatch: Any, client: Any, connect_boto3: Callable[..., Any]
) -> None:
    """Put, describe, set off and delete it; zero and False are values."""
    client.put_metric_alarm(
        alarm_name="empty",
        namespace="Depot",
        metric_name="parcels",
        statistic=cloudwatch.Statistic.SUM,
        comparison_operator=(
            cloudwatch.ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD
        ),
        threshold=0,
        period=60,
        evaluation_periods=1,
        actions_enabled=False,
        tags=[cloudwatch.Tag(key="team", value="forge")],
    )
    client.set_alarm_state(
        alarm_name="empty",
        state_value=cloudwatch.StateValue.ALARM,
        state_reason="no & none",
    )
    got = client.describe_alarms(
        alarm_names=["empty"], alarm_types=[cloudwatch.AlarmType.METRIC_ALARM]
    )
    theirs = connect_boto3("cloudwatch").describe_alarms(
        AlarmNames=["empty"], AlarmTypes=["MetricAlarm"]
    )
    client.delete_alarms(alarm_names=["empty"])

    (alarm,) = got.metric_alarms
    assert (alarm.threshold, alarm.actions_enabled) == (0.0, False)
    assert alarm.state_value is cloudwatch.StateValue.ALARM
    assert alarm.state_reason == "no & none"
    assert alarm.state_updated_timestamp.tzinfo is UTC
    assert from_boto3(cloudwatch.DescribeAlarmsOutput, theirs) == got
    assert client.describe_alarms().metric_alarms == []


def test_what_is_not_there(
    cloudwatch: Any, client: Any, connect_boto3: Callable[..., Any]
) -> None:
    """Two errors of the model have one code; it is boto3's choice that counts."""
    with pytest.raises(cloudwatch.CloudWatchError) as caught:
        client.get_dashboard(dashboard_name="nothing")
    theirs = connect_boto3("cloudwatch")
    with pytest.raises(theirs.exceptions.ClientError) as expected:
        theirs.get_dashboard(DashboardName="nothing")

    assert type(caught.value).__name__ == type(expected.value).__name__
    assert caught.value.response["Error"] == expected.value.response["Error"]
    assert caught.value.code == "ResourceNotFound"
