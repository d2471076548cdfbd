"""What changed between two models of a service, and whom it breaks."""

from botosmith.generator.diff.run import diff_sides, find_services

__all__ = ["diff_sides", "find_services"]
