"""What a call takes, beside botocore's client, by protocol; the network is stubbed.

JSON and CBOR have wire code of their own; of query, ec2 and rest-xml botocore does the
work, and the figure is what our objects cost on top. `docs/paths.md` rests on it.
"""

from __future__ import annotations

import argparse
import importlib
import io
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

import botocore.session
from attrs import frozen
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from rich.console import Console
from rich.table import Table

from botosmith.generator.build import build_service, open_models
from botosmith.generator.naming import package_name

ARGUMENTS: dict[str, Any] = {
    "region_name": "us-east-1",
    "aws_access_key_id": "AKIAIOSFODNN7EXAMPLE",
    "aws_secret_access_key": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
}


@frozen
class Case:
    """A call, and the reply to it.

    Attributes:
        service: botocore's name of the service.
        operation: The operation's name as a method.
        parameters: botocore's parameters; ours are the same in snake case.
        body: The reply.
        items: How many items the reply lists.
    """

    service: str
    operation: str
    parameters: dict[str, Any]
    body: bytes
    items: int


@frozen
class Row:
    """Medians, in seconds: ours and botocore's."""

    case: Case
    protocol: str
    made: tuple[float, float]
    called: tuple[float, float]


def _json_list(key: str, item: dict[str, Any], count: int) -> bytes:
    return json.dumps({key: [item] * count}).encode()


INSTANCE = """<item><reservationId>r</reservationId><instancesSet><item>
<instanceId>i</instanceId><imageId>a</imageId><instanceState><code>16</code>
<name>running</name></instanceState><launchTime>2026-01-01T00:00:00.000Z</launchTime>
<placement><availabilityZone>us-east-1a</availabilityZone></placement>
<subnetId>s</subnetId><vpcId>v</vpcId><tagSet><item><key>k</key><value>v</value></item>
</tagSet></item></instancesSet></item>"""
OBJECT = """<Contents><Key>k</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified>
<ETag>e</ETag><Size>1</Size><StorageClass>STANDARD</StorageClass></Contents>"""

CASES = (
    Case(
        "sqs",
        "list_queues",
        {"MaxResults": 100},
        json.dumps(
            {"QueueUrls": ["https://sqs.us-east-1.amazonaws.com/1/q"] * 100}
        ).encode(),
        100,
    ),
    Case(
        "lambda",
        "list_functions",
        {"MaxItems": 50},
        _json_list(
            "Functions",
            {
                "FunctionName": "f",
                "FunctionArn": "a",
                "Runtime": "python3.13",
                "CodeSize": 1,
                "MemorySize": 128,
                "Environment": {"Variables": {"A": "b"}},
                "Layers": [{"Arn": "l", "CodeSize": 1}],
            },
            50,
        ),
        50,
    ),
    Case(
        "sts",
        "get_caller_identity",
        {},
        b"<R><GetCallerIdentityResult><Arn>a</Arn><UserId>u</UserId>"
        b"<Account>1</Account></GetCallerIdentityResult></R>",
        1,
    ),
    Case(
        "ec2",
        "describe_instances",
        {"MaxResults": 100},
        f"<R><reservationSet>{INSTANCE * 100}</reservationSet></R>".encode(),
        100,
    ),
    Case(
        "s3",
        "list_objects_v2",
        {"Bucket": "bucket"},
        f"<ListBucketResult>{OBJECT * 1000}</ListBucketResult>".encode(),
        1000,
    ),
)


class Raw(io.BytesIO):
    """A body as urllib3 would stream it."""

    def stream(self, **_: Any) -> Iterator[bytes]:
        """The body, whole."""
        yield self.getvalue()


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--repeat", type=int, default=30)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="botosmith-bench-") as folder:
        sys.path.insert(0, folder)
        rows = [measure(case, Path(folder), arguments.repeat) for case in CASES]
    Console().print(make_table(rows))


def measure(case: Case, folder: Path, repeat: int) -> Row:
    """Generate a service, and call it with both clients by turns."""
    service = import_service(case.service, folder)
    ours, theirs = service.Client(**ARGUMENTS), make_reference(case.service)
    for client in (ours, theirs):
        client.meta.events.register("before-send", answer_with(case.body))
    request_class = next(
        one.request
        for one in service.OPERATIONS.values()
        if one.function.__name__ == case.operation
    )
    names = importlib.import_module("botosmith.runtime.wire").fields(request_class)
    keywords = {
        field.attribute: case.parameters[field.member.name]
        for field in names
        if field.member.name in case.parameters
    }
    called = take(
        repeat,
        lambda: getattr(ours, case.operation)(**keywords),
        lambda: getattr(theirs, case.operation)(**case.parameters),
    )
    made = take(
        max(3, repeat // 10),
        lambda: service.Client(**ARGUMENTS),
        lambda: make_reference(case.service),
    )
    return Row(case, theirs.meta.service_model.resolved_protocol, made, called)


def import_service(name: str, folder: Path) -> Any:
    """Generate and import a service."""
    place = folder / "benched" / package_name(name)
    files = build_service(open_models(None), name, package="benched")
    for path, text in files.items():
        target = place / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    importlib.invalidate_caches()
    return importlib.import_module(f"benched.{package_name(name)}")


def make_reference(service: str) -> Any:
    """botocore's client, as boto3 makes it: with a session of its own."""
    return botocore.session.Session().create_client(service, **ARGUMENTS)


def answer_with(body: bytes) -> Callable[..., Any]:
    """A handler that stands in for the network."""

    def answer(request: Any, **_: Any) -> Any:
        return AWSResponse(request.url, 200, HTTPHeaders.from_dict({}), Raw(body))

    return answer


def take(repeat: int, *works: Callable[[], object]) -> tuple[float, float]:
    """The medians of two works, done by turns after each was done once."""
    seconds: list[list[float]] = [[] for _ in works]
    for turn in range(repeat + 1):
        for work, times in zip(works, seconds, strict=True):
            start = time.perf_counter()
            work()
            if turn:
                times.append(time.perf_counter() - start)
    first, second = map(median, seconds)
    return first, second


def make_table(rows: list[Row]) -> Table:
    """Ours, botocore's and the ratios."""
    table = Table(title="Making a client, and a call with its reply")
    for name in ("service", "protocol", "items"):
        table.add_column(name)
    for name in ("client ms", "botocore", "ratio", "call ms", "botocore", "ratio"):
        table.add_column(name, justify="right")
    for row in rows:
        figures = [
            f"{1000 * ours:.2f} {1000 * theirs:.2f} {ours / theirs:.2f}".split()
            for ours, theirs in (row.made, row.called)
        ]
        table.add_row(
            row.case.service,
            row.protocol,
            str(row.case.items),
            *(cell for cells in figures for cell in cells),
        )
    return table


if __name__ == "__main__":
    main()
