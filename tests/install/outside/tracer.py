"""Makes calls under an instrumentation of botocore, and prints what was recorded.

A program of its own, since an instrumentation changes botocore for a whole process.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any

from botosmith import sagemaker


def call(url: str, serializer: Any) -> None:
    """A call that the service answers, and one that it refuses."""
    with sagemaker.Client(
        "us-east-1", endpoint_url=url, serializer=serializer
    ) as client:
        client.list_models(max_results=5)
        with suppress(sagemaker.SageMakerError):
            client.describe_model(model_name="m")


def trace_with_opentelemetry(url: str, serializer: str) -> list[dict[str, Any]]:
    """Print what OpenTelemetry records."""
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import (
        InMemorySpanExporter,
    )

    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    instrumentation: Any = import_module("opentelemetry.instrumentation.botocore")
    instrumentation.BotocoreInstrumentor().instrument(tracer_provider=provider)
    call(url, serializer)
    return [
        {"name": span.name, "ok": span.status.is_ok, **dict(span.attributes or {})}
        for span in exporter.get_finished_spans()
    ]


def trace_with_xray(url: str, serializer: str) -> list[dict[str, Any]]:
    """Print what the X-Ray SDK records."""
    from aws_xray_sdk.core import patch, xray_recorder

    xray_recorder.configure(sampling=False, context_missing="LOG_ERROR")
    patch(["botocore"])
    segment: Any = xray_recorder.begin_segment("test")
    call(url, serializer)
    found = [json.loads(subsegment.serialize()) for subsegment in segment.subsegments]
    xray_recorder.clear_trace_entities()
    return found


if __name__ == "__main__":
    tracers = {"opentelemetry": trace_with_opentelemetry, "xray": trace_with_xray}
    tracer, url, serializer = sys.argv[1:]
    sys.stdout.write(json.dumps(tracers[tracer](url, serializer)))
