"""A program that uses all of a package, line by line as a caller would write it.

Every line that names something of the service knows which changes can make it fail.
`h` is the package; what a line needs is a parameter of the function that it is in, so
that it has the type that the old package gives it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from attrs import frozen
from tests.contract.history.callers import cause
from tests.contract.history.callers.api import Api, Class, Role
from tests.contract.history.callers.cause import Causes

NOTHING: Causes = frozenset()

_HEAD = """\
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from botosmith.runtime import UnknownMember

import {package} as h

"""

#: The least lines of a file before the next begins.
_FILE = 4000

_CLASSES = re.compile(r"h\.(\w+)")


@frozen
class Use:
    """The things that a line uses.

    Attributes:
        gone: Why what it names may be gone.
        wrong: Why that may be of another type.
        made: The class that is made by a call, whose arguments may be too few.
    """

    gone: Causes
    wrong: Causes = NOTHING
    made: Class | None = None


@frozen
class Line:
    """A line of a program, and what it uses if that can fail."""

    text: str
    use: Use | None = None


@frozen
class Program:
    """The files of a program."""

    files: tuple[tuple[Line, ...], ...]


def write_program(api: Api) -> Program:
    """Use everything that a package has."""
    writer = Writer(api)
    head = [Line(text) for text in _HEAD.format(package=api.package).splitlines()]
    # Classes may be called like what the other files import.
    files = [list(writer.imports()), list(head)]
    for block in _list_blocks(writer):
        if len(files[-1]) > _FILE:
            files.append(list(head))
        files[-1] += block
    return Program(tuple(map(tuple, files)))


def _list_blocks(writer: Writer) -> Iterator[list[Line]]:
    for one in writer.api.classes:
        yield list(writer.names(one))
        yield list(writer.makes(one))
        yield list(writer.reads(one))
    for operation in writer.api.operations:
        yield list(writer.calls(operation))


@frozen
class Writer:
    """Writes the lines of a program.

    Attributes:
        api: What callers know.
    """

    api: Api

    def imports(self) -> Iterator[Line]:
        """Import every class by its name."""
        yield Line(f"from {self.api.package} import (")
        for one in self.api.classes:
            yield Line(f"    {one.name} as {one.name},", Use(cause.of_class(one)))
        yield Line(f"    {self.api.names['service']},", Use(cause.OF_ROOT))
        yield Line("    Client,")
        yield Line(")")

    def names(self, one: Class) -> Iterator[Line]:
        """Name every value of an enum."""
        if one.role is Role.ENUM:
            for value in self.api.list_values(one):
                name = self.api.names[f"{one.place}.enum.{value}"]
                use = Use(cause.of_value(one, value))
                yield Line(f"print(h.{one.name}.{name})", use)

    def makes(self, one: Class) -> Iterator[Line]:
        """Make an object: with what it needs, with everything, and bit by bit."""
        if self.api.is_sent(one):
            yield Line(f"def make_{one.name}(")
            yield from self._parameters([("made", f"h.{one.name}")])
            yield from self._values(one)
            yield Line(") -> None:")
            use = Use(cause.of_contents(self.api, one), cause.of_class(one), one)
            head = Line(f"    h.{one.name}(", use)
            yield from self._call(head, one, only_needed=True)
            yield from self._call(head, one)
            for name, use in self._attributes(one):
                yield Line(f"    made.{name} = v_{name}", use)

    def reads(self, one: Class) -> Iterator[Line]:
        """Read every attribute into a variable of its type."""
        if one.role not in _READ or one.shape not in self.api.replied:
            return
        yield Line(f"def read_{one.name}(")
        yield from self._parameters([("read", f"h.{one.name}")])
        yield Line(") -> None:")
        use = Use(cause.of_contents(self.api, one))
        yield Line(f"    print(h.{one.name}, read)", use)
        for name, use in self._attributes(one):
            annotation = self._annotations(one)[name]
            yield self._mention(f"    v_{name}: {annotation}", annotation)
            yield Line(f"    v_{name} = read.{name}", use)

    def calls(self, operation: str) -> Iterator[Line]:
        """Call an operation: with what it needs, as a function, and as an object."""
        request = self._end(operation, Role.REQUEST)
        response = self._end(operation, Role.RESPONSE)
        function = self.api.names[f"operations.{operation}"]
        use = Use(cause.of_operation(operation), made=request)
        yield Line(f"def call_{function}(")
        yield Line("    client: h.Client,")
        yield from self._values(request)
        yield Line(") -> None:")
        reply = f"h.{response.name}"
        yield self._mention(f"    reply: {reply}", reply)
        wrong = Use(use.gone, cause.of_class(response), request)
        head = Line(f"    reply = client.{function}(", wrong)
        yield from self._call(head, request, only_needed=True)
        yield from self._call(Line(f"    client.{function}(", use), request)
        yield from self._call(Line(f"    h.{function}(client,", use), request)
        yield Line("    reply = client.send(", wrong)
        # A class that is not a request any more cannot be sent.
        made = Use(cause.of_class(request), use.gone, made=request)
        yield from self._call(Line(f"        h.{request.name}(", made), request)
        yield Line("    )")

    def _end(self, operation: str, role: Role) -> Class:
        place = f"operations.{operation}.{role}"
        shape = self.api.shape_of(operation, role)
        return Class(self.api.names[place], place, role, shape)

    def _call(
        self, head: Line, owner: Class, *, only_needed: bool = False
    ) -> Iterator[Line]:
        yield head
        needed = {
            self.api.attribute(owner.shape or "", member)
            for member in self.api.members(owner.shape)
            if self.api.insists_on(owner, member)
        }
        for name, use in self._attributes(owner):
            if name in needed or not only_needed:
                yield Line(f"        {name}=v_{name},", use)
        yield Line("    )")

    def _values(self, owner: Class) -> Iterator[Line]:
        """A parameter for each member, by its name and of its type."""
        annotations = self._annotations(owner).items()
        return self._parameters((f"v_{name}", type_) for name, type_ in annotations)

    def _parameters(self, typed: Iterable[tuple[str, str]]) -> Iterator[Line]:
        for name, annotation in typed:
            yield self._mention(f"    {name}: {annotation},", annotation)

    def _mention(self, text: str, annotation: str) -> Line:
        names = _CLASSES.findall(annotation)
        found = [cause.of_class(self.api.class_named[name]) for name in names]
        return Line(text, Use(frozenset().union(*found)) if found else None)

    def _annotations(self, owner: Class) -> dict[str, str]:
        annotations = {
            self.api.attribute(owner.shape or "", member): self.api.annotate_member(
                owner, member
            )
            for member in self.api.members(owner.shape)
        }
        if self._is_union(owner):
            annotations["sdk_unknown_member"] = "UnknownMember | None"
        return annotations

    def _attributes(self, owner: Class) -> Iterator[tuple[str, Use]]:
        """The attributes of a class's objects, with their uses."""
        for member in self.api.members(owner.shape):
            gone = cause.of_member(owner, member)
            wrong = cause.of_type(self.api, owner, member)
            insistence = cause.of_insistence(owner, member)
            use = Use(gone, wrong | insistence)
            yield self.api.attribute(owner.shape or "", member), use
        if self._is_union(owner):
            yield "sdk_unknown_member", Use(cause.of_union(owner))

    def _is_union(self, owner: Class) -> bool:
        shape = self.api.shapes.get(owner.shape or "", {})
        return owner.role is Role.DATA and shape.get("union", False)


_READ = {Role.DATA, Role.RESPONSE, Role.ERROR}
