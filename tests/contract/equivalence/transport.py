"""A stand-in for the network, and for the moment of a call."""

from __future__ import annotations

import email.utils
import gzip
import time
import uuid
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from importlib import import_module
from io import BytesIO
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import botocore.auth
from attrs import define, field
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HAS_CRT, HTTPHeaders
from botocore.config import Config

ARGUMENTS: dict[str, Any] = {
    "region_name": "us-east-1",
    "aws_access_key_id": "AKIAIOSFODNN7EXAMPLE",
    "aws_secret_access_key": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
}

#: botocore's signers of awscrt, where that is installed.
_CRT = [import_module("botocore.crt.auth")] if HAS_CRT else []

#: One attempt alone: one reply is set for each call.
CONFIG = Config(retries={"total_max_attempts": 1, "mode": "standard"})

_MOMENT = datetime(2026, 2, 28, 12, 34, 56, tzinfo=UTC)
_TOKEN = uuid.UUID("12345678-1234-4123-8123-123456789012")


class Raw(BytesIO):
    """A body as urllib3 would stream it."""

    def stream(self, **_: Any) -> Iterator[bytes]:
        """The body, whole."""
        yield self.getvalue()


@define
class Transport:
    """Stands in for the network: keeps what is sent, answers what it is told.

    Attributes:
        reply: Status, headers and body of the next replies.
        sent: The last request.
    """

    reply: tuple[int, dict[str, str], bytes] = (200, {}, b"{}")
    sent: AWSPreparedRequest | None = field(default=None)

    def __call__(self, request: AWSPreparedRequest, **_: Any) -> Any:
        """Take a request, as a handler of botocore's `before-send` event."""
        self.sent = request
        status, headers, body = self.reply
        return AWSResponse(
            request.url, status, HTTPHeaders.from_dict(headers), Raw(body)
        )


@contextmanager
def stopped_clock() -> Generator[None]:
    """One moment and one random token for all requests: even signatures are equal."""
    clock = SimpleNamespace(
        **{
            **vars(time),
            "gmtime": lambda _=None: _MOMENT.timetuple(),
            "time": _MOMENT.timestamp,
        }
    )
    with ExitStack() as stack:
        for owner, name, value in (
            *((crt, "get_current_datetime", _now) for crt in _CRT),
            (botocore.auth, "get_current_datetime", _now),
            (botocore.auth, "formatdate", _format_now),
            (botocore.auth, "time", clock),
            (gzip, "time", clock),
            (uuid, "uuid4", lambda: _TOKEN),
        ):
            stack.enter_context(patch.object(owner, name, value))
        yield


def _now(remove_tzinfo: bool = True) -> datetime:  # noqa: FBT001, FBT002 - botocore's
    return _MOMENT.replace(tzinfo=None) if remove_tzinfo else _MOMENT


def _format_now(timeval: float | None = None, **arguments: Any) -> str:
    moment = _MOMENT.timestamp() if timeval is None else timeval
    return email.utils.formatdate(moment, **arguments)
