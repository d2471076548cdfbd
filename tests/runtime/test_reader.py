"""Readers that msgspec fills structs for: the same objects as wire code makes, or none.

tests/equivalence has every reply of SageMaker read so, tests/services those of others.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.readers import Readers
from tests.runtime.test_core_property import DOCUMENTS

from botosmith.runtime import Response
from botosmith.runtime.codec import JsonCodec
from botosmith.runtime.speed import Replies
from botosmith.runtime.speed.replies import WORTHWHILE

CRATE = {
    "Name": "glass",
    "Crates": [{"Name": "inner"}],
    "Inner": {"Counts": {"a": 1.0}, "Fragile": True},
    "Weight": 1.5,
    "Photo": "aGk=",
    "packed-at": 1767225600.0078125,
    "Content": {"Book": "Emma"},
}


def read_by_wire_code(reply: type[Response], body: bytes) -> Response | None:
    """What wire code makes of a body; None where it refuses it."""
    try:
        return reply._from_wire(JsonCodec().decode(body))
    except Exception:  # noqa: BLE001 - in whatever way
        return None


def test_nothing_is_read_otherwise(parcels: Any) -> None:
    """Whatever a document holds: an object like the one of wire code, or none.

    Compared as text, too, since that tells 1 from 1.0 and True.
    """
    reply, readers = parcels.DescribeCrateResponse, Readers()
    outcomes: set[bool] = set()

    @settings(
        max_examples=settings().max_examples * 5,
        suppress_health_check=[HealthCheck.too_slow],
        deadline=None,
    )
    @given(st.fixed_dictionaries({}, optional={"Crate": DOCUMENTS}) | DOCUMENTS)
    @example({"Crate": CRATE})
    @example({"Crate": {"packed-at": 1e300}})
    @example({"Crate": {"packed-at": "2020-01-01T00:00:00Z"}})
    @example({"Crate": {"Counts": {"a": 1e25}}})
    @example({"Crate": {"Counts": {"a": True}}})
    @example({"Crate": {"Weight": 10**400}})
    @example({"Crate": {"Weight": True}})
    @example({"Crate": {"Crates": [None, {}]}})
    @example({"OpenedAt": None, "State": "newer", "Later": [{}]})
    def hold(document: Any) -> None:
        body = json.dumps(document).encode()
        made = readers.read(reply, body)
        outcomes.add(made is None)
        if made is not None:
            by_wire_code = read_by_wire_code(reply, body)
            assert made == by_wire_code
            assert repr(made) == repr(by_wire_code)

    hold()
    assert outcomes == {True, False}


@pytest.mark.parametrize(
    "rest",
    [
        b'"\xff"',
        b'"\xed\xa0\x80"',
        b"01",
        b"1.",
        b"[1,]",
        b'"\n"',
        b'"\\x"',
        b"nul",
        b"",
    ],
)
def test_what_is_no_json_is_not_read(parcels: Any, rest: bytes) -> None:
    """Even in members that the model does not know, which msgspec passes over."""
    body = b'{"State": "free", "Later": ' + rest + b"}"
    assert Readers().read(parcels.DescribeCrateResponse, body) is None


def test_a_reader_is_made_when_it_is_worth_while(parcels: Any) -> None:
    """For an operation that has replied with a megabyte, and for no other."""
    replies, body = (
        Replies(),
        json.dumps({"Crate": CRATE, "Pad": "x" * 100_000}).encode(),
    )
    reply = parcels.DescribeCrateResponse
    vain = 0
    while (made := replies.read(reply, body)) is None:
        vain += 1
    assert vain == WORTHWHILE // len(body)
    assert made == read_by_wire_code(reply, body)
    assert replies.read(parcels.OpenLockerResponse, b"{}") is None


def test_wire_code_reads_what_a_reader_refuses_by_its_types(parcels: Any) -> None:
    """And all that follows, since the service will go on so; not for a broken body."""
    replies, reply = Replies(worthwhile=0), parcels.DescribeCrateResponse
    assert replies.read(reply, b'{"Crate": {"Weight": 1') is None
    assert replies.read(reply, b'{"Crate": {"Weight": 1}}') is not None
    assert replies.read(reply, b'{"Crate": {"Weight": "NaN"}}') is None
    assert replies.read(reply, b'{"Crate": {"Weight": 1}}') is None
