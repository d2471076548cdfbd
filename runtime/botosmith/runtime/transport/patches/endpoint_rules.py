"""Endpoint rules, whose parameters are looked for only where a call may have them.

botocore asks of each parameter, for each call, whether the operation sets it, whether
an argument does, and whether the client's configuration does. Of most operations none
can, which is known beforehand.
"""

from __future__ import annotations

from functools import cache
from typing import Any


def skip_absent_parameters(client: Any) -> None:
    """Let a botocore client ask its operations for what they have."""
    resolver = client._ruleset_resolver
    if resolver is None:  # a service without rules
        return
    find_anywhere = resolver._resolve_param_from_context
    of_client = resolver._get_client_context_params()

    @cache
    def has_parameters(operation_model: Any) -> bool:
        return bool(
            operation_model.static_context_parameters
            or operation_model.context_parameters
            or operation_model.operation_context_parameters
        )

    def find(param_name: str, operation_model: Any, call_args: Any) -> Any:
        if param_name in of_client or has_parameters(operation_model):
            return find_anywhere(param_name, operation_model, call_args)
        return None

    vars(resolver)["_resolve_param_from_context"] = find
