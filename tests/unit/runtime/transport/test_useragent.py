"""The User-Agent header, which a client remembers, is what botocore would build."""

from __future__ import annotations

from typing import Any

import botocore.session
import pytest
from botocore.config import Config
from botocore.context import with_current_context
from botocore.useragent import register_feature_id

CONFIGS: dict[str, dict[str, Any]] = {
    "default": {},
    "its own": {"user_agent": "mine/1"},
    "more": {"user_agent_extra": "more/1", "user_agent_appid": "app"},
    "retries": {"retries": {"mode": "standard"}},
}


def header_of(client: Any, call: Any) -> str:
    """The header that a call is sent with."""
    seen: list[str | bytes] = []
    client.meta.events.register(
        "before-send", lambda request, **_: seen.append(request.headers["User-Agent"])
    )
    call()
    last = seen[-1]
    return last.decode() if isinstance(last, bytes) else last


def words(header: str) -> tuple[set[str], set[str]]:
    """A header's parts, its features apart: those are a set, in no order."""
    parts = set(header.split())
    features = {
        one for part in parts if part[:2] == "m/" for one in part[2:].split(",")
    }
    return {part for part in parts if part[:2] != "m/"}, features


@pytest.mark.parametrize("name", CONFIGS)
def test_the_header_is_botocores(parcels: Any, server: Any, name: str) -> None:
    """The first call and the next, which finds it remembered, send the same."""
    config = Config(**CONFIGS[name])
    session = botocore.session.get_session()
    ours = parcels.Client(endpoint_url=server.url, config=config, session=session)
    theirs = type(ours._transport.client._user_agent_creator)
    first, second = (
        header_of(ours, lambda: ours.list_lockers(street="x")) for _ in "ab"
    )

    creator = ours._transport.client._user_agent_creator
    assert first == second
    assert words(first)[0] == words(theirs.to_string(creator))[0]
    assert words(first)[1] >= words(theirs.to_string(creator))[1]


def test_features_that_a_call_uses_are_told(parcels: Any, server: Any) -> None:
    """They make another header, and only while they are used."""
    client = parcels.Client(endpoint_url=server.url)

    @with_current_context()
    def page() -> str:
        register_feature_id("PAGINATOR")
        return header_of(client, lambda: client.list_lockers(street="x"))

    before = header_of(client, lambda: client.list_lockers(street="x"))
    during = page()
    after = header_of(client, lambda: client.list_lockers(street="x"))

    assert words(during)[1] > words(before)[1]
    assert words(after) == words(before)


def test_a_changed_configuration_counts(parcels: Any, server: Any) -> None:
    """botocore reads it at each call."""
    client = parcels.Client(endpoint_url=server.url)
    header_of(client, lambda: client.list_lockers(street="x"))

    client.meta.config.user_agent_extra = "later/1"

    assert header_of(client, lambda: client.list_lockers(street="x")).endswith(
        "later/1"
    )
