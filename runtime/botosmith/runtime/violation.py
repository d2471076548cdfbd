"""One broken rule, and where."""

from __future__ import annotations

import re
import reprlib
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from types import NoneType
from typing import Any

import attrs

_SHORT = reprlib.Repr()
_SHORT.maxstring = _SHORT.maxother = 80

MASK = "***"

# Types whose values hold no other value.
_SCALARS = (NoneType, str, bytes, bytearray, int, float, Decimal, datetime)

# From the first key of a path to the last; an index of a list is not a key.
_KEYS = re.compile(r"['\"].*['\"]|(?<=[\[(]key ).*(?=[\])])", re.DOTALL)


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
        shown = MASK if is_masked else _show(self.value)
        return f"{self.path}: {shown} {self.rule}"


def _show(value: Any) -> str:
    try:
        return _SHORT.repr(value)
    except Exception:  # noqa: BLE001 - such as an int of more digits than Python writes
        return f"<{type(value).__name__}>"


def join_path(path: str, step: str) -> str:
    """The path of a member below another."""
    return f"{path}.{step}" if path else step


def join_key(path: str, key: Any) -> str:
    """Return the path of a map's entry, which no index of a list looks like."""
    kind = "" if isinstance(key, str) else "key "
    return f"{path}[{kind}{key!r}]"


def conceal(
    violations: Iterable[Violation], *, near_secrets: bool
) -> tuple[Violation, ...]:
    """Return violations without values that may hold what sensitive members hold.

    Args:
        violations: The violations in an object; those of its sensitive members are
            hidden already.
        near_secrets: Whether the object has sensitive members. A value that holds
            others and is of a wrong type may then be what belongs to one of them.
    """
    return tuple(
        (
            attrs.evolve(found, value=MASK)
            if near_secrets and not isinstance(found.value, _SCALARS)
            else found
        )
        for found in violations
    )


def hide(violation: Violation, place: str) -> Violation:
    """The same without what a sensitive member holds: its value, and a map's keys.

    Args:
        violation: A violation in the member or below it.
        place: The member's path.
    """
    below = _KEYS.sub(MASK, violation.path.removeprefix(place))
    return attrs.evolve(violation, path=f"{place}{below}", value=MASK)
