"""Types as Python source: annotations, descriptions, code that reads and writes.

One function a view, each with one line a type of shape, so that a new type or trait is
added in four places that stand together.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from botosmith.generator.literal import quote
from botosmith.generator.model import MemberModel, ServiceModel, ShapeModel
from botosmith.generator.plan.names import Names
from botosmith.generator.plan.reach import Reach
from botosmith.generator.plan.vocabulary import Vocabulary

_INTEGERS = frozenset({"integer", "long", "bigInteger"})
_FLOATS = frozenset({"float", "double", "bigDecimal"})

_WIRE_TYPES = {
    "boolean": "Boolean",
    "blob": "Blob",
    **dict.fromkeys(_INTEGERS, "Integer"),
    **dict.fromkeys(_FLOATS, "Float"),
}
_READERS = {
    "blob": "blob",
    "boolean": "boolean",
    "timestamp": "timestamp",
    **dict.fromkeys(_INTEGERS, "integer"),
    **dict.fromkeys(_FLOATS, "number"),
}
_ANNOTATIONS = {
    "blob": "bytes",
    "boolean": "bool",
    "timestamp": "datetime",
    **dict.fromkeys(_INTEGERS, "int"),
    **dict.fromkeys(_FLOATS, "float"),
}

#: Formats of instants beside the protocol's own, by botocore's names for them.
TIMESTAMP_WRITERS = {
    "iso8601": "timestamp_iso8601",
    "rfc822": "timestamp_rfc822",
}


@frozen
class Scope:
    """Where expressions are to stand.

    Attributes:
        model: The service.
        names: Its names.
        reach: Which of its shapes reach which.
        module: The module that the expressions are for, relative to the package.
        vocabulary: The imports of that module.
        owner: The class that they stand in the body of, where it is one of the
            module's own shapes: these follow the alphabet.
    """

    model: ServiceModel
    names: Names
    reach: Reach
    module: str
    vocabulary: Vocabulary
    owner: str | None = None

    def is_defined_later(self, shape: ShapeModel) -> bool:
        """Whether a shape's class is not there yet when the owner's body is run."""
        return (
            self.owner is not None
            and self.names.modules[shape.name] == self.module
            and self.names.classes[shape.name] >= self.owner
        )

    def class_of(self, shape: ShapeModel) -> str:
        """The class of a shape, imported where it lives in another module."""
        module = self.names.modules[shape.name]
        name = self.names.classes[shape.name]
        if module == self.module:
            return name
        return self.vocabulary.use_class(f"{self.names.package}.{module}", name)


def annotate(scope: Scope, shape: ShapeModel, *, only_sent: bool) -> str:
    """The type of a value, for type checkers.

    Args:
        scope: Where it is to stand.
        shape: The value's shape.
        only_sent: Whether no reply holds it, so that any sequence or mapping will do.
    """
    use = scope.vocabulary.use
    if shape.enum is not None:
        return f"{scope.class_of(shape)} | {use('str')}"
    if shape.has_class:
        return scope.class_of(shape)
    if shape.type == "list" and shape.member:
        item = annotate(
            scope, scope.model.shapes[shape.member.shape], only_sent=only_sent
        )
        return f"{use('Sequence' if only_sent else 'list')}[{item}]"
    if shape.type == "map" and shape.key and shape.value:
        key, value = (
            annotate(scope, scope.model.shapes[part.shape], only_sent=only_sent)
            for part in (shape.key, shape.value)
        )
        return f"{use('Mapping' if only_sent else 'dict')}[{key}, {value}]"
    return use("Any" if shape.document else _ANNOTATIONS.get(shape.type, "str"))


def describe(  # noqa: PLR0911 - one for each kind of shape
    scope: Scope, shape: ShapeModel, member: MemberModel | None = None
) -> str:
    """The description of a type for the run time, in the words of `wire`."""
    wire = scope.vocabulary.use("wire")

    def call(name: str, *parts: str) -> str:
        return f"{wire}.{name}({', '.join(parts)})"

    if shape.enum is not None:
        return call("Enum", scope.class_of(shape), *_bounds(shape, "min", "max"))
    if shape.has_class:
        return call("Structure", _target(scope, shape))
    bounds = _bounds(shape, "min", "max")
    if shape.type == "list" and shape.member:
        item = describe(scope, scope.model.shapes[shape.member.shape])
        return call("List", item, *bounds)
    if shape.type == "map" and shape.key and shape.value:
        key, value = (
            describe(scope, scope.model.shapes[part.shape])
            for part in (shape.key, shape.value)
        )
        return call("Map", key, value, *bounds)
    if shape.type == "timestamp":
        format_ = _timestamp_format(shape, member)
        return call("Timestamp", *([quote(format_)] if format_ else []))
    if shape.document:
        return call("Document")
    if shape.type in _WIRE_TYPES:
        takes_bounds = shape.type != "boolean"
        return call(_WIRE_TYPES[shape.type], *(bounds if takes_bounds else []))
    pattern = [f"pattern={quote(shape.pattern)}"] if shape.pattern is not None else []
    return call("String", *bounds, *pattern)


def _target(scope: Scope, shape: ShapeModel) -> str:
    name = scope.class_of(shape)
    return f"lambda: {name}" if scope.is_defined_later(shape) else name


def _timestamp_format(shape: ShapeModel, member: MemberModel | None) -> str | None:
    # The member's format goes before its shape's (Smithy's timestampFormat trait).
    return (member and member.timestamp_format) or shape.timestamp_format


def _bounds(shape: ShapeModel, low: str, high: str) -> list[str]:
    return [
        f"{name}={_number(bound, shape)}"
        for name, bound in ((low, shape.min), (high, shape.max))
        if bound is not None
    ]


def _number(bound: float, shape: ShapeModel) -> str:
    return repr(bound if shape.type in _FLOATS else int(bound))


def _positional_bounds(shape: ShapeModel) -> str:
    """The bounds as arguments of a writer, with the comma before them."""
    low, high = shape.min, shape.max
    if high is None:
        return "" if low is None else f", {_number(low, shape)}"
    if low is None:
        return f", maximum={_number(high, shape)}"
    return f", {_number(low, shape)}, {_number(high, shape)}"


def write(
    scope: Scope, shape: ShapeModel, value: str, member: MemberModel | None = None
) -> str:
    """The expression that checks a value and turns it into what is sent.

    Args:
        scope: Where it is to stand.
        shape: The value's shape.
        value: The expression of the value.
        member: The member that holds it, where it is no part of a list or map.
    """
    return _write(scope, shape, value, member, depth=0)


def _write(  # noqa: PLR0911 - one for each kind of shape
    scope: Scope,
    shape: ShapeModel,
    value: str,
    member: MemberModel | None,
    *,
    depth: int,
) -> str:
    words = scope.vocabulary.use("write")
    bounds = _positional_bounds(shape)

    def part(name: str, variable: str) -> str:
        return _write(scope, scope.model.shapes[name], variable, None, depth=depth + 1)

    suffix = f"_{depth + 1}" if depth else ""
    item, key = f"item{suffix}", f"key{suffix}"
    if shape.enum is not None:
        return f"{words}.string({value}{bounds})"
    if shape.has_class:
        return f"{words}.structure({value}, {scope.class_of(shape)})"
    if shape.type == "list" and shape.member:
        items = f"{words}.array({value}{bounds})"
        return f"[{part(shape.member.shape, item)} for {item} in {items}]"
    if shape.type == "map" and shape.key and shape.value:
        entry = f"{part(shape.key.shape, key)}: {part(shape.value.shape, item)}"
        items = f"{words}.mapping({value}{bounds})"
        return f"{{{entry} for {key}, {item} in {items}}}"
    if shape.type == "timestamp":
        format_ = (_timestamp_format(shape, member) or "").lower()
        return f"{words}.{TIMESTAMP_WRITERS.get(format_, 'timestamp')}({value})"
    if shape.document:
        return f"{words}.document({value})"
    if shape.type == "boolean":
        return f"{words}.boolean({value})"
    return f"{words}.{_READERS.get(shape.type, 'string')}({value}{bounds})"


def read(scope: Scope, shape: ShapeModel, value: str) -> str:
    """The expression that reads a value from a reply."""
    words = scope.vocabulary.word("read")
    if shape.type in {"list", "map"}:
        scope.vocabulary.use("read")
    if shape.type == "list" and shape.member:
        item = scope.model.shapes[shape.member.shape]
        return f"{words}.list_of({_reader(scope, item)}, {value})"
    if shape.type == "map" and shape.key and shape.value:
        key = scope.model.shapes[shape.key.shape]
        item = scope.model.shapes[shape.value.shape]
        keyed = "" if key.enum is None else f", {_reader(scope, key)}"
        return f"{words}.map_of({_reader(scope, item)}, {value}{keyed})"
    return f"{_reader(scope, shape)}({value})"


def _reader(scope: Scope, shape: ShapeModel) -> str:
    """A function that reads one value."""
    if shape.has_class:
        return f"{scope.class_of(shape)}._read"
    words = scope.vocabulary.use("read")
    if shape.type in {"list", "map"}:
        return f"lambda item: {read(scope, shape, 'item')}"
    if shape.document:
        return f"{words}.document"
    return f"{words}.{_READERS.get(shape.type, 'string')}"


def is_sensitive(shapes: Mapping[str, ShapeModel], shape: ShapeModel) -> bool:
    """Whether a value is masked: for its own shape, or what a list or map holds."""
    if shape.sensitive:
        return True
    return shape.type != "structure" and any(
        is_sensitive(shapes, shapes[part.shape]) for part in shape.parts
    )
