"""Outcomes of calls, and whether they are documented ones."""

from __future__ import annotations

import copy
import pickle
import re
import traceback
from contextlib import suppress
from typing import Any

from attrs import frozen
from botocore.exceptions import (
    BotoCoreError,
    ParamValidationError,
    ResponseStreamingError,
)

from botosmith.runtime import (
    ReplyError,
    Response,
    ServiceError,
    ValidationError,
    to_boto3,
)

#: Facts that differ between two runs. aiohttp shows only those bytes of a wrong status
#: line that have arrived.
_VARYING = re.compile(
    r"0x[0-9a-f]+|127\.0\.0\.1:\d+|(?<=Bad status line:).*", re.DOTALL
)


_KINDS = {
    "service error": ServiceError,
    "reply error": ReplyError,
    "network error": BotoCoreError,
}


@frozen
class Outcome:
    """The outcome of a call.

    Attributes:
        kind: `reply`, or the kind of the error.
        text: What it was, the same for the same outcome.
        problem: Why no document has it; None where one does.
    """

    kind: str
    text: str
    problem: str | None = None


def judge_error(error: BaseException, *, among_events: bool = False) -> Outcome:
    """Judge what was raised.

    Args:
        error: What was raised.
        among_events: Whether it came out of a stream of events.
    """
    text = _VARYING.sub("", f"{type(error).__name__}: {error}")
    kind = next(
        (name for name, cls in _KINDS.items() if isinstance(error, cls)), "other"
    )
    if not _is_documented(error, among_events=among_events):
        shown = "".join(traceback.format_exception(error))
        return Outcome(kind, text, f"raised {text}\n{shown}")
    return Outcome(kind, text, _touch_error(error))


def _is_documented(error: BaseException, *, among_events: bool) -> bool:
    if isinstance(error, (ValidationError, ParamValidationError)):
        return False  # what is wrong is not the request
    if isinstance(error, (ServiceError, ReplyError)):
        return True
    network = ResponseStreamingError if among_events else BotoCoreError
    return isinstance(error, network)


def _touch_error(error: Any) -> str | None:
    """Do to an error what loggers and process pools do; say what goes wrong."""
    try:
        shown = f"{error} {error!r} {error.args}"
        "".join(traceback.format_exception(error))
        copies = [copy.copy(error)]
        if isinstance(error, (ServiceError, ReplyError)):
            copies += _copy_whole(error)
            _read_attributes(error)
        for one in copies:
            # An error among events pickles as the class that the package exports.
            if not isinstance(error, type(one)) or str(one) != str(error):
                return f"a copy of {shown} is {one!r}"
    except Exception as failure:  # noqa: BLE001 - whatever it is, it is wrong
        told = "".join(traceback.format_exception(failure))
        return f"an error cannot be used: {type(error).__name__}\n{told}"
    return None


def _copy_whole(value: Any) -> list[Any]:
    """Copies of a value with all that it holds.

    Python itself copies and pickles no value that is nested as deep as botocore reads
    them, whatever it is made of: not even dictionaries.
    """
    copies: list[Any] = []
    with suppress(RecursionError):
        copies.append(copy.deepcopy(value))
    with suppress(RecursionError):
        copies.append(pickle.loads(pickle.dumps(value)))  # noqa: S301 - our own
    return copies


def _read_attributes(error: Any) -> None:
    metadata = error.response_metadata
    assert isinstance(metadata.status, int), metadata
    assert metadata.attempts >= 1, metadata
    assert isinstance(error.body, bytes), error.body
    if isinstance(error, ReplyError):
        repr(getattr(error, "partial", None))
        for mismatch in getattr(error, "mismatches", ()):
            str(mismatch)
        return
    assert isinstance(error.code, str), error.code
    assert isinstance(error.message, str), error.message
    assert isinstance(error.response, dict), error.response
    for field in error._fields:
        repr(getattr(error, field.attribute))


def judge_reply(reply: Response) -> Outcome:
    """Judge a reply, whose streams are read by now or later."""
    text = type(reply).__name__
    try:
        text = repr(reply)
        copy.copy(reply)
        assert reply.response_metadata.attempts >= 1, reply.response_metadata
        if not reply._bodies and not reply._events:
            to_boto3(reply)
            for one in _copy_whole(reply):
                if repr(one) != text:
                    return Outcome("reply", text, f"a copy is {one!r}")
    except Exception as failure:  # noqa: BLE001 - whatever it is, it is wrong
        told = "".join(traceback.format_exception(failure))
        return Outcome("reply", text, f"a reply cannot be used: {text[:300]}\n{told}")
    return Outcome("reply", _VARYING.sub("", text))
