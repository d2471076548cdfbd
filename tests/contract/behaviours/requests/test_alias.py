"""Parameters that boto3 documents under other names than their models'."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from botocore.exceptions import AliasConflictParameterError
from tests.contract.behaviours.network import Answer
from tests.contract.behaviours.trio import Trio

from botosmith.runtime import ValidationError, from_boto3, to_boto3

Trios = Callable[[str], Trio]

FILTERS = [{"Name": "n", "Values": ["v"]}]

#: An operation, its parameters by boto3's names, and the one that is an alias.
ALIASES: dict[str, tuple[str, dict[str, Any], str, str]] = {
    "logs": (
        "CreateExportTask",
        {"logGroupName": "g", "fromTime": 1, "to": 2, "destination": "b"},
        "fromTime",
        "from",
    ),
    "cloudsearchdomain": (
        "Search",
        {"query": "q", "returnFields": "title"},
        "returnFields",
        "return",
    ),
    "ec2": ("DescribeNatGateways", {"Filters": FILTERS}, "Filters", "Filter"),
}

ANSWERS = {"ec2": Answer(b"<R/>")}


@pytest.mark.parametrize("name", ["alias", "model"])
@pytest.mark.parametrize("service", ALIASES)
def test_aliases(trios: Trios, service: str, name: str) -> None:
    """Both names are taken, and both send what botocore sends."""
    trio = trios(service)
    operation, parameters, alias, original = ALIASES[service]
    if name == "model":
        parameters = {
            original if key == alias else key: item for key, item in parameters.items()
        }
    given = dict(parameters)
    request = from_boto3(trio.package.OPERATIONS[operation].request, given)

    trio.expect(ANSWERS.get(service, Answer({})))
    trio.theirs._make_api_call(operation, dict(parameters))
    for client in trio.ours.values():
        client.send(request)

    assert given == parameters
    assert original in to_boto3(request)
    theirs, *ours = ([*network.sent] for network in trio.networks)
    for sent in ours:
        assert len(sent) == 1
        assert sent[0].url == theirs[0].url
        assert sent[0].body == theirs[0].body or (
            sent[0].document == theirs[0].document
        )


@pytest.mark.parametrize("service", ALIASES)
def test_both_names_are_too_many(trios: Trios, service: str) -> None:
    """botocore refuses them as well."""
    trio = trios(service)
    operation, parameters, alias, original = ALIASES[service]
    parameters = {**parameters, original: parameters[alias]}

    with pytest.raises(AliasConflictParameterError):
        trio.theirs._make_api_call(operation, dict(parameters))
    with pytest.raises(ValidationError, match=f"{alias}: is given twice") as caught:
        from_boto3(trio.package.OPERATIONS[operation].request, parameters)
    assert original in str(caught.value)


def test_alias_is_one_of_its_operation_alone(trios: Trios) -> None:
    """Elsewhere the name is unknown, as to botocore."""
    logs = trios("logs").package
    with pytest.raises(ValidationError, match="fromTime: is not a member of"):
        from_boto3(logs.OPERATIONS["StartLiveTail"].request, {"fromTime": 1})
    with pytest.raises(ValidationError, match="fromTime: is not a member of"):
        from_boto3(logs.CreateExportTaskResponse, {"fromTime": 1})


def test_alias_is_read_where_unknown_names_are_passed_over(trios: Trios) -> None:
    """It is not one of them."""
    request = trios("logs").package.CreateExportTaskRequest
    parameters = {**ALIASES["logs"][1], "newer": 1}

    assert from_boto3(request, parameters, unknown="ignore").from_ == 1


@pytest.mark.parametrize("text", ["0.5", "1E+3", "0.10", "-7", "Infinity", "NaN"])
def test_decimals_are_numbers(trios: Trios, text: str) -> None:
    """As constructors have it, and botocore: query's text keeps the digits."""
    parameters = {
        "Namespace": "n",
        "MetricData": [{"MetricName": "m", "Value": Decimal(text)}],
    }
    trio = trios("cloudwatch")
    request = from_boto3(trio.package.PutMetricDataInput, parameters)

    trio.expect(Answer({}))
    trio.theirs._make_api_call("PutMetricData", parameters)
    for client in trio.ours.values():
        client.send(request)

    theirs, *ours = (network.sent[0].body for network in trio.networks)
    assert ours == [theirs] * len(ours)


def test_decimals_are_not_whole_numbers(trios: Trios) -> None:
    """botocore refuses them as well."""
    logs = trios("logs").package
    with pytest.raises(ValidationError, match=r"from_: Decimal\('1'\) is of type"):
        from_boto3(
            logs.CreateExportTaskRequest,
            {"logGroupName": "g", "from": Decimal(1), "to": 2, "destination": "b"},
        )


@pytest.mark.parametrize(
    ("service", "operation", "name", "meant"),
    [
        ("logs", "CreateExportTask", "fromTime", "from_"),
        ("logs", "CreateExportTask", "from_time", "from_"),
        ("ec2", "DescribeNatGateways", "filters", "filter"),
        ("cloudsearchdomain", "Search", "return_fields", "return_"),
    ],
)
def test_constructors_name_the_attribute(
    trios: Trios, service: str, operation: str, name: str, meant: str
) -> None:
    """An alias as an argument is told what the argument is called."""
    request = trios(service).package.OPERATIONS[operation].request
    with pytest.raises(ValidationError, match=f"did you mean {meant}\\?"):
        request(**{name: 1})
