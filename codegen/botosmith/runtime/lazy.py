"""Packages that import a name's module when the name is first used.

The three names returned by `attach` are those of PEP 562; the convention is SPEC 1
(https://scientific-python.org/specs/spec-0001/).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from botosmith.runtime.operation import Operations


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
            msg = f"module {package!r} has no attribute {name!r}"
            raise AttributeError(msg, name=name, obj=sys.modules[package])
        value = getattr(import_module(f"{package}.{places[name]}"), name)
        if operations is not None:
            value = operations.guard(name, value)
        setattr(sys.modules[package], name, value)
        return value

    def __dir__() -> list[str]:  # noqa: N807 - the module's own hook
        # What the package itself imports is nobody's business (SPEC 1 has it so too).
        return sorted(sys.modules[package].__all__)

    own = () if operations is None else ("OPERATIONS",)
    return __getattr__, __dir__, sorted({*places, *own})
