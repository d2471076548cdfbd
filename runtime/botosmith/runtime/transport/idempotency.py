"""Idempotency tokens, which are filled in where the caller gave none."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from botosmith.runtime.protocol.lazy_dict import LazyParameters
from botosmith.runtime.transport.service import Service


def fill_in_tokens(service: Service) -> Callable[..., None]:
    """Make the handler that fills tokens in, at the event where botocore's own does.

    So all other handlers see them, and the endpoint rules. Each is made once for a
    call: a retry sends the same request again.
    """

    def handle(params: dict[str, Any], model: Any, **_: Any) -> None:
        if service.is_plain(model.name):
            return
        for token in service.request(model.name)._tokens:
            if isinstance(params, LazyParameters):
                params.fill_in(token, _make_token)
            elif token.name not in params:
                params[token.name] = _make_token()

    return handle


def _make_token() -> str:
    return str(uuid.uuid4())
