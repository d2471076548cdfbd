"""Locations of values, as far as they say what a value may be."""

from __future__ import annotations

import re
import string
from collections.abc import Callable
from functools import cache

from attrs import frozen
from botocore.model import Shape
from hypothesis.strategies import SearchStrategy

from botosmith.testing.strategies.match import texts
from botosmith.testing.strategies.text import enum_values, strings

#: A stand-in for a character that may not be in some location.
_SPARE = "a"

#: Characters that XML 1.0 cannot write, and the one that it reads as another.
_NOT_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

#: Characters that a header may not hold, white space at its ends included.
_NOT_HEADER = re.compile(r"[^\x20-\x7e]|^ | $")

#: Text that would be read as two items of a header, or as part of none.
_NOT_HEADER_ITEM = re.compile(r"[^\x21-\x7e]|,")

_NOT_HEADER_NAME = re.compile(r"[^a-z0-9-]")

_LABEL = tuple(string.ascii_letters + string.digits)
_LONGEST_LABEL = 63


@frozen(eq=False)
class Location:
    """A part of a request or reply.

    Attributes:
        allow: Makes any text one that the place allows, of the same length.
        least: How many characters or items it must have at the least.
        timestamp: How timestamps are written where the model says nothing.
    """

    allow: Callable[[str], str] = str
    least: int = 0
    timestamp: str = "unixtimestamp"

    def strings(
        self, least: int, most: int | None, pattern: str | None
    ) -> SearchStrategy[str]:
        """Strings of a length, and where the place lets them of a pattern."""
        return _strings(self, least, most, pattern)

    def enum_values(
        self, values: tuple[str, ...], least: int, most: int | None
    ) -> SearchStrategy[str]:
        """Values of an enum, and a third of the time one from the future."""
        return _enum_values(self, values, least, most)


@cache
def _strings(
    place: Location, least: int, most: int | None, pattern: str | None
) -> SearchStrategy[str]:
    if place is HOST:
        longest = min(_LONGEST_LABEL, max(least, 12), most or _LONGEST_LABEL)
        return texts(_LABEL, max(least, 1), longest)
    drawn = strings(max(least, place.least), most, pattern)
    return drawn if place.allow is str else drawn.map(place.allow)


@cache
def _enum_values(
    place: Location, values: tuple[str, ...], least: int, most: int | None
) -> SearchStrategy[str]:
    drawn = enum_values(values, max(least, place.least), most)
    return drawn if place.allow is str else drawn.map(place.allow)


def _without(refused: re.Pattern[str]) -> Callable[[str], str]:
    return lambda text: refused.sub(_SPARE, text)


#: A JSON or CBOR document.
DOCUMENT = Location()

#: The body of a request in any protocol: what botocore takes is the same for all.
BODY = Location()

XML = Location(_without(_NOT_XML), timestamp="iso8601")

URI = Location(least=1)

QUERY = Location(timestamp="iso8601")

HEADER = Location(_without(_NOT_HEADER), timestamp="rfc822")

#: One of the items that a header is a list of.
HEADER_ITEM = Location(_without(_NOT_HEADER_ITEM), least=1, timestamp="rfc822")

#: The rest of headers' names behind a common start; they do not know case.
HEADER_NAME = Location(lambda text: _NOT_HEADER_NAME.sub(_SPARE, text.lower()), least=1)

#: A part of the host's name.
HOST = Location(least=1)

_LOCATIONS = {
    "uri": URI,
    "querystring": QUERY,
    "header": HEADER,
    "headers": HEADER,
}


def find_location(member: Shape) -> Location:
    """Return the location of a request's member."""
    traits = member.serialization
    if traits.get("hostLabel"):
        return HOST
    return _LOCATIONS.get(traits.get("location", ""), BODY)
