"""Signing keys, derived once for each day, region and service.

Signature version 4 derives the key that signs from the secret key in four steps, which
depend on nothing else (https://docs.aws.amazon.com/IAM/latest/UserGuide/
reference_sigv-create-signed-request.html). botocore derives it anew for each request.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from hashlib import blake2b
from os import urandom
from typing import Any

from botocore.auth import SigV4Auth

# The stubs of botocore leave its private methods out.
_SigV4: Any = SigV4Auth

# A client signs for its own region and service, and S3 for those of its buckets.
_MOST_KEYS = 8


def keep_signing_keys(client: Any) -> None:
    """Let a botocore client keep the signing keys of its current credentials."""
    signer = client._request_signer
    vars(signer)["get_auth_instance"] = _remembering(signer.get_auth_instance)


def _remembering(make: Callable[..., Any]) -> Callable[..., Any]:
    keys = SigningKeys()

    def get_auth_instance(*args: Any, **kwargs: Any) -> Any:
        auth = make(*args, **kwargs)
        if _signs_as_known(auth) and auth.credentials is not None:
            # Its values instead of the object itself: a reference cycle would keep the
            # credentials in memory until the garbage collector runs.
            vars(auth)["signature"] = partial(
                keys.sign,
                auth.credentials.secret_key,
                auth._region_name,
                auth._service_name,
            )
        return auth

    return get_auth_instance


def _signs_as_known(auth: Any) -> bool:
    """Return whether botocore's own methods for version 4 make the signatures.

    Signers of awscrt have others, and so may those that a user registers.
    """
    return isinstance(auth, SigV4Auth) and all(
        getattr(type(auth), name) is getattr(_SigV4, name)
        for name in ("signature", "_sign")
    )


class SigningKeys:
    """The signing keys of one set of credentials and one day.

    Other credentials, such as those that a rotation brings, replace all of them.
    Neither the secret key nor anything that gives it away is kept: the credentials are
    told apart by a digest with a random key of its own.
    """

    def __init__(self) -> None:
        self._salt = urandom(16)
        # One attribute, so that a thread never sees the keys of other credentials.
        self._kept: tuple[object, dict[tuple[str, str], bytes]] = (None, {})

    def sign(
        self, secret_key: str, region: str, service: str, text: str, request: Any
    ) -> str:
        """Return the signature that `SigV4Auth.signature` makes for a request.

        Args:
            secret_key: The secret access key.
            region: The region to sign for.
            service: The service to sign for, by its signing name.
            text: The string to sign.
            request: botocore's request, whose context has the time.
        """
        day = request.context["timestamp"][:8]
        key = self._find(secret_key, day, (region, service))
        signature: str = _SigV4._sign(None, key, text, hex=True)
        return signature

    def _find(self, secret_key: str, day: str, scope: tuple[str, str]) -> bytes:
        digest = blake2b(secret_key.encode(), digest_size=16, key=self._salt).digest()
        owner, keys = self._kept
        if owner != (digest, day):
            keys = {}
            self._kept = (digest, day), keys
        key = keys.get(scope)
        if key is None:
            if len(keys) >= _MOST_KEYS:
                keys.clear()
            key = keys[scope] = _derive(secret_key, day, *scope)
        return key


def _derive(secret_key: str, *scope: str) -> bytes:
    key = f"AWS4{secret_key}".encode()
    for step in (*scope, "aws4_request"):
        key = _SigV4._sign(None, key, step)
    return key
