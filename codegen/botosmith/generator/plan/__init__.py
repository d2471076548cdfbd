"""The second stage: every decision, from a checked model to what templates see."""

from botosmith.generator.plan.service import plan_page, plan_service

__all__ = ["plan_page", "plan_service"]
