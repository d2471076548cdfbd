"""Packages that import a name's module when the name is first used.

The three names returned by `attach` are those of PEP 562; the convention is SPEC 1
(https://scientific-python.org/specs/spec-0001/).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from types import FrameType
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from botosmith.runtime.objects.operation import Operations

#: Names of values that a service's package has beside those that it imports.
_OWN = frozenset({"API_VERSION", "BOTOCORE_VERSION", "OPERATIONS"})


def attach(
    package: str,
    exports: Mapping[str, tuple[str, ...]],
    operations: Operations | None = None,
) -> tuple[Callable[[str], Any], Callable[[], list[str]], list[str]]:
    """Make `__getattr__`, `__dir__` and `__all__` for a package.

    Args:
        package: The package's name.
        exports: The public names of each of its modules, by the module's name
            relative to the package.
        operations: The operations of a service's package, which guard their functions.
    """
    places = {name: module for module, names in exports.items() for name in names}

    def __getattr__(name: str) -> Any:  # noqa: N807 - the module's own hook
        if name not in places:

            def advise() -> str:
                from botosmith.runtime.advice.names import about_export, about_name

                about = about_name if operations is None else about_export
                return about(package, places, name)

            raise _refuse(package, name, advise)
        value = getattr(import_module(f"{package}.{places[name]}"), name)
        if operations is not None:
            value = operations.guard(name, value)
        setattr(sys.modules[package], name, value)
        return value

    def __dir__() -> list[str]:  # noqa: N807 - the module's own hook
        # SPEC 1 lists public names only: the imports of the package are left out.
        return sorted(sys.modules[package].__all__)

    own = _OWN & vars(sys.modules[package]).keys()
    return __getattr__, __dir__, sorted({*places, *own})


def _is_probe(name: str, caller: FrameType) -> bool:
    """Return whether a name is asked for by a program that does without it.

    `from package import name` asks for an attribute before it looks for a module.
    """
    importer = "importlib._bootstrap"
    return name.startswith("_") or caller.f_globals.get("__name__") == importer


def _refuse(
    module: str, name: str, advise: Callable[[], str]
) -> AttributeError | ImportError:
    caller = sys._getframe(2)
    if _is_probe(name, caller):
        msg = f"module {module!r} has no attribute {name!r}"
        return AttributeError(msg, name=name, obj=sys.modules[module])
    # Programs that mistype nothing do without it.
    from botosmith.runtime.advice.missing_names import refuse_name

    return refuse_name(module, name, advise, caller)


def refuse_service(name: str) -> NoReturn:
    """Say how to get a service's package; `__getattr__` of the package `botosmith`.

    That is a namespace package, without code of its own. The runtime gives it this hook
    when it is imported, as every generated package does.

    Raises:
        AttributeError: Always; an ImportError for `from botosmith import name`.
    """

    def advise() -> str:
        from botosmith.runtime.advice.names import about_service

        return about_service(name)

    package = "botosmith"
    raise _refuse(package, name, advise)
