"""SageMaker and its relatives."""

from __future__ import annotations

import pytest
from tests.contract.services.case import Record, check_service
from tests.contract.services.properties.properties import PROPERTIES
from tests.support.figures import FAMILY


@pytest.mark.parametrize("name", PROPERTIES)
@pytest.mark.parametrize("service", FAMILY)
def test_property(service: str, name: str, record_property: Record) -> None:
    """The property holds wherever in the service."""
    check_service(service, name, record_property)
