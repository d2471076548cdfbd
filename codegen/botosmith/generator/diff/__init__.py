"""What changed between two models of a service, and whom it breaks."""

from botosmith.generator.diff.run import diff_sides

__all__ = ["diff_sides"]
