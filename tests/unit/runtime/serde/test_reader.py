"""Readers that msgspec fills structs for: the same objects as wire code makes, or none.

tests/contract/equivalence has every reply of SageMaker read so,
tests/contract/services those of others.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.support.readers import Readers
from tests.unit.runtime.objects.test_core_property import DOCUMENTS

from botosmith import sagemaker_geospatial
from botosmith.runtime import Response
from botosmith.runtime.protocol.codec import JsonCodec
from botosmith.runtime.protocol.msgspec_codec.reader import ReaderMaker
from botosmith.runtime.protocol.msgspec_codec.replies import WORTHWHILE, Replies

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
    """Return what wire code makes of a body; None where it refuses it."""
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


FLOATS: list[Any] = [3, 2**53 + 1, 10**400, 0.5, -0.0, True, None, "0.5", "x", []]


@pytest.mark.parametrize("number", FLOATS, ids=lambda number: str(number)[:20])
def test_numbers_that_may_be_text(number: Any) -> None:
    """Wire code of rest-json makes floats of all of them."""
    reply = sagemaker_geospatial.GetEarthObservationJobOutput
    resolution = {"UserDefined": {"Unit": "METERS", "Value": number}}
    config = {"ResamplingConfig": {"OutputResolution": resolution}}
    body = json.dumps({"JobConfig": config}).encode()
    by_wire_code = read_by_wire_code(reply, body)
    made = Readers(from_text=True).read(reply, body)
    assert made is None or repr(made) == repr(by_wire_code)
    assert made is not None or type(number) not in {int, float} or number == 10**400


@pytest.mark.parametrize("rest", [b'"\xff"', b'"\xed\xa0\x80"', b'"\n"', b"01", b"nul"])
def test_what_is_no_json_is_not_read(parcels: Any, rest: bytes) -> None:
    """Even in members that the model does not know, which msgspec passes over."""
    reply, readers = parcels.DescribeCrateResponse, Readers()
    body = b'{"State": "free", "Later": %s}'
    assert readers.read(reply, body % rest) is None
    assert readers.read(reply, body % b'"x"') == reply._from_wire({"State": "free"})


def test_a_reader_is_made_when_it_is_worth_while(parcels: Any) -> None:
    """For an operation that has replied with a megabyte, and for no other."""
    replies, reply = Replies(from_text=False), parcels.DescribeCrateResponse
    body = json.dumps({"Crate": CRATE, "Pad": "x" * 100_000}).encode()
    vain = 0
    while (made := replies.read(reply, body)) is None:
        vain += 1
    assert vain == WORTHWHILE // len(body)
    assert made == read_by_wire_code(reply, body)
    assert replies.read(parcels.OpenLockerResponse, b"{}") is None


def test_wire_code_reads_what_a_reader_refuses_by_its_types(parcels: Any) -> None:
    """And all that follows, since the service will go on so; not for a broken body."""
    replies = Replies(from_text=False, worthwhile=0)
    reply = parcels.DescribeCrateResponse
    assert replies.read(reply, b'{"Crate": {"Weight": 1') is None
    assert replies.read(reply, b'{"Crate": {"Weight": 1}}') is not None
    assert replies.read(reply, b'{"Crate": {"Weight": "NaN"}}') is None
    assert replies.read(reply, b'{"Crate": {"Weight": 1}}') is None


def test_without_a_reader_wire_code_reads(
    parcels: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever went wrong with the making, it is not tried again."""
    tried: list[Any] = []

    def fail(_: Any, reply: Any) -> None:
        tried.append(reply)
        raise ValueError

    monkeypatch.setattr(ReaderMaker, "make", fail)
    replies = Replies(from_text=False, worthwhile=0)
    for _ in range(2):
        assert replies.read(parcels.DescribeCrateResponse, b"{}") is None
    assert tried == [parcels.DescribeCrateResponse]


def test_while_a_reader_is_made_wire_code_reads(
    parcels: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A call does not wait for it, nor for a thread that a fork has left behind."""
    replies = Replies(from_text=False, worthwhile=0)
    asked: list[Any] = []

    def ask(_: Any, reply: Any) -> None:
        asked.append(replies.read(reply, b"{}"))

    monkeypatch.setattr(ReaderMaker, "make", ask)
    assert replies.read(parcels.DescribeCrateResponse, b"{}") is None
    assert asked == [None]
