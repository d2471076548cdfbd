"""Sensitive values show nowhere: not in reprs, not in errors, not in logs."""

from __future__ import annotations

import copy
import logging
import pickle
import traceback
from pprint import pformat
from typing import Any

import pytest
from rich.pretty import pretty_repr

from botosmith.runtime import (
    ReplyError,
    ResponseMetadata,
    UnknownMember,
    ValidationError,
    from_boto3,
    from_wire,
    to_wire,
    validate,
)
from botosmith.runtime.protocol.codec import CborCodec, Unreadable
from botosmith.runtime.transport.patches.validation_report import describe_refusal

HIDDEN = "hunter2"


def _tag(parcels: Any) -> Any:
    return parcels.Tag(key="k", value=HIDDEN)


def test_reprs(parcels: Any) -> None:
    """Masked at any depth."""
    request = parcels.OpenLockerRequest(
        locker_id="a", code=HIDDEN, tags=[_tag(parcels)]
    )

    assert repr(request) == (
        "OpenLockerRequest(code=***, locker_id='a', tags=[Tag(key='k', value=***)])"
    )
    assert HIDDEN not in str(request)


WRONG: dict[str, Any] = {
    "too short": lambda _: {"code": HIDDEN[:3]},
    "wrong type": lambda _: {"code": [HIDDEN]},
    "misspelt": lambda _: {"cod": HIDDEN},
    "not spelt at all": lambda _: {"password": HIDDEN},
    "its name in the model": lambda _: {"Code": HIDDEN},
    "a dictionary for an object": lambda _: {"tags": [{"Key": "k", "Value": HIDDEN}]},
    "one object for a list": lambda parcels: {"tags": _tag(parcels)},
    "one dictionary for a list": lambda _: {"tags": {"Value": HIDDEN}},
    "too many": lambda _: {"tags": [{"Value": HIDDEN}] * 6},
    "text for a list": lambda _: {"tags": HIDDEN},
    "what holds a secret, elsewhere": lambda _: {"client_token": {"Code": HIDDEN}},
    "an object of it, elsewhere": lambda parcels: {"client_token": _tag(parcels)},
    "an object that only prints it": lambda _: {"code": _Loud()},
}


class _Loud:
    """A value whose text has the secret."""

    def __repr__(self) -> str:
        return HIDDEN


@pytest.mark.parametrize("make", WRONG.values(), ids=WRONG)
def test_violations(client: Any, parcels: Any, make: Any) -> None:
    """Neither the text of an error nor what it holds has the value."""
    with pytest.raises(ValidationError) as caught:
        client.open_locker(locker_id="a", **make(parcels))

    error = caught.value
    shown = f"{error} {error!r} {error.kwargs} {error.violations}"
    assert HIDDEN not in shown
    assert HIDDEN[:3] not in shown
    assert HIDDEN.encode() not in pickle.dumps(error)


def test_pickled_violations(parcels: Any) -> None:
    """An error that comes from another process reads the same."""
    with pytest.raises(ValidationError) as caught:
        to_wire(parcels.OpenLockerRequest(locker_id="a", code=[HIDDEN]))

    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own
    assert str(again) == str(caught.value)
    assert "code: *** is of type list" in str(again)


def test_positional_arguments(parcels: Any) -> None:
    """A value without a name may be anything, so it is not shown where that matters."""
    with pytest.raises(ValidationError) as caught:
        parcels.Tag("k", HIDDEN)

    assert "argument 2: *** is positional" in str(caught.value)


def test_values_of_harmless_classes_are_shown(parcels: Any) -> None:
    """Masking is for classes that have something to hide."""
    with pytest.raises(
        ValidationError, match="'oak' is not a member of CloseLockerRequest"
    ):
        parcels.CloseLockerRequest(locker_id="a", wood="oak")


def test_union_violations(parcels: Any) -> None:
    """A union that breaks its rule is not printed with what it holds."""
    content = parcels.Content(book="b", letter=_tag(parcels))

    with pytest.raises(ValidationError) as caught:
        validate(content)

    assert HIDDEN not in f"{caught.value} {caught.value.violations}"
    assert HIDDEN.encode() not in pickle.dumps(caught.value)


def test_a_function_without_its_client(parcels: Any) -> None:
    """The first argument may be anything, so only its type is told."""
    with pytest.raises(TypeError, match="got an object of type str") as caught:
        parcels.close_locker(HIDDEN, locker_id="a")

    assert HIDDEN not in str(caught.value)


#: Parameters as an event handler changes them, with botocore's words for it.
CHANGED: dict[str, tuple[dict[str, Any], str]] = {
    "wrong type": ({"Code": [HIDDEN]}, "for parameter Code, value: ***"),
    "too short": ({"Code": HIDDEN[:3]}, "for parameter Code, value: ***"),
    "several lines": (
        {"Code": [f"a\nInvalid {HIDDEN}"], "LockerId": 3},
        "for parameter LockerId, value: ***",
    ),
    "below": (
        {"Tags": [{"Key": "k", "Value": {HIDDEN: 1}}]},
        "for parameter Tags[0].Value, value: ***",
    ),
    "missing": ({"Tags": [{"Value": HIDDEN}]}, 'in Tags[0]: "Key"'),
    "unknown": ({"Cod": HIDDEN}, 'Unknown parameter in input: "Cod"'),
}


@pytest.mark.parametrize("name", CHANGED)
def test_refusals_of_botocore(parcels: Any, server: Any, name: str) -> None:
    """A parameter that botocore refuses after a hook is told without its value."""
    change, told = CHANGED[name]
    with parcels.Client(endpoint_url=server.url, serializer="botocore") as client:
        client.meta.events.register(
            "before-parameter-build", lambda params, **_: params.update(change)
        )
        with pytest.raises(ValidationError) as caught:
            client.open_locker(locker_id="a", code="secret")

    error = caught.value
    assert told in str(error)
    shown = f"{error} {error!r} {error.kwargs} {error.violations}"
    shown += "".join(traceback.format_exception(error))
    assert HIDDEN not in shown


def test_refusals_in_other_words(parcels: Any) -> None:
    """A report of a handler is shown, unless a sensitive member's value is in it."""
    request = parcels.OpenLockerRequest(locker_id="a", tags=[_tag(parcels)])
    harmless = parcels.CloseLockerRequest(locker_id="a")

    assert describe_refusal(request, "Invalid bucket name 'x y'") == (
        "Invalid bucket name 'x y'"
    )
    assert HIDDEN not in describe_refusal(request, f"Invalid metadata {HIDDEN!r}")
    assert HIDDEN in describe_refusal(harmless, f"Invalid metadata {HIDDEN!r}")


PLAIN: dict[str, Any] = {
    "wrong type": {"Code": [HIDDEN]},
    "text for a list": {"Tags": HIDDEN},
    "object for a list": {"Tags": {"Value": HIDDEN}},
    "text for an object": {"Tags": [HIDDEN]},
    "inside": {"Tags": [{"Key": 1, "Value": [HIDDEN]}]},
    "elsewhere": {"Tags": [{"Key": {"Value": HIDDEN}}]},
    "unknown": {"Cod": HIDDEN},
}


@pytest.mark.parametrize("reader", [from_boto3, from_wire])
@pytest.mark.parametrize("data", PLAIN.values(), ids=PLAIN)
def test_plain_values(parcels: Any, data: dict[str, Any], reader: Any) -> None:
    """Neither do dictionaries that cannot be read show what they hold."""
    structure = parcels.OpenLockerRequest
    with pytest.raises(ValidationError) as caught:
        reader(structure, {"LockerId": "a", **data})

    assert HIDDEN not in f"{caught.value} {caught.value.violations}"


@pytest.mark.parametrize(
    "body",
    [
        b'{"Code": "hunter2", "State": [1]}',
        b'{"Code": ["hunter2"]}',
        b'{"Code": "hunter2"',
        b' [{"Code": "hunter2"}]',
        b'\xef\xbb\xbf{"Code": "hunter2"}',
        b')]}\'\n{"Code": "hunter2"}',
        '{"Code": "hunter2"}'.encode("utf-16"),
        b'{"Tags": ["hunter2"]}',
        b'{"Tags": {"Value": "hunter2"}, "State": [1]}',
    ],
)
def test_replies(client: Any, server: Any, body: bytes) -> None:
    """An error about a reply shows no JSON; its `body` is there for who wants it."""
    server.answers = [(200, body)]

    with pytest.raises(ReplyError) as caught:
        client.open_locker(locker_id="a")

    error = caught.value
    assert HIDDEN not in f"{error} {error!r} {error.problem} {error.args}"
    assert HIDDEN not in "".join(traceback.format_exception(error))
    assert HIDDEN not in str(error.__context__)  # where a debugger would look
    assert error.body == body


BODIES = {
    "JSON": b'{"Code": "hunter2"',
    "XML": b"<Reply><Code>hunter2</Code>",
    "CBOR": b"\xbf\x64Code\x67hunter2",
    "a form": b"code=hunter2",
    "a page": b"<!doctype html><p>hunter2",
    "a page with a mark": b"\xef\xbb\xbf\n<html>hunter2",
    "text": b"hunter2",
    "bytes": b"\xff\x00hunter2",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("kind", ["text/html; charset=hunter2", "hunter2", None])
def test_bodies_are_measured_and_not_shown(body: bytes, kind: str | None) -> None:
    """A page, too: what a proxy says may repeat what it was asked."""
    headers = {} if kind is None else {"content-type": kind}
    metadata = ResponseMetadata(request_id="1", status=200, headers=headers)
    error = ReplyError("OpenLocker", "the reply is not JSON", metadata, body)

    media_type = " of text/html" if kind and "/" in kind else ""
    assert str(error) == (
        "OpenLocker: the reply is not JSON (HTTP status 200, request id 1, "
        f"body: {len(body)} bytes{media_type})"
    )
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    for shown in (error, again, copy.copy(error)):
        assert HIDDEN not in f"{shown} {shown!r} {shown.args}"
        assert shown.body == body


def test_cut_bodies_say_so() -> None:
    """An error keeps the first bytes only, and a stream has none."""
    metadata = ResponseMetadata(request_id="1", status=200, headers={})

    assert "body: 512 bytes or more)" in str(ReplyError("A", "b", metadata, b"x" * 999))
    assert str(ReplyError("A", "b", metadata, b"")).endswith("request id 1)")


def test_unread_cbor_shows_no_value() -> None:
    """Text that is not UTF-8 is not shown."""
    cut = b"\xa1\x64Code\x68hunter2\xff"

    for body, shown in ((cut, "xff"), (cut, HIDDEN)):
        with pytest.raises(Unreadable) as caught:
            CborCodec().decode(body)
        assert shown not in caught.value.how


def test_unknown_members_show_their_names() -> None:
    """A union's member that the model does not know may be sensitive."""
    unknown = UnknownMember("Scroll", {"Code": HIDDEN})

    assert repr(unknown) == "UnknownMember(name='Scroll')"
    assert HIDDEN not in pformat(unknown) + pretty_repr(unknown)
    assert unknown.value == {"Code": HIDDEN}
    assert copy.copy(unknown).value == unknown.value


def test_unknown_members_are_not_logged(
    direct: Any, parcels: Any, server: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """A reply's are read with what came with them, which no log of ours has."""
    server.answers = [(200, {"Crate": {"Content": {"Scroll": HIDDEN}}})]
    with caplog.at_level(logging.DEBUG, "botosmith"):
        reply = direct.describe_crate(crate=parcels.Crate())

    assert reply.crate.content.sdk_unknown_member.value == HIDDEN
    assert "UnknownMember(name='Scroll')" in caplog.text
    assert HIDDEN not in caplog.text


def test_logs(client: Any, server: Any, caplog: pytest.LogCaptureFixture) -> None:
    """Ours mask (`test_log.py` has more); botocore's own debug log is as for boto3."""
    server.answers = [(200, {"Code": HIDDEN})]
    with caplog.at_level(logging.DEBUG):
        client.open_locker(locker_id="a", code=HIDDEN)

    ours = [one for one in caplog.records if one.name.startswith("botosmith")]
    assert len(ours) == 2
    assert not [record for record in ours if HIDDEN in record.getMessage()]


def test_wire_documents_hold_the_values(parcels: Any) -> None:
    """Masking is for people; the service gets what was meant."""
    request = parcels.OpenLockerRequest(locker_id="a", code=HIDDEN)

    assert to_wire(request)["Code"] == HIDDEN


def test_a_client_shows_no_password_of_its_url(parcels: Any) -> None:
    """Its endpoint may have a user and a password in it."""
    url = f"https://me:{HIDDEN}@parcels.example/path@here"
    with parcels.Client(endpoint_url=url) as client:
        shown = repr(client)

    assert HIDDEN not in shown
    assert "at https://***@parcels.example/path@here>" in shown
