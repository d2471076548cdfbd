"""S3's redirects to other regions, which botocore follows.

Where an answer does not name the region, botocore asks for the bucket with HeadBucket.
It does so for a redirected HeadBucket as well, and that one again, until Python's stack
ends.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_REGION = "x-amz-bucket-region"


def stop_circles(client: Any) -> None:
    """Have a client of S3 follow a redirect of HeadBucket only to a named region."""
    # Before botocore's own handler, which is registered for all operations at once.
    client.meta.events.register("needs-retry.s3.HeadBucket", _settle)


def _settle(
    request_dict: Mapping[str, Any], response: tuple[Any, Any] | None, **_: Any
) -> None:
    if response is None:
        return
    parsed: Mapping[str, Any] = response[1] or {}
    headers = parsed.get("ResponseMetadata", {}).get("HTTPHeaders", {})
    if _REGION not in headers and not parsed.get("Error", {}).get("Region"):
        context = request_dict.get("context", {}).get("s3_redirect")
        if context is not None:
            context["redirected"] = True
