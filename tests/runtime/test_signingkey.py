"""Signatures, whose keys a client remembers, are what botocore makes of the request."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import botocore.auth
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest

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
    """Of the first request and the next, on another day, with other credentials."""
    sent: list[Any] = []
    now = [DAY]
    monkeypatch.setattr(botocore.auth, "get_current_datetime", lambda *_, **__: now[0])
    client = parcels.Client(endpoint_url=server.url)
    client.meta.events.register(
        "before-send", lambda request, **_: sent.append(request)
    )
    signer = client._path.client._request_signer
    seen: set[str] = set()

    for day, key in [(DAY, "one"), (DAY, "one"), (NEXT, "one"), (NEXT, "two")]:
        now[0] = day
        signer._credentials.secret_key = key
        client.open_locker(locker_id="a", **CHOSEN)
        header = sent[-1].headers["Authorization"].decode()

        assert header == sign_anew(sent[-1], signer)
        seen.add(header)
    assert len(seen) == 3
