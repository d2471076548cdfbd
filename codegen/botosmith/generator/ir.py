"""The input of the templates: finished decisions, as frozen values.

Every string here is ready for the output; identifiers are those of `naming`.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from attrs import frozen

from botosmith.generator.naming import (
    ClassName,
    EnumMemberName,
    FieldName,
    FunctionName,
)


@frozen
class Import:
    """One `from module import names` line; each name may say `x as y`."""

    module: str
    names: tuple[str, ...]


@frozen
class Imports:
    """The import block of a module: isort's four groups, and imports for types only."""

    standard: tuple[Import, ...] = ()
    third_party: tuple[Import, ...] = ()
    own: tuple[Import, ...] = ()
    local: tuple[Import, ...] = ()
    typing_only: tuple[Import, ...] = ()


@frozen
class Words:
    """The names that the body of a class uses for the imports of its module.

    They differ from the plain ones only if the service has the same names: with a
    member called `readers`, the imported module is `_readers`.
    """

    annotated: str
    any: str
    self_type: str
    dict: str
    classmethod: str
    readers: str
    schema: str
    writers: str
    warn_deprecated: str


@frozen
class EnumMember:
    """A value of an enum."""

    name: EnumMemberName
    value: str


@frozen
class Enum:
    """An enum class."""

    name: ClassName
    base: str
    docstring: tuple[str, ...]
    members: tuple[EnumMember, ...]


@frozen
class Member:
    """A member of a structure.

    Attributes:
        name: Its attribute.
        annotation: Its type, without None.
        required: Whether the constructor requires it.
        description: The call that describes it at run time.
        wire_name: Its name on the wire, as a literal.
        write: The expression that writes `self.<name>`, in a class that is written.
        read: The expression that reads it with `get`, in a class that is read.
        deprecation: The arguments of the warning, where it is deprecated.
    """

    name: FieldName
    annotation: str
    required: bool
    description: str
    wire_name: str
    write: str | None
    read: str | None
    deprecation: str | None


@frozen
class LocatedMember:
    """A member of a reply that is outside the document."""

    name: FieldName
    description: str


@frozen
class RequestTraits:
    """The attributes of a request class that describe its operation, as literals.

    Attributes:
        tokens: The calls that describe its idempotency tokens.
    """

    operation: str
    response: ClassName
    errors: str | None
    tokens: tuple[str, ...]
    deprecated: str | None
    has_body: bool
    is_plain: bool


@frozen
class Choice:
    """The wire code for unknown members of a structure with exactly one member set."""

    write: str
    read: str


@frozen
class Document:
    """The members that are written to one document.

    Attributes:
        leading: The members that are always present.
        following: The others, in order.
    """

    leading: tuple[Member, ...]
    following: tuple[Member, ...]


@frozen
class Directions:
    """The directions in which a structure has wire code.

    For the other direction, the run time uses the members' descriptions.

    Attributes:
        to_wire: Whether it is written by code of its own.
        from_wire: Whether it is read by code of its own.
        protocol: The protocol whose form the run time writes or reads, as a literal;
            None if it is not needed.
    """

    to_wire: bool
    from_wire: bool
    protocol: str | None


@frozen
class Structure:
    """A structure's class.

    Attributes:
        decorator: The module's name of `attrs.define`.
        directions: The directions in which it has wire code.
        body: The members that are written to the wire document.
        payload: The member that is the whole document, if there is one.
        envelope: The members that botocore writes around the document, if any.
        choice: Set if exactly one member is set; None for any other class.
        request: A request's description of its operation; None for any other class.
        reads_payload: Whether a member of the reply is the whole document.
        located: The members of the reply that are outside the document.
        bodies: The attributes for streams of bytes, as a literal.
        events: The attributes for streams of events, as a literal.
        words: The names that the body of the class uses for imports.
    """

    name: ClassName
    decorator: str
    base: str
    docstring: tuple[str, ...]
    members: tuple[Member, ...]
    directions: Directions
    body: Document
    payload: Member | None
    envelope: Document | None
    choice: Choice | None
    request: RequestTraits | None
    reads_payload: bool
    located: tuple[LocatedMember, ...]
    bodies: str | None
    events: str | None
    words: Words


@frozen
class Parameter:
    """A parameter of an operation's function."""

    name: FieldName
    annotation: str
    required: bool


@frozen
class Function:
    """An operation's function."""

    name: FunctionName
    docstring: tuple[str, ...]
    client: str
    parameters: tuple[Parameter, ...]
    request: ClassName
    response: ClassName


@frozen
class ShapeModule:
    """A module of enums and structures, and of the operation that alone uses them."""

    path: PurePosixPath
    origin: str
    docstring: tuple[str, ...]
    imports: Imports
    enums: tuple[Enum, ...]
    structures: tuple[Structure, ...]
    function: Function | None


@frozen
class Acceptor:
    """A condition on a reply that leads a waiter to a state, as literals."""

    state: str
    matcher: str
    expected: str
    argument: str | None


@frozen
class Pace:
    """The parameters of a waiter's function that its operation does not have."""

    delay: str
    max_attempts: str
    progress: str


@frozen
class Waiter:
    """A waiter: its definition, as literals, and its function.

    Attributes:
        name: Its name in the model.
        parameters: The parameters of the operation.
        pace: Its own parameters.
        request: The class of the request that it sends.
        response: The class of the reply that it gives.
        may_end_in_error: Whether an error may mean success, so that None is returned.
        acceptor_class: The module's name of the class of acceptors.
        waiter_class: The module's name of the class of waiters.
        progress_type: The module's name of the type of progress callbacks.
    """

    name: str
    delay: str
    max_attempts: str
    acceptors: tuple[Acceptor, ...]
    function: FunctionName
    docstring: tuple[str, ...]
    client: str
    parameters: tuple[Parameter, ...]
    pace: Pace
    request: ClassName
    response: ClassName
    may_end_in_error: bool
    acceptor_class: str
    waiter_class: str
    progress_type: str


@frozen
class WaiterModule:
    """A module of one waiter."""

    path: PurePosixPath
    origin: str
    docstring: tuple[str, ...]
    imports: Imports
    waiter: Waiter


@frozen
class ErrorMember:
    """A member of an error, beside its message."""

    name: FieldName
    annotation: str
    description: str


@frozen
class Error:
    """An error's class; its code is a literal, given where it is not the name."""

    name: ClassName
    code: str | None
    docstring: tuple[str, ...]
    annotated: tuple[ErrorMember, ...]
    members: tuple[ErrorMember, ...]
    words: Words


@frozen
class ErrorsModule:
    """All errors of a service, with the root that they share."""

    path: PurePosixPath
    origin: str
    docstring: tuple[str, ...]
    imports: Imports
    root: Error
    base: str
    errors: tuple[Error, ...]


@frozen
class Method:
    """A line of a client: a function under its name as a method.

    Attributes:
        name: Its name.
        value: The method's value, such as `asynchronous(op.create_model)`.
    """

    name: FunctionName
    value: str


@frozen
class ClientModule:
    """A client: a table of contents; its service and version are literals."""

    path: PurePosixPath
    origin: str
    docstring: tuple[str, ...]
    package: str
    parent: str
    short_name: str
    imports: tuple[str, ...]
    name: ClassName
    base: str
    service_name: str
    api_version: str
    protocol: str
    error_root: ClassName
    class_docstring: tuple[str, ...]
    methods: tuple[Method, ...]


@frozen
class Export:
    """The public names of a module."""

    module: str
    names: tuple[str, ...]


@frozen
class OperationEntry:
    """A line of the table of operations; the name is a literal."""

    name: str
    function: FunctionName
    request: ClassName


@frozen
class WaiterEntry:
    """A line of the table of waiters; the operation is a literal."""

    function: FunctionName
    operation: str


@frozen
class PackageModule:
    """The package's `__init__`, in both forms: for Python and for type checkers.

    Attributes:
        api_version: The literal of the model's version.
        botocore_version: The literal of the model's botocore version.
        release: That version for a comment; None if it is not known.
    """

    path: PurePosixPath
    origin: str
    docstring: tuple[str, ...]
    package: str
    api_version: str
    botocore_version: str | None
    release: str | None
    exports: tuple[Export, ...]
    operations: tuple[OperationEntry, ...]
    waiters: tuple[WaiterEntry, ...]


@frozen
class Argument:
    """An argument of a call, its value as source."""

    name: str
    value: str


@frozen
class Limit:
    """A parameter that limits pages or items, or resumes after them.

    Attributes:
        name: The run time's name of it.
        parameter: The function's name of it.
        annotation: Its type.
    """

    name: str
    parameter: FieldName
    annotation: str


@frozen
class PaginatorDefinition:
    """The model's definition of an operation's pages."""

    kind: str
    arguments: tuple[Argument, ...]


@frozen
class PaginatorFunction:
    """The function for the pages of an operation."""

    name: FunctionName
    docstring: tuple[str, ...]
    client: str
    parameters: tuple[Parameter, ...]
    limits: tuple[Limit, ...]
    request: str
    pages: str


@frozen
class PaginatorModule:
    """A module of the pages of an operation."""

    path: PurePosixPath
    origin: str
    docstring: tuple[str, ...]
    imports: Imports
    definition: PaginatorDefinition
    function: PaginatorFunction


@frozen
class Marker:
    """A package's `__init__` that holds only a docstring."""

    path: PurePosixPath
    origin: str
    docstring: tuple[str, ...]


Module = (
    ShapeModule
    | PaginatorModule
    | WaiterModule
    | ErrorsModule
    | ClientModule
    | PackageModule
    | Marker
)


@frozen
class Service:
    """Everything that is written for a service: rendered modules, and plain files."""

    modules: tuple[Module, ...]
    files: tuple[tuple[PurePosixPath, str], ...]
