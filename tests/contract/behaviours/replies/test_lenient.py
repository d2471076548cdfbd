"""Replies that are not quite the model's: converted, or told with all the rest."""

from __future__ import annotations

import copy
import json
import pickle
import struct
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, nullcontext
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
from botocore.parsers import ResponseParserError
from tests.contract.behaviours.document import PROTOCOLS, XML
from tests.contract.behaviours.frame import event
from tests.contract.behaviours.network import Answer, Network
from tests.contract.behaviours.parcel import (
    CBOR,
    write_error,
    write_parcels,
    write_reply,
)
from tests.contract.behaviours.trio import ARGUMENTS, Trio, share_trios
from tests.contract.behaviours.value import make
from tests.support.readers import Readers

from botosmith.runtime import (
    ReplyError,
    ReplyWarning,
    ValidationError,
    Violation,
    from_boto3,
    from_wire,
)

FindClients = Callable[[str], Trio]


@pytest.fixture(scope="module")
def find_clients() -> Iterator[FindClients]:
    """Clients of the same service by its protocol."""
    with share_trios(write_parcels) as find:
        yield find


@pytest.fixture(params=PROTOCOLS)
def protocol(request: pytest.FixtureRequest) -> str:
    """Each protocol."""
    name: str = request.param
    return name


@pytest.fixture
def parcels(find_clients: FindClients, protocol: str) -> Trio:
    """Clients of the service in each protocol."""
    return find_clients(protocol)


@pytest.fixture(params=["generated", "botocore"])
def serializer(request: pytest.FixtureRequest) -> str:
    """Each of the paths."""
    name: str = request.param
    return name


@pytest.fixture(params=[False, True], ids=["", "msgspec"])
def readers(request: pytest.FixtureRequest, protocol: str) -> Iterator[Any]:
    """Readers of msgspec's, or none, as before an operation has replied with much."""
    made = Readers(from_text=protocol == "rest-json")
    with made.in_use() if request.param else nullcontext():
        yield made


def read(parcels: Trio, serializer: str, body: bytes, **headers: str) -> Any:
    """Read a reply; the names of headers with `_` for `-`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    parcels.expect(Answer(body, 200, named))
    return parcels.ours[serializer].read()


#: JSON of a member, and the value that it is.
CONVERTED: dict[str, tuple[bytes, str, Any]] = {
    "whole for text": (b'{"Text": 7}', "text", "7"),
    "long for text": (
        b'{"Text": 123456789012345678901}',
        "text",
        "1" + "23456789012345678901",
    ),
    "negative zero for text": (b'{"Text": -0}', "text", "-0"),
    "fraction for text": (b'{"Text": 1.5}', "text", "1.5"),
    "true for text": (b'{"Text": true}', "text", "true"),
    "false for text": (b'{"Text": false}', "text", "false"),
    "whole for an enum": (b'{"Color": 12}', "color", "12"),
    "texts": (b'{"Texts": ["a", 1, true]}', "texts", ["a", "1", "true"]),
    "text for a whole": (b'{"Whole": "12"}', "whole", 12),
    "negative text": (b'{"Whole": "-12"}', "whole", -12),
    "text of a float for a whole": (b'{"Whole": "12.0"}', "whole", 12),
    "float for a whole": (b'{"Whole": 1.0}', "whole", 1),
    "milliseconds": (b'{"Long": 1.7e12}', "long", 1_700_000_000_000),
    "text of an exponent": (b'{"Long": "1.7e12"}', "long", 1_700_000_000_000),
    "wholes": (b'{"Wholes": ["1", 2.0, 3]}', "wholes", [1, 2, 3]),
    "map of wholes": (b'{"WholeMap": {"a": "1"}}', "whole_map", {"a": 1}),
    "text for a real": (b'{"Real": "0.5"}', "real", 0.5),
    "text of a whole for a real": (b'{"Real": "12"}', "real", 12.0),
    "infinity": (b'{"Real": "-Infinity"}', "real", -float("inf")),
    "text for a flag": (b'{"Flag": "true"}', "flag", True),
    "text for no flag": (b'{"Flag": "false"}', "flag", False),
    "capitals": (b'{"Flag": "TRUE"}', "flag", True),
    "text for a moment": (
        b'{"Moment": "1.5"}',
        "moment",
        datetime.fromtimestamp(1.5, UTC),
    ),
}


@pytest.mark.usefixtures("readers")
@pytest.mark.parametrize("name", CONVERTED)
def test_what_loses_nothing_is_converted(
    parcels: Trio, protocol: str, serializer: str, name: str
) -> None:
    """In each protocol, with either serializer, with and without msgspec."""
    text, attribute, value = CONVERTED[name]
    if protocol in {CBOR, *XML} and name in {"negative zero for text", "long for text"}:
        text = json.dumps(json.loads(text, parse_int=str)).encode()

    reply = read(parcels, serializer, write_reply(protocol, text))

    found = getattr(reply, attribute)
    assert found == value
    assert type(found) in {type(value), parcels.package.Color}


@pytest.mark.parametrize("name", CONVERTED)
def test_below_the_top(
    parcels: Trio, protocol: str, serializer: str, name: str
) -> None:
    """Deeper within a reply, too."""
    text, attribute, value = CONVERTED[name]
    document = json.loads(text, parse_int=str if b"Text" in text else None)
    if protocol in XML:
        document.pop("WholeMap", None)
    body = write_reply(protocol, {"Inners": [{}, document]})

    _, inner = read(parcels, serializer, body).inners

    expected = None if protocol in XML and attribute == "whole_map" else value
    assert getattr(inner, attribute) == expected


LITERALS = ["1.50", "1e5", "-0", "0.10000000000000000001", "9" * 5_000, "NaN"]


@pytest.mark.parametrize("kind", ["json", "rest-json"])
@pytest.mark.parametrize("literal", LITERALS, ids=lambda text: text[:9])
@pytest.mark.parametrize("place", ["Text", "Inner", "Texts", "Free"])
def test_numbers_are_the_text_that_was_written(
    find_clients: FindClients, kind: str, serializer: str, literal: str, place: str
) -> None:
    """Character by character, beside numbers that stay numbers."""
    parcels = find_clients(kind)
    wrapped = {
        "Text": f'"Text": {literal}',
        "Inner": f'"Inner": {{"Text": {literal}, "Real": 1.5, "Whole": 3}}',
        "Texts": f'"Texts": [{literal}]',
        "Free": f'"Text": {literal}, "Free": {{"a": [1.50, 3]}}',
    }[place]

    reply = read(parcels, serializer, f'{{{wrapped}, "Real": 2.50}}'.encode())

    assert reply.real == 2.5
    found = {
        "Text": lambda: reply.text,
        "Inner": lambda: reply.inner.text,
        "Texts": lambda: reply.texts[0],
        "Free": lambda: reply.text,
    }[place]()
    assert found == literal
    if place == "Inner":
        assert (reply.inner.real, reply.inner.whole) == (1.5, 3)
    if place == "Free" and kind == "rest-json":
        assert repr(reply.free) == "{'a': [1.5, 3]}"


@pytest.mark.parametrize("kind", ["json", "rest-json"])
@pytest.mark.parametrize(
    ("literal", "value"),
    [
        ("9007199254740993.0", 9_007_199_254_740_993),
        ("12345678901234567890.0", 12_345_678_901_234_567_890),
        ("1e22", 10**22),
        ('"12345678901234567890.0"', 12_345_678_901_234_567_890),
        ("-9007199254740993.0", -9_007_199_254_740_993),
    ],
)
def test_whole_numbers_keep_all_digits(
    find_clients: FindClients, kind: str, serializer: str, literal: str, value: int
) -> None:
    """Also where a float between would lose some."""
    body = f'{{"Long": {literal}, "Wholes": [{literal}]}}'.encode()

    reply = read(find_clients(kind), serializer, body)

    assert (reply.long, reply.wholes) == (value, [value])


@pytest.mark.parametrize("kind", ["json", "rest-json"])
def test_a_number_that_is_too_long_harms_no_other_member(
    find_clients: FindClients, kind: str, serializer: str
) -> None:
    """Python gives up such a document as a whole."""
    parcels, digits = find_clients(kind), "9" * 5_000

    reply = read(parcels, serializer, f'{{"Text": "a", "New": {digits}}}'.encode())
    assert reply.text == "a"

    for member in ("Moment", "Real", "Flag", "Octets", "Long"):
        with pytest.raises(ReplyError) as caught:
            read(parcels, serializer, f'{{"Text": "a", "{member}": {digits}}}'.encode())
        assert caught.value.partial == parcels.package.ReadResponse(text="a")


EMPTY = {
    "nothing": b"",
    "blanks": b" \n",
    "null": b"null",
    "an empty object": b"{}",
}


@pytest.mark.parametrize("body", EMPTY.values(), ids=EMPTY)
def test_empty_documents(
    parcels: Trio, protocol: str, serializer: str, body: bytes
) -> None:
    """A null and a body of nothing are empty documents."""
    if protocol == CBOR:
        body = {b" \n": b"", b"null": b"\xf6", b"{}": b"\xa0"}.get(body, body)
    elif protocol in XML:
        body = {b"null": b"", b"{}": b"<ReadResponse/>"}.get(body, body)

    reply = read(parcels, serializer, body, x_amzn_requestid="r-1")

    assert reply == parcels.package.ReadResponse()
    assert reply.response_metadata.status == 200
    if protocol not in {"query", "ec2"}:
        assert reply.response_metadata.request_id == "r-1"


def test_a_result_without_its_wrapper(
    find_clients: FindClients, serializer: str
) -> None:
    """A reply of nothing but metadata is empty; of anything else, it is told."""
    parcels = find_clients("query")
    facts = b"<ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata>"

    reply = read(parcels, serializer, b"<R>" + facts + b"</R>")
    assert reply == parcels.package.ReadResponse()
    assert reply.response_metadata.request_id == "r-1"

    for body in (b"<R><Text>a</Text>" + facts + b"</R>", b"<html/>"):
        with pytest.raises(ReplyError):
            read(parcels, serializer, body)


#: Members that cannot be read, the path of what is wrong, and the value there.
WRONG: dict[str, tuple[dict[str, Any], str, Any]] = {
    "fraction": ({"Whole": 1.5}, "whole", 1.5),
    "text of a fraction": ({"Whole": "1.5"}, "whole", "1.5"),
    "text": ({"Whole": "many"}, "whole", "many"),
    "huge": ({"Whole": "1e999999999"}, "whole", "1e999999999"),
    "real": ({"Real": "much"}, "real", "much"),
    "flag": ({"Flag": "yes"}, "flag", "yes"),
    "moment": ({"Moment": "soon"}, "moment", "soon"),
    "octets": ({"Octets": "x"}, "octets", "x"),
    "item": ({"Wholes": [1, "x", 3]}, "wholes[1]", "x"),
    "entry": ({"WholeMap": {"a": 1, "b": "x"}}, "whole_map['b']", "x"),
    "below": ({"Inner": {"Text": "a", "Whole": "x"}}, "inner.whole", "x"),
    "item below": ({"Inners": [{}, {"Whole": "x"}]}, "inners[1].whole", "x"),
}

#: Wrong values that only JSON and CBOR can have.
WRONG_TYPES: dict[str, tuple[dict[str, Any], str, Any]] = {
    "list": ({"Text": []}, "text", "***"),
    "object": ({"Text": {}}, "text", "***"),
    "number for a flag": ({"Flag": 1}, "flag", 1),
    "flag for a number": ({"Whole": True}, "whole", True),
    "letters": ({"Texts": "abc"}, "texts", "abc"),
    "structure": ({"Inner": "x"}, "inner", "***"),
    "map": ({"WholeMap": []}, "whole_map", "***"),
    "secret": ({"Secret": ["hush"]}, "secret", "***"),
    "secrets": ({"Secrets": ["hush", []]}, "secrets[1]", "***"),
    "union of two": ({"Choice": {"Text": "a", "Whole": 1}}, "choice", None),
}


def _fail(parcels: Trio, serializer: str, protocol: str, wrong: Any) -> ReplyError:
    body = write_reply(protocol, {"Texts": ["kept"], **wrong})
    with pytest.raises(ReplyError) as caught:
        read(parcels, serializer, body, x_amzn_requestid="r-1")
    error = caught.value
    assert isinstance(error, ResponseParserError)
    return error


@pytest.mark.usefixtures("readers")
@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_read_comes_with_the_rest(
    parcels: Trio, protocol: str, serializer: str, name: str
) -> None:
    """The error names it, and holds all that could be read."""
    wrong, place, value = WRONG[name]

    error = _fail(parcels, serializer, protocol, wrong)

    (found,) = error.mismatches
    assert isinstance(found, Violation)
    assert found.path == place
    assert found.value == (str(value) if protocol in XML else value)
    assert place in str(error)
    partial: Any = error.partial
    assert type(partial) is parcels.package.ReadResponse
    assert partial.texts == ["kept"]
    assert partial.response_metadata == error.response_metadata
    assert partial.response_metadata.status == 200
    attribute = place.partition("[")[0].partition(".")[0]
    assert getattr(partial, attribute) == _expected(parcels, attribute)


def _expected(parcels: Trio, attribute: str) -> Any:
    inner = parcels.package.Inner
    return {
        "wholes": [1, None, 3],
        "whole_map": {"a": 1, "b": None},
        "inner": inner(text="a"),
        "inners": [inner(), inner()],
    }.get(attribute)


@pytest.mark.parametrize("kind", sorted({*PROTOCOLS} - XML))
@pytest.mark.parametrize("name", WRONG_TYPES)
def test_values_of_other_types(
    find_clients: FindClients, kind: str, serializer: str, name: str
) -> None:
    """The same for lists, objects, booleans and numbers."""
    wrong, place, value = WRONG_TYPES[name]
    if "Texts" not in wrong:
        wrong = {"Real": 0.5, **wrong}

    error = _fail(find_clients(kind), serializer, kind, wrong)

    (found,) = error.mismatches
    assert found.path == place
    assert value is None or found.value == value
    assert "hush" not in f"{error} {error!r} {error.mismatches} {error.partial!r}"
    partial: Any = error.partial
    assert partial.real == wrong.get("Real")
    attribute = place.partition("[")[0]
    found_there = getattr(partial, attribute)
    assert found_there == (["hush", None] if name == "secrets" else None)


def test_all_that_is_wrong_is_told(
    parcels: Trio, protocol: str, serializer: str
) -> None:
    """In one error, whatever else is there."""
    wrong = {"Whole": "x", "Flag": "y", "Inner": {"Real": "z", "Text": "a"}}

    error = _fail(parcels, serializer, protocol, wrong)

    paths = {found.path for found in error.mismatches}
    assert paths == {"whole", "flag", "inner.real"}


HEADERS: dict[str, tuple[dict[str, str], str, Any]] = {
    "float": ({"h_whole": "12.0"}, "head_whole", 12),
    "spaces": ({"h_whole": " 12 "}, "head_whole", 12),
    "capitals": ({"h_flag": "True"}, "head_flag", True),
    "moment": ({"h_moment": "1.5"}, "head_moment", datetime.fromtimestamp(1.5, UTC)),
    "list": ({"h_wholes": "1, 2.0"}, "head_wholes", [1, 2]),
}


@pytest.mark.parametrize("kind", ["rest-json", "rest-xml"])
@pytest.mark.parametrize("name", HEADERS)
def test_headers_are_converted(
    find_clients: FindClients, kind: str, serializer: str, name: str
) -> None:
    """As what stands in a body is."""
    headers, attribute, value = HEADERS[name]

    reply = read(find_clients(kind), serializer, write_reply(kind, {}), **headers)

    assert getattr(reply, attribute) == value


@pytest.mark.parametrize("kind", ["rest-json", "rest-xml"])
@pytest.mark.parametrize(
    ("headers", "place", "value"),
    [
        ({"h_whole": "1.5"}, "head_whole", "1.5"),
        ({"h_real": "much"}, "head_real", "much"),
        ({"h_flag": "yes"}, "head_flag", "yes"),
        ({"h_moment": "soon"}, "head_moment", "soon"),
        ({"h_secret": "hush"}, "head_secret", "***"),
    ],
)
def test_headers_that_cannot_be_read(  # noqa: PLR0913, PLR0917 - what a case is
    find_clients: FindClients,
    kind: str,
    serializer: str,
    headers: dict[str, str],
    place: str,
    value: str,
) -> None:
    """The member, the header and the value are named; the body is there."""
    parcels = find_clients(kind)
    body = write_reply(kind, {"Text": "a"})

    with pytest.raises(ReplyError) as caught:
        read(parcels, serializer, body, h_wholes="1,2", **headers)

    error = caught.value
    (found,) = error.mismatches
    (name,) = headers
    assert found.path == place
    assert found.value == value
    assert "hush" not in str(error)
    assert name.replace("_", "-") in found.rule
    assert error.partial == parcels.package.ReadResponse(text="a", head_wholes=[1, 2])


@pytest.mark.parametrize("kind", ["rest-json", "rest-xml"])
def test_headers_and_the_body_at_once(
    find_clients: FindClients, kind: str, serializer: str
) -> None:
    """One error for both."""
    parcels = find_clients(kind)
    body = write_reply(kind, {"Text": "a", "Whole": "x"})

    with pytest.raises(ReplyError) as caught:
        read(parcels, serializer, body, h_whole="y", h_real="0.5")

    assert {found.path for found in caught.value.mismatches} == {"whole", "head_whole"}
    assert caught.value.partial == parcels.package.ReadResponse(text="a", head_real=0.5)


def test_errors_are_copied_and_pickled(
    parcels: Trio, protocol: str, serializer: str
) -> None:
    """With what they hold."""
    error = _fail(parcels, serializer, protocol, {"Whole": "x"})

    for made in (
        copy.copy(error),
        copy.deepcopy(error),
        pickle.loads(pickle.dumps(error)),  # noqa: S301 - our own
    ):
        assert type(made) is ReplyError
        assert str(made) == str(error)
        assert made.partial == error.partial
        assert made.partial is not None
        assert made.mismatches == error.mismatches
        assert made.body == error.body


@pytest.fixture(scope="module")
def find_lax() -> Iterator[FindClients]:
    """Clients that read past what cannot be read."""
    with ExitStack() as stack:

        @cache
        def find(protocol: str) -> Trio:
            models = write_parcels(protocol)
            trio = Trio.make("parcels", models=models)
            stack.enter_context(closing(trio))
            for client in trio.ours.values():
                # The argument would be one of botocore's client as well.
                client._service_of_calls.on_mismatch = "warn"
            return trio

        yield find


@pytest.mark.parametrize("name", WRONG)
def test_a_client_may_read_past_it(
    find_lax: FindClients, protocol: str, serializer: str, name: str
) -> None:
    """With one warning, which names the operation, the place and the rule."""
    parcels = find_lax(protocol)
    wrong, place, _ = WRONG[name]
    body = write_reply(protocol, {"Texts": ["kept"], **wrong})

    with pytest.warns(ReplyWarning) as caught:
        reply = read(parcels, serializer, body, x_amzn_requestid="r-1")

    (warning,) = caught
    assert str(warning.message).startswith("Read: ")
    assert f"{place} " in str(warning.message)
    assert warning.filename == __file__
    assert reply.texts == ["kept"]
    assert reply.response_metadata.status == 200
    attribute = place.partition("[")[0].partition(".")[0]
    assert getattr(reply, attribute) == _expected(parcels, attribute)


def test_a_warning_may_be_an_error(
    find_lax: FindClients, protocol: str, serializer: str
) -> None:
    """As Python's own options have it."""
    body = write_reply(protocol, {"Whole": "x"})

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(ReplyWarning):
            read(find_lax(protocol), serializer, body)


@pytest.mark.parametrize("kind", ["rest-json", "rest-xml"])
def test_headers_that_are_read_past(
    find_lax: FindClients, kind: str, serializer: str
) -> None:
    """With one warning for these and the body."""
    body = write_reply(kind, {"Text": "a", "Whole": "x"})

    with pytest.warns(
        ReplyWarning, match=r"whole .*head_whole |head_whole .*whole "
    ) as caught:
        reply = read(find_lax(kind), serializer, body, h_whole="y", h_real="0.5")

    assert len(caught) == 1
    assert (reply.text, reply.whole, reply.head_whole) == ("a", None, None)
    assert reply.head_real == 0.5


def test_hooks_see_what_could_be_read(
    find_lax: FindClients, protocol: str, serializer: str
) -> None:
    """A reply that is read past is a reply to botocore's handlers as well."""
    seen: list[Any] = []
    client = find_lax(protocol).ours[serializer]

    def look(parsed: Any, **_: Any) -> None:
        seen.append(parsed.get("Texts"))

    client.meta.events.register("after-call.parcels.Read", look)
    body = write_reply(protocol, {"Texts": ["kept"], "Whole": "x"})
    with pytest.warns(ReplyWarning):
        read(find_lax(protocol), serializer, body)
    client.meta.events.unregister("after-call.parcels.Read", look)

    assert seen == [["kept"]]


def test_what_is_no_document_is_an_error_still(
    find_lax: FindClients, protocol: str, serializer: str
) -> None:
    """There is nothing to be read past."""
    with pytest.raises(ReplyError) as caught:
        read(find_lax(protocol), serializer, b"<nonsense")

    assert caught.value.partial is None
    assert caught.value.mismatches == ()


@pytest.mark.parametrize("value", ["ignore", "", None, True])
def test_the_option_has_two_values(find_clients: FindClients, value: Any) -> None:
    """Any other is told at once."""
    package = find_clients("json").package

    with pytest.raises(ValueError, match="on_mismatch: expected 'error' or 'warn'"):
        package.Client("us-east-1", on_mismatch=value)


def test_the_option_is_an_argument(find_clients: FindClients, serializer: str) -> None:
    """Each client takes it."""
    package = find_clients("json").package
    network = Network([Answer({"Whole": "x", "Text": "a"})])

    with package.Client(
        serializer=serializer, on_mismatch="warn", **ARGUMENTS
    ) as client:
        client.meta.events.register_last("before-send", network)
        with pytest.warns(ReplyWarning):
            assert client.read() == package.ReadResponse(text="a")


def test_members_of_errors_are_converted(
    parcels: Trio, protocol: str, serializer: str
) -> None:
    """As those of replies are; one that cannot be read hides no other."""
    document = {
        "Text": "a" if protocol in XML else 7,
        "Whole": "12",
        "Long": "12.0",
        "Real": "0.5",
        "Flag": "true",
        "Wholes": ["1"],
        "Moment": "soon",
    }
    parcels.expect(Answer(write_error(protocol, document), 400))

    with pytest.raises(parcels.package.Torn) as caught:
        parcels.ours[serializer].read()

    error: Any = caught.value
    assert error.text == ("a" if protocol in XML else "7")
    assert (error.whole, error.long, error.real, error.flag) == (12, 12, 0.5, True)
    assert error.wholes == [1]
    assert error.moment is None


@pytest.mark.parametrize("kind", ["json", "rest-json"])
def test_numbers_of_errors_are_the_text_that_was_written(
    find_clients: FindClients, kind: str, serializer: str
) -> None:
    """Character by character."""
    parcels = find_clients(kind)
    body = b'{"__type": "Torn", "Text": 1.50, "message": 2.0}'
    parcels.expect(Answer(body, 400))

    with pytest.raises(parcels.package.Torn) as caught:
        parcels.ours[serializer].read()

    assert caught.value.text == "1.50"
    assert caught.value.message == "2.0"


DOCUMENT = {"Text": 1.5, "Whole": "12", "Flag": "true", "Real": "0.5", "Color": 12}


def test_documents_are_read_so_as_well(parcels: Trio) -> None:
    """`from_wire` takes what a reply's body may hold."""
    made = from_wire(parcels.package.ReadResponse, dict(DOCUMENT))

    assert (made.text, made.whole, made.flag, made.real) == ("1.5", 12, True, 0.5)
    with pytest.raises(ValidationError, match=r"whole: '1\.5' is of type str"):
        from_wire(parcels.package.ReadResponse, {"Whole": "1.5"})


def test_replies_of_boto3_are_read_so_as_well(parcels: Trio) -> None:
    """botocore's parsers leave values of JSON as they are."""
    made = from_boto3(parcels.package.ReadResponse, dict(DOCUMENT))

    assert (made.text, made.whole, made.flag, made.real) == ("1.5", 12, True, 0.5)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"Whole": "12"}, "whole: '12' is of type str"),
        ({"Real": "0.5"}, "real: '0.5' is of type str"),
        ({"Flag": "true"}, "flag: 'true' is of type str"),
        ({"Text": 7}, "text: 7 is of type int"),
        ({"Color": 12}, "color: 12 is of type int"),
    ],
)
def test_parameters_are_not(parcels: Trio, given: dict[str, Any], told: str) -> None:
    """In what a user gives, such a value is a mistake."""
    with pytest.raises(ValidationError, match=told):
        from_boto3(parcels.package.Inner, given)


def test_instants_of_cbor_that_no_datetime_has(
    find_clients: FindClients, serializer: str
) -> None:
    """The member is named, and the rest is there."""
    parcels = find_clients(CBOR)
    instant = b"\xc1\xfb" + struct.pack(">d", 1e300)
    body = b"\xa2\x66Moment" + instant + b"\x64Text\x61a"

    with pytest.raises(ReplyError) as caught:
        read(parcels, serializer, body)

    (found,) = caught.value.mismatches
    assert (found.path, found.value) == ("moment", 1e300)
    assert caught.value.partial == parcels.package.ReadResponse(text="a")


SHARD: dict[str, Any] = {
    "ConsumerARN": "arn:aws:kinesis:us-east-1:123456789012:stream/s/consumer/c:1",
    "ShardId": "s",
    "StartingPosition": {"Type": "LATEST"},
}


def _subscribe(trio: Trio, serializer: str, *payloads: Any) -> Any:
    frames = event("initial-response", {})
    for payload in payloads:
        frames += event("SubscribeToShardEvent", payload)
    content_type = "application/vnd.amazon.eventstream"
    trio.expect(Answer(frames, headers={"Content-Type": content_type}))
    request = make(trio.package.SubscribeToShardInput, SHARD)
    return trio.ours[serializer].send(request).event_stream


def test_events_are_converted(trios: FindClients, serializer: str) -> None:
    """As replies are, with numbers as they are written."""
    payload = (
        b'{"Records": [{"SequenceNumber": 1.50, "Data": "AAE=", "PartitionKey": 7}], '
        b'"ContinuationSequenceNumber": true, "MillisBehindLatest": "12.0"}'
    )

    (found,) = _subscribe(trios("kinesis"), serializer, payload)

    read = found.subscribe_to_shard_event
    assert read.records[0].sequence_number == "1.50"
    assert read.records[0].partition_key == "7"
    assert (read.continuation_sequence_number, read.millis_behind_latest) == (
        "true",
        12,
    )


def test_events_that_cannot_be_read_come_with_the_rest(
    trios: FindClients, serializer: str
) -> None:
    """The error has the event, with None for what cannot be read."""
    events = _subscribe(
        trios("kinesis"),
        serializer,
        {"Records": [5], "ContinuationSequenceNumber": "c"},
    )

    with pytest.raises(ReplyError) as caught:
        next(events)

    (found,) = caught.value.mismatches
    assert found.path == "subscribe_to_shard_event.records[0]"
    partial: Any = caught.value.partial
    read = partial.subscribe_to_shard_event
    assert (read.records, read.continuation_sequence_number) == ([None], "c")


def test_events_that_are_read_past(
    trios: FindClients, serializer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With one warning each; the stream goes on."""
    trio = trios("kinesis")
    service = trio.ours[serializer]._service_of_calls
    monkeypatch.setattr(service, "on_mismatch", "warn")
    events = _subscribe(trio, serializer, {"Records": [5]}, {"Records": []})

    with pytest.warns(ReplyWarning, match=r"SubscribeToShard: .*records\[0\]") as found:
        assert next(events).subscribe_to_shard_event.records == [None]
    assert len(found) == 1
    assert next(events).subscribe_to_shard_event.records == []


@pytest.mark.parametrize("payload", [b"null", b""])
def test_events_that_require_members(
    trios: FindClients, serializer: str, payload: bytes
) -> None:
    """A null is not an event of a class that requires members; an empty one is."""
    events = _subscribe(trios("kinesis"), serializer, payload)

    if payload == b"null":
        with pytest.raises(ReplyError, match="null and not an object"):
            next(events)
    else:
        assert next(events).subscribe_to_shard_event.records is None
