"""The log of a client's calls, at the level DEBUG, without secrets.

The logger of a service is `botosmith.` with botocore's name of it, such as
`botosmith.sagemaker`, wherever the generated package may live. Requests and replies are
logged as they print, sensitive members masked; of an error, what it is and not what it
says. What botocore logs is under `botocore`, and for botocore to mask.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from botosmith.runtime.errors import ServiceError
from botosmith.runtime.objects.structure import Request, Response

R = TypeVar("R", bound=Response)

#: Only the beginning of longer requests and replies is logged.
_LONGEST = 10_000


def find_logger(service: str) -> logging.Logger:
    """The logger of a service."""
    return logging.getLogger(f"botosmith.{service}")


@contextmanager
def logged(logger: logging.Logger, request: Request[R]) -> Generator[Callable[[R], R]]:
    """Log a call that is made within, before and after.

    What comes out is to be given the reply, which it gives back.
    """
    # A value that cannot be shown, or a handler that fails, must not break a call.
    with suppress(Exception):
        logger.debug("%s: sending %s", request._operation, _shorten(request))
    start = time.perf_counter()

    def tell(response: R) -> R:
        metadata = response.response_metadata
        with suppress(Exception):
            logger.debug(
                "%s: %d after %.3f s and %d attempts, request id %s: %s",
                request._operation,
                metadata.status,
                _since(start),
                metadata.attempts,
                metadata.request_id,
                _shorten(response),
            )
        return response

    try:
        yield tell
    except Exception as error:
        with suppress(Exception):
            logger.debug(
                "%s: %s after %.3f s", request._operation, _name(error), _since(start)
            )
        raise


def _shorten(value: object) -> str:
    text = repr(value)
    rest = len(text) - _LONGEST
    return text if rest <= 0 else f"{text[:_LONGEST]}... and {rest:,} characters more"


def _since(start: float) -> float:
    return time.perf_counter() - start


def _name(error: Exception) -> str:
    """Return the type of an error; its text may have anything in it."""
    kind: Any = type(error)
    if not isinstance(error, ServiceError):
        return str(kind.__name__)
    metadata = error.response_metadata
    return (
        f"{kind.__name__} ({error.code}), {metadata.status} after "
        f"{metadata.attempts} attempts, request id {metadata.request_id},"
    )
