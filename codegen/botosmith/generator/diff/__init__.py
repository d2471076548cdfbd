"""The diff of two models of a service, and the effect of changes on callers."""

from botosmith.generator.diff.run import diff_sides, find_services

__all__ = ["diff_sides", "find_services"]
