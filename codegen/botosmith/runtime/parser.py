"""Readers of replies that take the place of botocore's parser in a client.

botocore's own parser does what concerns the exchange: the facts about it, and errors.
Around it, these see to it that whatever a server may send ends in an object or in a
typed error: `ReplyError` for a success that cannot be read, and for an error that
cannot be read the same dictionary that botocore gives for one without a body.
"""

from __future__ import annotations

import http.client
from collections.abc import Callable
from typing import Any

from botosmith.runtime.codec import CODECS, Codec, Unreadable
from botosmith.runtime.conversion import decode, explain, to_plain
from botosmith.runtime.errors import ReplyError
from botosmith.runtime.lazydict import ERROR_KEY, METADATA_KEY, LazyReply
from botosmith.runtime.metadata import Parsed, ResponseMetadata
from botosmith.runtime.read import Mismatch
from botosmith.runtime.service import Service
from botosmith.runtime.structure import Response

FIRST_ERROR_STATUS = 300


class ReplyParser:
    """What the parsers of both paths share.

    Attributes:
        service: The service whose replies these are.
        inner: botocore's parser of the protocol.
        codec: Decodes bodies; None for a protocol whose bodies only botocore reads.
    """

    def __init__(self, service: Service, inner: Any, codec: Codec | None) -> None:
        self.service = service
        self.inner = inner
        self.codec = codec

    def parse(self, response: dict[str, Any], shape: Any) -> dict[Any, Any]:
        """Read a reply, as botocore's `ResponseParser.parse` does.

        Raises:
            ReplyError: It claims success, and is not what the model describes.
        """
        if shape is not None and shape.metadata.get("exception"):
            return self.error_members(response, shape)
        if response["status_code"] >= FIRST_ERROR_STATUS:
            return self.error(response, shape)
        return self.success(response, shape)

    def success(self, response: dict[str, Any], shape: Any) -> dict[Any, Any]:
        raise NotImplementedError

    def error_members(self, response: dict[str, Any], shape: Any) -> dict[str, Any]:
        """The members of a modelled error, for which botocore asks separately."""
        raise NotImplementedError

    def error(self, response: dict[str, Any], shape: Any) -> dict[str, Any]:
        try:
            parsed: dict[str, Any] = self.inner.parse(response, shape)
            if not isinstance(parsed.get(ERROR_KEY, {}).get("Code", ""), str):
                raise Mismatch  # noqa: TRY301 - as unreadable as what botocore raises for
        except Exception:  # noqa: BLE001 - whatever a malformed body makes botocore raise
            parsed = self._error_without_body(response)
        try:
            self.decode(response)
        except Unreadable:
            return Parsed(parsed, response["body"])
        return parsed

    def _error_without_body(self, response: dict[str, Any]) -> dict[str, Any]:
        status, headers = response["status_code"], response["headers"]
        parsed: dict[str, Any] = self.inner.parse({**response, "body": b""}, None)
        parsed[ERROR_KEY] = {
            "Message": http.client.responses.get(status, ""),
            "Code": str(status),
        }
        if "x-amzn-requestid" in headers:
            parsed[METADATA_KEY]["RequestId"] = headers["x-amzn-requestid"]
        return parsed

    def decode(self, response: dict[str, Any]) -> dict[str, Any]:
        return {} if self.codec is None else self.codec.decode(response["body"])

    def reply_error(
        self, response: dict[str, Any], problem: str, metadata: dict[str, Any]
    ) -> ReplyError:
        return ReplyError(
            response["context"]["operation_name"],
            problem,
            ResponseMetadata.from_boto3(metadata),
            response["body"],
        )


class DirectParser(ReplyParser):
    """Reads objects with the generated wire code."""

    codec: Codec

    def success(self, response: dict[str, Any], shape: Any) -> dict[Any, Any]:  # noqa: ARG002
        # Without a shape botocore's parser reads the headers and leaves the body.
        metadata = self.inner.parse(response, None)[METADATA_KEY]
        reply = self.service.response(response["context"]["operation_name"])
        try:
            document = self.decode(response)
            return LazyReply(reply._from_wire(document), metadata)
        except Unreadable as unreadable:
            problem = f"the reply {unreadable}"
        except Mismatch:
            problem = describe(reply, document)
        except RecursionError:
            problem = "the reply is nested too deeply"
        raise self.reply_error(response, problem, metadata)

    def error(self, response: dict[str, Any], shape: Any) -> dict[str, Any]:  # noqa: ARG002
        parsed = super().error(response, None)
        if not isinstance(parsed, Parsed):
            parsed.update(self._modelled(parsed, self.decode(response)))
        return parsed

    def _modelled(
        self, parsed: dict[str, Any], document: dict[str, Any]
    ) -> dict[str, Any]:
        """The members of the error's class, in botocore's form."""
        error = self.service.errors.from_code(parsed.get(ERROR_KEY, {}).get("Code"))
        values = {
            field.member.name: decode(
                field.member.type, document.get(field.member.wire_name), from_wire=True
            )
            for field in error._fields
        }
        return {
            name: to_plain(value) for name, value in values.items() if value is not None
        }

    def error_members(self, response: dict[str, Any], shape: Any) -> dict[str, Any]:  # noqa: ARG002
        return {}  # `error` has put them in: the slim model does not describe them


class PlainParser(ReplyParser):
    """Lets botocore read, and checks what botocore takes as it comes."""

    def success(self, response: dict[str, Any], shape: Any) -> dict[Any, Any]:
        try:
            document = self.decode(response)
            return Parsed(self.inner.parse(response, shape), response["body"])
        except Unreadable as unreadable:
            problem = f"the reply {unreadable}"
        except Exception as error:  # noqa: BLE001 - whatever a wrong type makes botocore raise
            reply = self.service.response(response["context"]["operation_name"])
            problem = f"botocore cannot read the reply: {error!r}"
            if self.codec is not None:
                problem = describe(reply, document) or problem
        metadata = self.inner.parse(response, None)[METADATA_KEY]
        raise self.reply_error(response, problem, metadata)

    def error_members(self, response: dict[str, Any], shape: Any) -> dict[str, Any]:
        try:
            members: dict[str, Any] = self.inner.parse(response, shape)
        except Exception:  # noqa: BLE001 - as in `error`
            return {}
        return members


def describe(reply: type[Response], document: dict[str, Any]) -> str:
    """Say what in a document is not what a reply's class describes."""
    try:
        return "; ".join(map(str, explain(reply, document)))
    except RecursionError:
        return "the reply is nested too deeply"


class ParserFactory:
    """Stands in for a session's factory of parsers in one client."""

    def __init__(
        self, shared: Any, service: Service, parser: Callable[..., ReplyParser]
    ) -> None:
        """Take the session's factory, the service, and the class to make."""
        self._shared = shared
        self._service = service
        self._parser = parser

    def create_parser(self, protocol: str) -> ReplyParser:
        """Make a parser for one reply."""
        inner = self._shared.create_parser(protocol)
        return self._parser(self._service, inner, CODECS.get(protocol))
