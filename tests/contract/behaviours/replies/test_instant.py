"""Instants that are text: their time zones, and years of fewer than four digits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from urllib.parse import unquote_plus

import pytest
from tests.contract.behaviours.document import PROTOCOLS, encode_document
from tests.contract.behaviours.frame import CONTENT_TYPE, event
from tests.contract.behaviours.network import Answer
from tests.contract.behaviours.service import write_model
from tests.contract.behaviours.trio import Trio

from botosmith.runtime import ReplyError, ValidationError, from_wire, to_wire
from botosmith.runtime.serde.readers import Mismatch
from botosmith.runtime.serde.timestamps import parse_instant

NOON = datetime(2023, 4, 5, 12, tzinfo=UTC)
FIRST = datetime(1, 1, 1, tzinfo=UTC)
REST = frozenset({"rest-json", "rest-xml"})
FORMATS = {"Plain": None, "Iso": "iso8601", "Http": "rfc822", "Unix": "unixTimestamp"}

#: Texts that mean noon in UTC.
NOONS = [
    "Wed, 05 Apr 2023 12:00:00 GMT",
    "Wed, 05 Apr 2023 12:00:00 UT",
    "Wed, 05 Apr 2023 12:00:00 UTC",
    "Wed, 05 Apr 2023 12:00:00 Z",
    "Wed, 05 Apr 2023 07:00:00 EST",
    "Wed, 05 Apr 2023 08:00:00 EDT",
    "Wed, 05 Apr 2023 06:00:00 CST",
    "Wed, 05 Apr 2023 07:00:00 CDT",
    "Wed, 05 Apr 2023 05:00:00 MST",
    "Wed, 05 Apr 2023 06:00:00 MDT",
    "Wed, 05 Apr 2023 04:00:00 PST",
    "Wed, 05 Apr 2023 05:00:00 PDT",
    "Wed, 05 Apr 2023 14:30:00 +0230",
    "5 Apr 2023 09:30 -0230 (a comment)",
    "Wednesday, 05-Apr-23 12:00:00 GMT",
    "Wednesday, 05-Apr-23 08:00:00 EDT",
    "Wed Apr  5 12:00:00 2023",
    "Wed Apr  5 08:00:00 EDT 2023",
    "2023-04-05T12:00:00Z",
    "2023-04-05T12:00:00.0000000000Z",
    "2023-04-05T14:30:00+02:30",
    "2023-04-05 14:00+02",
    "2023-04-05T12:00:00",
    "20230405T120000Z",
    "April 5, 2023 12:00 PM",
    "1680696000",
    "1.680696e9",
    " 1680696000.0 ",
]

#: Texts that are not an instant, or could be more than one.
ODD = [
    "",
    "soon",
    "nan",
    "Infinity",
    "1e400",
    "1_000",
    "9" * 5000,
    "253402300800",
    "-62135596801",
    "Wed, 05 Apr 2023 12:00:00 JST",
    "Wed, 05 Apr 2023 12:00:00 CEST",
    "Wed, 05 Apr 2023 02:00:00 A",
    "Wed, 05 Apr 2023 02:00:00 P",
    "Wed, 05 Apr 2023 12:00:00 T",
    "Wed, 05 Apr 2023 12:00:00 GMT+3",
    "Wed, 05 Apr 2023 12:00:00 +9999",
    "Wed, 05 Apr 2023 12:00:00 GMT, Wed, 05 Apr 2023 12:00:00 GMT",
    "Wednesday, 05-Apr-23 12:00:00 JST",
    "Wed Apr  5 12:00:00 JST 2023",
    "2023-04-05T12:00:00JST",
    "2023-04-05T02:00:00P",
    "2023-04-05T12:00:00+99:99",
    "2023-04-05T12:00:00+24:00",
    "2023-04-05T12:00:00+01:60",
    "2023-04-05T12:00:60Z",
    "2023-02-29T12:00:00Z",
    "0000-01-01T00:00:00Z",
    "0001-01-01T00:00:00+10:00",
    "9999-12-31T23:00:00-02:00",
    "2023-04",
    "April",
    "12:00",
    "Wednesday",
]


def _make_model(protocol: str) -> Any:
    shapes: dict[str, Any] = {
        name: {"type": "timestamp", **({"timestampFormat": form} if form else {})}
        for name, form in FORMATS.items()
    }
    body = {name: {"shape": name} for name in FORMATS}
    around = {
        f"{location}{name}": {
            "shape": name,
            "location": location,
            "locationName": f"{location[:1]}-{name}",
        }
        for location in ("uri", "querystring", "header")
        for name in FORMATS
    }
    labels = "".join(f"/{{u-{name}}}" for name in FORMATS)
    is_rest = protocol in REST
    shapes["Sent"] = {
        "type": "structure",
        "members": body | (around if is_rest else {}),
        "required": [f"uri{name}" for name in FORMATS] if is_rest else [],
    }
    headers = {name: around[name] for name in around if name.startswith("header")}
    shapes["Got"] = {
        "type": "structure",
        "members": body | (headers if is_rest else {}),
    }
    got = {"shape": "Got"}
    if protocol == "query":
        got["resultWrapper"] = "TellResult"
    operation = {
        "http": {"method": "POST", "requestUri": labels if is_rest else "/"},
        "input": {"shape": "Sent", "locationName": "Sent"},
        "output": got,
    }
    return write_model(protocol, {"Tell": operation}, shapes)


@pytest.fixture(scope="module", params=PROTOCOLS)
def parcels(request: pytest.FixtureRequest) -> Iterator[Trio]:
    """Clients of a service that has instants wherever its protocol may have them."""
    trio = Trio.make("parcels", models=_make_model(request.param))
    yield trio
    trio.close()


def _protocol(parcels: Trio) -> str:
    protocol: str = parcels.package.Client._protocol
    return protocol


def _arguments(parcels: Trio, moment: datetime) -> dict[str, Any]:
    names = [name.lower() for name in FORMATS]
    if _protocol(parcels) in REST:
        places = ("uri", "querystring", "header")
        names += [f"{place}_{name}" for place in places for name in names[:4]]
    return dict.fromkeys(names, moment)


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
@pytest.mark.parametrize("year", [1, 12, 999])
def test_years_have_four_digits(parcels: Trio, serializer: str, year: int) -> None:
    """A year before 1000 is written with zeros, wherever an instant is text."""
    network = parcels.networks[1 + [*parcels.ours].index(serializer)]
    body = encode_document(_protocol(parcels), "Tell", {})
    network.expect(Answer(body))

    parcels.ours[serializer].tell(**_arguments(parcels, FIRST.replace(year=year)))

    (sent,) = network.sent
    headers = [value for name, value in sent.headers.items() if name[:2] == "h-"]
    text = "\n".join(
        (unquote_plus(sent.url), *headers, unquote_plus(sent.body.decode("latin-1")))
    )
    # Each place has one or two of ISO 8601, by the protocol, and one of RFC 822.
    bodies = {"json": 1, "rest-json": 1, "smithy-rpc-v2-cbor": 0}
    places = {"rest-json": 2 + 2 + 1, "rest-xml": 2 + 2 + 1}
    expected = bodies.get(_protocol(parcels), 2) + places.get(_protocol(parcels), 0)
    assert text.count(f"{year:04}-01-01T00:00:00Z") == expected
    assert text.count("-01-01T00:00:00Z") == expected
    is_text = _protocol(parcels) != "smithy-rpc-v2-cbor"
    # A header is in RFC 822 where the model does not say otherwise.
    expected = is_text + 4 * (_protocol(parcels) in REST)
    assert text.count(f"Jan {year:04} 00:00:00 GMT") == expected


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
@pytest.mark.parametrize(
    "moment",
    [
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=10))),
        datetime(9999, 12, 31, 23, tzinfo=timezone(-timedelta(hours=10))),
    ],
)
def test_a_year_that_utc_does_not_have(
    parcels: Trio, serializer: str, moment: datetime
) -> None:
    """Each member is named, and nothing is sent."""
    given = _arguments(parcels, moment)

    with pytest.raises(ValidationError) as caught:
        parcels.ours[serializer].tell(**given)

    rules = {found.path: found.rule for found in caught.value.violations}
    assert rules == dict.fromkeys(given, "is outside of the years 1 to 9999 in UTC")


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
@pytest.mark.parametrize("text", NOONS)
def test_time_zones_of_replies(parcels: Trio, serializer: str, text: str) -> None:
    """Members of the body and of headers are read by the time zone they have."""
    if _protocol(parcels) == "smithy-rpc-v2-cbor":
        assert parse_instant(text) == NOON  # CBOR has no instants that are text
        return

    reply = _tell(parcels, serializer, text)

    found = [getattr(reply, name) for name in _reply_members(parcels)]
    assert found == [NOON] * len(found)
    assert all(moment.tzinfo is UTC for moment in found)


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
@pytest.mark.parametrize("text", ODD)
def test_texts_that_are_not_an_instant(
    parcels: Trio, serializer: str, text: str
) -> None:
    """An unknown zone does not count as UTC, nor does today complete a date."""
    if _protocol(parcels) == "smithy-rpc-v2-cbor":
        with pytest.raises(ValueError, match=r"."):
            parse_instant(text)
        return

    with pytest.raises(ReplyError):
        _tell(parcels, serializer, text)


def _reply_members(parcels: Trio) -> list[str]:
    names = [name.lower() for name in FORMATS]
    is_rest = _protocol(parcels) in REST
    return names + [f"header_{name}" for name in names] if is_rest else names


def _tell(parcels: Trio, serializer: str, text: str) -> Any:
    """The reply whose members all have a text."""
    network = parcels.networks[1 + [*parcels.ours].index(serializer)]
    document = encode_document(_protocol(parcels), "Tell", dict.fromkeys(FORMATS, text))
    headers = {f"h-{name}": text for name in FORMATS}
    network.expect(Answer(document, headers=headers))
    return parcels.ours[serializer].tell(**_arguments(parcels, NOON))


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
@pytest.mark.parametrize(
    "seconds", [1e400, -1e400, float("nan"), 253402300800, -62135596801, 10**400]
)
def test_seconds_that_are_not_an_instant(
    parcels: Trio, serializer: str, seconds: float
) -> None:
    """Numbers beyond all years are refused by the protocols that have numbers."""
    protocol = _protocol(parcels)
    if protocol == "smithy-rpc-v2-cbor" and seconds == 10**400:
        seconds = 1 << 63  # CBOR has no larger numbers
    name = next(iter(FORMATS))
    network = parcels.networks[1 + [*parcels.ours].index(serializer)]
    network.expect(Answer(encode_document(protocol, "Tell", {name: seconds})))

    with pytest.raises(ReplyError):
        parcels.ours[serializer].tell(**_arguments(parcels, NOON))


@pytest.mark.parametrize("zone", ["EDT", "CEST", "JST"])
def test_the_machines_own_time_zone_has_no_say(
    monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    """A name that the machine has for its own zone means what RFC 822 says, or none."""
    monkeypatch.setattr("time.tzname", (zone, zone))
    text = f"Wed Apr  5 08:00:00 {zone} 2023"

    if zone == "EDT":
        assert parse_instant(text) == NOON
        return
    with pytest.raises(ValueError, match="expected one of RFC 822"):
        parse_instant(text)


@pytest.mark.parametrize("zone", ["EDT", "JST"])
def test_time_zones_of_events(trios: Callable[[str], Trio], zone: str) -> None:
    """Events are read as replies are."""
    trio = trios("kinesis")
    record = {"ApproximateArrivalTimestamp": f"Wed, 05 Apr 2023 08:00:00 {zone}"}
    frames = (
        event("initial-response", {}),
        event("SubscribeToShardEvent", {"Records": [record]}),
    )
    trio.expect(Answer(b"".join(frames), headers=CONTENT_TYPE))
    for client in trio.ours.values():
        reply = client.subscribe_to_shard(
            consumer_arn="arn:aws:kinesis:us-east-1:123456789012:stream/s/consumer/c:1",
            shard_id="s",
            starting_position=trio.package.StartingPosition(type="LATEST"),
        )
        if zone == "EDT":
            (found,) = reply.event_stream
            (got,) = found.subscribe_to_shard_event.records
            assert got.approximate_arrival_timestamp == NOON
            continue
        with pytest.raises((ReplyError, Mismatch)):
            list(reply.event_stream)


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
def test_headers_of_s3(trios: Callable[[str], Trio], serializer: str) -> None:
    """A time zone counts; a header that is joined from two is named with its value."""
    trio = trios("s3")
    network = trio.networks[1 + [*trio.ours].index(serializer)]

    def get(**headers: str) -> Any:
        given = {name.replace("_", "-"): text for name, text in headers.items()}
        network.expect(Answer(b"", headers=given))
        return trio.ours[serializer].get_object(bucket="b", key="k")

    assert get(Last_Modified="Wed, 05 Apr 2023 08:00:00 EDT").last_modified == NOON
    twice = ", ".join(["Wed, 05 Apr 2023 12:00:00 GMT"] * 2)
    with pytest.raises(ReplyError) as caught:
        get(Last_Modified=twice)
    for told in ("last_modified", "Last-Modified", repr(twice)):
        assert told in str(caught.value)


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
@pytest.mark.parametrize("text", ["soon", "0", "Wed, 05 Apr 2023 12:00:00 JST"])
def test_expiries_of_s3(
    trios: Callable[[str], Trio], serializer: str, text: str
) -> None:
    """A user's own text that is not an instant is there as text."""
    trio = trios("s3")
    network = trio.networks[1 + [*trio.ours].index(serializer)]
    network.expect(Answer(b"", headers={"Expires": text}))

    reply = trio.ours[serializer].get_object(bucket="b", key="k")

    assert reply.expires_string == text
    assert (reply.expires is None) == (text != "0")


def test_the_first_and_last_instants_come_back(parcels: Trio) -> None:
    """The text or number that is written for an instant is read as the same one."""
    kind = parcels.package.OPERATIONS["Tell"].response
    names = [name.lower() for name in FORMATS]
    for moment in (FIRST, datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)):
        made = kind(**dict.fromkeys(names, moment))
        assert from_wire(kind, to_wire(made)) == made
