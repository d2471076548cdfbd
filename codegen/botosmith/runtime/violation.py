"""One broken rule, and where."""

from __future__ import annotations

import re
import reprlib
from typing import Any

import attrs

_SHORT = reprlib.Repr()
_SHORT.maxstring = _SHORT.maxother = 80

MASK = "***"

# From the first quoted key of a path to the last.
_KEYS = re.compile(r"['\"].*['\"]", re.DOTALL)


@attrs.frozen
class Violation:
    """A member that breaks a rule of the model.

    Attributes:
        path: The member's path from the object, such as `tags[0].key`.
        value: The value found there; `***` where the member is sensitive.
        rule: What is wrong with it, such as `is below the minimum 1`.
        absent: Whether the rule is about a value that is not there to be shown.
        remedy: What the caller may do to have the value taken as it is.
    """

    path: str
    value: Any
    rule: str
    absent: bool = False
    remedy: str | None = attrs.field(default=None, eq=False)

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


def hide(violation: Violation, place: str) -> Violation:
    """The same without what a sensitive member holds: its value, and a map's keys.

    Args:
        violation: A violation in the member or below it.
        place: The member's path.
    """
    below = _KEYS.sub(MASK, violation.path.removeprefix(place))
    return Violation(f"{place}{below}", MASK, violation.rule, remedy=violation.remedy)
