"""The reasons that a reply gives for the state of things, found by members' names.

Of the 243 operations that botocore 1.44.5 has waiters for, most tell why something has
failed: in `FailureReason`, `StateReason.Message`, `Stacks[].StackStatusReason` and the
like. No trait of the model marks such a member, but its name does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from botosmith.runtime import schema
from botosmith.runtime.objects.structure import Structure
from botosmith.runtime.serde.writers import is_list
from botosmith.runtime.violation import MASK

_NAME = re.compile(
    r".*(reason|reasoncode|message|cause|errorcode|failurecode"
    r"|(error|failure|status)detail)s?",
    re.IGNORECASE,
)

#: The most reasons that are told, and the most characters of each.
_COUNT, _LENGTH = 3, 300

#: Structures may hold themselves; no reply of AWS has a reason further down.
_DEPTH = 8


def find_reasons(reply: Structure) -> Mapping[str, str]:
    """Return the reasons in a reply by their paths, in the model's names.

    They are those nearest to the top, at most three, such as `{"FailureReason": "no
    capacity"}`; a sensitive one is `***`.
    """
    level: list[tuple[str, Structure]] = [("", reply)]
    for _ in range(_DEPTH):
        found: dict[str, str] = {}
        below: list[tuple[str, Structure]] = []
        for path, structure in level:
            for place, value, is_reason in _list_values(path, structure):
                if isinstance(value, Structure):
                    below.append((place, value))
                elif is_reason and isinstance(value, str) and (text := _clean(value)):
                    found[place] = text
        if found:
            return dict(list(found.items())[:_COUNT])
        level = below
    return {}


def _list_values(path: str, structure: Structure) -> Iterator[tuple[str, Any, bool]]:
    """The values that a structure and its lists hold, and whether they are reasons."""
    for field in schema.fields(type(structure)):
        name = field.member.name
        place = f"{path}.{name}" if path else name
        value = getattr(structure, field.attribute)
        is_reason = _NAME.fullmatch(name) is not None
        if field.member.sensitive:
            if value is not None:
                yield place, MASK, is_reason
        elif is_list(value):
            for index, item in enumerate(value):
                yield f"{place}[{index}]", item, is_reason
        else:
            yield place, value, is_reason


def _clean(text: str) -> str:
    """A text on one line, as far as it is shown."""
    printed = "".join(one if one.isprintable() else " " for one in text)
    line = " ".join(printed.split())
    return line if len(line) <= _LENGTH else f"{line[:_LENGTH]}..."
