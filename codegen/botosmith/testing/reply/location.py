"""The members of a reply that are in its body."""

from __future__ import annotations

from botocore.model import StructureShape

#: The other locations of a reply's members in the REST protocols
#: (`botocore.parsers.ResponseParser.KNOWN_LOCATIONS`).
_ELSEWHERE = frozenset({"header", "headers", "statusCode"})


def body_names(shape: StructureShape) -> list[str]:
    """The names of the members that are in a document."""
    return [
        name
        for name, member in shape.members.items()
        if member.serialization.get("location") not in _ELSEWHERE
    ]
