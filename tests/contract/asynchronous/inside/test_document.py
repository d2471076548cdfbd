"""The examples of docs/async.md run, and print what they should."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.contract.asynchronous.document import read_examples
from tests.contract.asynchronous.frame import event
from tests.contract.behaviours.server import Loopback, Reply

from botosmith.testing import Fault, StandIn

ARN = "arn:aws:sagemaker:us-east-1:123456789012:model/demo"


def run_example(number: int, url: str) -> str:
    """Run an example against a server, which it finds as it would find AWS."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-X", "dev", "-c", read_examples()[number]],
        env={
            **os.environ,
            "AWS_ENDPOINT_URL": url,
            "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
            "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_calls(standin: StandIn) -> None:
    """The first example."""
    refusal = Fault.error("ResourceNotFound", "No such model")
    standin.queue(Fault(), Fault(), Fault(), refusal)

    assert run_example(0, standin.url) == f"{ARN}\n1 1\nNo such model\n"


def test_opening(standin: StandIn) -> None:
    """The second one."""
    assert run_example(1, standin.url) == "us-east-1\n"
    assert [call.operation for call in standin.calls] == ["DescribeModel"]


def test_pages_and_waiters(standin: StandIn) -> None:
    """The third one."""
    summary = {"ModelArn": ARN, "CreationTime": 0}
    models = [{**summary, "ModelName": name} for name in ("a", "b", "c")]
    standin.reply_with("ListModels", {"Models": models, "NextToken": "more"})
    endpoint = {"EndpointArn": ARN, "EndpointStatus": "InService"}
    standin.reply_with("DescribeEndpoint", endpoint)

    assert run_example(2, standin.url) == f"a\nb\n1\n{ARN}\n"


def test_streams(server: Loopback) -> None:
    """The fourth one."""
    server.expect(Reply([bytes(1100)]), Reply([event("PayloadPart", b"Because.")]))

    assert run_example(3, server.url) == "1024\n76\nb'Because.'\n"


def test_there_are_no_others() -> None:
    """Each example has its test."""
    assert len(read_examples()) == 4
