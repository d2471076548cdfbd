"""Readers of replies that take the place of botocore's parser in a client.

botocore's own parser does what concerns the exchange: the facts about it, and errors.
Around it, these see to it that whatever a server may send ends in an object or in a
typed error: `ReplyError` for a success that cannot be read, and for an error that
cannot be read the same dictionary that botocore gives for one without a body.
"""

from __future__ import annotations

import http.client
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from types import NoneType
from typing import Any, TypeVar

from botocore.exceptions import ResponseStreamingError
from botocore.model import StructureShape
from botocore.parsers import DEFAULT_TIMESTAMP_PARSER, JSONParser, ResponseParser
from botocore.utils import lowercase_dict

from botosmith.runtime import schema
from botosmith.runtime.errors import CutReplyError, ReplyError, ServiceError
from botosmith.runtime.objects.metadata import METADATA_KEY, Parsed, ResponseMetadata
from botosmith.runtime.objects.structure import Response, Structure
from botosmith.runtime.protocol.codec import CODECS, Codec, Unreadable, decode_object
from botosmith.runtime.protocol.lazy_dict import ERROR_KEY, LazyReply
from botosmith.runtime.protocol.outer_level import keep_first_level
from botosmith.runtime.protocol.response_headers import (
    find_mismatch,
    read_located,
    select_located,
)
from botosmith.runtime.protocol.truncation import NO_BODY, requires_document
from botosmith.runtime.serde.convert import (
    name_payload,
    read_document,
    read_members,
    to_boto3,
    to_plain,
)
from botosmith.runtime.serde.depth import with_stack
from botosmith.runtime.serde.mismatch import describe_mismatches, take_partial
from botosmith.runtime.serde.readers import Mismatch, timestamp
from botosmith.runtime.serde.writers import is_map
from botosmith.runtime.transport.service import Service
from botosmith.runtime.violation import Violation

_botocores_log = logging.getLogger("botocore.parsers")

FIRST_ERROR_STATUS = 300
BODILESS = frozenset({204, 304})
TOO_DEEP = "is nested too deeply"

# No longer body holds an empty document, unless it is filled with blanks.
LONGEST_EMPTY = 64

DOCUMENT_TYPES = frozenset({"structure", "list", "map"})

# botocore looks for these when it is to read nothing but the metadata.
NOTHING = StructureShape("Nothing", {"type": "structure", "members": {}})
NO_XML = b"<Nothing/>"

S = TypeVar("S", bound=Structure)

# botocore's parsed reply, and its dictionary of an HTTP response.
Reply = dict[Any, Any]
HttpResponse = dict[str, Any]


class ReplyParser:
    """The part that the parsers of both serializers share.

    Attributes:
        service: The service whose replies these are.
        inner: botocore's parser of the protocol.
        codec: Decodes bodies; None for a protocol whose bodies only botocore reads.
        is_head: Whether an operation's replies have no bodies, whatever they announce.
    """

    def __init__(
        self,
        service: Service,
        inner: Any,
        codec: Codec | None,
        is_head: Callable[[str], bool],
    ) -> None:
        """Take the service, the two that know its protocol, and one its operations."""
        self.service = service
        self.inner = inner
        self.codec = codec
        self.is_head = is_head

    def parse(self, response: HttpResponse, shape: Any) -> Reply:
        """Read a reply, as botocore's `ResponseParser.parse` does.

        Raises:
            ReplyError: It claims success, and is not what the model describes.
        """
        if response["status_code"] < FIRST_ERROR_STATUS:
            return self._success(response, shape)
        if shape is not None and shape.metadata.get("exception"):
            return self._error_members(response, shape)
        return self._error(response, shape)

    def _success(self, response: HttpResponse, shape: Any) -> Reply:
        raise NotImplementedError

    def check_events(self, reply: type[Response]) -> None:
        """Have botocore's parser make streams of events that tell cuts and damage."""
        if not isinstance(self.inner, ResponseParser):
            return  # `aio.parser` has seen to aiobotocore's
        # Few services have streams of events.
        from botosmith.runtime.bodies.event_errors import make_events
        from botosmith.runtime.bodies.event_messages import CheckedEvents

        inner: Any = self.inner
        create = make_events(CheckedEvents, reply, self.codec, self.service)
        inner._create_event_stream = create

    def _error_members(self, response: HttpResponse, shape: Any) -> Reply:
        """The members of a modelled error, for which botocore asks separately."""
        raise NotImplementedError

    def _parse_inner(self, response: HttpResponse, shape: Any) -> Reply:
        """Have botocore read a reply, on a stack of its own where it needs one."""
        if isinstance(response["body"], bytes):
            parsed: Reply = with_stack(self.inner.parse, response, shape)
        else:  # a stream can be read once
            parsed = self.inner.parse(response, shape)
        return parsed

    def _parse_error(self, response: HttpResponse, shape: Any) -> Reply:
        """Have botocore read an error; one that is too deep, without what it holds."""
        try:
            return self._parse_inner(response, shape)
        except RecursionError:
            kind = self.codec.content_type if self.codec else "application/xml"
            body = keep_first_level(response["body"], kind)
            if body is None:
                raise
            return self._parse_inner({**response, "body": body}, shape)

    def _error(self, response: HttpResponse, shape: Any) -> Reply:
        """An error, whatever its body is: retries and the user's `except` need it."""
        if shape is not None and shape.event_stream_name:
            # botocore reads a reply of status 300 as a success, and an error with a
            # stream in it can be neither copied nor pickled.
            shape = None
        try:
            parsed = self._parse_error(response, shape)
        except Exception:  # noqa: BLE001 - botocore's parser trips in many ways
            parsed = self._error_without_body(response)
        error = parsed.get(ERROR_KEY, {})
        if not is_map(error) or not isinstance(error.get("Code"), (str, NoneType)):
            parsed = self._error_without_body(response)
        try:
            self._decode_document(None, self._take_body(response))
        except (Mismatch, Unreadable):
            return Parsed(parsed, response["body"])
        return parsed

    def _error_without_body(self, response: HttpResponse) -> Reply:
        status, headers = response["status_code"], response["headers"]
        body = self.codec.empty if self.codec else NO_XML
        parsed: Reply = self.inner.parse({**response, "body": body}, None)
        parsed[ERROR_KEY] = {
            "Message": http.client.responses.get(status, ""),
            "Code": str(status),
        }
        if "x-amzn-requestid" in headers:
            parsed[METADATA_KEY]["RequestId"] = headers["x-amzn-requestid"]
        return parsed

    def _metadata(self, response: HttpResponse) -> dict[str, Any]:
        """The facts about the exchange, for which the body does not matter."""
        if type(self.inner) is JSONParser:
            return _json_metadata(self.inner, response)
        body = self.codec.empty if self.codec else NO_XML
        parsed: Reply = self.inner.parse({**response, "body": body}, NOTHING)
        metadata: dict[str, Any] = parsed[METADATA_KEY]
        return metadata

    def _take_body(self, response: HttpResponse) -> bytes | None:
        """The body; None for a stream, which is its reader's to decode."""
        body = response["body"]
        if not isinstance(body, bytes):
            return None
        # botocore takes what has come for all that was sent.
        missing = _announced(response["headers"]) - len(body)
        if missing > 0 and not self._is_bodiless(response):
            how = f"is cut short: {missing} bytes are missing"
            raise Unreadable(how)
        return body

    def _take_whole(
        self, reply: type[Response], response: HttpResponse
    ) -> bytes | None:
        """Return the body of a success; None for a stream, which its reader decodes.

        Args:
            reply: The reply's class; `Response` where the body is not a document.
            response: The reply.

        Raises:
            CutReplyError: It is cut short, or missing where the model requires one.
        """
        try:
            body = self._take_body(response)
        except Unreadable as cut:
            problem = f"the reply {cut.how}"
            raise self._failure(response, problem, CutReplyError) from None
        if body == b"" and requires_document(reply) and not self._is_bodiless(response):
            raise self._failure(response, NO_BODY, CutReplyError)
        return body

    def _is_bodiless(self, response: HttpResponse) -> bool:
        """Return whether a reply cannot have a body (RFC 9110, 6.4.1)."""
        is_head = self.is_head(response["context"]["operation_name"])
        return is_head or response["status_code"] in BODILESS

    def _decode_document(
        self,
        reply: type[Response] | None,
        body: bytes | None,
        *,
        literally: bool = False,
    ) -> Any:
        """Decode the body of a reply; without a class of replies, of an error."""
        if body is None or self.codec is None:
            return {}
        codec = self.codec
        decode = codec.decode_literally if literally else codec.decode
        if reply is not None and reply._reads_payload:
            return decode(body)
        return decode_object(decode, body, reply)

    def _read_again(
        self, reply: type[Response], response: HttpResponse
    ) -> tuple[Response, tuple[Violation, ...]]:
        """Read a reply that wire code could not, with numbers as they are written.

        Returns:
            The reply, and what is wrong with each value that could not be read.

        Raises:
            Unreadable: It is nested too deeply.
        """
        document = self._decode_document(
            reply, self._take_body(response), literally=True
        )
        document = name_payload(reply, document)
        try:
            return self._read_document(reply, document)
        except RecursionError:
            raise Unreadable(TOO_DEEP) from None

    def _read_document(
        self, structure: type[S], document: Any
    ) -> tuple[S, tuple[Violation, ...]]:
        assert self.codec is not None  # noqa: S101 - documents are decoded by one
        return read_document(
            structure,
            document,
            from_text=self.codec.from_text,
            by_name=self.codec.reads_by_name,
        )

    def _read_headers(
        self, made: Response, response: HttpResponse
    ) -> tuple[Violation, ...]:
        """Add what is outside the body, where the body did not have it.

        Returns:
            What is wrong with each header that cannot be read.
        """
        headers, status = response["headers"], response["status_code"]
        mismatches: list[Violation] = []
        for field in self._list_located(made):
            if getattr(made, field.attribute) is not None:
                continue
            try:
                value = read_located(field.member, headers, status)
            except Mismatch:
                mismatches.append(find_mismatch(type(made), field.member.name, headers))
                continue
            setattr(made, field.attribute, value)
        return tuple(mismatches)

    def _list_located(self, made: Response) -> tuple[schema.Field, ...]:
        """Return the members of a reply that are outside its body."""
        return made._located

    def _settle(
        self,
        made: Response,
        mismatches: tuple[Violation, ...],
        response: HttpResponse,
    ) -> Response:
        """Give a reply of which values could not be read, where the client wants it."""
        made.response_metadata = ResponseMetadata.from_boto3(self._metadata(response))
        error = self._failure(response, describe_mismatches(mismatches))
        error.partial, error.mismatches = made, mismatches
        return take_partial(error, made, self.service.on_mismatch)

    def _read_error(self, code: str | None, response: HttpResponse) -> Reply:
        """Read the members of an error's class, in botocore's form.

        Of an error, what can be read is enough.
        """
        error = self.service.errors.from_code(code)
        members = self._read_error_members(error, response)
        headers, status = response["headers"], response["status_code"]
        for field in select_located(error._fields):
            if members.get(field.member.name) is None:
                with suppress(Mismatch):
                    members[field.member.name] = read_located(
                        field.member, headers, status
                    )
        return {
            name: to_plain(value)
            for name, value in members.items()
            if value is not None
        }

    def _read_error_members(
        self, error: type[ServiceError], response: HttpResponse
    ) -> dict[str, Any]:
        if not error._fields:
            return {}
        assert self.codec is not None  # noqa: S101 - as in `_read_document`
        return read_members(
            error._fields,
            self._decode_document(None, self._take_body(response), literally=True),
            from_text=self.codec.from_text,
            by_name=self.codec.reads_by_name,
        )

    def _reply_class(self, response: HttpResponse) -> type[Response]:
        return self.service.response(response["context"]["operation_name"])

    def _failure(
        self,
        response: HttpResponse,
        problem: str,
        kind: type[ReplyError] = ReplyError,
    ) -> ReplyError:
        metadata = self._metadata(response)
        body = response["body"]
        return kind(
            response["context"]["operation_name"],
            problem,
            ResponseMetadata.from_boto3(metadata),
            body if isinstance(body, bytes) else b"",  # a stream has no first bytes
        )


class DirectParser(ReplyParser):
    """Reads objects with the generated wire code."""

    def _success(self, response: HttpResponse, shape: Any) -> Reply:  # noqa: ARG002
        reply = self._reply_class(response)
        mismatches: tuple[Violation, ...] = ()
        try:
            made = self._read_body(reply, self._take_whole(reply, response))
            if made is None:
                made, mismatches = self._read_again(reply, response)
        except Unreadable as unreadable:
            raise self._failure(response, f"the reply {unreadable.how}") from None
        mismatches += self._read_headers(made, response)
        if mismatches:
            made = self._settle(made, mismatches, response)
        return LazyReply(made, self._metadata(response))

    def _read_body(self, reply: type[Response], body: bytes | None) -> Response | None:
        """Read a body at once; None where a value is not of the model's type."""
        made: Response | None = None
        if self.codec is not None and body is not None:
            made = self.codec.read(reply, body)
        if made is not None:
            return made
        try:
            return reply._from_wire(self._decode_document(reply, body))
        except (TypeError, RecursionError):
            return None

    def _error(self, response: HttpResponse, shape: Any) -> Reply:  # noqa: ARG002
        parsed = super()._error(response, None)
        if not isinstance(parsed, Parsed):
            code = parsed.get(ERROR_KEY, {}).get("Code")
            parsed.update(self._read_error(code, response))
        return parsed

    def _error_members(self, response: HttpResponse, shape: Any) -> Reply:
        del response, shape
        return {}  # `_error` has put them in: a slim model does not describe them


class PlainParser(ReplyParser):
    """Lets botocore read, and sees to what it gives up, guesses or passes over."""

    def _success(self, response: HttpResponse, shape: Any) -> Reply:
        operation = response["context"]["operation_name"]
        is_known = operation in self.service.operations and not is_raw(shape)
        reply = self._reply_class(response) if is_known else Response
        body = self._take_whole(reply, response)
        if not is_known:
            return Parsed(self._parse(response, shape), response["body"])
        if reply._events:
            self.check_events(reply)
        try:
            if self._is_empty(reply, body):
                return self._read_nothing(response, shape)
            if not self._is_odd(reply, body):
                return Parsed(self._parse(response, shape), response["body"])
            made, mismatches = self._read_again(reply, response)
        except Unreadable as unreadable:
            raise self._failure(response, f"the reply {unreadable.how}") from None
        mismatches += self._read_headers(made, response)
        if mismatches:
            made = self._settle(made, mismatches, response)
        content = {**to_boto3(made), METADATA_KEY: self._metadata(response)}
        return Parsed(content, response["body"])

    def _list_located(self, made: Response) -> tuple[schema.Field, ...]:
        # Replies that botocore is to read bring no list of them.
        return select_located(schema.fields(type(made)))

    def _is_empty(self, reply: type[Response], body: bytes | None) -> bool:
        """Return whether a reply has an empty document: a null, or no body.

        Raises:
            Unreadable: The document is missing.
        """
        if body is None or reply._reads_payload:
            return False
        if self.codec is None:
            return not body.strip()
        return len(body) <= LONGEST_EMPTY and not self._decode_document(reply, body)

    def _read_nothing(self, response: HttpResponse, shape: Any) -> Reply:
        """Read a reply without a document, as botocore does if it copes."""
        empty = self.codec.empty if self.codec else b""
        try:
            parsed = self._parse({**response, "body": empty}, shape)
        except ReplyError:  # of the protocols query and ec2
            parsed = {METADATA_KEY: self._metadata(response)}
        return Parsed(parsed, response["body"])

    def _is_odd(self, reply: type[Response], body: bytes | None) -> bool:
        """Return whether botocore would fail to read a document, or misread it.

        Of text where the model has a list, it makes a list of letters.

        Raises:
            Unreadable: The document is missing.
        """
        if body is None or self.codec is None:
            return False
        try:
            reply._from_wire(self._decode_document(reply, body))
        except (TypeError, RecursionError):
            return True
        return False

    def _parse(self, response: HttpResponse, shape: Any) -> Reply:
        """Have botocore read, as tolerantly as it takes.

        What it cannot convert is found when the reply object is made.
        """
        from botosmith.runtime.transport.patches.lenient_parser import (
            refuse_other_booleans,
            tolerating,
        )

        actual = getattr(self.inner, "inner", self.inner)
        refuse_other_booleans(actual)
        try:
            parsed = self._parse_inner(response, shape)
        except (ServiceError, ReplyError, ResponseStreamingError):
            raise  # from the first message of a stream of events
        except RecursionError:
            raise self._failure(response, f"the reply {TOO_DEEP}") from None
        except Exception as error:  # noqa: BLE001 - as in `_error`
            problem = f"botocore cannot read the reply: {type(error).__name__}"
        else:
            return parsed
        try:
            with tolerating(actual, shape):
                parsed = self._parse_inner(response, shape)
        except Exception:  # noqa: BLE001 - as in `_error`
            raise self._failure(response, problem) from None
        return parsed

    def _error_members(self, response: HttpResponse, shape: Any) -> Reply:
        try:
            if self.codec is not None:
                return self._read_error(shape.error_code, response)
            return self._parse(response, shape)
        except (ReplyError, Unreadable):
            return {}


def _json_metadata(parser: Any, response: HttpResponse) -> dict[str, Any]:
    """Tell and log what botocore's parser would, without its use of a body."""
    headers, status = response["headers"], response["status_code"]
    _botocores_log.debug("Response headers: %r", headers)
    _botocores_log.debug("Response body:\n%r", response["body"])
    identified = "x-amzn-requestid" in headers
    metadata: dict[str, Any] = {
        **({"RequestId": headers["x-amzn-requestid"]} if identified else {}),
        "HTTPStatusCode": status,
        "HTTPHeaders": lowercase_dict(headers),
    }
    parser._add_checksum_response_metadata(response, metadata)
    return metadata


def is_raw(shape: Any) -> bool:
    """Return whether a reply's body is bytes or text instead of a document."""
    if shape is None or "payload" not in shape.serialization:
        return False
    payload = shape.members[shape.serialization["payload"]]
    return payload.type_name not in DOCUMENT_TYPES


def _announced(headers: Mapping[str, str]) -> int:
    """Return the least number of bytes of a body, as far as headers tell."""
    length = headers.get("content-length", "")
    # A compressed body has been expanded by now.
    if not length.isdecimal() or "content-encoding" in headers:
        return 0
    # Python reads no more than 4,300 digits, and 19 are more than any reply has.
    return int(length.lstrip("0")[:19] or 0)


def read_timestamps(inner: Any) -> None:
    """Have a parser of botocore's read instants by our reader, that of events as well.

    It refuses time zones that botocore takes for UTC, and it needs less than half of
    the time. A reader that the session's user has set stays.
    """
    for parser in (inner, inner._event_stream_parser):
        if getattr(parser, "_timestamp_parser", None) is DEFAULT_TIMESTAMP_PARSER:
            parser._timestamp_parser = timestamp


class ParserFactory:
    """Stands in for a session's factory of parsers in one client.

    Attributes:
        is_head: As in the parsers.
    """

    def __init__(
        self,
        shared: Any,
        service: Service,
        parser: type[ReplyParser],
        is_head: Callable[[str], bool],
    ) -> None:
        """Take the session's factory, the service, the class to make, and `is_head`."""
        self._shared = shared
        self._service = service
        self._parser = parser
        self.is_head = is_head

    def create_parser(self, protocol: str) -> ReplyParser:
        """Make a parser for one reply."""
        inner = self._shared.create_parser(protocol)
        read_timestamps(inner)
        codec = CODECS.get(protocol)
        return self._parser(self._service, inner, codec, self.is_head)
