"""The first stage: a service's JSON, read through botocore, as a checked mirror."""

from botosmith.generator.model.load import load_model, mirror_model, read_model
from botosmith.generator.model.mirror import (
    FLOATS,
    MemberModel,
    OperationModel,
    PaginatorModel,
    Role,
    ServiceModel,
    ShapeModel,
    ShapeReference,
)
from botosmith.generator.model.pagination import find_target

__all__ = [
    "FLOATS",
    "MemberModel",
    "OperationModel",
    "PaginatorModel",
    "Role",
    "ServiceModel",
    "ShapeModel",
    "ShapeReference",
    "find_target",
    "load_model",
    "mirror_model",
    "read_model",
]
