"""The two forms of a value: botocore's parameters, and the document on the wire."""

from __future__ import annotations

from typing import Any, Protocol

from botocore.model import Shape

from botosmith.testing.wire import wire_name, write_scalar


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
        return write_scalar(value, shape)
