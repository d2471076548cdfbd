"""Signing keys, derived once for each day, region and service.

Signature version 4 derives the key that signs from the secret key in four steps, which
depend on nothing else (https://docs.aws.amazon.com/IAM/latest/UserGuide/
reference_sigv-create-signed-request.html). botocore takes them anew for each request.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

from botocore.auth import SigV4Auth

# For two sets of credentials, or for two days: what is older is not asked for again.
_STEPS = 8


def keep_signing_keys(client: Any) -> None:
    """Let a botocore client remember the steps to its signing keys."""
    signer = client._request_signer
    vars(signer)["get_auth_instance"] = _remembering(signer.get_auth_instance)


def _remembering(make: Callable[..., Any]) -> Callable[..., Any]:
    signer: Any = SigV4Auth
    sign = partial(signer._sign, None)  # which asks nothing of an object
    take_step = lru_cache(_STEPS)(sign)

    # In botocore's own words, of which the last tells a step from a signature.
    def remembered(key: bytes, msg: str, **is_signature: bool) -> Any:
        return (sign if is_signature else take_step)(key, msg, **is_signature)

    def get_auth_instance(*args: Any, **kwargs: Any) -> Any:
        auth = make(*args, **kwargs)
        # What awscrt signs is of no such class.
        if isinstance(auth, SigV4Auth):
            vars(auth)["_sign"] = remembered
        return auth

    return get_auth_instance
