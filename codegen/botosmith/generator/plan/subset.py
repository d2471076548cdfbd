"""A service cut to some of its operations, and to the shapes that these reach."""

from __future__ import annotations

from collections.abc import Collection

from attrs import evolve

from botosmith.generator.model import OperationModel, ServiceModel
from botosmith.generator.plan.reach import reach


def keep_operations(model: ServiceModel, names: Collection[str]) -> ServiceModel:
    """Leave out all but some operations of a service.

    Args:
        model: The service.
        names: The operations to keep, by their names in the model.
    """
    operations = {
        name: operation for name, operation in model.operations.items() if name in names
    }
    starts = [start for one in operations.values() for start in _ends(one)]
    reached = reach(model.shapes, starts)
    source = model.source
    return evolve(
        model,
        operations=operations,
        shapes={name: model.shapes[name] for name in model.shapes if name in reached},
        source={
            **source,
            "operations": {name: source["operations"][name] for name in operations},
            "shapes": {
                name: shape
                for name, shape in source["shapes"].items()
                if name in reached
            },
        },
    )


def _ends(operation: OperationModel) -> list[str]:
    ends = (operation.input, operation.output, *operation.errors)
    return [end for end in ends if end is not None]
