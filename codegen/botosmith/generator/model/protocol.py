"""The protocol of a service, as botocore chooses it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from botocore.exceptions import UnsupportedServiceProtocolsError
from botocore.model import ServiceModel
from botocore.serialize import SERIALIZERS

#: The protocols that botocore speaks.
PROTOCOLS = frozenset(SERIALIZERS)


def find_protocol(metadata: Mapping[str, Any]) -> str | None:
    """Return the protocol that botocore chooses; None if it supports none of them."""
    try:
        found: str = ServiceModel({"metadata": metadata}, "this").resolved_protocol
    except UnsupportedServiceProtocolsError:
        return None
    return found if found in PROTOCOLS else None
