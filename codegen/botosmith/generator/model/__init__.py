"""The first stage: a service's JSON, read through botocore, checked and mirrored."""

from botosmith.generator.model.load import load_model, mirror_model, read_model
from botosmith.generator.model.pagination import find_target
from botosmith.generator.model.service_model import (
    FLOATS,
    AcceptorModel,
    MemberModel,
    OperationModel,
    PaginatorModel,
    Role,
    ServiceModel,
    ShapeModel,
    ShapeReference,
    WaiterModel,
)
from botosmith.generator.model.waiter import check_waiters, mirror_waiters

__all__ = [
    "FLOATS",
    "AcceptorModel",
    "MemberModel",
    "OperationModel",
    "PaginatorModel",
    "Role",
    "ServiceModel",
    "ShapeModel",
    "ShapeReference",
    "WaiterModel",
    "check_waiters",
    "find_target",
    "load_model",
    "mirror_model",
    "mirror_waiters",
    "read_model",
]
