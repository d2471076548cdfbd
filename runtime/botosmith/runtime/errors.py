"""Everything that botosmith raises on its own account.

    BotosmithError
    +-- ValidationError   the request may not be sent
    +-- ReplyError        the reply cannot be read
    +-- UnsupportedError  botocore has no way to make the call
    +-- StreamClosedError a stream of events has ended or was closed
    +-- PaginationError   the pages do not go on as they should
    +-- WaiterError       what was waited for did not come about
    +-- ServiceError      the service refused the call
        +-- one class for each error that the service's model describes

They are botocore's ParamValidationError (and ValueError), ResponseParserError,
PaginationError, WaiterError and ClientError as well, so that what has been written for
boto3 catches them.

What the network, the credentials or the endpoint rules make of a call is botocore's
to tell, with its own exceptions.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from functools import partial
from importlib import import_module
from typing import Any, ClassVar

from botocore import exceptions
from botocore.exceptions import ClientError, ParamValidationError
from botocore.exceptions import WaiterError as _WaiterError
from botocore.parsers import ResponseParserError

from botosmith.runtime import schema
from botosmith.runtime.objects.metadata import (
    KEPT,
    METADATA_KEY,
    Parsed,
    ResponseMetadata,
)
from botosmith.runtime.objects.pickling import public_name
from botosmith.runtime.objects.structure import Response, Structure
from botosmith.runtime.serde.convert import decode
from botosmith.runtime.violation import MASK, Violation
from botosmith.runtime.waiters.observed import describe_seen

#: A media type without its parameters (RFC 9110, 8.3.1); what is longer is not shown.
_MEDIA_TYPE = re.compile(r"[\w!#$&^.+-]{1,60}/[\w!#$&^.+-]{1,60}(?![^\s;])", re.ASCII)


class BotosmithError(Exception):
    """Root of botosmith's errors."""


class ValidationError(BotosmithError, ParamValidationError, ValueError):
    """A request breaks the model's rules; nothing was sent.

    Attributes:
        subject: What was to be made or sent, such as `CreateModelInput`.
        violations: Every violation, each with its path, value and rule.
    """

    def __init__(self, subject: str, violations: tuple[Violation, ...]) -> None:
        """Collect the violations of one object."""
        self.subject = subject
        self.violations = violations
        super().__init__(report="\n".join(map(str, violations)))

    def __str__(self) -> str:
        count = len(self.violations)
        lines = [f"{self.subject}: {count} violation{'s' * (count != 1)}"]
        lines += [str(violation) for violation in self.violations]
        # Many violations may have one remedy, which is told once.
        remedies = (violation.remedy for violation in self.violations)
        return "\n  ".join([*lines, *dict.fromkeys(filter(None, remedies))])

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.subject, self.violations)


class ReplyError(BotosmithError, ResponseParserError):
    """A reply that claims success is not what the model describes.

    Attributes:
        operation_name: The operation that was called.
        problem: What is wrong with the reply, with the path where there is one.
        response_metadata: Request id, status, headers and attempts of the exchange.
        body: The first bytes of the reply's body. They may hold secrets, so the
            error's text gives only their number and their media type.
        partial: The reply with everything that could be read; None if its body as a
            whole could not. A value that could not be read is None there: a member
            (even a required one), an item of a list, a value of a map. The stream of
            a reply that has one is still open.
        mismatches: Each of those values with its path and what is wrong with it, so
            that it can be told from one that the service did not send; sensitive ones
            are masked.
    """

    def __init__(  # noqa: PLR0913 - the last two are facts, given by name
        self,
        operation_name: str,
        problem: str,
        response_metadata: ResponseMetadata,
        body: bytes,
        *,
        partial: Structure | None = None,
        mismatches: tuple[Violation, ...] = (),
    ) -> None:
        """Describe one unreadable reply."""
        self.operation_name = operation_name
        self.problem = problem
        self.response_metadata = response_metadata
        self.body = bytes(body[:KEPT])
        self.partial = partial
        self.mismatches = mismatches
        # Without the body: loggers and error trackers print the arguments.
        Exception.__init__(self, operation_name, problem, response_metadata)

    def __str__(self) -> str:
        metadata = self.response_metadata
        body = f", body: {_measure(self.body, metadata)}" if self.body else ""
        return (
            f"{self.operation_name}: {self.problem} (HTTP status {metadata.status}, "
            f"request id {metadata.request_id}{body})"
        )

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        make = partial(
            type(self), partial=_closed(self.partial), mismatches=self.mismatches
        )
        arguments = self.operation_name, self.problem, self.response_metadata, self.body
        return make, arguments


def _closed(reply: Structure | None) -> Structure | None:
    """A reply without its streams, which belong to one connection."""
    if not isinstance(reply, Response):
        return reply
    streams = (*reply._bodies, *reply._events)
    if all(getattr(reply, name) is None for name in streams):
        return reply
    made = copy.copy(reply)
    for name in streams:
        setattr(made, name, None)
    return made


class CutReplyError(ReplyError, exceptions.ConnectionClosedError):
    """A reply that claims success ended too early; botocore's retries were in vain.

    It is a `botocore.exceptions.ConnectionClosedError`, as which it is retried, too.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Describe one reply, with the arguments of `ReplyError`."""
        super().__init__(*args, **kwargs)
        # Attributes of botocore's errors, which its own constructor would set.
        self.request = self.response = None
        self.kwargs: Any = {}


def _measure(body: bytes, metadata: ResponseMetadata) -> str:
    """Say how long a body is and of which media type, and nothing of its content.

    No protocol's body is known to hold no secret before it has been read, and a proxy's
    page may repeat the request.
    """
    more = " or more" if len(body) == KEPT else ""
    named = _MEDIA_TYPE.match(metadata.headers.get("content-type", ""))
    kind = f" of {named[0]}" if named else ""
    return f"{len(body)} bytes{more}{kind}"


class UnsupportedError(BotosmithError, NotImplementedError):
    """botocore has no way to make the call; nothing was sent."""


class StreamClosedError(BotosmithError, RuntimeError):
    """A stream of events has nothing more to give: it has ended or was closed."""


class PaginationError(BotosmithError, exceptions.PaginationError):
    """The pages of an operation do not go on as they should, or not as asked for."""

    def __init__(self, message: str) -> None:
        """Say what is wrong."""
        self.message = message
        super().__init__(message=message)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.message,)


class WaiterError(BotosmithError, _WaiterError):
    """The awaited state did not come about.

    Attributes:
        name: The waiter's name in the model, such as `EndpointInService`.
        reason: Why it gave up, in botocore's words.
        state: The state that it was in: `failure` where it can no longer come about,
            `retry` where only the attempts were used up.
        attempts: How many calls it made.
        last_reply: The last reply, or the error that the service gave instead.
        last_response: The same as botocore has it.
        seen: What the waiter looked at in the last reply, by its JMESPath expressions,
            such as `{"EndpointStatus": "Failed"}`.
        reasons: The reasons that the last reply gives, by their paths, such as
            `{"FailureReason": "no capacity"}`; the message of an error.
    """

    def __init__(  # noqa: PLR0913 - the last five are facts, given by name
        self,
        name: str,
        reason: str,
        *,
        state: str,
        attempts: int,
        last_reply: Response | ServiceError,
        last_response: Mapping[str, Any],
        seen: Mapping[str, Any],
    ) -> None:
        """Say which waiter, and how it ended."""
        response: Any = dict(last_response)  # as wide as what services really send
        super().__init__(name=name, reason=reason, last_response=response)
        self.name = name
        self.reason = reason
        self.state = state
        self.attempts = attempts
        self.last_reply = last_reply
        self.seen = seen

    @property
    def reasons(self) -> Mapping[str, str]:
        """The reasons that the last reply gives, by their paths."""
        last = self.last_reply
        if isinstance(last, ServiceError):
            told = last._shown_message
            return {f"error {last.code}": told} if told else {}
        from botosmith.runtime.waiters.reasons import find_reasons

        return find_reasons(last)

    def __str__(self) -> str:
        facts = [f"{self.attempts} attempt{'s' * (self.attempts != 1)}"]
        if self.seen:
            facts.append(f"last seen {describe_seen(self.seen)}")
        # The reason has the message already, if no acceptor expects the error.
        last = self.last_reply
        is_told = isinstance(last, ServiceError) and (
            last._shown_message in self.reason
        )
        if not is_told:
            facts += [f"{path}: {reason}" for path, reason in self.reasons.items()]
        return f"{super().__str__()} ({'; '.join(facts)})"

    def __reduce__(self) -> tuple[Any, ...]:
        make = partial(
            type(self),
            self.name,
            self.reason,
            state=self.state,
            attempts=self.attempts,
            last_reply=self.last_reply,
            last_response={**self.last_response},
            seen=self.seen,
        )
        return make, ()


class ServiceError(BotosmithError, ClientError):
    """The service refused the call.

    It is a `botocore.exceptions.ClientError`: `error.response["Error"]["Code"]` and
    `error.operation_name` are there too.

    Attributes:
        code: The error's code; the name of its shape for an error of the model.
        message: What the service says.
        response_metadata: Request id, status, headers and attempts of the exchange.
        body: The first bytes of a reply that was not the protocol's, else empty.
    """

    # The code by which the service names the error, where that is not the class's name.
    _code: ClassVar[str | None] = None
    _fields: ClassVar[tuple[schema.Field, ...]] = ()

    def __init__(
        self, error_response: dict[str, Any], operation_name: str, body: bytes = b""
    ) -> None:
        """Take what botocore's parser made of the reply."""
        if isinstance(error_response, Parsed):
            body = error_response.body
            error_response = dict(error_response)
        if error_response.get(METADATA_KEY, {}) is None:  # from an event handler
            error_response = {**error_response, METADATA_KEY: {}}
        response: Any = error_response  # as wide as what services really send
        error: Any = error_response.get("Error") or {}
        metadata = ResponseMetadata.from_boto3(
            error_response.get("ResponseMetadata", {})
        )
        message = _text(error.get("Message"))
        # The text that stands for the message where it must not be shown.
        self._mask = self._find_mask(message, body, metadata)
        shown: Any = response
        if self._mask is not None:
            shown = {**response, "Error": {**error, "Message": self._mask}}
        super().__init__(shown, operation_name)
        self.response = response
        self.code: str = error.get("Code") or ""
        self.message: str = message
        self.response_metadata = metadata
        self.body = body
        for field in self._fields:
            value = error_response.get(field.member.name)
            decoded = decode(field.member.type, value)
            # botocore takes the message from `message` and `Message` alike.
            if decoded is not None or field.attribute != "message":
                setattr(self, field.attribute, decoded)

    @classmethod
    def _find_mask(
        cls, message: str, body: bytes, metadata: ResponseMetadata
    ) -> str | None:
        """Return what the error's text has in place of its message; None to show it.

        botocore takes a body that is not JSON for the message, and some models call the
        message sensitive.
        """
        if body and message.encode(errors="replace")[:KEPT] == body:
            return f"the reply is not what the protocol has: {_measure(body, metadata)}"
        is_secret = any(
            field.member.sensitive and field.attribute == "message"
            for field in cls._fields
        )
        return MASK if is_secret else None

    @property
    def _shown_message(self) -> str:
        """The message as it may be printed."""
        return self.message if self._mask is None else self._mask

    def __reduce__(self) -> tuple[Any, ...]:
        arguments = (self.response, self.operation_name, self.body)
        name = public_name(type(self))
        return (_restore, (*name, *arguments)) if name else (type(self), arguments)


def _text(message: Any) -> str:
    # Services have been seen to send null and objects for a message.
    return "" if message is None else str(message)


def _restore(package: str, name: str, *arguments: Any) -> ServiceError:
    error: type[ServiceError] = getattr(import_module(package), name)
    return error(*arguments)
