"""A service's waiters: waiters-2.json, checked and mirrored.

The format is botocore's (`botocore.waiter.WaiterModel`, `AcceptorConfig`). Problems
are returned, so that they are reported with the model's other problems.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import jmespath
from jmespath.exceptions import JMESPathError

from botosmith.generator.errors import Problem
from botosmith.generator.json_type import is_array, is_object, name_kind
from botosmith.generator.model.schema import (
    NUMBER,
    TEXT,
    WHOLE,
    Array,
    Record,
    Table,
    find_mismatches,
)
from botosmith.generator.model.service_model import (
    AcceptorModel,
    WaiterModel,
    may_be_error,
)

#: The version of the format that botocore reads.
_VERSION = 2

_STATES = ("success", "failure", "retry")

#: The matchers that search a reply, by an expression.
_PATHS = ("path", "pathAll", "pathAny")

_MATCHERS = (*_PATHS, "status", "error")

_WAITERS = Record(
    {
        "waiters": Table(
            Record(
                {
                    "description": TEXT,
                    "operation": TEXT,
                    "delay": NUMBER,
                    "maxAttempts": WHOLE,
                    "acceptors": Array(
                        Record({"state": TEXT, "matcher": TEXT, "argument": TEXT})
                    ),
                }
            )
        ),
    }
)

Found = Iterator[tuple[str, str]]


def check_waiters(source: Any, file: str, operations: Collection[str]) -> list[Problem]:
    """Return every problem that keeps a service's waiters from being understood.

    Args:
        source: The decoded JSON.
        file: The file it came from, named in each problem.
        operations: The names of the service's operations.
    """
    if not is_object(source):
        return [Problem(file, "", f"is {name_kind(source)}, not an object")]
    found = [*find_mismatches(source, _WAITERS, "")]
    # A value of the wrong type is reported only once.
    found = found or [*_check(source, operations)]
    return [Problem(file, path, message) for path, message in found]


def mirror_waiters(source: Mapping[str, Any]) -> dict[str, WaiterModel]:
    """Return the checked JSON as frozen values."""
    return {
        name: WaiterModel(
            name=name,
            operation=waiter["operation"],
            description=waiter.get("description", ""),
            delay=waiter["delay"],
            max_attempts=waiter["maxAttempts"],
            acceptors=tuple(map(_mirror_acceptor, waiter["acceptors"])),
        )
        for name, waiter in source["waiters"].items()
    }


def _mirror_acceptor(source: Mapping[str, Any]) -> AcceptorModel:
    matcher = source["matcher"]
    return AcceptorModel(
        state=source["state"],
        matcher=matcher,
        expected=source["expected"],
        argument=source["argument"] if matcher in _PATHS else None,
    )


def may_give_none(acceptors: Any) -> bool:
    """Return whether an error may mean success, so that the waiter returns None.

    Args:
        acceptors: The waiter's acceptors as unchecked JSON.
    """
    return any(
        is_object(one)
        and one.get("state") == "success"
        and may_be_error(one.get("matcher"), one.get("expected"))
        for one in (acceptors if is_array(acceptors) else ())
    )


def _check(source: Mapping[str, Any], operations: Collection[str]) -> Found:
    version = source.get("version")
    if version != _VERSION:
        yield "version", f"is {_show(version)}, and botocore reads {_VERSION}"
    if "waiters" not in source:
        yield "waiters", "is missing"
    for name, waiter in source.get("waiters", {}).items():
        yield from _check_waiter(waiter, f"waiters.{name}", operations)


def _check_waiter(
    waiter: Mapping[str, Any], path: str, operations: Collection[str]
) -> Found:
    for key in ("operation", "delay", "maxAttempts", "acceptors"):
        if key not in waiter:
            yield f"{path}.{key}", "is missing"
    operation = waiter.get("operation", "")
    if "operation" in waiter and operation not in operations:
        yield f"{path}.operation", f"{operation!r} is not among the operations"
    if waiter.get("delay", 0) < 0:
        yield f"{path}.delay", f"is {waiter['delay']}, which is less than 0"
    if waiter.get("maxAttempts", 1) < 1:
        yield f"{path}.maxAttempts", f"is {waiter['maxAttempts']}, less than 1"
    for index, acceptor in enumerate(waiter.get("acceptors", ())):
        yield from _check_acceptor(acceptor, f"{path}.acceptors[{index}]")


def _check_acceptor(acceptor: Mapping[str, Any], path: str) -> Found:
    for key, known in (("state", _STATES), ("matcher", _MATCHERS)):
        if acceptor.get(key) not in known:
            listed = ", ".join(known)
            yield f"{path}.{key}", f"is {_show(acceptor.get(key))}, none of: {listed}"
    matcher = acceptor.get("matcher")
    yield from _check_expected(acceptor, f"{path}.expected", matcher)
    if matcher in _PATHS:
        yield from _check_expression(acceptor.get("argument"), f"{path}.argument")


def _check_expected(acceptor: Mapping[str, Any], path: str, matcher: Any) -> Found:
    expected = acceptor.get("expected")
    match matcher:
        case "status":
            is_right = isinstance(expected, int) and not isinstance(expected, bool)
            words = "a whole number"
        case "error":
            is_right = isinstance(expected, (str, bool))
            words = "a string, true or false"
        case _:
            is_right = isinstance(expected, (str, int, float)) and _is_finite(expected)
            words = "a string, a number, true or false"
    if not is_right:
        yield path, f"is {_show(expected)}, not {words}"


def _is_finite(value: Any) -> bool:
    return not isinstance(value, float) or math.isfinite(value)


def _check_expression(expression: Any, path: str) -> Found:
    if expression is None:
        yield path, "is missing"
        return
    try:
        jmespath.compile(expression)
    except (JMESPathError, RecursionError, ValueError) as error:
        reason = str(error).splitlines()[0]
        yield path, f"is not a JMESPath expression: {reason}"


def _show(value: Any) -> str:
    return repr(value) if isinstance(value, str) else name_kind(value)
