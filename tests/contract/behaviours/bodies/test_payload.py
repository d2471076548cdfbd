"""A member that is all of a body, of each kind, there or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.contract.behaviours.network import Answer
from tests.contract.behaviours.service import write_model
from tests.contract.behaviours.trio import Trio, share_trios
from tests.contract.behaviours.value import drain

from botosmith.runtime import ReplyError, ValidationError

REST = ["rest-json", "rest-xml"]

#: The shapes of payloads; those that XML has no way to write are JSON's alone.
KINDS = ["Inner", "Nothing", "Choice", "Text", "Color", "Blob", "Stream"]
JSON_KINDS = [*KINDS, "Texts", "TextMap"]

SHAPES: dict[str, Any] = {
    "Text": {"type": "string"},
    "Whole": {"type": "integer"},
    "Color": {"type": "string", "enum": ["red", "light green"]},
    "Blob": {"type": "blob"},
    "Stream": {"type": "blob", "streaming": True},
    "Texts": {"type": "list", "member": {"shape": "Text"}},
    "TextMap": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Text"}},
    "Nothing": {"type": "structure", "members": {}},
    "Inner": {
        "type": "structure",
        "required": ["Name"],
        "members": {
            "Name": {"shape": "Text", "locationName": "name"},
            "Next": {"shape": "Inner"},
        },
    },
    "Choice": {
        "type": "structure",
        "union": True,
        "members": {"Text": {"shape": "Text"}, "Inner": {"shape": "Inner"}},
    },
}


def _make_model(protocol: str) -> Any:
    kinds = JSON_KINDS if protocol == "rest-json" else KINDS
    shapes = dict(SHAPES)
    operations: dict[str, Any] = {
        "Bare": {"http": {"method": "POST", "requestUri": "/bare"}},
        "Around": {
            "http": {"method": "PUT", "requestUri": "/around"},
            "input": {"shape": "AroundRequest"},
            "output": {"shape": "AroundRequest"},
        },
    }
    header = {"shape": "Text", "location": "header", "locationName": "x-header"}
    kind_of_content = {
        "shape": "Text",
        "location": "header",
        "locationName": "Content-Type",
    }
    shapes["AroundRequest"] = {
        "type": "structure",
        "members": {"Header": header, "ContentType": kind_of_content},
    }
    for kind in kinds:
        for required in ("", "Required"):
            name = f"{required}{kind}"
            shapes[f"{name}Holder"] = {
                "type": "structure",
                "payload": "Payload",
                "required": ["Payload"] if required else [],
                "members": {
                    "Payload": {"shape": kind, "locationName": f"{kind}Root"},
                    "Header": header,
                    "ContentType": kind_of_content,
                },
            }
            operations[f"Put{name}"] = {
                "http": {"method": "PUT", "requestUri": f"/{name}"},
                "input": {"shape": f"{name}Holder"},
                "output": {"shape": f"{name}Holder"},
            }
    return write_model(protocol, operations, shapes)


@pytest.fixture(scope="module")
def find_clients() -> Iterator[Callable[[str], Trio]]:
    """Clients of the same service by its protocol."""
    with share_trios(_make_model) as find:
        yield find


@pytest.fixture(params=REST)
def parcels(
    request: pytest.FixtureRequest, find_clients: Callable[[str], Trio]
) -> Trio:
    """Clients of the service in each protocol."""
    return find_clients(request.param)


def _nothing(parcels: Trio) -> Answer:
    is_json = parcels.package.Client._protocol == "rest-json"
    return Answer(b"{}" if is_json else b"<R/>")


GIVEN: dict[str, list[Any]] = {
    "Inner": [{"Name": "n"}, {"Name": "", "Next": {"Name": "é"}}],
    "Nothing": [{}],
    "Choice": [{"Text": "t"}, {"Inner": {"Name": "n"}}],
    "Text": ["text", "", "grüß", '"quoted"'],
    "Color": ["red", "new"],
    "Blob": [b"\x00\xff", b"", "text", bytearray(b"array")],
    "Stream": [b"\x00\xff", b"", "text"],
    "Texts": [["a"], []],
    "TextMap": [{"k": "v"}, {}],
}

CASES = [(kind, value) for kind in JSON_KINDS for value in GIVEN[kind]]


@pytest.mark.parametrize(("kind", "value"), CASES)
@pytest.mark.parametrize("beside", [{}, {"Header": "h", "ContentType": "text/x"}])
def test_payloads(parcels: Trio, kind: str, value: Any, beside: dict[str, str]) -> None:
    """Each is the body, and what it is said to be is botocore's to say."""
    operation = f"Put{kind}"
    if operation not in parcels.package.OPERATIONS:
        return
    if kind in {"Texts", "TextMap"}:
        return  # botocore cannot write them: it wants a key to put them under

    call = parcels.call(operation, {"Payload": value, **beside}, _nothing(parcels))

    assert len(call.requests) == 1
    if beside:
        assert call.request.headers["content-type"] == "text/x"


@pytest.mark.parametrize("kind", JSON_KINDS)
@pytest.mark.parametrize("beside", [{}, {"Header": "h"}])
def test_payloads_that_are_left_out(
    parcels: Trio, kind: str, beside: dict[str, str]
) -> None:
    """No body, or an empty one."""
    if f"Put{kind}" in parcels.package.OPERATIONS:
        is_list = kind == "Texts" and parcels.package.Client._protocol == "rest-json"
        answer = Answer(b"[]") if is_list else _nothing(parcels)
        parcels.call(f"Put{kind}", beside, answer)


@pytest.mark.parametrize("kind", KINDS)
def test_payloads_that_are_required(parcels: Trio, kind: str) -> None:
    """Without them nothing is sent."""
    call = parcels.call(f"PutRequired{kind}", {"Header": "h"})

    assert isinstance(call.error, ValidationError)
    assert call.requests == ()


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("Inner", {}),
        ("Inner", "text"),
        ("Choice", {}),
        ("Choice", {"Text": "t", "Inner": {"Name": "n"}}),
        ("Text", 7),
        ("Text", b"bytes"),
        ("Blob", 7),
        ("Color", 7),
    ],
)
def test_payloads_that_break_a_rule(parcels: Trio, kind: str, value: Any) -> None:
    """They are checked like any member."""
    call = parcels.call(f"Put{kind}", {"Payload": value})

    assert isinstance(call.error, ValidationError)
    assert call.requests == ()


JSON_BODIES = [
    b"",
    b"null",
    b"{}",
    b'{"name": "n", "New": 1}',
    b'{"name": "n", "Next": {"name": "m"}}',
    b'{"Text": "t"}',
    b'{"Brand": "new"}',
    b'"text"',
    b"text",
    b"\x00\xff",
    b'["a", null]',
    b'{"k": "v"}',
]

XML_BODIES = [
    b"",
    b"<R/>",
    b"<R><name>n</name><New>1</New></R>",
    b"<R><name/><Next><name>m</name></Next></R>",
    b"<R><Text>t</Text></R>",
    b"<R><Brand>new</Brand></R>",
    b"text",
    b"\x00\xff",
    b"<",
]


@pytest.mark.parametrize("body", JSON_BODIES)
@pytest.mark.parametrize("kind", JSON_KINDS)
def test_replies_of_json(
    find_clients: Callable[[str], Trio], kind: str, body: bytes
) -> None:
    """Read as botocore reads them, or told to be what they are not."""
    _reply(find_clients("rest-json"), kind, body)


@pytest.mark.parametrize("body", XML_BODIES)
@pytest.mark.parametrize("kind", KINDS)
def test_replies_of_xml(
    find_clients: Callable[[str], Trio], kind: str, body: bytes
) -> None:
    """As with JSON."""
    _reply(find_clients("rest-xml"), kind, body)


def _reply(trio: Trio, kind: str, body: bytes) -> None:
    """Have a reply read; ours may refuse what botocore takes for something else."""
    answer = Answer(body, headers={"x-header": "h"})
    operation = trio.package.OPERATIONS[f"Put{kind}"]
    for client in trio.ours.values():
        trio.expect(answer)
        try:
            ours = client.send(operation.request())
        except ReplyError:
            continue
        if body == b"null" and kind in {"Texts", "TextMap"}:  # botocore trips over it
            assert drain(ours) == {"Header": ("str", "h")}
            continue
        theirs: Any = trio.theirs._make_api_call(f"Put{kind}", {})
        del theirs["ResponseMetadata"]
        there = {key: value for key, value in theirs.items() if value is not None}
        if kind == "TextMap" and "New" in there["Payload"]:
            there["Payload"] = {**there["Payload"], "New": "1"}  # a number for text
        assert ours.header == "h"
        assert drain(ours) == drain(there)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("Inner", b'{"name": "n"}'),
        ("Inner", b"{}"),
        ("Inner", b""),
        ("Nothing", b"{}"),
        ("Choice", b'{"Text": "t"}'),
        ("Choice", b'{"Brand": "new"}'),
        ("Text", b"text"),
        ("Text", b""),
        ("Color", b"new"),
        ("Blob", b"\x00\xff"),
        ("Stream", b""),
        ("Texts", b'["a"]'),
        ("TextMap", b'{"k": "v"}'),
    ],
)
def test_replies_that_fit(
    find_clients: Callable[[str], Trio], kind: str, body: bytes
) -> None:
    """They are never refused."""
    call = find_clients("rest-json").call(f"Put{kind}", {}, Answer(body))

    assert call.error is None


@pytest.mark.parametrize("given", [{}, {"Header": "h"}, {"ContentType": "text/x"}])
def test_operations_without_a_body(parcels: Trio, given: dict[str, str]) -> None:
    """Whatever their method."""
    around = parcels.call("Around", given, _nothing(parcels))
    bare = parcels.call("Bare", {}, _nothing(parcels))

    assert around.request.body == bare.request.body == b""
