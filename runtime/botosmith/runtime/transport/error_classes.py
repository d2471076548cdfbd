"""The error classes of a service, as botocore's clients have them in `exceptions`."""

from __future__ import annotations

from functools import cached_property
from importlib import import_module

from botocore.exceptions import ClientError

from botosmith.runtime.errors import ServiceError


class ErrorClasses:
    """The errors that a service's calls raise, by name and by code.

    `except client.exceptions.ResourceNotFound:` works as it does with boto3. The module
    that defines the classes is imported when one of them is first needed.
    """

    ClientError = ClientError

    def __init__(self, module: str, root: str) -> None:
        """Name the module that defines the classes, and the root of them in it."""
        self._module = module
        self._root_name = root

    @cached_property
    def _root(self) -> type[ServiceError]:
        root: type[ServiceError] = getattr(import_module(self._module), self._root_name)
        return root

    @cached_property
    def _classes(self) -> dict[str, type[ServiceError]]:
        modelled = (
            cls
            for cls in self._root.__subclasses__()
            if cls.__module__ == self._module  # and not a user's own
        )
        return {cls.__name__: cls for cls in (self._root, *modelled)}

    @cached_property
    def _by_code(self) -> dict[str, type[ServiceError]]:
        return {cls._code or name: cls for name, cls in self._classes.items()}

    def from_code(self, code: str | None) -> type[ServiceError]:
        """The class for an error's code; the service's root for an unknown one."""
        return self._by_code.get(code or "", self._root)

    def __getattr__(self, name: str) -> type[ServiceError]:
        if name.startswith("_"):
            # A copy asks for special methods before it has any attribute.
            msg = f"{type(self).__name__!r} object has no attribute {name!r}"
            raise AttributeError(msg, name=name, obj=self)
        if name in self._classes:
            return self._classes[name]
        msg = f"{self._module} has no error {name}; it has {', '.join(self._classes)}"
        raise AttributeError(msg, name=name, obj=self)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self._classes})
