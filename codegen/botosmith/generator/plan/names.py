"""The names of everything that a generated package exports, and its modules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from attrs import frozen

from botosmith.generator.model import OperationModel, ServiceModel, ShapeModel
from botosmith.generator.naming import (
    ClassName,
    FieldName,
    FunctionName,
    ModuleName,
    assign,
)
from botosmith.generator.plan.reach import Reach

#: What the client class and the package use for themselves.
RESERVED_FUNCTIONS = frozenset(
    {
        "client",
        "close",
        "errors",
        "exceptions",
        "meta",
        "op",
        "operations",
        "send",
        "shapes",
    }
)
RESERVED_CLASSES = frozenset({"AsyncClient", "Client", "OPERATIONS"})

#: Attributes that the bases of generated classes have already.
RESERVED_IN_STRUCTURE = frozenset({"self"})
RESERVED_IN_UNION = RESERVED_IN_STRUCTURE | {"sdk_unknown_member"}
RESERVED_IN_REQUEST = RESERVED_IN_STRUCTURE | {"client"}
RESERVED_IN_RESPONSE = RESERVED_IN_STRUCTURE | {"response_metadata"}
RESERVED_IN_ERROR = RESERVED_IN_STRUCTURE | {
    "add_note",
    "args",
    "body",
    "code",
    "operation_name",
    "response",
    "response_metadata",
    "with_traceback",
}


#: What a class is for: a shape as data, or something else and its name.
_Key = str | tuple[str, str]


@frozen
class Exchange:
    """An operation's names, and the shapes of its request and reply.

    Attributes:
        operation: The operation.
        function: Its function.
        module: The module that it lives in.
        request: The class of its request.
        response: The class of its reply.
        own_input: Whether the input shape itself is the request class; where several
            operations share the shape, or use it within others, each operation has a
            class of its own beside it.
        own_output: The same of the output shape and the response class.
    """

    operation: OperationModel
    function: FunctionName
    module: ModuleName
    request: ClassName
    response: ClassName
    own_input: bool
    own_output: bool


@frozen
class Names:
    """Every decision about names for one service.

    Attributes:
        package: The package's dotted name.
        exchanges: The operations' names, in the model's order.
        classes: The class of each shape that is held as data.
        errors: The exception class of each error shape.
        modules: The module of each such shape, relative to the package.
        error_root: The class that all errors of the service share.
    """

    package: str
    exchanges: Mapping[str, Exchange]
    classes: Mapping[str, ClassName]
    errors: Mapping[str, ClassName]
    modules: Mapping[str, str]
    error_root: ClassName

    @property
    def short_name(self) -> str:
        """The package's last name, by which users know the service."""
        return self.package.rpartition(".")[2]


def plan_names(model: ServiceModel, reach: Reach, *, package: str) -> Names:
    """Name everything in a service."""
    own = _find_own_shapes(model)
    errors = [name for name, shape in model.shapes.items() if shape.exception]
    held = _find_held_shapes(model)
    shapes = {
        # An error that is a member, too, has a second class: data is no exception.
        name: f"{name}Details" if shape.exception else name
        for name, shape in model.shapes.items()
        if shape.has_class and (not shape.exception or name in held)
    }
    raised: dict[_Key, str] = {("error", name): name for name in errors}
    synthetic: dict[_Key, str] = {
        (end, operation.name): f"{operation.name}{end}"
        for operation in model.operations.values()
        for end, shape_name in (
            ("Request", operation.input),
            ("Response", operation.output),
        )
        if shape_name not in own
    }
    root = f"{model.service_id.replace(' ', '')}Error"
    classes = assign(
        ClassName,
        {**_in_model_order(model, shapes, raised), **synthetic, ("root", ""): root},
        reserved=RESERVED_CLASSES,
    )
    exchanges = _plan_exchanges(model, own, classes)
    return Names(
        package=package,
        exchanges=exchanges,
        classes={name: classes[name] for name in shapes},
        errors={name: classes["error", name] for name in errors},
        modules=_place(reach, exchanges, shapes),
        error_root=classes["root", ""],
    )


def _in_model_order(
    model: ServiceModel, shapes: Mapping[str, str], raised: Mapping[_Key, str]
) -> dict[_Key, str]:
    """The raw names of all classes that shapes have, the exceptions' first."""
    ordered: dict[_Key, str] = {}
    for name in model.shapes:
        if ("error", name) in raised:
            ordered["error", name] = raised["error", name]
        if name in shapes:
            ordered[name] = shapes[name]
    return ordered


def _find_held_shapes(model: ServiceModel) -> frozenset[str]:
    """The shapes that are part of another."""
    return frozenset(
        used for shape in model.shapes.values() for used in shape.used_shapes
    )


def _find_own_shapes(model: ServiceModel) -> frozenset[str]:
    """The shapes that are one operation's input or output, and nothing else."""
    uses = Counter(
        used for shape in model.shapes.values() for used in shape.used_shapes
    )
    for operation in model.operations.values():
        uses.update([name for name in (operation.input, operation.output) if name])
        uses.update(operation.errors)
    return frozenset(
        name
        for operation in model.operations.values()
        for name in (operation.input, operation.output)
        if name and uses[name] == 1 and _may_be_end(model.shapes[name])
    )


def _may_be_end(shape: ShapeModel) -> bool:
    return not (shape.exception or shape.union or shape.document)


def _plan_exchanges(
    model: ServiceModel,
    own: frozenset[str],
    classes: Mapping[_Key, ClassName],
) -> dict[str, Exchange]:
    operations = {name: name for name in model.operations}
    functions = assign(FunctionName, operations, reserved=RESERVED_FUNCTIONS)
    modules = assign(ModuleName, operations)
    return {
        operation.name: Exchange(
            operation=operation,
            function=functions[operation.name],
            module=modules[operation.name],
            request=classes[_end_key("Request", operation.name, operation.input, own)],
            response=classes[
                _end_key("Response", operation.name, operation.output, own)
            ],
            own_input=operation.input in own,
            own_output=operation.output in own,
        )
        for operation in model.operations.values()
    }


def _end_key(
    end: str, operation_name: str, shape_name: str | None, own: frozenset[str]
) -> _Key:
    if shape_name is not None and shape_name in own:
        return shape_name
    return end, operation_name


def _place(
    reach: Reach,
    exchanges: Mapping[str, Exchange],
    shapes: Mapping[str, str],
) -> dict[str, str]:
    """The module of each shape with a class.

    What one operation alone reaches lives with it; what several reach has a module of
    its own, shared only by shapes that reach one another.
    """
    modules = assign(ModuleName, shapes)
    return {name: _module_of(name, reach, exchanges, modules) for name in shapes}


def _module_of(
    name: str,
    reach: Reach,
    exchanges: Mapping[str, Exchange],
    modules: Mapping[str, ModuleName],
) -> str:
    users = reach.users[name]
    if len(users) == 1 and users[0] in exchanges:
        return f"operations.{exchanges[users[0]].module}"
    cycle = [other for other in reach.cycles.get(name, ()) if other in modules]
    return f"shapes.{modules[min(cycle, default=name)]}"


def name_members(shape: ShapeModel, reserved: frozenset[str]) -> dict[str, FieldName]:
    """The attribute of each member of a structure."""
    return assign(FieldName, {name: name for name in shape.members}, reserved=reserved)


def iterate_module_names(names: Names) -> Iterator[str]:
    """Every module that holds shapes or operations, sorted."""
    operations = {
        f"operations.{exchange.module}" for exchange in names.exchanges.values()
    }
    yield from sorted(operations | set(names.modules.values()))
