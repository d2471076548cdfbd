"""Small models in every protocol, each of them odd in one way."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.support.hostile import ENDPOINT_RULES, add_question
from tests.unit.generator.conftest import make_model
from tests.unit.generator.drawn import check_types, forget, import_model
from tests.unit.generator.outcome import (
    SERIALIZERS,
    THEIRS,
    Outcome,
    compare_replies,
    compare_sent,
)
from tests.unit.generator.rivals import Rivals

from botosmith.generator.errors import ModelError
from botosmith.runtime import BotosmithError

PROTOCOLS = (
    *("ec2", "json", "query", "rest-json", "rest-xml"),
    "smithy-rpc-v2-cbor",
)

TEXT = {"type": "string"}


def make_service(
    protocol: str,
    members: Mapping[str, Any],
    shapes: Mapping[str, Any] | None = None,
    **traits: Any,
) -> dict[str, Any]:
    """A service with the operation `Ship`, whose input has some members.

    Args:
        protocol: The protocol.
        members: The members of the input, of `Text` where they do not say.
        shapes: Shapes beside `Text` and the input, which is called `Parcel`.
        traits: What else the input says.
    """
    uses = {name: {"shape": "Text", **use} for name, use in members.items()}
    parcel = {"type": "structure", "members": uses, **traits}
    model = make_model(
        {"Parcel": parcel, "Text": TEXT, **(shapes or {})},
        {"Ship": {"input": {"shape": "Parcel", "locationName": "Parcel"}}},
    )
    model["metadata"] = {**model["metadata"], "protocol": protocol}
    return model


def send(model: dict[str, Any], parameters: Mapping[str, Any]) -> dict[str, Outcome]:
    """Return the outcome of `Ship`, which is the same for each client."""
    with closing(Rivals.make(model)) as rivals:
        outcomes = rivals.call("Ship", parameters)
        compare_sent(outcomes, rivals.package.OPERATIONS["Ship"].request)
    return outcomes


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_plain_model_is_plain(protocol: str) -> None:
    """The model that the others are made wrong from."""
    outcomes = send(make_service(protocol, {"Name": {}}), {"Name": "a"})

    assert outcomes[THEIRS].sent is not None


@pytest.mark.parametrize("kind", ["string", "blob", "float", "integer", "timestamp"])
def test_sparse_says_nothing_of_a_scalar(kind: str) -> None:
    """It is for lists and maps."""
    model = make_service("json", {"Name": {}}, {"Text": {"type": kind, "sparse": True}})

    send(model, {})


@pytest.mark.parametrize("name", ["ﬁ", "ﬁResponse", "K", "Éa", "ªb", "x²"])
def test_names_that_python_normalises(name: str) -> None:
    """Letters beyond ASCII are none of an identifier's, alone or among others."""
    model = make_service("json", {name: {}})
    model["operations"][name] = {**model["operations"]["Ship"], "name": name}
    model["shapes"][name] = {"type": "string", "enum": [name]}
    model["shapes"]["Parcel"]["members"]["Enum"] = {"shape": name}

    with closing(Rivals.make(model)) as rivals:
        exported = [*rivals.package.__all__]
        fields = rivals.package.OPERATIONS["Ship"].request._attribute_names()
        values = rivals.package.OPERATIONS["Ship"].request.__annotations__

    assert all(one.isascii() for one in (*exported, *fields, *values))


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_name_may_be_empty(protocol: str) -> None:
    """A shape that is called nothing is a shape."""
    model = make_service(protocol, {"": {}, "Name": {"shape": ""}}, {"": TEXT})
    send(model, {"Name": "a"})
    model = make_service(protocol, {"Name": {}})
    model["shapes"][""] = model["shapes"].pop("Parcel")
    model["operations"]["Ship"] |= {
        "input": {"shape": "", "locationName": "a"},
        "output": {"shape": ""},
    }

    outcomes = send(model, {"Name": "a"})

    assert outcomes[THEIRS].sent is not None


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        ({"type": "list", "member": {"shape": "Text"}}, ["a"]),
        ({"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Text"}}, {}),
        ({"type": "structure", "members": {}, "document": True}, {"a": 1}),
        ({"type": "structure", "members": {}, "document": True}, [1]),
    ],
)
def test_payloads_that_are_no_structures(shape: dict[str, Any], value: Any) -> None:
    """Ours makes of them what botocore makes."""
    model = make_service(
        "rest-json", {"Body": {"shape": "Body"}}, {"Body": shape}, payload="Body"
    )

    send(model, {"Body": value})


SHAPE_TRAITS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("json", {"idempotencyToken": True}, {}),
    ("rest-json", {"idempotencyToken": True}, {}),
    ("rest-json", {"location": "header"}, {"Name": "a"}),
    ("rest-json", {"location": "querystring", "locationName": "q"}, {"Name": "a"}),
    ("rest-json", {"location": "header", "jsonvalue": True}, {"Name": {"a": 1}}),
    ("json", {"hostLabel": True}, {"Name": "a"}),
]


@pytest.mark.parametrize(("protocol", "trait", "parameters"), SHAPE_TRAITS)
def test_a_shape_says_what_a_member_may(
    protocol: str, trait: dict[str, Any], parameters: dict[str, Any]
) -> None:
    """botocore takes both for one."""
    model = make_service(protocol, {"Name": {}}, {"Text": {**TEXT, **trait}})
    if "hostLabel" in trait:
        model["operations"]["Ship"]["endpoint"] = {"hostPrefix": "{Name}."}

    send(model, parameters)


@pytest.mark.parametrize("protocol", ["json", "rest-json", "smithy-rpc-v2-cbor"])
@pytest.mark.parametrize("trait", [{"hostLabel": True}, {"location": "header"}])
def test_a_structure_has_no_business_around_the_body(
    protocol: str, trait: dict[str, Any]
) -> None:
    """Ours makes of it there what botocore makes."""
    box = {
        "type": "structure",
        "members": {"Lid": {"shape": "Text", "locationName": "l"}},
    }
    model = make_service(protocol, {"Box": {"shape": "Box", **trait}}, {"Box": box})

    send(model, {"Box": {"Lid": "a"}})


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("kind", ["integer", "timestamp", "boolean"])
def test_a_token_that_is_no_text(protocol: str, kind: str) -> None:
    """A UUID is not a number: botocore does not send it."""
    model = make_service(
        protocol, {"Name": {"idempotencyToken": True}}, {"Text": {"type": kind}}
    )

    outcomes = send(model, {})

    assert isinstance(outcomes["generated"].error, BotosmithError)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_part_of_the_host_is_not_empty(protocol: str) -> None:
    """Wherever it stands, botocore wants a character at least."""
    box = {
        "type": "structure",
        "members": {"Lid": {"shape": "Text", "hostLabel": True}},
    }
    model = make_service(protocol, {"Box": {"shape": "Box"}}, {"Box": box})

    outcomes = send(model, {"Box": {"Lid": ""}})

    assert isinstance(outcomes["generated"].error, BotosmithError)


def test_bytes_of_a_request_that_is_a_reply_too() -> None:
    """A request's body is sent as often as it is asked for."""
    model = make_service(
        "rest-json",
        {"Body": {"shape": "Bytes"}},
        {"Bytes": {"type": "blob"}},
        payload="Body",
    )
    model["operations"]["Ship"]["output"] = {"shape": "Parcel"}

    for _ in range(2):
        outcomes = send(model, {"Body": b"abc"})
        sent = outcomes[THEIRS].sent
        assert sent is not None
        assert sent[3] == b"abc"


@pytest.mark.parametrize("name", ["Operations", "Attach", "operations", "attach"])
def test_what_the_package_calls_its_own(name: str) -> None:
    """Shapes and operations may be called as what a package imports."""
    model = make_service("json", {"Name": {}})
    model["shapes"][name] = model["shapes"].pop("Parcel")
    model["operations"][name] = {**model["operations"].pop("Ship"), "name": name}
    model["operations"][name]["input"] = {"shape": name}

    with closing(Rivals.make(model)) as rivals:
        outcomes = rivals.call(name, {"Name": "a"})
        compare_sent(outcomes, rivals.package.OPERATIONS[name].request)


def receive(
    model: dict[str, Any],
    status: int,
    body: bytes,
    headers: Mapping[str, str] | None = None,
    *,
    is_sound: bool = True,
) -> dict[str, Outcome]:
    """Return the outcome of a reply to `Ship`, which is the same for each client."""
    with closing(Rivals.make(model)) as rivals:
        rivals.network.answer(status, headers or {}, body)
        outcomes = rivals.call("Ship", {})
        shape = rivals.model.operation_model("Ship").output_shape
        compare_replies(outcomes, shape.members if shape else {}, is_sound=is_sound)
    return outcomes


ERROR = b"<Error><Type>Sender</Type><Code/><Message>why</Message></Error>"


@pytest.mark.parametrize(
    ("protocol", "body"),
    [
        ("query", b"<ErrorResponse>" + ERROR + b"</ErrorResponse>"),
        ("ec2", b"<Response><Errors>" + ERROR + b"</Errors></Response>"),
        ("rest-xml", b"<ErrorResponse>" + ERROR + b"</ErrorResponse>"),
        ("rest-xml", ERROR),
    ],
)
def test_an_error_whose_code_is_empty(protocol: str, body: bytes) -> None:
    """Ours says of it what botocore says."""
    outcomes = receive(make_service(protocol, {}), 400, body)

    assert "why" in str(outcomes["generated"].error)


@pytest.mark.parametrize("protocol", ["query", "ec2", "rest-xml"])
@pytest.mark.parametrize("status", [400, 404, 503])
def test_an_error_that_is_no_xml(protocol: str, status: int) -> None:
    """It is an error of ours, or the one that botocore makes of it."""
    for body in (b"", b"no", b"<html>", b"<Error>"):
        receive(make_service(protocol, {}), status, body, is_sound=False)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_reply_of_a_shape_that_is_an_error(protocol: str) -> None:
    """It is read as any other; what cannot be read is told."""
    model = make_service(protocol, {}, exception=True)
    model["operations"]["Ship"]["output"] = {"shape": "Parcel"}

    outcomes = receive(model, 200, b"\x00no", is_sound=False)

    assert isinstance(outcomes["generated"].error, BotosmithError)
    assert isinstance(outcomes["botocore"].error, BotosmithError)


def test_cbor_goes_by_the_names_of_members() -> None:
    """botocore sends their names on the wire, and looks for their own in replies."""
    model = make_service("smithy-rpc-v2-cbor", {"Name": {"locationName": "n"}})
    model["shapes"]["Fault"] = {**model["shapes"]["Parcel"], "exception": True}
    model["operations"]["Ship"] |= {
        "output": {"shape": "Parcel"},
        "errors": [{"shape": "Fault"}],
    }

    send(model, {"Name": "a"})
    receive(model, 200, b"\xa1dNameab"[:7])
    receive(model, 200, b"\xa1anab"[:5])
    receive(model, 400, b"\xa2f__typeeFaultdNameaa")


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize(
    "trait", ["exception", "eventstream", "event", "document", "union"]
)
def test_what_only_structures_are(protocol: str, trait: str) -> None:
    """It says nothing about a string, or is refused where it stands."""
    model = make_service(protocol, {"Name": {}}, {"Text": {**TEXT, trait: True}})

    problems = []
    try:
        send(model, {"Name": "a"})
    except ModelError as error:
        problems = [problem.path for problem in error.problems]

    assert problems in ([], [f"shapes.Text.{trait}"])


def test_types_of_odd_models(tmp_path: Path) -> None:
    """mypy finds nothing wrong with what is generated of them."""
    model = make_service(
        "rest-json",
        {"Body": {"shape": "Box"}, "Count": {"shape": "Number", "location": "header"}},
        {"Box": {"type": "structure", "members": {}}, "Number": {"type": "float"}},
        payload="Body",
        required=["Count"],
    )
    model["shapes"]["Reply"] = model["shapes"]["Parcel"]
    model["operations"]["Ship"]["output"] = {"shape": "Reply"}
    model["operations"]["Annotations"] = {
        **model["operations"]["Ship"],
        "name": "Annotations",
    }

    forget(import_model(model, tmp_path).__name__)

    assert check_types(tmp_path) == ""


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_payload_further_down(protocol: str) -> None:
    """Only of a whole request, reply or error can a member be the body."""
    box = {
        "type": "structure",
        "members": {"Lid": {"shape": "Bytes"}},
        "payload": "Lid",
    }
    model = make_service(
        protocol,
        {"Box": {"shape": "Box"}},
        {"Box": box, "Bytes": {"type": "blob"}},
    )
    fault = {"type": "structure", "members": {"Box": {"shape": "Box"}}}
    model["shapes"] |= {"Reply": fault, "Fault": {**fault, "exception": True}}
    model["operations"]["Ship"] |= {
        "output": {"shape": "Reply"},
        "errors": [{"shape": "Fault"}],
    }

    send(model, {"Box": {"Lid": b"abc"}})
    if protocol.endswith("json"):
        receive(model, 200, b'{"Box": {"Lid": "YWJj"}}')
        receive(model, 400, b'{"__type": "Fault", "Box": {"Lid": "YWJj"}}')


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("boolean", b"true"),
        ("boolean", b'"false"'),
        ("integer", b"3"),
        ("double", b"0.5"),
        ("timestamp", b"0"),
    ],
)
def test_a_payload_that_is_a_scalar(kind: str, body: bytes) -> None:
    """A reply may be a number; botocore reads it."""
    model = make_service(
        "rest-json", {"Body": {}}, {"Text": {"type": kind}}, payload="Body"
    )
    model["operations"]["Ship"]["output"] = {"shape": "Parcel"}

    outcomes = receive(model, 200, body)

    assert outcomes[THEIRS].error is None


def test_documents_in_cbor() -> None:
    """botocore reads nothing of them, and sends none."""
    model = make_service(
        "smithy-rpc-v2-cbor",
        {"Name": {"shape": "Any"}},
        {"Any": {"type": "structure", "members": {}, "document": True}},
    )
    model["operations"]["Ship"]["output"] = {"shape": "Parcel"}

    send(model, {"Name": {"a": 1}})
    receive(model, 200, b"\xa1dName\xa1aa\x01")


@pytest.mark.parametrize("protocol", ["rest-json", "rest-xml"])
def test_all_headers_of_a_reply(protocol: str) -> None:
    """A map of headers that does not say how they begin has all of a reply's."""
    model = make_service(
        protocol,
        {"Rest": {"shape": "Map", "location": "headers"}},
        {"Map": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Text"}}},
    )
    model["operations"]["Ship"]["output"] = {"shape": "Parcel"}

    send(model, {"Rest": {"A": "b"}})
    receive(model, 200, b"", {"RestA": "b", "Other": "c"})


def test_numbers_of_an_error_as_text() -> None:
    """A value that botocore converts in replies is converted in errors, too."""
    fault = {"type": "structure", "members": {"Count": {"shape": "Number"}}}
    model = make_service(
        "rest-json",
        {},
        {"Number": {"type": "float"}, "Fault": {**fault, "exception": True}},
    )
    model["operations"]["Ship"]["errors"] = [{"shape": "Fault"}]

    receive(model, 400, b'{"Count": "1.5"}', {"x-amzn-errortype": "Fault"})


@pytest.mark.parametrize("protocol", ["rest-json", "rest-xml"])
def test_headers_of_what_is_no_map(protocol: str) -> None:
    """A number in headers is missing, or an error."""
    model = make_service(
        protocol,
        {"Rest": {"location": "headers", "locationName": "x-"}},
        {"Text": {"type": "integer"}},
    )
    model["operations"]["Ship"]["output"] = {"shape": "Parcel"}

    try:
        outcomes = receive(model, 200, b"", {"x-a": "b"}, is_sound=False)
    except ModelError:
        return
    assert isinstance(outcomes["generated"].error, BotosmithError)


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize(
    ("shape", "value"),
    [
        ({"type": "string", "min": 0.5}, ""),
        ({"type": "integer", "min": 1.5}, 1),
        ({"type": "integer", "max": -1.5}, -1),
        ({"type": "blob", "max": 2.5}, b"abc"),
    ],
)
def test_bounds_between_whole_numbers(
    protocol: str, shape: dict[str, Any], value: Any
) -> None:
    """A value outside such a bound is not sent."""
    model = make_service(protocol, {"Name": {}}, {"Text": shape})

    with closing(Rivals.make(model)) as rivals:
        outcomes = rivals.call("Ship", {"Name": value})

    assert [outcomes[serializer].sent for serializer in SERIALIZERS] == [None, None]


@pytest.mark.parametrize("protocol", ["json", "rest-json"])
def test_an_enum_without_values(protocol: str) -> None:
    """Every value is newer than the model."""
    model = make_service(
        protocol, {"Name": {}, "At": {}}, {"Text": {**TEXT, "enum": []}}
    )
    model["operations"]["Ship"]["output"] = {"shape": "Parcel"}

    send(model, {"Name": "a"})
    receive(model, 200, b'{"Name": "a"}')


@pytest.mark.parametrize("name", ["X" * 200, "x" * 255, "ab" * 200])
def test_names_longer_than_files(name: str, tmp_path: Path) -> None:
    """A file's name has 255 bytes at most, and is not all there is of it."""
    model = make_service("json", {"Name": {"shape": name}})
    model["shapes"] |= {
        one: {"type": "structure", "members": {"A": {"shape": "Text"}}}
        for one in (name, f"{name}2")
    }
    model["shapes"]["Parcel"]["members"]["Other"] = {"shape": f"{name}2"}
    model["operations"] |= {
        one: {**model["operations"]["Ship"], "name": one} for one in (name, f"{name}2")
    }

    package = import_model(model, tmp_path)

    longest = max(len(path.name) for path in tmp_path.rglob("*"))
    assert set(package.OPERATIONS) == {"Ship", name, f"{name}2"}
    # Room for what compilers and editors add.
    assert longest <= 200
    forget(package.__name__)


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize(
    ("shape", "value"),
    [
        ({"type": "string"}, ""),
        ({"type": "blob"}, b""),
        ({"type": "integer"}, 0),
        ({"type": "double"}, 0.5),
        ({"type": "boolean"}, False),
        ({"type": "list", "member": {"shape": "Item"}}, []),
        ({"type": "map", "key": {"shape": "Item"}, "value": {"shape": "Item"}}, {}),
        ({"type": "structure", "members": {}}, {}),
    ],
)
def test_the_least_part_of_a_host(
    protocol: str, shape: dict[str, Any], value: Any
) -> None:
    """botocore checks some hosts even if they do not have parts."""
    model = make_service(
        protocol, {"Name": {"hostLabel": True}}, {"Text": shape, "Item": TEXT}
    )

    send(model, {"Name": value})


@pytest.mark.parametrize("protocol", ["rest-json", "rest-xml"])
@pytest.mark.parametrize("given_", [{}, {"Token": "a"}, {"Body": {"Lid": "a"}}])
def test_a_token_beside_a_payload(protocol: str, given_: dict[str, Any]) -> None:
    """A token is not sent where one member is the whole body."""
    box = {"type": "structure", "members": {"Lid": {"shape": "Text"}}}
    model = make_service(
        protocol,
        {
            "Token": {"idempotencyToken": True},
            "Body": {"shape": "Box", "locationName": "Box"},
        },
        {"Box": box},
        payload="Body",
    )

    send(model, given_)


@pytest.mark.parametrize("protocol", ["rest-json", "rest-xml"])
@pytest.mark.parametrize("kind", ["document", "structure", "string"])
@pytest.mark.parametrize("value", [None, {}, "a"])
def test_a_payload_that_is_a_token(protocol: str, kind: str, value: Any) -> None:
    """Ours fills it in, or refuses it, as botocore does."""
    shapes: dict[str, dict[str, Any]] = {
        "document": {"type": "structure", "members": {}, "document": True},
        "structure": {"type": "structure", "members": {}},
        "string": TEXT,
    }
    use = {"shape": "Token", "locationName": "Token", "idempotencyToken": True}
    model = make_service(
        protocol, {"Body": use}, {"Token": shapes[kind]}, payload="Body"
    )

    send(model, {} if value is None else {"Body": value})


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("path", ["keys(@)", "@", "Box.Lid", "keys(Box)"])
def test_parameters_of_rules_from_all_parameters(protocol: str, path: str) -> None:
    """Endpoint rules may get a value made of the whole request."""
    box = {"type": "structure", "members": {"Lid": {"shape": "Text"}}}
    model = make_service(protocol, {"Box": {"shape": "Box"}}, {"Box": box})
    model["operations"]["Ship"]["operationContextParams"] = {"Parcels": {"path": path}}

    with closing(Rivals.make(model, ENDPOINT_RULES)) as rivals:
        outcomes = rivals.call("Ship", {"Box": {"Lid": "a"}})
        compare_sent(outcomes, rivals.package.OPERATIONS["Ship"].request)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_rules_see_a_token(protocol: str) -> None:
    """A token may be a parameter of endpoint rules, too."""
    use = {"idempotencyToken": True, "contextParam": {"name": "Parcel"}}
    model = make_service(protocol, {"Name": use})

    with closing(Rivals.make(model, ENDPOINT_RULES)) as rivals:
        outcomes = rivals.call("Ship", {})
        compare_sent(outcomes, rivals.package.OPERATIONS["Ship"].request)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_an_operation_called_exceptions(protocol: str) -> None:
    """botocore's client loses its own attribute of that name; ours need not."""
    model = make_service(protocol, {})
    ship = model["operations"].pop("Ship")
    model["operations"] = {"Exceptions": {**ship, "name": "Exceptions"}}

    with closing(Rivals.make(model)) as rivals:
        rivals.network.answer(404, {}, b"")
        outcomes = rivals.call("Exceptions", {})

    assert all(
        isinstance(outcomes[serializer].error, BotosmithError)
        for serializer in SERIALIZERS
    )


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("place", ["outside", "inside", "both"])
def test_members_by_which_endpoints_are_found(protocol: str, place: str) -> None:
    """They are part of the question where to call, in every protocol, at any depth."""
    text = {"shape": "Text"}
    marked = {**text, "endpointdiscoveryid": True}
    outer = {"Shop": text if place == "inside" else marked, "Inner": {"shape": "Inner"}}
    inner = {"Floor": text if place == "outside" else marked}
    shapes = {"Inner": {"type": "structure", "members": inner}}
    model = make_service(protocol, outer, shapes)
    model["operations"]["Ship"]["endpointdiscovery"] = {"required": True}
    add_question(model)

    outcomes = send(model, {"Shop": "s", "Inner": {"Floor": "1"}})

    sent = outcomes[THEIRS].sent
    assert sent is not None
    assert "Identifiers" in str(sent[3])
    assert sent[6].startswith("https://discovered.example")


@pytest.mark.parametrize("protocol", ["ec2", "query", "rest-xml"])
@pytest.mark.parametrize("kind", [{}, {"enum": ["a", "b"]}])
@pytest.mark.parametrize("texts", [("a",), ("a", "b"), ("a", "")])
def test_a_text_with_the_element_of_a_list(
    protocol: str, kind: dict[str, Any], texts: tuple[str, ...]
) -> None:
    """As in S3's first notifications: botocore has all elements for it, we the last."""
    item = {"shape": "Text", "locationName": "Event"}
    shapes: dict[str, Any] = {
        "Texts": {"type": "list", "member": item, "flattened": True},
        "Kind": {"type": "string", **kind},
        "Reply": {
            "type": "structure",
            "members": {
                "Events": {"shape": "Texts", "locationName": "Event"},
                "Event": {"shape": "Kind"},
            },
        },
    }
    model = make_service(protocol, {}, shapes)
    output = model["operations"]["Ship"]["output"] = {"shape": "Reply"}
    body = "".join(f"<Event>{text}</Event>" for text in texts)
    if protocol == "query":
        output["resultWrapper"] = "ShipResult"
        body = f"<ShipResult>{body}</ShipResult>"

    with closing(Rivals.make(model)) as rivals:
        rivals.network.answer(200, {}, f"<ShipResponse>{body}</ShipResponse>".encode())
        for serializer in SERIALIZERS:
            reply = rivals.ours[serializer].ship()
            assert (reply.events, reply.event) == (list(texts), texts[-1])
