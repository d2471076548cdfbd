"""Does with the package on its path what it is told, and says what went wrong.

Run as a program: it reads tasks as JSON from standard input, and prints as JSON a list
of `[task, what, path, text]` for what failed. A task has a number by which it is known.
"""

from __future__ import annotations

import ast
import json
import pickle
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.contract.history.callers.likeness import fits, list_differences, tell
from tests.contract.history.callers.maker import (
    ClassGone,
    build,
    find_classes,
    make_hollow,
)

from botosmith.runtime import (
    OpenEnum,
    Structure,
    ValidationError,
    to_wire,
    validate,
)

Found = Iterator[tuple[str, str, str]]


def validate_member(task: Any, package: ModuleType) -> Found:
    """Validate one member's value, and not what is in the structures in it."""
    made = make_hollow(package, task["class"], task["members"])
    (attribute,) = task["members"]
    path_ = re.compile(rf"{attribute}((\[[^\]]*\]| \(key .*\))*)")
    told: set[tuple[str, str]] = set()
    violations = list(list_violations(made))
    for path, rule in violations:
        below = path_.fullmatch(path)
        # Items are all the same, and structures are asked for themselves.
        if below and not rule.startswith("needs exactly one"):
            place = re.sub(r"\d+", "0", below[1])
            if (place, rule) not in told:
                told.add((place, rule))
                yield "limit", place, rule
    if task["send"] and not violations:
        try:
            json.dumps(to_wire(made))
        except TypeError as error:
            yield "limit", "", str(error)


def validate_whole(task: Any, package: ModuleType) -> Found:
    """Validate what members an object has, and not what they are."""
    made = make_hollow(package, task["class"], task["members"])
    for path, rule in list_violations(made):
        if path == task["class"]:
            yield "union", path, rule
        elif "." not in path and rule.startswith("is required"):
            yield "lack", path, rule


def list_violations(made: Structure) -> Iterator[tuple[str, str]]:
    """The paths and rules of all violations."""
    try:
        validate(made)
    except ValidationError as error:
        for violation in error.violations:
            yield violation.path, violation.rule


def read(task: Any, package: ModuleType) -> Found:
    """Read an object's attributes, and see whether they are of the types expected."""
    made = build(task["value"], package)
    for attribute, annotation in task["types"].items():
        try:
            value = getattr(made, attribute)
        except AttributeError as error:
            yield "gone", attribute, str(error)
        else:
            if not fits(ast.parse(annotation, mode="eval").body, value):
                yield "wrong", attribute, f"is {value!r}, and no {annotation}"


def dump(task: Any, package: ModuleType) -> Found:
    """Pickle an object, and beside it plainly what it is."""
    made = build(task["value"], package)
    with Path(task["file"]).open("ab") as file:
        pickle.dump((task["object"], pickle.dumps(made), tell(made)), file)
    yield from ()


def load(task: Any, package: ModuleType) -> Found:
    """Unpickle an object, and see whether it is what it was."""
    pickled, told = list_dumped(task["file"])[task["object"]]
    try:
        made = pickle.loads(pickled)  # noqa: S301 - we wrote it ourselves
    except Exception:
        # A stand-in for a pickled class that has gone, or is another thing now.
        find_classes(task["value"], package)
        raise
    assert package.__name__ in type(made).__module__
    if isinstance(made, OpenEnum) and not made.is_known:
        yield "value", "", f"{made!r}"
    for path in list_differences(told, tell(made), ""):
        yield "pickle", path, f"{made!r}"


@cache
def list_dumped(path: str) -> dict[int, tuple[bytes, Any]]:
    """Return what was dumped into a file, by the numbers of the objects."""
    found: dict[int, tuple[bytes, Any]] = {}
    with Path(path).open("rb") as file, suppress(EOFError):
        while True:
            number, pickled, told = pickle.load(file)  # noqa: S301 - ours
            found[number] = pickled, told
    return found


TASKS: dict[str, Callable[[Any, ModuleType], Found]] = {
    "dump": dump,
    "load": load,
    "read": read,
    "validate member": validate_member,
    "validate whole": validate_whole,
}


def do(task: Any) -> Found:
    """Do a task, and tell what failed."""
    turn_to(task["root"], task["package"])
    package = import_module(task["package"])
    try:
        yield from TASKS[task["do"]](task, package)
    except ClassGone as gone:
        yield "class", "", str(gone)


def turn_to(root: str, package: str) -> None:
    """Let a package be the one in an import root, whichever it was before."""
    if sys.path[0] != root:
        sys.path[0] = root
        for name in [name for name in sys.modules if f"{name}.".startswith(package)]:
            del sys.modules[name]
        # The parents of the package were found in the other root, too.
        sys.modules.pop(package.partition(".")[0], None)


def main() -> None:
    """Do all tasks."""
    failures = [
        (task["number"], what, path, text[:200])
        for task in json.load(sys.stdin)
        for what, path, text in do(task)
    ]
    print(json.dumps(failures))  # noqa: T201 - this is what it is for


if __name__ == "__main__":
    main()
