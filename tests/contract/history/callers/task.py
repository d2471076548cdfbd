"""Tasks for the new package, with what callers of the old one have.

`probe` does the tasks, in a process that has one of the packages.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from attrs import frozen
from tests.contract.history.callers import cause
from tests.contract.history.callers.api import Api, Class, Role
from tests.contract.history.callers.cause import Cause, Causes
from tests.contract.history.callers.recipe import Cook, Edge, Recipe
from tests.support.repository import ROOT

from botosmith.generator.diff.change import Kind

#: A step of a path into a list, a map's value, or a map's key.
_STEP = re.compile(r"(\[\d+\])|(\[[^\]]*\])|( \(key .*\))")

_DATA = {Role.DATA, Role.RESPONSE}


@frozen
class Task:
    """Something to do with a class of the package.

    Attributes:
        what: What the probe is told.
        owner: The class.
        subject: The member or the enum's value that it is about.
    """

    what: dict[str, Any]
    owner: Class
    subject: str = ""

    def __str__(self) -> str:
        return f"{self.what['do']} {self.owner.name} {self.subject}"


@frozen
class Fault:
    """The fault of a task.

    Attributes:
        what: What kind of failure it is, in a word of the probe.
        path: Where in the value it is.
        text: What was said.
    """

    what: str
    path: str
    text: str


def do_tasks(tasks: list[tuple[Task, Path]]) -> list[tuple[int, Fault]]:
    """Do tasks, each with the package in an import root, all in one process.

    Returns:
        What failed, each with the number of its task.
    """
    told = [
        {**task.what, "number": number, "root": str(root)}
        for number, (task, root) in enumerate(tasks)
    ]
    done = subprocess.run(
        [sys.executable, "-m", "tests.contract.history.callers.probe"],
        cwd=ROOT,
        input=json.dumps(told),
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return [
        (number, Fault(what, path, text))
        for number, what, path, text in json.loads(done.stdout)
    ]


@frozen(slots=False)
class Asker:
    """Makes the tasks that tell a new package from an old one.

    Attributes:
        old: What callers know.
        new: What there is now.
        file: Where pickles are kept.
    """

    old: Api
    new: Api
    file: Path

    def before(self) -> Iterator[Task]:
        """Run the old package, so that tasks that were wrong before are left out."""
        yield from self._validate()
        yield from self._pickle("dump")

    def after(self) -> Iterator[Task]:
        """Run the new package."""
        yield from self._validate()
        yield from self._read()
        yield from self._pickle("load")

    def _validate(self) -> Iterator[Task]:
        """Validate all that may be sent, at the edges of what may be sent."""
        for one in self.old.classes:
            if self.old.is_sent(one):
                yield from self._validate_members(one)
                for is_full in (False, True):
                    members = self._here.arguments(one, is_full=is_full, hollow=True)
                    yield self._task("validate whole", one, members=members)

    def _read(self) -> Iterator[Task]:
        """Read all that is replied now, as callers do."""
        now = {one.name: one for one in self.new.classes if one.role in _DATA}
        for one in self.old.classes:
            is_read = one.role in _DATA and one.shape in self.old.replied
            if is_read and one.name in now:
                for is_full in (False, True):
                    yield self._read_one(one, now[one.name], is_full=is_full)

    def _pickle(self, do: str) -> Iterator[Task]:
        """Dump or load an object of each class, and each member of each enum."""
        for number, (one, subject, recipe) in enumerate(self._objects):
            kept = {"file": str(self.file), "object": number}
            yield self._task(do, one, subject, value=recipe, **kept)

    def explain(self, task: Task, fault: Fault) -> Causes:
        """The changes that can be behind a fault."""
        owner = task.owner
        explain: dict[str, Callable[[], Causes]] = {
            "class": lambda: cause.of_class(self.old.class_named[fault.text]),
            "value": lambda: cause.of_value(owner, task.subject),
            "union": lambda: cause.of_union(owner),
            "lack": lambda: self.explain_lack(owner, fault.path),
            "limit": lambda: self._explain_limit(task, fault),
            "gone": lambda: cause.of_member(owner, self._members_of(owner)[fault.path]),
            "wrong": lambda: self._explain_type(owner, fault.path),
            # A pickled object comes back as it was, whatever changes.
            "pickle": frozenset[Cause],
        }
        return explain[fault.what]()

    def _explain_type(self, owner: Class, attribute: str) -> Causes:
        member = self._members_of(owner)[attribute]
        types = cause.of_type(self.old, owner, member)
        return types | cause.of_insistence(owner, member)

    def explain_lack(self, owner: Class, attribute: str) -> Causes:
        """Why an argument has to be given that callers do not give."""
        operation = owner.place.split(".")[1]
        shape = (
            self.new.shape_of(operation, "input")
            if owner.role is Role.REQUEST
            else owner.shape
        )
        for member in self.new.members(shape):
            if self.new.attribute(shape or "", member) == attribute:
                place = f"shapes.{shape}.members.{member}"
                return cause.of_insistence(owner, member) | {(Kind.MEMBER, place)}
        return frozenset()

    def _explain_limit(self, task: Task, fault: Fault) -> Causes:
        owner, member = task.owner, task.subject
        types = cause.of_type(self.old, owner, member)
        shape = self.old.members(owner.shape)[member]["shape"]
        for is_item, is_value, is_key in _STEP.findall(fault.path):
            part = "member" if is_item else "value" if is_value else "key"
            assert is_item or is_value or is_key
            if part not in self.old.shapes[shape]:
                return types  # it was not a list or map
            shape = self.old.shapes[shape][part]["shape"]
        if "minimum" in fault.text:
            return types | {(Kind.MINIMUM, f"shapes.{shape}.min")}
        if "maximum" in fault.text:
            return types | {(Kind.MAXIMUM, f"shapes.{shape}.max")}
        return types

    @cached_property
    def _here(self) -> Cook:
        return Cook(self.old, self.new)

    @cached_property
    def _there(self) -> Cook:
        return Cook(self.new, self.new)

    @cached_property
    def _objects(self) -> list[tuple[Class, str, Recipe]]:
        return list(self._list_objects())

    def _list_objects(self) -> Iterator[tuple[Class, str, Recipe]]:
        cook = Cook(self.old, self.old)
        for one in self.old.classes:
            if one.role is Role.ENUM:
                for value in self.old.list_values(one):
                    yield one, value, ["value", one.name, value]
            elif one.role is Role.ERROR:
                yield one, "", ["error", one.name, cook.parameters(one)]
            else:
                arguments = cook.arguments(one, is_full=True)
                yield one, "", ["object", one.name, arguments]

    def _validate_members(self, owner: Class) -> Iterator[Task]:
        for attribute, member in self._members_of(owner).items():
            shape = self.old.members(owner.shape)[member]["shape"]
            seen: list[Recipe] = []
            for edge in Edge:
                value = self._here.value(shape, edge, hollow=True)
                if value not in seen:
                    seen.append(value)
                    # The largest would be gigabytes.
                    said = {
                        "members": {attribute: value},
                        "send": edge is not Edge.MOST,
                    }
                    yield self._task("validate member", owner, member, **said)

    def _read_one(self, owner: Class, now: Class, *, is_full: bool) -> Task:
        cook = self._there
        value = ["object", now.name, cook.arguments(now, is_full=is_full)]
        types = {
            attribute: self.old.annotate_member(owner, member)
            for attribute, member in self._members_of(owner).items()
        }
        return self._task("read", owner, value=value, types=types)

    def _members_of(self, owner: Class) -> Mapping[str, str]:
        """A class's members by their attributes."""
        return {
            self.old.attribute(owner.shape or "", member): member
            for member in self.old.members(owner.shape)
        }

    def _task(self, do: str, owner: Class, subject: str = "", **details: Any) -> Task:
        what = {"do": do, "package": self.old.package, "class": owner.name, **details}
        return Task(what, owner, subject)
