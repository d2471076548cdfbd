"""From the messages of a stream to events, and to the errors among them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

import attrs
from botocore.eventstream import EventStreamMessage
from botocore.exceptions import EventStreamError
from botocore.parsers import EventStreamXMLParser
from botocore.utils import lowercase_dict

from botosmith.runtime import schema
from botosmith.runtime.errors import ReplyError, ServiceError
from botosmith.runtime.objects.metadata import ResponseMetadata
from botosmith.runtime.objects.structure import Structure
from botosmith.runtime.protocol.codec import Codec, Unreadable, decode_object
from botosmith.runtime.serde.convert import (
    read_document,
    read_members,
    read_parsed,
    to_boto3,
    to_plain,
)
from botosmith.runtime.serde.literal_text import without_literals
from botosmith.runtime.serde.mismatch import (
    OnMismatch,
    describe_mismatches,
    take_partial,
)

if TYPE_CHECKING:
    from botosmith.runtime.objects.structure import Response
    from botosmith.runtime.transport.service import Service
    from botosmith.runtime.violation import Violation

S = TypeVar("S", bound=Structure)

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
        on_mismatch: What becomes of an event with values that cannot be read.
    """

    operation_name: str
    response_metadata: ResponseMetadata
    find_error: Callable[[str], type[ServiceError]]
    on_mismatch: OnMismatch

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

    def settle(
        self, partial: S, mismatches: tuple[Violation, ...], payload: bytes = b""
    ) -> S:
        """Give an event of which values could not be read, where the client wants it.

        Raises:
            ReplyError: It does not.
        """
        problem = describe_mismatches(mismatches)
        error = self.make_reply_error(problem, payload)
        error.partial, error.mismatches = partial, mismatches
        return take_partial(error, partial, self.on_mismatch)


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
        field = schema.members(self.event).get(name)
        shape = self.shape.members.get(name)
        if field is None or shape is None:
            return None
        try:
            if self.codec is None:
                parsed = self._parse_xml(message)
                event, mismatches = read_parsed(self.event, parsed)
            else:
                event, mismatches = self._read_event(field, shape, message, self.codec)
        except Unreadable as unreadable:
            problem = f"the event {field.attribute} {unreadable.how}"
            raise self.make_reply_error(problem, message.payload) from None
        if mismatches:
            event = self.settle(event, mismatches, message.payload)
        return event

    def _read_event(
        self, field: schema.Field, shape: Any, message: EventStreamMessage, codec: Codec
    ) -> tuple[Structure, tuple[Violation, ...]]:
        type_: Any = field.member.type
        parts = shape, type_.structure, message
        name = field.member.wire_name
        with suppress(TypeError, RecursionError):
            document = self._document(*parts, codec.decode)
            return self.event._from_wire({name: document}), ()
        # As for a whole reply: with numbers as they are written.
        document = self._document(*parts, codec.decode_literally)
        return _read_again(self.event, {name: document}, codec)

    def _document(
        self,
        shape: Any,
        event: type[Any],
        message: EventStreamMessage,
        decode: Callable[[bytes], Any],
    ) -> dict[str, Any]:
        """Return an event's members by their names on the wire.

        They are in the message's headers, or are its payload, or are in the document
        that is its payload (`botocore.parsers.BaseEventStreamParser`).
        """
        found: dict[str, Any] = {}
        has_payload, has_document = False, False
        headers = _headers(message)
        for name, field in schema.members(event).items():
            member = shape.members.get(name)
            traits: Payload = {} if member is None else member.serialization
            type_, key = field.member.type, field.member.wire_name
            if traits.get("eventheader"):
                found[key] = _from_header(type_, headers.get(name))
            elif traits.get("eventpayload"):
                found[key] = _read_payload(type_, message.payload, decode)
                has_payload = True
            else:
                has_document = True
        if has_payload or not has_document:
            return found
        return found | decode_object(decode, message.payload, event)

    def _parse_xml(self, message: EventStreamMessage) -> dict[str, Any]:
        from botosmith.runtime.transport.patches.lenient_parser import (
            refuse_other_booleans,
            tolerating,
        )

        parser: Any = EventStreamXMLParser()
        refuse_other_booleans(parser)
        try:
            with tolerating(parser, self.shape):
                parsed: dict[str, Any] = parser.parse(
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
            payload = self._check_document(message.payload, self.codec)
        except Unreadable as unreadable:
            problem = f"the {_FIRST} {unreadable.how}"
            raise self.make_reply_error(problem, message.payload) from None
        return EventStreamMessage(
            message.prelude, message.headers, payload, message.crc
        )

    def _check_document(self, payload: bytes, codec: Codec) -> bytes:
        """See that a document can be read as a reply, and return what botocore reads.

        Raises:
            Unreadable: It cannot.
            ReplyError: Some of its values cannot.
        """
        document = decode_object(codec.decode_literally, payload, self.reply)
        made, mismatches = _read_again(self.reply, document, codec)
        if mismatches:
            self.settle(made, mismatches, payload)
            # The client reads past them, on which botocore may trip.
            wrong = {one.path.partition(".")[0].partition("[")[0] for one in mismatches}
            kept = decode_object(codec.decode, payload)
            for field in schema.fields(self.reply):
                if field.attribute in wrong:
                    kept.pop(field.member.wire_name, None)
            return codec.encode(kept)
        # botocore cannot read a payload of CBOR that is empty.
        return payload if document else codec.empty

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
        document = decode_object(self.codec.decode_literally, payload)
        values = read_members(
            kind._fields,
            document,
            from_text=self.codec.from_text,
            by_name=self.codec.reads_by_name,
        )
        members = {
            name: to_plain(value) for name, value in values.items() if value is not None
        }
        text = without_literals(document.get("Message", document.get("message")))
        return members, "" if text is None else str(text)


def _read_error_of_xml(shape: Any, payload: bytes) -> tuple[dict[str, Any], str]:
    from botosmith.runtime.transport.patches.lenient_parser import tolerating

    parser: Any = EventStreamXMLParser()
    root = parser._initial_body_parse(payload)
    members: dict[str, Any] = {}
    if shape is not None:
        with tolerating(parser, shape):
            members = parser._parse_shape(shape, root)
    texts: dict[str, str] = {one.tag.rpartition("}")[2]: one.text or "" for one in root}
    return members, texts.get("Message", texts.get("message", ""))


def _headers(message: EventStreamMessage) -> Mapping[str, Any]:
    untyped: Any = message
    headers: Mapping[str, Any] = untyped.headers
    return headers


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _from_header(type_: schema.Type, value: Any) -> Any:
    """Return a header's value as a document would have it."""
    is_instant = isinstance(type_, schema.Timestamp) and type(value) is int
    # Headers have instants by the millisecond, documents by the second.
    return value / 1000 if is_instant else value


def _read_payload(
    type_: schema.Type, payload: bytes, decode: Callable[[bytes], Any]
) -> Any:
    match type_:
        case schema.Blob():
            return payload
        case schema.String() | schema.Enum():
            try:
                return payload.decode()
            except UnicodeDecodeError as error:
                how = f"is not UTF-8: {error.reason}"
                raise Unreadable(how) from None
        case _:
            return decode(payload)


def _read_again(
    structure: type[S], document: Payload, codec: Codec
) -> tuple[S, tuple[Violation, ...]]:
    return read_document(
        structure,
        document,
        from_text=codec.from_text,
        by_name=codec.reads_by_name,
    )


def make_events(
    kind: Callable[..., Any],
    reply: type[Response],
    codec: Codec | None,
    service: Service,
) -> Callable[[Mapping[str, Any], Any], Any]:
    """Return what stands in for a botocore parser's `_create_event_stream`.

    Args:
        kind: The class of the streams: `CheckedEvents`, or the one that is awaited.
        reply: The class of the reply.
        codec: Decodes the events' payloads; None for XML.
        service: The service that is called.
    """
    (event,) = (
        field.member.type.structure
        for field in schema.fields(reply)
        if isinstance(field.member.type, schema.Events)
    )

    def create(response: Mapping[str, Any], shape: Any) -> Any:
        reader = EventReader(
            response["context"]["operation_name"],
            _read_metadata(response),
            service.errors.from_code,
            service.on_mismatch,
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
