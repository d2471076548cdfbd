"""Operations: their functions, their classes, and the table of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from importlib import import_module
from types import FunctionType, MappingProxyType
from typing import Any

import attrs

from botosmith.runtime.objects.lazy_method import LazyMethod
from botosmith.runtime.objects.structure import Request, Response


@attrs.frozen
class Operation:
    """An operation of a service.

    Attributes:
        name: The operation's name in the model, such as `CreateModel`.
        function: The function that calls it.
        request: The class of its request.
        response: The class of its reply.
        errors: The classes of the errors that the model lists for it.
    """

    name: str
    function: Callable[..., Any]
    request: type[Request[Any]]
    response: type[Response]
    errors: tuple[type[Exception], ...]


class Operations(Mapping[str, Operation]):
    """A service's operations by name; each is imported when it is looked up."""

    def __init__(
        self,
        package: str,
        exports: Mapping[str, tuple[str, str]],
        waiters: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Name what belongs to operations.

        Args:
            package: The package.
            exports: Each operation's function and request class in it.
            waiters: The functions that wait, with the operations that they call.
        """
        self._package = package
        self._exports = exports
        self._names = {function: name for name, (function, _) in exports.items()}
        self._waiters = waiters

    def __getitem__(self, name: str) -> Operation:
        package = import_module(self._package)
        request = self.request(name)
        function = getattr(package, self._exports[name][0])
        errors = tuple(getattr(package, error) for error in request._errors)
        return Operation(name, function, request, request._response, errors)

    def __iter__(self) -> Iterator[str]:
        return iter(self._exports)

    def __len__(self) -> int:
        return len(self._exports)

    def __contains__(self, name: object) -> bool:
        return name in self._exports

    def __repr__(self) -> str:
        return f"<{len(self)} operations of {self._package}>"

    def request(self, name: str) -> type[Request[Any]]:
        """The request class of an operation."""
        request: type[Request[Any]] = getattr(
            import_module(self._package), self._exports[name][1]
        )
        return request

    def names(self) -> dict[str, str]:
        """The operations' names by those of their functions."""
        return dict(self._names)

    def guard(self, name: str, value: Any) -> Any:
        """Let an operation's function tell all that is wrong with its arguments.

        A missing or unexpected argument becomes a `ValidationError` that lists every
        violation, where Python would stop at the first with a TypeError. Of other
        functions that the package exports, only the client is looked at; classes are
        given back as they are.
        """
        if not isinstance(value, FunctionType):
            return value
        paged = self._names.get(name.removeprefix("paginate_"))
        operation = self._names.get(name) or self._waiters.get(name) or paged
        annotations = self._name_client(value)

        @wraps(value)
        def call(*args: Any, **kwargs: Any) -> Any:
            try:
                return value(*args, **kwargs)
            except TypeError as error:
                from botosmith.runtime.advice.call_arguments import fits

                if operation is None or fits(value, args, kwargs):
                    raise
                from botosmith.runtime.advice.arguments import call_error

                request = self.request(operation)
                function = "" if name in self._names else name
                told = call_error(function, request, args, kwargs)
                raise (told or error) from None
            except AttributeError:
                if args and not hasattr(args[0], "send"):
                    # Its type alone: it may be an argument that is a secret.
                    kind = type(args[0]).__name__
                    msg = (
                        f"client: expected a client of {self._package}, got an object "
                        f"of type {kind}"
                    )
                    raise TypeError(msg) from None
                raise

        # `wraps` copies what makes the annotations in Python 3.14, not themselves.
        call.__annotations__ = annotations
        return call

    def _name_client(self, function: FunctionType) -> dict[str, Any]:
        """Let a function's annotations tell the client's class, and return them.

        The module imports the class for type checkers alone, since it costs botocore.
        As an attribute of the package, it is imported by who evaluates the annotation:
        `typing.get_type_hints`, pydantic, and builders of tools.
        """
        annotations = dict(function.__annotations__)
        if isinstance(annotations.get("client"), str):
            name = self._package.rpartition(".")[2]
            while name in function.__globals__:
                name = f"_{name}"
            function.__globals__[name] = import_module(self._package)
            annotations["client"] = f"{name}.Client"
            function.__annotations__ = annotations
        return annotations


class Functions:
    """The functions that a service's package exports, each imported at its first use.

    An attribute of this object stands in the body of a client class; it replaces
    itself there by the function, which thereby is a method.
    """

    def __init__(self, package: str) -> None:
        """Name the service's package."""
        self._package = package

    def __getattr__(self, name: str) -> LazyMethod:
        return LazyMethod(self._package, name)
