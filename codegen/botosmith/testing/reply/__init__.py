"""Replies of a service, as HTTP has them: a module for each protocol.

The rules are those of Smithy's protocols as `botocore.parsers` reads them, written from
the side of the service.
"""

from botosmith.testing.reply.fault import Fault
from botosmith.testing.reply.protocol import (
    list_error_forms,
    write_error,
    write_reply,
)
from botosmith.testing.reply.stream import (
    end_with_error,
    end_with_unknown_error,
    list_stream_errors,
)
from botosmith.testing.reply.wording import Style

__all__ = [
    "Fault",
    "Style",
    "end_with_error",
    "end_with_unknown_error",
    "list_error_forms",
    "list_stream_errors",
    "write_error",
    "write_reply",
]
