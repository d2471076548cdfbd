"""Methods of a client that import their operation at the first use."""

from __future__ import annotations

import sys
from functools import partial
from importlib import import_module
from inspect import Signature, signature
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

#: The functions of `unittest.mock` (and of its backport) that look at each attribute of
#: a spec, of which a test uses a few.
_WALKS = frozenset({"create_autospec", "_mock_add_spec"})
_MOCKS = frozenset({"unittest.mock", "mock.mock"})


def _operation(client: Any, **members: Any) -> Any:
    """Stand for an operation's function where only its kind matters."""
    raise NotImplementedError(client, members)


class LazyMethod:
    """Stands for an operation's function in a client class until it is used.

    An attribute of the class or of a client gives the function, which replaces this
    object. What finds the object itself, in `vars` of the class, takes it for the
    function: `unittest.mock.patch.object(Client, "create_model", autospec=True)` does.
    """

    def __init__(self, package: str, name: str) -> None:
        """Name the function, and the package that exports it."""
        self._package = package
        self._attribute = self._function_name = name

    def __set_name__(self, owner: type, name: str) -> None:
        self._attribute = name

    def __get__(self, instance: object | None, owner: type) -> Any:
        caller = sys._getframe(1)
        if caller.f_code.co_name in _WALKS and caller.f_globals["__name__"] in _MOCKS:
            return _Unloaded(self)
        function = self.load()
        holder = next(cls for cls in owner.__mro__ if self._attribute in vars(cls))
        setattr(holder, self._attribute, function)
        return function if instance is None else function.__get__(instance, owner)

    def load(self) -> Any:
        """Import the operation, and return its function."""
        return getattr(import_module(self._package), self._function_name)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function."""
        return self.load()(*args, **kwargs)

    # Type checkers would have a property with a setter, as that of `object` is.
    if not TYPE_CHECKING:

        @property
        def __class__(self) -> Any:
            """The type of what it stands for."""
            return FunctionType

    @property
    def __name__(self) -> str:
        return self._function_name

    @property
    def __code__(self) -> CodeType:
        """The code of a function that is not a coroutine function."""
        return _operation.__code__

    @property
    def __signature__(self) -> Signature:
        return signature(self.load())


class _Unloaded:
    """A method as a mock's specification; `unittest.mock` reads it when a test uses it.

    It is not a function: of those, mock wants the signatures at once, for which all
    operations would be imported.
    """

    __slots__ = ("_method",)

    def __init__(self, method: LazyMethod) -> None:
        self._method = method

    def __dir__(self) -> list[str]:
        return []

    @property
    def __call__(self) -> Any:
        """The function without its first argument, as a mock's methods have it."""
        return partial(self._method.load(), None)
