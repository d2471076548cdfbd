"""A service of each protocol, and of each of its specialities."""

from __future__ import annotations

import pytest
from tests.contract.services.case import Record, check_service
from tests.contract.services.properties.properties import PROPERTIES

#: kinesis sends events by RPC, lambda by REST, and takes bodies that are streams.
SERVICES = [
    "kinesis",  # json
    "sqs",  # json, in place of query
    "lambda",  # rest-json
    "timestream-write",  # json, after asking for endpoints
    "eventbridgev2",  # smithy-rpc-v2-cbor
    "sts",  # query
    "s3",  # rest-xml
    "route53",  # rest-xml
]


@pytest.mark.parametrize("name", PROPERTIES)
@pytest.mark.parametrize("service", SERVICES)
def test_property(service: str, name: str, record_property: Record) -> None:
    """The property holds wherever in the service."""
    check_service(service, name, record_property)
