"""Signatures, whose keys a client remembers, are what botocore makes of the request."""

from __future__ import annotations

import hmac
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count
from typing import Any

import botocore.auth
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import RefreshableCredentials
from tests.support.memory import find_texts

DAY = datetime(2026, 1, 31, 23, 59, tzinfo=UTC)
CHOSEN = {"client_token": "t"}
NEXT = datetime(2026, 2, 1, 0, 0, 30, tzinfo=UTC)


def sign_anew(request: Any, signer: Any) -> str:
    """The header that botocore's own signer, which remembers nothing, makes."""
    named = request.headers["Authorization"].decode().split("SignedHeaders=")[1]
    signed = set(named.split(",")[0].split(";")) - {"host", "x-amz-date"}
    headers = {name: request.headers[name].decode() for name in signed}
    again = AWSRequest(request.method, request.url, headers, request.body)
    service, region = signer._signing_name, signer._region_name
    SigV4Auth(signer._credentials, service, region).add_auth(again)
    return str(again.headers["Authorization"])


def test_signatures_are_botocores(
    parcels: Any, server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first request and the next, on another day, with other credentials."""
    sent: list[Any] = []
    now = [DAY]
    monkeypatch.setattr(botocore.auth, "get_current_datetime", lambda *_, **__: now[0])
    client = parcels.Client(endpoint_url=server.url)
    client.meta.events.register(
        "before-send", lambda request, **_: sent.append(request)
    )
    signer = client._transport.client._request_signer
    seen: set[str] = set()

    for day, key in [(DAY, "one"), (DAY, "one"), (NEXT, "one"), (NEXT, "two")]:
        now[0] = day
        signer._credentials.secret_key = key
        client.open_locker(locker_id="a", **CHOSEN)
        header = sent[-1].headers["Authorization"].decode()

        assert header == sign_anew(sent[-1], signer)
        seen.add(header)
    assert len(seen) == 3


def list_traces(secret: str, day: str) -> list[bytes]:
    """A secret key and the keys that are derived from it, one from the other."""
    traces = [f"AWS4{secret}".encode()]
    for step in (day, "eu-west-1", "parcels", "aws4_request"):
        traces.append(hmac.new(traces[-1], step.encode(), sha256).digest())
    return [secret.encode(), *traces]


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
def test_rotated_keys_are_forgotten(
    parcels: Any, server: Any, monkeypatch: pytest.MonkeyPatch, serializer: str
) -> None:
    """After the first request with new credentials, nothing of the old is kept."""
    monkeypatch.setattr(botocore.auth, "get_current_datetime", lambda *_, **__: DAY)
    before, after = "the-first-secret-key", "the-second-secret-key"
    client = parcels.Client(endpoint_url=server.url, serializer=serializer)
    signer = client._transport.client._request_signer
    signer._credentials.secret_key = before
    client.open_locker(locker_id="a", **CHOSEN)
    old, new = (list_traces(secret, "20260131") for secret in (before, after))
    # The secret itself belongs to the credentials; the last step is what is kept.
    assert find_texts(client, old) == [old[0], old[-1]]

    signer._credentials.secret_key = after
    client.open_locker(locker_id="a", **CHOSEN)

    assert find_texts(client, old) == []
    assert find_texts(client, new) == [new[0], new[-1]]


def test_refreshed_credentials(
    parcels: Any, server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that botocore refreshes by itself replace the keys as well."""
    monkeypatch.setattr(botocore.auth, "get_current_datetime", lambda *_, **__: DAY)
    numbers = count()

    def refresh() -> dict[str, str]:
        late = datetime.now(UTC) + timedelta(minutes=1)  # so each use refreshes them
        keys = {"access_key": "AKID", "token": "t"}
        secret = f"the-secret-key-{next(numbers)}"
        return {**keys, "secret_key": secret, "expiry_time": late.isoformat()}

    client = parcels.Client(endpoint_url=server.url)
    signer = client._transport.client._request_signer
    signer._credentials = RefreshableCredentials.create_from_metadata(
        refresh(), refresh, "test"
    )
    client.open_locker(locker_id="a", **CHOSEN)
    client.open_locker(locker_id="b", **CHOSEN)

    last = next(numbers) - 1
    kept = [
        find_texts(client, list_traces(f"the-secret-key-{number}", "20260131"))
        for number in range(last + 1)
    ]
    assert last > 1
    assert kept[:-1] == [[]] * last
    assert len(kept[-1]) == 2


def test_signers_of_a_user_are_left_alone(
    parcels: Any, server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A signer that signs in its own way goes on doing so."""

    class Own(SigV4Auth):
        def signature(self, string_to_sign: str, request: Any) -> str:
            del string_to_sign, request
            return "mine"

    monkeypatch.setitem(botocore.auth.AUTH_TYPE_MAPS, "v4", Own)
    client = parcels.Client(endpoint_url=server.url)

    client.open_locker(locker_id="a", **CHOSEN)

    assert server.requests[-1][0]["authorization"].endswith("Signature=mine")
