"""The forms of a value: a caller's parameters, a document, what a parser gives."""

from __future__ import annotations

from typing import Any, Protocol

from botocore.model import ListShape, MapShape, Shape, StructureShape

from botosmith.testing.service import find_stream
from botosmith.testing.strategies.context import find_values
from botosmith.testing.strategies.location import (
    BODY,
    DOCUMENT,
    HEADER,
    XML,
    Location,
    find_location,
)
from botosmith.testing.wire import wire_name, write_scalar

#: The protocols whose bodies are XML.
_XML_PROTOCOLS = frozenset({"ec2", "query", "rest-xml"})

_REST_PROTOCOLS = frozenset({"rest-json", "rest-xml"})


#: Statuses of replies that are not errors.
SUCCESSES = (200, 201, 202, 204, 206, 299)


class Representation(Protocol):
    """The parts in which representations differ, drawn and written.

    Attributes:
        place: Where the whole travels.
        knows_all: Whether a union holds only what the model knows.
        is_reply: Whether it comes from a service: streams of events are drawn, and of
            several members with one name on the wire only the first.
    """

    place: Location
    knows_all: bool
    is_reply: bool

    def key(self, name: str, member: Shape) -> str:
        """The key of a member."""
        ...

    def scalar(self, value: Any, shape: Shape) -> Any:
        """A value of a shape that holds no others."""
        ...

    def unknown(self, name: str, value: Any) -> dict[str, Any]:
        """A union in which a member is set that the model does not know."""
        ...

    def find_location(self, member: Shape) -> Location:
        """Return the location of a member of the whole."""
        ...

    def find_always(self, shape: StructureShape) -> frozenset[str]:
        """The members that the whole always has."""
        ...

    def find_values(self, name: str, member: Shape) -> tuple[Any, ...] | None:
        """All that a member of the whole may be; None where its shape says so."""
        ...

    def least(self, shape: ListShape | MapShape, place: Location) -> int:
        """The least number of items or entries, whatever the model says."""
        ...


class ParameterForm:
    """The parameters that a caller of botocore gives.

    Args:
        without_tokens: Whether required idempotency tokens may be left out.
    """

    place = BODY
    knows_all = True
    is_reply = False

    def __init__(self, *, without_tokens: bool) -> None:
        self._without_tokens = without_tokens

    def key(self, name: str, member: Shape) -> str:
        """The member's name."""
        return name

    def scalar(self, value: Any, shape: Shape) -> Any:
        """The value itself."""
        return value

    def unknown(self, name: str, value: Any) -> dict[str, Any]:
        """botocore takes none."""
        raise NotImplementedError

    def find_location(self, member: Shape) -> Location:
        """Return its location in a request."""
        return find_location(member)

    def find_always(self, shape: StructureShape) -> frozenset[str]:
        """Return the required members; labels of the path always are."""
        return frozenset(
            name
            for name, member in shape.members.items()
            if member.serialization.get("location") == "uri"
            or (name in shape.required_members and not self._is_filled_in(member))
        )

    def _is_filled_in(self, member: Shape) -> bool:
        return self._without_tokens and bool(member.metadata.get("idempotencyToken"))

    def find_values(self, name: str, member: Shape) -> tuple[str, ...] | None:
        """Draw a value that the service's endpoint rules take."""
        return find_values(name, member)

    def least(self, shape: ListShape | MapShape, place: Location) -> int:
        """None in particular."""
        return 0


class DocumentForm:
    """The documents that the JSON protocols send."""

    place = DOCUMENT
    knows_all = False
    is_reply = False

    def key(self, name: str, member: Shape) -> str:
        """The member's wire name."""
        return wire_name(name, member)

    def scalar(self, value: Any, shape: Shape) -> Any:
        """The value as JSON has it."""
        return write_scalar(value, shape)

    def unknown(self, name: str, value: Any) -> dict[str, Any]:
        """The member as any other."""
        return {name: value}

    def find_location(self, member: Shape) -> Location:
        """In the document, as all else."""
        return DOCUMENT

    def find_always(self, shape: StructureShape) -> frozenset[str]:
        """Return the required members."""
        return frozenset(shape.required_members)

    def find_values(self, name: str, member: Shape) -> None:
        """Anything that its shape allows."""

    def least(self, shape: ListShape | MapShape, place: Location) -> int:
        """None in particular."""
        return 0


class OutputForm:
    """The result of botocore's parser for a reply of some protocol.

    It leaves out what is required as well as anything else: services do.

    Args:
        protocol: botocore's name of the protocol.
        full: Whether nothing is left out.
    """

    is_reply = True

    def __init__(self, protocol: str, *, full: bool) -> None:
        self.protocol = protocol
        self._full = full
        self.place = XML if protocol in _XML_PROTOCOLS else DOCUMENT
        # There botocore does not tell such a member from none at all.
        self.knows_all = protocol == "smithy-rpc-v2-cbor"

    def key(self, name: str, member: Shape) -> str:
        """The member's name."""
        return name

    def scalar(self, value: Any, shape: Shape) -> Any:
        """The value itself."""
        return value

    def unknown(self, name: str, value: Any) -> dict[str, Any]:
        """botocore's word for such a member, and its name."""
        return {"SDK_UNKNOWN_MEMBER": {"name": name}}

    def find_location(self, member: Shape) -> Location:
        """Return its location in a reply."""
        location = member.serialization.get("location", "")
        in_header = self._is_rest and location in {"header", "headers"}
        return HEADER if in_header else self.place

    @property
    def _is_rest(self) -> bool:
        return self.protocol in _REST_PROTOCOLS

    def find_always(self, shape: StructureShape) -> frozenset[str]:
        """Return the parts of any reply: its status, its body, all its headers."""
        found = {find_stream(shape)}
        if self._is_rest:
            found.add(shape.serialization.get("payload"))
            found |= {
                name
                for name, member in shape.members.items()
                if member.serialization.get("location") in {"headers", "statusCode"}
            }
        return frozenset(name for name in found if name)

    def find_values(
        self,
        name: str,
        member: Shape,
    ) -> tuple[Any, ...] | None:
        """A status is one of success."""
        if member.name == "EncodingType" and not self._full:
            # S3's keys are decoded by it, and then none may be missing.
            return ()
        is_status = member.serialization.get("location") == "statusCode"
        return SUCCESSES if is_status and self._is_rest else None

    def least(self, shape: ListShape | MapShape, place: Location) -> int:
        """Return one where an empty value cannot be told from a missing one."""
        is_flat = place is XML and shape.serialization.get("flattened")
        is_header = place is HEADER and isinstance(shape, ListShape)
        return 1 if is_flat or is_header else 0
