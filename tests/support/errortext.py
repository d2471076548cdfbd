"""botocore's text of an error, without the parts that our errors do not show."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError

from botosmith.runtime import ServiceError


def expect_text(ours: ServiceError, theirs: Any) -> str:
    """Return botocore's text of an error, with the message that ours shows in it.

    botocore takes a body that is not JSON for the message, and some models call the
    message sensitive.
    """
    if ours._mask is None:
        return str(theirs)
    error = {**theirs.response["Error"], "Message": ours._mask}
    shown: Any = {**theirs.response, "Error": error}
    return str(ClientError(shown, theirs.operation_name))
