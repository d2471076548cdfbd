"""Values that are nested deeply: as deep as botocore goes, and a typed error beyond."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError
from tests.contract.behaviours.document import PROTOCOLS, XML, encode_document
from tests.contract.behaviours.network import Answer
from tests.contract.behaviours.service import write_model
from tests.contract.behaviours.trio import Trio, share_trios

from botosmith.runtime import (
    ReplyError,
    ValidationError,
    from_boto3,
    from_wire,
    to_boto3,
    to_wire,
    validate,
)
from botosmith.runtime.protocol import cbor, codec
from botosmith.runtime.serde.depth import STACKS, TooDeep, go_deeper, with_stack

JSON = ("json", "rest-json")

#: Depths that botocore carries: in a request, and in a reply or an error.
SENT, RECEIVED = 150, 140

#: A depth that nothing carries.
ENDLESS = 5000

SERIALIZERS = ["generated", "botocore"]


def _make_model(protocol: str) -> Any:
    value = {
        "Text": {"shape": "Text"},
        "List": {"shape": "Values"},
        "Map": {"shape": "Map"},
    }
    whole = {"Value": {"shape": "Value"}, "Values": {"shape": "Map"}}
    output: dict[str, Any] = {"shape": "Got"}
    if protocol == "query":
        output["resultWrapper"] = "TellResult"
    shapes: dict[str, Any] = {
        "Text": {"type": "string"},
        "Values": {"type": "list", "member": {"shape": "Value"}},
        "Map": {
            "type": "map",
            "key": {"shape": "Text"},
            "value": {"shape": "Value"},
        },
        "Value": {"type": "structure", "members": value},
        "Sent": {"type": "structure", "members": whole},
        "Got": {"type": "structure", "members": whole},
        "Failed": {
            "type": "structure",
            "exception": True,
            "error": {"httpStatusCode": 400},
            "members": {"message": {"shape": "Text"}, **whole},
        },
    }
    tell = {
        "input": {"shape": "Sent", "locationName": "Sent"},
        "output": output,
        "errors": [{"shape": "Failed"}],
    }
    return write_model(protocol, {"Tell": tell}, shapes)


@pytest.fixture(scope="module")
def find() -> Iterator[Callable[..., Trio]]:
    """Clients of a service of a protocol, which the tests share."""
    with share_trios(_make_model) as find:
        yield find


def _nest(depth: int) -> dict[str, Any]:
    """A value as botocore has it, of lists and maps by turns."""
    value: dict[str, Any] = {"Text": "x"}
    for number in range(depth):
        value = {"Map": {"k": value}} if number % 2 else {"List": [value]}
    return value


def _nest_objects(package: Any, depth: int) -> Any:
    value = package.Value(text="x")
    for number in range(depth):
        value = (
            package.Value(map={"k": value})
            if number % 2
            else package.Value(list=[value])
        )
    return value


def _measure(value: Any) -> int:
    """The depth of an object."""
    depth = 0
    while value.text is None:
        (value,) = value.list or value.map.values()
        depth += 1
    return depth


def _encode_json(depth: int, **members: str) -> bytes:
    """A document whose depth Python's own encoder would refuse."""
    begin = end = ""
    for number in range(depth):
        head, tail = ('{"Map":{"k":', "}}") if number % 2 else ('{"List":[', "]}")
        begin, end = head + begin, end + tail
    told = "".join(f'"{name}": "{text}", ' for name, text in members.items())
    value = f'{begin}{{"Text": "x"}}{end}'
    return f'{{{told}"Value": {value}, "Values": {{"k": {value}}}}}'.encode()


def _encode_cbor(depth: int, **members: str) -> bytes:
    heads = (b"\xa1cMap\xa1ak", b"\xa1dList\x81")
    begin = b"".join(heads[number % 2] for number in reversed(range(1, depth + 1)))
    value = b"%b\xa1dTextax" % begin
    pairs = [cbor.encode(name) + cbor.encode(text) for name, text in members.items()]
    pairs += [b"eValue" + value, b"fValues\xa1ak" + value]
    return bytes((0xA0 | len(pairs),)) + b"".join(pairs)


def _encode_xml(protocol: str, depth: int, **members: str) -> bytes:
    begin = end = ""
    for number in range(depth):
        head, tail = (
            ("<Map><entry><key>k</key><value>", "</value></entry></Map>")
            if number % 2
            else ("<List><member>", "</member></List>")
        )
        begin, end = head + begin, end + tail
    value = f"{begin}<Text>x</Text>{end}"
    told = "".join(f"<{name}>{text}</{name}>" for name, text in members.items())
    content = (
        f"{told}<Value>{value}</Value>"
        f"<Values><entry><key>k</key><value>{value}</value></entry></Values>"
    )
    if members:
        outer = "Errors" if protocol == "ec2" else "ErrorResponse"
        content = f"<{outer}><Error>{content}</Error></{outer}>"
        return (content if outer == "ErrorResponse" else f"<R>{content}</R>").encode()
    if protocol == "query":
        content = f"<TellResult>{content}</TellResult>"
    return f"<R>{content}</R>".encode()


def _encode(protocol: str, depth: int, **members: str) -> bytes:
    if protocol in JSON:
        return _encode_json(depth, **members)
    if protocol == "smithy-rpc-v2-cbor":
        return _encode_cbor(depth, **members)
    return _encode_xml(protocol, depth, **members)


def _encode_error(protocol: str, depth: int) -> bytes:
    if protocol in XML:
        return _encode(protocol, depth, Code="Failed", Message="m")
    return _encode(protocol, depth, __type="Failed", message="m", code="Failed")


@pytest.mark.parametrize("serializer", SERIALIZERS)
@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("level", [logging.DEBUG, logging.WARNING])
@pytest.mark.parametrize("depth", [100, RECEIVED])
def test_replies(  # noqa: PLR0913, PLR0917 - a fixture or a choice each
    find: Callable[..., Trio],
    caplog: pytest.LogCaptureFixture,
    protocol: str,
    serializer: str,
    level: int,
    depth: int,
) -> None:
    """As deep as botocore reads, logged or not."""
    trio = find(protocol)
    trio.expect(Answer(_encode(protocol, depth)))
    assert trio.theirs.tell()["Value"]

    with caplog.at_level(level, "botosmith"):
        reply = trio.ours[serializer].tell()

    assert _measure(reply.value) == _measure(reply.values["k"]) == depth
    assert ("Tell: 200" in caplog.text) == (level == logging.DEBUG)


@pytest.mark.parametrize("serializer", SERIALIZERS)
@pytest.mark.parametrize("depth", [100, RECEIVED])
@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_errors(
    find: Callable[..., Trio], protocol: str, serializer: str, depth: int
) -> None:
    """The members of an error are there, as deep as botocore reads."""
    trio = find(protocol)
    body = _encode_error(protocol, depth)
    trio.expect(Answer(body, 400))
    with pytest.raises(ClientError) as theirs:
        trio.theirs.tell()
    assert "Value" in theirs.value.response

    with pytest.raises(trio.package.Failed) as caught:
        trio.ours[serializer].tell()

    error = caught.value
    assert (error.code, error.message) == ("Failed", "m")
    assert _measure(error.value) == _measure(error.values["k"]) == depth


@pytest.mark.parametrize("serializer", SERIALIZERS)
@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("depth", [600, ENDLESS])
def test_errors_beyond(
    find: Callable[..., Trio], protocol: str, serializer: str, depth: int
) -> None:
    """The code and the message stay, and the members are left out."""
    trio = find(protocol)
    body = _encode_error(protocol, depth)
    trio.expect(Answer(body, 400))

    with pytest.raises(trio.package.Failed) as caught:
        trio.ours[serializer].tell()

    error = caught.value
    assert (error.code, error.message, error.value) == ("Failed", "m", None)


@pytest.mark.parametrize("serializer", SERIALIZERS)
@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_replies_beyond(
    find: Callable[..., Trio], protocol: str, serializer: str
) -> None:
    """One typed error, whatever it is that cannot go on."""
    trio = find(protocol)
    for depth in (*range(235, 260), 400, 490, 500, 1000, ENDLESS):
        trio.expect(Answer(_encode(protocol, depth)))
        try:
            reply = trio.ours[serializer].tell()
        except ReplyError as error:
            assert "nested too deeply" in str(error)  # noqa: PT017 - or it is read
            continue
        assert _measure(reply.value) == depth


@pytest.mark.parametrize("serializer", SERIALIZERS)
@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("depth", [100, SENT])
def test_requests(
    find: Callable[..., Trio], protocol: str, serializer: str, depth: int
) -> None:
    """As deep as botocore writes, to the same bytes."""
    trio = find(protocol)
    trio.expect(Answer(encode_document(protocol, "Tell", {})))
    if protocol in {"query", "ec2"}:
        depth //= 2  # for which botocore takes more of the stack
    trio.theirs.tell(Value=_nest(depth))

    trio.ours[serializer].tell(value=_nest_objects(trio.package, depth))

    network = trio.networks[1 + SERIALIZERS.index(serializer)]
    assert network.sent[0].body == trio.networks[0].sent[0].body


@pytest.mark.parametrize("level", [logging.DEBUG, logging.WARNING])
@pytest.mark.parametrize("serializer", SERIALIZERS)
@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_requests_beyond(
    find: Callable[..., Trio],
    caplog: pytest.LogCaptureFixture,
    protocol: str,
    serializer: str,
    level: int,
) -> None:
    """They are sent, or refused with one typed error; logged or not."""
    trio = find(protocol)
    trio.expect(Answer(encode_document(protocol, "Tell", {})))
    with caplog.at_level(level, "botosmith"):
        for depth in (*range(155, 175), 300, 480, 500, 1000, ENDLESS):
            value = _nest_objects(trio.package, depth)
            try:
                trio.ours[serializer].tell(value=value)
            except ValidationError as error:
                assert "is nested too deeply" in str(error)  # noqa: PT017 - or sent


@pytest.mark.parametrize("serializer", SERIALIZERS)
@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_request_that_holds_itself(
    find: Callable[..., Trio], protocol: str, serializer: str
) -> None:
    """It is told from one that is deep by nothing but its size."""
    trio = find(protocol)
    value = trio.package.Value(list=[])
    value.list += [value, value]

    with pytest.raises(ValidationError, match="nested too deeply, or holds itself"):
        trio.ours[serializer].tell(value=value)


@pytest.mark.parametrize("protocol", JSON)
@pytest.mark.parametrize("depth", [250, 490])
def test_conversions(find: Callable[..., Trio], protocol: str, depth: int) -> None:
    """Free functions go as deep as JSON does."""
    package = find(protocol).package
    value = _nest_objects(package, depth)

    validate(value)
    assert _measure(from_boto3(package.Value, to_boto3(value))) == depth
    assert _measure(from_wire(package.Value, to_wire(value))) == depth
    assert value == _nest_objects(package, depth)
    assert value != _nest_objects(package, depth - 2)


@pytest.mark.parametrize("protocol", ["json", "rest-json", "query"])
def test_conversions_beyond(find: Callable[..., Trio], protocol: str) -> None:
    """Each function has one typed error."""
    package = find(protocol).package
    value, plain = _nest_objects(package, ENDLESS), _nest(ENDLESS)

    for convert in (
        lambda: validate(value),
        lambda: to_boto3(value),
        lambda: to_wire(value),
        lambda: from_boto3(package.Value, plain),
        lambda: from_wire(package.Value, plain),
    ):
        with pytest.raises(ValidationError, match="nested too deeply, or holds itself"):
            convert()
    assert repr(value).count("Value(") > 50
    assert "..." in repr(value)


def test_cbor() -> None:
    """Documents of CBOR go as deep, and are refused beyond that."""
    value = _nest(400)
    assert cbor.encode(cbor.decode(cbor.encode(value))) == cbor.encode(value)

    deep = b"\xa1aL\x81" * ENDLESS + b"\xa0"
    with pytest.raises(RecursionError):
        cbor.decode(deep)


@pytest.mark.parametrize("serializer", SERIALIZERS)
@pytest.mark.parametrize("protocol", JSON)
@pytest.mark.parametrize("has_speed", [True, False])
def test_depths_without_and_with_msgspec(  # noqa: PLR0913, PLR0917 - a choice each
    find: Callable[..., Trio],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    protocol: str,
    serializer: str,
    has_speed: bool,  # noqa: FBT001 - as above
) -> None:
    """JSON as deep as botocore reads it with most of the stack to itself."""
    trio = find(protocol)
    if not has_speed:
        monkeypatch.setattr(codec, "_find_speed", lambda: None)
    with caplog.at_level(logging.DEBUG, "botosmith"):
        for depth in (150, 170, 200, 205):
            trio.expect(Answer(_encode(protocol, depth)))
            assert _measure(trio.ours[serializer].tell().value) == depth
            trio.expect(Answer(_encode_error(protocol, depth), 400))
            with pytest.raises(trio.package.Failed) as caught:
                trio.ours[serializer].tell()
            assert _measure(caught.value.value) == depth


def test_a_full_stack() -> None:
    """A walk goes on where it has begun near the end of the stack."""

    def fill(depth: int, then: Callable[[], int]) -> int:
        return then() if depth == 0 else fill(depth - 1, then)

    def walk() -> int:
        return fill(500, lambda: 7)

    assert fill(600, lambda: with_stack(walk)) == 7
    with pytest.raises(RecursionError):
        fill(600, walk)


def test_stacks_come_to_an_end() -> None:
    """No more than a few follow one another."""
    used = []

    def walk() -> None:
        used.append(1)
        go_deeper(walk)

    with pytest.raises(TooDeep):
        walk()
    assert len(used) == STACKS


def test_errors_of_a_stack_of_its_own() -> None:
    """They come out as they are."""

    def fail() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        go_deeper(fail)


def test_logging_that_fails(
    find: Callable[..., Trio], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A filter that raises does not break the call."""
    trio = find("json")
    trio.expect(Answer({}))

    def fail(_: object) -> bool:
        raise RuntimeError

    logger = logging.getLogger("botosmith.parcels")
    monkeypatch.setattr(logger, "filters", [fail])
    monkeypatch.setattr(logger, "level", logging.DEBUG)
    logger.manager._clear_cache()  # type: ignore[attr-defined]
    for client in trio.ours.values():
        assert client.tell().value is None
    logger.manager._clear_cache()  # type: ignore[attr-defined]
