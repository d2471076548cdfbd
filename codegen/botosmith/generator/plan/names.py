"""The names of everything that a generated package exports, and its modules.

As far as rules can achieve it, no name depends on the rest of the model. `name_lock`
keeps names for which rules do not suffice, such as the first of two clashing names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from botosmith.generator.model import (
    OperationModel,
    ServiceModel,
    ShapeModel,
    WaiterModel,
)
from botosmith.generator.naming import (
    ClassName,
    EnumMemberName,
    FieldName,
    FunctionName,
    ModuleName,
    assign,
)
from botosmith.generator.plan.reachability import Reach

#: The names that the client class and the package use for themselves.
RESERVED_FUNCTIONS = frozenset(
    {
        "annotations",
        "async_client",
        "asynchronous",
        "attach",
        "client",
        "close",
        "errors",
        "exceptions",
        "generate_db_auth_token",
        "generate_db_connect_admin_auth_token",
        "generate_db_connect_auth_token",
        "generate_presigned_post",
        "generate_presigned_url",
        "meta",
        "op",
        "operations",
        "send",
        "shapes",
        "waiters",
    }
)
RESERVED_CLASSES = frozenset(
    {
        "API_VERSION",
        "AsyncClient",
        "BOTOCORE_VERSION",
        "Client",
        "OPERATIONS",
        "Operations",
    }
)

#: Attributes and parameters that generated classes have already. All structures reserve
#: the same, since any may become a request, a reply or a part of one.
RESERVED_IN_STRUCTURE = frozenset(
    {"client", "response_metadata", "sdk_unknown_member", "self"}
)
#: An error's shape may also be a request or a reply; its members have one name in both.
RESERVED_IN_ERROR = RESERVED_IN_STRUCTURE | {
    "add_note",
    "args",
    "body",
    "code",
    "operation_name",
    "response",
    "with_traceback",
}

#: The suffixes after an operation's name in the name of its own request or reply, which
#: 99 % of those in AWS's models have. Such a name stays with the operation, even if
#: other shapes use the shape later.
_ENDINGS = {
    "input": ("Request", "Input", "Message", "Type", "InputMessage", "Query"),
    "output": (
        "Response",
        "Output",
        "Result",
        "Answer",
        "OutputMessage",
        "ResultType",
        "ResultMessage",
    ),
}


#: The suffix of an operation's name for a side without a shape of its own.
_SYNTHETIC = {"input": "Request", "output": "Response"}


@frozen
class Exchange:
    """An operation's names.

    Attributes:
        operation: The operation.
        function: Its function.
        module: The module that holds it.
        request: The class of its request.
        response: The class of its reply.
    """

    operation: OperationModel
    function: FunctionName
    module: ModuleName
    request: ClassName
    response: ClassName


@frozen
class Wait:
    """A waiter's names.

    Attributes:
        waiter: The waiter.
        function: Its function.
        module: The module that holds it.
        exchange: The operation that it calls.
    """

    waiter: WaiterModel
    function: FunctionName
    module: ModuleName
    exchange: Exchange


@frozen
class Names:
    """Every decision about names for one service.

    Attributes:
        package: The package's dotted name.
        exchanges: The operations' names, in the model's order.
        waits: The waiters' names, in their file's order.
        classes: The class of each shape that is held as data.
        errors: The exception class of each error shape.
        modules: The module of each such shape, relative to the package.
        error_root: The class that all errors of the service share.
        fields: The attributes of each structure's members.
        values: The names of each enum's values.
        paginators: The functions for the pages of operations.
    """

    package: str
    exchanges: Mapping[str, Exchange]
    waits: Mapping[str, Wait]
    classes: Mapping[str, ClassName]
    errors: Mapping[str, ClassName]
    modules: Mapping[str, str]
    error_root: ClassName
    fields: Mapping[str, Mapping[str, FieldName]]
    values: Mapping[str, Mapping[str, EnumMemberName]]
    paginators: Mapping[str, FunctionName]

    @property
    def short_name(self) -> str:
        """Return the last part of the package's name."""
        return self.package.rpartition(".")[2]


@frozen
class Places:
    """Every name by the place in the model that it stands for.

    Attributes:
        classes: `operations.X.input` and `.output` are a request and a reply,
            `shapes.S` a class, `errors.S` an exception, `service` the errors' root.
        functions: `operations.X` is a function, and so is `waiters.W`.
        fields: `shapes.S.members.M` is an attribute.
        values: `shapes.S.enum.V` is a value.
    """

    classes: Mapping[str, ClassName]
    functions: Mapping[str, FunctionName]
    fields: Mapping[str, FieldName]
    values: Mapping[str, EnumMemberName]

    def as_text(self) -> dict[str, str]:
        """Return all names, by place."""
        return {**self.classes, **self.functions, **self.fields, **self.values}


def name_places(model: ServiceModel, kept: Mapping[str, str]) -> Places:
    """Name everything in a service that callers see.

    Args:
        model: The service.
        kept: Names of an earlier version, by place.
    """
    return Places(
        classes=_name_classes(model, kept),
        functions=assign(
            FunctionName,
            {f"operations.{name}": name for name in model.operations},
            # The prefix is followed by botocore's name of the waiter.
            {f"waiters.{name}": f"wait_until_{name}" for name in model.waiters},
            reserved=RESERVED_FUNCTIONS,
            kept=kept,
        ),
        fields={
            place: name
            for shape in model.shapes.values()
            if shape.type == "structure"
            for place, name in _name_members(shape, kept).items()
        },
        values={
            place: name
            for shape in model.shapes.values()
            if shape.enum is not None
            for place, name in _name_values(shape, kept).items()
        },
    )


def plan_names(
    model: ServiceModel, reach: Reach, *, package: str, places: Places
) -> Names:
    """Return the names of a service by their kind, with the modules of its classes."""
    exchanges = _plan_exchanges(model, places)
    classes = {
        name: places.classes[f"shapes.{name}"]
        for name in model.shapes
        if f"shapes.{name}" in places.classes
    }
    return Names(
        package=package,
        exchanges=exchanges,
        waits=_plan_waits(model, places, exchanges),
        classes=classes,
        errors={
            name: places.classes[f"errors.{name}"]
            for name, shape in model.shapes.items()
            if shape.exception
        },
        modules=_place(reach, exchanges, classes),
        error_root=places.classes["service"],
        fields={
            name: {
                member: places.fields[f"shapes.{name}.members.{member}"]
                for member in shape.members
            }
            for name, shape in model.shapes.items()
            if shape.type == "structure"
        },
        values={
            name: {
                value: places.values[f"shapes.{name}.enum.{value}"]
                for value in shape.enum
            }
            for name, shape in model.shapes.items()
            if shape.enum is not None
        },
        paginators=_name_paginators(model, exchanges),
    )


def _name_paginators(
    model: ServiceModel, exchanges: Mapping[str, Exchange]
) -> dict[str, FunctionName]:
    """Name the functions of pages; operations' functions take precedence."""
    functions = {exchange.function for exchange in exchanges.values()}
    raws = {name: f"paginate_{exchanges[name].function}" for name in model.paginators}
    return assign(FunctionName, raws, reserved=RESERVED_FUNCTIONS | functions)


def _name_classes(model: ServiceModel, kept: Mapping[str, str]) -> dict[str, ClassName]:
    own = _find_own_shapes(model)
    held = _find_data_shapes(model, own, kept)
    raised = {f"errors.{name}": name for name in model.shapes if _raised(model, name)}
    synthetic = {
        place: f"{end.operation}{_SYNTHETIC[end.side]}"
        for place, end in _find_ends(model).items()
        if place not in own
    }
    # An error or a request that is also part of another shape has a second class for
    # that: data is neither an exception nor a call.
    twice = {*own.values(), *(name for name in held if _raised(model, name))}
    shapes = {
        f"shapes.{name}": f"{name}Details" if name in twice else name for name in held
    }
    named = [*raised.values(), *own.values(), *shapes.values(), *synthetic.values()]
    root = {"service": _name_root(model, named)}
    return assign(
        ClassName,
        raised,
        {**own, **shapes},
        synthetic,
        root,
        reserved=RESERVED_CLASSES,
        kept=kept,
    )


def _name_root(model: ServiceModel, others: Iterable[str]) -> str:
    """Return the raw name of the root of errors: Athena has an own `AthenaError`."""
    service = model.service_id.replace(" ", "")
    name = f"{service}Error"
    taken = {ClassName(other) for other in others}
    return f"{service}ServiceError" if ClassName(name) in taken else name


def _raised(model: ServiceModel, name: str) -> bool:
    return model.shapes[name].exception


@frozen(order=True)
class _End:
    """One side of an operation, and its shape if it has one."""

    operation: str
    side: str
    shape: str | None

    @property
    def is_namesake(self) -> bool:
        """Return whether the shape is named after the operation."""
        shape = self.shape or ""
        suffix = shape.removeprefix(self.operation)
        return suffix != shape and suffix in _ENDINGS[self.side]


def _find_ends(model: ServiceModel) -> dict[str, _End]:
    """Return both sides of every operation, by place."""
    return {
        f"operations.{name}.{side}": _End(name, side, shape)
        for name, operation in model.operations.items()
        for side, shape in (("input", operation.input), ("output", operation.output))
    }


def _find_own_shapes(model: ServiceModel) -> dict[str, str]:
    """Return the shapes whose names belong to a side of an operation, by place.

    A shape's name belongs to the operation that it is named after; otherwise to the
    first one that uses it, unless another shape uses it, too: then it names data.
    """
    parts = _find_parts(model)
    users: dict[str, list[tuple[_End, str]]] = {}
    for place, end in _find_ends(model).items():
        if end.shape and not _raised(model, end.shape):
            users.setdefault(end.shape, []).append((end, place))
    own: dict[str, str] = {}
    for shape, ends in users.items():
        namesakes = [use for use in ends if use[0].is_namesake]
        if namesakes or shape not in parts:
            own[min(namesakes or ends)[1]] = shape
    return own


def _find_parts(model: ServiceModel) -> set[str]:
    """Return the shapes that other shapes use."""
    return {used for shape in model.shapes.values() for used in shape.used_shapes}


def _find_data_shapes(
    model: ServiceModel, own: Mapping[str, str], kept: Mapping[str, str]
) -> list[str]:
    """Return shapes with a class as data: all but pure requests, replies and errors.

    The others become the class of an operation or an exception. A shape that had a
    class as data keeps it, unless another class has its name now.
    """
    parts = _find_parts(model)
    ends = {end.shape for end in _find_ends(model).values()}
    takers = {shape: place for place, shape in own.items()}

    def has_class_of_its_own(name: str, shape: ShapeModel) -> bool:
        if name in parts or not (name in ends or shape.exception):
            return True
        known = kept.get(f"shapes.{name}")
        return known is not None and known != kept.get(takers.get(name, ""), known)

    return [
        name
        for name, shape in model.shapes.items()
        if shape.has_class and has_class_of_its_own(name, shape)
    ]


def _plan_exchanges(model: ServiceModel, places: Places) -> dict[str, Exchange]:
    modules = assign(ModuleName, {name: name for name in model.operations})
    return {
        name: Exchange(
            operation=operation,
            function=places.functions[f"operations.{name}"],
            module=modules[name],
            request=places.classes[f"operations.{name}.input"],
            response=places.classes[f"operations.{name}.output"],
        )
        for name, operation in model.operations.items()
    }


def _plan_waits(
    model: ServiceModel, places: Places, exchanges: Mapping[str, Exchange]
) -> dict[str, Wait]:
    modules = assign(ModuleName, {name: name for name in model.waiters})
    return {
        name: Wait(
            waiter=waiter,
            function=places.functions[f"waiters.{name}"],
            module=modules[name],
            exchange=exchanges[waiter.operation],
        )
        for name, waiter in model.waiters.items()
    }


def _place(
    reach: Reach,
    exchanges: Mapping[str, Exchange],
    shapes: Iterable[str],
) -> dict[str, str]:
    """Return the module of each shape with a class.

    A shape that only one operation reaches is in its module; a shape that several reach
    has a module of its own, shared only by shapes that reach one another.
    """
    modules = assign(ModuleName, {name: name for name in shapes})
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


def _name_members(shape: ShapeModel, kept: Mapping[str, str]) -> dict[str, FieldName]:
    reserved = RESERVED_IN_ERROR if shape.exception else RESERVED_IN_STRUCTURE
    place = f"shapes.{shape.name}.members"
    places = {f"{place}.{name}": name for name in shape.members}
    return assign(FieldName, places, reserved=reserved, kept=kept)


def _name_values(
    shape: ShapeModel, kept: Mapping[str, str]
) -> dict[str, EnumMemberName]:
    places = {f"shapes.{shape.name}.enum.{value}": value for value in shape.enum or ()}
    return assign(EnumMemberName, places, kept=kept)


def iterate_module_names(names: Names) -> Iterator[str]:
    """Yield every module that holds shapes or operations, sorted."""
    operations = {
        f"operations.{exchange.module}" for exchange in names.exchanges.values()
    }
    yield from sorted(operations | set(names.modules.values()))
