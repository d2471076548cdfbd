"""Members outside the body: where each goes, how it is written there, and read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from tests.contract.behaviours.network import Answer
from tests.contract.behaviours.service import write_model
from tests.contract.behaviours.trio import Trio

from botosmith.runtime import ReplyError, ValidationError

#: A moment with a fraction of a second, given in another zone than UTC.
MOMENT = datetime(2024, 2, 29, 12, 30, 15, 123456, tzinfo=timezone(timedelta(hours=2)))

#: Texts that some part of a URL or of a header has to escape.
ODD = [
    "",
    " ",
    "a b",
    "a/b",
    "%",
    "%2F",
    "a+b&c=d?e#f",
    "~-._",
    "é",
    "日本",
    ":@!$'()*,;",
]

REST = ["rest-json", "rest-xml"]

_SHAPES: dict[str, Any] = {
    "Text": {"type": "string"},
    "Whole": {"type": "integer"},
    "Long": {"type": "long"},
    "Real": {"type": "double"},
    "Flag": {"type": "boolean"},
    "Moment": {"type": "timestamp"},
    "Iso": {"type": "timestamp", "timestampFormat": "iso8601"},
    "Http": {"type": "timestamp", "timestampFormat": "rfc822"},
    "Unix": {"type": "timestamp", "timestampFormat": "unixTimestamp"},
    "Color": {"type": "string", "enum": ["red", "light green"]},
    "TextMap": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Text"}},
    "ListMap": {
        "type": "map",
        "key": {"shape": "Text"},
        "value": {"shape": "TextList"},
    },
}

#: The leaves, and a value for each.
LEAVES: dict[str, Any] = {
    "Text": "a b",
    "Whole": -7,
    "Long": 1 << 40,
    "Real": 1.5,
    "Flag": True,
    "Moment": MOMENT,
    "Iso": MOMENT,
    "Http": MOMENT,
    "Unix": MOMENT,
    "Color": "light green",
}
SHAPES = _SHAPES | {
    f"{leaf}List": {"type": "list", "member": {"shape": leaf}} for leaf in LEAVES
}


def _at(location: str, *shapes: str, **traits: Any) -> dict[str, Any]:
    """A member of each shape at a location, under a name of the location's own."""
    return {
        f"{location}{shape}": {
            "shape": shape,
            "location": location,
            "locationName": f"{location[:1]}-{shape.lower()}",
            **traits,
        }
        for shape in shapes
    }


def _structure(members: dict[str, Any], **traits: Any) -> dict[str, Any]:
    return {"type": "structure", "members": members, **traits}


def _make_model(protocol: str) -> Any:
    lists = [f"{leaf}List" for leaf in LEAVES]
    labels = _at("uri", *LEAVES)
    uri = "".join(f"/{{{member['locationName']}}}" for member in labels.values())
    greedy = {"Path": {"shape": "Text", "location": "uri", "locationName": "path"}}
    operations = {
        "Label": {
            "http": {"method": "GET", "requestUri": f"/fixed{uri}?also=fixed"},
            "input": {"shape": "LabelRequest"},
        },
        "Greed": {
            "http": {"method": "GET", "requestUri": "/{u-text}/of/{path+}"},
            "input": {"shape": "GreedRequest"},
        },
        "Query": {
            "http": {"method": "GET", "requestUri": "/query?fixed&also=fixed"},
            "input": {"shape": "QueryRequest"},
        },
        "Head": {
            "http": {"method": "GET", "requestUri": "/head"},
            "input": {"shape": "HeadRequest"},
            "output": {"shape": "HeadResponse"},
        },
        "Mix": {
            "http": {
                "method": "PUT",
                "requestUri": "/mix/{u-text}",
                "responseCode": 201,
            },
            "input": {"shape": "MixRequest", "locationName": "MixRequest"},
            "output": {"shape": "MixResponse"},
        },
    }
    mixed = {
        **_at("header", "Text", "Flag"),
        **_at("querystring", "Whole"),
        "Text": {"shape": "Text"},
        "Moment": {"shape": "Moment", "locationName": "when"},
    }
    head = {
        **_at("header", *LEAVES, *lists),
        "Prefixed": {"shape": "TextMap", "location": "headers", "locationName": "p-"},
    }
    shapes = SHAPES | {
        "LabelRequest": _structure(labels, required=[*labels]),
        "GreedRequest": _structure(
            _at("uri", "Text") | greedy, required=["uriText", "Path"]
        ),
        "QueryRequest": _structure(
            _at("querystring", *LEAVES, *lists, "TextMap", "ListMap")
        ),
        "HeadRequest": _structure(head),
        "HeadResponse": _structure(
            head
            | {
                "All": {"shape": "TextMap", "location": "headers", "locationName": ""},
                "Status": {"shape": "Whole", "location": "statusCode"},
            }
        ),
        "MixRequest": _structure(
            _at("uri", "Text") | mixed, required=["uriText", "Text"]
        ),
        "MixResponse": _structure(mixed),
    }
    return write_model(protocol, operations, shapes)


@pytest.fixture(scope="module", params=REST)
def parcels(request: pytest.FixtureRequest) -> Any:
    """Clients of a service that has members of all types at all locations."""
    trio = Trio.make("parcels", models=_make_model(request.param))
    yield trio
    trio.close()


def test_labels_of_each_type(parcels: Trio) -> None:
    """Each is written into the path as botocore writes it."""
    given = {f"uri{leaf}": value for leaf, value in LEAVES.items()}

    call = parcels.call("Label", given)

    assert call.request.path == (
        "/fixed/a%20b/-7/1099511627776/1.5/true/2024-02-29T10%3A30%3A15.123456Z"
        "/2024-02-29T10%3A30%3A15.123456Z/Thu%2C%2029%20Feb%202024%2010%3A30%3A15%20GMT"
        "/1709202615.123456/light%20green"
    )
    assert call.request.query == {"also": ["fixed"]}


@pytest.mark.parametrize("text", ODD)
def test_odd_labels(parcels: Trio, text: str) -> None:
    """A label escapes slashes, a greedy one keeps them."""
    call = parcels.call("Greed", {"uriText": text, "Path": text})

    assert ("%2F" in call.request.path) == ("/" in text)


@pytest.mark.parametrize("flag", [True, False])
@pytest.mark.parametrize("real", [0.0, 1e300, 1e-7, float("inf"), float("nan"), 3])
def test_odd_numbers_in_labels_and_queries(
    parcels: Trio, flag: bool, real: float  # noqa: FBT001
) -> None:
    """Booleans are small letters, and numbers Python's own words."""
    leaves = LEAVES | {"Flag": flag, "Real": real}

    label = parcels.call("Label", {f"uri{leaf}": leaves[leaf] for leaf in leaves})
    query = parcels.call(
        "Query",
        {
            "querystringFlag": flag,
            "querystringReal": real,
            "querystringRealList": [real],
            "querystringFlagList": [flag, not flag],
        },
    )
    head = parcels.call("Head", {"headerFlag": flag, "headerReal": real})

    word = str(flag).lower()
    assert word in label.request.path
    assert query.request.query["q-flag"] == [word]
    assert head.request.headers["h-flag"] == word


def test_queries_of_each_type(parcels: Trio) -> None:
    """Leaves, lists of leaves, and maps whose keys are names of their own."""
    given: dict[str, Any] = {f"querystring{leaf}": LEAVES[leaf] for leaf in LEAVES}
    given |= {f"querystring{leaf}List": [LEAVES[leaf]] * 2 for leaf in LEAVES}
    given["querystringTextMap"] = {"free": "a b", "f&": "é"}
    given["querystringListMap"] = {"many": ["a", "b"], "none": []}

    call = parcels.call("Query", given)

    query = call.request.query
    assert query["q-moment"] == ["2024-02-29T10:30:15.123456Z"]
    assert query["q-unix"] == ["1709202615.123456"]
    assert query["q-http"] == ["Thu, 29 Feb 2024 10:30:15 GMT"]
    assert query["q-flaglist"] == ["true", "true"]
    assert query["f&"] == ["é"]
    assert query["many"] == ["a", "b"]
    assert "none" not in query


def test_queries_of_nothing(parcels: Trio) -> None:
    """Empty texts are sent, empty lists and maps leave nothing behind."""
    call = parcels.call(
        "Query",
        {
            "querystringText": "",
            "querystringTextList": [],
            "querystringTextMap": {},
            "querystringListMap": {},
            "querystringWhole": 0,
            "querystringFlag": False,
        },
    )

    assert call.request.query == {
        "fixed": [""],
        "also": ["fixed"],
        "q-text": [""],
        "q-whole": ["0"],
        "q-flag": ["false"],
    }


@pytest.mark.parametrize("text", ODD)
def test_odd_queries(parcels: Trio, text: str) -> None:
    """Values and the keys of maps come through whatever they are."""
    call = parcels.call(
        "Query",
        {
            "querystringText": text,
            "querystringTextList": [text, "b"],
            "querystringTextMap": {f"k{text}": text},
        },
    )

    assert call.request.query["q-text"] == [text]
    assert call.request.query[f"k{text}"] == [text]


def test_headers_of_each_type(parcels: Trio) -> None:
    """Leaves, lists of them between commas, and maps by a prefix."""
    given: dict[str, Any] = {f"header{leaf}": LEAVES[leaf] for leaf in LEAVES}
    given |= {f"header{leaf}List": [LEAVES[leaf]] * 2 for leaf in LEAVES}
    given["Prefixed"] = {"one": "1", "Two": "2"}

    call = parcels.call("Head", given)

    headers = call.request.headers
    assert headers["h-moment"] == "Thu, 29 Feb 2024 10:30:15 GMT"
    assert headers["h-iso"] == "2024-02-29T10:30:15Z"
    assert headers["h-unix"] == "1709202615"
    assert headers["h-flaglist"] == "true,true"
    assert headers["p-one"] == "1"
    assert headers["p-two"] == "2"


def test_headers_of_nothing(parcels: Trio) -> None:
    """An empty text is a header, an empty list or map is none."""
    call = parcels.call(
        "Head",
        {
            "headerText": "",
            "headerTextList": [],
            "headerWholeList": [],
            "Prefixed": {},
            "headerWhole": 0,
            "headerReal": 0.0,
        },
    )

    named = {name for name in call.request.headers if name[:2] in {"h-", "p-"}}
    assert named == {"h-text", "h-whole", "h-real"}


@pytest.mark.parametrize("text", [*ODD, " a ", "a\tb", "a" * 10_000])
def test_odd_headers(parcels: Trio, text: str) -> None:
    """Values may be anything that is printed, and names what `http.client` takes."""
    parcels.call("Head", {"headerText": text, "headerTextList": [text]})
    parcels.call("Head", {"Prefixed": {"k": text}})
    if text.isascii() and ":" not in text and "\t" not in text:
        parcels.call("Head", {"Prefixed": {text: "v"}})


#: Texts that no header carries, and the code point that is in the way.
UNFIT = {
    "a\nb": "U\\+000A",
    "a\r\n b": "U\\+000D",
    "a\n\tb": "U\\+000A",
    "\0": "U\\+0000",
    "a\x7f": "U\\+007F",
    "\x1b[31m": "U\\+001B",
    "\ud800": "U\\+D800",
}


@pytest.mark.parametrize("text", UNFIT)
@pytest.mark.parametrize("serializer", ["generated", "botocore"])
def test_values_that_no_header_carries(
    parcels: Trio, text: str, serializer: str
) -> None:
    """All of them are told, at their paths, and nothing is sent."""
    client, request = parcels.ours[serializer], parcels.package.HeadRequest
    parcels.expect()

    with pytest.raises(ValidationError, match=UNFIT[text]) as caught:
        client.send(
            request(
                header_text=text,
                header_text_list=["a", text],
                header_color=text,
                prefixed={"k": text, "l": "fine"},
            )
        )

    assert [(found.path, found.value) for found in caught.value.violations] == [
        ("header_text", text),
        ("header_color", text),
        ("header_text_list[1]", text),
        ("prefixed['k']", text),
    ]
    assert all(network.sent == [] for network in parcels.networks)


@pytest.mark.parametrize("key", [*UNFIT, "a:b", "é", "a: b\r\nInjected"])
@pytest.mark.parametrize("serializer", ["generated", "botocore"])
def test_keys_that_no_header_carries(parcels: Trio, key: str, serializer: str) -> None:
    """A key is a part of the header's name."""
    parcels.expect()

    with pytest.raises(ValidationError, match="a header's name cannot have") as caught:
        parcels.ours[serializer].head(prefixed={key: "v"})

    (violation,) = caught.value.violations
    assert (violation.path, violation.value) == (f"prefixed (key {key!r})", key)
    assert all(network.sent == [] for network in parcels.networks)


def test_a_secret_that_no_header_carries() -> None:
    """A sensitive member is named, and what it holds is not."""
    protocol = "rest-json"
    members = {
        "Word": {"shape": "Word", "location": "header", "locationName": "x-word"},
        "Words": {"shape": "Words", "location": "headers", "locationName": "x-"},
    }
    models = write_model(
        protocol,
        {
            "Head": {
                "http": {"method": "GET", "requestUri": "/head"},
                "input": {"shape": "HeadRequest"},
            }
        },
        {
            "Word": {"type": "string", "sensitive": True},
            "Words": {
                "type": "map",
                "key": {"shape": "Word"},
                "value": {"shape": "Word"},
                "sensitive": True,
            },
            "HeadRequest": _structure(members),
        },
    )
    trio = Trio.make("parcels", models=models)
    for client in trio.ours.values():
        with pytest.raises(ValidationError) as caught:
            client.head(word="hunter2\n", words={"hunter2\n": "hunter2\n"})
        assert "hunter2" not in str(caught.value)
        assert "hunter2" not in repr(caught.value.violations)
        assert "word: ***" in str(caught.value)
    trio.close()


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
def test_texts_that_cannot_be_encoded(parcels: Trio, serializer: str) -> None:
    """Half a surrogate pair has no place in a URL, either."""
    client = parcels.ours[serializer]
    parcels.expect()

    with pytest.raises(ValidationError, match="half a surrogate pair") as caught:
        client.greed(uri_text="fine", path="\ud800")
    assert [found.path for found in caught.value.violations] == ["path"]
    with pytest.raises(ValidationError, match="half a surrogate pair") as caught:
        client.query(querystring_text_list=["a", "\udfff"])
    paths = [found.path for found in caught.value.violations]
    assert paths == ["querystring_text_list[1]"]


@pytest.mark.parametrize("text", [",", '"', 'a "b", c', "\\", "a b"])
def test_odd_texts_in_lists_of_headers(parcels: Trio, text: str) -> None:
    """Quotes are put around those that a comma would cut."""
    call = parcels.call("Head", {"headerTextList": [text, "b"]})

    assert call.request.headers["h-textlist"].endswith(",b")


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2024, 1, 1),  # noqa: DTZ001 - naive ones count as UTC
        datetime(1969, 12, 31, 23, 59, 59, 1, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(1000, 1, 1, tzinfo=UTC),
    ],
)
def test_moments_at_the_edges(parcels: Trio, moment: datetime) -> None:
    """In labels, queries and headers, in each format."""
    formats = ("Moment", "Iso", "Http", "Unix")
    labels = LEAVES | dict.fromkeys(formats, moment)

    parcels.call("Label", {f"uri{leaf}": value for leaf, value in labels.items()})
    parcels.call("Query", {f"querystring{name}": moment for name in formats})
    parcels.call("Head", {f"header{name}": moment for name in formats})


def _mixed_reply(parcels: Trio) -> bytes:
    if parcels.package.Client._protocol == "rest-json":
        return b'{"Text": "\xc3\xa9", "h-text": "no header", "when": 1.5}'
    return b"<R><Text>\xc3\xa9</Text><h-text>no header</h-text><when>1.5</when></R>"


def test_members_in_four_places_at_once(parcels: Trio) -> None:
    """The body holds what stands nowhere else, and only that."""
    call = parcels.call(
        "Mix",
        {
            "uriText": "u",
            "headerText": "h",
            "headerFlag": False,
            "querystringWhole": 0,
            "Text": "body",
            "Moment": MOMENT,
        },
        Answer(_mixed_reply(parcels), 201, {"h-text": "h", "h-flag": "true"}),
    )

    request = call.request
    assert (request.path, request.query) == ("/mix/u", {"q-whole": ["0"]})
    assert (request.headers["h-text"], request.headers["h-flag"]) == ("h", "false")
    assert b"body" in request.body
    assert b"h-text" not in request.body
    # botocore takes JSON's member before a header's of the same name.
    is_json = parcels.package.Client._protocol == "rest-json"
    assert call.reply.header_text == ("no header" if is_json else "h")
    assert call.reply.text == "é"
    assert call.reply.header_flag is True
    assert call.reply.moment == datetime(1970, 1, 1, 0, 0, 1, 500_000, tzinfo=UTC)


def test_a_body_of_nothing(parcels: Trio) -> None:
    """A request whose optional members are all left out."""
    call = parcels.call("Mix", {"uriText": "", "Text": ""})

    assert call.request.path == "/mix/"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {f"h-{leaf.lower()}": "" for leaf in ("Text", "TextList", "Color")},
        {
            "H-Text": "a b",
            "h-whole": "-7",
            "h-long": "1099511627776",
            "h-real": "1.5",
            "h-flag": "true",
            "h-moment": "Thu, 29 Feb 2024 10:30:15 GMT",
            "h-iso": "2024-02-29T10:30:15.123Z",
            "h-http": "Thu, 29 Feb 2024 10:30:15 GMT",
            "h-unix": "1709202615",
            "h-color": "blue",
            "p-one": "1",
            "P-Two": "2",
            "p-": "",
        },
        {"h-flag": "false", "h-real": "NaN", "h-whole": "0"},
        {"h-flag": "FALSE", "h-real": "-Infinity"},
        {"h-moment": "2024-02-29T10:30:15Z", "h-iso": "1709202615.5"},
        {"h-textlist": "a, b ,c", "h-wholelist": "1, 2", "h-flaglist": "true,false"},
        {"h-textlist": '"a, b", c', "h-colorlist": "red, light green"},
        {"h-reallist": "1.5,2", "h-isolist": "2024-02-29T10:30:15Z"},
    ],
)
@pytest.mark.parametrize("status", [200, 204])
def test_headers_of_replies(
    parcels: Trio, headers: dict[str, str], status: int
) -> None:
    """All that is read as botocore reads it; names in any case."""
    call = parcels.call("Head", {}, Answer(b"", status, headers))

    assert call.reply.status == status
    assert call.reply.all == headers


@pytest.mark.parametrize(
    ("headers", "attribute"),
    [
        ({"h-whole": "many"}, "header_whole"),
        ({"h-whole": ""}, "header_whole"),
        ({"h-real": "much"}, "header_real"),
        ({"h-moment": "soon"}, "header_moment"),
        ({"h-wholelist": "1, many"}, "header_whole_list"),
    ],
)
def test_headers_that_cannot_be_read(
    parcels: Trio, headers: dict[str, str], attribute: str
) -> None:
    """botocore trips over them; ours names the member, the header and the value."""
    call = parcels.call("Head", {}, Answer(b"", 200, headers))

    ((name, value),) = headers.items()
    for outcome in call.ours.values():
        assert isinstance(outcome.error, ReplyError)
        told = str(outcome.error)
        assert f"{attribute}: {value!r} in the header {name} is " in told or (
            f"{attribute}[1]: 'many' in the header {name} is " in told
        )
