"""Names, attributes, namespaces and flat lists: the traits of forms and of XML."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from tests.contract.behaviours.network import Answer
from tests.contract.behaviours.service import write_model
from tests.contract.behaviours.trio import Trio

MOMENT = datetime(2024, 2, 29, 10, 30, 15, 123456, tzinfo=UTC)

NAMED = {"shape": "Text", "locationName": "item"}

SHAPES: dict[str, Any] = {
    "Text": {"type": "string"},
    "Whole": {"type": "integer"},
    "Real": {"type": "double"},
    "Flag": {"type": "boolean"},
    "Octets": {"type": "blob"},
    "Moment": {"type": "timestamp"},
    "Iso": {"type": "timestamp", "timestampFormat": "iso8601"},
    "Http": {"type": "timestamp", "timestampFormat": "rfc822"},
    "Unix": {"type": "timestamp", "timestampFormat": "unixTimestamp"},
    "List": {"type": "list", "member": {"shape": "Text"}},
    "NamedList": {"type": "list", "member": NAMED},
    "FlatList": {"type": "list", "flattened": True, "member": {"shape": "Text"}},
    "FlatNamedList": {"type": "list", "flattened": True, "member": NAMED},
    "Map": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Inner"}},
    "NamedMap": {
        "type": "map",
        "key": {"shape": "Text", "locationName": "Name"},
        "value": {"shape": "Text", "locationName": "Value"},
    },
    "FlatMap": {
        "type": "map",
        "flattened": True,
        "key": {"shape": "Text", "locationName": "K"},
        "value": {"shape": "List", "locationName": "V"},
    },
    "Inner": {
        "type": "structure",
        "members": {
            "Kind": {
                "shape": "Text",
                "xmlAttribute": True,
                "locationName": "xsi:type",
            },
            "Text": {"shape": "Text"},
            "Flat": {"shape": "FlatList", "locationName": "flat"},
        },
        "xmlNamespace": {"prefix": "xsi", "uri": "https://parcels.example/xsi"},
    },
    "Inners": {"type": "list", "member": {"shape": "Inner", "locationName": "Inner"}},
    "FlatInners": {"type": "list", "flattened": True, "member": {"shape": "Inner"}},
}

MEMBERS: dict[str, Any] = {
    "Text": {"shape": "Text", "locationName": "text"},
    "Queried": {"shape": "Text", "queryName": "queryName", "locationName": "queried"},
    "Spaced": {
        "shape": "Text",
        "xmlNamespace": {"uri": "https://parcels.example/text"},
    },
    **{name: {"shape": name} for name in SHAPES if name not in {"Text", "Inner"}},
    "FlatList": {"shape": "FlatList", "locationName": "flat"},
    "FlatMap": {"shape": "FlatMap", "locationName": "fm"},
    "FlatInners": {"shape": "FlatInners", "locationName": "FlatInner"},
    "Inner": {"shape": "Inner", "locationName": "inner"},
}


def _make_model(protocol: str) -> Any:
    given = {
        "shape": "Echo",
        "locationName": "EchoRequest",
        "xmlNamespace": {"uri": "https://parcels.example/echo"},
    }
    got = {"shape": "Echo"}
    if protocol == "query":
        got["resultWrapper"] = "EchoResult"
    shapes = SHAPES | {"Echo": {"type": "structure", "members": MEMBERS}}
    return write_model(protocol, {"Echo": {"input": given, "output": got}}, shapes)


@pytest.fixture(scope="module", params=["query", "ec2", "rest-xml"])
def parcels(request: pytest.FixtureRequest) -> Iterator[Trio]:
    """Clients of a service with every trait."""
    with closing(Trio.make("parcels", models=_make_model(request.param))) as trio:
        yield trio


INNER = {"Kind": "a&b", "Text": "é", "Flat": ["1", "2"]}

GIVEN: dict[str, Any] = {
    "Text": " <&>\r\n\t\"'é",
    "Queried": "q",
    "Spaced": "s",
    "Whole": -7,
    "Real": 1.5,
    "Flag": False,
    "Octets": b"\x00\xff",
    "Moment": MOMENT,
    "Iso": MOMENT,
    "Http": MOMENT,
    "Unix": MOMENT,
    "List": ["a", "", "b c"],
    "NamedList": ["a", "b"],
    "FlatList": ["a", "b"],
    "FlatNamedList": ["a", "b"],
    "Map": {"k": INNER, "": {}},
    "NamedMap": {"k": "v"},
    "FlatMap": {"k": ["a", "b"], "l": []},
    "Inner": INNER,
    "Inners": [INNER, {}],
    "FlatInners": [INNER, {"Text": ""}],
}


def test_all_at_once(parcels: Trio) -> None:
    """A request with every member."""
    call = parcels.call("Echo", GIVEN, Answer(_reply(parcels, "")))

    assert b"2024-02-29T10" in call.request.body


@pytest.mark.parametrize("name", GIVEN)
def test_each_by_itself(parcels: Trio, name: str) -> None:
    """A request with one member."""
    parcels.call("Echo", {name: GIVEN[name]}, Answer(_reply(parcels, "")))


@pytest.mark.parametrize(
    "given",
    [
        {name: type(value)() for name, value in GIVEN.items() if value != MOMENT},
        {"Real": float("inf")},
        {"Real": float("-inf")},
        {"Real": float("nan")},
        {"Real": 1e300},
        {"Real": 3},
        {"Real": Decimal("0.1")},
        {"Flag": True},
        {"Octets": "text"},
        {"Octets": bytearray(b"\x00")},
        {"Moment": datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC)},
        {"Unix": datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC)},
        {"List": ("a", "b")},
        {"Whole": 1 << 70},
        {"Text": "\x0b"},
    ],
)
def test_odd_values(parcels: Trio, given: dict[str, Any]) -> None:
    """Values that are empty, endless, or of another Python type are sent or refused."""
    parcels.call("Echo", given, Answer(_reply(parcels, "")))


def _reply(parcels: Trio, content: str) -> bytes:
    if parcels.package.Client._protocol == "query":
        content = f"<EchoResult>{content}</EchoResult>"
    facts = "<ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata>"
    space = 'xmlns="https://parcels.example/" xmlns:xsi="https://parcels.example/xsi"'
    return (
        f'<?xml version="1.0"?>\n<EchoResponse {space}>\n{content}\n{facts}'
        "<requestId>r-2</requestId></EchoResponse>"
    ).encode()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "<text>a &lt;&amp;&#233;</text><queried>q</queried><Spaced>s</Spaced>",
        "<text/><Spaced></Spaced><queryName>q</queryName>",
        "<text> kept </text><Whole>-7</Whole><Real>1.5</Real><Flag>true</Flag>",
        "<Flag>false</Flag><Flag2>true</Flag2><Real>NaN</Real>",
        "<Real>-Infinity</Real>",
        "<Octets>AP8=</Octets>",
        "<Octets/>",
        "<Moment>2024-02-29T10:30:15.123Z</Moment><Iso>2024-02-29T10:30:15Z</Iso>",
        "<Http>Thu, 29 Feb 2024 10:30:15 GMT</Http><Unix>1709202615.5</Unix>",
        "<Moment>1709202615</Moment><Unix>2024-02-29T10:30:15+02:00</Unix>",
        "<List><member>a</member><member/><member>b</member></List>",
        "<List><item>a</item></List>",
        "<List/>",
        "<NamedList><item>a</item></NamedList>",
        "<flat>a</flat><flat>b</flat>",
        "<flat>a</flat>",
        "<flat/>",
        "<item>a</item><item>b</item>",
        "<FlatNamedList>a</FlatNamedList>",
        "<Map><entry><key>k</key><value><Text>a</Text></value></entry></Map>",
        "<Map><entry><value/><key>k</key></entry></Map>",
        "<NamedMap><entry><Name>k</Name><Value>v</Value></entry></NamedMap>",
        "<Map/><NamedMap/>",
        "<fm><K>k</K><V><member>a</member></V></fm>",
        "<fm><K>k</K><V/></fm><fm><K>l</K><V><member>b</member></V></fm>",
        '<inner xsi:type="Kind"><Text>a</Text><flat>1</flat></inner>',
        "<inner/>",
        '<Inners><Inner xsi:type="a"/><Inner><Text>b</Text></Inner></Inners>',
        "<FlatInner><flat>1</flat><flat>2</flat></FlatInner><FlatInner/>",
        "<!-- comment --><text><![CDATA[<raw>]]></text>",
        "<xsi:text>other namespace</xsi:text>",
        "<New><text>deep</text></New>",
    ],
)
def test_replies(parcels: Trio, content: str) -> None:
    """Each is read as botocore reads it."""
    call = parcels.call("Echo", {}, Answer(_reply(parcels, content)))

    protocol = parcels.package.Client._protocol
    expected = {"query": "r-1", "ec2": "r-2", "rest-xml": None}[protocol]
    assert call.reply.response_metadata.request_id == expected


@pytest.mark.parametrize(
    "body",
    [
        b"<",
        b"text",
        b"{}",
        b"<html><body>gateway</body></html>",
        b"<EchoResponse><Whole>many</Whole></EchoResponse>",
        b"<EchoResponse><EchoResult><Whole>many</Whole></EchoResult></EchoResponse>",
        b"<EchoResponse><Moment>soon</Moment></EchoResponse>",
        b"<EchoResponse><Octets>\xff</Octets></EchoResponse>",
    ],
)
def test_what_cannot_be_read(parcels: Trio, body: bytes) -> None:
    """Told as of any other service, or read to nothing as by botocore."""
    parcels.call("Echo", {}, Answer(body))


def test_a_text_that_comes_twice(parcels: Trio) -> None:
    """botocore gives its parser's elements for it; ours take the last, as others do."""
    body = _reply(parcels, "<text>one</text><text>two</text>")
    parcels.expect(Answer(body))
    for client in parcels.ours.values():
        assert client.echo().text == "two"


def test_a_root_of_another_name(parcels: Trio) -> None:
    """Such a reply is not looked at."""
    body = _reply(parcels, "<text>a</text>").replace(b"EchoResponse", b"Other")

    assert parcels.call("Echo", {}, Answer(body)).reply.text == "a"
