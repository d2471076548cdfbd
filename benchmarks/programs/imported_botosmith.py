"""Imports the package, and does no more."""

from botosmith import sagemaker

__all__ = ["sagemaker"]
