"""Whatever is sensitive shows nowhere, whatever goes wrong."""

from __future__ import annotations

import json
import logging
import pickle
import traceback
import warnings
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache, partial
from io import StringIO
from random import Random
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from botocore.exceptions import BotoCoreError
from botocore.model import (
    ListShape,
    MapShape,
    OperationModel,
    ServiceModel,
    Shape,
    StructureShape,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.contract.behaviours.network import Answer, Network
from tests.contract.behaviours.service import import_operations, share_session
from tests.contract.behaviours.trio import ARGUMENTS, ONCE
from tests.contract.damage.draw import draw_values
from tests.contract.damage.lab import PROTOCOLS, make_lab
from tests.contract.damage.message import split
from tests.contract.damage.servers.http import Draft

from botosmith.runtime import (
    BotosmithError,
    ServiceError,
    ValidationError,
    WaiterError,
    from_boto3,
    from_wire,
    to_boto3,
    to_wire,
    validate,
)
from botosmith.runtime.objects.structure import Structure
from botosmith.runtime.protocol import cbor
from botosmith.testing import load_service
from botosmith.testing.message import Reply
from botosmith.testing.reply import (
    Fault,
    Style,
    list_error_forms,
    write_error,
    write_reply,
)
from botosmith.testing.strategies import Options, outputs

#: The values that stand in sensitive members, by their types.
TEXT, NUMBER = "hunter2hunter2", 918_273_645
MOMENT = datetime.fromtimestamp(NUMBER, UTC)

#: The parts of them that may be seen nowhere.
SHOWN = ("hunter2", b64encode(TEXT.encode()).decode()[:9], "918273645", "918_273_645")
SHOWN_MOMENT = ("1999-02-06", "1999, 2, 6", "06 Feb 1999")

JSON = frozenset({"json", "rest-json"})

Place = tuple[Any, Any]


def mark(value: Any, shape: Shape, *, secret: bool = False) -> Any:
    """A value of botocore's whose sensitive members hold what may not be seen."""
    secret = secret or bool(shape.metadata.get("sensitive"))
    if shape.serialization.get("eventstream") and isinstance(value, list):
        return [mark(one, shape) for one in value]
    match shape:
        case StructureShape() if not shape.is_document_type:
            members = shape.members
            return {
                name: mark(item, members[name], secret=secret)
                for name, item in value.items()
            }
        case ListShape():
            return [mark(item, shape.member, secret=secret) for item in value]
        case MapShape():
            return {
                mark(key, shape.key, secret=secret): mark(
                    item, shape.value, secret=secret
                )
                for key, item in value.items()
            }
        case _:
            return _find_secret(shape.type_name) if secret else value


def _find_secret(kind: str) -> Any:
    secrets = {"blob": TEXT.encode(), "timestamp": MOMENT, "integer": NUMBER}
    return secrets.get(kind, TEXT)


def check_hidden(*shown: object) -> None:
    """Nothing of it is in the texts of some objects."""
    for one in shown:
        text = one if isinstance(one, str) else f"{one!s} {one!r}"
        for secret in (*SHOWN, *SHOWN_MOMENT):
            assert secret not in text, text[max(0, text.find(secret) - 300) :][:600]


def check_error(error: BaseException) -> None:
    """Nothing of it is in what an error shows, and what it would be logged with."""
    check_hidden(error, error.args, "".join(traceback.format_exception(error)))
    for name in ("violations", "mismatches", "partial", "problem", "kwargs", "seen"):
        check_hidden(getattr(error, name, ""))
    if isinstance(error, ValidationError):
        pickled = pickle.dumps(error)
        assert not [one for one in SHOWN if one.encode() in pickled]


class Lab:
    """The service of the laboratory in a protocol, with clients of it."""

    def __init__(self, protocol: str) -> None:
        self.protocol = protocol
        models = make_lab(protocol)
        self.model: ServiceModel = load_service("parcels", models)
        self.package = import_operations("parcels", models)
        self.network = Network()
        self.clients = [
            self.package.Client(
                **ARGUMENTS,
                config=ONCE,
                session=share_session(models),
                serializer=serializer,
                on_mismatch=on_mismatch,
            )
            for serializer in ("generated", "botocore")
            for on_mismatch in ("error", "warn")
        ]
        for client in self.clients:
            client.meta.events.register("before-send", self.network)

        # Drawn at once, since Hypothesis draws nothing within what it draws.
        self.replies = {
            name: self._make_reply(self.model.operation_model(name))
            for name in self.model.operation_names
        }
        describe = self.model.operation_model("Describe")
        self.errors = [self._make_error(one) for one in describe.error_shapes]
        self.parameters: dict[str, Any] = self._draw(describe.input_shape, "json")

    def _draw(self, shape: Any, protocol: str) -> Any:
        """The fullest value of a shape."""
        drawn = outputs(shape, protocol, Options(full=True, repeats=1))
        return mark(draw_values(drawn, 1, 1)[0], shape)

    def _make_reply(self, operation: OperationModel) -> Reply:
        return write_reply(operation, self._draw(operation.output_shape, self.protocol))

    def _make_error(self, shape: Any) -> Reply:
        members = self._draw(shape, self.protocol)
        fault = Fault(shape.name, members.pop("message"), shape, members)
        forms = list_error_forms(self.model)
        form = "plain" if "plain" in forms else forms[0]
        return write_error(self.model, fault, form, Style())


@cache
def lab(protocol: str) -> Lab:
    """The service in a protocol, made once."""
    return Lab(protocol)


#: Members in which anything goes that a dictionary or a list may hold: no model says
#: that what is in there is sensitive.
_OPEN = ("Anything", "Colours", "Counts", "Texts")


def list_places(holder: Any) -> Iterator[Place]:
    """All places in what dictionaries and lists hold."""
    for key in list(holder) if isinstance(holder, dict) else range(len(holder)):
        yield holder, key
        if isinstance(holder[key], (dict, list)) and key not in _OPEN:
            yield from list_places(holder[key])


def break_value(random: Random, document: Any) -> Any:
    """Break a document in a place or two, and leave what is sensitive in there.

    What holds other values may come to another place; what does not stays in its own,
    since no model says that what stands in another is sensitive.
    """
    holder = [document]
    for _ in range(random.choice((1, 1, 2))):
        places = list(list_places(holder))
        at, key = random.choice(places)
        value = at[key]
        moved = [
            other[place]
            for other, place in places
            if isinstance(other[place], (dict, list)) and key not in _OPEN
        ]
        others = _list_others(value, in_list=isinstance(at, list))
        others.append(random.choice(moved) if moved else [value])
        at[key] = _copy(random.choice(others))
    return holder[0]


def _list_others(value: Any, *, in_list: bool) -> list[Any]:
    """Return values of other types that hold a value."""
    return [
        [value],
        {"a": value},
        {"Key": value, "Value": value},
        [value] * 3,
        {json.dumps(value, default=str): 1} if _is_open(value) else [value],
        None if in_list else [value, None],
        value if isinstance(value, (dict, list)) else [value, value],
    ]


def _is_open(value: Any) -> bool:
    """Return whether a value may be a key, which no model calls sensitive."""
    return not isinstance(value, (dict, list)) and value not in (
        *(TEXT, NUMBER, MOMENT, TEXT.encode()),
    )


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copy(item) for key, item in value.items()}
    return [_copy(item) for item in value] if isinstance(value, list) else value


def break_body(random: Random, body: bytes) -> bytes:
    """Break the document of a body, of whatever format, or cut it."""
    if random.randrange(4) == 0:
        return body[: random.randrange(len(body) + 1)]
    if body.startswith(b"{"):
        return json.dumps(break_value(random, json.loads(body))).encode()
    if body.startswith(b"<"):
        return _break_xml(random, body)
    try:
        return cbor.encode(break_value(random, cbor.decode(body)))
    except ValueError:
        return body[:-1]


def _break_xml(random: Random, body: bytes) -> bytes:
    root = ET.fromstring(body)  # noqa: S314 - our own
    one = random.choice(list(root.iter()))
    match random.randrange(4):
        case 0:
            inner = ET.Element(one.tag)
            inner.text, one.text = one.text, None
            inner.extend(list(one))
            one[:] = [inner]
        case 1:
            one.text = "soon" if one.text and TEXT not in one.text else one.text
        case 2:
            one.extend(list(one))
        case _:
            copied = ET.tostring(random.choice([*root.iter()][:1]))
            one.append(ET.fromstring(copied))  # noqa: S314 - as above
    return ET.tostring(root)


def listen() -> tuple[StringIO, logging.Handler]:
    """The records of the service's loggers."""
    log = StringIO()
    return log, logging.StreamHandler(log)


def examples() -> settings:
    """Half as many as usual, since each is a dozen calls."""
    return settings(max_examples=settings().max_examples // 2)


@pytest.fixture(autouse=True)
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[StringIO]:
    """All that is logged of calls."""
    written, handler = listen()
    logger = logging.getLogger("botosmith")
    logger.addHandler(handler)
    monkeypatch.setattr(logger, "level", logging.DEBUG)
    logger.manager._clear_cache()  # type: ignore[attr-defined]
    yield written
    logger.removeHandler(handler)
    logger.manager._clear_cache()  # type: ignore[attr-defined]


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_replies_that_are_broken(protocol: str, log: StringIO) -> None:
    """Neither errors, warnings and logs nor objects as they print have a secret."""
    service = lab(protocol)

    @examples()
    @given(st.integers(0, 1 << 32))
    def check(seed: int) -> None:
        random = Random(seed)  # noqa: S311 - Hypothesis has drawn the seed
        name = random.choice(service.model.operation_names)
        is_error = random.randrange(4) == 0
        reply = random.choice(service.errors) if is_error else service.replies[name]
        body = reply.body
        if random.randrange(8):
            is_stream = not is_error and name == "Watch"
            body = (
                _break_stream(random, body) if is_stream else break_body(random, body)
            )
        headers = {
            key: "x" if random.randrange(9) == 0 and TEXT not in value else value
            for key, value in reply.headers.items()
        }
        service.network.expect(Answer(body, reply.status, headers))
        for client in service.clients:
            with warnings.catch_warnings(record=True) as told:
                warnings.simplefilter("always")
                _call(client, service.package, name)
            check_hidden(*(str(one.message) for one in told))
        check_hidden(log.getvalue())
        log.truncate(0)

    check()


def _break_stream(random: Random, body: bytes) -> bytes:
    messages = split(body)
    one = random.choice(messages)
    if one.payload:
        one.payload = break_body(random, one.payload)
    return b"".join(message.render() for message in messages)


def _call(client: Any, package: Any, name: str) -> None:
    request = package.OPERATIONS[name].request()
    try:
        reply = client.send(request)
        check_hidden(repr(reply))
        for attribute in reply._events:
            for event in getattr(reply, attribute) or ():
                check_hidden(repr(event))
    except (BotosmithError, BotoCoreError) as error:
        check_error(error)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_requests_that_are_broken(protocol: str, log: StringIO) -> None:
    """As dictionaries, as objects, and once a handler has changed them."""
    service = lab(protocol)
    request = service.package.OPERATIONS["Describe"].request

    @examples()
    @given(st.integers(0, 1 << 32))
    def check(seed: int) -> None:
        random = Random(seed)  # noqa: S311 - Hypothesis has drawn the seed
        broken = break_value(random, _copy(service.parameters))
        if not isinstance(broken, dict):
            broken = {"Tree": broken}
        _refuse(lambda: from_boto3(request, broken))
        _refuse(lambda: from_wire(request, broken))
        arguments = _name_attributes(request, broken)
        _refuse(lambda: request(**arguments))
        _refuse(lambda: request(*arguments.values()))
        for made in _make_objects(random, request, service):
            check_hidden(repr(made))
            for use in (validate, to_wire, to_boto3):
                _refuse(partial(use, made))
            _send(service, made)
        _send(service, from_boto3(request, service.parameters), broken)
        check_hidden(log.getvalue())
        log.truncate(0)

    check()


def _name_attributes(request: Any, broken: dict[str, Any]) -> dict[str, Any]:
    from botosmith.runtime import schema

    members = schema.members(request)
    return {
        members[name].attribute if name in members else "other": value
        for name, value in broken.items()
    }


def _make_objects(random: Random, request: Any, service: Lab) -> Iterator[Any]:
    """An object in which a member, of it or of what it holds, has a wrong value."""
    made = from_boto3(request, service.parameters)
    places = list(_list_attributes(made))
    owner, attribute = random.choice(places)
    value = getattr(owner, attribute)
    setattr(
        owner,
        attribute,
        (
            random.choice(
                ([value], {"a": value}, {TEXT: value}, {NUMBER: value}, (value,))
            )
            if _is_secret(owner, attribute)
            else random.choice(([value], {"a": value}, to_boto3(made), made))
        ),
    )
    yield made


def _is_secret(owner: Any, attribute: str) -> bool:
    from botosmith.runtime import schema

    fields = schema.fields(owner.__class__)
    return next(one for one in fields if one.attribute == attribute).member.sensitive


def _list_attributes(value: Any) -> Iterator[tuple[Any, str]]:
    if isinstance(value, Structure):
        from botosmith.runtime import schema

        for field in schema.fields(type(value)):
            yield value, field.attribute
            yield from _list_attributes(getattr(value, field.attribute))
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _list_attributes(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _list_attributes(item)


def _refuse(use: Any) -> None:
    """Use something, and look at what is said against it."""
    try:
        use()
    except (BotosmithError, TypeError) as error:
        check_error(error)


def _send(service: Lab, made: Any, changed: dict[str, Any] | None = None) -> None:
    """Send a request with every client, or what a handler has made of it."""
    service.network.expect(Answer(b"", 204))

    def change(**_: Any) -> dict[str, Any] | None:
        return _copy(changed) if changed is not None else None

    for client in service.clients:
        client.meta.events.register("provide-client-params", change)
        try:
            client.send(made)
        except (BotosmithError, BotoCoreError) as error:
            check_error(error)
        finally:
            client.meta.events.unregister("provide-client-params", change)


def test_a_sensitive_message_is_masked() -> None:
    """In the error's text and in a waiter's; the attribute has it."""
    package = lab("json").package
    response = {"Error": {"Code": "Private", "Message": TEXT}, "message": TEXT}
    error = package.Private(response, "Describe")
    assert isinstance(error, ServiceError)
    waiter = WaiterError(
        *("Ready", "An error occurred"),
        state="failure",
        attempts=1,
        last_reply=error,
        last_response=response,
        seen={},
    )

    assert error.message == TEXT
    assert error.response == response
    assert "calling the Describe operation: ***" in str(error)
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    check_hidden(error, error.args, again, again.args, waiter, waiter.reasons)


def test_drafts_have_the_secrets() -> None:
    """Drafts that are sent hold them, or the tests above would show nothing."""
    for protocol in PROTOCOLS:
        reply = lab(protocol).replies["Describe"]
        sent = Draft.of(reply).render()
        assert any(one.encode() in sent for one in SHOWN[:2]), protocol
