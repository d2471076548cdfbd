"""Requests' bodies that are compressed, where the model lets them be."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
from botocore.config import Config
from tests.contract.behaviours.document import PROTOCOLS, XML
from tests.contract.behaviours.network import Answer
from tests.contract.behaviours.service import write_model
from tests.contract.behaviours.trio import Trio

SMALL = Config(request_min_compression_size_bytes=100)
NEVER = Config(disable_request_compression=True)


@pytest.fixture(autouse=True)
def stopped_gzip(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time in what is compressed has to be the same for each client."""
    monkeypatch.setattr("gzip.time.time", lambda: 0.0)


def metrics(count: int) -> dict[str, Any]:
    """Parameters of a request that grows."""
    data = [{"MetricName": f"metric-{n}", "Value": n / 2} for n in range(count)]
    return {"Namespace": "parcels", "MetricData": data}


@pytest.mark.parametrize(
    ("config", "count", "is_compressed"),
    [
        (Config(), 10, False),
        (Config(), 500, True),
        (SMALL, 10, True),
        (SMALL, 1, False),
        (NEVER, 500, False),
    ],
)
def test_metrics(
    connect: Callable[..., Trio],
    config: Config,
    count: int,
    is_compressed: bool,  # noqa: FBT001 - an expectation
) -> None:
    """CloudWatch's, from a size on, unless the configuration has it otherwise."""
    call = connect("cloudwatch", config=config).call("PutMetricData", metrics(count))

    headers = call.request.headers
    assert headers.get("content-encoding") == ("gzip" if is_compressed else None)
    if is_compressed:
        assert b"metric-9" in gzip.decompress(call.request.body)
    assert headers["content-length"] == str(len(call.request.body))


def test_a_retry_of_what_is_compressed(connect: Callable[..., Trio]) -> None:
    """The same bytes again."""
    config = Config(retries={"total_max_attempts": 2, "mode": "standard"})
    trio = connect("cloudwatch", config=config)

    call = trio.call("PutMetricData", metrics(500), Answer(status=500), Answer({}))

    first, second = call.requests
    assert first.body == second.body


def _make_model(protocol: str) -> Any:
    compressed = {"requestcompression": {"encodings": ["brotli", "gzip"]}}
    unknown = {"requestcompression": {"encodings": ["brotli"]}}
    given = {"shape": "Given", "locationName": "Given"}
    operations: dict[str, Any] = {
        "Send": {"input": given, **compressed},
        "SendNew": {"input": given, **unknown},
    }
    if protocol.startswith("rest-"):
        operations |= {
            name: {
                "http": {"method": "PUT", "requestUri": f"/{name}"},
                "input": {"shape": name},
                **compressed,
            }
            for name in ("Stream", "Measured")
        }
    encoding = {
        "shape": "Text",
        "location": "header",
        "locationName": "Content-Encoding",
    }
    return write_model(
        protocol,
        operations,
        {
            "Text": {"type": "string"},
            "Texts": {"type": "list", "member": {"shape": "Text"}},
            "Blob": {"type": "blob", "streaming": True},
            "MeasuredBlob": {"type": "blob", "streaming": True, "requiresLength": True},
            "Given": {"type": "structure", "members": {"Texts": {"shape": "Texts"}}},
            "Stream": {
                "type": "structure",
                "payload": "Body",
                "members": {"Body": {"shape": "Blob"}, "Encoding": encoding},
            },
            "Measured": {
                "type": "structure",
                "payload": "Body",
                "members": {"Body": {"shape": "MeasuredBlob"}},
            },
        },
    )


@pytest.fixture(scope="module", params=PROTOCOLS)
def parcels(request: pytest.FixtureRequest) -> Iterator[Trio]:
    """Clients of a service that lets requests be compressed, in each protocol."""
    models = _make_model(request.param)
    with closing(Trio.make("parcels", models=models, config=SMALL)) as trio:
        yield trio


@pytest.mark.parametrize("count", [0, 1, 100])
def test_documents(parcels: Trio, count: int) -> None:
    """By their size."""
    nothing = b"<R/>" if parcels.package.Client._protocol in XML else b""

    sent = parcels.call("Send", {"Texts": ["text"] * count}, Answer(nothing)).request
    new = parcels.call("SendNew", {"Texts": ["text"] * count}, Answer(nothing)).request

    is_long = count == 100
    assert sent.headers.get("content-encoding") == ("gzip" if is_long else None)
    assert "content-encoding" not in new.headers


@pytest.mark.parametrize(
    "body", [b"", b"bytes", "text", lambda: io.BytesIO(b"file"), bytearray(b"array")]
)
def test_streams(parcels: Trio, body: Any) -> None:
    """Whatever their size, unless it must be known beforehand."""
    if "Stream" in parcels.package.OPERATIONS:
        sent = parcels.call("Stream", {"Body": body, "Encoding": "x"}).request
        measured = parcels.call("Measured", {"Body": body}).request

        assert sent.headers["content-encoding"] == "x,gzip"
        assert "content-encoding" not in measured.headers
