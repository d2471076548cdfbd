"""Replies that end too early: never an empty success, and sent for again."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import ConnectionClosedError, ResponseStreamingError
from tests.contract.behaviours.cutter import Cutter
from tests.contract.behaviours.document import PROTOCOLS, encode_document
from tests.contract.behaviours.network import Answer
from tests.contract.behaviours.service import write_model
from tests.contract.behaviours.trio import ARGUMENTS, Trio, share_trios

from botosmith.runtime import CutReplyError, ReplyError
from botosmith.runtime.protocol.truncation import requires_document

REST = ("rest-json", "rest-xml")

#: Operations by the outputs that they have in a model.
OUTPUTS: dict[str, Any] = {
    "Require": {"members": {"Text": {"shape": "Text"}}, "required": ["Text"]},
    "Allow": {"members": {"Text": {"shape": "Text"}}},
    "Empty": {"members": {}},
    "Head": {
        "members": {
            "Text": {"shape": "Text", "location": "header", "locationName": "h-text"}
        },
        "required": ["Text"],
    },
    "Stream": {
        "members": {"Bytes": {"shape": "Bytes"}},
        "payload": "Bytes",
        "required": ["Bytes"],
    },
}


def _make_model(protocol: str) -> Any:
    shapes: dict[str, Any] = {
        "Text": {"type": "string"},
        "Bytes": {"type": "blob", "streaming": True},
    }
    operations: dict[str, Any] = {"Nothing": {}}
    for name, output in OUTPUTS.items():
        if name in {"Head", "Stream"} and protocol not in REST:
            continue
        shapes[f"{name}Reply"] = {"type": "structure", **output}
        described: dict[str, Any] = {"shape": f"{name}Reply"}
        if protocol == "query":
            described["resultWrapper"] = f"{name}Result"
        http = {"method": "POST", "requestUri": f"/{name}"}
        operations[name] = {
            "output": described,
            **({"http": http} if protocol in REST else {}),
        }
    return write_model(protocol, operations, shapes)


@pytest.fixture(scope="module")
def find() -> Iterator[Callable[..., Trio]]:
    """Clients of a service of a protocol, which the tests share."""
    with share_trios(_make_model) as find:
        yield find


@pytest.fixture(scope="module")
def cutter() -> Iterator[Cutter]:
    """A server that sends what it is told, and closes."""
    with closing(Cutter()) as running:
        yield running


def _connect(trio: Trio, cutter: Cutter, serializer: Any, config: Config) -> Any:
    arguments = {**ARGUMENTS, "endpoint_url": cutter.url}
    return trio.package.Client(serializer=serializer, config=config, **arguments)


def _reply(protocol: str, operation: str, document: Any) -> bytes:
    body = encode_document(protocol, operation, document)
    head = (
        "HTTP/1.1 200 OK\r\nx-amzn-RequestId: abc\r\nContent-Type: text/plain\r\n"
        f"h-text: h\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body


def _once(mode: Any = "standard") -> Config:
    return Config(retries={"total_max_attempts": 1, "mode": mode})


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
@pytest.mark.parametrize("operation", ["Require", "Allow", "Head", "Stream"])
@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_cut_at_each_byte(
    find: Callable[..., Trio],
    cutter: Cutter,
    protocol: str,
    operation: str,
    serializer: str,
) -> None:
    """No part of a reply passes for the whole, wherever it ends."""
    if operation not in find(protocol).package.OPERATIONS:
        return
    whole = _reply(protocol, operation, {"Text": "a"})
    with _connect(find(protocol), cutter, serializer, _once()) as client:
        for end in range(len(whole)):
            cutter.expect(whole[:end])
            with pytest.raises((ConnectionClosedError, ResponseStreamingError)):
                _call(client, operation)
        cutter.expect(whole)
        assert _call(client, operation)


def _call(client: Any, operation: str) -> Any:
    reply = getattr(client, operation.lower())()
    if operation == "Stream":
        return reply.bytes.read()
    return reply.text


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
@pytest.mark.parametrize("mode", ["legacy", "standard", "adaptive"])
@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("end", [17, 30, -1])
def test_retries(  # noqa: PLR0913, PLR0917 - a fixture each
    find: Callable[..., Trio],
    cutter: Cutter,
    protocol: str,
    mode: Any,
    serializer: str,
    end: int,
) -> None:
    """It is sent for again, in each mode, and what comes then is the reply."""
    whole = _reply(protocol, "Require", {"Text": "a"})
    config = Config(retries={"total_max_attempts": 3, "mode": mode})
    with _connect(find(protocol), cutter, serializer, config) as client:
        cutter.expect(whole[:end], whole[:end], whole)
        reply = client.require()
        assert (reply.text, cutter.count) == ("a", 3)
        assert reply.response_metadata.attempts == 3

        cutter.expect(whole[:end])
        with pytest.raises(CutReplyError) as caught:
            client.require()
        assert cutter.count == 3
        assert caught.value.response_metadata.attempts == 3


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_missing_document(
    find: Callable[..., Trio], protocol: str, serializer: str
) -> None:
    """An empty body is refused where members are required, also with a length of 0."""
    trio = find(protocol)
    network = trio.networks[1 + [*trio.ours].index(serializer)]
    client = trio.ours[serializer]
    for headers in ({}, {"Content-Length": "0", "x-amzn-RequestId": "abc"}):
        network.expect(Answer(b"", headers=headers))
        with pytest.raises(CutReplyError, match="has no body, where the model req"):
            client.require()
        assert len(network.sent) == 1


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_an_empty_document(
    find: Callable[..., Trio], protocol: str, serializer: str
) -> None:
    """A document without the members that are required is a reply without them."""
    trio = find(protocol)
    network = trio.networks[1 + [*trio.ours].index(serializer)]
    network.expect(Answer(encode_document(protocol, "Require", {})))

    assert trio.ours[serializer].require().text is None


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
@pytest.mark.parametrize("operation", ["Allow", "Empty", "Nothing"])
@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_nothing_where_nothing_is_required(
    find: Callable[..., Trio], protocol: str, operation: str, serializer: str
) -> None:
    """An empty body is an empty reply, as services send it."""
    trio = find(protocol)
    network = trio.networks[1 + [*trio.ours].index(serializer)]
    network.expect(Answer(b"", headers={"Content-Length": "0"}))

    reply = getattr(trio.ours[serializer], operation.lower())()

    assert repr(reply) == f"{type(reply).__name__}()"


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
@pytest.mark.parametrize("status", [204, 304])
def test_a_status_that_has_no_body(
    find: Callable[..., Trio], cutter: Cutter, serializer: str, status: int
) -> None:
    """A service that says so sends an empty document; 304 is an error of botocore's."""
    with _connect(find("rest-json"), cutter, serializer, _once()) as client:
        cutter.expect(f"HTTP/1.1 {status} No\r\nx-amzn-RequestId: abc\r\n\r\n".encode())
        if status == 304:
            with pytest.raises(find("rest-json").package.ParcelsError):
                client.require()
            return
        assert client.require().text is None
        assert cutter.count == 1


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
@pytest.mark.parametrize(
    "head", ["HTTP/1.0 200 OK\r\n", "HTTP/1.1 200 OK\r\nConnection: close\r\n"]
)
def test_a_reply_that_ends_with_its_connection(
    find: Callable[..., Trio], cutter: Cutter, serializer: str, head: str
) -> None:
    """A server that says so needs no length, and may send nothing."""
    with _connect(find("rest-json"), cutter, serializer, _once()) as client:
        cutter.expect(f"{head}\r\n".encode())
        assert client.allow().text is None
        assert client.stream().bytes.read() == b""
        cutter.expect(f'{head}\r\n{{"Text": "a"}}'.encode())
        assert client.allow().text == "a"
        assert client.stream().bytes.read() == b'{"Text": "a"}'


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
def test_a_body_without_a_length(
    find: Callable[..., Trio], cutter: Cutter, serializer: str
) -> None:
    """All that comes is read, though the server should have said how long it is."""
    with _connect(find("rest-json"), cutter, serializer, _once()) as client:
        cutter.expect(b'HTTP/1.1 200 OK\r\n\r\n{"Text": "a"}')
        assert client.allow().text == "a"
        assert client.stream().bytes.read() == b'{"Text": "a"}'


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
@pytest.mark.parametrize("length", ["9" * 4301, "9" * 20, "\u0669" * 3])
def test_a_length_beyond_all_bounds(
    find: Callable[..., Trio], serializer: str, length: str
) -> None:
    """A length that no reply has is a reply that is cut short."""
    for protocol in PROTOCOLS:
        trio = find(protocol)
        network = trio.networks[1 + [*trio.ours].index(serializer)]
        body = encode_document(protocol, "Require", {"Text": "a"})
        network.expect(Answer(body, headers={"Content-Length": length}))
        with pytest.raises(CutReplyError, match="bytes are missing"):
            trio.ours[serializer].require()


@pytest.mark.parametrize("length", ["0" * 5000, "-5", "many", "12, 12", ""])
def test_a_length_that_says_nothing(find: Callable[..., Trio], length: str) -> None:
    """A length that cannot be read does no harm to a document that can."""
    for protocol in PROTOCOLS:
        body = encode_document(protocol, "Require", {"Text": "a"})
        answer = Answer(body, headers={"Content-Length": length})
        assert find(protocol).call("Require", {}, answer).reply.text == "a"


def test_replies_that_need_a_document(find: Callable[..., Trio]) -> None:
    """Those with a required member in the body, streams and headers aside."""
    operations = find("rest-json").package.OPERATIONS
    needed = {
        name for name in operations if requires_document(operations[name].response)
    }

    assert needed == {"Require"}


def test_the_error_is_both(find: Callable[..., Trio]) -> None:
    """One of the reply and one of the connection, and it pickles."""
    trio = find("json")
    trio.networks[1].expect(Answer())
    with pytest.raises(CutReplyError) as caught:
        trio.ours["generated"].require()

    error = caught.value
    assert isinstance(error, ReplyError)
    assert isinstance(error, ConnectionClosedError)
    restored = pickle.loads(pickle.dumps(error))  # noqa: S301 - ours
    assert (type(restored), str(restored)) == (CutReplyError, str(error))
