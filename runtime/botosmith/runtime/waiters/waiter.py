"""Waiters: how to learn from replies whether something has come about.

The definitions are botocore's (`botocore.waiter`), and so is what matches; `wait` goes
through with one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeAlias

import attrs

from botosmith.runtime.errors import ServiceError
from botosmith.runtime.objects.structure import Response
from botosmith.runtime.serde.writers import is_list
from botosmith.runtime.waiters.observed import ReplyDocument, describe_seen, search

State = Literal["success", "failure", "retry"]
Matcher = Literal["path", "pathAll", "pathAny", "status", "error"]


@attrs.frozen
class Acceptor:
    """The condition on a reply under which a waiter comes to a state.

    Attributes:
        state: The state: `success` and `failure` are ends, after `retry` the waiter
            asks again.
        matcher: What is looked at: `status` is the HTTP status, `error` the code of an
            error, `path` what a JMESPath expression finds in a reply, `pathAll` each
            and `pathAny` any item of the list that it finds.
        expected: What that has to be; of `error`, True for any error and False for
            none.
        argument: The expression, for those that have one.
    """

    state: State
    matcher: Matcher
    expected: str | bool | float
    argument: str = ""

    @property
    def has_path(self) -> bool:
        """Return whether it looks into replies."""
        return self.matcher.startswith("path")

    def matches(self, parsed: ReplyDocument) -> bool:
        """Return whether a reply or an error is the expected one.

        Raises:
            jmespath.exceptions.JMESPathError: The expression makes no sense of it, as
                under botocore.
        """
        match self.matcher:
            case "status":
                metadata = parsed.get("ResponseMetadata", {})
                return bool(metadata.get("HTTPStatusCode") == self.expected)
            case "error":
                return self._matches_error(parsed)
            case _:
                return not is_error(parsed) and self._matches_path(parsed)

    def _matches_error(self, parsed: ReplyDocument) -> bool:
        if self.expected is False:
            return "Error" not in parsed
        error = parsed.get("Error", {})
        if self.expected is True:
            return "Code" in error
        return bool(error.get("Code", "") == self.expected)

    def _matches_path(self, parsed: ReplyDocument) -> bool:
        found = search(self.argument, parsed)
        if self.matcher == "path":
            return bool(found == self.expected)
        # An empty list does not match, neither for all nor for any.
        if not is_list(found) or not found:
            return False
        matching = (item == self.expected for item in found)
        return all(matching) if self.matcher == "pathAll" else any(matching)

    @property
    def explanation(self) -> str:
        """Return what has matched, in botocore's words."""
        match self.matcher:
            case "path":
                words = "we matched expected path:"
            case "pathAll":
                words = "all members matched expected path:"
            case "pathAny":
                words = "we matched expected path:"
            case "status":
                return f"Matched expected HTTP status code: {self.expected}"
            case "error":
                return f"Matched expected service error code: {self.expected}"
        often = " at least once" if self.matcher == "pathAny" else ""
        return f'For expression "{self.argument}" {words} "{self.expected}"{often}'


@attrs.frozen
class Waiter:
    """The call to repeat until something has come about.

    Attributes:
        name: Its name in the model, such as `EndpointInService`.
        delay: How many seconds to wait between two calls.
        max_attempts: How many calls to make at most.
        acceptors: What replies mean; the first that matches decides.
    """

    name: str
    delay: float
    max_attempts: int
    acceptors: tuple[Acceptor, ...]

    @property
    def expressions(self) -> tuple[str, ...]:
        """Return the expressions that it looks at in replies, each once."""
        paths = (one.argument for one in self.acceptors if one.has_path)
        return tuple(dict.fromkeys(paths))


@attrs.frozen(kw_only=True)
class WaiterAttempt:
    """One of the calls of a waiter, and what it showed; its text is one line.

    Attributes:
        waiter: The waiter's name, such as `EndpointInService`.
        attempt: Which call it was, from 1.
        max_attempts: How many there will be at most.
        elapsed: How many seconds the waiter has been at work.
        delay: After how many seconds the next call follows, where one does.
        state: What the reply means: `success` and `failure` are ends, and so is `retry`
            after the last attempt.
        reply: The reply; None where the service refused the call.
        error: The error; None where there is a reply.
        seen: What the waiter looked at in the reply, by its JMESPath expressions, such
            as `{"EndpointStatus": "Creating"}`.
    """

    waiter: str
    attempt: int
    max_attempts: int
    elapsed: float
    delay: float
    state: State
    reply: Response | None
    error: ServiceError | None
    seen: Mapping[str, Any]

    def __str__(self) -> str:
        seen = describe_seen(self.seen)
        if self.error is not None:
            seen = f"error {self.error.code!r}"
        count = f"attempt {self.attempt} of {self.max_attempts}"
        return ", ".join(filter(None, (f"{self.waiter}: {self.state}", seen, count)))


#: The receiver of each attempt; True for a line on the terminal.
WaiterProgress: TypeAlias = Callable[[WaiterAttempt], object] | bool


def is_error(parsed: ReplyDocument) -> bool:
    """Return whether botocore takes it for an error, even a reply that looks so."""
    error = parsed.get("Error")
    return isinstance(error, dict) and "Code" in error
