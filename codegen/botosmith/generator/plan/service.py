"""A whole service: its names first, then every module."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from attrs import frozen
from botocore.loaders import Loader

from botosmith.generator import ir
from botosmith.generator.literal import print_inert, quote, quote_docstring
from botosmith.generator.model import ServiceModel
from botosmith.generator.naming import FunctionName
from botosmith.generator.plan.data import plan_data
from botosmith.generator.plan.document import Documenter, find_first_uses
from botosmith.generator.plan.keep import NOTHING, Previous, keep_names
from botosmith.generator.plan.module import ModulePlanner
from botosmith.generator.plan.names import (
    Names,
    iterate_module_names,
    plan_names,
)
from botosmith.generator.plan.reach import Reach, measure_reach
from botosmith.generator.plan.vocabulary import import_order

#: The services whose clients botocore gives more methods than operations.
_CLIENTS = {"dsql": "DSQLClient", "rds": "RDSClient", "s3": "S3Client"}


#: A module whose names the package exports.
_Exporting = ir.ShapeModule | ir.WaiterModule | ir.ErrorsModule


@frozen
class _Decisions:
    """What all modules of a service have in common."""

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
) -> ir.Service:
    """Plan everything that is written for a service.

    Args:
        loader: Reads the endpoint data that the package carries.
        model: The service's checked model.
        package: The dotted name of the package to be.
        previous: What the package that is there was generated from.
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
    waiters = [planner.waiter(wait) for wait in decided.names.waits.values()]
    exporting: list[_Exporting] = [*shape_modules, *waiters, planner.errors()]
    modules: list[ir.Module] = [
        *exporting,
        _plan_client(decided, origin),
        _plan_package(decided, origin, exporting),
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
    """The reference page of one operation, as lines of text."""
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


def _plan_client(decided: _Decisions, origin: str) -> ir.ClientModule:
    names, model = decided.names, decided.model
    parent, _, short_name = names.package.rpartition(".")
    base = _CLIENTS.get(model.name, "BaseClient")
    return ir.ClientModule(
        path=PurePosixPath("client.py"),
        origin=origin,
        docstring=quote_docstring([f"{model.service_id}: the client."]),
        package=names.package,
        parent=parent,
        short_name=short_name,
        imports=tuple(sorted((base, "Functions"), key=import_order)),
        base=base,
        service_name=quote(model.name),
        api_version=quote(model.api_version),
        protocol=quote(model.protocol),
        error_root=names.error_root,
        class_docstring=decided.documenter.client(),
        methods=tuple(ir.Method(name, name) for name in _list_functions(names)),
    )


def _plan_package(
    decided: _Decisions, origin: str, modules: Iterable[_Exporting]
) -> ir.PackageModule:
    exports = [
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
        quote_docstring(
            [f"{title}: a module for each operation, with what only that one uses."]
        ),
    )
    yield ir.Marker(
        PurePosixPath("shapes/__init__.py"),
        origin,
        quote_docstring(
            [f"{title}: a module for each shape that several operations use."]
        ),
    )
    if model.waiters:
        yield ir.Marker(
            PurePosixPath("waiters/__init__.py"),
            origin,
            quote_docstring([f"{title}: a module for each waiter."]),
        )


def _list_functions(names: Names) -> list[FunctionName]:
    operations = [exchange.function for exchange in names.exchanges.values()]
    return sorted([*operations, *(wait.function for wait in names.waits.values())])


def _dotted(path: PurePosixPath) -> str:
    return ".".join(path.with_suffix("").parts)
