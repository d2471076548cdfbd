"""The second stage: every decision, from a checked model to the templates' input."""

from botosmith.generator.plan.data import LOCK, WAITERS
from botosmith.generator.plan.name_lock import NOTHING, Previous
from botosmith.generator.plan.service import plan_page, plan_service
from botosmith.generator.plan.subset import keep_operations

__all__ = [
    "LOCK",
    "NOTHING",
    "WAITERS",
    "Previous",
    "keep_operations",
    "plan_page",
    "plan_service",
]
