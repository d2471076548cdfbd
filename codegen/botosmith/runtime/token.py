"""Idempotency tokens, which are filled in where the caller gave none."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import cache
from typing import Any

from botosmith.runtime import wire
from botosmith.runtime.lazydict import LazyParameters
from botosmith.runtime.service import Service
from botosmith.runtime.structure import Request


def fill_in_tokens(service: Service) -> Callable[..., None]:
    """Make the handler that fills tokens in, at the event where botocore's own does.

    So all other handlers see them, and the endpoint rules. Each is made once for a
    call: a retry sends the same request again.
    """

    def handle(params: dict[str, Any], model: Any, **_: Any) -> None:
        if service.is_plain(model.name):
            return
        for token in _find_tokens(service.request(model.name)):
            if isinstance(params, LazyParameters):
                params.fill_in(token, _make_token)
            elif token.name not in params:
                params[token.name] = _make_token()

    return handle


def _make_token() -> str:
    return str(uuid.uuid4())


@cache
def _find_tokens(request_class: type[Request[Any]]) -> tuple[wire.Member, ...]:
    if not request_class._tokens:
        return ()
    return tuple(
        field.member
        for field in wire.fields(request_class)
        if field.member.name in request_class._tokens
    )
