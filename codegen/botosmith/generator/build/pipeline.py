"""The pipeline from a model to unformatted sources, for the commands to use.

Its stages are imported when they are needed: a package in the cache needs none.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from botocore.loaders import Loader

from botosmith.generator.naming import package_name

if TYPE_CHECKING:
    from botosmith.generator.plan import Previous


def open_models(models: Path | None) -> Loader:
    """Return a loader of a folder in botocore's data layout, else of botocore's data.

    A user's `~/.aws/models` is not read, so that the same input gives the same bytes.
    """
    folder = Loader.BUILTIN_DATA_PATH if models is None else str(models)
    return Loader(extra_search_paths=[folder], include_default_search_paths=False)


def list_services(loader: Loader) -> list[str]:
    """Return the names of the services that a loader finds, sorted."""
    return sorted(loader.list_available_services("service-2"))


def list_operations(loader: Loader, service_name: str) -> list[str]:
    """Return the names of a service's operations, in the model's order.

    Raises:
        ModelError: The model is missing, is not JSON, or breaks the format.
    """
    from botosmith.generator.model import load_model

    return list(load_model(loader, service_name).operations)


def build_service(
    loader: Loader,
    service_name: str,
    *,
    package: str,
    operations: Collection[str] = (),
    previous: Previous | None = None,
) -> dict[PurePosixPath, str]:
    """Render a service's package.

    Args:
        loader: Finds the model.
        service_name: botocore's name of the service.
        package: The dotted name of the package that will hold the service's.
        operations: The operations to keep, with the shapes that they reach; all of
            them if none is named.
        previous: The input of the existing package, whose names are kept; None if
            none exists.

    Returns:
        The files by their path within the service's package; Python is not formatted.

    Raises:
        ModelError: The model cannot be used; lists every problem.
    """
    from botosmith.generator.model import load_model
    from botosmith.generator.plan import NOTHING, keep_operations, plan_service
    from botosmith.generator.render import render_service
    from botosmith.generator.update.origin import find_version

    model = load_model(loader, service_name)
    if operations:
        model = keep_operations(model, operations)
    return render_service(
        plan_service(
            loader,
            model,
            package=_full(package, model.name),
            previous=previous or NOTHING,
            botocore=find_version(loader, service_name),
        )
    )


def reference_page(  # noqa: PLR0913 - those of build_service, and whose page it is
    loader: Loader,
    service_name: str,
    operation_name: str,
    *,
    package: str,
    operations: Collection[str] = (),
    previous: Previous | None = None,
) -> str:
    """Return an operation's reference page: the text of `help` on its function.

    Args:
        loader: Finds the model.
        service_name: botocore's name of the service.
        operation_name: The operation's name in the model.
        package: The dotted name of the package that holds the service's.
        operations: The operations that it keeps; all of them if none is named.
        previous: The input of that package.

    Raises:
        ModelError: The model cannot be used; lists every problem.
    """
    from botosmith.generator.model import load_model
    from botosmith.generator.plan import NOTHING, keep_operations, plan_page

    model = load_model(loader, service_name)
    if operations:
        model = keep_operations(model, operations)
    lines = plan_page(
        model,
        operation_name,
        package=_full(package, model.name),
        previous=previous or NOTHING,
    )
    return "\n".join(lines)


def _full(package: str, service_name: str) -> str:
    return f"{package}.{package_name(service_name)}"
