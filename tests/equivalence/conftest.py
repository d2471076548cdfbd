"""Two clients of the same service: botocore's own over the pinned model, and ours."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import botocore.session
import pytest
from attrs import define, field
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders
from botocore.config import Config
from botocore.loaders import Loader
from hypothesis import HealthCheck, settings

from botosmith import sagemaker

ARGUMENTS: dict[str, Any] = {
    "region_name": "us-east-1",
    "aws_access_key_id": "AKIAIOSFODNN7EXAMPLE",
    "aws_secret_access_key": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
}

#: Wide structures take their time, and that is no fault.
PATIENT = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.nested_given]

#: Not a second attempt: one reply is set for each call.
CONFIG = Config(retries={"total_max_attempts": 1, "mode": "standard"})


@pytest.fixture(autouse=True)
def deprecated_member() -> Iterator[None]:
    """Drawn values use the one deprecated member, too; its warning has its own test."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".*home_efs_file_system_kms_key_id")
        yield


@define
class Transport:
    """Stands in for the network: keeps what is sent, answers what it is told.

    Attributes:
        reply: Status, headers and body of the next replies.
        sent: The last request.
    """

    reply: tuple[int, dict[str, str], bytes] = (200, {}, b"{}")
    sent: AWSPreparedRequest | None = field(default=None)

    def __call__(self, request: AWSPreparedRequest, **_: Any) -> Any:
        """Take a request, as a handler of botocore's `before-send` event."""
        self.sent = request
        status, headers, body = self.reply
        return AWSResponse(
            request.url, status, HTTPHeaders.from_dict(headers), Raw(body)
        )


class Raw(BytesIO):
    """A body as urllib3 would stream it."""

    def stream(self, **_: Any) -> Iterator[bytes]:
        """The body, whole."""
        yield self.getvalue()


@pytest.fixture(scope="session")
def transport() -> Transport:
    """The network of both clients."""
    return Transport()


@pytest.fixture(scope="session")
def direct(transport: Transport) -> sagemaker.Client:
    """Our client on the direct path."""
    client = sagemaker.Client(**ARGUMENTS, config=CONFIG)
    client.meta.events.register("before-send", transport)
    return client


@pytest.fixture(scope="session")
def reference(transport: Transport) -> Any:
    """botocore's client over the pinned model, whatever botocore is installed."""
    session = botocore.session.Session()
    loader = Loader(extra_search_paths=["models"], include_default_search_paths=True)
    session.register_component("data_loader", loader)
    client = session.create_client("sagemaker", **ARGUMENTS, config=CONFIG)
    client.meta.events.register("before-send", transport)
    return client


@pytest.fixture(scope="session")
def patient() -> settings:
    """Hypothesis settings for a test that runs for each operation or structure."""
    return settings(
        settings(),
        max_examples=max(5, settings().max_examples // 5),
        database=None,
        deadline=None,
        suppress_health_check=PATIENT,
    )
