"""The client's user agent, worked out once for each set of features of calls.

botocore builds the header anew twice a call, a sixth of the time of a small one,
although only the features that a call uses can make it another one.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from botocore.context import get_context


def keep_user_agent(client: Any) -> None:
    """Let a botocore client remember what its `UserAgentString` has built."""
    creator = client._user_agent_creator
    # The creator is the client's own, and reads the configuration whenever it builds.
    vars(creator)["to_string"] = _Remembered(creator.to_string, client.meta.config)


class _Remembered:
    """Stands in for `UserAgentString.to_string`."""

    def __init__(self, build: Any, config: Any) -> None:
        self._build = build
        self._config = config
        self._built: dict[Hashable, str] = {}

    def __call__(self) -> str:
        config, context = self._config, get_context()
        key = (
            frozenset(context.features) if context is not None else None,
            config.user_agent,
            config.user_agent_extra,
            config.user_agent_appid,
        )
        if key not in self._built:
            self._built[key] = self._build()
        return self._built[key]
