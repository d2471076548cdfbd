"""The first stage: a service's JSON, read through botocore, as a checked mirror."""

from botosmith.generator.model.load import load_model, mirror_model, read_model
from botosmith.generator.model.mirror import (
    FLOATS,
    MemberModel,
    OperationModel,
    Role,
    ServiceModel,
    ShapeModel,
    ShapeReference,
)

__all__ = [
    "FLOATS",
    "MemberModel",
    "OperationModel",
    "Role",
    "ServiceModel",
    "ShapeModel",
    "ShapeReference",
    "load_model",
    "mirror_model",
    "read_model",
]
