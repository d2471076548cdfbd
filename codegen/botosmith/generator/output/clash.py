"""The refusal of services whose packages would have the same folder.

A package has the name of its service in lower case, with underscores for characters
that Python does not allow: `a-b`, `a.b` and `A_B` have the same package.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from botosmith.generator.errors import OutputError, UsageError
from botosmith.generator.output.folder_plan import HEADER


def refuse_clashes(packages: Iterable[tuple[str, str, Path]]) -> None:
    """Refuse services that would overwrite each other's package.

    Args:
        packages: For each service its name, the dotted name of its package, and the
            package's folder.

    Raises:
        UsageError: Two of the services have the same package.
        OutputError: A folder holds the package of another service, or is within one.
    """
    packages = tuple(packages)
    services: dict[Path, str] = {}
    for service, package, target in packages:
        other = services.setdefault(target, service)
        if other != service:
            msg = (
                f"{other} and {service} have the same package, {package}: "
                "generate each with its own --package or --out"
            )
            raise UsageError(msg)
    for service, _, target in packages:
        _refuse_other(service, target)
        _refuse_outer(target)


def _refuse_other(service: str, target: Path) -> None:
    """Refuse a folder in which an earlier run put the package of another service."""
    others = [name for name in _list_services(target) if name != service]
    if others:
        reason = (
            f"holds the package of {others[0]}, which has the same name as that of "
            f"{service}: use another --package or --out, or remove the folder"
        )
        raise OutputError(target, reason)


def _refuse_outer(target: Path) -> None:
    """Refuse a folder within the package of a service, which may hold its modules."""
    for folder in target.parents:
        if others := _list_services(folder):
            reason = f"is within the package of {others[0]}: use another --package"
            raise OutputError(target, reason)


def _list_services(folder: Path) -> list[str]:
    """Return the services whose package an earlier run wrote to a folder."""
    try:
        is_ours = (folder / "__init__.py").read_bytes().startswith(HEADER)
    except OSError:
        return []
    found = (folder / "data").glob("*/*/operations.json") if is_ours else ()
    return sorted({path.parent.parent.name for path in found})
