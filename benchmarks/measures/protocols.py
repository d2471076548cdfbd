"""Clients and calls by protocol, beside botocore's; `docs/serializers.md` rests on it.

JSON and CBOR have wire code of their own; of query, ec2 and rest-xml botocore does the
work, and the figure is what our objects cost on top.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import botocore
import botocore.session
from attrs import frozen

from benchmarks.environment import Environment
from benchmarks.programs.call import ARGUMENTS, stub
from benchmarks.row import Row, Table
from benchmarks.service import write_service
from benchmarks.suite import Suite
from botosmith.runtime import schema

# It measures what is installed where the suite runs.
ENVIRONMENTS: tuple[Environment, ...] = ()
MS = 1000


@frozen
class Case:
    """A call, and the reply to it.

    Attributes:
        service: botocore's name of the service.
        operation: The operation's name as a method.
        parameters: botocore's parameters; ours are the same in snake case.
        body: The reply.
        items: What the reply lists, in words.
    """

    service: str
    operation: str
    parameters: dict[str, Any]
    body: bytes
    items: str


INSTANCE = """<item><reservationId>r</reservationId><instancesSet><item>
<instanceId>i</instanceId><imageId>a</imageId><instanceState><code>16</code>
<name>running</name></instanceState><launchTime>2026-01-01T00:00:00.000Z</launchTime>
<placement><availabilityZone>us-east-1a</availabilityZone></placement>
<subnetId>s</subnetId><vpcId>v</vpcId><tagSet><item><key>k</key><value>v</value></item>
</tagSet></item></instancesSet></item>"""
OBJECT = """<Contents><Key>k</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified>
<ETag>e</ETag><Size>1</Size><StorageClass>STANDARD</StorageClass></Contents>"""
FUNCTION = {
    "FunctionName": "f",
    "FunctionArn": "a",
    "Runtime": "python3.13",
    "CodeSize": 1,
    "MemorySize": 128,
    "Environment": {"Variables": {"A": "b"}},
    "Layers": [{"Arn": "l", "CodeSize": 1}],
}
QUEUE = "https://sqs.us-east-1.amazonaws.com/1/q"
CASES = (
    Case(
        "sqs",
        "list_queues",
        {"MaxResults": 100},
        json.dumps({"QueueUrls": [QUEUE] * 100}).encode(),
        "100 queues",
    ),
    Case(
        "lambda",
        "list_functions",
        {"MaxItems": 50},
        json.dumps({"Functions": [FUNCTION] * 50}).encode(),
        "50 functions",
    ),
    Case(
        "sts",
        "get_caller_identity",
        {},
        b"<R><GetCallerIdentityResult><Arn>a</Arn><UserId>u</UserId>"
        b"<Account>1</Account></GetCallerIdentityResult></R>",
        "1 identity",
    ),
    Case(
        "ec2",
        "describe_instances",
        {"MaxResults": 100},
        f"<R><reservationSet>{INSTANCE * 100}</reservationSet></R>".encode(),
        "100 instances",
    ),
    Case(
        "s3",
        "list_objects_v2",
        {"Bucket": "bucket"},
        f"<ListBucketResult>{OBJECT * 1000}</ListBucketResult>".encode(),
        "1,000 objects",
    ),
)


def measure(suite: Suite) -> Table:
    """Both libraries within one process, by turns."""
    sys.path.insert(0, str(suite.folder))
    rows = [row for case in CASES for row in _measure(case, suite)]
    return Table(
        "protocols",
        "Protocols",
        "Clients that are made and calls with a stubbed transport, within one process. "
        "In the JSON protocols wire code of ours does the work, elsewhere botocore.",
        {"botocore": botocore.__version__},
        tuple(rows),
    )


def _measure(case: Case, suite: Suite) -> tuple[Row, Row]:
    """Generate a service, and call it with both clients by turns."""
    service = _import_service(case.service, suite.folder)
    ours, theirs = (
        stub(client, case.body)
        for client in (service.Client(**ARGUMENTS), _make_reference(case.service))
    )
    request_class = next(
        one.request
        for one in service.OPERATIONS.values()
        if one.function.__name__ == case.operation
    )
    keywords = {
        field.attribute: case.parameters[field.member.name]
        for field in schema.fields(request_class)
        if field.member.name in case.parameters
    }
    called = _take(
        suite.rounds(30),
        lambda: getattr(ours, case.operation)(**keywords),
        lambda: getattr(theirs, case.operation)(**case.parameters),
    )
    made = _take(
        suite.rounds(5),
        lambda: service.Client(**ARGUMENTS),
        lambda: _make_reference(case.service),
    )
    kind = f"{case.service} ({theirs.meta.service_model.resolved_protocol})"
    return (
        Row(f"{kind}, a client", "botocore", *made, "ms"),
        Row(f"{kind}, a call, {case.items}", "botocore", *called, "ms"),
    )


def _import_service(name: str, folder: Path) -> Any:
    package = write_service(name, folder)
    importlib.invalidate_caches()
    return importlib.import_module(package)


def _make_reference(service: str) -> Any:
    """botocore's client, as boto3 makes it: with a session of its own."""
    return botocore.session.Session().create_client(service, **ARGUMENTS)


def _take(repeat: int, *works: Callable[[], object]) -> tuple[float, float]:
    """The medians of two works in ms, done by turns after each was done once."""
    taken: list[list[float]] = [[] for _ in works]
    for turn in range(repeat + 1):
        for work, times in zip(works, taken, strict=True):
            start = time.perf_counter()
            work()
            if turn:
                times.append(time.perf_counter() - start)
    first, second = (median(times) * MS for times in taken)
    return first, second
