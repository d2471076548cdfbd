"""Faults are played in their order, and botocore meets them as it would AWS's."""

from __future__ import annotations

import time
from http.client import HTTPConnection, IncompleteRead
from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    ReadTimeoutError,
)
from botocore.model import ServiceModel
from botocore.parsers import ResponseParserError

from botosmith.testing import Fault, StandIn

THRICE = Config(retries={"total_max_attempts": 3, "mode": "standard"})


@pytest.fixture(autouse=True)
def _no_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """botocore does not wait between attempts."""
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _: None)


def test_botocore_retries_until_an_answer(standin: StandIn, connect: Any) -> None:
    """A 500, a throttling error, then the proper reply: three calls were seen."""
    standin.queue(Fault.server_error(), Fault.throttling())
    reply = connect(THRICE).describe_model(ModelName="a")

    assert reply["ModelName"] == "a"
    assert reply["ResponseMetadata"]["RetryAttempts"] == 2
    assert [call.status for call in standin.calls] == [500, 400, 200]
    assert [call.operation for call in standin.calls] == ["DescribeModel"] * 3


def test_a_cut_connection_is_retried(standin: StandIn, connect: Any) -> None:
    """Closed without a reply, then answered."""
    standin.queue(Fault(cut=True))
    assert connect(THRICE).describe_model(ModelName="a")["ModelName"] == "a"
    assert [call.status for call in standin.calls] == [None, 200]

    standin.queue(Fault(cut=True))
    with pytest.raises(ConnectionClosedError):
        connect().describe_model(ModelName="a")


def test_a_modelled_error_is_raised_as_such(standin: StandIn, connect: Any) -> None:
    """Code, message and further members arrive."""
    standin.queue(Fault.error("ResourceNotFound", "no model", Extra=1))
    client = connect()
    with pytest.raises(client.exceptions.ResourceNotFound, match="no model") as caught:
        client.describe_model(ModelName="a")
    assert caught.value.response["ResponseMetadata"]["RequestId"].endswith("1")


def test_a_page_of_a_proxy(standin: StandIn, connect: Any) -> None:
    """botocore knows HTML with a 503 for what it is."""
    standin.queue(Fault.html())
    with pytest.raises(ClientError) as caught:
        connect().list_models()

    response: Any = caught.value.response
    metadata = response["ResponseMetadata"]
    assert response["Error"]["Code"] == "503"
    assert metadata["HTTPHeaders"]["content-type"] == "text/html"


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault.raw(b'{"Models": ['), {}),
        (Fault.raw(b""), {}),
        (Fault.raw(b'{"Models": 5}'), TypeError),
        (Fault.raw(b"[]"), AttributeError),
        (Fault.nested(100_000), RecursionError),
        (Fault.html(200), {}),
    ],
)
def test_a_raw_body_is_sent_as_it_is(
    fault: Fault, expected: Any, standin: StandIn, connect: Any
) -> None:
    """botocore's error for each shows that it came through."""
    standin.queue(fault)
    client = connect()
    if isinstance(expected, dict):
        reply = client.list_models()
        assert reply["ResponseMetadata"]["HTTPStatusCode"] == 200
        assert "Models" not in reply
    else:
        with pytest.raises(expected):
            client.list_models()
    assert "Models" in client.list_models()


def test_a_body_shorter_than_it_says(standin: StandIn) -> None:
    """The connection ends in the middle of the reply."""
    standin.queue(Fault(200, {"content-length": "100"}, b"{"))
    connection = HTTPConnection(standin.url.removeprefix("http://"))
    connection.request("POST", "/", b"")
    with pytest.raises(IncompleteRead) as caught:
        connection.getresponse().read()
    connection.close()

    assert (caught.value.partial, caught.value.expected) == (b"{", 99)


def test_a_union_that_is_none(standin: StandIn, connect: Any) -> None:
    """A wire document may be as wrong as a test wants it."""
    standin.reply_with("DescribeAutoMLJobV2", {"AutoMLProblemTypeConfig": {}})
    with pytest.raises(ResponseParserError):
        connect().describe_auto_ml_job_v2(AutoMLJobName="a")


def test_a_delay_outlasts_a_timeout(standin: StandIn, connect: Any) -> None:
    """The proper reply comes late, or too late."""
    standin.queue(Fault(delay=0.2), Fault(delay=60))
    client = connect(Config(read_timeout=1, retries={"total_max_attempts": 1}))

    begun = time.monotonic()
    assert client.describe_model(ModelName="a")["ModelName"] == "a"
    assert time.monotonic() - begun >= 0.2
    with pytest.raises(ReadTimeoutError):
        client.describe_model(ModelName="a")


def test_the_end_does_not_wait_for_a_delay(service: ServiceModel, connect: Any) -> None:
    """A block that ends wakes what sleeps in it."""
    quick = Config(read_timeout=0.1, retries={"total_max_attempts": 1})
    with StandIn(service) as standin:
        standin.queue(Fault(delay=600))
        client = connect(quick, endpoint_url=standin.url)
        with pytest.raises(ReadTimeoutError):
            client.list_models()
        begun = time.monotonic()
    assert time.monotonic() - begun < 10
