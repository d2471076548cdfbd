"""Reports of botocore's own validation, without the values of sensitive members.

botocore validates parameters once more after event handlers have changed them, and its
handlers check some for themselves. Their reports show the values that they refuse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from botosmith.runtime import schema
from botosmith.runtime.objects.structure import Request, Structure
from botosmith.runtime.serde.writers import is_list, is_map
from botosmith.runtime.violation import MASK

#: Lines of `botocore.validate.ValidationErrors`: a parameter's name, then a value.
_WITH_VALUE = re.compile(
    r"(Invalid (?:type|value|length) for (?:document )?parameter )"
    r"([\w.\[\]]+).*, value: "
)
#: The same with names alone.
_WITHOUT_VALUE = re.compile(
    r"((?:Missing required|Unknown) parameter in "
    r"|Invalid number of parameters set for tagged union structure "
    r"|Must set one of the following keys for tagged unionstructure )"
    r"([\w.\[\]]+)(.*)"
)
_NAME = re.compile(r"(\w+)(?:\[\d+\])*")

_WITHHELD = "(not shown: the request has sensitive members)"


def describe_refusal(request: Request[Any], report: str) -> str:
    """Return botocore's report, without values where the request may have secrets.

    Args:
        request: The request.
        report: The report, in botocore's words.
    """
    if not schema.has_secrets(type(request)):
        return report
    lines = [_show_line(type(request), line) for line in report.split("\n")]
    if any(lines):
        return "\n".join(filter(None, lines))
    secrets = {str(secret) for secret in _list_secrets(request)}
    return _WITHHELD if any(secret in report for secret in secrets) else report


def _show_line(request: type[Request[Any]], line: str) -> str | None:
    """A line without its value; None for one in which a value goes on."""
    if found := _WITH_VALUE.match(line):
        return f"{found[1]}{_find_known(request, found[2])}, value: {MASK}"
    if found := _WITHOUT_VALUE.match(line):
        return f"{found[1]}{_find_known(request, found[2]) or 'input'}{found[3]}"
    return None


def _find_known(structure: type[Structure] | None, name: str) -> str:
    """The part of a parameter's name that only members have given, and no map's key."""
    known: list[str] = []
    for part in name.split("."):
        found = _NAME.match(part)
        field = schema.members(structure).get(found[1]) if found else None
        if field is None:
            break
        known.append(part)
        if field.member.sensitive:
            break
        structure = _find_structure(field.member.type)
    return ".".join(known)


def _find_structure(type_: schema.Type) -> type[Structure] | None:
    while isinstance(type_, schema.List):
        type_ = type_.member
    return type_.structure if isinstance(type_, schema.Structure) else None


def _list_secrets(value: Any) -> Iterator[Any]:
    """Yield what is in a value's sensitive members, however deep that is."""
    left: list[tuple[Any, bool]] = [(value, False)]
    while left:
        one, is_secret = left.pop()
        if isinstance(one, Structure):
            for field in schema.fields(type(one)):
                inner = is_secret or field.member.sensitive
                left.append((getattr(one, field.attribute), inner))
        elif is_list(one):
            left += [(item, is_secret) for item in one]
        elif is_map(one):
            left += [(item, is_secret) for pair in one.items() for item in pair]
        elif is_secret and one not in (None, "", b""):
            yield one.decode(errors="replace") if isinstance(one, bytes) else one
