"""Figures of the pinned SageMaker: as people counted them, where they did so.

An update brings a model that nobody has counted yet. Its figures are taken from its
JSON until somebody adds a line here, so that the tests say what the update broke, and
not only that it was one.
"""

from __future__ import annotations

import json
from typing import Any

from attrs import frozen
from tests.support.repository import MODELS

#: The services that are pinned.
FAMILY = [
    "sagemaker",
    "sagemaker-a2i-runtime",
    "sagemaker-edge",
    "sagemaker-featurestore-runtime",
    "sagemaker-geospatial",
    "sagemaker-metrics",
    "sagemaker-runtime",
]


@frozen
class Figures:
    """Count the classes of each kind; errors are structures, too.

    The last three are of members: with a sensitive shape, deprecated, and tokens.
    """

    operations: int
    structures: int
    unions: int
    errors: int
    enums: int
    values: int
    instance_types: int
    sensitive: int
    deprecated: int
    tokens: int


KNOWN = {
    "1.44.5": Figures(
        operations=425,
        structures=1633,
        unions=15,
        errors=5,
        enums=383,
        values=2983,
        instance_types=277,
        sensitive=6,
        deprecated=2,
        tokens=16,
    )
}


def count_figures(model: dict[str, Any]) -> Figures:
    """The figures of a model's JSON."""
    shapes: dict[str, dict[str, Any]] = model["shapes"]
    structures = [one for one in shapes.values() if one["type"] == "structure"]
    held = [
        member
        for one in structures
        if not one.get("exception")
        for member in one["members"].values()
    ]
    enums = {name: set(one["enum"]) for name, one in shapes.items() if "enum" in one}
    return Figures(
        operations=len(model["operations"]),
        structures=len(structures),
        unions=sum(one.get("union", False) for one in structures),
        errors=sum(one.get("exception", False) for one in structures),
        enums=len(enums),
        values=sum(map(len, enums.values())),
        instance_types=len(enums["ProductionVariantInstanceType"]),
        sensitive=sum(shapes[one["shape"]].get("sensitive", False) for one in held),
        deprecated=sum("deprecatedMessage" in one for one in held),
        tokens=sum(one.get("idempotencyToken", False) for one in held),
    )


#: The botocore whose models are pinned.
BOTOCORE: str = json.loads((MODELS / "SOURCE").read_bytes())["botocore"]

COUNTED = count_figures(
    json.loads((MODELS / "sagemaker/2017-07-24/service-2.json").read_bytes())
)
FIGURES = KNOWN.get(BOTOCORE, COUNTED)
