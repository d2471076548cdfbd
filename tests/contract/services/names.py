"""Property: names are what their rules say, save for a list that people have read.

The rules are those of `botosmith.generator.naming`, each for a name by itself. Where a
name means something to Python, to our classes, or to another shape already, it becomes
another one: `RENAMED` has every such name of every service that botocore ships.
"""

from __future__ import annotations

import keyword
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from attrs import frozen

from botosmith.generator.naming import (
    ClassName,
    EnumMemberName,
    FieldName,
    FunctionName,
)

RENAMED = Path(__file__).with_name("renamed.txt")

_HEAD = """\
# Every name in all services that botocore ships that its rule alone would not give: it
# is a keyword, or something of ours or something else in the model has it already.
# Read what comes in here: users will type it. The list is written
# anew by `python -m tests.contract.services --names`; tests of each service compare it.
"""

Kind = type[ClassName | EnumMemberName | FieldName | FunctionName]


@frozen(order=True)
class Renamed:
    """A name that its rule alone would not give.

    Attributes:
        service: The service.
        place: What it is the name of, by the JSON's words.
        raw: What it was made from.
        name: The name.
    """

    service: str
    place: str
    raw: str
    name: str

    def __str__(self) -> str:
        return f"{self.place}: {self.raw} -> {self.name}"


def is_by_rule(kind: Kind, raw: str, name: str) -> bool:
    """Return whether a name is what its rule gives, without a keyword in its way."""
    rule = str(kind(raw))
    return name == rule and not keyword.iskeyword(rule.removesuffix("_"))


@cache
def read_renamed() -> dict[str, list[str]]:
    """The list, by service."""
    found: dict[str, list[str]] = {}
    service = ""
    for line in RENAMED.read_text("utf-8").splitlines():
        if line.startswith("    "):
            found[service].append(line.strip())
        elif line and not line.startswith("#"):
            service = line
            found[service] = []
    return found


def write_renamed(names: Iterable[Renamed]) -> None:
    """Write the list."""
    RENAMED.write_text("".join(_list_lines(names)), encoding="utf-8")


def _list_lines(names: Iterable[Renamed]) -> Iterator[str]:
    yield _HEAD
    for service, own in groupby(sorted(names), lambda one: one.service):
        yield f"\n{service}\n"
        yield from (f"    {one}\n" for one in own)


def name_value(kind: Any, value: str) -> str:
    """The name that an enum has for a value."""
    members: Mapping[str, Any] = kind.__members__
    return next(name for name, member in members.items() if member == value)
