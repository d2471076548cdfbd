"""The two forms of a value: botocore's parameters, and the document on the wire."""

from __future__ import annotations

import math
from datetime import datetime
from typing import Any, Protocol

from botocore.model import Shape

from botosmith.testing.wire import wire_name, write_blob, write_timestamp


class Form(Protocol):
    """How what differs between the forms is written."""

    #: Whether a value may hold what the model does not know.
    open: bool

    def key(self, name: str, member: Shape) -> str:
        """The key of a member."""
        ...

    def scalar(self, value: Any, shape: Shape) -> Any:
        """A value of a shape that holds no others."""
        ...


class ParameterForm:
    """What a caller of botocore gives."""

    open = False

    def key(self, name: str, member: Shape) -> str:  # noqa: ARG002 - as in Form
        """The member's name."""
        return name

    def scalar(self, value: Any, shape: Shape) -> Any:  # noqa: ARG002 - as in Form
        """The value itself."""
        return value


class DocumentForm:
    """What the JSON protocols send."""

    open = True

    def key(self, name: str, member: Shape) -> str:
        """The member's wire name."""
        return wire_name(name, member)

    def scalar(self, value: Any, shape: Shape) -> Any:
        """The value as JSON has it."""
        match value:
            case datetime():
                return write_timestamp(value, shape)
            case bytes():
                return write_blob(value)
            case float() if math.isnan(value):
                return "NaN"
            case float() if math.isinf(value):
                return "Infinity" if value > 0 else "-Infinity"
            case _:
                return value
