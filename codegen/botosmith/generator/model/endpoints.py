"""The endpoint data of services, checked as far as the generator reads it.

The formats are botocore's (`botocore.regions`, `botocore.endpoint_provider`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from botosmith.generator.errors import ModelError, Problem
from botosmith.generator.json_type import is_object, name_kind
from botosmith.generator.model.schema import (
    OBJECT,
    TEXT,
    Array,
    Record,
    Table,
    find_mismatches,
)

_ENDPOINTS = Record(
    {
        "partitions": Array(
            Record(
                {
                    "partition": TEXT,
                    "services": Table(Record({"endpoints": Table(OBJECT)})),
                }
            )
        )
    }
)
_RULES = Record({"parameters": Table(OBJECT)})


def check_endpoints(source: Any, file: str) -> None:
    """Refuse a file of regions (`endpoints.json`) that cannot be understood.

    Raises:
        ModelError: Lists every problem.
    """
    _refuse(file, find_mismatches(source, _ENDPOINTS, ""))
    _refuse(file, _find_missing(source))


def check_rules(source: Any, file: str) -> None:
    """Refuse a file of a service's endpoint rules that cannot be understood.

    Raises:
        ModelError: Lists every problem.
    """
    _refuse(file, find_mismatches(source, _RULES, ""))


def check_object(source: Any, file: str) -> None:
    """Refuse a file that does not hold an object.

    Raises:
        ModelError: It holds something else.
    """
    if not is_object(source):
        _refuse(file, iter([("", f"is {name_kind(source)}, not an object")]))


def _find_missing(source: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if "partitions" not in source:
        yield "partitions", "is missing"
    for index, partition in enumerate(source.get("partitions", ())):
        for key in ("partition", "services"):
            if key not in partition:
                yield f"partitions[{index}].{key}", "is missing"


def _refuse(file: str, found: Iterator[tuple[str, str]]) -> None:
    if problems := tuple(Problem(file, path, message) for path, message in found):
        raise ModelError(problems)
