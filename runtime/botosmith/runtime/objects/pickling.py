"""Pickles that name a class by its public path.

`botosmith.sagemaker.VpcConfig` is that path wherever the class's module lies; an
update that moves a shape to another module, adds members or drops some leaves old
pickles readable.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from botosmith.runtime.objects.open_enum import OpenEnum
    from botosmith.runtime.objects.structure import Structure


def public_name(generated: type) -> tuple[str, str] | None:
    """Return a generated class's package, and the name under which it is exported.

    None for a class that is not exported, such as a user's subclass.
    """
    package, _, _ = generated.__module__.rpartition(".")
    package = package.removesuffix(".operations").removesuffix(".shapes")
    if not package or not generated.__module__.startswith(f"{package}."):
        return None
    exported = getattr(import_module(package), generated.__name__, None)
    return (package, generated.__name__) if exported is generated else None


def restore_structure(package: str, name: str, state: dict[str, Any]) -> Structure:
    """Make an object again, with None for members that its pickle did not know."""
    structure: type[Structure] = getattr(import_module(package), name)
    restored = structure.__new__(structure)
    for attribute in structure._attribute_names():
        setattr(restored, attribute, state.get(attribute))
    return restored


def restore_enum(package: str, name: str, value: str) -> OpenEnum:
    """Make a member again, also one that the enum does not list any more."""
    enum: type[OpenEnum] = getattr(import_module(package), name)
    return enum(value)


def refuse_copy(name: str, advice: str) -> NoReturn:
    """Refuse to copy or pickle an object that holds connections.

    Args:
        name: What it is, such as `botosmith.sagemaker.Client`.
        advice: What it holds, and what to do instead.

    Raises:
        TypeError: Always, as for other objects that Python cannot pickle.
    """
    msg = f"cannot copy or pickle {name}: {advice}"
    raise TypeError(msg)
