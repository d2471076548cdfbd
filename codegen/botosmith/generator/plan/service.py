"""The plan of a whole service: its names first, then every module."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from attrs import frozen
from botocore.loaders import Loader

from botosmith.generator import ir
from botosmith.generator.literal import print_inert, quote
from botosmith.generator.model import ServiceModel
from botosmith.generator.naming import ClassName
from botosmith.generator.plan.data import plan_data
from botosmith.generator.plan.docstrings.operation import (
    Documenter,
    document_module,
    find_first_uses,
)
from botosmith.generator.plan.imports import import_order
from botosmith.generator.plan.module import ModulePlanner
from botosmith.generator.plan.name_lock import NOTHING, Previous, keep_names
from botosmith.generator.plan.names import (
    Names,
    iterate_module_names,
    plan_names,
)
from botosmith.generator.plan.paginator import PaginatorPlanner
from botosmith.generator.plan.reachability import Reach, measure_reach

#: The services whose clients botocore gives more methods than operations.
_CLIENTS = {"dsql": "DSQLClient", "rds": "RDSClient", "s3": "S3Client"}


#: A module whose names the package exports.
_Exporting = ir.ShapeModule | ir.PaginatorModule | ir.WaiterModule | ir.ErrorsModule


@frozen
class _Decisions:
    """The decisions that all modules of a service share."""

    model: ServiceModel
    reach: Reach
    names: Names
    lock: Mapping[str, str]
    documenter: Documenter


def plan_service(
    loader: Loader,
    model: ServiceModel,
    *,
    package: str,
    previous: Previous = NOTHING,
    botocore: str | None = None,
) -> ir.Service:
    """Plan everything that is written for a service.

    Args:
        loader: Reads the endpoint data that the package carries.
        model: The service's checked model.
        package: The dotted name of the new package.
        previous: The input of the existing package.
        botocore: The model's botocore version; None if not known.
    """
    decided = _decide(model, package, previous)
    origin = print_inert(f"models/{model.name}/{model.api_version}")
    planner = ModulePlanner(
        model=model,
        names=decided.names,
        reach=decided.reach,
        documenter=decided.documenter,
        origin=origin,
    )
    by_module = {
        f"operations.{exchange.module}": exchange
        for exchange in decided.names.exchanges.values()
    }
    shape_modules = [
        planner.shapes(name, by_module.get(name))
        for name in iterate_module_names(decided.names)
    ]
    paginators = PaginatorPlanner(
        model, decided.names, decided.reach, decided.documenter, origin
    )
    exporting: list[_Exporting] = [
        *shape_modules,
        *paginators.modules(),
        *(planner.waiter(wait) for wait in decided.names.waits.values()),
        planner.errors(),
    ]
    modules: list[ir.Module] = [
        *exporting,
        _plan_client(decided, origin, is_async=False),
        _plan_client(decided, origin, is_async=True),
        _plan_package(decided, origin, exporting, botocore),
        *_plan_markers(model, origin),
    ]
    files = ((PurePosixPath("py.typed"), ""), *plan_data(loader, model, decided.lock))
    return ir.Service(tuple(modules), files)


def plan_page(
    model: ServiceModel,
    operation_name: str,
    *,
    package: str,
    previous: Previous = NOTHING,
) -> list[str]:
    """Return the reference page of one operation, as lines of text."""
    decided = _decide(model, package, previous)
    return decided.documenter.page(decided.names.exchanges[operation_name])


def _decide(
    model: ServiceModel, package: str, previous: Previous = NOTHING
) -> _Decisions:
    reach = measure_reach(model)
    places, lock = keep_names(model, previous)
    names = plan_names(model, reach, package=package, places=places)
    documenter = Documenter(model, names, find_first_uses(model))
    return _Decisions(model, reach, names, lock, documenter)


def _plan_client(
    decided: _Decisions, origin: str, *, is_async: bool
) -> ir.ClientModule:
    names, model, documenter = decided.names, decided.model, decided.documenter
    parent, _, short_name = names.package.rpartition(".")
    base = _CLIENTS.get(model.name, "BaseClient")
    imports = {"Functions"}
    if is_async:
        base = f"Async{base}"
        imports.add("asynchronous")
        if names.paginators:
            imports.add("in_pages")
    title = "the client whose calls are awaited" if is_async else "the client"
    return ir.ClientModule(
        path=PurePosixPath("async_client.py" if is_async else "client.py"),
        origin=origin,
        docstring=document_module(f"{model.service_id}: {title}."),
        package=names.package,
        parent=parent,
        short_name=short_name,
        imports=tuple(sorted({base, *imports}, key=import_order)),
        name=ClassName("AsyncClient" if is_async else "Client"),
        base=base,
        service_name=quote(model.name),
        api_version=quote(model.api_version),
        protocol=quote(model.protocol),
        error_root=names.error_root,
        class_docstring=documenter.async_client() if is_async else documenter.client(),
        methods=tuple(_list_methods(names, is_async=is_async)),
    )


def _plan_package(
    decided: _Decisions,
    origin: str,
    modules: Iterable[_Exporting],
    botocore: str | None,
) -> ir.PackageModule:
    exports = [
        ir.Export("async_client", ("AsyncClient",)),
        ir.Export("client", ("Client",)),
        *(
            ir.Export(
                _dotted(module.path), tuple(sorted(_exported(module), key=import_order))
            )
            for module in modules
        ),
    ]
    return ir.PackageModule(
        path=PurePosixPath("__init__.py"),
        origin=origin,
        docstring=decided.documenter.package(),
        package=decided.names.package,
        api_version=quote(decided.model.api_version),
        botocore_version=None if botocore is None else quote(botocore),
        release=None if botocore is None else print_inert(f"botocore {botocore}"),
        exports=tuple(sorted(exports, key=lambda export: export.module)),
        operations=tuple(
            ir.OperationEntry(
                quote(exchange.operation.name), exchange.function, exchange.request
            )
            for exchange in decided.names.exchanges.values()
        ),
        waiters=tuple(
            ir.WaiterEntry(wait.function, quote(wait.waiter.operation))
            for wait in decided.names.waits.values()
        ),
    )


def _exported(module: _Exporting) -> Iterator[str]:
    if isinstance(module, ir.PaginatorModule):
        yield module.function.name
        return
    if isinstance(module, ir.WaiterModule):
        yield module.waiter.function
        return
    if isinstance(module, ir.ErrorsModule):
        yield module.root.name
        yield from (error.name for error in module.errors)
        return
    yield from (enum.name for enum in module.enums)
    yield from (structure.name for structure in module.structures)
    if module.function is not None:
        yield module.function.name


def _plan_markers(model: ServiceModel, origin: str) -> Iterator[ir.Marker]:
    title = model.service_id
    yield ir.Marker(
        PurePosixPath("operations/__init__.py"),
        origin,
        document_module(
            f"{title}: a module for each operation, with what only that one uses."
        ),
    )
    if model.paginators:
        yield ir.Marker(
            PurePosixPath("paginators/__init__.py"),
            origin,
            document_module(
                f"{title}: a module for each operation that gives its items in pages."
            ),
        )
    yield ir.Marker(
        PurePosixPath("shapes/__init__.py"),
        origin,
        document_module(
            f"{title}: a module for each shape that several operations use."
        ),
    )
    if model.waiters:
        yield ir.Marker(
            PurePosixPath("waiters/__init__.py"),
            origin,
            document_module(f"{title}: a module for each waiter."),
        )


def _list_methods(names: Names, *, is_async: bool) -> Iterator[ir.Method]:
    """Yield the methods for operations, their pages, and waiters."""
    operations = (exchange.function for exchange in names.exchanges.values())
    waits = (wait.function for wait in names.waits.values())
    groups = (
        (operations, "asynchronous"),
        (names.paginators.values(), "in_pages"),
        (waits, "asynchronous"),
    )
    for functions, wrapper in groups:
        for name in sorted(functions):
            value = f"op.{name}"
            yield ir.Method(name, f"{wrapper}({value})" if is_async else value)


def _dotted(path: PurePosixPath) -> str:
    return ".".join(path.with_suffix("").parts)
