"""Instrumentations of botocore record our calls: service, operation, request id."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.contract.scenarios.responder import Answer, Responder
from tests.install.outside.conftest import NONE

PROGRAM = Path(__file__).with_name("tracer.py")

REFUSAL = Answer(
    b'{"__type": "ValidationException", "message": "no"}',
    400,
    {"x-amzn-RequestId": "request-2"},
)


def trace(tracer: str, responder: Responder, serializer: str) -> list[dict[str, Any]]:
    """Return what an instrumentation records of an answered call and a refused one."""
    responder.answers = [NONE, REFUSAL]
    keys = {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}
    printed = subprocess.check_output(
        [sys.executable, str(PROGRAM), tracer, responder.url, serializer],
        env={**os.environ, **keys},
        text=True,
    )
    found: list[dict[str, Any]] = json.loads(printed)
    return found


def test_opentelemetry(responder: Responder, serializer: str) -> None:
    """A span for each call."""
    answered, refused = trace("opentelemetry", responder, serializer)

    assert answered["name"] == "SageMaker.ListModels"
    assert (answered["ok"], refused["ok"]) == (True, False)
    assert answered["rpc.service"] == refused["rpc.service"] == "SageMaker"
    assert answered["rpc.method"] == "ListModels"
    assert refused["rpc.method"] == "DescribeModel"
    assert answered["aws.request_id"] == "request-1"
    assert refused["aws.request_id"] == "request-2"
    assert answered["http.status_code"] == 200
    assert refused["http.status_code"] == 400


def test_xray(responder: Responder, serializer: str) -> None:
    """A subsegment for each call."""
    answered, refused = trace("xray", responder, serializer)

    assert [one["namespace"] for one in (answered, refused)] == ["aws"] * 2
    assert answered["name"].endswith("sagemaker")
    assert answered["aws"] == {
        "operation": "ListModels",
        "region": "us-east-1",
        "request_id": "request-1",
    }
    assert refused["aws"]["operation"] == "DescribeModel"
    assert refused["aws"]["request_id"] == "request-2"
    assert refused["http"]["response"]["status"] == 400
    assert refused["error"]
