"""A wait that is under way: the decision after each call, and who makes the calls.

`Wait` neither calls nor sleeps, so that any client can drive it. It stops where
`botocore.waiter.Waiter` stops, and for the same reason.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping
from inspect import iscoroutinefunction
from threading import TIMEOUT_MAX
from typing import Any, Generic, TypeVar

import attrs
from botocore.context import start_as_current_context
from botocore.useragent import register_feature_id

from botosmith.runtime.errors import ServiceError, ValidationError, WaiterError
from botosmith.runtime.objects.structure import Response
from botosmith.runtime.serde.convert import to_parsed
from botosmith.runtime.violation import Violation
from botosmith.runtime.waiters.observed import ReplyDocument, look
from botosmith.runtime.waiters.progress import Report, report_to
from botosmith.runtime.waiters.waiter import (
    Acceptor,
    State,
    Waiter,
    WaiterAttempt,
    WaiterProgress,
    is_error,
)

R = TypeVar("R", bound=Response)


def wait(
    call: Callable[[], R],
    waiter: Waiter,
    progress: WaiterProgress | None = None,
) -> R | None:
    """Call until a waiter has come to an end, and sleep between the calls.

    Args:
        call: Makes the call that the waiter is about.
        waiter: The waiter.
        progress: Is told of each attempt.

    Returns:
        The last reply; None where the end was an error that the waiter waited for.

    Raises:
        WaiterError: It was in vain.
    """
    if iscoroutinefunction(progress):
        msg = "progress: a coroutine function is for a client whose calls are awaited"
        raise TypeError(msg)
    with start_as_current_context(), report_to(progress, waiter) as report:
        # As botocore's waiters do, it tells AWS in the header `User-Agent`.
        register_feature_id("WAITER")
        under_way: Wait[R] = Wait(waiter, report)
        while not under_way.take(_try(call)):
            time.sleep(waiter.delay)
        return under_way.reply


def _try(call: Callable[[], R]) -> R | ServiceError:
    try:
        return call()
    except ServiceError as error:
        return error


def adjust(waiter: Waiter, delay: float | None, max_attempts: int | None) -> Waiter:
    """A waiter with another pace than its own.

    Raises:
        ValidationError: Some such pace there is not; lists every violation.
    """
    if violations := tuple(_check_pace(delay, max_attempts)):
        raise ValidationError(waiter.name, violations)
    return attrs.evolve(
        waiter,
        delay=waiter.delay if delay is None else delay,
        max_attempts=waiter.max_attempts if max_attempts is None else max_attempts,
    )


def _check_pace(delay: object, max_attempts: object) -> Iterator[Violation]:
    if delay is not None:
        if isinstance(delay, bool) or not isinstance(delay, (int, float)):
            yield Violation("delay", delay, "is not a number of seconds")
        elif not math.isfinite(delay):
            yield Violation("delay", delay, "is not finite")
        elif delay < 0:
            yield Violation("delay", delay, "is below the minimum 0")
        elif delay > TIMEOUT_MAX:
            rule = f"is above the maximum {TIMEOUT_MAX:.0f}"
            yield Violation("delay", delay, rule)
    if max_attempts is not None:
        if isinstance(max_attempts, bool) or not isinstance(max_attempts, int):
            yield Violation("max_attempts", max_attempts, "is not a whole number")
        elif max_attempts < 1:
            yield Violation("max_attempts", max_attempts, "is below the minimum 1")


def _now() -> float:
    return time.monotonic()


@attrs.define
class Wait(Generic[R]):
    """A wait that is under way: it takes each answer, and says whether that was all.

    Attributes:
        waiter: What it waits for, and how long.
        report: Is told of each attempt.
        attempts: How many calls there have been.
        reply: The last reply; None after an error.
    """

    waiter: Waiter
    report: Report
    attempts: int = 0
    reply: R | None = None
    _has_accepted: bool = False
    _start: float = attrs.field(factory=_now)

    def take(self, answer: R | ServiceError) -> bool:
        """Return whether the waiter has come to its good end.

        If not, the same call is to be made again, `waiter.delay` seconds later.

        Raises:
            WaiterError: It will not come about, or not in the time that there was.
        """
        self.attempts += 1
        parsed = _parse(answer)
        acceptors = self.waiter.acceptors
        accepted = next((one for one in acceptors if one.matches(parsed)), None)
        self._has_accepted = self._has_accepted or accepted is not None
        error = answer if isinstance(answer, ServiceError) else None
        state, reason = self._judge(parsed, accepted, error)
        self.reply = None if isinstance(answer, ServiceError) else answer
        seen: Mapping[str, Any] = {}
        if self.reply is not None:
            seen = look(self.waiter.expressions, self.reply, parsed)
        self.report(
            WaiterAttempt(
                waiter=self.waiter.name,
                attempt=self.attempts,
                max_attempts=self.waiter.max_attempts,
                elapsed=_now() - self._start,
                delay=self.waiter.delay,
                state=state,
                reply=self.reply,
                error=error,
                seen=seen,
            )
        )
        if reason is not None:
            raise WaiterError(
                self.waiter.name,
                reason,
                state=state,
                attempts=self.attempts,
                last_reply=answer,
                last_response=parsed,
                seen=seen,
            ) from error
        return state == "success"

    def _judge(
        self,
        parsed: ReplyDocument,
        accepted: Acceptor | None,
        raised: ServiceError | None,
    ) -> tuple[State, str | None]:
        """The state that an answer leads to, and the reason if that is a bad end."""
        if accepted is None and is_error(parsed):
            error = parsed["Error"]
            message = error.get("Message", "Unknown")
            if raised is not None and raised._mask is not None:
                message = raised._mask
            return "failure", f"An error occurred ({error['Code']}): {message}"
        state: State = "retry" if accepted is None else accepted.state
        if state == "failure" and accepted is not None:
            return state, (
                "Waiter encountered a terminal failure state: "
                f"{accepted.explanation}"
            )
        if state == "retry" and self.attempts >= self.waiter.max_attempts:
            return state, self._explain_exhaustion(accepted)
        return state, None

    def _explain_exhaustion(self, accepted: Acceptor | None) -> str:
        reason = "Max attempts exceeded"
        if not self._has_accepted:
            return reason
        # botocore tells of the acceptor that it looked at last, matching or not.
        last = accepted or self.waiter.acceptors[-1]
        return f"{reason}. Previously accepted state: {last.explanation}"


def _parse(answer: Response | ServiceError) -> ReplyDocument:
    """An answer as botocore has it."""
    if isinstance(answer, ServiceError):
        error: Any = answer.response
        return dict(error)
    return to_parsed(answer)
