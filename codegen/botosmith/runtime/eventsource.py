"""From the messages of a stream to events, and to the errors among them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import attrs
from botocore.eventstream import EventStreamMessage
from botocore.exceptions import EventStreamError
from botocore.parsers import EventStreamXMLParser
from botocore.utils import lowercase_dict

from botosmith.runtime import wire
from botosmith.runtime.codec import Codec, Unreadable
from botosmith.runtime.conversion import decode, explain, from_boto3, to_boto3, to_plain
from botosmith.runtime.errors import ReplyError, ServiceError, ValidationError
from botosmith.runtime.metadata import ResponseMetadata
from botosmith.runtime.write import is_map

if TYPE_CHECKING:
    from botosmith.runtime.structure import Response, Structure
    from botosmith.runtime.violation import Violation

_REFUSALS = frozenset({"error", "exception"})
_FIRST = "initial-response"

Payload = Mapping[str, Any]


@attrs.define
class Source:
    """A call whose reply is events.

    Attributes:
        operation_name: The operation that was called.
        response_metadata: The facts about the exchange.
        find_error: Finds the class of an error by its code.
    """

    operation_name: str
    response_metadata: ResponseMetadata
    find_error: Callable[[str], type[ServiceError]]

    def make_error(self, error: EventStreamError) -> ServiceError:
        """Make the service's own error for botocore's."""
        response: Any = error.response
        code: str = response.get("Error", {}).get("Code", "")
        return self._make(self._find_class(code), response)

    def _find_class(self, code: str) -> type[ServiceError]:
        # Events go by the names of members, which begin with a small letter.
        return self.find_error(f"{code[:1].upper()}{code[1:]}")

    def _make(self, kind: type[ServiceError], response: dict[str, Any]) -> ServiceError:
        cls: Any = kind
        made: ServiceError = _as_event(cls)(response, self.operation_name)
        return made

    def make_reply_error(self, problem: str, payload: bytes = b"") -> ReplyError:
        """Make the error for a message or an event that cannot be read."""
        return ReplyError(self.operation_name, problem, self.response_metadata, payload)


@attrs.define
class EventReader(Source):
    """Reads the events of one reply.

    Attributes:
        codec: Decodes their payloads; None for XML, which only botocore reads.
        reply: The class of the reply.
        event: The class of the events.
        shape: botocore's shape of the events, which says where their members are.
    """

    codec: Codec | None
    reply: type[Response]
    event: type[Structure]
    shape: Any

    def parse(self, message: EventStreamMessage) -> dict[str, Any]:
        """Read an event in botocore's form; empty for one that the model lacks."""
        event = self.read(message)
        return {} if event is None else to_boto3(event)

    def read(self, message: EventStreamMessage) -> Any:
        """Read an event; None for one that the model lacks, as botocore has it.

        Raises:
            ServiceError: The message is an error.
            ReplyError: The event is not what the model describes.
        """
        headers = _headers(message)
        if headers.get(":message-type") in _REFUSALS:
            raise self._refusal(message)
        name = headers.get(":event-type")
        if not isinstance(name, str):
            problem = "a message of the stream has no :event-type"
            raise self.make_reply_error(problem, message.payload)
        field = wire.members(self.event).get(name)
        shape = self.shape.members.get(name)
        if field is None or shape is None:
            return None
        try:
            if self.codec is None:
                return from_boto3(
                    self.event, self._parse_xml(message), unknown="ignore"
                )
            structure: Any = field.member.type
            document = self._document(shape, structure.structure, message, self.codec)
        except Unreadable as unreadable:
            problem = f"the event {field.attribute} {unreadable.how}"
            raise self.make_reply_error(problem, message.payload) from None
        except ValidationError as error:
            raise self._misfit(error.violations, message) from None
        return self._read_document({field.member.wire_name: document}, message)

    def _read_document(self, data: Payload, message: EventStreamMessage) -> Any:
        from botosmith.runtime.decoder import Decoder

        from_text = self.codec is not None and self.codec.from_text
        decoder = Decoder(from_wire=True, closed=False, from_text=from_text)
        event = decoder.structure(self.event, data, "")
        if decoder.violations:
            raise self._misfit(tuple(decoder.violations), message)
        return event

    def _misfit(
        self, violations: tuple[Violation, ...], message: EventStreamMessage
    ) -> ReplyError:
        problem = "; ".join(map(str, violations))
        return self.make_reply_error(problem, message.payload)

    def _document(
        self, shape: Any, event: type[Any], message: EventStreamMessage, codec: Codec
    ) -> dict[str, Any]:
        """Return an event's members by their names on the wire.

        They are in the message's headers, or are its payload, or are in the document
        that is its payload (`botocore.parsers.BaseEventStreamParser`).
        """
        found: dict[str, Any] = {}
        has_payload, has_document = False, False
        headers = _headers(message)
        for name, field in wire.members(event).items():
            member = shape.members.get(name)
            traits: Payload = {} if member is None else member.serialization
            type_, key = field.member.type, field.member.wire_name
            if traits.get("eventheader"):
                found[key] = _from_header(type_, headers.get(name))
            elif traits.get("eventpayload"):
                found[key] = _read_payload(type_, message.payload, codec)
                has_payload = True
            else:
                has_document = True
        if has_payload or not has_document:
            return found
        return found | _decode_object(message.payload, codec)

    def _parse_xml(self, message: EventStreamMessage) -> dict[str, Any]:
        try:
            parsed: dict[str, Any] = EventStreamXMLParser().parse(
                message.to_response_dict(), self.shape
            )
        except Exception as error:
            how = f"cannot be read: {type(error).__name__}: {error}"
            raise Unreadable(how) from error
        return parsed

    def check_first(self, message: EventStreamMessage | None) -> EventStreamMessage:
        """See that a stream's first message is the rest of the reply, and return it.

        Raises:
            ServiceError: It is an error instead.
            ReplyError: It is an event, or nothing, or cannot be read.
        """
        if message is None:
            problem = f"the stream of events ended before its {_FIRST}"
            raise self.make_reply_error(problem)
        headers = _headers(message)
        if headers.get(":message-type") in _REFUSALS:
            raise self._refusal(message)
        kind = headers.get(":event-type")
        if kind != _FIRST:
            problem = f"the stream of events begins with {kind!r}, not with {_FIRST}"
            raise self.make_reply_error(problem, message.payload)
        if self.codec is None:
            return message
        try:
            document = _decode_object(message.payload, self.codec)
        except Unreadable as unreadable:
            problem = f"the {_FIRST} {unreadable.how}"
            raise self.make_reply_error(problem, message.payload) from None
        found = explain(self.reply, document, from_text=self.codec.from_text)
        if found:
            raise self._misfit(found, message)
        # botocore cannot read a payload of CBOR that is empty.
        payload = message.payload or self.codec.empty
        return EventStreamMessage(
            message.prelude, message.headers, payload, message.crc
        )

    def _refusal(self, message: EventStreamMessage) -> ServiceError:
        """Make the service's own error for one that came in place of an event."""
        headers = _headers(message)
        code = _text(headers.get(":exception-type"))
        code = code or _text(headers.get(":error-code"))
        shape = self.shape.members.get(code)
        kind = self._find_class(code) if shape is None else self._find_modelled(shape)
        try:
            members, text = self._read_error(kind, shape, message.payload)
        except Exception:  # noqa: BLE001 - of an error, what can be read is enough
            members, text = {}, ""
        text = text or _text(headers.get(":error-message"))
        response = {
            "Error": {"Code": code, "Message": text},
            "ResponseMetadata": self.response_metadata.to_boto3(),
        }
        return self._make(kind, members | response)

    def _find_modelled(self, shape: Any) -> type[ServiceError]:
        code = shape.metadata.get("error", {}).get("code")
        return self.find_error(code or shape.name)

    def _read_error(
        self, kind: type[ServiceError], shape: Any, payload: bytes
    ) -> tuple[dict[str, Any], str]:
        """Return an error's members in botocore's form, and its text."""
        if self.codec is None:
            return _read_error_of_xml(shape, payload)
        document = _decode_object(payload, self.codec)
        from_text = self.codec.from_text
        members: dict[str, Any] = {}
        for field in kind._fields:
            given = document.get(field.member.wire_name)
            value = decode(
                field.member.type, given, from_wire=True, from_text=from_text
            )
            if value is not None:
                members[field.member.name] = to_plain(value)
        text = document.get("Message", document.get("message"))
        return members, "" if text is None else str(text)


def _read_error_of_xml(shape: Any, payload: bytes) -> tuple[dict[str, Any], str]:
    parser: Any = EventStreamXMLParser()
    root = parser._initial_body_parse(payload)
    members: dict[str, Any] = {} if shape is None else parser._parse_shape(shape, root)
    texts: dict[str, str] = {one.tag.rpartition("}")[2]: one.text or "" for one in root}
    return members, texts.get("Message", texts.get("message", ""))


def _headers(message: EventStreamMessage) -> Mapping[str, Any]:
    untyped: Any = message
    headers: Mapping[str, Any] = untyped.headers
    return headers


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _from_header(type_: wire.Type, value: Any) -> Any:
    """Return a header's value as a document would have it."""
    is_instant = isinstance(type_, wire.Timestamp) and type(value) is int
    # Headers have instants by the millisecond, documents by the second.
    return value / 1000 if is_instant else value


def _read_payload(type_: wire.Type, payload: bytes, codec: Codec) -> Any:
    match type_:
        case wire.Blob():
            return payload
        case wire.String() | wire.Enum():
            try:
                return payload.decode()
            except UnicodeDecodeError as error:
                how = f"is not UTF-8: {error.reason}"
                raise Unreadable(how) from None
        case _:
            return codec.decode(payload)


def _decode_object(payload: bytes, codec: Codec) -> dict[str, Any]:
    document = codec.decode(payload)
    if is_map(document):
        return document
    kind = "null" if document is None else type(document).__name__
    how = f"is a document, but {kind} and not an object"
    raise Unreadable(how)


def make_events(
    kind: Callable[..., Any],
    reply: type[Response],
    codec: Codec | None,
    find_error: Callable[[str], type[ServiceError]],
) -> Callable[[Mapping[str, Any], Any], Any]:
    """Return what stands in for a botocore parser's `_create_event_stream`.

    Args:
        kind: The class of the streams: `CheckedEvents`, or the one that is awaited.
        reply: The class of the reply.
        codec: Decodes the events' payloads; None for XML.
        find_error: Finds the class of an error by its code.
    """
    (event,) = (
        field.member.type.structure
        for field in wire.fields(reply)
        if isinstance(field.member.type, wire.Events)
    )

    def create(response: Mapping[str, Any], shape: Any) -> Any:
        reader = EventReader(
            response["context"]["operation_name"],
            _read_metadata(response),
            find_error,
            codec,
            reply,
            event,
            shape,
        )
        return kind(response, shape, reader)

    return create


def _read_metadata(response: Mapping[str, Any]) -> ResponseMetadata:
    """Return what is known of an exchange before botocore's parser has told it."""
    headers = lowercase_dict(response["headers"])
    return ResponseMetadata(
        request_id=headers.get("x-amzn-requestid", headers.get("x-amz-request-id")),
        status=response["status_code"],
        headers=headers,
    )


@cache
def _as_event(error: Any) -> Any:
    """Make a class of error that is botocore's for events too and pickles as itself."""

    def reduce(self: Any) -> Any:
        return error(self.response, self.operation_name).__reduce__()

    bases = (error, EventStreamError)
    return type(error.__name__, bases, {"__reduce__": reduce})
