"""The calls that are measured, and how the network is stubbed for them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

ARGUMENTS: dict[str, Any] = {
    "region_name": "us-east-1",
    "aws_access_key_id": "AKIAIOSFODNN7EXAMPLE",
    "aws_secret_access_key": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
}

#: Every member of the request on the page that botosmith began with.
EXPERIMENT: dict[str, Any] = {
    "Name": "churn-shadow-test",
    "Type": "ShadowMode",
    "Schedule": {
        "StartTime": datetime(2026, 1, 1, tzinfo=UTC),
        "EndTime": datetime(2026, 1, 8, tzinfo=UTC),
    },
    "Description": "Compare the candidate with what serves now.",
    "RoleArn": "arn:aws:iam::123456789012:role/service-role/sagemaker",
    "EndpointName": "churn",
    "ModelVariants": [
        {
            "ModelName": f"churn-{name}",
            "VariantName": name,
            "InfrastructureConfig": {
                "InfrastructureType": "RealTimeInference",
                "RealTimeInferenceConfig": {
                    "InstanceType": "ml.m5.large",
                    "InstanceCount": 2,
                },
            },
        }
        for name in ("production", "shadow")
    ],
    "DataStorageConfig": {
        "Destination": "s3://bucket/captured",
        "KmsKey": "1234abcd-12ab-34cd-56ef-1234567890ab",
        "ContentType": {
            "CsvContentTypes": ["text/csv"],
            "JsonContentTypes": ["application/json"],
        },
    },
    "ShadowModeConfig": {
        "SourceModelVariantName": "production",
        "ShadowModelVariants": [
            {"ShadowModelVariantName": "shadow", "SamplingPercentage": 10}
        ],
    },
    "KmsKey": "alias/experiments",
    "Tags": [{"Key": "team", "Value": "churn"}, {"Key": "stage", "Value": "test"}],
}
CREATED = b'{"InferenceExperimentArn": "arn:aws:sagemaker:us-east-1:1:x/churn"}'


class Raw(io.BytesIO):
    """A body as urllib3 would stream it."""

    def stream(self, **_: Any) -> Iterator[bytes]:
        """The body, whole."""
        yield self.getvalue()


def answer_with(body: bytes) -> Callable[..., Any]:
    """A handler of `before-send` that stands in for the network."""
    from botocore.awsrequest import AWSResponse
    from botocore.compat import HTTPHeaders

    def answer(request: Any, **_: Any) -> Any:
        assert "Authorization" in request.headers  # noqa: S101 - else not a measure
        return AWSResponse(request.url, 200, HTTPHeaders.from_dict({}), Raw(body))

    return answer


def stub(client: Any, body: bytes) -> Any:
    """Let every call of a client be answered with a body."""
    client.meta.events.register("before-send", answer_with(body))
    return client


def prepare_parse(client: Any, operation: str, body: bytes) -> Callable[[], Any]:
    """The steps of a botocore client with the body of a reply."""
    service = client.meta.service_model
    factory = client._endpoint._response_parser_factory
    parser = factory.create_parser(service.resolved_protocol)
    model = service.operation_model(operation)
    response = {
        "body": body,
        "headers": {"x-amzn-requestid": "1"},
        "status_code": 200,
        "context": {"operation_name": operation},
    }
    return lambda: parser.parse(response, model.output_shape)
