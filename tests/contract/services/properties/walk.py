"""Along a service's JSON and its generated classes, side by side.

The generator's own decisions play no part: classes are found by following the types of
members from each operation, beside the references in the JSON.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from enum import Enum
from types import ModuleType
from typing import Any

from attrs import Factory, define, has
from tests.contract.services.names import Kind, Renamed, is_by_rule, name_value
from tests.contract.services.properties.compare import same

from botosmith.generator.naming import (
    ClassName,
    EnumMemberName,
    FieldName,
    FunctionName,
)
from botosmith.runtime import OpenEnum, Request, Response, ServiceError, schema
from botosmith.runtime.objects.operation import Operation
from botosmith.runtime.protocol.codec import CODECS
from botosmith.runtime.protocol.response_headers import select_located

#: Members that botocore's handlers add to those of a model.
_ADDED: Mapping[tuple[str, str], Mapping[str, Any]] = {
    ("s3", "GetObjectOutput"): {"ExpiresString": {}},
    ("s3", "HeadObjectOutput"): {"ExpiresString": {}},
}


@define
class Walk:
    """The findings on the way.

    Attributes:
        service: botocore's name of the service.
        package: The package.
        source: The JSON.
        classes: The classes that stand for each shape.
        renamed: The names that are not as their rules have them.
        counts: How many of each were found to be right.
    """

    service: str
    package: ModuleType
    source: Mapping[str, Any]
    classes: dict[str, set[type[Any]]] = Factory(dict[str, set[type[Any]]])
    renamed: set[Renamed] = Factory(set[Renamed])
    counts: Counter[str] = Factory(Counter[str])

    def go(self) -> None:
        """Go along all of it.

        Raises:
            AssertionError: Something of the JSON is not there, or not as it says.
        """
        for name, operation in self.source["operations"].items():
            self._operation(name, operation)
        self._rest()
        root = self.package.Client._error_root
        service_id = self.source["metadata"]["serviceId"].replace(" ", "")
        self._name("metadata.serviceId", ClassName, f"{service_id}Error", root)
        self._check_classes()
        self._count()

    def _operation(self, name: str, source: Mapping[str, Any]) -> None:
        operation = self.package.OPERATIONS[name]
        function = operation.function
        assert getattr(self.package, function.__name__) is function, name
        method = getattr(self.package.Client, function.__name__)
        same(method.__name__, function.__name__, f"the method of {name}")
        self._name(f"operations.{name}", FunctionName, name, function.__name__)
        self._end(operation.request, Request, source.get("input"), name)
        self._end(operation.response, Response, source.get("output"), name)
        self._traits(operation)
        errors = source.get("errors", [])
        same(len(operation.errors), len(errors), f"the number of errors of {name}")
        for kind, error in zip(operation.errors, errors, strict=True):
            self._error(kind, error["shape"])

    def _end(self, kind: Any, base: Any, reference: Any, name: str) -> None:
        """A request or reply, which has its operation's name where no shape's is."""
        assert issubclass(kind, base), kind
        synthetic = f"{name}{base.__name__}"
        if reference is None:
            same(len(schema.fields(kind)), 0, f"the number of members of {kind}")
            self._exported(kind)
            self._name(f"operations.{name}", ClassName, synthetic, kind.__name__)
            return
        shape = reference["shape"]
        raw = synthetic if kind.__name__ == ClassName(synthetic) else shape
        self._structure(kind, shape, raw)

    def _traits(self, operation: Operation) -> None:
        """The facts that a call looks at agree with the members' descriptions."""
        request, response = operation.request, operation.response
        sent, read = schema.fields(request), schema.fields(response)
        name = operation.name
        bodies, streams = _find(sent, schema.Body), _find(read, schema.Stream)
        same(request._bodies, bodies, f"the bodies that {name} sends")
        same(response._bodies, streams, f"the bodies that {name} gives")
        same(
            request._events, _find(sent, schema.Events), f"the events that {name} sends"
        )
        same(response._events, _find(read, schema.Events), f"the events of {name}")
        is_direct = self.package.Client._protocol in CODECS and not request._is_plain
        tokens = [one.member for one in sent if is_direct and one.member.token]
        located = [one for one in select_located(read) if is_direct]
        same(
            [*map(_place, request._tokens)],
            [*map(_place, tokens)],
            f"the tokens of {name}",
        )
        same(
            [(one.attribute, _place(one.member)) for one in response._located],
            [(one.attribute, _place(one.member)) for one in located],
            f"what {name} has outside its reply's body",
        )

    def _structure(self, kind: type[Any], name: str, raw: str = "") -> None:
        if self._is_new(kind, name):
            self._name(f"shapes.{name}", ClassName, raw or name, kind.__name__)
            assert has(kind), f"{kind} for {name} is no structure"
            self._members(schema.fields(kind), name)

    def _error(self, kind: type[Any], name: str) -> None:
        if self._is_new(kind, name):
            self._name(f"shapes.{name}", ClassName, name, kind.__name__)
            assert issubclass(kind, ServiceError), f"{kind} for {name} is no error"
            self._members(kind._fields, name)

    def _members(self, fields: tuple[schema.Field, ...], name: str) -> None:
        added = _ADDED.get((self.service, name), {})
        members = {**self.source["shapes"][name].get("members", {}), **added}
        same([field.member.name for field in fields], [*members], f"members of {name}")
        attributes = {field.attribute for field in fields}
        same(len(attributes), len(members), f"the number of attributes of {name}")
        for field in fields:
            raw, attribute = field.member.name, field.attribute
            assert attribute.isidentifier(), attribute
            self._name(f"shapes.{name}.members.{raw}", FieldName, raw, attribute)
            if raw not in added:
                self._type(field.member.type, members[raw]["shape"])

    def _type(self, kind: schema.Type, name: str) -> None:
        shape = self.source["shapes"][name]
        match kind:
            case schema.Structure():
                same(shape["type"], "structure", f"the type of {name}")
                self._structure(kind.structure, name)
            case schema.List():
                same(shape["type"], "list", f"the type of {name}")
                self._type(kind.member, shape["member"]["shape"])
            case schema.Map():
                same(shape["type"], "map", f"the type of {name}")
                self._type(kind.key, shape["key"]["shape"])
                self._type(kind.value, shape["value"]["shape"])
            case schema.Enum():
                self._enum(kind.enum, name)
            case _:
                whole = shape["type"] in {"list", "map"} or needs_class(shape)
                assert not whole, f"{name} is {type(kind).__name__}"

    def _enum(self, kind: type[Enum], name: str) -> None:
        if not self._is_new(kind, name):
            return
        self._name(f"shapes.{name}", ClassName, name, kind.__name__)
        assert issubclass(kind, OpenEnum), name
        values = [*dict.fromkeys(self.source["shapes"][name]["enum"])]
        same([str(value) for value in kind], values, f"the values of {name}")
        same(len(kind.__members__), len(values), f"the number of names in {name}")
        for value in values:
            place = f"shapes.{name}.enum.{value}"
            self._name(place, EnumMemberName, value, name_value(kind, value))

    def _is_new(self, kind: type[Any], name: str) -> bool:
        """Return whether a class has not been met yet; if so, it must be exported."""
        if kind in self.classes.setdefault(name, set()):
            return False
        self.classes[name].add(kind)
        self._exported(kind)
        return True

    def _exported(self, kind: type[Any]) -> None:
        name = kind.__name__
        assert getattr(self.package, name) is kind, f"{name} is not what is exported"
        assert name in self.package.__all__, f"{name} is not in __all__"

    def _name(self, place: str, kind: Kind, raw: str, name: str) -> None:
        if not is_by_rule(kind, raw, name):
            self.renamed.add(Renamed(self.service, place, raw, name))

    def _rest(self) -> None:
        """The shapes that no operation reaches: some class has just their parts."""
        for name, shape in self.source["shapes"].items():
            if self._is_met(name, shape) or not needs_class(shape):
                continue
            taken = {kind for kinds in self.classes.values() for kind in kinds}
            alike = [
                kind
                for kind in self._exports()
                if kind not in taken and _is_like(kind, shape, name)
            ]
            assert alike, f"no class is like {name}"
            # Several may be, and most often one has the very name.
            kind = max(alike, key=lambda one: one.__name__ == ClassName(name))
            if "enum" in shape:
                self._enum(kind, name)
            elif issubclass(kind, ServiceError):
                self._error(kind, name)
            else:
                self._structure(kind, name)

    def _is_met(self, name: str, shape: Mapping[str, Any]) -> bool:
        """Return whether a class stands for a shape, as it does for data, too."""
        kinds = self.classes.get(name, ())
        if shape.get("exception"):
            return any(issubclass(kind, ServiceError) for kind in kinds)
        return bool(kinds)

    def _exports(self) -> Iterator[type[Any]]:
        for name in self.package.__all__:
            value = getattr(self.package, name)
            if isinstance(value, type):
                yield value

    def _check_classes(self) -> None:
        """Each shape that needs a class has one, and no class stands for two shapes."""
        missing = [
            name
            for name, shape in self.source["shapes"].items()
            if needs_class(shape) and not self.classes.get(name)
        ]
        same(missing, [], "shapes without a class")
        kinds = [kind for kinds in self.classes.values() for kind in kinds]
        same(len(kinds), len({*kinds}), "the number of classes")

    def _count(self) -> None:
        self.counts["operations"] += len(self.source["operations"])
        for shape in self.source["shapes"].values():
            self.counts["shapes"] += 1
            self.counts["members"] += len(shape.get("members", {}))
            self.counts["enum values"] += len({*shape.get("enum", ())})


def needs_class(shape: Mapping[str, Any]) -> bool:
    """Return whether a shape of the JSON is to have a class."""
    if "enum" in shape:
        return True
    return shape["type"] == "structure" and not shape.get("document")


def _find(fields: tuple[schema.Field, ...], kind: type[Any]) -> tuple[str, ...]:
    return tuple(one.attribute for one in fields if isinstance(one.member.type, kind))


def _place(member: schema.Member) -> tuple[object, ...]:
    return member.name, member.wire_name, member.location, type(member.type)


def _is_like(kind: type[Any], shape: Mapping[str, Any], name: str) -> bool:
    if "enum" in shape:
        return issubclass(kind, OpenEnum) and {*map(str, kind)} == {*shape["enum"]}
    is_error = issubclass(kind, ServiceError)
    if is_error != bool(shape.get("exception")) or not (is_error or has(kind)):
        return False
    described: Any = kind
    fields = described._fields if is_error else schema.fields(described)
    members = [field.member.name for field in fields]
    # Names begin as they do in the model, whatever had to follow.
    begins = ClassName(name)[:3]
    return members == [*shape.get("members", {})] and kind.__name__.startswith(begins)
