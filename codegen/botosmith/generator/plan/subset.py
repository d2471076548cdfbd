"""A service reduced to some operations, with their shapes and waiters."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from attrs import evolve

from botosmith.generator.model import OperationModel, ServiceModel
from botosmith.generator.plan.reachability import reach

#: Operations that botocore calls by itself: to find the region of a bucket, and to open
#: a session with a bucket of S3 Express.
_CALLED_BY_BOTOCORE = {"s3": frozenset({"CreateSession", "HeadBucket"})}


def keep_operations(model: ServiceModel, names: Collection[str]) -> ServiceModel:
    """Return a service with only some of its operations.

    The data for botocore also keeps the operations that botocore calls by itself.

    Args:
        model: The service.
        names: The operations to keep, by their names in the model.
    """
    operations = _select(model, names)
    reached = _reach(model, operations)
    passed_on = _select(model, {*names, *_find_called(model, names)})
    reached_by_botocore = _reach(model, passed_on)
    source = model.source
    return evolve(
        model,
        operations=operations,
        paginators={
            name: paginator
            for name, paginator in model.paginators.items()
            if name in operations
        },
        shapes={name: model.shapes[name] for name in model.shapes if name in reached},
        waiters={
            name: waiter
            for name, waiter in model.waiters.items()
            if waiter.operation in operations
        },
        source={
            **source,
            "operations": {name: source["operations"][name] for name in passed_on},
            "shapes": {
                name: shape
                for name, shape in source["shapes"].items()
                if name in reached_by_botocore
            },
        },
    )


def _find_called(model: ServiceModel, names: Collection[str]) -> set[str]:
    """Return the operations that botocore may call in order to call others."""
    sources = model.source["operations"]
    called = {
        name for name in _CALLED_BY_BOTOCORE.get(model.name, ()) if name in sources
    }
    # An earlier model may lack some of them.
    if any("endpointdiscovery" in sources.get(name, {}) for name in names):
        called |= {name for name in sources if sources[name].get("endpointoperation")}
    return called


def _select(model: ServiceModel, names: Collection[str]) -> dict[str, OperationModel]:
    return {
        name: operation for name, operation in model.operations.items() if name in names
    }


def _reach(
    model: ServiceModel, operations: Mapping[str, OperationModel]
) -> dict[str, None]:
    starts = [start for one in operations.values() for start in _ends(one)]
    return reach(model.shapes, starts)


def _ends(operation: OperationModel) -> list[str]:
    ends = (operation.input, operation.output, *operation.errors)
    return [end for end in ends if end is not None]
