"""Outcomes of calls that should not differ, and their comparison."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import zip_longest
from typing import Any

from attrs import frozen
from botocore.exceptions import ClientError
from tests.support.errortext import expect_text

from botosmith.runtime import (
    BotosmithError,
    EventStream,
    ReplyError,
    ServiceError,
    StreamingBody,
    schema,
)
from botosmith.testing.reply.wording import FUTURE_NAME

#: The paths of a generated client.
SERIALIZERS = ("generated", "botocore")

#: The outcome of botocore's own client, beside those of ours by serializer.
THEIRS = "botocore's client"


@frozen
class Outcome:
    """The outcome of a call.

    Attributes:
        sent: What was sent, if anything.
        reply: What the caller got, in boto3's form and with its streams read.
        error: What was raised instead.
    """

    sent: tuple[Any, ...] | None
    reply: Any = None
    error: Exception | None = None


def drain(value: Any) -> Any:  # noqa: PLR0911 - one for each sort of value
    """A reply with its streams read, its instants in UTC and its types told apart."""
    match value:
        case dict():
            return {
                drain(key): drain(item)
                for key, item in value.items()
                if key != "ResponseMetadata"
            }
        case list():
            return [drain(item) for item in value]
        case datetime():
            return value.astimezone(UTC)
        case str():
            return str.__str__(value)
        case EventStream() | StreamingBody():
            return drain(value.raw)
        case _ if hasattr(value, "read"):
            return "streamed", value.read()
        case _ if hasattr(value, "get_initial_response"):
            return "events", [drain(event) for event in value]
        case _:
            return type(value).__name__, value


def without_future(value: Any) -> Any:
    """A reply without the members that the model does not know.

    Of CBOR, botocore passes on what is in maps as it came, these included.
    """
    match value:
        case dict():
            return {
                key: without_future(item)
                for key, item in value.items()
                if key != FUTURE_NAME
            }
        case list():
            return [without_future(item) for item in value]
        case _:
            return value


def compare_sent(outcomes: Mapping[str, Outcome], request: type[Any]) -> None:
    """See that the same was sent; or nothing, for a reason that is told.

    Args:
        outcomes: What came of a call by each client.
        request: The class of the request, whose events nobody can send.
    """
    theirs = outcomes[THEIRS]
    for serializer in SERIALIZERS:
        ours = outcomes[serializer]
        if has_events(request):
            assert isinstance(ours.error, BotosmithError), (serializer, ours)
        elif theirs.sent is None:
            assert ours.sent is None, (serializer, theirs.error, ours.sent)
            expected = type(theirs.error), BotosmithError
            assert isinstance(ours.error, expected), (serializer, theirs.error, ours)
        else:
            differing = _find_differences(theirs.sent, ours.sent or ())
            assert not differing, (serializer, differing, ours.error)


def _find_differences(theirs: tuple[Any, ...], ours: tuple[Any, ...]) -> Any:
    return [pair for pair in zip_longest(theirs, ours) if pair[0] != pair[1]]


def compare_replies(
    outcomes: Mapping[str, Outcome],
    members: Mapping[str, Any],
    *,
    is_sound: bool = True,
) -> None:
    """See that the same came back from a call that all have sent.

    Args:
        outcomes: What came of the call by each client.
        members: The shapes of the reply's members; botocore gives more for some.
        is_sound: Whether the reply is what the model describes; if not, we may refuse
            what botocore reads as it can.
    """
    theirs = outcomes[THEIRS]
    for serializer in SERIALIZERS:
        ours = outcomes[serializer]
        if isinstance(theirs.error, ClientError):
            _compare_errors(theirs.error, ours.error, serializer)
        elif theirs.error is not None and (is_sound or ours.error is not None):
            expected = type(theirs.error), BotosmithError
            assert isinstance(ours.error, expected), (serializer, theirs.error, ours)
        elif theirs.error is not None:
            # botocore fails for a reply of nothing in the protocols query and ec2.
            located = {
                name
                for name, shape in members.items()
                if shape.serialization.get("location")
            }
            assert ours.reply.keys() <= located, (serializer, theirs.error, ours)
        elif is_sound or ours.error is None:
            assert ours.error is None, (serializer, ours.error)
            known = {
                key: without_future(item)
                for key, item in theirs.reply.items()
                # A payload that is null is there, and None, as is one that is not.
                if key in members and item != drain(None)
            }
            assert ours.reply == known, (serializer, theirs, ours)
        else:
            assert isinstance(ours.error, ReplyError), (serializer, ours.error)


def check_errors(outcomes: Mapping[str, Outcome]) -> None:
    """See that where we fail, it is with an error of ours, or the same as botocore."""
    theirs = outcomes[THEIRS]
    for serializer in SERIALIZERS:
        error = outcomes[serializer].error
        expected = type(theirs.error), BotosmithError
        assert error is None or isinstance(error, expected), (
            serializer,
            theirs.error,
            error,
        )


def _compare_errors(theirs: ClientError, ours: Any, serializer: str) -> None:
    assert isinstance(ours, ServiceError), (serializer, theirs, ours)
    expected = without_future(drain(theirs.response))
    assert without_future(drain(ours.response)) == expected, (serializer, theirs, ours)
    assert str(ours) == expect_text(ours, theirs), (serializer, theirs, ours)
    is_modelled = type(ours).__bases__ != (ServiceError,)
    assert is_modelled == (type(theirs) is not ClientError), (serializer, ours, theirs)


def has_events(structure: Any) -> bool:
    """Return whether a request or reply holds a stream of events."""
    return any(
        isinstance(one.member.type, schema.Events) for one in schema.fields(structure)
    )
