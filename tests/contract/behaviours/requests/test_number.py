"""Numbers and instants of requests that nothing can write: told by their members."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Any

import pytest
from tests.contract.behaviours.document import PROTOCOLS, encode_document
from tests.contract.behaviours.network import Answer
from tests.contract.behaviours.service import write_model
from tests.contract.behaviours.trio import Trio, share_trios

from botosmith.runtime import ValidationError, to_wire, validate

LEAVES = {
    "Whole": "integer",
    "Long": "long",
    "Real": "double",
    "Single": "float",
    "Moment": "timestamp",
}


class NoOffset(tzinfo):
    """A time zone that does not say what it is."""

    def utcoffset(self, _: datetime | None) -> timedelta | None:
        """Say nothing."""
        return None

    def tzname(self, _: datetime | None) -> str | None:
        """Say nothing."""
        return None

    def dst(self, _: datetime | None) -> timedelta | None:
        """Say nothing."""
        return None


class Broken(NoOffset):
    """A time zone whose code fails."""

    def utcoffset(self, _: datetime | None) -> timedelta | None:
        """Fail."""
        raise RuntimeError


VALUES: list[tuple[str, Any, str]] = [
    ("Whole", 10**5000, "is a whole number beyond 4,300 digits"),
    ("Long", -(10**5000), "is a whole number beyond 4,300 digits"),
    ("Real", 10**309, "is a whole number beyond the largest float"),
    ("Real", -(10**5000), "is a whole number beyond the largest float"),
    ("Single", 10**5000, "is a whole number beyond the largest float"),
    ("Real", Decimal("sNaN"), "has no place on the wire"),
    ("Moment", datetime(2020, 1, 1, tzinfo=NoOffset()), "has a time zone without an"),
    ("Moment", datetime(2020, 1, 1, tzinfo=Broken()), "has a time zone without an"),
]


def _make_model(protocol: str) -> Any:
    members: dict[str, Any] = {name: {"shape": name} for name in LEAVES}
    uri = "/"
    if protocol.startswith("rest"):
        uri = "/x"
        members |= {
            f"{location}{name}": {
                "shape": name,
                "location": location,
                "locationName": f"{location[0]}-{name.lower()}",
            }
            for location in ("header", "querystring")
            for name in LEAVES
        }
    shapes: dict[str, Any] = {name: {"type": kind} for name, kind in LEAVES.items()}
    shapes["Sent"] = {"type": "structure", "members": members}
    tell = {
        "http": {"method": "POST", "requestUri": uri},
        "input": {"shape": "Sent", "locationName": "Sent"},
    }
    return write_model(protocol, {"Tell": tell}, shapes)


@pytest.fixture(scope="module")
def find() -> Iterator[Callable[..., Trio]]:
    """Clients of a service of a protocol, which the tests share."""
    with share_trios(_make_model) as find:
        yield find


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("case", range(len(VALUES)))
def test_values_beyond(
    find: Callable[..., Trio], protocol: str, serializer: str, case: int
) -> None:
    """A violation at each place that has such a value, and nothing is sent."""
    name, value, rule = VALUES[case]
    trio = find(protocol)
    attributes = {field for field in _attributes(trio) if field.endswith(name.lower())}
    network = trio.networks[1 + [*trio.ours].index(serializer)]
    network.expect(Answer(encode_document(protocol, "Tell", {})))

    with pytest.raises(ValidationError) as caught:
        trio.ours[serializer].tell(**dict.fromkeys(attributes, value))

    assert {found.path for found in caught.value.violations} == attributes
    assert str(caught.value).count(rule) == len(attributes)
    assert network.sent == []


def _attributes(trio: Trio) -> list[str]:
    return [*trio.package.OPERATIONS["Tell"].request._attribute_names()]


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_values_at_the_bounds(find: Callable[..., Trio], protocol: str) -> None:
    """The largest that can be written are."""
    trio = find(protocol)
    answer = Answer(encode_document(protocol, "Tell", {}))
    whole = 2**63 - 1 if "cbor" in protocol else 10**4300 - 1

    trio.call("Tell", {"Whole": whole, "Real": 10**308}, answer)


def test_a_value_that_cannot_be_shown(find: Callable[..., Trio]) -> None:
    """An error about an int that Python does not write can be printed."""
    request = find("json").package.OPERATIONS["Tell"].request(moment=10**5000)

    for check in (validate, to_wire):
        with pytest.raises(ValidationError) as caught:
            check(request)
        assert "moment: <int> is of type int, not datetime" in str(caught.value)
