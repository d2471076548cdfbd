"""What a reply tells about the exchange itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

import attrs

#: The name that botocore has for this beside a reply's members.
METADATA_KEY = "ResponseMetadata"

# How many bytes of a body errors keep.
KEPT = 512


class Parsed(dict[str, Any]):
    """A reply as botocore parsed it, with the first bytes of what was parsed."""

    def __init__(self, content: Mapping[str, Any], body: object) -> None:
        """Take botocore's dictionary and the body; a stream has no first bytes yet."""
        super().__init__(content)
        self.body = bytes(body[:KEPT]) if isinstance(body, bytes) else b""


@attrs.frozen(kw_only=True)
class ResponseMetadata:
    """Facts about the HTTP exchange behind a reply or an error.

    A reply object that no exchange was behind has `NO_EXCHANGE`, of no attempts.

    Attributes:
        request_id: The service's id of the request, for support cases; None when the
            service gave none.
        status: The HTTP status code.
        headers: The HTTP headers, their names in lower case.
        attempts: How often the request was sent: 1 when nothing was retried.
    """

    request_id: str | None
    status: int
    headers: Mapping[str, str] = attrs.field(hash=False, repr=False)
    attempts: int = 1

    @classmethod
    def from_boto3(cls, metadata: Mapping[str, Any]) -> Self:
        """Read botocore's `ResponseMetadata` dictionary."""
        headers = dict(metadata.get("HTTPHeaders", {}))
        return cls(
            # botocore leaves it out of a server error whose body is not JSON.
            request_id=metadata.get("RequestId", headers.get("x-amzn-requestid")),
            status=metadata.get("HTTPStatusCode", 0),
            headers=headers,
            attempts=metadata.get("RetryAttempts", 0) + 1,
        )

    def to_boto3(self) -> dict[str, Any]:
        """Return it as botocore's `ResponseMetadata` dictionary."""
        known = {"RequestId": self.request_id} if self.request_id else {}
        return {
            **known,
            "HTTPStatusCode": self.status,
            "HTTPHeaders": dict(self.headers),
            "RetryAttempts": self.attempts - 1,
        }


#: What a reply has that was made by hand, by `from_wire` or for a test.
NO_EXCHANGE = ResponseMetadata(request_id=None, status=0, headers={}, attempts=0)
