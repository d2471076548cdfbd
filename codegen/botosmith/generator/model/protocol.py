"""Which of a service's protocols is spoken: botocore's own choice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from botocore.exceptions import UnsupportedServiceProtocolsError
from botocore.model import ServiceModel
from botocore.serialize import SERIALIZERS

#: The protocols that botocore speaks.
PROTOCOLS = frozenset(SERIALIZERS)


def find_protocol(metadata: Mapping[str, Any]) -> str | None:
    """The protocol that botocore would choose; None where it speaks none of them."""
    try:
        found: str = ServiceModel({"metadata": metadata}, "this").resolved_protocol
    except UnsupportedServiceProtocolsError:
        return None
    return found if found in PROTOCOLS else None
