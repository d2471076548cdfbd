"""The model's facts about a member, beside its type in the annotation (PEP 593).

A generated class carries straight-line wire code for the hot path, in the direction in
which it travels; whatever walks objects by their definition instead (validation, repr,
`to_boto3`, `from_boto3`, the wire the other way) reads these descriptions. Until
something does, they are but text: no import runs them, mypy passes them over, and
nothing of what they are made of is imported.
"""

from typing import TYPE_CHECKING

from botosmith.runtime.lazy import attach

if TYPE_CHECKING:
    from botosmith.runtime.schema.lookup import (
        fields,
        has_secrets,
        is_generated,
        may_hold_secrets,
        members,
    )
    from botosmith.runtime.schema.quick_check import has_form
    from botosmith.runtime.schema.traits import Field, Member, member
    from botosmith.runtime.schema.types import (
        Blob,
        Body,
        Boolean,
        Document,
        Enum,
        Events,
        Float,
        Integer,
        List,
        Map,
        Octets,
        Stream,
        String,
        Structure,
        Timestamp,
        Type,
    )

__getattr__, __dir__, _ = attach(
    __name__,
    {
        "lookup": (
            "fields",
            "has_secrets",
            "is_generated",
            "may_hold_secrets",
            "members",
        ),
        "traits": ("Field", "Member", "member"),
        "quick_check": ("has_form",),
        "types": (
            "Blob",
            "Body",
            "Boolean",
            "Document",
            "Enum",
            "Events",
            "Float",
            "Integer",
            "List",
            "Map",
            "Octets",
            "Stream",
            "String",
            "Structure",
            "Timestamp",
            "Type",
        ),
    },
)

__all__ = [
    "Blob",
    "Body",
    "Boolean",
    "Document",
    "Enum",
    "Events",
    "Field",
    "Float",
    "Integer",
    "List",
    "Map",
    "Member",
    "Octets",
    "Stream",
    "String",
    "Structure",
    "Timestamp",
    "Type",
    "fields",
    "has_form",
    "has_secrets",
    "is_generated",
    "may_hold_secrets",
    "member",
    "members",
]
