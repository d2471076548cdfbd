"""Bytes within documents, and numbers and instants of all sizes, in every protocol."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from tests.contract.behaviours.document import PROTOCOLS, XML, Entries, encode_document
from tests.contract.behaviours.network import Answer
from tests.contract.behaviours.service import write_model
from tests.contract.behaviours.trio import Call, Trio

from botosmith.runtime import ValidationError

CBOR = "smithy-rpc-v2-cbor"

LEAVES: dict[str, Any] = {
    "Text": {"type": "string"},
    "Octets": {"type": "blob"},
    "FewOctets": {"type": "blob", "min": 1, "max": 3},
    "Whole": {"type": "integer"},
    "Long": {"type": "long"},
    "Single": {"type": "float"},
    "Real": {"type": "double"},
    "Moment": {"type": "timestamp"},
    "Iso": {"type": "timestamp", "timestampFormat": "iso8601"},
    "Http": {"type": "timestamp", "timestampFormat": "rfc822"},
    "Unix": {"type": "timestamp", "timestampFormat": "unixTimestamp"},
    "Flag": {"type": "boolean"},
}


def _make_model(protocol: str) -> Any:
    shapes = dict(LEAVES)
    shapes["OctetsList"] = {"type": "list", "member": {"shape": "Octets"}}
    shapes["OctetsMap"] = {
        "type": "map",
        "key": {"shape": "Text"},
        "value": {"shape": "Octets"},
    }
    members = {name: {"shape": name} for name in shapes}
    shapes["Echo"] = {"type": "structure", "members": members}
    given = {"shape": "Echo", "locationName": "Echo"}
    got = {"shape": "Echo"}
    if protocol == "query":
        got["resultWrapper"] = "EchoResult"
    return write_model(protocol, {"Echo": {"input": given, "output": got}}, shapes)


@pytest.fixture(scope="module")
def find_clients() -> Iterator[Callable[[str], Trio]]:
    """Clients of the same service by its protocol."""
    with ExitStack() as stack:

        @cache
        def find(protocol: str) -> Trio:
            trio = Trio.make("parcels", models=_make_model(protocol))
            return stack.enter_context(closing(trio))

        yield find


@pytest.fixture(params=PROTOCOLS)
def parcels(
    request: pytest.FixtureRequest, find_clients: Callable[[str], Trio]
) -> Trio:
    """Clients of the service in each protocol."""
    return find_clients(request.param)


def echo(parcels: Trio, document: Any = None, **parameters: Any) -> Call:
    """Make the call, with a document for its reply."""
    protocol = parcels.package.Client._protocol
    body = encode_document(protocol, "Echo", document or {})
    return parcels.call("Echo", parameters, Answer(body))


@pytest.mark.parametrize(
    "octets", [b"", b"\x00\xff", bytearray(b"\x00\xff"), "grüß", "", "AP8="]
)
def test_bytes_and_what_counts_as_such(parcels: Trio, octets: Any) -> None:
    """Text is its UTF-8; alone, in lists and in maps."""
    call = echo(
        parcels, Octets=octets, OctetsList=[octets] * 2, OctetsMap={"k": octets}
    )

    assert len(call.requests) == 1


@pytest.mark.parametrize("octets", [lambda: memoryview(b"a"), 7, ["a"], {"a": "b"}])
def test_what_is_no_bytes(parcels: Trio, octets: Any) -> None:
    """Refused by both."""
    call = echo(parcels, Octets=octets)

    assert isinstance(call.error, ValidationError)
    assert call.requests == ()


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
def test_files_are_no_bytes(parcels: Trio, serializer: str) -> None:
    """botocore takes them in CBOR, and trips over them elsewhere."""
    request = parcels.package.OPERATIONS["Echo"].request(octets=b"")
    request.octets = io.BytesIO(b"file")

    with pytest.raises(ValidationError, match=r"octets: .* not bytes"):
        parcels.ours[serializer].send(request)


@pytest.mark.parametrize("octets", [b"", b"abcd", "日本"])
def test_too_few_and_too_many_bytes(parcels: Trio, octets: Any) -> None:
    """botocore knows the lower bound, ours both."""
    request = parcels.package.OPERATIONS["Echo"].request(few_octets=b"a")
    request.few_octets = octets
    for client in parcels.ours.values():
        with pytest.raises(ValidationError, match=r"bytes, (fewer|more) than"):
            client.send(request)


@pytest.mark.parametrize("octets", [b"", b"\x00\xff", b"a" * 1000])
def test_bytes_in_replies(parcels: Trio, octets: bytes) -> None:
    """They come back as bytes."""
    protocol = parcels.package.Client._protocol
    shown: Any = octets if protocol == CBOR else base64.b64encode(octets).decode()
    document = {
        "Octets": shown,
        "OctetsList": [shown],
        "OctetsMap": Entries(k=shown),
    }

    reply = echo(parcels, document).reply

    assert (reply.octets, reply.octets_list) == (octets, [octets])
    assert reply.octets_map == {"k": octets}


@pytest.mark.parametrize("shown", ["!", "A", "AP8", "AP8=\n", "A P 8 =", "é"])
def test_bytes_that_are_no_base64(parcels: Trio, shown: str) -> None:
    """Read as far as botocore reads them, or told."""
    if parcels.package.Client._protocol != CBOR:
        echo(parcels, {"Octets": shown})


@pytest.mark.parametrize(
    "given",
    [
        {"Whole": 0, "Long": -1},
        {"Whole": (1 << 31) - 1, "Long": (1 << 63) - 1},
        {"Whole": -(1 << 31), "Long": -(1 << 63)},
        *({"Long": sign * number} for sign in (1, -1) for number in (23, 24, 255)),
        *({"Long": sign * number} for sign in (1, -1) for number in (256, 1 << 16)),
        {"Long": 1 << 32},
        {"Single": 1.5, "Real": 0.1},
        {"Single": -0.0, "Real": 1e300},
        {"Single": 3, "Real": 1 << 60},
        {"Real": float("nan"), "Single": float("inf")},
        {"Real": float("-inf")},
        {"Flag": True},
        {"Flag": False},
    ],
)
def test_numbers(parcels: Trio, given: dict[str, Any]) -> None:
    """Blobs of all sizes travel."""
    assert len(echo(parcels, **given).requests) == 1


def test_decimals(find_clients: Callable[[str], Trio]) -> None:
    """They are taken where botocore takes them."""
    for protocol in ("json", "rest-json", *sorted(XML)):
        call = echo(find_clients(protocol), Real=Decimal("0.1"), Single=Decimal(3))
        assert len(call.requests) == 1


ZONE = timezone(timedelta(hours=-8))


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2024, 2, 29, 10, 30, 15, tzinfo=UTC),
        datetime(2024, 2, 29, 10, 30, 15, 123456, tzinfo=UTC),
        datetime(2024, 2, 29, 10, 30, 15, 100000, tzinfo=ZONE),
        datetime(2024, 2, 29),  # noqa: DTZ001 - naive ones count as UTC
        datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(1970, 1, 1, tzinfo=UTC),
        datetime(2039, 1, 1, tzinfo=UTC),
    ],
)
def test_instants(parcels: Trio, moment: datetime) -> None:
    """In each format of the model's."""
    names = ("Moment", "Iso", "Http", "Unix")

    assert len(echo(parcels, **dict.fromkeys(names, moment)).requests) == 1


@pytest.mark.parametrize(
    "given",
    [
        {"Whole": 1.5},
        {"Whole": True},
        {"Whole": "1"},
        {"Real": "1"},
        {"Real": True},
        {"Flag": 1},
        {"Flag": "true"},
        {"Text": b"bytes"},
    ],
)
def test_values_of_other_types(parcels: Trio, given: dict[str, Any]) -> None:
    """Both refuse them; ours does not take a boolean for a number, either."""
    request = parcels.package.OPERATIONS["Echo"].request()
    ((name, value),) = given.items()
    setattr(request, name.lower(), value)
    for client in parcels.ours.values():
        with pytest.raises(ValidationError, match=f"{name.lower()}: .* is of type"):
            client.send(request)


@pytest.mark.parametrize(
    "document",
    [
        {"Whole": 7, "Long": 1 << 40, "Real": 1.5, "Single": 2.5, "Flag": True},
        {"Whole": 0, "Real": 0.0, "Flag": False},
        {"Moment": 1709202615, "Unix": 1709202615.5},
        {"Moment": "2024-02-29T10:30:15.123Z", "Iso": "2024-02-29T10:30:15Z"},
        {"Http": "Thu, 29 Feb 2024 10:30:15 GMT"},
        {"Iso": 1709202615, "Http": 1709202615},
        {"Real": 3, "Single": -1},
    ],
)
def test_leaves_of_replies(parcels: Trio, document: dict[str, Any]) -> None:
    """As botocore reads them, in each of their forms."""
    protocol = parcels.package.Client._protocol
    is_text = any(isinstance(value, str) for value in document.values())
    if protocol == CBOR and (is_text or "Moment" in document or "Iso" in document):
        document = {"Moment": datetime.fromtimestamp(1.5, UTC), "Real": float("inf")}

    echo(parcels, document)


@pytest.mark.parametrize(
    "text",
    [
        "20240229T103015Z",
        "2024-02-29",
        "2024-02-29 10:30:15",
        "2024-02-29T10:30Z",
        "2024-02-29T10:30:15",
        "2024-02-29T10:30:15.1Z",
        "2024-02-29T10:30:15.1234567Z",
        "2024-02-29T10:30:15.9999999Z",
        "2024-02-29T10:30:15,5Z",
        "2024-02-29T10:30:15+0200",
        "2024-02-29T10:30:15-08:00",
        "2024-02-29t10:30:15z",
        "2024-02-30T10:30:15Z",
        "2024-02-29T24:00:00Z",
        "2024-02-29T10:30:60Z",
        "2024-W09-4",
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59.9999999Z",
        "Thu, 29 Feb 2024 10:30:15 +0100",
        "Thursday, 29-Feb-24 10:30:15 GMT",
        "Thu Feb 29 10:30:15 2024",
        "29 Feb 2024",
        "2024",
        "1709202615",
        "1709202615.123456",
        "1709202615000",
        "-1",
        "1e9",
        " 1709202615 ",
        "253402300800",
        "nan",
        "inf",
        "",
        "soon",
        "\uff12\uff10\uff12\uff14-02-29T10:30:15Z",
        "2024-02-29T10:30:15Z\n",
    ],
)
def test_texts_of_instants(parcels: Trio, text: str) -> None:
    """All that botocore reads is read, to the same microsecond."""
    if parcels.package.Client._protocol != CBOR:
        echo(parcels, {"Moment": text})


@pytest.mark.parametrize(
    "number", [0, -1, 1.000001, 1e9, 253402300799, 253402300800, -62135596801, 1e300]
)
def test_numbers_of_instants(parcels: Trio, number: float) -> None:
    """As with texts."""
    if parcels.package.Client._protocol != CBOR:
        echo(parcels, {"Moment": number})


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity"])
def test_numbers_without_end_in_replies(
    find_clients: Callable[[str], Trio], text: str
) -> None:
    """They are text; botocore leaves them so in the JSON protocols."""
    for protocol in ("rest-json", *sorted(XML)):
        assert isinstance(
            echo(find_clients(protocol), {"Real": text}).reply.real, float
        )
    trio = find_clients("json")
    trio.expect(Answer({"Real": text, "Single": text}))
    for client in trio.ours.values():
        assert repr(client.echo().real) == repr(float(text))
