"""The facts about an exchange that its reply tells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

import attrs

#: The name that botocore has for this beside a reply's members.
METADATA_KEY = "ResponseMetadata"

# The number of bytes of a body that errors keep.
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

    A reply object that no exchange was behind has `NO_EXCHANGE`, of no attempts; so has
    the answer of an event handler or of botocore's `Stubber` that says nothing of it.

    Attributes:
        request_id: The service's id of the request, for support cases; None when the
            service gave none.
        status: The HTTP status code; 0 if there is none.
        headers: The HTTP headers, their names in lower case.
        attempts: How often the request was sent: 1 when nothing was retried.
        max_attempts_reached: Whether botocore gave up retrying because the request had
            been sent as often as it may be.
        retry_quota_reached: Whether it gave up because too many requests of the client
            had failed.
        checksum_algorithm: The algorithm of the checksum that the body was validated
            with, such as `crc32`; None when it was not.
        host_id: The id of S3's host (the header `x-amz-id-2`), for support cases; None
            where botocore gives none.
        others: What else botocore's dictionary has, by its keys, such as `BoxUsage` of
            SimpleDB.
    """

    request_id: str | None
    status: int
    headers: Mapping[str, str] = attrs.field(hash=False, repr=False)
    attempts: int = 1
    max_attempts_reached: bool = attrs.field(default=False, repr=False)
    retry_quota_reached: bool = attrs.field(default=False, repr=False)
    checksum_algorithm: str | None = attrs.field(default=None, repr=False)
    host_id: str | None = attrs.field(default=None, repr=False)
    others: Mapping[str, Any] = attrs.field(default={}, hash=False, repr=False)

    @classmethod
    def from_boto3(cls, metadata: Mapping[str, Any]) -> Self:
        """Read botocore's `ResponseMetadata` dictionary, of which any part may lack."""
        headers = dict(metadata.get("HTTPHeaders") or {})
        found = metadata.get("RequestId")
        # botocore leaves it out of a server error whose body is not JSON, and has a
        # dictionary for an element of XML that holds others.
        is_text = isinstance(found, str)
        return cls(
            request_id=found if is_text else headers.get("x-amzn-requestid"),
            status=metadata.get("HTTPStatusCode") or 0,
            headers=headers,
            attempts=(metadata.get("RetryAttempts") or 0) + 1,
            # Few exchanges have more.
            **({} if metadata.keys() <= _USUAL else _read_rest(metadata)),
        )

    def to_boto3(self) -> dict[str, Any]:
        """Return it as botocore's `ResponseMetadata` dictionary."""
        known = {} if self.request_id is None else {"RequestId": self.request_id}
        return {
            **known,
            "HTTPStatusCode": self.status,
            "HTTPHeaders": dict(self.headers),
            "RetryAttempts": max(self.attempts - 1, 0),
            **{
                key: value
                for key, name in _OPTIONAL.items()
                # botocore leaves out what is not so.
                if (value := getattr(self, name)) is not None and value is not False
            },
            **self.others,
        }


_USUAL = frozenset({"RequestId", "HTTPStatusCode", "HTTPHeaders", "RetryAttempts"})

#: botocore's keys for what few exchanges have, and their attributes.
_OPTIONAL = {
    "MaxAttemptsReached": "max_attempts_reached",
    "RetryQuotaReached": "retry_quota_reached",
    "ChecksumAlgorithm": "checksum_algorithm",
    "HostId": "host_id",
}


def _read_rest(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments for what few exchanges have."""
    rest = {key: value for key, value in metadata.items() if key not in _USUAL}
    known = {
        name: value
        for key, name in _OPTIONAL.items()
        if (value := rest.pop(key, None)) is not None
    }
    return {**known, "others": rest}


#: The metadata of a reply that was made by hand, by `from_wire` or for a test.
NO_EXCHANGE = ResponseMetadata(request_id=None, status=0, headers={}, attempts=0)
