"""One broken rule, and where."""

from __future__ import annotations

import reprlib
from typing import Any

import attrs

_SHORT = reprlib.Repr()
_SHORT.maxstring = _SHORT.maxother = 80

MASK = "***"


@attrs.frozen
class Violation:
    """A member that breaks a rule of the model.

    Attributes:
        path: The member's path from the object, such as `tags[0].key`.
        value: The value found there; `***` where the member is sensitive.
        rule: What is wrong with it, such as `is below the minimum 1`.
        absent: Whether the rule is about a value that is not there to be shown.
    """

    path: str
    value: Any
    rule: str
    absent: bool = False

    def __str__(self) -> str:
        if self.absent:
            return f"{self.path}: {self.rule}"
        # By value, since what a pickle brings back is another object.
        is_masked = isinstance(self.value, str) and self.value == MASK
        shown = MASK if is_masked else _SHORT.repr(self.value)
        return f"{self.path}: {shown} {self.rule}"


def join_path(path: str, step: str) -> str:
    """The path of a member below another."""
    return f"{path}.{step}" if path else step
