"""An error before it is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import Factory, frozen
from botocore.model import StructureShape


@frozen
class Fault:
    """An error of a service, in whatever protocol.

    Attributes:
        code: Its code, by which clients know it.
        message: What the service says.
        shape: What the model says of it; None where the model does not know it.
        members: Its members as botocore knows them, the message's own aside.
        status: The HTTP status.
    """

    code: str
    message: str
    shape: StructureShape | None = None
    members: Mapping[str, Any] = Factory(dict[str, Any])
    status: int = 400
