"""What becomes of errors among the events of a reply."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import attrs
from botocore.exceptions import EventStreamError

from botosmith.runtime.errors import ReplyError, ServiceError, ValidationError
from botosmith.runtime.metadata import ResponseMetadata


@attrs.frozen
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
        """The service's own error for one that came in place of an event."""
        response: Any = error.response
        code: str = response.get("Error", {}).get("Code", "")
        # Events go by the names of members, which begin with a small letter.
        found = self.find_error(f"{code[:1].upper()}{code[1:]}")
        kind: Any = found
        made: ServiceError = _as_event(kind)(response, self.operation_name)
        return made

    def make_reply_error(self, error: ValidationError) -> ReplyError:
        """The error for an event that is not what the model describes."""
        problem = "; ".join(map(str, error.violations))
        return ReplyError(self.operation_name, problem, self.response_metadata, b"")


@cache
def _as_event(error: Any) -> Any:
    """A class of error that is botocore's for events as well, and pickles as itself."""

    def reduce(self: Any) -> Any:
        return error(self.response, self.operation_name).__reduce__()

    bases = (error, EventStreamError)
    return type(error.__name__, bases, {"__reduce__": reduce})
