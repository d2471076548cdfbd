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
from typing import Any

from botocore.exceptions import ResponseStreamingError
from botocore.model import StructureShape
from botocore.parsers import DEFAULT_TIMESTAMP_PARSER, JSONParser, ResponseParser
from botocore.utils import lowercase_dict

from botosmith.runtime.codec import CODECS, Codec, Unreadable
from botosmith.runtime.conversion import (
    decode,
    explain,
    name_payload,
    to_plain,
)
from botosmith.runtime.cut import NO_BODY, requires_document
from botosmith.runtime.envelope import read_located, select_located
from botosmith.runtime.errors import CutReplyError, ReplyError, ServiceError
from botosmith.runtime.lazydict import ERROR_KEY, LazyReply
from botosmith.runtime.metadata import METADATA_KEY, Parsed, ResponseMetadata
from botosmith.runtime.read import Mismatch, timestamp
from botosmith.runtime.service import Service
from botosmith.runtime.structure import Response
from botosmith.runtime.write import is_map

_botocores_log = logging.getLogger("botocore.parsers")

FIRST_ERROR_STATUS = 300
BODILESS = frozenset({204, 304})
TOO_DEEP = "the reply is nested too deeply"

DOCUMENT_TYPES = frozenset({"structure", "list", "map"})

# What botocore is told to look for when it is to read nothing but the metadata.
NOTHING = StructureShape("Nothing", {"type": "structure", "members": {}})
NO_XML = b"<Nothing/>"

# botocore's parsed reply, and its dictionary of an HTTP response.
Reply = dict[Any, Any]
HttpResponse = dict[str, Any]


class ReplyParser:
    """What the parsers of both paths share.

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
        from botosmith.runtime.eventmessage import CheckedEvents
        from botosmith.runtime.eventsource import make_events

        inner: Any = self.inner
        find_error = self.service.errors.from_code
        create = make_events(CheckedEvents, reply, self.codec, find_error)
        inner._create_event_stream = create

    def _error_members(self, response: HttpResponse, shape: Any) -> Reply:
        """The members of a modelled error, for which botocore asks separately."""
        raise NotImplementedError

    def _error(self, response: HttpResponse, shape: Any) -> Reply:
        """An error, whatever its body is: retries and the user's `except` need it."""
        try:
            parsed: Reply = self.inner.parse(response, shape)
        except Exception:  # noqa: BLE001 - botocore's parser trips in many ways
            parsed = self._error_without_body(response)
        error = parsed.get(ERROR_KEY, {})
        if not is_map(error) or not isinstance(error.get("Code"), (str, NoneType)):
            parsed = self._error_without_body(response)
        try:
            self._decode_object(self._take_body(response))
        except Unreadable:
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

    def _decode(self, body: bytes | None) -> Any:
        return {} if body is None or self.codec is None else self.codec.decode(body)

    def _is_bodiless(self, response: HttpResponse) -> bool:
        """Whether a reply has no body, whatever it announces (RFC 9110, 6.4.1)."""
        is_head = self.is_head(response["context"]["operation_name"])
        return is_head or response["status_code"] in BODILESS

    def _decode_document(self, reply: type[Response], body: bytes | None) -> Any:
        return self._decode(body) if reply._reads_payload else self._decode_object(body)

    def _decode_object(self, body: bytes | None) -> dict[str, Any]:
        document = self._decode(body)
        if is_map(document):
            return document
        kind = "null" if document is None else type(document).__name__
        how = f"is a document, but {kind} and not an object"
        raise Unreadable(how)

    @property
    def _takes_text(self) -> bool:
        """Whether numbers and booleans of a reply may be written as text."""
        return self.codec is not None and self.codec.from_text

    def _describe(self, reply: type[Response], document: Any) -> str:
        """Say what in a document is not what a reply's class describes."""
        from_text = self._takes_text
        document = name_payload(reply, document)
        try:
            found = explain(reply, document, from_text=from_text)
        except RecursionError:
            return TOO_DEEP
        return "; ".join(map(str, found))

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
        try:
            body = self._take_whole(reply, response)
            made = self._read_at_once(reply, body)
            document: Any = None if made else self._decode_document(reply, body)
        except Unreadable as unreadable:
            raise self._failure(response, f"the reply {unreadable.how}") from None
        try:
            made = made or reply._from_wire(document)
        except (TypeError, RecursionError):
            raise self._failure(response, self._describe(reply, document)) from None
        self._read_headers(made, response)
        return LazyReply(made, self._metadata(response))

    def _read_at_once(
        self, reply: type[Response], body: bytes | None
    ) -> Response | None:
        if self.codec is None or body is None:
            return None
        return self.codec.read(reply, body)

    def _read_headers(self, made: Response, response: HttpResponse) -> None:
        """Add what is outside the body, where the body did not have it."""
        headers, status = response["headers"], response["status_code"]
        for field in made._located:
            if getattr(made, field.attribute) is not None:
                continue
            try:
                value = read_located(field.member, headers, status)
            except Mismatch:
                place = f"{field.attribute} (the header {field.member.wire_name})"
                problem = f"{place} is not what the model describes"
                raise self._failure(response, problem) from None
            setattr(made, field.attribute, value)

    def _error(self, response: HttpResponse, shape: Any) -> Reply:  # noqa: ARG002
        parsed = super()._error(response, None)
        if not isinstance(parsed, Parsed):
            parsed.update(self._modelled(parsed, response))
        return parsed

    def _modelled(self, parsed: Reply, response: HttpResponse) -> Reply:
        """The members of the error's class, in botocore's form."""
        document = self._decode_object(self._take_body(response))
        error = self.service.errors.from_code(parsed.get(ERROR_KEY, {}).get("Code"))
        by_name = self.codec is not None and self.codec.reads_by_name
        members: dict[str, Any] = {}
        for field in error._fields:
            key = field.member.name if by_name else field.member.wire_name
            value = decode(
                field.member.type,
                document.get(key),
                from_wire=True,
                from_text=self._takes_text,
            )
            members[field.member.name] = value
        headers, status = response["headers"], response["status_code"]
        for field in select_located(error._fields):
            if members[field.member.name] is None:
                with suppress(Mismatch):  # of an error, what can be read is enough
                    members[field.member.name] = read_located(
                        field.member, headers, status
                    )
        return {
            name: to_plain(value)
            for name, value in members.items()
            if value is not None
        }

    def _error_members(self, response: HttpResponse, shape: Any) -> Reply:
        del response, shape
        return {}  # `_error` has put them in: a slim model does not describe them


class PlainParser(ReplyParser):
    """Lets botocore read, and tells what it silently takes for an empty reply."""

    def _success(self, response: HttpResponse, shape: Any) -> Reply:
        operation = response["context"]["operation_name"]
        is_known = operation in self.service.operations and not is_raw(shape)
        reply = self._reply_class(response) if is_known else Response
        body = self._take_whole(reply, response)
        document: Any = None
        try:
            if is_known:
                document = self._decode_document(reply, body)
        except Unreadable as unreadable:
            raise self._failure(response, f"the reply {unreadable.how}") from None
        try:
            if is_known and reply._events:
                self.check_events(reply)
            return Parsed(self.inner.parse(response, shape), response["body"])
        except (ServiceError, ReplyError, ResponseStreamingError):
            raise  # from the first message of a stream of events
        except Exception as error:  # noqa: BLE001 - as in `_error`
            problem = f"botocore cannot read the reply: {type(error).__name__}"
        if is_known and self.codec is not None:
            problem = self._describe(reply, document) or problem
        raise self._failure(response, problem) from None

    def _error_members(self, response: HttpResponse, shape: Any) -> Reply:
        try:
            members: Reply = self.inner.parse(response, shape)
        except Exception:  # noqa: BLE001 - as in `_error`
            return {}
        return members


def _json_metadata(parser: Any, response: HttpResponse) -> dict[str, Any]:
    """What botocore's parser tells and logs, but for what it would do with a body."""
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
    """Whether a reply's body is bytes or text, and no document."""
    if shape is None or "payload" not in shape.serialization:
        return False
    payload = shape.members[shape.serialization["payload"]]
    return payload.type_name not in DOCUMENT_TYPES


def _announced(headers: Mapping[str, str]) -> int:
    """How many bytes a body must have at least, as far as headers tell."""
    length = headers.get("content-length", "")
    # What is compressed has been expanded by now.
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
        is_head: As in the parsers; a client has to say, once it is made.
    """

    def __init__(
        self, shared: Any, service: Service, parser: Callable[..., ReplyParser]
    ) -> None:
        """Take the session's factory, the service, and the class to make."""
        self._shared = shared
        self._service = service
        self._parser = parser
        self.is_head: Callable[[str], bool] = lambda _: False

    def create_parser(self, protocol: str) -> ReplyParser:
        """Make a parser for one reply."""
        inner = self._shared.create_parser(protocol)
        read_timestamps(inner)
        codec = CODECS.get(protocol)
        return self._parser(self._service, inner, codec, self.is_head)
