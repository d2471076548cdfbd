"""Types as Python source: annotations, descriptions, code that reads and writes.

Each of the four has a function with a line for each type of shape, so that a new type
or trait is added in four places of one module. `wire_format` has the code for leaves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from attrs import evolve, frozen

from botosmith.generator.literal import quote
from botosmith.generator.model import (
    FLOATS,
    MemberModel,
    Role,
    ServiceModel,
    ShapeModel,
)
from botosmith.generator.plan.imports import Vocabulary
from botosmith.generator.plan.names import Names
from botosmith.generator.plan.reachability import Reach
from botosmith.generator.plan.wire_format import PLAIN, WireFormat, find_wire_format

_INTEGERS = frozenset({"byte", "short", "integer", "long", "bigInteger"})

_WIRE_TYPES = {
    "boolean": "Boolean",
    "blob": "Blob",
    **dict.fromkeys(_INTEGERS, "Integer"),
    **dict.fromkeys(FLOATS, "Float"),
}
_ANNOTATIONS = {
    "blob": "bytes",
    "boolean": "bool",
    "timestamp": "datetime",
    **dict.fromkeys(_INTEGERS, "int"),
    **dict.fromkeys(FLOATS, "float"),
}


_CREDENTIAL = re.compile(
    r"(password|passphrase|private_?key|secret_?access_?key|secret_?key|client_?secret"
    r"|(session|security|access|refresh|id|auth|authorization|bearer|oauth)_?token"
    r"|authorized_?url|presigned_?url|pre_?signed_?url)(data)?$",
    re.IGNORECASE,
)

_ROLES: Mapping[Role, str] = {
    "document": "Document",
    "body": "Body",
    "stream": "Stream",
    "events": "Events",
    "octets": "Octets",
}


@frozen
class Scope:
    """The place of expressions.

    Attributes:
        model: The service.
        names: Its names.
        reach: The shapes that each of its shapes and operations reaches.
        module: The module of the expressions, relative to the package.
        vocabulary: The imports of that module.
        owner: The class whose body holds them, if it is one of the module's own
            shapes, which are in alphabetical order.
    """

    model: ServiceModel
    names: Names
    reach: Reach
    module: str
    vocabulary: Vocabulary
    owner: str | None = None

    @property
    def wire_format(self) -> WireFormat:
        """Return the format of the service's documents."""
        return find_wire_format(self.model.protocol)

    def is_defined_later(self, shape: ShapeModel) -> bool:
        """Return whether a shape's class comes after the body of the owner.

        Descriptions are evaluated when all classes are defined, but pyright checks an
        annotation's metadata as if it were evaluated in place.
        """
        return (
            self.owner is not None
            and self.names.modules[shape.name] == self.module
            and self.names.classes[shape.name] >= self.owner
        )

    def class_of(self, shape: ShapeModel) -> str:
        """Return the class of a shape; import it if it is in another module."""
        module = self.names.modules[shape.name]
        name = self.names.classes[shape.name]
        if module == self.module:
            return name
        return self.vocabulary.use_class(module, name)


def annotate(
    scope: Scope,
    shape: ShapeModel,
    member: MemberModel | None = None,
    *,
    only_sent: bool,
) -> str:
    """Return the type of a value, for type checkers.

    Args:
        scope: The place of the annotation.
        shape: The value's shape.
        member: The member that holds it; None for a part of a list or map.
        only_sent: Whether no reply holds it, so that any sequence or mapping is valid.
    """
    use = scope.vocabulary.use
    if member is not None and member.role is not None:
        return _annotate_role(scope, shape, member.role, only_sent=only_sent)
    if shape.enum is not None:
        return f"{scope.class_of(shape)} | {use('str')}"
    if shape.has_class:
        return scope.class_of(shape)
    if shape.type == "list" and shape.member:
        item = annotate(
            scope, scope.model.shapes[shape.member.shape], only_sent=only_sent
        )
        item = f"{item} | None" if shape.sparse else item
        return f"{use('Sequence' if only_sent else 'list')}[{item}]"
    if shape.type == "map" and shape.key and shape.value:
        key, value = (
            annotate(scope, scope.model.shapes[part.shape], only_sent=only_sent)
            for part in (shape.key, shape.value)
        )
        value = f"{value} | None" if shape.sparse else value
        return f"{use('Mapping' if only_sent else 'dict')}[{key}, {value}]"
    return use("Any" if shape.document else _ANNOTATIONS.get(shape.type, "str"))


def _annotate_role(
    scope: Scope, shape: ShapeModel, role: Role, *, only_sent: bool
) -> str:
    use = scope.vocabulary.use
    match role:
        case "document":
            return use("Any")
        case "body":
            return use("RequestBody")
        case "stream":
            return use("StreamingBody")
        case "octets":
            return f"{use('bytes')} | {use('str')}"
        case "events":
            stream = use("Iterable" if only_sent else "EventStream")
            return f"{stream}[{scope.class_of(shape)}]"


def describe(  # noqa: C901, PLR0911 - one for each kind of shape
    scope: Scope, shape: ShapeModel, member: MemberModel | None = None
) -> str:
    """Return the description of a type for the run time, in calls of `schema`."""
    wire = scope.vocabulary.use("schema")

    def call(name: str, *parts: str) -> str:
        return f"{wire}.{name}({', '.join(parts)})"

    if member is not None and member.role is not None:
        target = [_target(scope, shape)] if member.role == "events" else []
        return call(_ROLES[member.role], *target)
    rules = _rules(shape, member)
    if shape.enum is not None:
        return call("Enum", scope.class_of(shape), *rules)
    if shape.has_class:
        return call("Structure", _target(scope, shape))
    if shape.sparse:
        rules.append("sparse=True")
    if shape.type == "list" and shape.member:
        item = describe(scope, scope.model.shapes[shape.member.shape])
        return call("List", item, *rules)
    if shape.type == "map" and shape.key and shape.value:
        key, value = (
            describe(scope, scope.model.shapes[part.shape])
            for part in (shape.key, shape.value)
        )
        return call("Map", key, value, *rules)
    if shape.type == "timestamp":
        format_ = _timestamp_format(shape, member)
        return call("Timestamp", *([quote(format_)] if format_ else []))
    if shape.document:
        return call("Document")
    if shape.type in _WIRE_TYPES:
        return call(_WIRE_TYPES[shape.type], *rules)
    return call("String", *rules)


def describe_beside_type(
    scope: Scope, shape: ShapeModel, member: MemberModel
) -> list[str]:
    """Return the description of an annotated type, as arguments.

    The annotation's part is left out (`botosmith.runtime.schema.hints` derives it).
    """
    if not _is_annotated(scope, shape, member):
        return [describe(scope, shape, member)]
    return _rules(shape, member)


def _is_annotated(
    scope: Scope, shape: ShapeModel, member: MemberModel | None = None
) -> bool:
    """Return whether the annotation of a value describes it, except for its rules."""
    is_special = (
        shape.document
        or shape.sparse
        or _timestamp_format(shape, member) is not None
        or (member is not None and member.role is not None)
    )
    if is_special:
        return False
    if shape.type not in {"list", "map"}:
        return True
    parts = [scope.model.shapes[part.shape] for part in shape.parts]
    return all(_is_annotated(scope, part) and not _rules(part) for part in parts)


def _rules(shape: ShapeModel, member: MemberModel | None = None) -> list[str]:
    """Return the rules for the values of a type, as arguments."""
    if shape.type in {"structure", "boolean", "timestamp"}:
        return []
    return [*_bounds(_with_minimum(shape, member)), *_pattern(shape)]


def _with_minimum(shape: ShapeModel, member: MemberModel | None) -> ShapeModel:
    """Return the shape with a minimum if it is part of the host's name.

    botocore refuses an empty one (`botocore.validate.range_check`).
    """
    if member is None or not member.host_label or shape.min is not None:
        return shape
    if shape.type in {"blob", "map"}:
        return shape
    return evolve(shape, min=1)


def _target(scope: Scope, shape: ShapeModel) -> str:
    name = scope.class_of(shape)
    return f"lambda: {name}" if scope.is_defined_later(shape) else name


def _timestamp_format(shape: ShapeModel, member: MemberModel | None) -> str | None:
    # The member's format goes before its shape's (Smithy's timestampFormat trait).
    return (member and member.timestamp_format) or shape.timestamp_format


def _bounds(shape: ShapeModel) -> list[str]:
    return [
        f"{name}={_number(bound, shape)}"
        for name, bound in (("min", shape.min), ("max", shape.max))
        if bound is not None
    ]


def _pattern(shape: ShapeModel) -> list[str]:
    is_text = shape.type not in {*_ANNOTATIONS, "list", "map"} and shape.enum is None
    if shape.pattern is None or not is_text:
        return []
    return [f"pattern={quote(shape.pattern)}"]


def _number(bound: float, shape: ShapeModel) -> str:
    return repr(bound if shape.type in FLOATS else int(bound))


def _positional_bounds(shape: ShapeModel) -> str:
    """Return the bounds as arguments of a writer, with the comma before them."""
    low, high = shape.min, shape.max
    if high is None:
        return "" if low is None else f", {_number(low, shape)}"
    if low is None:
        return f", maximum={_number(high, shape)}"
    return f", {_number(low, shape)}, {_number(high, shape)}"


def write(
    scope: Scope,
    shape: ShapeModel,
    value: str,
    member: MemberModel | None = None,
    wire_format: WireFormat | None = None,
) -> str:
    """Return the expression that checks a value and converts it to the wire document.

    Args:
        scope: The place of the expression.
        shape: The value's shape.
        value: The expression of the value.
        member: The member that holds it; None for a part of a list or map.
        wire_format: The format to write it in; None for the service's own.
    """
    return _write(
        scope,
        shape,
        value,
        member,
        wire_format=wire_format or scope.wire_format,
        depth=0,
    )


def write_plain(
    scope: Scope, shape: ShapeModel, value: str, member: MemberModel
) -> str:
    """Return the expression that checks a value which botocore's serializer writes."""
    return write(scope, shape, value, member, PLAIN)


def _write(  # noqa: PLR0911, PLR0913 - one for each kind of shape; a walk's state
    scope: Scope,
    shape: ShapeModel,
    value: str,
    member: MemberModel | None,
    *,
    wire_format: WireFormat,
    depth: int,
) -> str:
    words = scope.vocabulary.use("writers")
    bounds = _positional_bounds(_with_minimum(shape, member))

    def part(name: str, variable: str, *, sparse: bool = False) -> str:
        inner = scope.model.shapes[name]
        written = _write(
            scope, inner, variable, None, wire_format=wire_format, depth=depth + 1
        )
        return f"None if {variable} is None else {written}" if sparse else written

    suffix = f"_{depth + 1}" if depth else ""
    item, key = f"item{suffix}", f"key{suffix}"
    if member is not None and member.role is not None:
        return f"{words}.{member.role}({value})"
    if shape.enum is not None:
        return f"{words}.string({value}{bounds})"
    if shape.has_class:
        return f"{words}.structure({value}, {scope.class_of(shape)})"
    if shape.type == "list" and shape.member:
        items = f"{words}.array({value}{bounds})"
        written = part(shape.member.shape, item, sparse=shape.sparse)
        return f"[{written} for {item} in {items}]"
    if shape.type == "map" and shape.key and shape.value:
        written = part(shape.value.shape, item, sparse=shape.sparse)
        entry = f"{part(shape.key.shape, key)}: {written}"
        items = f"{words}.mapping({value}{bounds})"
        return f"{{{entry} for {key}, {item} in {items}}}"
    if shape.document:
        return f"{words}.document({value})"
    writer = wire_format.writers.get(shape.type, "string")
    if shape.type == "timestamp":
        format_ = (_timestamp_format(shape, member) or "").lower()
        return f"{words}.{wire_format.timestamp_writers.get(format_, writer)}({value})"
    if shape.type == "boolean":
        return f"{words}.{writer}({value})"
    return f"{words}.{writer}({value}{bounds})"


def read(
    scope: Scope, shape: ShapeModel, value: str, member: MemberModel | None = None
) -> str:
    """Return the expression that reads a value from a reply.

    Args:
        scope: The place of the expression.
        shape: The value's shape.
        value: The expression of the reply's value.
        member: The member that will hold it; None for a part of a list or map.
    """
    words = scope.vocabulary.word("readers")
    if member is not None and member.role is not None:
        scope.vocabulary.use("readers")
        of = f"{scope.class_of(shape)}, " if member.role == "events" else ""
        return f"{words}.{member.role}({of}{value})"
    if shape.type in {"list", "map"}:
        scope.vocabulary.use("readers")
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
    """Return the expression of a function that reads one value."""
    if shape.has_class:
        return f"{scope.class_of(shape)}._read"
    words = scope.vocabulary.use("readers")
    if shape.type in {"list", "map"}:
        return f"lambda item: {read(scope, shape, 'item')}"
    if shape.document:
        return f"{words}.document"
    return f"{words}.{scope.wire_format.readers.get(shape.type, 'string')}"


def is_sensitive(shapes: Mapping[str, ShapeModel], shape: ShapeModel) -> bool:
    """Return whether a value is masked: for its shape, or parts of its list or map."""
    if shape.sensitive:
        return True
    return shape.type != "structure" and any(
        is_sensitive(shapes, shapes[part.shape]) for part in shape.parts
    )


def is_credential(member: MemberModel, shape: ShapeModel) -> bool:
    """Return whether a value is a credential, by its name; models do not mark all."""
    return (
        shape.type in {"string", "blob"} and _CREDENTIAL.search(member.name) is not None
    )
