"""Checks a request's signature by making it anew with botocore's own signer.

The rules are those of AWS Signature Version 4 ("Create a signed AWS API request" in
the IAM user guide): the host and every x-amz header are signed, and a signature holds
for 15 minutes.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from datetime import UTC, datetime, timedelta
from typing import NoReturn

from attrs import frozen
from botocore.auth import SIGV4_TIMESTAMP, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import ReadOnlyCredentials

from botosmith.testing.standin.call import Refusal, Request

#: The greatest difference between a request's clock and ours.
TOLERANCE = timedelta(minutes=15)

_AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=(?P<key>[^/]+)/(?P<scope>[^,]+), *"
    r"SignedHeaders=(?P<headers>[^,]+), *Signature=(?P<signature>[0-9a-f]{64})"
)


@frozen
class Verifier:
    """Knows the one key pair that may sign requests to a service in a region."""

    access_key: str
    secret_key: str
    region: str
    service: str

    def verify(self, request: Request) -> None:
        """Pass a request that is signed rightly.

        Raises:
            Refusal: It is not, with the code and the status that AWS answers.
        """
        given = request.headers.get("authorization")
        if given is None:
            _refuse("MissingAuthenticationToken", "The request is not signed")
        parts = _AUTHORIZATION.fullmatch(given)
        if parts is None:
            _refuse("IncompleteSignature", f"Authorization is not SigV4: {given!r}")
        if parts["key"] != self.access_key:
            _refuse("UnrecognizedClientException", "The access key is not known")
        signed = parts["headers"].split(";")
        moment = _check_date(request)
        self._check_scope(parts["scope"], moment)
        _check_headers(request, signed)
        if not hmac.compare_digest(self._sign(request, signed), parts["signature"]):
            _mismatch("The signature is not that of this request and this key")

    def _check_scope(self, scope: str, moment: str) -> None:
        expected = f"{moment[:8]}/{self.region}/{self.service}/aws4_request"
        if scope != expected:
            _mismatch(f"The credential's scope is {scope}, expected {expected}")

    def _sign(self, request: Request, signed: list[str]) -> str:
        credentials = ReadOnlyCredentials(self.access_key, self.secret_key, None)
        signer = SigV4Auth(credentials, self.service, self.region)
        again = AWSRequest(
            request.method,
            f"http://{request.headers['host']}{request.path}",
            {name: request.headers[name] for name in signed},
            request.body,
        )
        again.context["timestamp"] = request.headers["x-amz-date"]
        canonical = signer.canonical_request(again)
        return signer.signature(signer.string_to_sign(again, canonical), again)


def _check_date(request: Request) -> str:
    given = request.headers.get("x-amz-date", "")
    try:
        moment = datetime.strptime(given, SIGV4_TIMESTAMP).replace(tzinfo=UTC)
    except ValueError:
        _refuse("IncompleteSignature", f"X-Amz-Date is not a date: {given!r}")
    if abs(datetime.now(UTC) - moment) > TOLERANCE:
        _mismatch(f"Signature expired: {given} is more than 15 minutes off")
    return given


def _check_headers(request: Request, signed: list[str]) -> None:
    amazon = {name for name in request.headers if name.startswith("x-amz-")}
    if missing := sorted(({"host"} | amazon) - set(signed)):
        _mismatch(f"Headers that are not signed: {', '.join(missing)}")
    if absent := sorted(set(signed) - set(request.headers)):
        _mismatch(f"Signed headers that are absent: {', '.join(absent)}")
    # The signer takes this header's word for the body, so its word is checked first.
    digest = hashlib.sha256(request.body).hexdigest()
    if request.headers.get("x-amz-content-sha256", digest) != digest:
        _mismatch("X-Amz-Content-SHA256 is not the digest of the body")


def _mismatch(message: str) -> NoReturn:
    _refuse("SignatureDoesNotMatch", message)


def _refuse(code: str, message: str) -> NoReturn:
    raise Refusal(403, code, message)
