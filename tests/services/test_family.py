"""SageMaker and its relatives."""

from __future__ import annotations

import pytest
from tests.services.case import Record, check_service
from tests.services.properties import PROPERTIES

SERVICES = [
    "sagemaker",
    "sagemaker-a2i-runtime",
    "sagemaker-edge",
    "sagemaker-featurestore-runtime",
    "sagemaker-geospatial",
    "sagemaker-metrics",
    "sagemaker-runtime",
]


@pytest.mark.parametrize("name", PROPERTIES)
@pytest.mark.parametrize("service", SERVICES)
def test_property(service: str, name: str, record_property: Record) -> None:
    """The property holds wherever in the service."""
    check_service(service, name, record_property)
